/// A text that is not in the format.
public struct FormatError: Error, Equatable, Sendable, CustomStringConvertible {
  /// From 1.
  public var line: Int
  /// From 1, in bytes.
  public var column: Int
  /// What was expected or is wrong, as a sentence without a full stop.
  public var message: String

  /// An error at a place.
  public init(line: Int, column: Int, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }

  /// An error after what has been read.
  init(in read: Slice<UnsafeBufferPointer<UInt8>>, message: String) {
    var line = 1
    var column = 1
    for byte in read {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    self.init(line: line, column: column, message: message)
  }

  /// Line, column and message.
  public var description: String { "\(line):\(column): \(message)" }
}
