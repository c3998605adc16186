/// Splits a text into tokens by the rules of the YAML parser below us (libyaml), without its
/// recursion and without giving up at the first error. It decides nothing about meaning: it serves
/// the checks that come before parsing, and the formatter, which needs to know where comments,
/// quotes and indentation are.
struct SyntaxLexer {
  private struct Level {
    var column: Int
    var isSequence: Bool
    /// A list whose dashes stand right below the key that holds it.
    var isFlush = false
  }

  private let bytes: [UInt8]
  private let depthLimit: Int
  private var index = 0
  private var line = 0
  private var lineStart = 0
  /// Column of `index` in scalars, kept up to date by `column(of:)`.
  private var columnOffset = 0
  private var columnValue = 0
  private var levels: [Level] = []
  private var flow: [SyntaxToken.Kind] = []
  private var allowsKey = true
  /// Index of the token that may turn out to be a key on its line.
  private var keyCandidate: Int?
  private var result = SyntaxTokens()

  private init(_ bytes: [UInt8], depthLimit: Int) {
    self.bytes = bytes
    self.depthLimit = depthLimit
  }

  /// The tokens of a text, comments included.
  static func tokens(of bytes: [UInt8], depthLimit: Int) -> SyntaxTokens {
    var lexer = SyntaxLexer(bytes, depthLimit: depthLimit)
    lexer.run()
    return lexer.result
  }

  // MARK: Characters

  private func byte(_ offset: Int = 0) -> UInt8 {
    let position = index + offset
    return position < bytes.count ? bytes[position] : 0
  }

  private func at(_ offset: Int, isIn set: String) -> Bool {
    let value = byte(offset)
    return value != 0 && set.utf8.contains(value)
  }

  private func isBlankOrEnd(_ offset: Int = 0) -> Bool {
    index + offset >= bytes.count || Byte.isBlank(byte(offset)) || Byte.isBreak(byte(offset))
  }

  private var isAtEnd: Bool { index >= bytes.count }
  private var isAtBreak: Bool { isAtEnd || Byte.isBreak(byte()) }

  private mutating func skipBreak() {
    index += byte() == Byte.carriageReturn && byte(1) == Byte.newline ? 2 : 1
    line += 1
    lineStart = index
    columnOffset = index
    columnValue = 0
  }

  private mutating func skipLine() {
    while !isAtBreak { index += 1 }
  }

  private mutating func column() -> Int {
    while columnOffset < index {
      if Byte.isLeading(bytes[columnOffset]) { columnValue += 1 }
      columnOffset += 1
    }
    return columnValue
  }

  // MARK: Tokens

  private mutating func run() {
    while true {
      skipToToken()
      if isAtEnd || result.tooDeep != nil { return }
      if flow.isEmpty { unroll() }
      scanToken()
      if levels.count + flow.count > depthLimit, result.tooDeep == nil {
        result.tooDeep = result.tokens.count - 1
      }
    }
  }

  private mutating func skipToToken() {
    while !isAtEnd {
      if byte() == Byte.space {
        index += 1
      } else if byte() == Byte.tab {
        let start = index
        while Byte.isBlank(byte()) { index += 1 }
        if flow.isEmpty, allowsKey, !isAtBreak, byte() != UInt8(ascii: "#") {
          add(.tab, from: start)
        }
      } else if byte() == UInt8(ascii: "#") {
        let start = index
        skipLine()
        add(.comment, from: start)
      } else if Byte.isBreak(byte()) {
        skipBreak()
        if flow.isEmpty { allowsKey = true }
      } else {
        return
      }
    }
  }

  private mutating func add(_ kind: SyntaxToken.Kind, from start: Int) {
    let end = index
    index = start
    let column = start >= lineStart ? column() : 0
    index = end
    result.tokens.append(
      SyntaxToken(
        kind: kind, start: start, end: end, line: line, endLine: line, column: column,
        flowDepth: flow.count, blockDepth: levels.count))
  }

  /// Adds a token that may span lines and whose beginning was noted before.
  private mutating func add(_ kind: SyntaxToken.Kind, startingAs token: SyntaxToken, end: Int) {
    var token = token
    token.kind = kind
    token.end = end
    result.tokens.append(token)
  }

  private mutating func opening(_ kind: SyntaxToken.Kind) -> SyntaxToken {
    var token = SyntaxToken(
      kind: kind, start: index, end: index, line: line, endLine: line, column: column(),
      flowDepth: flow.count, blockDepth: levels.count)
    if flow.isEmpty, let top = levels.last {
      token.mustBeKey = !top.isSequence && top.column == token.column
      token.mustBeItem = top.isSequence && top.column == token.column
    }
    return token
  }

