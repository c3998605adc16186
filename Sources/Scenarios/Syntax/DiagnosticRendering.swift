extension Diagnostic {
  /// The diagnostic as people read it: a headline, the line with a caret below, the remedy.
  ///
  ///     war.yaml:3:4: error: unknown key 'is it' [unknown-key]
  ///       3 | p: {is it: 2%}
  ///         |     ^^^^^
  ///         = did you mean 'is'?
  ///
  /// - Parameters:
  ///   - source: the text that the diagnostic is about; without it no line is shown.
  ///   - isColored: whether to use ANSI colors.
  public func text(in source: SourceText?, isColored: Bool = false) -> String {
    let paint = Paint(isOn: isColored)
    let tint = severity == .error ? "31" : "33"
    var headline = Self.printable(file)
    if let place { headline += ":\(place.line):\(place.column)" }
    headline = paint.style("1", headline + ":") + " " + paint.style("1;\(tint)", severity.rawValue)
    headline += ": " + Self.printable(message) + paint.style("2", " [\(code)]")
    var lines = [headline]
    var margin = "  "
    if let place, let line = source?.line(place.line) {
      let number = String(place.line)
      margin += String(repeating: " ", count: number.count)
      let excerpt = Excerpt(
        line: line, column: place.column, length: length, width: 95 - margin.count)
      lines.append("  \(number) | \(excerpt.text)")
      lines.append(
        "\(margin) | " + String(repeating: " ", count: excerpt.caretIndent)
          + paint.style("1;\(tint)", String(repeating: "^", count: excerpt.caretLength)))
    }
    if let remedy { lines.append("\(margin) = " + paint.style("36", Self.printable(remedy))) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The diagnostic in the shape that every command prints under `--json`.
  public var json: JSONValue {
    .object([
      ("code", .string(code)),
      ("severity", .string(severity.rawValue)),
      ("file", .string(file)),
      ("line", place.map { .integer($0.line) } ?? .null),
      ("column", place.map { .integer($0.column) } ?? .null),
      ("message", .string(message)),
      ("remedy", remedy.map { .string($0) } ?? .null),
    ])
  }

  /// The document that holds all diagnostics of a command: `{"entente": 1, "diagnostics": […]}`.
  public static func json(of diagnostics: [Diagnostic]) -> JSONValue {
    .object([("entente", .integer(1)), ("diagnostics", .array(diagnostics.map(\.json)))])
  }

  /// Replaces what could disturb a terminal: control characters and the marks that turn text around.
  static func printable(_ text: some StringProtocol) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.value {
          case 0x09: " "
          case ..<0x20, 0x7F..<0xA0: "\u{FFFD}"
          case 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: "\u{FFFD}"
          default: scalar
          }
        }))
  }

  private struct Paint {
    let isOn: Bool
    func style(_ codes: String, _ text: String) -> String {
      isOn ? "\u{1B}[\(codes)m\(text)\u{1B}[0m" : text
    }
  }
}

/// The part of a long line around a caret that fits a given width.
struct Excerpt {
  var text: String
  var caretIndent: Int
  var caretLength: Int

  init(line: String, column: Int, length: Int, width: Int) {
    // Nobody sees what is far to the right of the caret.
    let characters = Array(line.prefix(max(0, column) + 2 * width))
    let caret = min(max(0, column - 1), characters.count)
    var lower = 0
    var upper = characters.count
    if characters.count > width {
      let inner = width - 2
      let shown = min(length, inner / 2)
      lower = max(0, min(caret - (inner - shown) / 2, characters.count - inner))
      upper = min(characters.count, lower + inner)
    }
    text = Diagnostic.printable(String(characters[lower..<upper]))
    caretIndent = caret - lower
    if lower > 0 {
      text = "…" + text
      caretIndent += 1
    }
    if upper < characters.count { text += "…" }
    caretLength = max(1, min(length, upper - caret))
  }
}
