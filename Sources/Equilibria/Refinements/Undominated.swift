import Games
import Mathematics

/// Weak dominance of mixed strategies, exactly.
enum Undominated {
  /// No other strategy of a player, mixed or pure, is at least as good whatever the others do and
  /// better for something that they may do.
  ///
  /// - Complexity: one exact linear program of strategies × combinations of the others'.
  static func isUndominated(
    _ strategy: [Rational], of player: Int, in game: StrategicGame
  ) throws(LinearProgramError) -> Bool {
    var others = [0]
    for other in game.players.indices where other != player {
      others = game.strategies[other].indices.flatMap { choice in
        others.map { $0 + choice * game.strides[other] }
      }
    }
    let own = game.strategies[player].indices
    func payoff(_ choice: Int, _ combination: Int) -> Rational {
      game.payoff(player, at: combination + choice * game.strides[player])
    }
    // The most that another mixture yields above this one, summed over what the others may do.
    var program = LinearProgram<Rational>(
      .maximize, own.map { choice in others.reduce(.zero) { $0 + payoff(choice, $1) } })
    program.require(own.map { ($0, .one) }, .equal, .one)
    var total = Rational.zero
    for combination in others {
      let value = own.reduce(Rational.zero) { sum, choice in
        strategy[choice].signum == 0 ? sum : sum + strategy[choice] * payoff(choice, combination)
      }
      total += value
      program.require(own.map { ($0, payoff($0, combination)) }, .atLeast, value)
    }
    guard let best = try program.solve().solution else { return true }
    return best.value == total
  }
}
