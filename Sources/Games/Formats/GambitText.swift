/// How names and numbers are written in Gambit's formats, so that Gambit itself reads them.
enum GambitText {
  /// A name in quotes.
  ///
  /// Gambit takes printable ASCII without blanks at the ends or two in a row: other blanks become
  /// one, letters lose their accents, and what remains becomes a question mark. Quotes and
  /// backslashes are escaped where they must be; Gambit cannot read a backslash at the end, which
  /// becomes a slash.
  static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      for byte in plain(scalar) {
        let isBlank = byte <= 0x20
        if isBlank, bytes.isEmpty || bytes.last == 0x20 { continue }
        bytes.append(isBlank ? 0x20 : byte)
      }
    }
    while bytes.last == 0x20 { bytes.removeLast() }
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
