import Forecasts
import Foundation
import Scenarios
import Testing

/// Scenarios from text and their forecasts.
enum ForecastTestSupport {
  struct Broken: Error { var diagnostics: [Diagnostic] }

  /// A scenario, with estimates replaced by name.
  static func scenario(
    _ text: String, settings: [(name: String, estimate: String)] = []
  ) throws -> Scenario {
    let (node, diagnostics) = SyntaxReader.read(text, file: "test.yaml")
    guard let node else { throw Broken(diagnostics: diagnostics) }
    let (scenario, more) = ScenarioReader.read(
      node, source: SourceText(text), file: "test.yaml", settings: settings)
    guard let scenario else { throw Broken(diagnostics: diagnostics + more) }
    return scenario
  }

  /// The text of a scenario that comes with the project.
  static func text(of name: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(
      contentsOf: root.appending(path: "Scenarios/\(name)"), encoding: .utf8)
  }

  /// The forecast of a scenario's probability questions, or of those named.
  static func forecast(
    _ scenario: Scenario, questions: [String]? = nil,
    _ change: (inout Forecaster.Options) -> Void = { _ in }
  ) async throws -> Forecast {
    var options = Forecaster.Options()
    options.draws = 256
    change(&options)
    let indices = scenario.questions.indices.filter {
      scenario.questions[$0].asksProbability
        && questions?.contains(scenario.questions[$0].id) ?? true
    }
    return try await Forecaster(scenario, questions: indices, options: options).run()
  }

  /// A small story around some lines of YAML: two parties, one chance step whose odds are `odds`.
  static func chanceStory(odds: String, quantities: String = "x: 0", tail: String) -> String {
    """
    entente: 1
    title: Weather
    parties: {A: Waits., B: Watches.}
    quantities: {\(quantities)}
    story:
      - {step: weather, chance: {rain: \(odds), sun: rest}}
      - {step: walk, by: A, options: [go, stay]}
    payoffs:
      A: {walk: if walk = go and weather = sun then 1, wet: if walk = go and weather = rain then -1}
      B: {nothing: 0}
    outcomes: {wet: walk = go and weather = rain, otherwise: otherwise}
    \(tail)
    """
  }
}
