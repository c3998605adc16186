import Mathematics

/// How names and numbers are written in Gambit's formats, so that Gambit itself reads them.
enum GambitText {
  /// A name in quotes.
  ///
  /// Gambit takes printable ASCII without blanks at the ends or two in a row: other blanks become
  /// one, letters lose their accents, and what remains becomes a question mark. Quotes and
  /// backslashes are escaped where they must be; Gambit cannot read a backslash at the end, which
  /// becomes a slash.
  static func quoted(_ text: String) -> String {
    if isPlain(text) { return "\"\(text)\"" }
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      for byte in plain(scalar) {
        let isBlank = byte <= 0x20
        if isBlank, bytes.isEmpty || bytes.last == 0x20 { continue }
        bytes.append(isBlank ? 0x20 : byte)
      }
    }
    while bytes.last == 0x20 { bytes.removeLast() }
    return escaped(bytes)
  }

  /// A comment in quotes, which may have blanks of any kind anywhere.
  static func quotedComment(_ text: String) -> String {
    escaped(
      text.unicodeScalars.flatMap { $0 == "\n" || $0 == "\t" ? [UInt8($0.value)] : plain($0) })
  }

  /// The text is a name as it stands.
  private static func isPlain(_ text: String) -> Bool {
    var last: UInt8 = 0x20
    for byte in text.utf8 {
      let isBlank = byte == 0x20
      if isBlank, last == 0x20 { return false }
      if byte < 0x20 || byte > 0x7e || byte == 0x22 || byte == 0x5c { return false }
      last = byte
    }
    return text.isEmpty || last != 0x20
  }

  private static func escaped(_ content: [UInt8]) -> String {
    var bytes = content
    let quote = UInt8(ascii: "\"")
    let backslash = UInt8(ascii: "\\")
    if bytes.last == backslash { bytes[bytes.count - 1] = UInt8(ascii: "/") }
    var result: [UInt8] = [quote]
    for (index, byte) in bytes.enumerated() {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      // A single backslash stands for itself to every reader; escaped, Gambit reads it as three.
      let isAmbiguous = byte == backslash && (next == backslash || next == quote)
      let follows = byte == backslash && index > 0 && bytes[index - 1] == backslash
      if byte == quote || isAmbiguous || follows { result.append(backslash) }
      result.append(byte)
    }
    return String(decoding: result + [quote], as: UTF8.self)
  }

  /// The shortest decimal that reads back as the same number.
  static func number(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return "\(Int(value))" }
    // Gambit reads no plus sign in an exponent.
    return "\(value)".filter { $0 != "+" }
  }

  /// The number exactly: a whole number, a decimal if it has a short one, else a fraction.
  static func number(_ value: Rational) -> String {
    let fraction = value.description
    guard let slash = fraction.firstIndex(of: "/"),
      let top = Int(fraction[..<slash]),
      let bottom = Int(fraction[fraction.index(after: slash)...])
    else { return fraction }
    // The least power of ten that the denominator divides.
    var power = 10
    var places = 1
    while power % bottom != 0 {
      if places == 18 { return fraction }
      power *= 10
      places += 1
    }
    let (scaled, overflow) = top.magnitude.multipliedReportingOverflow(by: UInt(power / bottom))
    if overflow { return fraction }
    let (whole, rest) = scaled.quotientAndRemainder(dividingBy: UInt(power))
    let digits = "\(rest)"
    let zeros = String(repeating: "0", count: places - digits.count)
    return "\(top < 0 ? "-" : "")\(whole).\(zeros)\(digits)"
  }

  /// The bytes that stand for a character outside ASCII.
  private static func plain(_ scalar: Unicode.Scalar) -> [UInt8] {
    switch scalar {
    case "\u{20}"..."\u{7e}": return [UInt8(scalar.value)]
    case "\u{0}"..."\u{7f}", "\u{a0}": return [0x20]
    case "‘", "’": return [UInt8(ascii: "'")]
    case "“", "”": return [UInt8(ascii: "\"")]
    case "–", "—", "−": return [UInt8(ascii: "-")]
    case "ß": return Array("ss".utf8)
    default: break
    }
    if scalar.properties.generalCategory == .nonspacingMark { return [] }
    // Such as LATIN SMALL LETTER E WITH ACUTE.
    let words = (scalar.properties.name ?? "").split(separator: " ")
    if words.count >= 4, words[0] == "LATIN", words[2] == "LETTER",
      let letter = words[3].utf8.first, words[3].utf8.count == 1
    {
      return [words[1] == "SMALL" ? letter | 0x20 : letter]
    }
    return [UInt8(ascii: "?")]
  }
}
