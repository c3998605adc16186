import Forecasts
import Scenarios
import Testing

/// The fifteen steps of the op-ed's argument, each at work in the seed scenario: switched off or
/// turned round, it moves the answer in the direction that the argument says. `Docs/seed.md` has
/// the same steps with figures.
@Suite("The fifteen steps of the argument")
struct SeedSteps {
  /// The seed's forecast over 256 draws, with some estimates set anew.
  private func forecast(
    _ settings: [(name: String, estimate: String)] = [],
    edit: (String) -> String = { $0 }, best: Bool = false
  ) async throws -> Forecast {
    let text = edit(try ForecastTestSupport.text(of: "russia-iran.yaml"))
    let scenario = try ForecastTestSupport.scenario(text, settings: settings)
    return try await ForecastTestSupport.forecast(scenario) { $0.isBest = best }
  }

  private func probability(_ id: String, _ forecast: Forecast) throws -> Double {
    try #require(forecast.answers.first { $0.id == id }?.estimate, "\(id)").probability
  }

  private func outcome(_ name: String, _ forecast: Forecast) throws -> Double {
    try #require(forecast.outcomes.first { $0.outcome == name }, "\(name)").probability
  }

  @Test("1: the question has an event, a date and criteria; its uncertainty is the assumptions'")
  func question() async throws {
    let scenario = try ForecastTestSupport.scenario(
      ForecastTestSupport.text(of: "russia-iran.yaml"))
    let question = try #require(scenario.questions.first { $0.id == "sign" })
    #expect(question.by != nil)
    #expect(question.resolves?.contains("signed") == true)
    let drawn = try #require(try await forecast().answers.first { $0.id == "sign" }?.estimate)
    #expect(drawn.band.lowerBound < drawn.band.upperBound)
    #expect(drawn.band.contains(drawn.probability))
    let best = try #require(
      try await forecast(best: true).answers.first { $0.id == "sign" }?.estimate)
    #expect(best.band.lowerBound == best.band.upperBound)
  }

  @Test("2: talk is a real outcome; without it more is asked for")
  func talk() async throws {
    let base = try await forecast()
    #expect(try outcome("just talk, strike", base) > 0.1)
    let without = try await forecast(edit: {
      $0.replacing("      talk: {}\n", with: "").replacing("    when: proposal != talk\n", with: "")
    })
    #expect(try outcome("just talk, strike", without) < outcome("just talk, strike", base))
    #expect(try probability("sign", without) > probability("sign", base))
  }

  @Test("3: had the insurance held, Iran would be hit less hard, pact or no pact")
  func insurance() async throws {
    let base = try await forecast()
    let held = try await forecast([("base protection", "40%")])
    #expect(
      try probability("how-hard-would-israel-hit", held)
        < probability("how-hard-would-israel-hit", base))
  }

  @Test("4: Israel's answer is pending; had it nothing to answer, it would hold more often")
  func pendingAnswer() async throws {
    let base = try await forecast()
    let free = try await forecast([("shame of silence", "0"), ("shame of restrained", "0")])
    #expect(
      try probability("would-the-pact-scare-israel-off", free)
        > probability("would-the-pact-scare-israel-off", base))
    #expect(try outcome("just talk, quiet", free) > outcome("just talk, quiet", base))
  }

  @Test("5: weak defenses invite the maximal strike; strong ones do not")
  func airDefenses() async throws {
    let weak = try await forecast([("base protection", "5%")])
    let strong = try await forecast([("base protection", "60%")])
    #expect(
      try probability("how-hard-would-israel-hit", strong)
        < probability("how-hard-would-israel-hit", weak))
  }

  @Test("6: Iran's faith moves what Iran does, and nothing that the others do")
  func faith() async throws {
    let none = try await forecast([("faith", "0%")])
    let firm = try await forecast([("faith", "70%")])
    #expect(try outcome("just talk, strike", firm) > outcome("just talk, strike", none))
    for id in ["would-it-sign-if-asked", "how-hard-would-israel-hit", "would-russia-honor-it"] {
      #expect(try probability(id, firm) == probability(id, none))
    }
  }

  @Test("7: the more Russia craves missiles, the likelier it signs")
  func craving() async throws {
    let little = try await forecast([("hunger for missiles", "0.5")])
    let much = try await forecast([("hunger for missiles", "4")])
    #expect(
      try probability("would-it-sign-if-asked", much)
        > probability("would-it-sign-if-asked", little) + 0.2)
    #expect(try probability("sign", much) > probability("sign", little))
  }

  @Test("8: did Russia not need its air defenses, it would sell them")
  func scarcity() async throws {
    let base = try await forecast()
    let plenty = try await forecast([("need of systems", "0")])
    #expect(try outcome("other deal", plenty) > outcome("other deal", base) + 0.1)
  }

  @Test("9: help with the bomb, once detected, brings the decisive strike; hidden, it is sold")
  func detection() async throws {
    let base = try await forecast()
    #expect(try probability("does-nuclear-help-trigger-decisive-action", base) > 0.95)
    let hidden = try await forecast([("odds detection", "5%")])
    #expect(try outcome("other deal", hidden) > outcome("other deal", base) + 0.1)
  }

  @Test("10: the pact's worth lies in what Israel does on seeing it")
  func declaration() async throws {
    let base = try await forecast()
    let feared = try await forecast([("fear of Russia", "30"), ("odds ready", "90%")])
    #expect(
      try probability("would-the-pact-scare-israel-off", feared)
        > probability("would-the-pact-scare-israel-off", base) + 0.3)
    #expect(try probability("sign", feared) > probability("sign", base) + 0.2)
  }

  @Test("11: the offer is a bundle: without the missiles in it Russia signs less")
  func bundle() async throws {
    let base = try await forecast()
    let bare = try await forecast(edit: {
      $0.replacing("[missile sale, mutual defense]", with: "[mutual defense]")
    })
    #expect(
      try probability("would-it-sign-if-asked", bare)
        < probability("would-it-sign-if-asked", base))
  }

  @Test("12: deterrence backfires because a partner is worth denying")
  func backfire() async throws {
    let base = try await forecast()
    let indifferent = try await forecast([("denial of partner", "0")])
    #expect(
      try probability("how-hard-would-israel-hit", indifferent)
        < probability("how-hard-would-israel-hit", base) - 0.1)
  }

  @Test("13: a Russia that relishes tension signs; one that dreads it does not")
  func relish() async throws {
    let dreads = try await forecast([("odds relishes", "1%")])
    let relishes = try await forecast([("odds relishes", "99%")])
    #expect(
      try probability("would-it-sign-if-asked", relishes)
        > probability("would-it-sign-if-asked", dreads) + 0.2)
  }

  @Test("14: the promise is not credible; with the costs of war gone it is kept")
  func credibility() async throws {
    let base = try await forecast()
    #expect(try probability("would-russia-honor-it", base) < 0.3)
    let free = try await forecast([
      ("Ukraine stretch", "0"), ("loss of Syria", "0"), ("world reshuffle", "0"),
    ])
    #expect(try probability("would-russia-honor-it", free) > 0.9)
  }

  @Test("15: so, perhaps, only talk: words and numbers agree")
  func words() async throws {
    let base = try await forecast()
    let sign = try #require(base.answers.first { $0.id == "sign" }?.estimate)
    #expect(sign.probability < 0.2)
    #expect(sign.words == "very unlikely")
    let pacts = try ["pact, Russia fights", "pact, Iran abandoned", "pact deters"].map {
      try outcome($0, base)
    }
    #expect(pacts.reduce(0, +) < 0.2)
  }
}
