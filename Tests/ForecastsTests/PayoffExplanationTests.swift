import Forecasts
import Mathematics
import Scenarios
import Testing

/// What moves a party's expected payoff.
@Suite("A party's payoff")
struct PayoffExplanationTests {
  /// A's payoff is y, and x with the sun, which has odds of 70%.
  private func scenario() throws -> Scenario {
    try ForecastTestSupport.scenario(
      """
      entente: 1
      title: Weather
      parties: {A: Waits., B: Watches.}
      quantities: {x: {is: "uniform(0, 1)"}, y: {is: "uniform(0, 2)"}, idle: {is: "uniform(0, 1)"}}
      story:
        - {step: weather, chance: {rain: 30%, sun: rest}}
        - {step: walk, by: B, options: [go, stay]}
      payoffs:
        A: {sun: if weather = sun then x, sure: y}
        B: {walk: if walk = go then idle}
      questions:
        - {ask: Sun, id: sun, probability of: walk = go, given: weather = sun}
        - {ask: Stay, id: stay, probability of: weather = sun, supposing: walk = stay}
      """)
  }

  private func explain(
    _ party: Int, question: Int? = nil, _ change: (inout Explainer.Options) -> Void = { _ in }
  ) async throws -> PayoffExplanation {
    var options = Explainer.Options()
    options.forecast.draws = 2_048
    change(&options)
    return try await PayoffExplainer(
      scenario(), party: party, question: question, options: options
    ).explain()
  }

  /// 0.7 x + y with independent uniform quantities: variances 0.49/12 and 4/12.
  @Test("A linear payoff has its mean, its shares of variance and its bars in closed form")
  func linear() async throws {
    let found = try await explain(0)
    #expect(abs(try #require(found.mean) - 1.35) < 0.002)
    let dependence = try #require(found.dependence)
    #expect(abs(dependence.sensitivity.variance - 4.49 / 12) < 0.01)
    let shares = [0: 0.49 / 4.49, 1: 4 / 4.49, 2: 0]
    for input in dependence.sensitivity.inputs {
      let share = try #require(shares[input.input])
      #expect(abs(input.first.estimate - share) < 0.03)
      #expect(abs(input.inAll.estimate - share) < 0.03)
    }
    let bar = try #require(dependence.tornado.bars.first)
    #expect(bar.input == 1 && abs(bar.width - 1.8) < 1e-9)
    #expect(abs(try #require(dependence.tornado.base) - 1.35) < 1e-9)
    let curve = try #require(dependence.curves.first)
    #expect(curve.input == 1)
    for bin in curve.bins { #expect(bin.interval.contains(bin.mean)) }
    #expect(dependence.information.brierScore == nil)
    // Below t < 0.7 lies t² / 2.8 of a sum of two uniform numbers up to 0.7 and 2.
    let band = try #require(found.band)
    #expect(abs(band.lowerBound - 0.14.squareRoot()) < 0.02)
    #expect(abs(band.upperBound - (2.7 - 0.14.squareRoot())) < 0.02)
  }

  @Test("With a question the payoff is that where its condition holds, in what it supposes")
  func conditional() async throws {
    let sun = try await explain(0, question: 0)
    #expect(abs(try #require(sun.mean) - 1.5) < 0.002)
    let inputs = try #require(sun.dependence).sensitivity.inputs
    #expect(abs(try #require(inputs.first { $0.input == 0 }).first.estimate - 0.2) < 0.03)
    // B gains only by going.
    #expect(try await explain(1, question: 1).mean == 0)
    #expect(abs(try #require(try await explain(1).mean) - 0.5) < 0.002)
  }

  @Test("At the best estimates there is the payoff alone")
  func best() async throws {
    let found = try await explain(0) { $0.forecast.isBest = true }
    #expect(abs(try #require(found.mean) - 1.35) < 1e-9)
    #expect(found.dependence == nil)
  }
}
