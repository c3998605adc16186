/// The text of an expression and where it stands.
public struct ExpressionSource: Sendable {
  /// The formula as written.
  public let text: String
  /// Where its first character stands.
  public let place: Place
  /// The offset of each character is a column on the same line.
  public let isOnOneLine: Bool
  /// For each scalar the character that it belongs to; nil where they are the same.
  private let characters: [Int]?

  /// A source. Set `isOnOneLine` where columns can be counted from `place`.
  public init(text: String, place: Place, isOnOneLine: Bool) {
    self.text = text
    self.place = place
    self.isOnOneLine = isOnOneLine
    let isPlain = !isOnOneLine || text.utf8.allSatisfy { $0 < 0x80 }
    characters =
      isPlain
      ? nil
      : text.enumerated().flatMap { index, character in
        repeatElement(index, count: character.unicodeScalars.count)
      }
  }

  /// The place of a scalar of the text.
  func place(of offset: Int) -> Place {
    guard isOnOneLine else { return place }
    guard let characters else { return Place(line: place.line, column: place.column + offset) }
    let last = characters.last.map { $0 + 1 } ?? 0
    return Place(
      line: place.line,
      column: place.column + (offset < characters.count ? characters[max(0, offset)] : last))
  }

  /// Some scalars of the text.
  func words(from offset: Int, length: Int) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.dropFirst(offset).prefix(max(0, length))))
  }
}

/// What is wrong with an expression, at its place.
public struct ExpressionError: Error, Equatable, Sendable {
  /// A stable name in kebab case.
  public var code: String
  /// Where it begins.
  public var place: Place
  /// How many characters it concerns.
  public var length: Int
  /// What is wrong.
  public var message: String
  /// What to do about it.
  public var remedy: String?
  /// It follows from another error, which says what is wrong.
  public var isConsequence = false
}

/// What kind of thing an expression gives.
public enum ExpressionType: Equatable, Sendable {
  case number, boolean
  /// A value of the fact with this index.
  case fact(Int)
  /// A round of the loop with this index.
  case round(Int)
}
