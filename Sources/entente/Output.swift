import Foundation
import Scenarios
import Studies

/// Where a command writes, and how it ends.
enum Output {
  static func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

  static func writeError(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  static func write(_ json: JSONValue) { write(json.text(pretty: true) + "\n") }

  /// Standard error is a terminal and colors are not declined.
  static var isColored: Bool {
    isatty(2) == 1 && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Shows diagnostics: as JSON on standard output, else as text on standard error.
  static func show(_ diagnostics: [Diagnostic], source: SourceText?, json: Bool) {
    if json {
      write(Diagnostic.json(of: diagnostics))
      return
    }
    for diagnostic in diagnostics {
      writeError(diagnostic.text(in: source, isColored: isColored) + "\n")
    }
  }
}

/// How the program ends.
enum Exit {
  static let refused: Int32 = 1
  static let badInput: Int32 = 2
}
