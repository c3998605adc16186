/// Why a model of play cannot be fitted to observations.
public enum FittingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The counts do not have the game's shape.
  case shape
  /// A count is below 0 or not finite.
  case badCount
  /// Nothing was observed.
  case noObservations
  /// The game has no logit path; see the error.
  case path(StrategicPathError)
  /// A payoff or an odds value is not fit for the solver.
  case game
  /// The branch of logit equilibria could not be followed.
  case branch(StrategicPathError.Cause?)

  /// The error as a sentence.
  public var description: String {
    switch self {
    case .shape: "the counts do not have the shape of the game"
    case .badCount: "a count is below 0 or not finite"
    case .noObservations: "nothing was observed"
    case .path(let error): error.description
    case .game: "the game's numbers are not finite"
    case .branch: "the branch of logit equilibria could not be followed"
    }
  }
}
