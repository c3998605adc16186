import Forecasts
import Scenarios
import Testing

@Suite("Reasons for choices")
struct ReasonTests {
  /// The explanation of the first question's main line.
  private func reasons(
    _ scenario: Scenario, draws: Int = 256, threads: Int = 2
  ) async throws -> [ChoiceReason] {
    var options = Forecaster.Options()
    options.draws = draws
    options.threads = threads
    var request = WorldRequest(scenario)
    if let question = scenario.questions.first {
      request.supposing += question.openlySupposed
      request.lineCondition = question.given
    }
    request.wantsTerms = true
    let forecaster = try Forecaster(scenario, worlds: [request], options: options)
    let line = try await forecaster.run().mainLine
    return try await forecaster.reasons(for: line, draws: draws)
  }

  /// A seller who asks a price, and a buyer who takes it or leaves it.
  private let sale = """
    entente: 1
    title: A sale
    parties: {Seller: Asks a price., Buyer: Takes it or leaves it.}
    private types: {Buyer: {taste: {keen: odds keen, cool: rest}}}
    quantities:
      odds keen: 90%
      worth to the keen: 10
      cost: 3
    story:
      - {step: price, by: Seller, options: [high, low]}
      - {step: reply, by: Buyer, options: [take, leave]}
    payoffs:
      Seller:
        revenue: if reply = take then (if price = high then 8 else 4)
        making: if reply = take then -cost
      Buyer:
        use: if reply = take then (if Buyer.taste = keen then worth to the keen else 5)
        paid: if reply = take then -(if price = high then 8 else 4)
    outcomes: {sold: reply = take, not sold: otherwise}
    """

  @Test("A gain is the difference of expected terms under the replies that follow")
  func sale() async throws {
    let reasons = try await reasons(ForecastTestSupport.scenario(sale))
    #expect(reasons.map(\.step) == ["price", "reply"])
    // At the high price the keen take it, nine of ten: 0.9 × (8 − 3); at the low price all: 4 − 3.
    let price = try #require(reasons.first)
    #expect(price.option == "high" && price.party == "Seller" && price.shareOfDraws == 1)
    let low = try #require(price.alternatives.first)
    #expect(low.option == "low" && price.alternatives.count == 1)
    #expect(abs(low.gain - (0.9 * 5 - 1)) < 1e-9)
    #expect(low.terms.map(\.name) == ["revenue", "making"])
    #expect(abs(low.terms[0].gain - (0.9 * 8 - 4)) < 1e-9)
    #expect(abs(low.terms[1].gain - (3 - 0.9 * 3)) < 1e-9)
    // Only the keen take it: its worth to them, less the price.
    let reply = try #require(reasons.last)
    let leave = try #require(reply.alternatives.first)
    #expect(abs(reply.probability - 0.9) < 1e-12 && abs(leave.gain - 2) < 1e-9)
    #expect(leave.terms.map(\.gain) == [10, -8])
    #expect(abs(price.payoffRange - 5) < 1e-9)
  }

  @Test("A party's gain is reckoned by what it believes itself")
  func misperception() async throws {
    let text = """
      entente: 1
      title: A guess
      parties: {A: Guesses., B: Watches.}
      quantities: {odds rain: 20%}
      story:
        - {step: walk, by: A, options: [go, stay]}
        - {step: weather, chance: {rain: odds rain, sun: rest}}
      payoffs:
        A: {pleasure: if walk = go and weather = sun then 2, soaked: if walk = go and weather = rain then -4, home: if walk = stay then 0.5}
        B: {nothing: 0}
      beliefs: {A: {weather = rain: 5%, known to others: no}}
      outcomes: {end: otherwise}
      """
    let reason = try #require(
      try await reasons(ForecastTestSupport.scenario(text)).first)
    // By the analyst's odds staying is as good: 0.8 × 2 − 0.2 × 4 − 0.5 = 0.3; by its own far worse.
    #expect(reason.option == "go")
    #expect(abs(reason.alternatives[0].gain - (0.95 * 2 - 0.05 * 4 - 0.5)) < 1e-9)
  }

  @Test(
    "Terms add up to the gain, and no choice of the main line is worth less than another option",
    arguments: [
      "russia-iran", "brinkmanship", "cuban-missile-crisis-1962", "deterrence", "kydd-2005-trust",
      "labor-contract", "merger-review", "fearon-1997-tying-hands", "two-level-ratification",
    ])
  func identities(file: String) async throws {
    let scenario = try ForecastTestSupport.scenario(
      try ForecastTestSupport.text(of: "\(file).yaml"))
    let reasons = try await reasons(scenario)
    #expect(!reasons.isEmpty)
    for reason in reasons {
      #expect(reason.payoffRange > 0)
      for other in reason.alternatives {
        let sum = other.terms.reduce(0) { $0 + $1.gain }
        #expect(
          abs(sum - other.gain) < 1e-7 * reason.payoffRange, "\(reason.step): \(other.option)")
        #expect(other.gain > -1e-6 * reason.payoffRange, "\(reason.step): \(other.option)")
      }
    }
  }

  @Test("Reasons are the same to the bit on one thread and on two")
  func threads() async throws {
    let scenario = try ForecastTestSupport.scenario(
      try ForecastTestSupport.text(of: "russia-iran.yaml"))
    let one = try await reasons(scenario, draws: 512, threads: 1)
    #expect(one == (try await reasons(scenario, draws: 512, threads: 2)))
  }
}

