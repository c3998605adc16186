/// Why a game cannot be solved by a method.
public enum SolverError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A player forgets what it knew or did, at this information set.
  case imperfectRecall(informationSet: String)
  /// An information set has no action.
  case noActions(informationSet: String)

  /// The error as a sentence.
  public var description: String {
    switch self {
    case .imperfectRecall(let label):
      "the player who moves at `\(label)` forgets what it knew or did; this method needs recall"
    case .noActions(let label):
      "nothing can be done at `\(label)`"
    }
  }
}
