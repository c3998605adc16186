extension SyntaxTraps {
  /// More duplicate keys than marks tell apart; beyond them a text is hopeless.
  private static let mostDuplicates = 40

  /// Looks for keys that stand twice in one mapping. Keys written differently that come to the
  /// same (`a` and `"\x61"`) are left to the parser.
  mutating func checkDuplicates() {
    // The keys of the open mappings: in brackets by their nesting, else by their level.
    var flows: [[String: Int]] = []
    var blocks: [[String: Int]] = []
    var braces: [Bool] = []
    var count = 0
    for index in tokens.indices {
      let token = tokens[index]
      switch token.kind {
      case .openMapping, .openSequence:
        flows.append([:])
        braces.append(token.kind == .openMapping)
      case .closeMapping, .closeSequence:
        _ = flows.popLast()
        _ = braces.popLast()
      case .documentStart, .documentEnd: blocks = []
      default: break
      }
      if token.flowDepth == 0, let level = token.level {
        if blocks.count > level + 1 { blocks.removeLast(blocks.count - level - 1) }
        while blocks.count <= level { blocks.append([:]) }
      }
      guard let key = keyText(index) else { continue }
      var first: Int?
      if token.flowDepth > 0 {
        // In [a: 1, a: 2] each entry is a mapping of its own.
        guard braces.last == true, let last = flows.indices.last else { continue }
        first = flows[last][key]
        if first == nil { flows[last][key] = index }
      } else if let level = token.level {
        first = blocks[level][key]
        if first == nil { blocks[level][key] = index }
      }
      guard let first else { continue }
      count += 1
      reportDuplicate(key, of: tokens[first], again: token, number: count)
      if found.isHopeless { return }
    }
  }

  /// The text of a key, if nothing in it is written in a roundabout way.
  private func keyText(_ index: Int) -> String? {
    let token = tokens[index]
    guard token.isScalar, token.kind != .blockScalar, token.line == token.endLine,
      index + 1 < tokens.count, tokens[index + 1].kind == .value, !tokens[index + 1].isStray
    else { return nil }
    let text = text(token)
    guard token.isQuoted else { return text }
    let inner = text.dropFirst().dropLast()
    return inner.contains("\\") || inner.contains("'") ? nil : String(inner)
  }

  private mutating func reportDuplicate(
    _ key: String, of first: SyntaxToken, again token: SyntaxToken, number: Int
  ) {
    let range = token.start..<token.end
    found.report(
      SyntaxFinding(
        code: "duplicate-key", range: range,
        message: "'\(SyntaxWords.short(key))' stands twice here; the first is on line "
          + "\(first.line + 1), column \(first.column + 1)",
        remedy: "remove one of the two, or give it another name"),
      masking: .numbered(range, number))
    if number > Self.mostDuplicates { found.isHopeless = true }
  }
}
