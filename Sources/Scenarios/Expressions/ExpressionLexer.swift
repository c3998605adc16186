/// A piece of an expression's text.
struct Token: Equatable {
  enum Kind: Equatable {
    /// A declared name, the longest that fits.
    case name(String)
    case number(Double)
    /// A reserved word.
    case word(String)
    case symbol(String)
    /// A word that nothing declares.
    case unknown(String)
    case end
  }

  var kind: Kind
  /// The offset of its first scalar, and its length in scalars.
  var offset: Int
  var length: Int
}

/// Cuts an expression into tokens. The longest declared name wins, also over a number or a
/// reserved word that it begins with.
struct ExpressionLexer {
  /// The tokens of `text`, closed by `.end`. Linear in the text times the length of the
  /// longest name.
  static func tokens(of text: String, names: NameTable) -> [Token] {
    let bytes = Array(text.utf8)
    var tokens: [Token] = []
    var position = 0
    var scalar = 0
    func scalars(_ range: Range<Int>) -> Int {
      range.reduce(0) { $0 + (bytes[$1] & 0xc0 == 0x80 ? 0 : 1) }
    }
    while position < bytes.count {
      if NameTable.isSpace(bytes[position]) {
        position += 1
        scalar += 1
        continue
      }
      let (kind, length) = next(in: bytes, at: position, names: names)
      let width = scalars(position..<(position + length))
      tokens.append(Token(kind: kind, offset: scalar, length: width))
      position += length
      scalar += width
    }
    tokens.append(Token(kind: .end, offset: scalar, length: 1))
    return tokens
  }

  private static func next(
    in bytes: [UInt8], at start: Int, names: NameTable
  ) -> (Token.Kind, Int) {
    let name = names.longestName(in: bytes, at: start)
    let number = numberLength(in: bytes, at: start)
    if let number, number.length >= (name?.length ?? 0) {
      return (.number(number.value), number.length)
    }
    let word = startsWithSign(bytes, at: start) ? 0 : wordLength(in: bytes, at: start)
    let text = String(decoding: bytes[start..<(start + word)], as: UTF8.self)
    if let name, name.length >= word { return (.name(name.name), name.length) }
    if word > 0 {
      return (ReservedWord.all.contains(text) ? .word(text) : .unknown(text), word)
    }
    let pairs = ["!=", "<=", ">=", ".."]
    if start + 1 < bytes.count {
      let pair = String(decoding: bytes[start...(start + 1)], as: UTF8.self)
      if pairs.contains(pair) { return (.symbol(pair), 2) }
    }
    var end = start + 1
    while end < bytes.count, bytes[end] & 0xc0 == 0x80 { end += 1 }
    return (.symbol(String(decoding: bytes[start..<end], as: UTF8.self)), end - start)
  }

  /// True for a character beyond ASCII that no word begins with, such as a sign of multiplication.
  private static func startsWithSign(_ bytes: [UInt8], at start: Int) -> Bool {
    guard bytes[start] >= 0x80 else { return false }
    let text = String(decoding: bytes[start..<min(start + 4, bytes.count)], as: UTF8.self)
    guard let properties = text.unicodeScalars.first?.properties else { return false }
    return !properties.isAlphabetic && properties.numericType == nil
  }

  private static func wordLength(in bytes: [UInt8], at start: Int) -> Int {
    var end = start
    while end < bytes.count, NameTable.isWord(bytes[end]) { end += 1 }
    return end - start
  }

  /// Digits with an optional fraction, exponent and percent sign.
  static func numberLength(in bytes: [UInt8], at start: Int) -> (value: Double, length: Int)? {
    func isDigit(_ index: Int) -> Bool {
      index < bytes.count && bytes[index] >= 0x30 && bytes[index] <= 0x39
    }
    var end = start
    while isDigit(end) { end += 1 }
    if end == start && !(end < bytes.count && bytes[end] == 0x2e && isDigit(end + 1)) { return nil }
    if end < bytes.count, bytes[end] == 0x2e, isDigit(end + 1) {
      end += 1
      while isDigit(end) { end += 1 }
    }
    if end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
      var exponent = end + 1
      if exponent < bytes.count, bytes[exponent] == 0x2b || bytes[exponent] == 0x2d {
        exponent += 1
      }
      if isDigit(exponent) {
        end = exponent
        while isDigit(end) { end += 1 }
      }
    }
    // A digit glued to letters is a word, such as `2nd`.
    if end < bytes.count, NameTable.isWord(bytes[end]) { return nil }
    guard let value = Double(String(decoding: bytes[start..<end], as: UTF8.self)),
      value.isFinite
    else { return nil }
    if end < bytes.count, bytes[end] == UInt8(ascii: "%") {
      return (percentage(value), end + 1 - start)
    }
    return (value, end - start)
  }

  /// A percentage as a share, rounded as its decimal would be: 55% is 0.55.
  static func percentage(_ value: Double) -> Double { value / 100 }
}
