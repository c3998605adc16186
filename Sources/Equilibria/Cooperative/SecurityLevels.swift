public import Games
public import Mathematics

extension CoalitionGame {
  /// The coalition game of a strategic game whose payoffs have a common unit and can be transferred
  /// (von Neumann & Morgenstern 1944, section 25): a coalition is worth the largest sum of payoffs
  /// that it can secure by a joint mixture, whatever the others jointly do; all together are worth
  /// the largest sum of payoffs. The game is superadditive.
  ///
  /// - Complexity: an exact zero-sum game per coalition, of all joint strategies on each side.
  public init(
    securityLevelsOf game: StrategicGame, limit: WorkLimit = .none
  ) throws(CoalitionGameError) {
    try CoalitionGame.check(players: game.players)
    var worths = [Rational.zero]
    for bits in 1..<(1 << game.players.count) {
      if let stop = limit.stop(after: bits - 1, interval: 1) { throw .stopped(stop) }
      let matrix = CoalitionGame.jointPayoffs(of: Coalition(bits: bits), in: game)
      do {
        let secured = try MatrixGame<Rational>(
          matrix.flatMap { $0 }, columns: matrix[0].count, limit: limit)
        worths.append(secured.value)
      } catch {
        throw .unsolved(error)
      }
    }
    try self.init(players: game.players, worths: worths)
  }

  /// The sums of a coalition's payoffs, by its joint strategies and the others'.
  private static func jointPayoffs(
    of coalition: Coalition, in game: StrategicGame
  ) -> [[Rational]] {
    let members = coalition.members
    let others = game.players.indices.filter { !coalition.contains($0) }
    let rows = members.reduce(1) { $0 * game.strategies[$1].count }
    let columns = others.reduce(1) { $0 * game.strategies[$1].count }
    func ordinal(_ group: [Int], _ profile: Int) -> Int {
      group.reversed().reduce(0) {
        $0 * game.strategies[$1].count + game.strategy(of: $1, in: profile)
      }
    }
    var matrix = Array(repeating: Array(repeating: Rational.zero, count: columns), count: rows)
    for profile in 0..<game.profileCount {
      matrix[ordinal(members, profile)][ordinal(others, profile)] = members.reduce(.zero) {
        $0 + game.payoff($1, at: profile)
      }
    }
    return matrix
  }
}
