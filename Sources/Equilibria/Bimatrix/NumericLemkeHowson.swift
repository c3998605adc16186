public import Games
public import Mathematics

/// One equilibrium of a two-player game in floating point, by paths of Lemke & Howson (1964).
///
/// The paths of all missing labels start from the origin and race by turns in a fixed order: one is
/// followed on and on while the others are tried a little way each, now and then further, until
/// one ends. Where it ends, the supports found are solved again from the payoffs, and the regrets
/// of the profile are computed from the game alone. If rounding has led a path astray, so that it
/// cycles or its end is no equilibrium, the other labels go on.
///
/// ```swift
/// let result = try NumericLemkeHowson().equilibrium(of: PayoffTable(game))
/// ```
///
/// Ties are broken lexicographically as in ``LemkeHowson``, which gives exact equilibria. Payoffs
/// may have any scale.
///
/// - Complexity: rows × columns for each pivot. Random games of 200 by 200 need some thousand pivots
///   of all paths; the worst games exponentially many (Savani & von Stengel 2006).
public struct NumericLemkeHowson: Sendable {
  /// The largest regret that counts as none, in units of a player's payoff range.
  public var tolerance: Double

  /// A solver with this tolerance.
  public init(tolerance: Double = 1e-9) { self.tolerance = tolerance }

  /// An equilibrium, and how it was found.
  public struct Result: Sendable, Equatable {
    /// The equilibrium.
    public var profile: NumericProfile
    /// The largest gain of a player from another strategy, in units of its payoff range.
    public var regret: Double
    /// The label that was missing on the path: the strategies of both players are numbered from 0,
    /// the first player's first.
    public var label: Int
    /// The number of pivots of that path.
    public var pathLength: Int
    /// The number of pivots of all paths.
    public var pivots: Int
  }

  /// The equilibrium at the end of the first path that ends.
  ///
  /// - Parameter limit: its steps are the pivots of all paths.
  public func equilibrium(
    of table: PayoffTable, limit: WorkLimit = WorkLimit(steps: 1_000_000)
  ) throws(BimatrixError) -> Result {
    let game = try NumericBimatrix(table)
    var race = LabelRace(from: game.origins)
    var least = Double.infinity
    let outcome = try race.run(labels: game.rows + game.columns, limit: limit) { pair in
      certified(pair, game, table, &least)
    }
    guard let outcome else { throw .notConverged(regret: least) }
    return Result(
      profile: outcome.value.profile, regret: outcome.value.regret, label: outcome.label,
      pathLength: outcome.length, pivots: outcome.pivots)
  }

  /// The equilibrium at the end of the path on which one label is missing.
  public func equilibrium(
    of table: PayoffTable, dropping label: Int, limit: WorkLimit = WorkLimit(steps: 1_000_000)
  ) throws(BimatrixError) -> Result {
    let game = try NumericBimatrix(table)
    guard label >= 0, label < game.rows + game.columns else {
      throw .noSuchLabel(label, count: game.rows + game.columns)
    }
    var pair = game.origins
    var pivots = 0
    pair.start(dropping: label)
    let end = pair.follow(pivots: &pivots, limit: limit)
    if case .stopped(let stop, let duplicate) = end {
      throw .pathStopped(stop, label: label, duplicateLabel: duplicate)
    }
    var least = Double.infinity
    guard case .complete = end, let found = certified(pair, game, table, &least) else {
      throw .notConverged(regret: least)
    }
    return Result(
      profile: found.profile, regret: found.regret, label: label, pathLength: pivots,
      pivots: pivots)
  }

  /// The profile of a pair with all labels if it passes; notes the least regret seen.
  private func certified(
    _ pair: LabeledPair<NumericTableau>, _ game: NumericBimatrix, _ table: PayoffTable,
    _ least: inout Double
  ) -> (profile: NumericProfile, regret: Double)? {
    let support = pair.support(rows: game.rows)
    guard let profile = game.profile(onRows: support.rows, columns: support.columns) else {
      return nil
    }
    let regret = table.regrets(of: profile).max() ?? 0
    least = min(least, regret)
    return regret <= tolerance ? (profile, regret) : nil
  }
}
