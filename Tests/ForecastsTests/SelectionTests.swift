import Forecasts
import Scenarios
import Testing

@Suite("How far an answer depends on the equilibrium")
struct SelectionTests {
  /// The forecast of a scenario with its selection ranges.
  private static func forecast(
    _ scenario: Scenario, draws: Int = 8, threads: Int = 2, best: Bool = false,
    questions: [String]? = nil
  ) async throws -> Forecast {
    var options = Forecaster.Options()
    options.draws = 256
    options.threads = threads
    options.isBest = best
    let indices = scenario.questions.indices.filter {
      scenario.questions[$0].asksProbability
        && questions?.contains(scenario.questions[$0].id) ?? true
    }
    let forecaster = try Forecaster(scenario, questions: indices, options: options)
    var forecast = try await forecaster.run()
    try await forecaster.addSelection(to: &forecast, options: .init(draws: draws))
    return forecast
  }

  /// Two parties drive toward each other, unseen: 0 for both who swerve, `win` and -1 where one
  /// does, `crash` for both who do not.
  private static func chicken(quantities: String, win: String, tail: String) -> String {
    """
    entente: 1
    title: Chicken
    parties: {A: Drives., B: Drives as well.}
    quantities: {\(quantities)}
    story:
      - {step: first, by: A, options: [swerve, drive], hidden from: [B]}
      - {step: second, by: B, options: [swerve, drive]}
    payoffs:
      A: {all: if first = drive and second = drive then -10 else if first = drive then \(win) else if second = drive then -1}
      B: {all: if first = drive and second = drive then -10 else if second = drive then \(win) else if first = drive then -1}
    \(tail)
    """
  }

  @Test("In chicken the range of a crash is from never to that of the mixture, of the winner all")
  func chickenRange() async throws {
    // Driving on pays as much as swerving where the other drives with w / (w + 9). At w = 1 it is
    // 1/10, and both do with 1/100.
    let scenario = try ForecastTestSupport.scenario(
      SelectionTests.chicken(
        quantities: "w: 1", win: "w",
        tail: """
          questions:
            - {ask: Crash, id: crash, probability of: first = drive and second = drive}
            - {ask: A wins, id: wins, probability of: first = drive and second = swerve}
            - {ask: Nerve, id: nerve, probability of: second = drive, given: first = drive}
          """))
    let answers = try await SelectionTests.forecast(scenario).answers
    let crash = try #require(answers[0].selection)
    #expect(abs(crash.low) < 1e-6 && abs(crash.high - 0.01) < 1e-6)
    #expect(!crash.isComplete && crash.draws == 1)
    let wins = try #require(answers[1].selection)
    #expect(abs(wins.low) < 1e-6 && abs(wins.high - 1) < 1e-6)
    // Given that A drives, B does never or with 1/10.
    let nerve = try #require(answers[2].selection)
    #expect(abs(nerve.low) < 1e-6 && abs(nerve.high - 0.1) < 1e-6)
    for answer in answers {
      let range = try #require(answer.selection)
      let probability = try #require(answer.estimate?.probability)
      #expect(range.low <= probability + 1e-12 && probability <= range.high + 1e-12)
      #expect(abs(range.sampled.selected - probability) < 1e-6)
    }
  }

  @Test("Over draws the ends are means of what each draw allows, and the answer keeps its place")
  func overDraws() async throws {
    let scenario = try ForecastTestSupport.scenario(
      SelectionTests.chicken(
        quantities: "w: \"uniform(0.5, 3)\"", win: "w",
        tail:
          "questions: [{ask: Crash, id: crash, probability of: first = drive and second = drive}]"
      ))
    let draws = 24
    let answer = try await SelectionTests.forecast(scenario, draws: draws).answers[0]
    let range = try #require(answer.selection)
    let source = try DrawSource(scenario, seed: 1)
    var point = source.makePoint()
    var inputs: [Double] = []
    var mean = 0.0
    for draw in 0..<draws {
      source.draw(draw, point: &point, into: &inputs)
      let share = inputs[0] / (inputs[0] + 9)
      mean += share * share / Double(draws)
    }
    #expect(range.draws == draws)
    #expect(abs(range.sampled.high - mean) < 1e-6)
    #expect(abs(range.sampled.low) < 1e-6)
    let probability = try #require(answer.estimate?.probability)
    #expect(abs(range.high - (probability + mean - range.sampled.selected)) < 1e-9)
  }

