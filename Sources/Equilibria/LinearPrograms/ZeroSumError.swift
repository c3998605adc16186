public import Games
public import Mathematics

/// Why a game is not solved as a constant-sum game of two players.
public enum ZeroSumError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The game does not have two players.
  case notTwoPlayers(count: Int)
  /// A player has no strategy.
  case noStrategies(player: String)
  /// The payoffs at a profile of strategies do not add up to what they add up to at the first.
  case notConstantSum(profile: [String], sum: Rational, expected: Rational)
  /// The payoffs at an end do not add up to what they add up to at the first that chance allows.
  case notConstantSumAtEnd(outcome: String, node: Int, sum: Rational, expected: Rational)
  /// A player holds odds of its own, so that expected payoffs do not add up.
  case subjectiveOdds(player: String)
  /// A payoff or odds are not finite.
  case notFinite
  /// The odds of a move of chance are negative or all 0.
  case odds(move: String)
  /// The game has no sequence form.
  case sequenceForm(SequenceForm.Defect)
  /// The linear program was not solved.
  case program(LinearProgramError)
  /// Rounding left a player more to gain than the tolerance, both in units of the payoff range.
  case notConverged(regret: Double, tolerance: Double)

  /// What is wrong, as a sentence without a full stop.
  public var description: String {
    switch self {
    case .notTwoPlayers(let count):
      "the game has \(count) player\(count == 1 ? "" : "s"); this method is for two"
    case .noStrategies(let player): "the player '\(player)' has no strategy"
    case .notConstantSum(let profile, let sum, let expected):
      "the payoffs of the profile (\(profile.joined(separator: ", "))) add up to \(sum), "
        + "not to \(expected); this method is for games of constant sum"
    case .notConstantSumAtEnd(let outcome, let node, let sum, let expected):
      "the payoffs of the end '\(outcome)' (node \(node)) add up to \(sum), not to \(expected); "
        + "this method is for games of constant sum"
    case .subjectiveOdds(let player):
      "\(player) holds odds of its own; this method needs common ones"
    case .notFinite: "a payoff or odds are not finite"
    case .odds(let move): "the odds of '\(move)' are negative or all 0"
    case .sequenceForm(let defect): defect.description
    case .program(let error): error.description
    case .notConverged(let regret, let tolerance):
      "rounding left a regret of \(regret) of the payoff range, above \(tolerance)"
    }
  }
}
