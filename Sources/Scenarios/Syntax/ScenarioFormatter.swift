/// The canonical form of a scenario's text: every comment is kept, and nothing that it says changes.
///
/// LF line ends, no blanks at line ends, no tabs outside quotes, two spaces for each level, `key:
/// value` with one space unless neighbors line up, at most one blank line in a row, one between
/// sections (in the head, `entente` to `sources`, as the author has it), sections in the order of
/// `ScenarioShape.sections`. A section moves together with the comment lines right above it. What
/// stands inside `{}` and `[]` stays as the author aligned it.
public enum ScenarioFormatter {
  /// Formats a text. A text with errors comes back as it is, with the errors; so does one that
  /// could not be formatted without changing what it says, with a warning.
  public static func format(
    _ text: String, file: String, limits: SyntaxLimits = SyntaxLimits()
  ) -> (text: String, diagnostics: [Diagnostic]) {
    // The canonical form ends with a line end, which belongs to a block text before it.
    let isEnded = text.utf8.last.map(Byte.isBreak) ?? true
    let (node, diagnostics) = SyntaxReader.read(
      isEnded ? text : text + "\n", file: file, limits: limits)
    guard let node, !diagnostics.contains(where: { $0.severity == .error }) else {
      return (text, diagnostics)
    }
    let bytes = withPlainLineEnds(SourceText(text).bytes)
    let tokens = SyntaxLexer.tokens(of: bytes, depthLimit: limits.depth).tokens
    var layout = SyntaxLayout(bytes, tokens)
    let sections = SectionOrder(layout.text(), depthLimit: limits.depth)
    let formatted = sections.text()
    guard saysTheSame(formatted, as: node, limits: limits) else {
      let warning = Diagnostic(
        code: "not-formatted", severity: .warning, file: file,
        message: "the canonical form would not say quite the same, so the text stays as it is",
        remedy: "simplify block texts (| and >) with blanks at line ends or kept final lines")
      return (text, [warning])
    }
    return (formatted, [])
  }

  private static func withPlainLineEnds(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for (index, byte) in bytes.enumerated() {
      if byte == Byte.carriageReturn {
        if index + 1 == bytes.count || bytes[index + 1] != Byte.newline {
          result.append(Byte.newline)
        }
      } else {
        result.append(byte)
      }
    }
    return result
  }

  private static func saysTheSame(
    _ text: String, as node: SyntaxNode, limits: SyntaxLimits
  ) -> Bool {
    // Indentation may have grown; the text was within the limits before.
    let roomy = SyntaxLimits(bytes: .max, depth: limits.depth, nodes: limits.nodes)
    guard let again = SyntaxReader.read(text, file: "", limits: roomy).node else { return false }
    return sorted(again).saysTheSame(as: sorted(node))
  }

  /// A mapping with its keys in alphabetical order.
  private static func sorted(_ node: SyntaxNode) -> SyntaxNode {
    guard case .mapping(let entries) = node.content else { return node }
    var node = node
    node.content = .mapping(entries.sorted { ($0.key.text ?? "") < ($1.key.text ?? "") })
    return node
  }
}
