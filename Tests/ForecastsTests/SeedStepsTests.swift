import Forecasts
import Scenarios
import Testing

/// The fifteen steps of the op-ed's argument, each at work in the seed scenario: switched off or
/// turned round, it moves the answer in the direction that the argument says. `Docs/seed.md` has
/// the same steps with figures.
@Suite("The fifteen steps of the argument")
struct SeedSteps {
  /// The answers to some of the seed's questions over 256 draws, with estimates set anew.
  private func forecast(
    _ questions: [String], _ settings: [(name: String, estimate: String)] = [],
    edit: (String) -> String = { $0 }, best: Bool = false
  ) async throws -> Forecast {
    let text = edit(try ForecastTestSupport.text(of: "russia-iran.yaml"))
    let scenario = try ForecastTestSupport.scenario(text, settings: settings)
    return try await ForecastTestSupport.forecast(scenario, questions: questions) {
      $0.isBest = best
    }
  }

  private func probability(
    _ id: String, _ settings: [(name: String, estimate: String)] = [],
    edit: (String) -> String = { $0 }
  ) async throws -> Double {
    let forecast = try await forecast([id], settings, edit: edit)
    return try #require(forecast.answers.first?.estimate, "\(id)").probability
  }

  private func outcomes(
    _ settings: [(name: String, estimate: String)] = [], edit: (String) -> String = { $0 }
  ) async throws -> [String: Double] {
    let forecast = try await forecast([], settings, edit: edit)
    return Dictionary(
      uniqueKeysWithValues: forecast.outcomes.map { ($0.outcome, $0.probability) })
  }

  @Test("1: the question has an event, a date and criteria; its uncertainty is the assumptions'")
  func question() async throws {
    let scenario = try ForecastTestSupport.scenario(
      ForecastTestSupport.text(of: "russia-iran.yaml"))
    let question = try #require(scenario.questions.first { $0.id == "sign" })
    #expect(question.by != nil)
    // The rung of the ladder that counts, and who says so.
    #expect(question.resolves?.contains("SIGNED") == true)
    #expect(question.resolves?.contains("Reuters") == true)
    let drawn = try #require(try await forecast(["sign"]).answers.first?.estimate)
    #expect(drawn.band.lowerBound < drawn.band.upperBound)
    #expect(drawn.band.contains(drawn.probability))
    let best = try #require(try await forecast(["sign"], best: true).answers.first?.estimate)
    #expect(best.band.lowerBound == best.band.upperBound)
  }

  @Test("2: talk is a real outcome; without it more is signed")
  func talk() async throws {
    func withoutTalk(_ text: String) -> String {
      text.replacing("      talk: {}\n", with: "")
        .replacing("    when: proposal != talk\n", with: "")
        .replacing("supposing: proposal = talk", with: "supposing: proposal = ask for pact")
    }
    let base = try await outcomes()
    let without = try await outcomes(edit: withoutTalk)
    let name = "just talk, strike"
    #expect(try #require(base[name]) > 0.1)
    #expect(try #require(without[name]) < #require(base[name]))
    let signed = try await probability("sign", edit: withoutTalk)
    #expect(try await probability("sign") < signed)
  }

  @Test("3: had the insurance held, Iran would be hit less hard")
  func insurance() async throws {
    let held = try await probability("backfire", [("base protection", "40%")])
    #expect(try await probability("backfire") > held + 0.1)
  }

  @Test("4: Israel's answer is pending; had it nothing to answer, it would hold more often")
  func pendingAnswer() async throws {
    let nothing = [("shame of silence", "0"), ("shame of restrained", "0")]
      .map { (name: $0.0, estimate: $0.1) }
    let free = try await probability("deter", nothing)
    #expect(try await probability("deter") < free - 0.05)
    let quiet = "just talk, quiet"
    #expect(try await #require(outcomes()[quiet]) < #require(outcomes(nothing)[quiet]))
  }

