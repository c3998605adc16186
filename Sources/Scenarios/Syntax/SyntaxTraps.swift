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
          let outer = open.last.map { tokens[$0].kind == .openMapping }
          reportMismatch(
            tokens[opener], token, closesOuter: outer == (token.kind == .closeMapping))
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
  func isFollowedByText(_ index: Int) -> Bool {
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

  private mutating func reportMismatch(
    _ opener: SyntaxToken, _ closer: SyntaxToken, closesOuter: Bool
  ) {
    let (mark, cure) = opener.kind == .openMapping ? ("{", "}") : ("[", "]")
    found.report(
      SyntaxFinding(
        code: "mismatched-bracket", range: closer.start..<closer.end,
        message: "'\(text(closer))' cannot close '\(mark)' of line \(opener.line + 1)",
        remedy: "write '\(cure)' here, or add it before"),
      masking: nil)
    let line = closer.end..<endOfLine(from: closer.start)
    if closesOuter {
      // The inner bracket was never closed; this one closes the one around it.
      found.masks.append(.marked(opener.start..<closer.start))
    } else if text(line).contains(cure) {
      // One too many: what was meant to close comes later on the line.
      found.masks.append(.blank(closer.start..<closer.end))
    } else {
      found.masks.append(.marked(opener.start..<closer.end))
    }
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

  func isKey(_ index: Int) -> Bool {
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

  /// `is: 10%` for `is:10%`, or `nil` if the text has no colon with text on both sides.
  static func spaceAfterColon(in text: String) -> String? {
    guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { return nil }
    let next = text.index(after: colon)
    guard next < text.endIndex, text[next] != "/", text[next] != ":" else { return nil }
    return text[..<next] + " " + text[next...]
  }
}
