import Games
import Mathematics

/// The equilibria of a two-player game with given supports, exactly: each player's mixture makes the
/// other's strategies in the support yield the same, which is a system of linear equations.
struct ExactSupport {
  /// The mixtures on one support that keep the other player where it is.
  enum Mixtures {
    /// There is none.
    case none
    /// There is one, by strategy of the player.
    case one([Rational])
    /// The equations leave some freedom; there may be none or infinitely many.
    case many
  }

  private let game: StrategicGame

  init(_ game: StrategicGame) { self.game = game }

  /// A player's mixtures on its support, against which the strategies in the other's support yield
  /// the same and no other yields more.
  func mixtures(of player: Int, supports: [[Int]]) -> Mixtures {
    let other = 1 - player
    let own = supports[player]
    let leader = supports[other][0]
    func payoff(_ reply: Int, _ strategy: Int) -> Rational {
      game.payoff(
        other, at: reply * game.strides[other] + strategy * game.strides[player])
    }
    // Coefficients, then the right side.
    var rows = [Array(repeating: Rational.one, count: own.count + 1)]
    for reply in supports[other].dropFirst() {
      rows.append(own.map { payoff(reply, $0) - payoff(leader, $0) } + [.zero])
    }
    switch Self.solve(&rows, unknowns: own.count) {
    case .none: return .none
    case .many: return .many
    case .one(let solution):
      guard solution.allSatisfy({ $0.signum > 0 }) else { return .none }
      for reply in game.strategies[other].indices where !supports[other].contains(reply) {
        let gain = zip(own, solution).reduce(Rational.zero) {
          $0 + (payoff(reply, $1.0) - payoff(leader, $1.0)) * $1.1
        }
        if gain.signum > 0 { return .none }
      }
      var mixture = game.strategies[player].map { _ in Rational.zero }
      for (strategy, share) in zip(own, solution) { mixture[strategy] = share }
      return .one(mixture)
    }
  }

  /// Gauss–Jordan elimination.
  private static func solve(_ rows: inout [[Rational]], unknowns: Int) -> Mixtures {
    var rank = 0
    for column in 0..<unknowns {
      guard let pivot = (rank..<rows.count).first(where: { rows[$0][column].signum != 0 }) else {
        continue
      }
      rows.swapAt(rank, pivot)
      let scale = rows[rank][column].reciprocal
      for entry in column...unknowns { rows[rank][entry] = rows[rank][entry] * scale }
      for row in rows.indices where row != rank && rows[row][column].signum != 0 {
        let factor = rows[row][column]
        for entry in column...unknowns where rows[rank][entry].signum != 0 {
          rows[row][entry] = rows[row][entry] - factor * rows[rank][entry]
        }
      }
      rank += 1
    }
    if rows[rank...].contains(where: { $0[unknowns].signum != 0 }) { return .none }
    return rank < unknowns ? .many : .one((0..<unknowns).map { rows[$0][unknowns] })
  }
}
