import Scenarios

/// A table as comma-separated text, by RFC 4180: cells in double quotes may hold commas, line breaks
/// and doubled quotes; lines end with LF or CRLF; a byte order mark is passed over.
enum CommaSeparatedText {
  /// A cell with its place in the text.
  struct Cell: Equatable {
    var text: String
    var place: Place
  }

  /// What is wrong with a text.
  struct Problem: Error, Equatable {
    var code: String
    var place: Place
    var message: String
    var remedy: String
  }

  /// The rows that are not blank, each with its cells; blanks around cells without quotes do not
  /// count.
  ///
  /// - Complexity: O(bytes).
  static func rows(_ bytes: [UInt8]) throws(Problem) -> [[Cell]] {
    var scanner = Scanner(bytes)
    var rows: [[Cell]] = []
    while !scanner.isAtEnd {
      let row = try scanner.row()
      if row.count > 1 || row.first?.text.isEmpty == false { rows.append(row) }
    }
    return rows
  }

  private struct Scanner {
    private let bytes: [UInt8]
    private var position = 0
    private var place = Place(line: 1, column: 1)

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
    }

    var isAtEnd: Bool { position >= bytes.count }

    /// The cells up to the end of a line, and past it.
    mutating func row() throws(Problem) -> [Cell] {
      var cells: [Cell] = []
      while true {
        cells.append(try cell())
        guard !isAtEnd, bytes[position] == UInt8(ascii: ",") else { break }
        advance()
      }
      if !isAtEnd { endLine() }
      return cells
    }

    private mutating func cell() throws(Problem) -> Cell {
      while !isAtEnd, isBlank(bytes[position]) { advance() }
      let start = place
      if !isAtEnd, bytes[position] == UInt8(ascii: "\"") { return try quoted(start) }
      let first = position
      while !isAtEnd, !isEndOfCell(bytes[position]) {
        if bytes[position] == UInt8(ascii: "\"") {
          throw Problem(
            code: "table-quote", place: place, message: "a quote stands inside a cell",
            remedy: "put the whole cell in quotes, and double those inside: \"a \"\"b\"\" c\"")
        }
        advance()
      }
      var end = position
      while end > first, isBlank(bytes[end - 1]) { end -= 1 }
      return Cell(text: String(decoding: bytes[first..<end], as: UTF8.self), place: start)
    }

    private mutating func quoted(_ start: Place) throws(Problem) -> Cell {
      advance()
      var text: [UInt8] = []
      while true {
        if isAtEnd {
          throw Problem(
            code: "table-quote", place: start, message: "a quote is opened and never closed",
            remedy: "close it with \"")
        }
        let byte = bytes[position]
        if byte == UInt8(ascii: "\"") {
          advance()
          guard !isAtEnd, bytes[position] == UInt8(ascii: "\"") else { break }
        }
        if byte == UInt8(ascii: "\n") { endLine() } else { advance() }
        text.append(byte)
      }
      while !isAtEnd, isBlank(bytes[position]) { advance() }
      if !isAtEnd, !isEndOfCell(bytes[position]) {
        throw Problem(
          code: "table-quote", place: place, message: "text follows a closing quote",
          remedy: "put a comma between, or double the quote")
      }
      return Cell(text: String(decoding: text, as: UTF8.self), place: start)
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private func isEndOfCell(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: ",") || byte == 0x0a || byte == 0x0d
    }

    /// One character further, on the same line.
    private mutating func advance() {
      // The later bytes of a character take no column.
      if bytes[position] & 0xc0 != 0x80 { place.column += 1 }
      position += 1
    }

    private mutating func endLine() {
      if bytes[position] == 0x0d { position += 1 }
      if position < bytes.count, bytes[position] == 0x0a { position += 1 }
      place = Place(line: place.line + 1, column: 1)
    }
  }
}
