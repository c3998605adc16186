/// Writes the tokens of a text anew with canonical blanks and line breaks between them. Comments
/// are tokens, too, so none is lost.
struct SyntaxLayout {
  private let bytes: [UInt8]
  private let tokens: [SyntaxToken]
  private var output: [UInt8] = []
  /// Column, in scalars, at which the next byte of output stands.
  private var column = 0
  /// By how much the outermost open bracket moved; lines inside move along.
  private var bracketShift = 0
  /// Old and new column of the last block key or dash: what a block text is indented by.
  private var parent = (old: 0, new: 0)
  /// New columns of what began lines, by old column; for comments after them.
  private var newColumns: [Int: Int] = [:]
  /// For each token the next one outside brackets that is no comment.
  private let following: [Int?]
  /// Colons (by index) whose value lines up with that of a neighbor.
  private let aligned: Set<Int>

  /// A layout of tokens; the bytes have LF line ends only.
  init(_ bytes: [UInt8], _ tokens: [SyntaxToken]) {
    self.bytes = bytes
    self.tokens = tokens.filter { $0.kind != .documentStart && $0.kind != .documentEnd }
    aligned = Self.alignedColons(self.tokens)
    var following: [Int?] = []
    var next: Int?
    for (index, token) in self.tokens.enumerated().reversed() {
      if token.kind != .comment, token.flowDepth == 0 { next = index }
      following.append(next)
    }
    self.following = following.reversed()
  }

  /// The text in its new layout, with a final line end.
  mutating func text() -> String {
    output.reserveCapacity(bytes.count + 256)
    for index in tokens.indices {
      writeGap(before: index)
      write(index)
    }
    output.append(Byte.newline)
    return String(decoding: output, as: UTF8.self)
  }

  // MARK: Between tokens

  private mutating func writeGap(before index: Int) {
    let token = tokens[index]
    guard index > 0 else { return indent(to: newColumn(of: index)) }
    let before = tokens[index - 1]
    // The bytes between hold blanks, line ends, and markers of a document at most.
    let breaks = token.line - before.endLine
    if breaks > 0 {
      output.append(Byte.newline)
      if hasBlankLine(from: before.end, to: token.start) { output.append(Byte.newline) }
      column = 0
      indent(to: newColumn(of: index))
    } else {
      indent(by: width(of: max(0, token.start - before.end), after: index - 1))
    }
  }

  private func hasBlankLine(from start: Int, to end: Int) -> Bool {
    guard start < end else { return false }
    var sawBreak = false
    for byte in bytes[start..<end] {
      if byte == Byte.newline {
        if sawBreak { return true }
        sawBreak = true
      } else if !Byte.isBlank(byte) {
        sawBreak = false
      }
    }
    return false
  }

  /// How many blanks stand between two tokens of a line.
  private func width(of gap: Int, after index: Int) -> Int {
    let before = tokens[index]
    let after = tokens[index + 1]
    if after.kind == .comment { return max(1, gap) }
    switch before.kind {
    case .value where before.flowDepth == 0:
      return aligned.contains(index) ? max(1, gap + blanks(beforeColon: index)) : 1
    case .blockEntry: return 1
    case .flowEntry: return max(1, gap)
    default: return after.kind == .value ? 0 : gap
    }
  }

  /// Blanks between a key and its colon, which go behind the colon to keep values lined up.
  private func blanks(beforeColon index: Int) -> Int {
    guard index > 0, tokens[index - 1].endLine == tokens[index].line else { return 0 }
    return max(0, tokens[index].start - tokens[index - 1].end)
  }

  private mutating func indent(to target: Int) { indent(by: max(0, target - column)) }

  private mutating func indent(by count: Int) {
    output += repeatElement(Byte.space, count: count)
    column += count
  }

  /// The column for a token that begins a line.
  private func newColumn(of index: Int) -> Int {
    let token = tokens[index]
    if token.flowDepth > 0 { return max(0, token.column + bracketShift) }
    // The bracket that closes the outermost one stands outside it, but belongs to it.
    if token.kind == .closeMapping || token.kind == .closeSequence {
      return max(0, token.column + bracketShift)
    }
    if token.kind == .comment { return newColumn(ofComment: index) }
    return 2 * (token.level ?? token.blockDepth)
  }

