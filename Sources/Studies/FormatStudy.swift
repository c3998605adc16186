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
  /// Applies every safe fix that a check of the file offers.
  public static func apply(to path: String, limits: ScenarioFile.Limits) throws {
    let file = ScenarioFile.load(path, limits: limits)
    if !file.diagnostics.contains(where: { $0.fix != nil }) { return }
    let fixed = SafeFixes.applied(file.diagnostics, to: file.source)
    try Data(fixed.utf8).write(
      to: URL(fileURLWithPath: path), options: .atomic)
  }
}
