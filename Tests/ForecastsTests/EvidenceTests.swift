import Foundation
import Forecasts
import Mathematics
import Scenarios
import Testing

/// What the evidence of a scenario does to its answers.
@Suite("Evidence")
struct EvidenceTests {
  /// A hawk gains 1 by attacking, a dove loses 1; then either may press on. What one move gains is
  /// half of the range of payoffs, which goes from -1 to 1 with one move that pays, and from -2 to 2
  /// with two.
  static func hawks(
    evidence: [String], quantities: String = "odds: 30%", solve: String = "rationality: 3",
    tail: String = ""
  ) -> String {
    """
    entente: 1
    title: Hawks and doves
    as of: 2024-01-01
    parties: {A: Hawk or dove., B: Looks on.}
    private types: {A: {kind: {hawk: odds, dove: rest}}}
    quantities: {\(quantities)}
    story:
      - {step: move, by: A, options: [attack, hold]}
      - {step: next, by: A, options: [press, rest now]}
    payoffs:
      A:
        move: if move = attack then (if A.kind = hawk then 1 else -1)
        next: if next = press then (if A.kind = hawk then 1 else -1)
      B: {nothing: 0}
    outcomes: {attack: move = attack, otherwise: otherwise}
    questions:
      - {ask: Hawk, id: hawk, probability of: A.kind = hawk}
      - {ask: Press, id: press, probability of: next = press}
      - {ask: Held, id: held, probability of: next = press, supposing: move = hold}
      - {ask: Secretly, id: secretly, probability of: next = press, supposing secretly: move = hold}
      - {ask: Given, id: given, probability of: A.kind = hawk, given: next = press}
    \(tail)
    evidence:
    \(evidence.map { "  - {\($0)}" }.joined(separator: "\n"))
    solve: {\(solve)}
    """
  }

  static func posterior(
    _ text: String, questions: [String]? = nil, asOf day: String? = nil,
    _ change: (inout Forecaster.Options) -> Void = { _ in }
  ) async throws -> Posterior {
    var scenario = try ForecastTestSupport.scenario(text)
    if let day = day.flatMap({ CalendarDate($0) }) { scenario = scenario.asKnown(on: day) }
    return try await posterior(scenario, questions: questions, change)
  }

  static func posterior(
    _ scenario: Scenario, questions: [String]? = nil,
    _ change: (inout Forecaster.Options) -> Void = { _ in }
  ) async throws -> Posterior {
    var options = Forecaster.Options()
    options.draws = 256
    change(&options)
    let indices = scenario.questions.indices.filter {
      questions?.contains(scenario.questions[$0].id) ?? true
    }
    return try await EvidenceForecaster(scenario, questions: indices, options: options).run()
  }

  static func probability(_ posterior: Posterior, _ id: String) -> Double {
    posterior.forecast.answers.first { $0.id == id }?.estimate?.probability ?? .nan
  }

  static func code(_ text: String) async throws -> (code: String, message: String)? {
    do {
      _ = try await posterior(text)
      return nil
    } catch Forecaster.Defect.diagnostics(let diagnostics) {
      return diagnostics.first.map { ($0.code, $0.message) }
    }
  }

  /// How likely a choice is that gains a share of the payoff range, at rationality 3.
  static func logit(_ gain: Double) -> Double { 1 / (1 + exp(-3 * gain)) }

  // MARK: - By hand

  @Test("A report multiplies the odds of a type by its ratio: the odds form of Bayes' rule")
  func report() async throws {
    let result = try await Self.posterior(
      Self.hawks(
        evidence: ["on: 2024-02-01, reported: a drill, likelihood ratio: {A.kind = hawk: 4}"],
        solve: "rationality: 3"))
    // 30 : 70 times 4 is 120 : 70.
    #expect(abs(Self.probability(result, "hawk") - 12.0 / 19) < 1e-12)
    #expect(result.selection == .logitLimit)
    // In the limit each type does what pays, so that all follows from the type.
    #expect(abs(Self.probability(result, "press") - 12.0 / 19) < 1e-9)
    #expect(abs(result.items[0].likelihood - 1.9) < 1e-12)
    let type = try #require(result.types.first)
    #expect(type.type == "A.kind" && type.value == "hawk")
    #expect(abs(type.prior - 0.3) < 1e-12 && abs(type.posterior - 12.0 / 19) < 1e-12)
    #expect(abs((result.forecast.outcomes.first?.probability ?? 0) - 12.0 / 19) < 1e-9)
  }