  private mutating func unroll() {
    let column = column()
    let isEntry = byte() == UInt8(ascii: "-") && isBlankOrEnd(1)
    while let top = levels.last,
      top.column > column || (top.column == column && top.isFlush && !isEntry)
    { levels.removeLast() }
  }

  private mutating func roll(_ column: Int, isSequence: Bool) {
    guard flow.isEmpty else { return }
    if (levels.last?.column ?? -1) < column {
      levels.append(Level(column: column, isSequence: isSequence))
    } else if isSequence, let top = levels.last, !top.isSequence, top.column == column {
      levels.append(Level(column: column, isSequence: true, isFlush: true))
    }
  }

  private mutating func single(_ kind: SyntaxToken.Kind) {
    let start = index
    index += 1
    add(kind, from: start)
  }

  private mutating func noteKeyCandidate() {
    if flow.isEmpty, allowsKey { keyCandidate = result.tokens.count }
  }

  private mutating func scanToken() {
    let first = byte()
    let isLineStart = index == lineStart
    if isLineStart, scanMarker() { return }
    switch first {
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      noteKeyCandidate()
      let isMapping = first == UInt8(ascii: "{")
      single(isMapping ? .openMapping : .openSequence)
      flow.append(isMapping ? .openMapping : .openSequence)
      allowsKey = true
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      if flow.isEmpty { return scanMisfit() }
      flow.removeLast()
      single(first == UInt8(ascii: "}") ? .closeMapping : .closeSequence)
      allowsKey = false
    case UInt8(ascii: ","):
      if flow.isEmpty { return scanMisfit() }
      single(.flowEntry)
      allowsKey = true
    case UInt8(ascii: "-") where isBlankOrEnd(1): scanBlockEntry()
    case UInt8(ascii: "?") where !flow.isEmpty || isBlankOrEnd(1):
      single(.complexKey)
      allowsKey = flow.isEmpty
    case UInt8(ascii: ":") where !flow.isEmpty || isBlankOrEnd(1): scanValue()
    case UInt8(ascii: "*"): scanWord(.alias)
    case UInt8(ascii: "&"): scanWord(.anchor)
    case UInt8(ascii: "!"): scanWord(.tag)
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      if flow.isEmpty, hasBlockHeader { scanBlockScalar() } else { scanMisfit() }
    case UInt8(ascii: "'"), UInt8(ascii: "\""): scanQuoted()
    case UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"): scanMisfit()
    default: scanPlain(.plain)
    }
  }

  /// A directive, `---` or `...` at the beginning of a line.
  private mutating func scanMarker() -> Bool {
    let start = index
    if byte() == UInt8(ascii: "%"), levels.isEmpty, flow.isEmpty {
      skipLine()
      add(.directive, from: start)
      return true
    }
    for (mark, kind) in [("-", SyntaxToken.Kind.documentStart), (".", .documentEnd)] {
      if at(0, isIn: mark), at(1, isIn: mark), at(2, isIn: mark), isBlankOrEnd(3) {
        index += 3
        levels = []
        flow = []
        allowsKey = kind == .documentEnd
        add(kind, from: start)
        return true
      }
    }
    return false
  }

  private mutating func scanBlockEntry() {
    let isStray = !flow.isEmpty || !allowsKey
    if !isStray { roll(column(), isSequence: true) }
    single(.blockEntry)
    result.tokens[result.tokens.count - 1].isStray = isStray
    if !isStray { result.tokens[result.tokens.count - 1].level = levels.count - 1 }
    keyCandidate = nil
    allowsKey = !isStray
  }

  private mutating func scanValue() {
    if let candidate = keyCandidate, flow.isEmpty {
      let key = result.tokens[candidate]
      if key.line == line, index - key.start <= 4096 {
        roll(key.column, isSequence: false)
        result.tokens[candidate].level = levels.count - 1
        keyCandidate = nil
        single(.value)
        allowsKey = false
        return
      }
    }
    let isStray = flow.isEmpty
    single(.value)
    result.tokens[result.tokens.count - 1].isStray = isStray
    allowsKey = false
  }

  /// An alias, anchor or tag: up to the next blank.
  private mutating func scanWord(_ kind: SyntaxToken.Kind) {
    noteKeyCandidate()
    let start = index
    index += 1
    while !isBlankOrEnd(), flow.isEmpty || !at(0, isIn: ",[]{}") {
      if byte() == UInt8(ascii: ":"), isBlankOrEnd(1) { break }
      index += 1
    }
    add(kind, from: start)
    allowsKey = false
  }

