import Forecasts
import Scenarios
import Testing

/// What published models claim, asked of their scenarios: closed forms and comparative statics.
/// The derivations stand at the head of each scenario.
@Suite("Propositions of published models")
struct Propositions {
  /// The answers at the best estimates, by id, with some numbers set anew.
  private func answers(
    _ file: String, _ settings: [(name: String, estimate: String)] = []
  ) async throws -> [String: Double] {
    let scenario = try ForecastTestSupport.scenario(
      ForecastTestSupport.text(of: file), settings: settings)
    let forecast = try await ForecastTestSupport.forecast(scenario) { $0.isBest = true }
    #expect(forecast.uncertified == 0)
    var result: [String: Double] = [:]
    for answer in forecast.answers { result[answer.id] = answer.estimate?.probability }
    for outcome in forecast.outcomes {
      result["outcome: \(outcome.outcome)"] = outcome.probability
    }
    return result
  }

  private func expect(
    _ answers: [String: Double], _ wanted: [String: Double], _ comment: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (id, value) in wanted {
      let found = answers[id] ?? .nan
      #expect(
        abs(found - value) < 1e-6, "\(id): \(found) \(comment)", sourceLocation: sourceLocation)
    }
  }

  @Test("Fearon 1995: the risk is run if and only if resolve is rarer than 4/9")
  func fearonUltimatum() async throws {
    let file = "fearon-1995-ultimatum.yaml"
    expect(try await answers(file), ["war": 0.3, "risk": 1, "irresolute-gives-in": 1])
    for odds in [5, 20, 40, 44] {
      let risky = try await answers(file, [("odds resolute", "\(odds)%")])
      expect(risky, ["risk": 1, "war": Double(odds) / 100])
    }
    for odds in [45, 60, 95] {
      expect(try await answers(file, [("odds resolute", "\(odds)%")]), ["risk": 0, "war": 0])
    }
    // Without hidden costs there is no war (Fearon's point): make the types alike.
    expect(try await answers(file, [("cost irresolute", "0.1")]), ["war": 0])
  }

  @Test("Fearon 1997: a large audience cost ties the hands of both types, and nobody bluffs")
  func fearonTyingHands() async throws {
    let file = "fearon-1997-tying-hands.yaml"
    expect(
      try await answers(file),
      ["war": 0.3, "low-ties": 1, "deters-mild": 1, "outcome: concession": 0])
    for odds in [10, 50] {
      let tied = try await answers(file, [("odds tough", "\(odds)%")])
      expect(tied, ["war": Double(odds) / 100])
    }
  }

  @Test("Morrow 1994: bluffing, attack and reliability mix as the closed forms say")
  func morrowAlliance() async throws {
    let file = "morrow-1994-alliance.yaml"
    expect(
      try await answers(file),
      [
        "reliable": 0.4, "deters": 1 - 0.68, "bluff": 0.375, "outcome: target lost": 0.5,
        "outcome: abandonment": 0.204, "outcome: deterred": 0.16, "outcome: general war": 0.136,
      ])
    // s = q w / ((1 - q) g) rises with q; the reliability g / (g + w) does not move.
    expect(
      try await answers(file, [("odds reliable", "25%")]),
      ["bluff": 0.25 * 1.5 / 0.75, "reliable": 0.4])
    // alpha = (l - k) / (l + a) falls with the price of reneging.
    expect(
      try await answers(file, [("renege", "0.5")]), ["deters": 1 - 0.85 / 1.5, "reliable": 0.4])
  }

  @Test("Debs and Monteiro 2014: hidden power shifts bring strikes without evidence")
  func debsMonteiro() async throws {
    let file = "debs-monteiro-2014-power-shift.yaml"
    expect(
      try await answers(file),
      [
        "mistaken": 0.4375 / (0.4375 + 0.35416666667), "without-evidence": 0.75,
        "outcome: quiet peace": 0.14583333333, "outcome: power shift": 0.0625,
      ])
    // Above d* = 0.6 there is peace.
    expect(
      try await answers(file, [("odds of detection", "90%")]),
      ["strike": 0, "outcome: quiet peace": 1])
    // Cheaper strikes are more often mistaken: q = m / (1 - d + d m) with m = 0.2 is 0.294118.
    let cheap = try await answers(file, [("war cost Deterrer", "0.2")])
    expect(cheap, ["mistaken": 0.6792452830])
  }

  @Test("Kreps and Wilson 1982: a little doubt makes the weak fight with (1 - b) p / ((1 - p) b)")
  func krepsWilson() async throws {
    let file = "kreps-wilson-1982-reputation.yaml"
    expect(
      try await answers(file),
      ["entry": 1, "imitation": 1 / 9.0, "frightened": 0.5, "belief": 0.5])
    let likelier = try await answers(file, [("odds strong", "20%")])
    expect(likelier, ["entry": 1, "imitation": 0.25, "belief": 0.5])
    // The first entrant stays out if and only if p > b² = 25%.
    expect(try await answers(file, [("odds strong", "26%")]), ["entry": 0])
    expect(try await answers(file, [("odds strong", "24%")]), ["entry": 1])
  }

  @Test("Kydd 2005: the logit limit mistrusts where trust is the riskier choice")
  func kyddTrust() async throws {
    let file = "kydd-2005-trust.yaml"
    expect(try await answers(file), ["trust": 0, "outcome: mutual defection": 1])
    let safe = try await answers(file, [("loss of trust", "-0.2")])
    expect(safe, ["trust": 1, "outcome: cooperation": 0.64])
    // Below m = (P - S) / ((P - S) + (R - T)) = 2/7 no equilibrium trusts.
    expect(
      try await answers(file, [("loss of trust", "-0.2"), ("odds seeker", "25%")]), ["trust": 0])
  }

  @Test("Spence 1973: the able separate themselves, while the signal is too dear for the others")
  func spenceSignal() async throws {
    expect(
      try await answers("spence-1973-signal.yaml"),
      ["able-signal": 1, "less-able-signal": 0, "paid": 1])
  }

  @Test("Rubinstein 1982: agreement at once, on what backward induction gives")
  func rubinsteinOffers() async throws {
    expect(
      try await answers("rubinstein-1982-bargaining.yaml"),
      ["at-once": 1, "three-eighths": 1, "less": 0])
  }

  @Test("Smith and Stam 2004: war if and only if optimism exceeds the costs of both")
  func smithStam() async throws {
    let file = "smith-stam-2004-optimism.yaml"
    expect(try await answers(file), ["war": 1])
    expect(try await answers(file, [("odds in A's eyes", "50%")]), ["war": 0])
    expect(try await answers(file, [("odds in B's eyes", "60%")]), ["war": 0])
    // Dear wars are not fought, whatever each expects.
    expect(try await answers(file, [("cost", "0.3")]), ["war": 0])
  }

  @Test("Selten 1978: the chain store never fights, however many markets are left")
  func chainStore() async throws {
    expect(
      try await answers("chain-store-1978.yaml"), ["first": 1, "after-a-fight": 0, "fought": 0])
  }
}
