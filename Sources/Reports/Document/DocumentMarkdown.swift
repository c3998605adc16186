/// A document as Markdown (CommonMark with tables).
public enum DocumentMarkdown {
  /// The whole text. Pictures become their words and their data.
  public static func text(_ document: Document) -> String {
    var parts = ["# \(escape(document.title))", escape(document.subtitle)]
    parts += document.opening.map(block)
    for section in document.sections {
      parts.append("## \(escape(section.heading))")
      parts += section.blocks.map(block)
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private static func block(_ block: Document.Block) -> String {
    switch block {
    case .answer(let figure, let words, let text):
      "**\(escape(figure)), \(escape(words)).** \(escape(text))"
    case .paragraph(let text), .note(let text): escape(text)
    case .subheading(let text): "### \(escape(text))"
    case .list(let items): items.map { "- \(escape($0))" }.joined(separator: "\n")
    case .table(let table): self.table(table)
    case .command(let text): fenced(text)
    case .picture(let picture):
      "**\(escape(picture.title))**\n\n\(escape(picture.alternative))\n\n\(self.table(picture.table))"
    }
  }

  /// Text as it is, between fences longer than any run of backticks in it.
  private static func fenced(_ text: String) -> String {
    var longest = 2
    var run = 0
    for character in text {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence)\n\(text)\n\(fence)"
  }

  private static func table(_ table: Document.Table) -> String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map(escape).joined(separator: " | ") + " |"
    }
    let rule = table.columns.indices.map { table.numeric.contains($0) ? "---:" : "---" }
    let lines =
      [line(table.columns), "| " + rule.joined(separator: " | ") + " |"] + table.rows.map(line)
    return (table.caption.isEmpty ? "" : "\(escape(table.caption))\n\n")
      + lines.joined(separator: "\n")
  }

  /// Text in which nothing counts as markup, on one line.
  static func escape(_ text: String) -> String {
    var result = ""
    for character in text {
      if character.isNewline {
        result += " "
        continue
      }
      if "\\`*_[]<>|#~".contains(character) { result += "\\" }
      result.append(character)
    }
    return result
  }
}
