public import Games
public import Mathematics

/// The value and optimal strategies of a two-player game of constant sum in strategic form, by
/// linear programming (von Neumann 1928; Dantzig 1951). Each optimal strategy is a maximin strategy,
/// and any two of them are a Nash equilibrium.
///
/// ```swift
/// let result = try ZeroSumStrategic().solve(game)
/// result.value    // what the first player can secure, exact
/// result.profile  // an equilibrium
/// ```
///
/// - Complexity: a pivot of the simplex method costs rows times columns; random games need about as
///   many pivots as a few times their strategies.
public struct ZeroSumStrategic: Sendable {
  /// When to stop.
  public var limit: WorkLimit

  /// A solver that may work so long.
  public init(limit: WorkLimit = .none) { self.limit = limit }

  /// The largest regret of a numeric result, in units of the payoff range.
  public static let tolerance = 1e-9

  /// An exact solution.
  public struct Result: Sendable, Hashable {
    /// What the first player can secure.
    public var value: Rational
    /// What both players' payoffs add up to at every profile.
    public var sum: Rational
    /// An optimal strategy for each player.
    public var profile: MixedProfile
    /// The pivots of the simplex method.
    public var pivots: Int
  }

  /// A solution in floating point.
  public struct NumericResult: Sendable, Equatable {
    /// What the first player can secure.
    public var value: Double
    /// What both players' payoffs add up to at every profile.
    public var sum: Double
    /// An optimal strategy for each player.
    public var profile: NumericProfile
    /// What each player could still gain, in units of the payoff range; at most
    /// ``ZeroSumStrategic/tolerance``.
    public var regrets: [Double]
    /// The pivots of the simplex method.
    public var pivots: Int
  }

  /// Solves a game exactly.
  ///
  /// - Throws: ``ZeroSumError`` if the game is not of constant sum between two players, exactly, or
  ///   the limit is reached.
  public func solve(_ game: StrategicGame) throws(ZeroSumError) -> Result {
    let sum = try ZeroSumStrategic.constantSum(of: game)
    let rows = game.strategies[0].count
    let columns = game.strategies[1].count
    var payoffs: [Rational] = []
    payoffs.reserveCapacity(rows * columns)
    for row in 0..<rows {
      for column in 0..<columns { payoffs.append(game.payoff(0, at: column * rows + row)) }
    }
    let solution: MatrixGame<Rational>
    do {
      solution = try MatrixGame(payoffs, columns: columns, limit: limit)
    } catch {
      throw .program(error)
    }
    return Result(
      value: solution.value, sum: sum, profile: MixedProfile([solution.rows, solution.columns]),
      pivots: solution.pivots)
  }

  /// Solves a game in floating point. That its sum is constant is tested exactly all the same.
  ///
  /// - Throws: ``ZeroSumError`` if the game is not of constant sum between two players, the limit
  ///   is reached, or rounding leaves too much regret.
  public func solveNumerically(_ game: StrategicGame) throws(ZeroSumError) -> NumericResult {
    let sum = try ZeroSumStrategic.constantSum(of: game)
    let rows = game.strategies[0].count
    let columns = game.strategies[1].count
    let payoffs = NormalizedPayoffs((0..<game.profileCount).map { game.payoff(0, at: $0) })
    var matrix = [Double](repeating: 0, count: rows * columns)
    for column in 0..<columns {
      for row in 0..<rows {
        matrix[row * columns + column] = payoffs.values[column * rows + row]
      }
    }
    let solution: MatrixGame<Double>
    do {
      solution = try MatrixGame(
        matrix, columns: columns, limit: limit, tolerance: ZeroSumStrategic.tolerance)
    } catch {
      throw .program(error)
    }
    let profile = NumericProfile([solution.rows, solution.columns])
    let table = PayoffTable(
      sizes: [rows, columns], payoffs: [payoffs.values, payoffs.values.map { 1 - $0 }])
    let regrets = table.regrets(of: profile)
    let worst = regrets.max() ?? 0
    guard worst <= ZeroSumStrategic.tolerance else {
      throw .notConverged(regret: worst, tolerance: ZeroSumStrategic.tolerance)
    }
    return NumericResult(
      value: payoffs.denormalized(solution.value), sum: sum.doubleValue, profile: profile,
      regrets: regrets, pivots: solution.pivots)
  }

  /// What two players' payoffs add up to at every profile, exactly.
  ///
  /// - Throws: ``ZeroSumError`` if there are not two players with a strategy each, or the sums
  ///   differ; the first profile that differs is named.
  public static func constantSum(of game: StrategicGame) throws(ZeroSumError) -> Rational {
    guard game.players.count == 2 else { throw .notTwoPlayers(count: game.players.count) }
    for (player, strategies) in zip(game.players, game.strategies) where strategies.isEmpty {
      throw .noStrategies(player: player)
    }
    let expected = game.payoff(0, at: 0) + game.payoff(1, at: 0)
    for index in 1..<max(1, game.profileCount) {
      let sum = game.payoff(0, at: index) + game.payoff(1, at: index)
      if sum != expected {
        throw .notConstantSum(
          profile: [0, 1].map { game.strategies[$0][game.strategy(of: $0, in: index)] }, sum: sum,
          expected: expected)
      }
    }
    return expected
  }
}
