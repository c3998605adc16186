import Foundation
import Scenarios

/// Test data and shorthands for tests of the syntax.
enum SyntaxTestSupport {
  /// The scenarios with which the language was designed, by file name.
  static func references() throws -> [(name: String, text: String)] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Data/language")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
      .map { ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
  }

  /// What reading and checking a whole scenario reports.
  static func diagnostics(of text: String) -> [Diagnostic] {
    let (node, diagnostics) = SyntaxReader.read(text, file: "a.yaml")
    guard let node else { return diagnostics }
    return diagnostics
      + ShapeChecker.check(node, by: ScenarioShape.grammar, file: "a.yaml")
  }

  /// `3:5 unknown-key` for each diagnostic.
  static func codes(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.map { diagnostic in
      let place = diagnostic.place.map { "\($0.line):\($0.column) " } ?? ""
      return place + diagnostic.code
    }
  }

  /// All diagnostics as people see them.
  static func rendered(_ diagnostics: [Diagnostic], _ text: String) -> String {
    diagnostics.map { $0.text(in: SourceText(text)) }.joined()
  }
}
