/// Plain text for a terminal of 80 columns.
public enum TextLayout {
  /// The width of a line.
  public static let width = 80

  /// Words filled into lines; lines after the first begin with `indent` blanks.
  public static func wrap(
    _ text: String, first: String = "", indent: Int = 0, width: Int = width
  ) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = first
    var isFresh = true
    for word in text.split(whereSeparator: { $0.isWhitespace || $0.isNewline }) {
      if isFresh {
        line += word
        isFresh = false
      } else if line.count + 1 + word.count <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = margin + word
      }
    }
    lines.append(line)
    return lines
  }

  /// A text, or lines of one, with single blanks between its words.
  public static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Rows in columns; the last column is not padded. Numbers may be set to the right.
  public static func columns(
    _ rows: [[String]], gap: Int = 2, rightAligned: Set<Int> = [], indent: Int = 0
  ) -> [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.compactMap { column < $0.count ? $0[column].count : nil }.max() ?? 0
    }
    return rows.map { row in
      var line = String(repeating: " ", count: indent)
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
        if rightAligned.contains(column) {
          line += padding + cell
        } else {
          line += cell + (column == row.count - 1 ? "" : padding)
        }
        if column < row.count - 1 { line += String(repeating: " ", count: gap) }
      }
      return line
    }
  }

  /// The text cut to a width, with an ellipsis where something was cut.
  public static func clipped(_ text: String, to width: Int) -> String {
    text.count <= width ? text : text.prefix(max(0, width - 1)) + "…"
  }
}
