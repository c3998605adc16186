/// The top-level sections of a text in the canonical order, with the comments right above them.
struct SectionOrder {
  private struct Section {
    var key: String
    var lines: ArraySlice<String>
    var hadBlankAbove: Bool
  }

  /// The keys that may stand without blank lines between them, at the top.
  private static let head = ["entente", "title", "as of", "about", "sources"]

  private let whole: String
  /// Comments before the first section that a blank line sets apart.
  private var preface: ArraySlice<String> = []
  private var sections: [Section] = []

  /// Finds the sections of a text in canonical layout.
  init(_ text: String, depthLimit: Int) {
    whole = text
    let bytes = Array(text.utf8)
    let tokens = SyntaxLexer.tokens(of: bytes, depthLimit: depthLimit).tokens
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    let tops = tokens.indices.filter { tokens[$0].level == 0 }
    guard tops.allSatisfy({ tokens[$0].isScalar }), !tops.isEmpty else { return }
    var starts: [(key: String, line: Int)] = []
    for index in tops {
      let token = tokens[index]
      var line = token.line
      let lowest = index > 0 ? Self.lastContentLine(before: index, tokens) + 1 : 0
      while line > lowest, lines[line - 1].hasPrefix("#") { line -= 1 }
      let key = String(decoding: bytes[token.start..<token.end], as: UTF8.self)
      starts.append((token.isQuoted ? String(key.dropFirst().dropLast()) : key, line))
    }
    preface = Self.trimmed(lines[0..<starts[0].line])
    for (number, start) in starts.enumerated() {
      let end = number + 1 < starts.count ? starts[number + 1].line : lines.count
      let hadBlank = start.line > 0 && lines[start.line - 1].isEmpty
      sections.append(
        Section(
          key: start.key, lines: Self.trimmed(lines[start.line..<end]), hadBlankAbove: hadBlank))
    }
  }

  private static func lastContentLine(before index: Int, _ tokens: [SyntaxToken]) -> Int {
    tokens[..<index].last { $0.kind != .comment }?.endLine ?? -1
  }

  private static func trimmed(_ lines: ArraySlice<String>) -> ArraySlice<String> {
    var lines = lines
    while lines.first?.isEmpty == true { lines.removeFirst() }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The text in its canonical order.
  func text() -> String {
    guard !sections.isEmpty else { return whole }
    let order = ScenarioShape.sections.map(\.key)
    let sorted = sections.enumerated().sorted { left, right in
      let ranks = [left, right].map { order.firstIndex(of: $0.element.key) ?? order.count }
      return (ranks[0], left.offset) < (ranks[1], right.offset)
    }.map(\.element)
    var lines = Array(preface)
    for (number, section) in sorted.enumerated() {
      let isInHead =
        number > 0 && Self.head.contains(section.key) && Self.head.contains(sorted[number - 1].key)
      let wantsBlank = isInHead ? section.hadBlankAbove : number > 0 || !preface.isEmpty
      if wantsBlank { lines.append("") }
      lines += section.lines
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
