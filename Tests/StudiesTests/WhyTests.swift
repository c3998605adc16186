import Forecasts
import Foundation
import Reports
import Scenarios
import Studies
import Testing

@Suite("Why")
struct WhyTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Scenarios")

  private func scenario(
    _ name: String = "russia-iran.yaml", _ settings: [String] = []
  ) throws -> Scenario {
    let bytes = [UInt8](try Data(contentsOf: WhyTests.folder.appending(path: name)))
    let file = ScenarioFile.check(bytes, name: name, settings: settings)
    return try #require(file.scenario, "\(file.diagnostics)")
  }

  /// The probability of a question, as `ask` gives it.
  private func ask(_ scenario: Scenario, _ id: String, draws: Int?) async throws -> Double {
    var options = Forecaster.Options()
    if let draws { options.draws = draws } else { options.isBest = true }
    let result = try await AskStudy.run(scenario, question: id, options: options)
    return try #require(result.forecast.answers[0].estimate?.probability)
  }

  @Test(
    "Every threshold and every supposition that why prints is confirmed by asking, evidence and all",
    arguments: [
      ("russia-iran.yaml", "sign"), ("russia-iran.yaml", "sign-if-asked"),
      ("russia-iran.yaml", "honor"), ("gulf-1990.yaml", "invade"), ("gulf-1990.yaml", "if-paid"),
    ])
  func confirmed(file: String, id: String) async throws {
    let scenario = try scenario(file)
    let found = try await WhyStudy.run(scenario, question: id, options: usualButIndices)
    #expect(!found.reasons.isEmpty && !found.counterfactuals.isEmpty)
    for one in found.counterfactuals {
      guard let probability = one.probability else { continue }
      let supposed = try Supposing.apply(["\(one.step) = \(one.option)"], to: scenario)
      let asked = try await ask(supposed, id, draws: found.comparisonDraws)
      #expect(abs(asked - probability) < 1e-9, "\(one.step) = \(one.option)")
    }
    let thresholds = try #require(found.dependence?.thresholds)
    for threshold in thresholds.found {
      let input = scenario.inputs[threshold.input]
      for side in threshold.crossings.flatMap({ [$0.lower, $0.upper] }) {
        let setting = "\(input.name)=\(QuantityText.exact(side.value, of: input))"
        let asked = try await ask(self.scenario(file, [setting]), id, draws: thresholds.draws)
        #expect(abs(asked - side.response) < 1e-9, "\(setting)")
        #expect((asked >= thresholds.level) == (side.response >= thresholds.level), "\(setting)")
      }
    }
    let flip = try #require(found.dependence?.flip)
    for world in [flip.world, flip.single].compactMap(\.self) {
      let settings = world.moves.map { move in
        let input = scenario.inputs[move.input]
        return "\(input.name)=\(QuantityText.exact(move.to, of: input))"
      }
      let asked = try await ask(self.scenario(file, settings), id, draws: nil)
      #expect(abs(asked - world.response) < 1e-7, "\(settings)")
      #expect((asked >= flip.level) != (flip.before >= flip.level), "\(settings)")
    }
    #expect(abs(try await ask(scenario, id, draws: nil) - flip.before) < 1e-7)
    if let closest = thresholds.closest {
      let input = scenario.inputs[closest.input]
      let setting = "\(input.name)=\(QuantityText.exact(closest.value, of: input))"
      let asked = try await ask(self.scenario(file, [setting]), id, draws: thresholds.draws)
      #expect(abs(asked - closest.response) < 1e-9, "\(setting)")
    }
  }

  @Test("A question about what flips or drives an answer is one for why, and ask says so")
  func kinds() async throws {
    let scenario = try scenario()
    let flip = try await WhyStudy.run(scenario, question: "flip", options: few)
    #expect(flip.level == 0.5 && flip.answer?.estimate != nil)
    #expect(try await WhyStudy.run(scenario, question: "drivers", options: few).dependence != nil)
    await #expect(throws: AskStudy.Failure.self) {
      _ = try await AskStudy.run(scenario, question: "flip", options: few.forecast)
    }
  }

  /// What is confirmed does not rest on the indices.
  private var usualButIndices: Explainer.Options {
    var options = Explainer.Options()
    options.basePoints = 64
    return options
  }

  private var few: Explainer.Options {
    var options = Explainer.Options()
    options.forecast.draws = 256
    options.comparisonDraws = 64
    options.basePoints = 64
    options.thresholdDraws = 128
    return options
  }

  @Test("The text keeps to 80 columns, and to two screens unless more is asked for")
  func layout() async throws {
    let found = try await WhyStudy.run(scenario(), question: "sign", options: few)
    let text = WhyText.why(found, file: "russia-iran.yaml").split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(text.count <= 49 && text.allSatisfy { $0.count <= 80 })
    let long = WhyText.why(found, file: "russia-iran.yaml", verbose: true)
    #expect(long.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(long.count > text.joined().count)
  }

  @Test("Without uncertain quantities there are reasons, and nothing that moves the answer")
  func certain() async throws {
    let text = """
      entente: 1
      title: A walk
      parties: {A: Walks., B: Watches.}
      quantities: {fun: 2}
      story:
        - {step: walk, by: A, options: [go, stay]}
      payoffs: {A: {fun: if walk = go then fun}, B: {nothing: 0}}
      questions: [{ask: Will A go?, probability of: walk = go}]
      """
    let scenario = try #require(ScenarioFile.check(Array(text.utf8), name: "walk.yaml").scenario)
    let found = try await WhyStudy.run(scenario, question: nil, options: few)
    #expect(found.dependence == nil)
    #expect(found.reasons.first?.alternatives.first?.gain == 2)
    #expect(WhyText.why(found, file: "walk.yaml").contains("2 better than 'stay': fun +2"))
  }
}