  @Test("Where everything is seen and nothing tied no other equilibrium exists, and that is proved")
  func onlyOne() async throws {
    let scenario = try ForecastTestSupport.scenario(
      SelectionTests.chicken(
        quantities: "w: \"uniform(0.5, 3)\"", win: "w",
        tail: "questions: [{ask: B drives, id: drives, probability of: second = drive}]"
      ).replacing(", hidden from: [B]", with: ""))
    let range = try #require(try await SelectionTests.forecast(scenario).answers[0].selection)
    #expect(range.isComplete)
    #expect(range.low == range.high)
  }

  @Test("What lies outside the story narrows the range by its weight")
  func outsideTheStory() async throws {
    let tail = """
      outside the story: {is: 20%, then: 50%}
      questions: [{ask: A wins, id: wins, probability of: first = drive and second = swerve}]
      """
    let scenario = try ForecastTestSupport.scenario(
      SelectionTests.chicken(quantities: "w: 1", win: "w", tail: tail))
    let range = try #require(try await SelectionTests.forecast(scenario).answers[0].selection)
    #expect(abs(range.low - 0.1) < 1e-6 && abs(range.high - 0.9) < 1e-6)
  }

  @Test(
    "A party that misperceives plays its part of any equilibrium of its game, the other of its own")
  func misperception() async throws {
    // The first believes that the road is wide and nobody can be hurt: it drives on for certain. The
    // second knows better, so that in its game either may drive on, or both mix.
    let text = """
      entente: 1
      title: Chicken, misperceived
      parties: {A: Drives., B: Drives as well.}
      quantities: {}
      story:
        - {step: road, chance: {narrow: 90%, wide: rest}, hidden from: [A, B]}
        - {step: first, by: A, options: [swerve, drive], hidden from: [B]}
        - {step: second, by: B, options: [swerve, drive]}
      payoffs:
        A: {all: if first = drive and second = drive then (if road = narrow then -10 else 2) else if first = drive then 1 else if second = drive then -1}
        B: {all: if first = drive and second = drive then (if road = narrow then -10 else -2) else if second = drive then 1 else if first = drive then -1}
      beliefs:
        A:
          road = wide: {is: 100%, because: It saw no ditch., known to others: no}
          road = narrow: {is: 0%, because: It saw no ditch., known to others: no}
      questions:
        - {ask: A drives, id: first, probability of: first = drive}
        - {ask: Both, id: both, probability of: first = drive and second = drive}
      """
    let scenario = try ForecastTestSupport.scenario(text)
    let answers = try await SelectionTests.forecast(scenario).answers
    let first = try #require(answers[0].selection)
    #expect(first.low > 1 - 1e-6)
    // The second drives on in one of its equilibria, swerves in another.
    let both = try #require(answers[1].selection)
    #expect(both.low < 1e-6 && both.high > 1 - 1e-6)
  }

  @Test("On the seed scenario each range holds its answer, is the same on any number of threads")
  func seed() async throws {
    let scenario = try ForecastTestSupport.scenario(
      ForecastTestSupport.text(of: "russia-iran.yaml"))
    let one = try await SelectionTests.forecast(scenario, threads: 1)
    #expect(try await SelectionTests.forecast(scenario, threads: 3) == one)
    for answer in one.answers {
      let range = try #require(answer.selection)
      let probability = try #require(answer.estimate?.probability)
      #expect(range.draws == 8)
      #expect(range.low <= probability && probability <= range.high)
      #expect(range.sampled.low <= range.sampled.selected + 1e-12)
      #expect(range.sampled.selected <= range.sampled.high + 1e-12)
    }
    // What Israel does without any deal hangs on nobody's beliefs.
    let alone = try #require(one.answers.first { $0.id == "hit-without-deal" }?.selection)
    #expect(alone.isComplete && alone.low == alone.high)
  }

  @Test("A logit equilibrium at a stated rationality has no range over equilibria")
  func fixedRationality() async throws {
    let scenario = try ForecastTestSupport.scenario(
      SelectionTests.chicken(
        quantities: "w: 1", win: "w",
        tail: """
          solve: {select: fixed rationality, rationality: 4}
          questions: [{ask: Crash, id: crash, probability of: first = drive and second = drive}]
          """))
    #expect(try await SelectionTests.forecast(scenario).answers[0].selection == nil)
  }
}
