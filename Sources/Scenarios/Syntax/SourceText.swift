/// A text with its lines, to turn offsets into places and to show a line with a caret.
public struct SourceText: Sendable {
  let bytes: [UInt8]
  /// Offset of the first byte of each line.
  let lineStarts: [Int]

  /// The lines of a text; a line ends with LF, CR or both. A byte order mark is left out.
  public init(_ text: String) {
    self.init(bytes: Array(text.utf8))
  }

  /// The lines of a text given as UTF-8; bytes that are none are shown as U+FFFD.
  public init(bytes: [UInt8]) {
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let bytes = hasMark ? Array(bytes.dropFirst(3)) : bytes
    var starts = [0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == Byte.newline || byte == Byte.carriageReturn {
        if byte == Byte.carriageReturn, index < bytes.count, bytes[index] == Byte.newline {
          index += 1
        }
        starts.append(index)
      }
    }
    self.bytes = bytes
    lineStarts = starts
  }

  /// The whole text, without a byte order mark.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// How many lines there are; at least one.
  public var lineCount: Int { lineStarts.count }

  /// A line by its number, from 1, without its end; `nil` if there is none.
  public func line(_ number: Int) -> String? {
    range(ofLine: number).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  /// The bytes of a line without its end.
  func range(ofLine number: Int) -> Range<Int>? {
    guard number >= 1, number <= lineStarts.count else { return nil }
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] : bytes.count
    while end > start, bytes[end - 1] == Byte.newline || bytes[end - 1] == Byte.carriageReturn {
      end -= 1
    }
    return start..<end
  }

  /// The number of the line, from 1, that holds a byte.
  func lineNumber(ofOffset offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The place of a byte.
  func place(ofOffset offset: Int) -> Place {
    let line = lineNumber(ofOffset: offset)
    let start = lineStarts[line - 1]
    let before = bytes[start..<max(start, min(offset, bytes.count))]
    return Place(line: line, column: String(decoding: before, as: UTF8.self).count + 1)
  }
}

/// Turns columns counted in Unicode scalars, as the YAML parser counts, into columns counted in
/// characters, as people do. Keeps the last line, since nodes come in the order of the text.
struct ColumnCounter {
  let source: SourceText
  private var line = 0
  /// Column in characters for each scalar of the line; `nil` if the line is plain ASCII.
  private var columns: [Int]?

  init(source: SourceText) {
    self.source = source
  }

  /// The place of a scalar on a line, both counted from 1.
  mutating func place(line number: Int, scalarColumn: Int) -> Place {
    if number != line { load(number) }
    guard let columns, let last = columns.last else {
      return Place(line: number, column: scalarColumn)
    }
    let index = scalarColumn - 1
    let column = index < columns.count ? columns[max(0, index)] : last + 1 + index - columns.count
    return Place(line: number, column: column)
  }

  private mutating func load(_ number: Int) {
    line = number
    columns = nil
    guard let range = source.range(ofLine: number),
      source.bytes[range].contains(where: { $0 >= 0x80 })
    else { return }
    var columns: [Int] = []
    for (index, character) in String(decoding: source.bytes[range], as: UTF8.self).enumerated() {
      for _ in character.unicodeScalars { columns.append(index + 1) }
    }
    self.columns = columns
  }
}

/// The bytes that matter to the syntax.
enum Byte {
  static let tab: UInt8 = 0x09
  static let newline: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20

  static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }
  static func isBreak(_ byte: UInt8) -> Bool { byte == newline || byte == carriageReturn }
  /// The first byte of a character's scalar, not one of those that continue it.
  static func isLeading(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }
}
