import Mathematics

/// The words of a JSON text (RFC 8259), read one after the other as the form of a game asks for
/// them. Nothing nests deeper than that form does.
struct JSONTokens {
  /// Borrowed for the length of ``reading(_:_:)``, which is the only way to get one.
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var exponentSum = 0
  /// Where the last token began, as an offset for ``error(_:at:)``.
  private(set) var start = 0
  /// How many decimals the last number was written with; nil for a fraction or a whole number.
  private(set) var decimals: Int?

  /// What a parser makes of a text.
  static func reading<Game>(
    _ text: String, _ parse: (inout JSONTokens) throws(FormatError) -> Game
  ) throws(FormatError) -> Game {
    var text = text
    let result: Result<Game, FormatError> = text.withUTF8 { bytes in
      var tokens = JSONTokens(bytes)
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

  // MARK: Errors

  /// An error at the last token.
  func error(_ message: String) -> FormatError { error(message, at: start) }

  /// An error at an offset.
  func error(_ message: String, at place: Int) -> FormatError {
    FormatError(in: bytes[..<place], message: message)
  }

  // MARK: Structure

  private var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) {
      position += 1
    }
  }

  private mutating func accept(_ mark: Unicode.Scalar) -> Bool {
    start = position
    guard peek == UInt8(ascii: mark) else { return false }
    position += 1
    skipSpace()
    return true
  }

  private mutating func expect(
    _ mark: Unicode.Scalar, expecting: String
  ) throws(FormatError) {
    if !accept(mark) { throw error("expected \(expecting)") }
  }

  /// Nothing may follow.
  mutating func end() throws(FormatError) {
    start = position
    if position < bytes.count { throw error("expected the end of the file: the game is complete") }
  }

  /// What has been seen of an object or an array.
  struct Progress {
    fileprivate var seen: UInt64 = 0
    fileprivate var isFirst = true
  }

  mutating func openObject(expecting: String) throws(FormatError) -> Progress {
    try expect("{", expecting: "\(expecting): an object in braces")
    return Progress()
  }

  /// The name of the next member, which is one of the given names and new; nil at the end.
  mutating func member(
    of object: inout Progress, among names: [String]
  ) throws(FormatError) -> String? {
    if accept("}") { return nil }
    if !object.isFirst { try expect(",", expecting: "a comma or the closing brace") }
    object.isFirst = false
    let place = position
    let name = try string(expecting: "the name of a member in quotes")
    guard let index = names.firstIndex(of: name) else {
      throw error(
        "expected one of the members \(names.joined(separator: ", ")), not `\(name)`", at: place)
    }
    if object.seen & (1 << UInt64(index)) != 0 {
      throw error("there are two members `\(name)`", at: place)
    }
    object.seen |= 1 << UInt64(index)
    try expect(":", expecting: "a colon after the name")
    return name
  }

  /// The name of the next member, whatever it is; nil at the end.
  mutating func anyMember(of object: inout Progress) throws(FormatError) -> String? {
    if accept("}") { return nil }
    if !object.isFirst { try expect(",", expecting: "a comma or the closing brace") }
    object.isFirst = false
    let name = try string(expecting: "the name of a member in quotes")
    try expect(":", expecting: "a colon after the name")
    return name
  }

  /// An array, not an object or a plain value, comes next.
  var atArray: Bool { peek == UInt8(ascii: "[") }

  /// Passes over a value of any kind. It may nest as deep as it likes: only the depth is kept.
  mutating func skipValue() throws(FormatError) {
    var open: [Bool] = []
    var isFirst = true
    repeat {
      if let isObject = open.last {
        if accept(isObject ? "}" : "]") {
          open.removeLast()
          isFirst = false
          continue
        }
        if !isFirst { try expect(",", expecting: "a comma or the closing bracket") }
        if isObject {
          _ = try string(expecting: "the name of a member in quotes")
          try expect(":", expecting: "a colon after the name")
        }
      }
      isFirst = false
      if accept("{") {
        open.append(true)
        isFirst = true
      } else if accept("[") {
        open.append(false)
        isFirst = true
      } else {
        try skipPlain()
      }
    } while !open.isEmpty
  }

