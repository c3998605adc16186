import Forecasts
import Foundation
import Mathematics
import Scenarios
import Testing

@Suite("TempTiming", .serialized)
struct TempTiming {
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

  @Test("timing", arguments: ["sign","flip"])
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

    start = cpu()
    var options = Thresholds.Options()
    options.ignoring = Set(found.inputs.filter { $0.finding == .none }.map(\.input))
    let thresholds = try await response.thresholds(level: response.level, reusing: sample, options)
    print("thresholds", thresholds.runs, cpu() - start, thresholds.response, thresholds.passedOver.count)
    for one in thresholds.found { print(scenario.inputs[one.input].name, one) }
    print(thresholds.closest.map { "\(scenario.inputs[$0.input].name) \($0)" } ?? "none")
    start = cpu()
    let best = try await response.thresholdsAtBest(level: response.level)
    print("best thresholds", best.runs, cpu() - start)
    for one in best.found.prefix(8) { print(scenario.inputs[one.input].name, one) }
    start = cpu()
    var search = NearestFlip.Options()
    search.ignoring = options.ignoring
    let flip = try await response.nearestFlip(level: response.level, guidedBy: sample, search)
    print("flip", flip.runs, cpu() - start, flip.before)
    for world in [flip.single, flip.world] {
      print(world?.distance ?? 0, world?.response ?? 0, world?.shareAsFar ?? 0)
      for move in world?.moves ?? [] { print("  ", scenario.inputs[move.input].name, move.from, move.to, move.score) }
    }
    for budget in [5_000, 7_000, 9_000] {
      var search = search
      search.budget = budget
      let flip = try await response.nearestFlip(level: response.level, guidedBy: sample, search)
      print("budget", budget, flip.runs, flip.world?.distance ?? -1, flip.world?.moves.map { (scenario.inputs[$0.input].name, $0.to) } ?? [])
    }
    start = cpu()
    let robustness = try await response.robustness(level: response.level)
    print("robustness", robustness.runs, cpu() - start, robustness.shells)
  }

  @Test("every", arguments: ["deterrence.yaml","labor-contract.yaml"])
  func every(file: String) async throws {
    let scenario = try ForecastTestSupport.scenario(ForecastTestSupport.text(of: file))
    for question in scenario.questions.indices {
      let start = cpu()
      let id = scenario.questions[question].id
      let response: ScenarioResponse
      do {
        response = try ScenarioResponse(scenario, question: question, options: .init())
      } catch { print(file, id, "refused", error); continue }
      do {
      let sample = try await response.sample(512)
      var o = Sensitivity.Options()
      o.basePoints = 128
      let s = try await response.sensitivity(reusing: sample, o)
      let t = try await response.tornado()
      var to = Thresholds.Options()
      to.draws = 512; to.budget = 16_000
      let th = try await response.thresholds(level: response.level, reusing: sample, to)
      let tb = try await response.thresholdsAtBest(level: response.level)
      var fo = NearestFlip.Options()
      fo.budget = 3000
      let f = try await response.nearestFlip(level: response.level, guidedBy: sample, fo)
      let r = try await response.robustness(level: response.level, worlds: 64)
      print(file, id, "drivers", response.drivers.count, "mean", s.mean, "settled", s.settledRanks, "tornado", t.bars.first?.width ?? 0, "found", th.found.map { (scenario.inputs[$0.input].name, $0.crossings.map { [$0.lower.value, $0.upper.value] }) }, "best", tb.found.map { (scenario.inputs[$0.input].name, $0.crossings.map { [$0.lower.value, $0.upper.value] }) }, "runs", s.runs, th.runs, th.found.count, th.unfinished.count, tb.runs, f.runs, r.runs, "flip", f.world?.distance ?? -1, f.world?.moves.map { (scenario.inputs[$0.input].name, $0.from, $0.to) } ?? [], "robust", r.shells.map(\.share), cpu() - start)
      } catch { print(file, id, "failed", error) }
    }
  }

}
