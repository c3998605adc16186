import Forecasts
import Foundation
import Mathematics
import Scenarios
import Testing

@Suite("Analyses of the seed question", .serialized)
struct SeedAnalysesTests {
  private func response(_ id: String, threads: Int = 2) throws -> (Scenario, ScenarioResponse) {
    let scenario = try ForecastTestSupport.scenario(
      ForecastTestSupport.text(of: "russia-iran.yaml"))
    var options = Forecaster.Options()
    options.threads = threads
    let question = try #require(scenario.questions.firstIndex { $0.id == id })
    return (scenario, try ScenarioResponse(scenario, question: question, options: options))
  }

  private func cpu() -> Double {
    Double(clock()) / Double(CLOCKS_PER_SEC)
  }

  @Test("timing", arguments: ["sign", "flip"])
  func timing(id: String) async throws {
    let (scenario, response) = try response(id)
    print(id, "drivers", response.drivers.count, "bystanders", response.bystanders.map { scenario.inputs[$0].name })
    var start = cpu()
    let sample = try await response.sample(1024)
    print("sample 1024", cpu() - start)
    start = cpu()
    let found = try await response.sensitivity(reusing: sample)
    print("sensitivity", found.runs, cpu() - start, found.mean, found.variance, found.settledRanks)
    for place in found.ranking {
      let part = found.inputs[place]
      print(
        scenario.inputs[part.input].name, part.first.estimate, part.first.interval,
        part.total.estimate, part.total.interval, part.finding, part.isCorrelated)
    }
    start = cpu()
    let tornado = try await response.tornado()
    print("tornado", tornado.runs, cpu() - start, tornado.base ?? -1)
    for bar in tornado.bars.prefix(12) {
      print(scenario.inputs[bar.input].name, bar.values, bar.responses.map { $0 ?? -1 }, bar.isMonotone)
    }
    let value = ValueOfInformation(found, isProbability: true)
    print(value.brierScore ?? 0, value.variance)
    for item in value.items.prefix(6) { print(scenario.inputs[item.input].name, item.reduction, item.share.estimate) }
  }
}
