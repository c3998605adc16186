import Mathematics

/// The words of Gambit's text formats: names, quoted strings, numbers, braces and commas.
///
/// A lexer over the text's bytes. Every method reads one token or throws where it stands. A number
/// ends where it can go no further, so that `1-2` are two numbers, as in Gambit.
struct GambitTokens {
  /// Borrowed for the length of ``reading(_:_:)``, which is the only way to get one.
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// Where the last token began, for messages.
  private var start = 0
  private var exponentSum = 0
  /// How many decimals the last number was written with; nil for a fraction or a whole number.
  private(set) var decimals: Int?

  /// The most digits that one number may have.
  static let largestDigitCount = 10_000
  /// The most digits that the exponents of a file may add up to, such as 12 for `1e-12`.
  static let largestExponentSum = 10_000_000

  /// What a parser makes of a text.
  static func reading<Game>(
    _ text: String, _ parse: (inout GambitTokens) throws(FormatError) -> Game
  ) throws(FormatError) -> Game {
    var text = text
    let result: Result<Game, FormatError> = text.withUTF8 { bytes in
      var tokens = GambitTokens(bytes)
      do throws(FormatError) {
        return .success(try parse(&tokens))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    skipSpace()
  }

  var atEnd: Bool { position >= bytes.count }
  var atString: Bool { peek == UInt8(ascii: "\"") }
  var atOpenBrace: Bool { peek == UInt8(ascii: "{") }
  var atCloseBrace: Bool { peek == UInt8(ascii: "}") }
  /// How many bytes have not been read.
  var remaining: Int { bytes.count - position }

  /// The next byte; 0, which no token has, at the end.
  private var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

  // MARK: Errors

  /// An error at the last token.
  func error(_ message: String) -> FormatError { error(message, at: start) }

  /// An error at the token that has not been read yet.
  func errorAhead(_ message: String) -> FormatError { error(message, at: position) }

  private func error(_ message: String, at place: Int) -> FormatError {
    FormatError(in: bytes[..<place], message: message)
  }

  // MARK: Words

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte >= 9 && byte <= 13 }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

  private static func endsWord(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
      || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"")
  }

  private mutating func skipSpace() {
    while position < bytes.count, GambitTokens.isSpace(bytes[position]) { position += 1 }
  }

  /// A run of bytes up to the next blank, brace, comma or quote.
  private mutating func word(expecting: String) throws(FormatError) -> Range<Int> {
    start = position
    while position < bytes.count, !GambitTokens.endsWord(bytes[position]) { position += 1 }
    if start == position { throw error("expected \(expecting)") }
    let range = start..<position
    skipSpace()
    return range
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }

  mutating func name(expecting: String) throws(FormatError) -> String {
    text(try word(expecting: expecting))
  }

  mutating func word(_ word: String, expecting: String) throws(FormatError) {
    if try name(expecting: expecting) != word { throw error("expected \(expecting)") }
  }

  /// A word of one letter; for a longer one its text is in the error.
  mutating func letter(
    among letters: String, expecting: String
  ) throws(FormatError) -> UInt8 {
    let range = try word(expecting: expecting)
    let byte = bytes[range.lowerBound]
    guard range.count == 1, letters.utf8.contains(byte) else {
      throw error("expected \(expecting), not `\(text(range))`")
    }
    return byte
  }

  // MARK: Numbers