  private func newColumn(ofComment index: Int) -> Int {
    let comment = tokens[index]
    let next = following[index].map { tokens[$0] }
    let below = next.map { 2 * ($0.level ?? $0.blockDepth) } ?? 0
    if let next, comment.column <= next.column { return below }
    // It belongs to what stands above, but never left of what comes next.
    let nearest = newColumns.keys.filter { $0 <= comment.column }.max()
    return max(below, nearest.flatMap { newColumns[$0] } ?? 0)
  }

  /// Colons whose values begin in the same column as another value of the same mapping.
  private static func alignedColons(_ tokens: [SyntaxToken]) -> Set<Int> {
    var result: Set<Int> = []
    /// By level, the colons of the mapping that is open there, by the column of the value.
    var open: [Int: [Int: Int]] = [:]
    for index in tokens.indices where tokens[index].flowDepth == 0 {
      guard let level = tokens[index].level else { continue }
      open = open.filter { $0.key <= level }
      if tokens[index].kind == .blockEntry { open[level + 1] = nil }
      guard index + 2 < tokens.count, tokens[index + 1].kind == .value else { continue }
      let value = tokens[index + 2]
      guard value.line == tokens[index].line, value.kind != .comment else { continue }
      if let sibling = open[level]?[value.column] {
        result.insert(sibling)
        result.insert(index + 1)
      }
      open[level, default: [:]][value.column] = index + 1
    }
    return result
  }

  // MARK: Tokens

  private mutating func write(_ index: Int) {
    let token = tokens[index]
    let isFirst = index == 0 || tokens[index - 1].endLine < token.line
    if token.flowDepth == 0 {
      if isFirst || token.level != nil, token.kind != .comment {
        newColumns = newColumns.filter { $0.key < token.column }
        newColumns[token.column] = column
      }
      if token.level != nil { parent = (token.column, column) }
      if token.kind == .openMapping || token.kind == .openSequence {
        bracketShift = column - token.column
      }
    }
    let text = bytes[token.start..<token.end]
    switch token.kind {
    case .blockScalar: writeBlockScalar(token)
    case .comment: append(withoutEndBlanks(text))
    case _ where token.line == token.endLine: append(text)
    default: writeLines(of: token)
    }
  }

  private mutating func append(_ text: some Collection<UInt8>) {
    output += text
    column += text.count(where: Byte.isLeading)
  }

  private func withoutEndBlanks(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text
    while let last = text.last, Byte.isBlank(last) { text.removeLast() }
    return text
  }

  private func lines(of token: SyntaxToken) -> [ArraySlice<UInt8>] {
    bytes[token.start..<token.end].split(
      separator: Byte.newline, omittingEmptySubsequences: false)
  }

  /// A plain or quoted text of several lines; YAML ignores how these are indented.
  private mutating func writeLines(of token: SyntaxToken) {
    let shift = column - token.column
    let least = token.flowDepth > 0 ? 0 : 2 * token.blockDepth
    for (number, line) in lines(of: token).enumerated() {
      let blanks = line.prefix(while: Byte.isBlank).count
      let content =
        token.isQuoted ? line.dropFirst(blanks) : withoutEndBlanks(line.dropFirst(blanks))
      if number == 0 {
        append(token.isQuoted ? line : withoutEndBlanks(line))
      } else {
        output.append(Byte.newline)
        column = 0
        if !content.isEmpty { indent(to: max(least, blanks + shift)) }
        append(content)
      }
    }
  }

  /// A text after `|` or `>`: its lines move together.
  private mutating func writeBlockScalar(_ token: SyntaxToken) {
    let lines = lines(of: token)
    let old = token.contentColumn ?? 0
    let isNested = token.blockDepth > 0
    let new =
      token.hasIndentIndicator ? old + parent.new - parent.old : isNested ? parent.new + 2 : 2
    for (number, line) in lines.enumerated() {
      if number == 0 {
        append(withoutEndBlanks(line))
        continue
      }
      output.append(Byte.newline)
      column = 0
      let isBlank = line.allSatisfy { $0 == Byte.space }
      if isBlank && line.count <= old { continue }
      indent(to: max(0, new))
      append(line.dropFirst(min(old, line.prefix { $0 == Byte.space }.count)))
    }
  }
}
