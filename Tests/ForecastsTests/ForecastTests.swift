import Foundation
import Forecasts
import Scenarios
import Testing

@Test("The probability is the mean over the draws, the band its 5th and 95th percentile")
func meanAndBand() async throws {
  // Uniform on 0.2 to 0.6: the mean is 0.4, the 5th percentile 0.22, the 95th 0.58.
  let scenario = try ForecastTestSupport.scenario(
    ForecastTestSupport.chanceStory(
      odds: "x", quantities: "x: \"uniform(0.2, 0.6)\"",
      tail: "questions: [{ask: Rain, id: rain, probability of: weather = rain}]"))
  let answer = try #require(
    try await ForecastTestSupport.forecast(scenario) { $0.draws = 4096 }.answers.first?.estimate)
  #expect(abs(answer.probability - 0.4) < 1e-4)
  #expect(abs(answer.band.lowerBound - 0.22) < 2e-3)
  #expect(abs(answer.band.upperBound - 0.58) < 2e-3)
  #expect(answer.samplingError < 1e-4)
  #expect(answer.bounds == answer.probability...answer.probability)
}

@Test("A condition divides the mean of both by the mean of the condition")
func conditionalProbability() async throws {
  // A sees the weather and walks in the sun only; B's coin has odds x of heads in the sun, 2x in
  // the rain. P(rain | heads) = Σ p·2x / Σ ((1-p)·x + p·2x), here with p = 1/4 and any x: 2/5.
  let text = ForecastTestSupport.chanceStory(
    odds: "25%", quantities: "x: \"uniform(0.1, 0.4)\"",
    tail: "questions: [{ask: Rain, id: rain, probability of: weather = rain, given: coin = heads}]"
  ).replacing(
    "  - {step: walk",
    with: "  - {step: coin, chance: {heads: if weather = rain then 2 * x else x, tails: rest}}\n"
      + "  - {step: walk")
  let scenario = try ForecastTestSupport.scenario(text)
  let answer = try #require(try await ForecastTestSupport.forecast(scenario).answers.first)
  #expect(abs(try #require(answer.estimate).probability - 0.4) < 1e-9)
  let condition = try #require(answer.conditionProbability)
  // (3/4 + 2/4) · E[x] = 1.25 · 0.25
  #expect(abs(condition - 0.3125) < 1e-3)
  #expect(!answer.isOffPath)
}

@Test("What lies outside the story is mixed in last, and both numbers are given")
func outsideTheStory() async throws {
  let tail = """
    outside the story: {is: 10%, then: 50%}
    questions:
      - {ask: Rain, id: rain, probability of: weather = rain}
      - {ask: Rain again, id: again, probability of: weather = rain, given: walk = go}
    """
  let scenario = try ForecastTestSupport.scenario(
    ForecastTestSupport.chanceStory(odds: "20%", tail: tail))
  let forecast = try await ForecastTestSupport.forecast(scenario)
  // 0.9 · 0.2 + 0.1 · 0.5
  #expect(abs(try #require(forecast.answers[0].estimate).probability - 0.23) < 1e-12)
  #expect(abs(try #require(forecast.answers[0].estimate?.insideTheStory) - 0.2) < 1e-12)
  #expect(forecast.answers[1].estimate?.insideTheStory == nil)
}

@Test("A condition that never holds is answered by limit beliefs and marked off the path")
func offThePath() async throws {
  let text = """
    entente: 1
    title: A dominated entry
    parties: {A: May enter., B: Answers.}
    private types: {A: {kind: {able: 30%, weak: rest}}}
    story:
      - {step: entry, by: A, options: [enter, stay out]}
      - {step: reply, by: B, when: entry = enter, options: [fight, yield]}
    payoffs:
      A: {entry: if entry = enter then (if A.kind = able then -1 else -5)}
      B: {fight: if reply = fight then (if A.kind = able then -1 else 1)}
    questions:
      - {ask: Fight, id: fight, probability of: reply = fight, given: entry = enter}
      - {ask: Never, id: never, probability of: reply = fight, given: entry = enter and entry = stay out}
    """
  let scenario = try ForecastTestSupport.scenario(text)
  let forecast = try await ForecastTestSupport.forecast(scenario) { $0.draws = 16 }
  let fight = forecast.answers[0]
  // Entering costs the able less, so along the logit path the belief goes to the able type, against
  // whom fighting does not pay.
  #expect(fight.isOffPath)
  #expect(fight.conditionProbability == 0)
  #expect(try #require(fight.estimate).probability < 1e-6)
  #expect(forecast.answers[1].estimate == nil)
}

@Test("A secret supposition replaces the choice and keeps the others' strategies")
func secretSupposition() async throws {
  // Matching in sequence: B sees A's move and answers it. Forced openly, B's reply adapts; forced
  // in secret B still sees the move, so it adapts too; hidden from B, it cannot.
  func story(_ visibility: String) -> String {
    """
    entente: 1
    title: Where to meet
    parties: {A: Goes first., B: Follows.}
    story:
      - {step: first, by: A, options: [park, cafe]\(visibility)}
      - {step: second, by: B, options: [park, cafe]}
    payoffs:
      A: {meet: if first = park and second = park then 2 else if first = second then 1}
      B: {meet: if first = park and second = park then 2 else if first = second then 1}
    questions:
      - {ask: Open, id: open, probability of: second = cafe, supposing: first = cafe}
      - {ask: Secret, id: secret, probability of: second = cafe, supposing secretly: first = cafe}
    """
  }
  func probabilities(_ visibility: String) async throws -> [Double] {
    let scenario = try ForecastTestSupport.scenario(story(visibility))
    return try await ForecastTestSupport.forecast(scenario) { $0.draws = 1 }.answers.compactMap {
      $0.estimate?.probability
    }
  }
  let seen = try await probabilities("")
  #expect(seen == [1, 1])
  let hidden = try await probabilities(", hidden from: [B]")
  #expect(hidden == [1, 0])
}