  mutating func integer(expecting: String) throws(FormatError) -> Int {
    start = position
    let isNegative = peek == UInt8(ascii: "-")
    if isNegative || peek == UInt8(ascii: "+") { position += 1 }
    let first = position
    var value = 0
    var isTooLarge = false
    while GambitTokens.isDigit(peek) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      value = product &+ Int(peek - 48)
      isTooLarge = isTooLarge || overflow || value < 0
      position += 1
    }
    let isWord = position < bytes.count && !GambitTokens.endsWord(bytes[position])
    if position == first || isWord || isTooLarge { throw error("expected \(expecting)") }
    skipSpace()
    return isNegative ? -value : value
  }

  /// An integer, decimal or fraction, exactly. Its nearest double is finite.
  mutating func number(expecting: String) throws(FormatError) -> Rational {
    start = position
    decimals = nil
    let isNegative = peek == UInt8(ascii: "-")
    if isNegative || peek == UInt8(ascii: "+") { position += 1 }
    // Digits with the point left out, as long as they fit, and where they are.
    var mantissa = 0
    var digitCount = skipDigits(&mantissa)
    var scale = 0
    if peek == UInt8(ascii: ".") {
      position += 1
      let places = skipDigits(&mantissa)
      digitCount += places
      scale = -places
      decimals = places
    }
    var isNumber = digitCount > 0
    var below = 1
    if peek == UInt8(ascii: "/"), decimals == nil {
      position += 1
      below = 0
      let places = skipDigits(&below)
      isNumber = isNumber && places > 0
      digitCount = max(digitCount, places)
    } else if peek | 32 == UInt8(ascii: "e") {
      position += 1
      let exponent = try self.exponent(expecting: expecting)
      scale += exponent
      decimals = max(0, (decimals ?? 0) - exponent)
    }
    guard isNumber, endsNumber, digitCount <= GambitTokens.largestDigitCount else {
      let isLong = digitCount > GambitTokens.largestDigitCount
      throw error(
        "expected \(expecting) as a number"
          + (isLong ? " of at most \(GambitTokens.largestDigitCount) digits" : ""))
    }
    let range = start..<position
    skipSpace()
    if digitCount + max(0, scale) <= 18, scale > -19, below != 0 {
      let power = GambitTokens.powersOfTen[abs(scale)]
      let top = scale > 0 ? mantissa * power : mantissa
      let bottom = scale < 0 ? power : below
      return bottom == 1
        ? Rational(isNegative ? -top : top) : Rational(isNegative ? -top : top, bottom)
    }
    guard let value = Rational(text(range)), value.doubleValue.isFinite else {
      throw error("expected \(expecting) as a number")
    }
    return value
  }

  private static let powersOfTen: [Int] = (0..<19).map { exponent in
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  /// Another number, or what is no number, begins here.
  private var endsNumber: Bool {
    atEnd || GambitTokens.endsWord(bytes[position]) || bytes[position] == UInt8(ascii: "-")
      || bytes[position] == UInt8(ascii: "+")
  }

  /// The number of digits that stand here, appended to a number that wraps around if too large.
  private mutating func skipDigits(_ value: inout Int) -> Int {
    let first = position
    while position < bytes.count, GambitTokens.isDigit(bytes[position]) {
      value = value &* 10 &+ Int(bytes[position] - 48)
      position += 1
    }
    return position - first
  }

  private mutating func exponent(expecting: String) throws(FormatError) -> Int {
    let isNegative = peek == UInt8(ascii: "-")
    if isNegative || peek == UInt8(ascii: "+") { position += 1 }
    var value = 0
    let count = skipDigits(&value)
    if count == 0 { throw error("expected \(expecting) as a number") }
    if count > 9 || value > Rational.largestExponent {
      throw error(
        "expected \(expecting) with an exponent of at most \(Rational.largestExponent)")
    }
    exponentSum += value
    if exponentSum > GambitTokens.largestExponentSum {
      throw error(
        "the exponents up to here ask for more than "
          + "\(GambitTokens.largestExponentSum) digits, the most that can be read")
    }
    return isNegative ? -value : value
  }

  // MARK: Strings

  /// Reads a quoted string and gives its place, quotes included.
  mutating func piece(expecting: String) throws(FormatError) -> Range<Int> {
    start = position
    guard atString else { throw error("expected \(expecting)") }
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    if position >= bytes.count {
      position = bytes.count
      throw error("this quotation is never closed")
    }
    position += 1
    let range = start..<position
    skipSpace()
    return range
  }

  /// What a quoted string says; a backslash lets a quote or backslash stand inside.
  func string(in piece: Range<Int>) -> String {
    let inside = (piece.lowerBound + 1)..<(piece.upperBound - 1)
    let backslash = UInt8(ascii: "\\")
    if !bytes[inside].contains(backslash) { return text(inside) }
    var content: [UInt8] = []
    var place = inside.lowerBound
    while place < inside.upperBound {
      let next = place + 1 < inside.upperBound ? bytes[place + 1] : 0
      if bytes[place] == backslash, next == backslash || next == UInt8(ascii: "\"") { place += 1 }
      content.append(bytes[place])
      place += 1
    }
    return String(decoding: content, as: UTF8.self)
  }

  mutating func string(expecting: String) throws(FormatError) -> String {
    string(in: try piece(expecting: expecting))
  }

  mutating func strings(expecting: String) throws(FormatError) -> [String] {
    try brace("{", expecting: expecting)
    var list: [String] = []
    while atString { list.append(try string(expecting: expecting)) }
    try brace("}", expecting: "a quoted string or the closing brace")
    return list
  }

  // MARK: Braces and commas

  mutating func brace(_ brace: Unicode.Scalar, expecting: String) throws(FormatError) {
    start = position
    guard !atEnd, peek == UInt8(ascii: brace) else { throw error("expected \(expecting)") }
    position += 1
    skipSpace()
  }

  mutating func skipComma() {
    if peek == UInt8(ascii: ",") {
      start = position
      position += 1
      skipSpace()
    }
  }

  /// The place of what stands in braces here, the braces included, without reading it; nil where
  /// there is none or it does not end.
  var braced: Range<Int>? {
    guard atOpenBrace else { return nil }
    var place = position + 1
    var isQuoted = false
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "\\") where isQuoted: place += 1
      case UInt8(ascii: "}") where !isQuoted: return position..<(place + 1)
      default: break
      }
      place += 1
    }
    return nil
  }

  /// Goes on after what stands in braces here.
  mutating func skip(_ braced: Range<Int>) {
    start = braced.upperBound - 1
    position = braced.upperBound
    skipSpace()
  }

  // MARK: Pieces of the text

  /// The number of a piece of the text among those seen: equal pieces have equal numbers, from 0
  /// in the order in which they were first seen.
  func number(of piece: Range<Int>, among pieces: inout Pieces) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[piece]))
    let hash = hasher.finalize()
    return pieces.number(of: piece, hash: hash) { other in
      bytes[other].elementsEqual(bytes[piece])
    }
  }

  /// Different pieces of one text, by content: a hash table with open addressing.
  struct Pieces {
    private var ranges: [Range<Int>] = []
    private var hashes: [Int] = []
    private var slots = [Int32](repeating: -1, count: 16)

    /// How many there are.
    var count: Int { ranges.count }

    mutating func number(of piece: Range<Int>, hash: Int, isEqual: (Range<Int>) -> Bool) -> Int {
      if 2 * ranges.count >= slots.count { grow() }
      var slot = hash & (slots.count - 1)
      while slots[slot] >= 0 {
        let number = Int(slots[slot])
        if hashes[number] == hash, isEqual(ranges[number]) { return number }
        slot = (slot + 1) & (slots.count - 1)
      }
      slots[slot] = Int32(ranges.count)
      ranges.append(piece)
      hashes.append(hash)
      return ranges.count - 1
    }

    private mutating func grow() {
      slots = Array(repeating: -1, count: 2 * slots.count)
      for (number, hash) in hashes.enumerated() {
        var slot = hash & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(number)
      }
    }
  }
}
