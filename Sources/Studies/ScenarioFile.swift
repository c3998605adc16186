import Foundation
public import Scenarios

/// A scenario's text on its way to being a scenario, with everything there is to say about it.
public struct ScenarioFile: Sendable {
  /// The name shown in messages.
  public var name: String
  /// The text with its lines.
  public var source: SourceText
  /// The text as nested mappings and lists, if it could be read.
  public var syntax: SyntaxNode?
  /// The checked model, if nothing is wrong.
  public var scenario: Scenario?
  /// Everything there is to say against it.
  public var diagnostics: [Diagnostic]

  /// Limits that flags can raise.
  public struct Limits: Sendable {
    /// Limits on the text.
    public var text = SyntaxLimits()
    /// Limits on the game.
    public var game = GameCompiler.Limits()

    /// The default limits.
    public init() {}
  }

  /// Reads and checks a file. A file that cannot be read gives a diagnostic like any other.
  public static func load(
    _ path: String, settings: [String] = [], limits: Limits = Limits()
  ) -> ScenarioFile {
    switch read(path, limit: limits.text.bytes) {
    case .success(let bytes):
      return check(bytes, name: path, settings: settings, limits: limits)
    case .failure(let diagnostic):
      return ScenarioFile(
        name: path, source: SourceText(""), syntax: nil, scenario: nil, diagnostics: [diagnostic])
    }
  }

  /// Checks a text.
  public static func check(
    _ bytes: [UInt8], name: String, settings: [String] = [], limits: Limits = Limits()
  ) -> ScenarioFile {
    let source = SourceText(bytes: bytes)
    var file = ScenarioFile(
      name: name, source: source, syntax: nil, scenario: nil, diagnostics: [])
    let (pairs, problems) = parse(settings, file: name)
    file.diagnostics += problems
    let (node, syntaxDiagnostics) = SyntaxReader.read(bytes, file: name, limits: limits.text)
    file.diagnostics += syntaxDiagnostics
    guard let node else { return file }
    file.syntax = node
    file.diagnostics += ShapeChecker.check(node, by: ScenarioShape.grammar, file: name)
    let (scenario, modelDiagnostics) = ScenarioReader.read(
      node, source: source, file: name, settings: pairs)
    file.diagnostics += modelDiagnostics
    let start = Place(line: 0, column: 0)
    let end = Place(line: .max, column: 0)
    file.diagnostics.sort {
      ($0.place ?? ($0.code == "and-more" ? end : start))
        < ($1.place ?? ($1.code == "and-more" ? end : start))
    }
    if !file.hasErrors { file.scenario = scenario }
    return file
  }

  /// Some diagnostic is an error.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// `NAME=VALUE`, the name being everything before the last equals sign.
  static func parse(
    _ settings: [String], file: String
  ) -> (pairs: [(name: String, estimate: String)], diagnostics: [Diagnostic]) {
    var pairs: [(name: String, estimate: String)] = []
    var diagnostics: [Diagnostic] = []
    for setting in settings {
      guard let separator = setting.lastIndex(of: "="), separator != setting.startIndex else {
        diagnostics.append(
          Diagnostic(
            code: "setting", file: file, message: "--set takes NAME=VALUE, not '\(setting)'",
            remedy: "write --set \"NAME=VALUE\", such as --set \"odds ready=60%\""))
        continue
      }
      let name = setting[..<separator].trimmingCharacters(in: .whitespaces)
      let value = setting[setting.index(after: separator)...].trimmingCharacters(in: .whitespaces)
      pairs.append((name, value))
    }
    return (pairs, diagnostics)
  }

  private enum ReadResult {
    case success([UInt8])
    case failure(Diagnostic)
  }

  private static func read(_ path: String, limit: Int) -> ReadResult {
    func fail(_ message: String, _ remedy: String) -> ReadResult {
      .failure(Diagnostic(code: "unreadable", file: path, message: message, remedy: remedy))
    }
    do {
      return .success(try BoundedFile.read(path, limit: limit))
    } catch {
      switch error {
      case .missing:
        return fail(
          "there is no file '\(path)'",
          "look at the name; `entente new` makes a scenario to start from")
      case .folder: return fail("'\(path)' is a folder", "name a scenario file in it")
      case .closed: return fail("'\(path)' cannot be read", "look at its permissions")
      case .broken(let reason):
        return fail("'\(path)' cannot be read: \(reason)", "look at the file")
      }
    }
  }
}