  @Test("5: weak defenses invite the maximal strike; strong ones do not")
  func airDefenses() async throws {
    let strong = try await probability("backfire", [("base protection", "60%")])
    #expect(try await probability("backfire", [("base protection", "5%")]) > strong + 0.2)
  }

  @Test("6: Iran's faith moves what Iran does, and nothing that the others do")
  func faith() async throws {
    let none = [(name: "faith", estimate: "0%")]
    let firm = [(name: "faith", estimate: "70%")]
    let talk = "just talk, strike"
    #expect(try await #require(outcomes(firm)[talk]) > #require(outcomes(none)[talk]))
    for id in ["sign-if-asked", "backfire", "honor"] {
      let believing = try await probability(id, firm)
      #expect(try await probability(id, none) == believing)
    }
  }

  @Test("7: the more Russia craves missiles, the likelier it signs")
  func craving() async throws {
    for (id, gap) in [("sign-if-asked", 0.2), ("sign", 0.05)] {
      let little = try await probability(id, [("hunger for missiles", "0.5")])
      #expect(try await probability(id, [("hunger for missiles", "4")]) > little + gap)
    }
  }

  @Test("8: did Russia not need its air defenses, it would sell them")
  func scarcity() async throws {
    let base = try await probability("systems")
    #expect(try await probability("systems", [("need of systems", "0")]) > base + 0.3)
  }

  @Test("9: help with the bomb, once detected, brings the decisive strike; hidden, it is sold")
  func detection() async throws {
    #expect(try await probability("nuclear-help") > 0.95)
    let hidden = try await outcomes([("odds detection", "5%")])
    #expect(
      try await #require(outcomes()["help with the bomb"]) < #require(hidden["help with the bomb"])
        - 0.1)
  }

  @Test("10: the pact's worth lies in what Israel does on seeing it")
  func declaration() async throws {
    let feared = [("fear of Russia", "30"), ("odds ready", "90%")]
      .map { (name: $0.0, estimate: $0.1) }
    for id in ["deter", "sign"] {
      let base = try await probability(id)
      #expect(try await probability(id, feared) > base + 0.2)
    }
  }

  @Test("11: the offer is a bundle: without the missiles in it Russia signs less")
  func bundle() async throws {
    let bare = try await probability("sign-if-asked") {
      $0.replacing("[missile sale: 1000, mutual defense]", with: "[mutual defense]")
    }
    #expect(try await probability("sign-if-asked") > bare + 0.1)
  }

  @Test("12: the pact makes Israel strike harder, because a partner is worth denying")
  func backfire() async throws {
    let base = try await probability("backfire")
    #expect(try await probability("hit-without-deal") < base - 0.2)
    #expect(try await probability("backfire", [("denial of partner", "0")]) < base - 0.1)
  }

  @Test("13: a Russia that relishes tension signs; one that dreads it does not")
  func relish() async throws {
    let dreads = try await probability("sign-if-asked", [("odds relishes", "1%")])
    #expect(try await probability("sign-if-asked", [("odds relishes", "99%")]) > dreads + 0.2)
  }

  @Test("14: the promise is not credible; with the costs of war gone it is kept")
  func credibility() async throws {
    #expect(try await probability("honor") < 0.3)
    let free = [("Ukraine stretch", "0"), ("loss of Syria", "0"), ("world reshuffle", "0")]
      .map { (name: $0.0, estimate: $0.1) }
    #expect(try await probability("honor", free) > 0.9)
  }

  @Test("15: so, perhaps, only talk: words and numbers agree")
  func words() async throws {
    let sign = try #require(try await forecast(["sign"]).answers.first?.estimate)
    #expect(sign.probability < 0.2)
    #expect(sign.words == "very unlikely")
    let ends = try await outcomes()
    let pacts = try ["pact, Russia fights", "pact, Iran abandoned", "pact deters"].map {
      try #require(ends[$0])
    }
    #expect(pacts.reduce(0, +) < 0.2)
  }
}