  @Test("An observed move tells types apart by the odds with which each would make it")
  func move() async throws {
    let result = try await Self.posterior(
      Self.hawks(evidence: ["on: 2024-02-01, happened: move = attack"]))
    #expect(result.selection == .fixedRationality)
    // Payoffs go from -2 to 2, and an attack gains or loses 1: a quarter of the range.
    let (hawk, dove) = (Self.logit(0.25), Self.logit(-0.25))
    let posterior = 0.3 * hawk / (0.3 * hawk + 0.7 * dove)
    #expect(abs(Self.probability(result, "hawk") - posterior) < 1e-9)
    #expect(
      abs(Self.probability(result, "press") - (posterior * hawk + (1 - posterior) * dove))
        < 1e-9)
    // P(hawk | attack and press)
    let both = 0.3 * hawk * hawk / (0.3 * hawk * hawk + 0.7 * dove * dove)
    #expect(abs(Self.probability(result, "given") - both) < 1e-9)
    let prior = result.prior.answers.first { $0.id == "press" }?.estimate?.probability
    #expect(abs((prior ?? 0) - (0.3 * hawk + 0.7 * dove)) < 1e-9)
    #expect(abs(result.items[0].likelihood - (0.3 * hawk + 0.7 * dove)) < 1e-9)
    #expect(result.forecast.mainLine.first?.value == "attack")
    #expect(result.forecast.mainLine.first?.probability == 1)
  }

  @Test("What was observed bears on a supposed world by what it tells of the types")
  func supposition() async throws {
    let result = try await Self.posterior(
      Self.hawks(evidence: ["on: 2024-02-01, happened: move = attack"]))
    let (hawk, dove) = (Self.logit(0.25), Self.logit(-0.25))
    let odds = 0.3 * hawk / (0.3 * hawk + 0.7 * dove)
    // Where holding is forced openly, payoffs go from -1 to 1, and to press gains half of that.
    let held = odds * Self.logit(0.5) + (1 - odds) * Self.logit(-0.5)
    #expect(abs(Self.probability(result, "held") - held) < 1e-9)
    let secretly = odds * hawk + (1 - odds) * dove
    #expect(abs(Self.probability(result, "secretly") - secretly) < 1e-9)
    #expect(result.suppositions.map(\.question) == [2, 3])
    #expect(result.suppositions.allSatisfy { $0.contradicted == [0] && $0.setAside == [0] })
  }

  @Test("What is imposed on every question counts as what a question supposes itself")
  func imposed() async throws {
    let text = EvidenceTests.hawks(evidence: ["on: 2024-01-02, happened: move = attack"])
    var scenario = try ForecastTestSupport.scenario(text)
    let supposed = try await EvidenceTests.posterior(scenario, questions: ["held"])
    let index = try #require(scenario.questions.firstIndex { $0.id == "held" })
    scenario.imposed = scenario.questions[index].supposing
    let imposed = try await EvidenceTests.posterior(scenario, questions: ["press"])
    let expected = try #require(supposed.forecast.answers[0].estimate)
    #expect(imposed.forecast.answers[0].estimate == expected)
    // It was observed that A attacked, so holding is against it.
    #expect(imposed.suppositions.map(\.contradicted) == [[0]])
  }

  @Test("What was observed before the supposed step stays as it was")
  func beforeTheSupposition() async throws {
    let result = try await Self.posterior(
      Self.hawks(
        evidence: ["on: 2024-02-01, happened: move = attack"],
        tail: "  - {ask: Both, id: both, probability of: move = attack, supposing: next = press}"))
    #expect(Self.probability(result, "both") == 1)
    #expect(!result.suppositions.contains { $0.question == 5 })
  }

  @Test("A chance step that was observed updates the quantity that gives its odds")
  func quantity() async throws {
    let text = """
      entente: 1
      title: Rain
      parties: {A: Looks., B: Looks.}
      quantities: {x: "beta(2, 3)"}
      story:
        - {step: monday, chance: {rain: x, sun: rest}}
        - {step: tuesday, chance: {rain: x, sun: rest}}
        - {step: walk, by: A, options: [go, stay]}
      payoffs:
        A: {walk: if walk = go then 1}
        B: {nothing: 0}
      questions: [{ask: Rain, id: rain, probability of: tuesday = rain}]
      evidence: [{on: 2024-05-06, happened: monday = rain}]
      solve: {rationality: 5}
      """
    let result = try await Self.posterior(text) { $0.draws = 4096 }
    // After one rain the distribution is beta(3, 3).
    #expect(abs(Self.probability(result, "rain") - 0.5) < 1e-3)
    let x = try #require(result.quantities.first)
    #expect(abs(x.posterior[1] - 0.5) < 2e-3)
    let beta = try Distribution.beta(alpha: 3, beta: 3)
    #expect(abs(x.posterior[0] - beta.quantile(0.05)) < 2e-3)
    #expect(abs(x.posterior[2] - beta.quantile(0.95)) < 2e-3)
    let prior = try Distribution.beta(alpha: 2, beta: 3)
    #expect(abs(x.shift - (prior.cumulative(0.5) * 100 - 50)) < 0.3)
    // (Σw)² / Σw² = N · E[x]² / E[x²]
    #expect(abs(result.effectiveDraws / 4096 - 0.16 / 0.2) < 1e-2)
    // The resampled draws count equally: their quantity averages to 1/2.
    let scenario = try ForecastTestSupport.scenario(text)
    let source = try DrawSource(scenario, seed: 1)
    var point = source.makePoint()
    var values: [Double] = []
    let draws = result.resampled(2000, seed: 7).map { draw in
      source.draw(draw, point: &point, into: &values)
      return values[0]
    }
    #expect(draws.count == 2000)
    #expect(abs((Statistics.mean(draws) ?? 0) - 0.5) < 5e-3)
  }

  @Test("What lies outside the story is mixed in after the evidence")
  func outside() async throws {
    let result = try await Self.posterior(
      Self.hawks(
        evidence: ["on: 2024-02-01, reported: a drill, likelihood ratio: {A.kind = hawk: 4}"],
        tail: "outside the story: {is: 10%, then: 50%}"))
    let answer = try #require(result.forecast.answers.first?.estimate)
    #expect(abs(answer.probability - (0.9 * 12 / 19 + 0.05)) < 1e-12)
    #expect(abs((answer.insideTheStory ?? 0) - 12.0 / 19) < 1e-12)
  }

  // MARK: - Laws

  static let several = [
    "on: 2024-02-01, reported: a drill, likelihood ratio: {A.kind = hawk: 4}",
    "on: 2024-02-03, happened: move = attack",
    "on: 2024-02-05, reported: a speech, likelihood ratio: {A.kind = hawk: 0.5, move = hold: 2}",
    "on: 2024-01-20, reported: an old letter, likelihood ratio: {A.kind = hawk: 1.5, A.kind = dove: 0.8}",
  ]
  static let ranges = "odds: 10% .. 30% .. 60%"
  static let drawn = "rationality: 2 .. 8 .. 30"

  @Test("Evidence up to a day gives what the file cut at that day gives")
  func asOf() async throws {
    let whole = Self.hawks(evidence: Self.several, quantities: Self.ranges, solve: Self.drawn)
    for (day, kept) in [("2024-01-31", [3]), ("2024-02-01", [0, 3]), ("2024-02-04", [0, 1, 3])] {
      let cut = Self.hawks(
        evidence: kept.map { Self.several[$0] }, quantities: Self.ranges, solve: Self.drawn)
      let early = try await Self.posterior(whole, asOf: day)
      var expected = try await Self.posterior(cut)
      // The places of what was idle do not matter here.
      expected.prior.idleOptions = early.prior.idleOptions
      expected.forecast.idleOptions = early.forecast.idleOptions
      #expect(early == expected, "\(day)")
    }
  }

  @Test("The order in which evidence is written does not matter")
  func order() async throws {
    let first = try await Self.posterior(
      Self.hawks(evidence: Self.several, quantities: Self.ranges, solve: Self.drawn))
    let second = try await Self.posterior(
      Self.hawks(evidence: Self.several.reversed(), quantities: Self.ranges, solve: Self.drawn))
    for (one, other) in zip(first.forecast.answers, second.forecast.answers) {
      let (one, other) = (try #require(one.estimate), try #require(other.estimate))
      #expect(abs(one.probability - other.probability) < 1e-12)
      #expect(abs(one.band.lowerBound - other.band.lowerBound) < 1e-9)
    }
    #expect(abs(first.effectiveDraws - second.effectiveDraws) < 1e-6)
  }

  @Test("Evidence that is as likely either way changes nothing")
  func ratioOfOne() async throws {
    let result = try await Self.posterior(
      Self.hawks(
        evidence: ["on: 2024-02-01, reported: nothing, likelihood ratio: {A.kind = hawk: 1}"],
        quantities: Self.ranges))
    for (prior, answer) in zip(result.prior.answers, result.forecast.answers) {
      let (prior, answer) = (try #require(prior.estimate), try #require(answer.estimate))
      #expect(abs(prior.probability - answer.probability) < 1e-12)
      #expect(abs(prior.band.lowerBound - answer.band.lowerBound) < 1e-12)
      #expect(abs(prior.samplingError - answer.samplingError) < 1e-12)
    }
    #expect(abs(result.effectiveDraws - 256) < 1e-9)
    #expect(result.quantities.allSatisfy { $0.prior == $0.posterior && abs($0.shift) < 0.3 })
  }

  @Test("The same bits come from one thread and from two")
  func threads() async throws {
    let text = Self.hawks(evidence: Self.several, quantities: Self.ranges, solve: Self.drawn)
    let one = try await Self.posterior(text) {
      $0.threads = 1
      $0.draws = 1024
    }
    let two = try await Self.posterior(text) {
      $0.threads = 2
      $0.draws = 1024
    }
    #expect(one == two)
  }

  @Test("The timeline ends with the answer, and shows each day's under the same play")
  func timeline() async throws {
    let result = try await Self.posterior(
      Self.hawks(evidence: Self.several, quantities: Self.ranges, solve: Self.drawn))
    #expect(
      result.timeline.map { $0.date.map { "\($0)" } ?? "before" }
        == ["before", "2024-01-20", "2024-02-01", "2024-02-03", "2024-02-05"])
    #expect(result.timeline.last?.answers == result.forecast.answers.map(\.estimate))
    let early = try await Self.posterior(
      Self.hawks(evidence: Self.several, quantities: Self.ranges, solve: Self.drawn),
      asOf: "2024-02-03")
    for (one, other) in zip(result.timeline[3].answers, early.forecast.answers) {
      #expect(abs((one?.probability ?? 0) - (other.estimate?.probability ?? 1)) < 1e-9)
    }
  }

  // MARK: - What is said

  @Test("Evidence that the story excludes is an error that names it")
  func impossible() async throws {
    let never = try await Self.code(
      Self.hawks(evidence: ["on: 2024-02-01, happened: move = attack and move = hold"]))
    #expect(never?.code == "evidence-impossible")
    #expect(never?.message.contains("move = attack and move = hold") == true)
    let pair = try await Self.code(
      Self.hawks(
        evidence: [
          "on: 2024-02-01, happened: move = attack", "on: 2024-02-01, happened: next = press",
          "on: 2024-02-01, happened: move = hold",
        ]))
    #expect(pair?.code == "evidence-impossible")
    #expect(pair?.message.contains("'move = attack' and 'move = hold'") == true)
    let drawn = try await Self.code(
      Self.hawks(evidence: ["on: 2024-02-01, happened: A.kind = hawk"], quantities: "odds: 0%"))
    #expect(drawn?.code == "evidence-impossible")
  }

  @Test("An observed move needs a rationality")
  func rationality() async throws {
    let missing = try await Self.code(
      Self.hawks(evidence: ["on: 2024-02-01, happened: move = attack"], solve: "tolerance: 1e-8"))
    #expect(missing?.code == "evidence-needs-rationality")
  }

  @Test("Reports that speak against each other are named, with how much")
  func conflict() async throws {
    let reports = [
      "on: 2024-02-01, reported: a drill, likelihood ratio: {A.kind = hawk: 20}",
      "on: 2024-02-01, reported: a pledge, likelihood ratio: {A.kind = hawk: 0.05}",
      "on: 2024-02-01, reported: the weather, likelihood ratio: {A.kind = hawk: 1.1}",
    ]
    let result = try await Self.posterior(
      Self.hawks(evidence: reports, quantities: "odds: 50%"))
    // Alone they come to 10.5 and 0.525, together to 1.
    let conflict = try #require(result.conflicts.first { $0.items == [0, 1] })
    #expect(abs(conflict.factor - 10.5 * 0.525) < 1e-9)
    #expect(result.conflicts.allSatisfy { $0.items == [0, 1] || $0.items == [0, 1, 2] })
    let agreeing = try await Self.posterior(
      Self.hawks(evidence: [reports[0], reports[2]], quantities: "odds: 50%"))
    #expect(agreeing.conflicts.isEmpty)
  }

  @Test("Where few draws count, more are taken, up to a limit")
  func moreDraws() async throws {
    func rain(_ days: Int) -> String {
      let names = (1...days).map { "d\($0)" }
      return """
        entente: 1
        title: Rain
        parties: {A: Looks., B: Looks.}
        quantities: {x: "uniform(0, 1)"}
        story:
        \(names.map { "  - {step: \($0), chance: {rain: x, sun: rest}}" }.joined(separator: "\n"))
        payoffs: {A: {nothing: 0}, B: {nothing: 0}}
        questions: [{ask: Rain, id: rain, probability of: d1 = rain}]
        evidence:
        \(names.map { "  - {on: 2024-05-06, happened: \($0) = rain}" }.joined(separator: "\n"))
        solve: {rationality: 5}
        """
    }
    // With n rains (Σw)² / Σw² is N (2n + 1) / (n + 1)²: 0.235 N for 7.
    let some = try await Self.posterior(rain(7))
    #expect(some.requestedDraws == 256 && some.forecast.draws == 1024 && !some.isThin)
    #expect(abs(some.effectiveDraws / 1024 - 15.0 / 64) < 1e-2)
    let few = try await Self.posterior(rain(7)) { $0.draws = 16 }
    #expect(few.forecast.draws == 256 && few.isThin)
  }
}
