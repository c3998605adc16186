/// The words of Gambit's text formats: names, quoted strings, numbers, braces and commas.
///
/// A lexer over the text's bytes. Every method reads one token or throws where it stands.
struct GambitTokens {
  private let bytes: [UInt8]
  private var position = 0
  /// Where the last token began, for messages.
  private var start = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
    skipSpace()
  }

  var atEnd: Bool { position >= bytes.count }
  var atString: Bool { peek == UInt8(ascii: "\"") }
  var atOpenBrace: Bool { peek == UInt8(ascii: "{") }
  var atCloseBrace: Bool { peek == UInt8(ascii: "}") }

  /// The integer that stands here, without reading it.
  var peekInteger: Int? {
    var copy = self
    return try? copy.integer(expecting: "a number")
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// An error at the last token.
  func error(_ message: String) -> FormatError {
    var line = 1
    var column = 1
    for byte in bytes.prefix(start) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    return FormatError(line: line, column: column, message: message)
  }

  /// An error at the token that has not been read yet.
  func errorAhead(_ message: String) -> FormatError {
    var copy = self
    copy.start = position
    return copy.error(message)
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 32 || (byte >= 9 && byte <= 13) { position += 1 }
  }

  private func isSpecial(_ byte: UInt8) -> Bool {
    byte == 32 || (byte >= 9 && byte <= 13) || byte == UInt8(ascii: "{")
      || byte == UInt8(ascii: "}") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"")
  }

  /// A run of bytes up to the next blank, brace, comma or quote.
  private mutating func run(expecting: String) throws(FormatError) -> String {
    start = position
    while let byte = peek, !isSpecial(byte) { position += 1 }
    if start == position { throw error("expected \(expecting)") }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    skipSpace()
    return text
  }

  mutating func name(expecting: String) throws(FormatError) -> String {
    try run(expecting: expecting)
  }

  mutating func word(_ word: String, expecting: String) throws(FormatError) {
    if try run(expecting: expecting) != word { throw error("expected \(expecting)") }
  }

  mutating func integer(expecting: String) throws(FormatError) -> Int {
    guard let value = Int(try run(expecting: expecting)) else {
      throw error("expected \(expecting)")
    }
    return value
  }

  /// An integer, decimal or fraction.
  mutating func number(expecting: String) throws(FormatError) -> Double {
    let text = try run(expecting: expecting)
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    var value: Double?
    if parts.count == 2 {
      if let above = plain(parts[0]), let below = plain(parts[1]), below != 0 {
        value = above / below
      }
    } else {
      value = plain(Substring(text))
    }
    guard let value, value.isFinite else { throw error("expected \(expecting) as a number") }
    return value
  }

  /// Digits, sign, point and exponent only: no `inf`, `nan` or hexadecimal.
  private func plain(_ text: Substring) -> Double? {
    let allowed = text.utf8.allSatisfy { byte in
      (byte >= 48 && byte <= 57) || byte == 43 || byte == 45 || byte == 46 || byte == 69
        || byte == 101
    }
    return allowed ? Double(text) : nil
  }

  /// A quoted string; a backslash lets a quote or backslash stand inside.
  mutating func string(expecting: String) throws(FormatError) -> String {
    start = position
    guard atString else { throw error("expected \(expecting)") }
    position += 1
    var content: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      position += 1
      if byte == UInt8(ascii: "\\"), let next = peek,
        next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\")
      {
        content.append(next)
        position += 1
      } else {
        content.append(byte)
      }
    }
    if atEnd { throw error("this quotation is never closed") }
    position += 1
    skipSpace()
    return String(decoding: content, as: UTF8.self)
  }

  mutating func strings(expecting: String) throws(FormatError) -> [String] {
    try brace("{", expecting: expecting)
    var list: [String] = []
    while atString { list.append(try string(expecting: expecting)) }
    try brace("}", expecting: "a quoted string or the closing brace")
    return list
  }

  mutating func brace(_ brace: Character, expecting: String) throws(FormatError) {
    start = position
    guard let byte = peek, brace.asciiValue == byte else { throw error("expected \(expecting)") }
    position += 1
    skipSpace()
  }

  mutating func skipComma() {
    start = position
    if peek == UInt8(ascii: ",") {
      position += 1
      skipSpace()
    }
  }
}
