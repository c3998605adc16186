/// A place in a text, counted from 1 as editors do. `column` counts characters.
public struct Place: Sendable, Hashable, Comparable {
  /// The line, from 1.
  public var line: Int
  /// The character on the line, from 1.
  public var column: Int

  /// A place by line and column, both from 1.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// True if the left place comes first in the text.
  public static func < (left: Place, right: Place) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
