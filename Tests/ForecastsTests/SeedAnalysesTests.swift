import Forecasts
import Mathematics
import Scenarios
import Testing

/// What the analyses say about the seed question is confirmed by asking again.
@Suite("Analyses of the seed question", .serialized)
struct SeedAnalysesTests {
  private func scenario(_ settings: [(name: String, estimate: String)] = []) throws -> Scenario {
    try ForecastTestSupport.scenario(
      ForecastTestSupport.text(of: "russia-iran.yaml"), settings: settings)
  }

  private func response(
    _ id: String, threads: Int = 2
  ) throws -> (scenario: Scenario, response: ScenarioResponse) {
    let scenario = try scenario()
    var options = Forecaster.Options()
    options.threads = threads
    let question = try #require(scenario.questions.firstIndex { $0.id == id })
    return (scenario, try ScenarioResponse(scenario, question: question, options: options))
  }

  /// What `ask` answers with quantities set, over draws or at best estimates.
  private func ask(
    _ id: String, _ settings: [(name: String, estimate: String)], draws: Int? = nil
  ) async throws -> Double {
    let scenario = try scenario(settings)
    let question = try #require(scenario.questions.firstIndex { $0.id == id })
    var options = Forecaster.Options()
    options.isBest = draws == nil
    options.draws = draws ?? 1
    let forecast = try await Forecaster(scenario, questions: [question], options: options).run()
    return try #require(forecast.answers.first?.estimate).probability
  }

  private func check(
    _ side: Threshold.Side, _ name: String, _ id: String, draws: Int?
  ) async throws {
    let asked = try await ask(id, [(name, "\(side.value)")], draws: draws)
    #expect(abs(asked - side.response) < 1e-9, "\(name) = \(side.value)")
  }

  @Test("Every threshold, flip and extreme is what asking again gives, on both sides")
  func confirmed() async throws {
    let (scenario, response) = try response("sign-if-asked")
    func name(_ input: Int) -> String { scenario.inputs[input].name }
    let sample = try await response.sample(1_024)
    #expect(
      abs(try #require(sample.values.mean) - (try await ask("sign-if-asked", [], draws: 1_024)))
        < 1e-12)
    // Few draws for a level that several quantities cross.
    for (level, draws) in [(0.5, 1_024), (0.42, 64)] {
      var options = Thresholds.Options()
      options.draws = draws
      options.budget = max(8_000, 16 * draws)
      let drawn = try await response.thresholds(level: level, reusing: sample, options)
      #expect(!drawn.found.isEmpty)
      for threshold in drawn.found {
        for crossing in threshold.crossings {
          #expect((crossing.lower.response >= level) != (crossing.upper.response >= level))
          for side in [crossing.lower, crossing.upper] {
            try await check(side, name(threshold.input), "sign-if-asked", draws: draws)
          }
        }
      }
    }
    let best = try await response.thresholdsAtBest(level: 0.2)
    #expect(!best.found.isEmpty)
    for threshold in best.found {
      for crossing in threshold.crossings {
        #expect((crossing.lower.response >= 0.2) != (crossing.upper.response >= 0.2))
        for side in [crossing.lower, crossing.upper] {
          try await check(side, name(threshold.input), "sign-if-asked", draws: nil)
        }
      }
    }
    let flip = try await response.nearestFlip(guidedBy: sample)
    for world in [flip.single, flip.world].compactMap(\.self) {
      let settings = world.moves.map { (name: name($0.input), estimate: "\($0.to)") }
      let asked = try await ask("sign-if-asked", settings)
      #expect(abs(asked - world.response) < 1e-9)
      #expect((world.response >= 0.5) != (flip.before >= 0.5))
    }
    #expect(try #require(flip.world).moves.count <= 3)
    #expect(try #require(flip.world).distance <= #require(flip.single).distance)
  }

  @Test(
    "No single quantity brings a signature to even odds; the extreme named is what asking gives")
  func closest() async throws {
    let (scenario, response) = try response("sign")
    let found = try await response.thresholds()
    #expect(found.found.isEmpty)
    let extreme = try #require(found.closest)
    let asked = try await ask(
      "sign", [(scenario.inputs[extreme.input].name, "\(extreme.value)")], draws: 1_024)
    #expect(abs(asked - extreme.response) < 1e-9)
    #expect(extreme.response < 0.5)
  }

  @Test("One thread and two give the same bits; another seed other draws")
  func threads() async throws {
    let one = try response("sign-if-asked", threads: 1).response
    let two = try response("sign-if-asked", threads: 2).response
    var options = Sensitivity.Options()
    options.basePoints = 16
    #expect(try await one.sensitivity(options) == two.sensitivity(options))
    #expect(try await one.tornado() == two.tornado())
    var few = Thresholds.Options()
    few.draws = 64
    #expect(try await one.thresholds(level: 0.5, few) == two.thresholds(level: 0.5, few))
    #expect(try await one.thresholdsAtBest() == two.thresholdsAtBest())
    var short = NearestFlip.Options()
    short.budget = 1_500
    #expect(try await one.nearestFlip(short) == two.nearestFlip(short))
    #expect(try await one.robustness(worlds: 64) == two.robustness(worlds: 64))
  }

  @Test("Quantities that appear nowhere in what decides are not run, and have no effect")
  func bystanders() async throws {
    let (scenario, response) = try response("flip")
    let names = response.bystanders.map { scenario.inputs[$0].name }
    #expect(names.contains("worth of the bomb") && names.contains("outside the story"))
    #expect(response.level == 0.5)
    var options = Sensitivity.Options()
    options.basePoints = 64
    let found = try await response.sensitivity(options)
    #expect(found.bystanders == response.bystanders)
    // Russia's hunger decides what it signs; what Iran pays for missiles does not, once it asks.
    let hunger = try #require(scenario.input(named: "hunger for missiles"))
    let price = try #require(scenario.input(named: "price of missiles"))
    #expect(found.inputs[found.ranking[0]].input == hunger)
    #expect(found.inputs.first { $0.input == price }?.finding == Sensitivity.Finding.none)
    #expect(found.runs == 64 * (2 + found.inputs.count))
  }
}
