import Foundation
public import Scenarios

/// `fmt`: a scenario file in canonical form.
public enum FormatStudy {
  /// What formatting a file comes to.
  public enum Outcome: Sendable {
    case unchanged
    case changed(String)
    case failed([Diagnostic], SourceText)
  }

  /// The canonical text of a file, if it differs.
  public static func run(_ path: String, limits: ScenarioFile.Limits) -> Outcome {
    let file = ScenarioFile.load(path, limits: limits)
    let text = file.source.text
    let (formatted, diagnostics) = ScenarioFormatter.format(text, file: path, limits: limits.text)
    let problems =
      file.diagnostics.filter { $0.code == "unreadable" }
      + diagnostics.filter { $0.severity == .error }
    if !problems.isEmpty { return .failed(problems, file.source) }
    return formatted == text ? .unchanged : .changed(formatted)
  }
}

/// `check --fix`: the changes that cannot alter what a scenario means.
public enum FixStudy {
  /// Applies every safe fix that a check of the file offers, later places first.
  public static func apply(to path: String, limits: ScenarioFile.Limits) throws {
    let file = ScenarioFile.load(path, limits: limits)
    let fixes = file.diagnostics.compactMap(\.fix).sorted { $0.place > $1.place }
    if fixes.isEmpty { return }
    var lines = file.source.text.split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    for fix in fixes where lines.indices.contains(fix.place.line - 1) {
      var characters = Array(lines[fix.place.line - 1])
      let start = fix.place.column - 1
      guard start >= 0, start + fix.length <= characters.count else { continue }
      characters.replaceSubrange(start..<(start + fix.length), with: Array(fix.replacement))
      lines[fix.place.line - 1] = String(characters)
    }
    try Data(lines.joined(separator: "\n").utf8).write(
      to: URL(fileURLWithPath: path), options: .atomic)
  }
}
