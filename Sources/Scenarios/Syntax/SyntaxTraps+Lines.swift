/// Lines that are no entry of the group they stand in: colons too many, too few, out of line.
extension SyntaxTraps {
  mutating func reportStrayColon(_ index: Int) {
    let token = tokens[index]
    guard index > 0, tokens[index - 1].endLine == token.line else {
      found.report(
        SyntaxFinding(
          code: "missing-key", range: token.start..<token.end,
          message: "there is no key before this colon", remedy: "write 'key: value'"),
        masking: .marked(token.start..<lineEnd(after: index)))
      return
    }
    var first = index - 1
    while first > 0, tokens[first - 1].line == token.line,
      !(tokens[first - 1].kind == .value && !tokens[first - 1].isStray),
      tokens[first - 1].kind != .blockEntry
    { first -= 1 }
    let start = tokens[first]
    if start.line < token.line { return reportContinuation(start, colon: token) }
    let range = start.start..<lineEnd(after: index)
    // A comma may have been meant to begin another key.
    if text(range).contains(", ") { found.hasGaps = true }
    found.report(
      SyntaxFinding(
        code: "colon-in-value", range: range,
        message: "a second colon on the line: '\(short(range))' would be a key inside a value",
        remedy: "put the value in quotes: \(SyntaxWords.quoted(SyntaxWords.short(text(range))))",
        replacement: SyntaxWords.quoted(text(range))),
      masking: .marked(range))
  }

  /// A key stands on a line that YAML takes for more of the text above. Either this line is
  /// indented too far, or the line above is meant to be a key and lacks its colon.
  mutating func reportContinuation(_ start: SyntaxToken, colon: SyntaxToken) {
    found.hasGaps = true
    found.isPartial = true
    let lineStart = self.lineStart(of: colon.start)
    let column = bytes[lineStart...].prefix { $0 == Byte.space }.count
    let opensLine = bytes[self.lineStart(of: start.start)..<start.start].allSatisfy {
      $0 == Byte.space || $0 == UInt8(ascii: "-")
    }
    let first = start.start..<endOfLine(from: start.start)
    if opensLine, start.kind == .plain {
      found.report(
        SyntaxFinding(
          code: "missing-colon", range: first,
          message: "'\(short(first))' is not of the form 'key: value'",
          remedy: "add a colon after the name"),
        masking: keyMask(first, line: start.line))
      return
    }
    // What is indented like this line, or further, belongs to it.
    var end = endOfLine(from: colon.start)
    while let next = nextLine(after: end), next.indent >= column { end = next.end }
    found.report(
      SyntaxFinding(
        code: "indentation", range: colon.start..<colon.end,
        message: "this line continues the text that begins on line \(start.line + 1), "
          + "so it cannot have a key of its own",
        remedy: "line it up with the other keys of its group, or put the text in quotes"),
      masking: .blank(lineStart..<end))
  }

  /// How far the next line that is not empty is indented, and where it ends.
  func nextLine(after offset: Int) -> (indent: Int, end: Int)? {
    var start = offset
    while start < bytes.count, Byte.isBreak(bytes[start]) || Byte.isBlank(bytes[start]) {
      start += 1
    }
    guard start < bytes.count else { return nil }
    return (start - lineStart(of: start), max(endOfLine(from: start), start + 1))
  }

  /// A mask that leaves a key in the place of a line.
  func keyMask(_ range: Range<Int>, line: Int) -> SyntaxMask {
    .key(range, 1 + line % (SyntaxMask.count - 1))
  }

  /// Where the last token of a line ends, comments left out.
  func endOfContent(from offset: Int) -> Int {
    let comment = comments.first { $0.start >= offset }
    let end = endOfLine(from: offset)
    guard let comment, comment.start < end else { return end }
    var last = comment.start
    while last > offset, Byte.isBlank(bytes[last - 1]) { last -= 1 }
    return last
  }

  func lineStart(of offset: Int) -> Int {
    var start = offset
    while start > 0, !Byte.isBreak(bytes[start - 1]) { start -= 1 }
    return start
  }

  /// `name {key: value}` without a colon before the bracket makes one long key.
  mutating func reportBracketInKey(_ index: Int) -> Bool {
    let key = text(tokens[index])
    guard let bracket = key.firstIndex(where: { $0 == "{" || $0 == "[" }) else { return false }
    let name = key[..<bracket]
    guard name.last == " ", let end = name.lastIndex(where: { $0 != " " }) else { return false }
    let range = tokens[index].start..<lineEnd(after: index)
    found.hasGaps = true
    found.report(
      SyntaxFinding(
        code: "missing-colon", range: range,
        message: "there is no colon between '\(SyntaxWords.short(String(name)))' and "
          + "'\(key[bracket])'", remedy: "put a colon after the name",
        replacement: name[...end] + ": " + text(range).dropFirst(name.count)),
      masking: keyMask(range, line: tokens[index].line))
    return true
  }

  mutating func checkBlockScalar(_ index: Int) {
    let token = tokens[index]
    if token.kind == .plain, token.level != nil, isKey(index), reportBracketInKey(index) { return }
    if token.mustBeKey, token.level == nil, !isKey(index) {
      reportMissingColon(token)
    } else if token.mustBeItem, token.level == nil {
      found.hasGaps = true
      found.report(
        SyntaxFinding(
          code: "indentation", range: token.start..<token.end,
          message: "this line stands inside a list but is no item of it",
          remedy: "begin it with '- ' to add an item, or indent it to continue the item above"),
        masking: .blank(token.start..<token.end))
    } else if token.isQuoted, isFollowedByText(index) {
      let range = token.start..<lineEnd(after: index)
      found.report(
        SyntaxFinding(
          code: "text-after-quote", range: range,
          message: "the quotes end before the text does",
          remedy: Self.remedyForQuotes(token)), masking: .marked(range))
    }
  }

  static func remedyForQuotes(_ token: SyntaxToken) -> String {
    token.kind == .singleQuoted
      ? "put the whole text in double quotes; inside single quotes an apostrophe is written twice"
      : "put the whole text in single quotes, so that \" can stand inside"
  }

  mutating func reportMissingColon(_ token: SyntaxToken) {
    found.hasGaps = true
    let range = token.start..<token.end
    let cure = Self.spaceAfterColon(in: text(range))
    found.report(
      SyntaxFinding(
        code: cure == nil ? "missing-colon" : "missing-space", range: range,
        message: "'\(short(range))' is not of the form 'key: value'",
        remedy: cure == nil
          ? "add a colon and a value; or indent the line if it continues the text above"
          : "put a space after the colon",
        replacement: token.line == token.endLine ? cure : nil),
      masking: token.line == token.endLine && endOfContent(from: token.start) == token.end
        ? keyMask(range, line: token.line) : .blank(range))
  }
}
