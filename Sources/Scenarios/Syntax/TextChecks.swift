/// The checks on bytes and characters, before any structure is looked at.
enum TextChecks {
  /// Text that is valid UTF-8 without characters that cannot stand in a scenario; those are
  /// reported, once a line, and replaced, so that reading can go on with the same places.
  static func clean(
    _ source: SourceText, sink: inout DiagnosticSink
  ) -> [UInt8] {
    let bytes = source.bytes
    var clean: [UInt8] = []
    clean.reserveCapacity(bytes.count)
    var findings: [Finding] = []
    var onLine: Set<String> = []
    func note(_ finding: Finding) {
      if onLine.insert(finding.message).inserted { findings.append(finding) }
    }
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 0x20 && byte < 0x7F || byte == Byte.tab || Byte.isBreak(byte) {
        if Byte.isBreak(byte), !onLine.isEmpty { onLine = [] }
        clean.append(byte)
        index += 1
        continue
      }
      guard let (scalar, length) = scalar(in: bytes, at: index) else {
        note(
          Finding(
            offset: clean.count, code: "invalid-utf8", message: "this is not UTF-8 text",
            remedy: "save the file as UTF-8 (in most editors: Save with Encoding)"))
        clean += [0xEF, 0xBF, 0xBD]
        index += 1
        while index < bytes.count, !Byte.isLeading(bytes[index]) { index += 1 }
        continue
      }
      if let name = unwelcome(scalar) {
        note(
          Finding(
            offset: clean.count, code: "control-character",
            message: "\(name) cannot stand in a scenario",
            remedy:
              "delete it; it is invisible, so retype the words around it if you cannot find it",
            isRemovable: isRemovable(scalar)))
        clean += [0xEF, 0xBF, 0xBD]
      } else {
        clean += bytes[index..<index + length]
      }
      index += length
    }
    report(findings, in: SourceText(bytes: clean), sink: &sink)
    return clean
  }

  /// What is wrong with a character, at an offset of the cleaned text.
  private struct Finding {
    var offset: Int
    var code: String
    var message: String
    var remedy: String
    var isRemovable = false
  }

  private static func report(
    _ findings: [Finding], in text: SourceText, sink: inout DiagnosticSink
  ) {
    var columns = ColumnCounter(source: text)
    for finding in findings {
      guard !sink.isFull else {
        sink.error(finding.code, at: nil, finding.message, remedy: finding.remedy)
        continue
      }
      let line = text.lineNumber(ofOffset: finding.offset)
      let before = text.bytes[text.lineStarts[line - 1]..<finding.offset]
      let place = columns.place(line: line, scalarColumn: before.count(where: Byte.isLeading) + 1)
      sink.error(
        finding.code, at: place, finding.message, remedy: finding.remedy,
        fix: finding.isRemovable ? TextEdit(place: place, length: 1, replacement: "") : nil)
    }
  }

  /// The scalar that begins at a byte and its length, or `nil` if the bytes are not UTF-8.
  private static func scalar(in bytes: [UInt8], at index: Int) -> (Unicode.Scalar, Int)? {
    let first = UInt32(bytes[index])
    let (length, least, start): (Int, UInt32, UInt32) =
      switch first {
      case ..<0x80: (1, 0, first)
      case 0xC2..<0xE0: (2, 0x80, first & 0x1F)
      case 0xE0..<0xF0: (3, 0x800, first & 0x0F)
      case 0xF0..<0xF5: (4, 0x10000, first & 0x07)
      default: (0, 0, 0)
      }
    guard length > 0, index + length <= bytes.count else { return nil }
    var value = start
    for byte in bytes[index + 1..<index + length] {
      guard !Byte.isLeading(byte) else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }

  /// What is wrong with a scalar, in words, or `nil` if it may stand in a text.
  private static func unwelcome(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0: "the character NUL"
    case 0x1B: "the control character ESC"
    case ..<0x20, 0x7F..<0xA0: "the control character \(hexadecimal(scalar))"
    case 0x2028, 0x2029: "the invisible line break \(hexadecimal(scalar))"
    case 0x202A...0x202E, 0x2066...0x2069:
      "the invisible mark \(hexadecimal(scalar)), which changes the order of what is shown,"
    case 0xFEFF: "a byte order mark inside the text"
    case 0xFFFE, 0xFFFF: "the character \(hexadecimal(scalar))"
    case _ where SyntaxMask.isMark(scalar): "the character \(hexadecimal(scalar))"
    default: nil
    }
  }

  private static func isRemovable(_ scalar: Unicode.Scalar) -> Bool {
    // The rest may join a letter before it into one character, which an edit would then delete.
    scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
