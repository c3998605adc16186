import Foundation
import Scenarios
import Testing

/// Reads texts the whole way from bytes to a game, as the program does.
enum ScenarioTestSupport {
  /// The folder of the tests.
  static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()

  /// What came of a text.
  struct Result {
    var syntax: SyntaxNode?
    var scenario: Scenario?
    var game: ParametricGame?
    var diagnostics: [Diagnostic]

    /// `3:5 unknown-key` for each diagnostic.
    var codes: [String] { SyntaxTestSupport.codes(diagnostics) }
    var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
  }

  static func read(
    _ text: String, limits: SyntaxLimits = SyntaxLimits(),
    game: GameCompiler.Limits = GameCompiler.Limits(),
    settings: [(name: String, estimate: String)] = []
  ) -> Result {
    read(Array(text.utf8), limits: limits, game: game, settings: settings)
  }

  static func read(
    _ bytes: [UInt8], limits: SyntaxLimits = SyntaxLimits(),
    game: GameCompiler.Limits = GameCompiler.Limits(),
    settings: [(name: String, estimate: String)] = []
  ) -> Result {
    let (node, syntaxDiagnostics) = SyntaxReader.read(bytes, file: "a.yaml", limits: limits)
    var result = Result(syntax: node, diagnostics: syntaxDiagnostics)
    guard let node else { return result }
    result.diagnostics += ShapeChecker.check(node, by: ScenarioShape.grammar, file: "a.yaml")
    let (scenario, more) = ScenarioReader.read(
      node, source: SourceText(bytes: bytes), file: "a.yaml", settings: settings)
    result.diagnostics += more
    guard let scenario, result.errors.isEmpty else { return result.sorted }
    result.scenario = scenario
    var order = GameCompiler.Order()
    order.limits = game
    let (compiled, reports) = GameCompiler.compile(scenario, order)
    result.game = compiled
    result.diagnostics += reports
    return result.sorted
  }

  /// Compares a text with a golden file; with RECORD in the environment it is written instead.
  static func compare(_ text: String, withGolden name: String) throws {
    let url = tests.appending(path: "Golden").appending(path: name)
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
      return
    }
    let golden = try String(contentsOf: url, encoding: .utf8)
    guard text != golden else { return }
    let pairs = zip(
      text.split(separator: "\n", omittingEmptySubsequences: false),
      golden.split(separator: "\n", omittingEmptySubsequences: false))
    let first = pairs.first { $0.0 != $0.1 }
    Issue.record(
      "\(name) differs: got '\(first?.0 ?? "fewer or more lines")', not '\(first?.1 ?? "")'")
  }
}

extension ScenarioTestSupport.Result {
  /// With the diagnostics in the order of the text.
  fileprivate var sorted: Self {
    var result = self
    let start = Place(line: 0, column: 0)
    result.diagnostics = diagnostics.enumerated().sorted {
      ($0.element.place ?? start, $0.offset) < ($1.element.place ?? start, $1.offset)
    }.map(\.element)
    return result
  }
}

/// A small scenario without fault, whose sections can be replaced one by one.
enum SmallScenario {
  static let sections: [(key: String, text: String)] = [
    ("entente", "entente: 1"),
    ("title", "title: T"),
    ("sources", ""),
    ("parties", "parties: {A: one, B: two}"),
    ("private types", "private types: {A: {mood: {hot: 40%, cold: rest}}}"),
    ("quantities", "quantities: {q: {is: 1 .. 2, source: judgment}}"),
    ("together", ""),
    ("clauses", "clauses: {pact: They help each other.}"),
    (
      "story",
      "story: [{step: move, by: A, options: [go, stay]}, {step: reply, by: B, options: [yes, no]}]"
    ),
    ("define", "define: {gain: if move = go then q}"),
    ("payoffs", "payoffs: {A: {t: gain + (if A.mood = hot then 1)}, B: {t: if with pact then 1}}"),
    ("beliefs", ""), ("variants", ""), ("outcomes", ""), ("questions", ""),
    ("outside the story", ""), ("evidence", ""), ("solve", ""), ("record", ""),
  ]

  /// The scenario with some sections replaced, by the key that each begins with; `-key` leaves a
  /// section out, and what begins with no key of the language comes at the end.
  static func text(_ changes: [String] = []) -> String {
    var sections = sections
    for change in changes {
      if change.hasPrefix("-") {
        sections.removeAll { $0.key == change.dropFirst() }
      } else if let index = sections.firstIndex(where: { change.hasPrefix($0.key + ":") }) {
        sections[index].text = change
      } else {
        sections.append(("", change))
      }
    }
    return sections.map(\.text).filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
  }
}
