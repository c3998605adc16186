import Games
import Mathematics

/// The exact equilibrium of a two-player game on given supports.
enum SupportEquilibrium {
  /// The one profile on supports of equal size that makes each player indifferent between the
  /// strategies of its own support, if there is exactly one and ``StrategicVerifier`` finds it to be
  /// an equilibrium.
  static func profile(
    of game: StrategicGame, onRows rows: [Int], columns: [Int]
  ) -> MixedProfile? {
    let stride = game.strides[1]
    guard rows.count == columns.count,
      let x = strategy(on: rows, indifferent: columns, { game.payoff(1, at: $0 + $1 * stride) }),
      let y = strategy(on: columns, indifferent: rows, { game.payoff(0, at: $1 + $0 * stride) })
    else { return nil }
    var profile = MixedProfile(game.strategies.map { Array(repeating: .zero, count: $0.count) })
    for (row, share) in zip(rows, x) { profile.probabilities[0][row] = share }
    for (column, share) in zip(columns, y) { profile.probabilities[1][column] = share }
    let certificate = try? StrategicVerifier.certificate(of: profile, in: game)
    return certificate?.isNash == true ? profile : nil
  }

  /// The probabilities on a support against which some strategies of the other player are worth the
  /// same; nil unless there is one such distribution. `payoff(own, response)` is the other player's.
  private static func strategy(
    on support: [Int], indifferent: [Int], _ payoff: (Int, Int) -> Rational
  ) -> [Rational]? {
    guard let leader = indifferent.first else { return nil }
    let gains = indifferent.dropFirst().flatMap { response in
      support.map { payoff($0, response) - payoff($0, leader) }
    }
    let system = RationalLinearSystem(
      matrix: gains + Array(repeating: .one, count: support.count),
      sides: Array(repeating: .zero, count: support.count - 1) + [.one])
    guard let (numerators, denominator) = system.solution(),
      numerators.allSatisfy({ $0.signum >= 0 })
    else { return nil }
    return numerators.map { Rational(big: $0, denominator) }
  }
}
