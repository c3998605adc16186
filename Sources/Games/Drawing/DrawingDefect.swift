/// Why a game is not drawn.
public enum DrawingDefect: Error, Equatable, Sendable, CustomStringConvertible {
  /// A tree of so many nodes would be too large to look at.
  case tooManyNodes(count: Int, limit: Int)

  /// What is wrong, as a sentence without a full stop.
  public var description: String {
    switch self {
    case .tooManyNodes(let count, let limit):
      "the tree has \(count) nodes; a drawing holds at most \(limit)"
    }
  }
}
