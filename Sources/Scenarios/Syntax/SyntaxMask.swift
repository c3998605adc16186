/// Hides a part of a text that was reported already, so that the rest can be read. What is hidden
/// keeps its width, so that places stay true; nodes made of it are `isUnreadable`.
enum SyntaxMask: Equatable {
  /// Turned into marks: a scalar that nobody looks at.
  case marked(Range<Int>)
  /// Turned into spaces: as if it were not there.
  case blank(Range<Int>)
  /// Turned into marks that differ by number, so that keys become different.
  case numbered(Range<Int>, Int)
  /// Turned into a key of such marks, with a colon behind it; ends where its line ends.
  case key(Range<Int>, Int)

  /// The first mark; it stands for a hidden character.
  static let scalar: Unicode.Scalar = "\u{F8C0}"
  /// How many marks differ.
  static let count = 48

  /// True for a mark. Marks are private use characters, and refused in the text itself.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    (Self.scalar.value..<Self.scalar.value + UInt32(count)).contains(scalar.value)
  }

  /// A mark in UTF-8; all begin with the same two bytes.
  private static func bytes(_ number: Int) -> [UInt8] {
    [0xEF, 0xA3, 0x80 + UInt8(max(0, min(number, count - 1)))]
  }

  /// True if a part of a text is hidden behind marks.
  static func hides(_ bytes: ArraySlice<UInt8>) -> Bool {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.contains(where: isMark)
  }

  var range: Range<Int> {
    switch self {
    case .marked(let range), .blank(let range), .numbered(let range, _), .key(let range, _): range
    }
  }

  /// A text with its masked parts hidden.
  static func apply(_ masks: [SyntaxMask], to bytes: [UInt8]) -> [UInt8] {
    guard !masks.isEmpty else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 64)
    var position = 0
    for mask in masks.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      let range = mask.range.clamped(to: position..<max(position, bytes.count))
      result += bytes[position..<range.lowerBound]
      for byte in bytes[range] {
        if Byte.isBreak(byte) || byte == Byte.space {
          result.append(byte)
        } else if Byte.isLeading(byte) {
          switch mask {
          case .marked: result += Self.bytes(0)
          case .numbered(_, let number), .key(_, let number): result += Self.bytes(number)
          case .blank: result.append(Byte.space)
          }
        }
      }
      if case .key = mask { result.append(UInt8(ascii: ":")) }
      position = range.upperBound
    }
    return result + bytes[position...]
  }
}
