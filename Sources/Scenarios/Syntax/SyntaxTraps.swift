/// Finds what YAML would misread or refuse with words that help nobody, and says the cure.
struct SyntaxTraps {
  let bytes: [UInt8]
  /// All tokens but comments.
  let tokens: [SyntaxToken]
  let comments: [SyntaxToken]
  var found = SyntaxFindings()

  /// The findings in a text whose tokens are known.
  static func findings(in bytes: [UInt8], tokens: [SyntaxToken]) -> SyntaxFindings {
    var traps = SyntaxTraps(
      bytes: bytes, tokens: tokens.filter { $0.kind != .comment },
      comments: tokens.filter { $0.kind == .comment })
    if traps.findUnclosed() { return traps.found }
    traps.findDocuments()
    traps.checkTokens()
    if traps.found.isPartial { return traps.found }
    traps.checkFlows()
    traps.checkDuplicates()
    traps.checkComments()
    return traps.found
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
  func text(_ token: SyntaxToken) -> String { text(token.start..<token.end) }
  func short(_ range: Range<Int>) -> String { SyntaxWords.short(text(range)) }

  /// The offset at which the content of a token's line ends, comments and blanks left out.
  func lineEnd(after index: Int) -> Int {
    var last = index
    while last + 1 < tokens.count, tokens[last + 1].line == tokens[index].line { last += 1 }
    let token = tokens[last]
    return token.endLine == token.line ? token.end : endOfLine(from: token.start)
  }

  func endOfLine(from offset: Int) -> Int {
    var end = offset
    while end < bytes.count, !Byte.isBreak(bytes[end]) { end += 1 }
    while end > offset, Byte.isBlank(bytes[end - 1]) { end -= 1 }
    return end
  }

  // MARK: Quotes and brackets

  /// Reports the first quote or bracket that is never closed; all tokens after it are guesses.
  private mutating func findUnclosed() -> Bool {
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .unclosedQuote:
        reportUnclosedQuote(token)
        return true
      case .singleQuoted, .doubleQuoted:
        if token.endLine > token.line, isFollowedByText(index) {
          reportUnclosedQuote(token)
          return true
        }
      case .openMapping, .openSequence: open.append(index)
      case .closeMapping, .closeSequence:
        guard let opener = open.popLast() else { break }
        let isMapping = tokens[opener].kind == .openMapping
        if isMapping != (token.kind == .closeMapping) {
          if reportQuote(after: opener) { return true }
          reportMismatch(tokens[opener], token)
          return true
        }
      case .documentStart, .documentEnd:
        if !open.isEmpty { return reportUnclosedBracket(open[0]) }
      default: break
      }
    }
    return open.isEmpty ? false : reportUnclosedBracket(open[0])
  }

  /// True if text follows the token on the line where it ends.
  private func isFollowedByText(_ index: Int) -> Bool {
    guard index + 1 < tokens.count else { return false }
    let next = tokens[index + 1]
    return next.line == tokens[index].endLine && next.isScalar
  }

  private mutating func reportUnclosedQuote(_ token: SyntaxToken) {
    let mark = bytes[token.start] == UInt8(ascii: "'") ? "'" : "\""
    var end = endOfLine(from: token.start)
    // What closes brackets at the end of the line is left to close them.
    while token.flowDepth > 0, end > token.start + 1, " ,]}".utf8.contains(bytes[end - 1]) {
      end -= 1
    }
    found.report(
      SyntaxFinding(
        code: "unclosed-quote", range: token.start..<token.start + 1,
        message: "the text that begins with \(mark) has no closing \(mark)",
        remedy: mark == "'"
          ? "add ' at the end of the text; inside such quotes, write an apostrophe twice ('')"
          : "add \" at the end of the text"),
      masking: .marked(token.start..<end))
    found.isPartial = true
  }

  /// A quote in brackets that runs over lines has most likely swallowed what closes them.
  private mutating func reportQuote(after opener: Int) -> Bool {
    let quote = tokens[opener...].first {
      $0.isQuoted && $0.flowDepth > 0 && $0.endLine > $0.line
    }
    guard let quote else { return false }
    reportUnclosedQuote(quote)
    return true
  }

  private mutating func reportUnclosedBracket(_ index: Int) -> Bool {
    if reportQuote(after: index) { return true }
    let token = tokens[index]
    let isMapping = token.kind == .openMapping
    found.report(
      SyntaxFinding(
        code: "unclosed-bracket", range: token.start..<token.end,
        message: "this '\(isMapping ? "{" : "[")' is never closed",
        remedy: "add '\(isMapping ? "}" : "]")' where its entries end"),
      masking: .marked(token.start..<endOfLine(from: token.start)))
    found.isPartial = true
    return true
  }

  private mutating func reportMismatch(_ opener: SyntaxToken, _ closer: SyntaxToken) {
    let (mark, cure) = opener.kind == .openMapping ? ("{", "}") : ("[", "]")
    found.report(
      SyntaxFinding(
        code: "mismatched-bracket", range: closer.start..<closer.end,
        message: "'\(text(closer))' cannot close '\(mark)' of line \(opener.line + 1)",
        remedy: "write '\(cure)' here, or add it before"),
      masking: nil)
    found.masks.append(.marked(opener.start..<closer.end))
    found.isPartial = true
  }

  // MARK: Documents

  private mutating func findDocuments() {
    var sawContent = false
    var sawEnd = false
    for token in tokens {
      switch token.kind {
      case .documentEnd: sawEnd = true
      case .directive: continue
      case .documentStart where !sawContent && !sawEnd: sawContent = true
      case .documentStart: return reportSecondDocument(token)
      default:
        if sawEnd { return reportSecondDocument(token) }
        sawContent = true
      }
    }
  }

  private mutating func reportSecondDocument(_ token: SyntaxToken) {
    found.report(
      SyntaxFinding(
        code: "multiple-documents", range: token.start..<max(token.start + 1, token.end),
        message: "a second document begins here, and a file holds one scenario",
        remedy: "remove the line '---' or '...', or move what follows to a file of its own"),
      masking: .blank(token.start..<bytes.count))
  }

  // MARK: Single tokens

  private mutating func checkTokens() {
    var reach = 0
    for index in tokens.indices where tokens[index].start >= reach {
      let masks = found.masks.count
      check(index)
      if found.masks.count > masks, let mask = found.masks.last { reach = mask.range.upperBound }
      if found.isPartial { return }
      if found.isHopeless,
        tokens[index].kind == .complexKey || found.findings.count >= SyntaxFindings.cap
      {
        return
      }
    }
  }

  private mutating func check(_ index: Int) {
    let token = tokens[index]
    let range = token.start..<token.end
    switch token.kind {
    case .tab: reportTab(token)
    case .directive:
      found.report(
        SyntaxFinding(
          code: "directive", range: range,
          message: "a line that begins with '%' is a directive to YAML, and a scenario needs none",
          remedy: "remove the line, or put the text in quotes"), masking: .blank(range))
    case .alias, .anchor, .tag: reportReference(token)
    case .complexKey: reportQuestionMark(token)
    case .misfit: reportMisfit(token)
    case .blockEntry where token.isStray: reportStrayDash(index)
    case .value where token.isStray: reportStrayColon(index)
    case .plain where text(token) == "<<" && isKey(index):
      found.report(
        SyntaxFinding(
          code: "merge-key", range: range,
          message: "'<<' would copy keys from elsewhere, and a scenario cannot do that",
          remedy: "write the keys out here"), masking: .marked(range))
    case .openMapping where token.level != nil, .openSequence where token.level != nil:
      reportCollectionAsKey(index)
    default: break
    }
    if token.isScalar, token.flowDepth == 0 { checkBlockScalar(index) }
  }

  private mutating func reportCollectionAsKey(_ index: Int) {
    var end = index
    while end + 1 < tokens.count, tokens[end + 1].flowDepth > 0 { end += 1 }
    let range = tokens[index].start..<tokens[min(end + 1, tokens.count - 1)].end
    found.report(
      SyntaxFinding(
        code: "complex-key", range: range,
        message: "a key must be a name, not something in brackets",
        remedy: "put it in quotes if it is a name"), masking: .marked(range))
  }

  private func isKey(_ index: Int) -> Bool {
    index + 1 < tokens.count && tokens[index + 1].kind == .value
  }

  private mutating func reportTab(_ token: SyntaxToken) {
    let lineStart = token.start - token.column
    let blanks = lineStart >= 0 ? lineStart..<token.end : token.start..<token.end
    let isOnlyTabs = bytes[blanks].allSatisfy { $0 == Byte.tab }
    found.report(
      SyntaxFinding(
        code: "tab-indentation", range: token.start..<token.end,
        message: "this line is indented with a tab",
        remedy: "indent with spaces, two for each level",
        replacement: isOnlyTabs ? String(repeating: "  ", count: token.end - token.start) : nil))
    found.isHopeless = true
  }

  private mutating func reportReference(_ token: SyntaxToken) {
    let range = token.start..<token.end
    let word = short(range)
    let (code, mark, what) =
      switch token.kind {
      case .alias: ("alias", "*", "an alias, which would repeat a value given elsewhere")
      case .anchor: ("anchor", "&", "an anchor, which would name a value to be repeated")
      default: ("tag", "!", "a tag, which would give the value a type")
      }
    found.report(
      SyntaxFinding(
        code: code, range: range,
        message: "'\(word)' is \(what); a scenario cannot use these",
        remedy: "if '\(mark)' belongs to the text, put the text in quotes"
          + (token.kind == .tag ? "; else remove '\(word)'" : "; else write the value itself here")),
      masking: token.kind == .alias ? .marked(range) : .blank(range))
  }

  private mutating func reportQuestionMark(_ token: SyntaxToken) {
    let range = token.start..<token.end
    found.report(
      SyntaxFinding(
        code: "complex-key", range: range,
        message: "a key or a value cannot begin with '?'",
        remedy: token.flowDepth > 0
          ? "put the text in quotes" : "write 'key: value' on one line, or put the text in quotes"),
      masking: .marked(range))
    // What belongs to such a key on the lines below cannot be told apart from the rest.
    if token.flowDepth == 0 { found.isHopeless = true }
  }

  private mutating func reportMisfit(_ token: SyntaxToken) {
    let range = token.start..<token.end
    let mark = text(token.start..<token.start + 1)
    if mark == "]" || mark == "}" {
      found.report(
        SyntaxFinding(
          code: "mismatched-bracket", range: token.start..<token.start + 1,
          message: "this '\(mark)' closes nothing",
          remedy: "remove it, or add '\(mark == "]" ? "[" : "{")' before"),
        masking: .marked(range))
      return
    }
    var remedy = "put the text in quotes"
    if mark == ">" || mark == "|" {
      remedy += "; or end the line after '\(mark)' and write the text below, indented"
    }
    let isOneLine = token.line == token.endLine
    found.report(
      SyntaxFinding(
        code: "value-start", range: range,
        message: "a text cannot begin with '\(mark)'", remedy: remedy,
        replacement: isOneLine && !text(range).contains(": ")
          ? SyntaxWords.quoted(text(range)) : nil),
      masking: .marked(range))
  }

  private mutating func reportStrayDash(_ index: Int) {
    let token = tokens[index]
    let isFlow = token.flowDepth > 0
    let range = token.start..<(isFlow ? token.end : lineEnd(after: index))
    found.report(
      SyntaxFinding(
        code: "value-start", range: token.start..<token.end,
        message: "a value cannot begin with '- '",
        remedy: "for a minus sign, write '-x' without the space; "
          + (isFlow
            ? "for a list, write [a, b]"
            : "for a list, begin a line for each item, or write [a, b]")),
      masking: .marked(range))
  }

  private mutating func reportStrayColon(_ index: Int) {
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
  private mutating func reportContinuation(_ start: SyntaxToken, colon: SyntaxToken) {
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
  private func nextLine(after offset: Int) -> (indent: Int, end: Int)? {
    var start = offset
    while start < bytes.count, Byte.isBreak(bytes[start]) || Byte.isBlank(bytes[start]) {
      start += 1
    }
    guard start < bytes.count else { return nil }
    return (start - lineStart(of: start), max(endOfLine(from: start), start + 1))
  }

  /// A mask that leaves a key in the place of a line.
  private func keyMask(_ range: Range<Int>, line: Int) -> SyntaxMask {
    .key(range, 1 + line % (SyntaxMask.count - 1))
  }

  /// Where the last token of a line ends, comments left out.
  private func endOfContent(from offset: Int) -> Int {
    let comment = comments.first { $0.start >= offset }
    let end = endOfLine(from: offset)
    guard let comment, comment.start < end else { return end }
    var last = comment.start
    while last > offset, Byte.isBlank(bytes[last - 1]) { last -= 1 }
    return last
  }

  private func lineStart(of offset: Int) -> Int {
    var start = offset
    while start > 0, !Byte.isBreak(bytes[start - 1]) { start -= 1 }
    return start
  }

  /// `name {key: value}` without a colon before the bracket makes one long key.
  private mutating func reportBracketInKey(_ index: Int) -> Bool {
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

  private mutating func checkBlockScalar(_ index: Int) {
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

  private mutating func reportMissingColon(_ token: SyntaxToken) {
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

  /// `is: 10%` for `is:10%`, or `nil` if the text has no colon with text on both sides.
  static func spaceAfterColon(in text: String) -> String? {
    guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { return nil }
    let next = text.index(after: colon)
    guard next < text.endIndex, text[next] != "/", text[next] != ":" else { return nil }
    return text[..<next] + " " + text[next...]
  }
}