  private mutating func scanMisfit() {
    scanPlain(.misfit)
  }

  private mutating func scanPlain(_ kind: SyntaxToken.Kind) {
    noteKeyCandidate()
    var token = opening(kind)
    let indent = (levels.last?.column ?? -1) + 1
    var end = index
    var sawBreak = false
    if kind == .misfit { index += 1 }
    scan: while true {
      if isDocumentMarker || byte() == UInt8(ascii: "#") && index > token.start { break }
      while !isBlankOrEnd() {
        if byte() == UInt8(ascii: ":"),
          isBlankOrEnd(1) || !flow.isEmpty && at(1, isIn: ",?[]{}")
        {
          break scan
        }
        if !flow.isEmpty, at(0, isIn: ",[]{}") { break scan }
        index += 1
        end = index
        token.endLine = line
      }
      if isAtEnd { break }
      let rest = (index, line, lineStart)
      while !isAtEnd, Byte.isBlank(byte()) || Byte.isBreak(byte()) {
        if Byte.isBreak(byte()) {
          skipBreak()
          sawBreak = true
        } else {
          index += 1
        }
      }
      if isAtEnd || (flow.isEmpty && line > rest.1 && index - lineStart < indent) {
        break
      }
    }
    if kind == .misfit { end = max(end, token.start + 1) }
    add(kind, startingAs: token, end: end)
    allowsKey = sawBreak && flow.isEmpty
  }

  private var isDocumentMarker: Bool {
    guard index == lineStart, isBlankOrEnd(3) else { return false }
    return ["-", "."].contains { at(0, isIn: $0) && at(1, isIn: $0) && at(2, isIn: $0) }
  }

  private mutating func scanQuoted() {
    noteKeyCandidate()
    var token = opening(.plain)
    let quote = byte()
    let isDouble = quote == UInt8(ascii: "\"")
    index += 1
    while true {
      if isAtEnd || isDocumentMarker {
        token.endLine = line
        add(.unclosedQuote, startingAs: token, end: index)
        break
      }
      if byte() == quote {
        if !isDouble, byte(1) == quote {
          index += 2
          continue
        }
        index += 1
        token.endLine = line
        add(isDouble ? .doubleQuoted : .singleQuoted, startingAs: token, end: index)
        break
      }
      if isDouble, byte() == UInt8(ascii: "\\"), index + 1 < bytes.count, !Byte.isBreak(byte(1)) {
        index += 2
      } else if Byte.isBreak(byte()) {
        skipBreak()
      } else {
        index += 1
      }
    }
    allowsKey = false
  }
}

extension SyntaxLexer {
  /// True if nothing but block scalar indicators and a comment follow on the line.
  private var hasBlockHeader: Bool {
    var offset = 1
    while at(offset, isIn: "+-123456789"), offset < 3 { offset += 1 }
    let headerEnd = offset
    while Byte.isBlank(byte(offset)) { offset += 1 }
    if index + offset >= bytes.count || Byte.isBreak(byte(offset)) { return true }
    return byte(offset) == UInt8(ascii: "#") && offset > headerEnd
  }

  private mutating func scanBlockScalar() {
    var token = opening(.blockScalar)
    index += 1
    var indent = 0
    while at(0, isIn: "+-123456789") {
      if at(0, isIn: "123456789") {
        indent = max(0, levels.last?.column ?? 0) + Int(byte() - UInt8(ascii: "0"))
        token.hasIndentIndicator = true
      }
      index += 1
    }
    skipLine()
    var end = index
    token.endLine = line
    let least = (levels.last?.column ?? -1) + 1
    while !isAtEnd {
      skipBreak()
      let start = index
      while byte() == Byte.space, indent == 0 || index - start < indent { index += 1 }
      if isAtBreak { continue }
      if byte() == Byte.tab, indent == 0 || index - start < indent {
        add(.tab, from: index)
      }
      if indent == 0 { indent = max(index - start, least, 1) }
      if index - start < indent { break }
      skipLine()
      end = index
      token.endLine = line
      token.contentColumn = indent
    }
    if isAtEnd { end = max(end, token.start) }
    add(.blockScalar, startingAs: token, end: end)
    allowsKey = true
    keyCandidate = nil
    // What was read beyond the scalar belongs to the next token: start again at its line.
    if !isAtEnd { index = lineStart }
  }
}
