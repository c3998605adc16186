import Forecasts
import Mathematics
import Scenarios
import Testing

/// Reasons, thresholds and sensitivity in the light of evidence.
@Suite("Explanations in the light of evidence")
struct PosteriorExplanationTests {
  /// Two uniform quantities, the first with a likelihood of 2 x: its posterior is Beta(2, 1), of
  /// variance 1/18, that of the other 1/12.
  private func weighed(seed: UInt64, draws: Int) throws -> (FunctionResponse, ResponseSample) {
    let response = try FunctionResponse(uniform: 2, seed: seed) { $0[0] + $0[1] }
    let points = response.space.points(draws, seed: seed)
    let values = Responses.Query(
      points.map { 2 * $0[0] * ($0[0] + $0[1]) }, per: points.map { 2 * $0[0] })
    return (response, ResponseSample(points: points, values: values))
  }

  @Test("Shares of a weighted variance have their closed form, and their intervals cover")
  func shares() throws {
    var held = 0
    for seed in 1...60 as ClosedRange<UInt64> {
      let (response, sample) = try weighed(seed: seed, draws: 1_024)
      var options = Sensitivity.Options()
      options.resamples = 200
      let found = try response.posteriorSensitivity(of: sample, options)
      #expect(abs(found.mean - 7.0 / 6) < 0.02)
      #expect(abs(found.variance - 5.0 / 36) < 0.015)
      for (input, share) in zip(found.inputs, [0.4, 0.6]) {
        #expect(input.total == nil)
        #expect(abs(input.first.estimate - share) < 0.1)
        if input.first.interval.contains(share) { held += 1 }
      }
      #expect(found.ranking == [1, 0])
    }
    print("Weighted first-order indices: \(held) of 120 intervals of 90% hold the truth")
    #expect(held >= 102)
  }

  /// A gains x by going, whatever the weather, which is rain with odds x: a report that is three
  /// times likelier in rain makes x count by 1 + 2 x, and its mean 7/12.
  private func walk(
    _ tail: String, settings: [(name: String, estimate: String)] = []
  ) throws -> Scenario {
    try ForecastTestSupport.scenario(
      """
      entente: 1
      title: Weather
      as of: 2024-01-01
      parties: {A: Walks., B: Watches.}
      quantities: {x: {is: "uniform(0, 1)"}, y: {is: "uniform(0, 1)"}}
      story:
        - {step: walk, by: A, options: [go, stay]}
        - {step: weather, chance: {rain: x, sun: rest}}
        - {step: wave, by: B, options: [yes, no]}
      payoffs:
        A: {fun: if walk = go then x}
        B: {wave: if wave = yes then y - 0.6}
      questions:
        - {ask: Rain, id: rain, probability of: weather = rain}
        - {ask: Waved, id: waved, probability of: wave = yes and weather = rain}
        - {ask: Stayed, id: stayed, probability of: weather = rain, supposing: walk = stay}
        - {ask: Given, id: given, probability of: weather = rain, given: wave = yes}
      \(tail)
      """, settings: settings)
  }

  private static let report =
    "evidence: [{on: 2024-02-01, reported: clouds, likelihood ratio: {weather = rain: 3}}]"

  private var options: Explainer.Options {
    var options = Explainer.Options()
    options.forecast.draws = 2_048
    options.thresholdDraws = 512
    return options
  }

  @Test("Reasons count draws and lines of play by how likely they make what was observed")
  func reasons() async throws {
    let plain = try await Explainer(walk(""), question: 0, options: options).explain()
    let before = try #require(plain.reasons.first?.alternatives.first)
    #expect(plain.posterior == nil && abs(before.gain - 0.5) < 0.002)
    let found = try await Explainer(walk(Self.report), question: 0, options: options).explain()
    let after = try #require(found.reasons.first?.alternatives.first)
    #expect(abs(after.gain - 7.0 / 12) < 0.003)
    #expect(!found.reasonsArePrior && found.posterior != nil)
    // Rain: 3 x against 1 - x, so E[3x / (1 + 2x) (1 + 2x)] / E[1 + 2x].
    #expect(abs(try #require(found.answer?.estimate?.probability) - 0.75) < 0.002)
  }

  @Test("The main line of a question with a condition is one on which it holds")
  func given() async throws {
    // B waves in four worlds of ten.
    let plain = try await Explainer(walk(Self.report), question: 0, options: options).explain()
    #expect(plain.forecast.mainLine.last?.value == "no")
    let found = try await Explainer(walk(Self.report), question: 3, options: options).explain()
    #expect(found.forecast.mainLine.last?.value == "yes")
    #expect(found.forecast.mainLine.last?.probability == 1)
    // It is a choice for those worlds alone, y being from 0.6 to 1 there.
    let wave = try #require(found.reasons.last?.alternatives.first)
    #expect(wave.error < 0.01 && abs(wave.gain - 0.2) < 3 * wave.error)
  }

  @Test("What is known of a quantity after the evidence is what thresholds and shares are about")
  func dependence() async throws {
    let scenario = try walk(Self.report)
    for question in scenario.questions.indices {
      let found = try await Explainer(scenario, question: question, options: options).explain()
      let dependence = try #require(found.dependence)
      let estimate = try #require(found.answer?.estimate)
      // At the best estimates B never waves, so that a limit stands for what is given that it does.
      #expect((0...1).contains(dependence.robustness.response))
      // The draws of the figures are those of the answer.
      let total = dependence.weights.reduce(0, +)
      let mean = zip(dependence.answers, dependence.weights).reduce(0) { $0 + $1.0 * $1.1 } / total
      #expect(abs(mean - estimate.probability) < 1e-9)
      #expect(abs(dependence.sensitivity.mean - mean) < 1e-9)
      for threshold in dependence.thresholds.found {
        for side in threshold.crossings.flatMap({ [$0.lower, $0.upper] }) {
          let name = scenario.inputs[threshold.input].name
          let asked = try await EvidenceTests.posterior(
            walk(Self.report, settings: [(name, "\(side.value)")]),
            questions: [scenario.questions[question].id]
          ) { $0.draws = dependence.thresholds.draws }
          let answer = EvidenceTests.probability(asked, scenario.questions[question].id)
          #expect(abs(answer - side.response) < 1e-9, "\(name) = \(side.value)")
        }
      }
    }
  }

  @Test("Where a question supposes something its reasons are those before the evidence")
  func supposed() async throws {
    let found = try await Explainer(walk(Self.report), question: 2, options: options).explain()
    #expect(found.reasonsArePrior)
    // What was observed comes after the supposed step: it counts for x, whose mean is then 7/12, and
    // not for the weather of the supposed story.
    #expect(abs(try #require(found.answer?.estimate?.probability) - 7.0 / 12) < 0.003)
    #expect(found.dependence != nil && found.counterfactuals.allSatisfy { $0.step != "walk" })
  }

  @Test("At the best estimates the explanation is of one world")
  func best() async throws {
    var options = options
    options.forecast.isBest = true
    let found = try await Explainer(walk(Self.report), question: 0, options: options).explain()
    // At even odds 3 : 1.
    #expect(abs(try #require(found.answer?.estimate?.probability) - 0.75) < 1e-9)
    #expect(found.dependence == nil && !found.reasons.isEmpty)
  }
}
