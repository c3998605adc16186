/// Hides a part of a text that was reported already, so that the rest can be read. What is hidden
/// keeps its width, so that places stay true; nodes made of it are `isUnreadable`.
enum SyntaxMask: Equatable {
  /// Turned into marks: a scalar that nobody looks at.
  case marked(Range<Int>)
  /// Turned into spaces: as if it were not there.
  case blank(Range<Int>)

  /// Stands for a hidden character. It is private use, and refused in the text itself.
  static let scalar: Unicode.Scalar = "\u{F8F0}"
  /// The same in UTF-8.
  static let bytes: [UInt8] = [0xEF, 0xA3, 0xB0]

  var range: Range<Int> {
    switch self {
    case .marked(let range), .blank(let range): range
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
          if case .marked = mask { result += Self.bytes } else { result.append(Byte.space) }
        }
      }
      position = range.upperBound
    }
    return result + bytes[position...]
  }
}
