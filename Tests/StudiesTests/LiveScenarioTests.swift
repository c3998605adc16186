import Forecasts
import Foundation
import Scenarios
import Studies
import Testing

@Suite("A live scenario")
struct LiveScenarioTests {
  private func scenario(_ name: String, _ settings: [String] = []) throws -> Scenario {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let bytes = [UInt8](try Data(contentsOf: root.appending(path: "Scenarios/\(name)")))
    let file = ScenarioFile.check(bytes, name: name, settings: settings)
    return try #require(file.scenario, "\(file.diagnostics)")
  }

  private var options: Forecaster.Options {
    var options = Forecaster.Options()
    options.draws = 256
    return options
  }

  @Test(
    "A moved quantity answers as ask --set does",
    arguments: [
      ("russia-iran.yaml", "hunger for missiles", "3.3"), ("russia-iran.yaml", "odds ready", "60%"),
      ("russia-iran.yaml", "relish", "1 .. 2 .. 4"), ("labor-contract.yaml", "pride", "0.1"),
      ("cuban-missile-crisis-1962.yaml", "spread", "40%"),
    ])
  func moved(file: String, name: String, value: String) async throws {
    let live = try LiveScenario(scenario(file), options: options)
    let found = try await live.answerAll([(name, value)], draws: 256)
    let asked = try await AskStudy.run(
      scenario(file, ["\(name)=\(value)"]), question: nil, options: options
    ).forecast
    #expect(found.answers.map(\.id) == asked.answers.map(\.id))
    for (one, other) in zip(found.answers, asked.answers) {
      let p = try #require(one.estimate?.probability)
      #expect(abs(p - (other.estimate?.probability ?? .nan)) < 1e-7, "\(one.id)")
      #expect(abs((one.estimate?.samplingError ?? 0) - (other.estimate?.samplingError ?? 0)) < 1e-7)
    }
    let headline = try await live.answerHeadline([(name, value)], draws: 256)
    #expect(headline.answers[0].estimate == found.answers[0].estimate)
  }

  @Test("Nothing moved is ask itself, to the last bit")
  func still() async throws {
    let read = try scenario("russia-iran.yaml")
    let live = try LiveScenario(read, options: options)
    let asked = try await AskStudy.run(read, question: nil, options: options).forecast
    #expect(try await live.answerAll([], draws: 256) == asked)
  }

  @Test("Draws that have a game in one world alone count as ask counts them")
  func invalidInOneWorld() async throws {
    let text = """
      entente: 1
      title: Half of the draws have no game
      parties: {A: A party.}
      quantities:
        x: {is: -1 .. 1, because: It is open., source: judgment}
      story:
        - {step: move, by: A, options: [risky, safe]}
      payoffs:
        A: {gain: if move = risky then sqrt(x) else 0.5}
      questions:
        - {ask: "Risky?", id: risky, probability of: move = risky}
        - {ask: "And if it had to be safe?", id: safe, probability of: move = safe, supposing: move = safe}
      """
    let file = ScenarioFile.check([UInt8](text.utf8), name: "half.yaml")
    let read = try #require(file.scenario, "\(file.diagnostics)")
    let asked = try await AskStudy.run(read, question: nil, options: options).forecast
    #expect(asked.invalid > 0)
    #expect(try await LiveScenario(read, options: options).answerAll([], draws: 256) == asked)
  }

  @Test("What cannot be moved is said")
  func refused() async throws {
    let live = try LiveScenario(scenario("russia-iran.yaml"), options: options)
    for setting in [("odds redy", "60%"), ("blunted effect", "30%"), ("odds ready", "300%")] {
      await #expect(throws: AskStudy.Failure.self) {
        _ = try await live.answerHeadline([(setting.0, setting.1)], draws: 16)
      }
    }
  }
}