  private mutating func skipPlain() throws(FormatError) {
    if peek == UInt8(ascii: "\"") {
      _ = try string(expecting: "a string")
      return
    }
    for word in ["true", "false", "null"] where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      skipSpace()
      return
    }
    _ = try numberText(expecting: "a value")
  }

  mutating func openArray(expecting: String) throws(FormatError) -> Progress {
    try expect("[", expecting: "\(expecting): a list in brackets")
    return Progress()
  }

  /// Another element follows.
  mutating func element(of array: inout Progress) throws(FormatError) -> Bool {
    if accept("]") { return false }
    if !array.isFirst { try expect(",", expecting: "a comma or the closing bracket") }
    array.isFirst = false
    return true
  }

  // MARK: Values

  mutating func strings(expecting: String) throws(FormatError) -> [String] {
    var array = try openArray(expecting: expecting)
    var list: [String] = []
    while try element(of: &array) { list.append(try string(expecting: "a string")) }
    return list
  }

  /// A name, or the number of something in its list.
  enum Reference {
    case name(String)
    case number(Int)
  }

  mutating func reference(expecting: String) throws(FormatError) -> Reference {
    peek == UInt8(ascii: "\"")
      ? .name(try string(expecting: expecting)) : .number(try integer(expecting: expecting))
  }

  mutating func integer(expecting: String) throws(FormatError) -> Int {
    guard let value = Int(try numberText(expecting: expecting)) else {
      throw error("expected \(expecting) as a whole number")
    }
    return value
  }

  /// A number as such or in a string, which may be a fraction: exactly. Its nearest double is
  /// finite.
  mutating func number(expecting: String) throws(FormatError) -> Rational {
    let text: String
    if peek == UInt8(ascii: "\"") {
      let place = position
      text = try string(expecting: expecting)
      start = place
    } else {
      text = try numberText(expecting: expecting)
    }
    decimals = nil
    if let value = Int(text) { return Rational(value) }
    try noteExponent(of: text, expecting: expecting)
    guard text.utf8.count <= GambitTokens.largestDigitCount, let value = Rational(text),
      value.doubleValue.isFinite
    else { throw error("expected \(expecting): a number, or a fraction such as \"1/3\"") }
    return value
  }

  private mutating func noteExponent(of text: String, expecting: String) throws(FormatError) {
    let parts = text.split(separator: "e", omittingEmptySubsequences: false)
    let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    if exponent.magnitude > Rational.largestExponent {
      throw error(
        "expected \(expecting) with an exponent of at most \(Rational.largestExponent)")
    }
    exponentSum += Int(exponent.magnitude)
    if exponentSum > GambitTokens.largestExponentSum {
      throw error(
        "the exponents up to here ask for more than "
          + "\(GambitTokens.largestExponentSum) digits, the most that can be read")
    }
    if !text.utf8.contains(UInt8(ascii: "/")) {
      let point = parts[0].utf8.firstIndex(of: UInt8(ascii: "."))
      let places = point.map { parts[0].utf8.distance(from: $0, to: parts[0].endIndex) - 1 } ?? 0
      decimals = max(0, places - exponent)
    }
  }

  /// A number's text, with a small `e`.
  private mutating func numberText(expecting: String) throws(FormatError) -> String {
    start = position
    while position < bytes.count, JSONTokens.isInNumber(bytes[position]) { position += 1 }
    let range = bytes[start..<position]
    guard let first = range.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "."),
      range.last != UInt8(ascii: ".")
    else { throw error("expected \(expecting)") }
    skipSpace()
    return String(decoding: range.map { $0 == UInt8(ascii: "E") ? $0 | 32 : $0 }, as: UTF8.self)
  }

  private static func isInNumber(_ byte: UInt8) -> Bool {
    byte >= 48 && byte <= 57 || byte | 32 == UInt8(ascii: "e") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
  }

  mutating func string(expecting: String) throws(FormatError) -> String {
    start = position
    guard peek == UInt8(ascii: "\"") else { throw error("expected \(expecting)") }
    position += 1
    let first = position
    while position < bytes.count, bytes[position] >= 0x20, bytes[position] != UInt8(ascii: "\""),
      bytes[position] != UInt8(ascii: "\\")
    {
      position += 1
    }
    var content = String(
      decoding: UnsafeBufferPointer(rebasing: bytes[first..<position]), as: UTF8.self)
    while peek != UInt8(ascii: "\"") {
      if position >= bytes.count { throw error("this string is never closed") }
      if bytes[position] < 0x20 {
        throw error("a control character stands in a string", at: position)
      }
      let run = position
      if bytes[position] == UInt8(ascii: "\\") {
        content.unicodeScalars.append(try escape())
      } else {
        while position < bytes.count, bytes[position] >= 0x20,
          bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\")
        {
          position += 1
        }
        content += String(
          decoding: UnsafeBufferPointer(rebasing: bytes[run..<position]), as: UTF8.self)
      }
    }
    position += 1
    skipSpace()
    return content
  }

  /// What a backslash and what follows it stand for.
  private mutating func escape() throws(FormatError) -> Unicode.Scalar {
    let place = position
    position += 1
    let kind = peek
    position += 1
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "u"):
      if let first = fourDigits() {
        if let scalar = Unicode.Scalar(first) { return scalar }
        // The upper half of a pair; the lower half must follow.
        if first < 0xdc00, peek == UInt8(ascii: "\\") {
          position += 1
          if peek == UInt8(ascii: "u") {
            position += 1
            if let second = fourDigits(), second & 0xfc00 == 0xdc00,
              let scalar = Unicode.Scalar(0x10000 + (first & 0x3ff) << 10 + second & 0x3ff)
            {
              return scalar
            }
          }
        }
      }
    default: break
    }
    throw error("expected an escape such as \\n, \\\" or \\u00e9", at: place)
  }

  private mutating func fourDigits() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[position..<(position + 4)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        return nil
      }
      value = value << 4 | UInt32(digit)
    }
    position += 4
    return value
  }
}
