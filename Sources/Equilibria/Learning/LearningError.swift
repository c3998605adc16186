public import Games

/// Why a game cannot be compiled for the methods of this room.
public enum LearningError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The game has no sequence form.
  case structure(SequenceForm.Defect)
  /// Nothing can be done at an information set.
  case noActions(informationSet: String)
  /// A payoff times its odds is not a number.
  case notFinite(terminal: Int)
  /// The odds of a move of chance are negative, or there are none to draw from.
  case odds(move: String)
  /// A player moves too often on one path.
  case tooDeep

  /// What is wrong, as a sentence without a full stop.
  public var description: String {
    switch self {
    case .structure(let defect): defect.description
    case .noActions(let label): "nothing can be done at '\(label)'"
    case .notFinite(let terminal): "a payoff or the odds of end \(terminal) are not finite"
    case .odds(let move): "the odds of the move of chance '\(move)' are negative or all 0"
    case .tooDeep:
      "a player moves more than \(SampledTree.depthLimit) times on one path"
    }
  }
}