@Suite("What if")
struct WhatIfTests {
  private func options(_ draws: Int) -> Forecaster.Options {
    var options = Forecaster.Options()
    options.draws = draws
    return options
  }

  @Test("A counterfactual is the answer to the question asked under that supposition")
  func counterfactual() async throws {
    let scenario = try ForecastTestSupport.scenario(
      try ForecastTestSupport.text(of: "russia-iran.yaml"))
    let whatIf = WhatIf(scenario, question: 0, options: options(256))
    let (base, answers) = try await whatIf.counterfactuals(whatIf.suppositions)
    // Four proposals, three answers, three strikes, and the promise kept or broken.
    #expect(answers.count == 12)
    var asked = scenario
    let hold = try #require(answers.first { $0.option == "hold" })
    asked.imposed = [hold.supposition]
    let forecast = try await Forecaster(asked, questions: [0], options: options(256)).run()
    #expect(forecast.answers[0].estimate?.probability == hold.probability)
    #expect(hold.party == "Israel" && hold.step == "strike")
    let plain = try await Forecaster(scenario, questions: [0], options: options(256)).run()
    let inside = try #require(plain.answers[0].estimate?.insideTheStory)
    #expect(abs(inside - (try #require(base))) < 1e-12)
  }

  @Test("A variant is the scenario read with those estimates")
  func variants() async throws {
    let text = try ForecastTestSupport.text(of: "russia-iran.yaml")
    let scenario = try ForecastTestSupport.scenario(text)
    let found = try await WhatIf(scenario, question: 1, options: options(256)).variants()
    #expect(found.map(\.name) == scenario.variants.map(\.name))
    for (variant, answer) in zip(scenario.variants, found) {
      let read = try ForecastTestSupport.scenario(
        text, settings: variant.settings.map { ($0.name, $0.estimate) })
      let forecast = try await Forecaster(read, questions: [1], options: options(256)).run()
      let expected = try #require(forecast.answers[0].estimate)
      #expect(abs(expected.probability - (answer.probability ?? .nan)) < 1e-9, "\(variant.name)")
      #expect(abs(expected.samplingError - answer.samplingError) < 1e-3, "\(variant.name)")
    }
  }

  @Test("What is imposed on every question holds for the main line of play, too")
  func imposed() async throws {
    var scenario = try ForecastTestSupport.scenario(
      try ForecastTestSupport.text(of: "russia-iran.yaml"))
    let strike = try #require(scenario.names.fact(named: "strike"))
    let hold = try #require(scenario.names.facts[strike].values.firstIndex(of: "hold"))
    scenario.imposed = [Supposition(fact: strike, value: hold, isLimited: false)]
    let forecast = try await ForecastTestSupport.forecast(scenario, questions: ["sign"])
    let struck = forecast.outcomes.filter { $0.outcome.contains("strike") }
    #expect(!struck.isEmpty && struck.allSatisfy { $0.probability == 0 })
    #expect(!forecast.mainLine.contains { $0.step == "strike" && $0.value != "hold" })
  }

  @Test("A condition 'where' limits what the question supposes, not what is imposed beside it")
  func limits() async throws {
    let text = """
      entente: 1
      title: Two moves
      parties: {A: Moves twice., B: Watches.}
      private types: {A: {kind: {bold: 50%, shy: rest}}}
      quantities: {x: 1}
      story:
        - {step: first, by: A, options: [left, right]}
        - {step: second, by: A, options: [up, down]}
      payoffs: {A: {all: (if first = left then x) + (if second = up then x)}, B: {nothing: 0}}
      questions:
        - {ask: Both, id: both, probability of: first = right and second = down, supposing: first = right, where: A.kind = bold}
      """
    var scenario = try ForecastTestSupport.scenario(text)
    let second = try #require(scenario.names.fact(named: "second"))
    scenario.imposed = [Supposition(fact: second, value: 1, isLimited: false)]
    let forecast = try await ForecastTestSupport.forecast(scenario)
    // The bold are held to the right, everybody to going down.
    #expect(abs((forecast.answers[0].estimate?.probability ?? .nan) - 0.5) < 1e-12)
  }

  @Test("A step that the question settles is not supposed otherwise")
  func settled() throws {
    let scenario = try ForecastTestSupport.scenario(
      try ForecastTestSupport.text(of: "russia-iran.yaml"))
    let index = try #require(scenario.questions.firstIndex { $0.id == "sign-if-asked" })
    let steps = WhatIf(scenario, question: index, options: options(16)).suppositions.map {
      scenario.names.facts[$0.fact].name
    }
    #expect(!steps.contains("proposal") && steps.contains("strike"))
  }
}
