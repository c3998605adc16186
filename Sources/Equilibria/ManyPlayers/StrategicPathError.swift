public import Games
public import Mathematics

/// Why a path of logit equilibria of a strategic game gives no result.
public enum StrategicPathError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The game is not fit for the method.
  case game(ManyPlayersError)
  /// The path ended before what was wanted.
  case notConverged(Reached)

  /// What ended a path.
  public enum Cause: Sendable, Equatable {
    /// Steps became too small.
    case stepUnderflow
    /// There were too many steps.
    case stepLimit
    /// The logit equations could not be solved to the precision promised.
    case residual
    /// The last point is no Nash equilibrium to the precision promised.
    case regret
    /// The work limit.
    case stopped(WorkLimit.Stop)
  }

  /// The last point of a path.
  public struct Reached: Sendable, Equatable {
    /// What ended the path; nil if nothing did.
    public var cause: Cause?
    /// Its λ, in the path's units.
    public var lambda: Double
    /// What is played there.
    public var profile: NumericProfile
    /// The largest that any player could gain, in units of its payoff range.
    public var regret: Double
    /// How many steps were made.
    public var steps: Int

    var isWorthAnotherAttempt: Bool {
      if case .stopped = cause { return false }
      return true
    }
  }

  /// The error as a sentence.
  public var description: String {
    switch self {
    case .game(let error): return error.description
    case .notConverged(let reached):
      let why =
        switch reached.cause {
        case .stepUnderflow: "its steps became too small"
        case .stepLimit: "it had too many steps"
        case .residual: "the logit equations could not be solved precisely enough"
        case .regret, nil: "its end is not precise enough"
        case .stopped(let stop): "it \(stop)"
        }
      return """
        the branch did not converge: \(why), at λ \(reached.lambda), where a player could still \
        gain \(reached.regret) of its payoff range
        """
    }
  }
}
