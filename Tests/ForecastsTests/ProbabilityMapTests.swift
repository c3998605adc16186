import Forecasts
import Mathematics
import Scenarios
import Testing

@Suite("The map over two quantities")
struct ProbabilityMapTests {
  @Test("A cell is what 'ask' says with both quantities set and as many draws")
  func confirmed() async throws {
    let scenario = try ForecastTestSupport.scenario(
      ForecastTestSupport.text(of: "russia-iran.yaml"))
    let question = try #require(scenario.questions.firstIndex { $0.id == "sign" })
    // One of them moves with others as long as it is not set.
    let x = try #require(scenario.input(named: "hunger for missiles"))
    let y = try #require(scenario.input(named: "odds ready"))
    var options = Forecaster.Options()
    options.seed = 7
    let response = try ScenarioResponse(scenario, question: question, options: options)
    var size = ProbabilityMap.Options()
    (size.side, size.draws) = (3, 64)
    let map = try #require(try await response.map(of: x, y, size))
    #expect(map.probabilities.count == 9 && map.runs == 9 * 64)
    for cell in [0, 2, 4, 7] {
      let set = try scenario.setting(x, to: "\(map.x.values[cell % 3])")
        .setting(y, to: "\(map.y.values[cell / 3])")
      let asked = try await ForecastTestSupport.forecast(set, questions: ["sign"]) {
        ($0.seed, $0.draws) = (7, 64)
      }
      let estimate = try #require(asked.answers.first?.estimate)
      let probability = try #require(map.probabilities[cell])
      #expect(abs(probability - estimate.probability) < 1e-9, "cell \(cell)")
      #expect(estimate.samplingError <= map.samplingError + 1e-9)
    }
  }

  @Test("Values are evenly spaced, of few digits, and between the percentiles")
  func values() async throws {
    let space = try InputSpace([
      .normal(mean: 0, standardDeviation: 1e-4), .lognormal(mu: 12, sigma: 0.5),
      .uniform(low: 0, high: 1),
    ])
    let response = FunctionResponse(space) { $0[2] }
    let map = try #require(try await response.map(of: 0, 1))
    for axis in [map.x, map.y] {
      let values = axis.values
      let ends = [0.05, 0.95].map { space.distributions[axis.input].quantile($0) }
      #expect(values.count == 7 && values[0] >= ends[0] && values[6] <= ends[1])
      #expect(values[6] - values[0] > 0.97 * (ends[1] - ends[0]))
      let step = (values[6] - values[0]) / 6
      for (one, next) in zip(values, values.dropFirst()) {
        #expect(abs(next - one - step) < 1e-9 * step)
      }
      #expect(values.allSatisfy { "\($0)".count <= 10 })
    }
    // The third quantity is as drawn in every cell, whatever the two are.
    #expect(map.probabilities.allSatisfy { $0 == map.probabilities[0] })
    #expect(abs((map.probabilities[0] ?? 0) - 0.5) < 0.01)
  }
}
