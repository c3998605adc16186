public import Games

/// Why a game cannot be compiled for the methods of this room.
public enum LearningError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The game has no sequence form.
  case structure(SequenceForm.Defect)
  /// Nothing can be done at an information set.
  case noActions(informationSet: String)
  /// A payoff times its odds is not a number.
  case notFinite(terminal: Int)
  /// The odds of a move of chance are negative.
  case negativeOdds(move: String)

  /// What is wrong, as a sentence without a full stop.
  public var description: String {
    switch self {
    case .structure(let defect): defect.description
    case .noActions(let label): "nothing can be done at '\(label)'"
    case .notFinite(let terminal): "a payoff or the odds of end \(terminal) are not finite"
    case .negativeOdds(let move): "an odd of the move of chance '\(move)' is negative"
    }
  }
}
