public import Games
public import Mathematics

/// One equilibrium of a two-player game, exactly, by the paths of Lemke & Howson (1964).
///
/// From the pair of origins one label is dropped; pivots in the two best-response polytopes
/// alternate, each dropping the label that the other picked up, until the missing label is found.
/// Ties of a degenerate game are broken lexicographically, so that every path ends (von Stengel
/// 2002, sections 2.3 and 2.6). Some equilibria may be on no path: see ``AccessibleEquilibria``.
///
/// - Complexity: a pivot costs rows times columns; paths are short as a rule and exponential in the
///   worst case (Savani & von Stengel 2006).
public struct LemkeHowson: Sendable {
  /// How an equilibrium was found.
  public enum Route: Sendable, Hashable {
    /// On a path in floating point: its supports gave an equilibrium in exact arithmetic.
    case supports
    /// By pivoting in exact arithmetic.
    case pivots
  }

  /// An equilibrium, and how long the way to it was.
  public struct Result: Sendable, Hashable {
    /// The equilibrium, exact.
    public var profile: MixedProfile
    /// How it was found.
    public var route: Route
    /// The label that was missing on the path: the strategies of both players are numbered from 0,
    /// the first player's first.
    public var label: Int
    /// The number of pivots of that path.
    public var pathLength: Int
    /// The number of pivots of all paths.
    public var pivots: Int
  }

  /// A solver.
  public init() {}

  /// An equilibrium, by the quickest of the paths of all labels.
  ///
  /// The paths race in floating point, as in ``NumericLemkeHowson``. The supports at the end of the
  /// first that ends are solved exactly, and the profile passes ``StrategicVerifier`` or is not
  /// used. If no path in floating point leads to one, the paths race in exact arithmetic, where the
  /// first that ends cannot fail.
  ///
  /// ```swift
  /// let result = try LemkeHowson().equilibrium(of: game)
  /// ```
  ///
  /// - Parameter limit: its steps are the pivots of all paths, apart in either arithmetic.
  public func equilibrium(
    of game: StrategicGame, limit: WorkLimit = WorkLimit(steps: 1_000_000)
  ) throws(BimatrixError) -> Result {
    let counts = try LemkeHowson.strategyCounts(of: game)
    let numeric = try NumericBimatrix(PayoffTable(game))
    var race = LabelRace(from: numeric.origins)
    let found = try race.run(labels: counts.rows + counts.columns, limit: limit) { pair in
      let support = pair.support(rows: counts.rows)
      return SupportEquilibrium.profile(of: game, onRows: support.rows, columns: support.columns)
    }
    if let found { return Result(found, route: .supports) }

    var exactRace = LabelRace(from: try BestResponsePolytopes(game).origins)
    let last = try exactRace.run(labels: counts.rows + counts.columns, limit: limit) { pair in
      LemkeHowson.profile(at: pair)
    }
    guard let last else { throw .notConverged(regret: .infinity) }
    return Result(last, route: .pivots)
  }

  /// The equilibrium at the end of the path on which a label is missing, by exact pivots.
  public func equilibrium(
    of game: StrategicGame, dropping label: Int, limit: WorkLimit = WorkLimit(steps: 1_000_000)
  ) throws(BimatrixError) -> Result {
    let counts = try LemkeHowson.strategyCounts(of: game)
    guard label >= 0, label < counts.rows + counts.columns else {
      throw .noSuchLabel(label, count: counts.rows + counts.columns)
    }
    var pair = try BestResponsePolytopes(game).origins
    var pivots = 0
    pair.start(dropping: label)
    switch pair.follow(pivots: &pivots, limit: limit) {
    case .complete:
      return Result(
        profile: LemkeHowson.profile(at: pair), route: .pivots, label: label,
        pathLength: pivots, pivots: pivots)
    case .stopped(let stop, let duplicate):
      throw .pathStopped(stop, label: label, duplicateLabel: duplicate)
    case .capped, .unbounded:
      // There is no cap, and the polytopes are bounded.
      throw .notConverged(regret: .infinity)
    }
  }

  /// The profile of a pair of vertices.
  static func profile(at pair: LabeledPair<ExactWalk>) -> MixedProfile {
    MixedProfile(pair.tableaus.map { BestResponsePolytopes.strategy($0.tableau) })
  }

  static func strategyCounts(
    of game: StrategicGame
  ) throws(BimatrixError) -> (rows: Int, columns: Int) {
    guard game.players.count == 2 else { throw .notTwoPlayers(count: game.players.count) }
    for (player, strategies) in zip(game.players, game.strategies) where strategies.isEmpty {
      throw .noStrategies(player: player)
    }
    return (game.strategies[0].count, game.strategies[1].count)
  }
}

extension LemkeHowson.Result {
  fileprivate init<Tableau>(
    _ outcome: LabelRace<Tableau>.Outcome<MixedProfile>, route: LemkeHowson.Route
  ) {
    self.init(
      profile: outcome.value, route: route, label: outcome.label, pathLength: outcome.length,
      pivots: outcome.pivots)
  }
}