@Test("Draws without a game are counted, left out, and reported with their place")
func invalidDraws() async throws {
  let scenario = try ForecastTestSupport.scenario(
    ForecastTestSupport.chanceStory(
      odds: "x", quantities: "x: \"uniform(0.5, 1.5)\"",
      tail: "questions: [{ask: Rain, id: rain, probability of: weather = rain}]"))
  let forecast = try await ForecastTestSupport.forecast(scenario) { $0.draws = 1024 }
  #expect(abs(Double(forecast.invalid) / 1024 - 0.5) < 0.01)
  #expect(forecast.invalidReason?.place != nil)
  // Uniform on 0.5 to 1 where there is a game.
  #expect(abs(try #require(forecast.answers[0].estimate).probability - 0.75) < 0.01)
}

@Test("The same seed gives the same forecast on any number of threads; another seed another one")
func threadsDoNotMatter() async throws {
  let scenario = try ForecastTestSupport.scenario(
    ForecastTestSupport.text(of: "russia-iran.yaml"))
  func forecast(threads: Int, seed: UInt64) async throws -> Forecast {
    try await ForecastTestSupport.forecast(scenario) {
      $0.draws = 700
      $0.threads = threads
      $0.seed = seed
    }
  }
  let one = try await forecast(threads: 1, seed: 1)
  #expect(try await forecast(threads: 2, seed: 1) == one)
  #expect(try await forecast(threads: 3, seed: 1) == one)
  #expect(try await forecast(threads: 2, seed: 2) != one)
}

@Test("A question's answer does not depend on what else is asked")
func questionsAreIndependent() async throws {
  let scenario = try ForecastTestSupport.scenario(
    ForecastTestSupport.text(of: "russia-iran.yaml"))
  let all = try await ForecastTestSupport.forecast(scenario)
  let alone = try await ForecastTestSupport.forecast(scenario, questions: ["sign"])
  #expect(all.answers.first == alone.answers.first)
}

@Test("Words follow ICD 203's scale at its borders")
func estimativeWords() {
  let scale: [(Double, String)] = [
    (0.01, "almost no chance"), (0.049, "almost no chance"), (0.05, "very unlikely"),
    (0.199, "very unlikely"), (0.2, "unlikely"), (0.449, "unlikely"),
    (0.45, "roughly even chance"), (0.55, "roughly even chance"), (0.56, "likely"),
    (0.8, "likely"), (0.81, "very likely"), (0.95, "very likely"), (0.96, "almost certain"),
  ]
  for (probability, words) in scale {
    #expect(EstimativeWords.words(for: probability) == words, "\(probability)")
  }
}

@Test("The main line follows the likeliest step each time, with odds given the line")
func mainLine() async throws {
  let scenario = try ForecastTestSupport.scenario(
    ForecastTestSupport.chanceStory(odds: "30%", tail: ""))
  let forecast = try await Forecaster(scenario, questions: [], options: .init()).run()
  #expect(forecast.mainLine.map(\.party) == [nil, "A"])
  #expect(forecast.mainLine.map(\.value) == ["sun", "go"])
  #expect(zip(forecast.mainLine.map(\.probability), [0.7, 1]).allSatisfy { abs($0 - $1) < 1e-12 })
}

@Test("A draw in which what is asked has no value is invalid, and not counted as true")
func eventWithoutValue() async throws {
  // The logarithm exists for half of the draws; of those, x > 1/e.
  let scenario = try ForecastTestSupport.scenario(
    ForecastTestSupport.chanceStory(
      odds: "50%", quantities: "x: \"uniform(-1, 1)\"",
      tail: "questions: [{ask: Large, id: large, probability of: log(x) > -1}]"))
  let forecast = try await ForecastTestSupport.forecast(scenario) { $0.draws = 4096 }
  #expect(forecast.invalid == 2048)
  #expect(forecast.invalidReason?.message.contains("what is asked") == true)
  #expect(abs((forecast.answers[0].estimate?.probability ?? .nan) - (1 - exp(-1))) < 1e-3)
}

@Test("What is asked and can have no value is refused with its place")
func eventThatNeverHasValue() async throws {
  let scenario = try ForecastTestSupport.scenario(
    ForecastTestSupport.chanceStory(
      odds: "50%", tail: "questions: [{ask: Large, id: large, probability of: 1 / 0 > 1}]"))
  do {
    _ = try await ForecastTestSupport.forecast(scenario)
    Issue.record("there is an answer")
  } catch Forecaster.Defect.diagnostics(let diagnostics) {
    #expect(diagnostics.map(\.code) == ["no-value"] && diagnostics[0].place != nil)
  }
}
