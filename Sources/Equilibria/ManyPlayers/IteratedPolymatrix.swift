public import Games
public import Mathematics

/// A Nash equilibrium by iterated polymatrix approximation (Govindan & Wilson 2004): around a
/// profile the game is replaced by the polymatrix game with the same values and derivatives, whose
/// equilibrium is the next profile. Near a regular equilibrium this is Newton's method.
///
/// With two players the first approximation is the game itself. Convergence is not assured: the
/// method begins anew from other profiles, and says so if none leads to an equilibrium.
///
/// ```swift
/// let result = try IteratedPolymatrix(seed: 3).equilibrium(of: PayoffTable(game))
/// ```
///
/// - Complexity: an iteration costs twice the number of pure profiles times the players, and some
///   pivots, each the square of the number of strategies.
public struct IteratedPolymatrix: Sendable {
  /// Makes the first profiles and the paths of pivots.
  public var seed: UInt64
  /// How many first profiles to try.
  public var starts: Int
  /// How many approximations to make from each.
  public var iterations: Int

  /// A method with its starts.
  public init(seed: UInt64 = 1, starts: Int = 20, iterations: Int = 60) {
    self.seed = seed
    self.starts = starts
    self.iterations = iterations
  }

  /// What was found.
  public struct Result: Sendable, Equatable {
    /// The equilibrium.
    public var profile: NumericProfile
    /// The largest that any player could gain, in units of its payoff range: at most 10⁻⁹.
    public var regret: Double
    /// How many approximations were solved, over all starts.
    public var iterations: Int
    /// From how many profiles it took to begin.
    public var starts: Int
  }

  /// Looks for an equilibrium.
  ///
  /// - Throws: ``ManyPlayersError/notConverged(steps:)``, ``ManyPlayersError/stopped(_:)``.
  public func equilibrium(
    of table: PayoffTable, within work: WorkLimit = .none
  ) throws(ManyPlayersError) -> Result {
    try ManyPlayersError.check(table)
    var pairs = PairPayoffs(table, scales: table.sizes.indices.map { table.range(of: $0) })
    var polish = NashPolish(table)
    var made = 0
    for start in 0..<max(1, starts) {
      var stream = SplitMix64(seed: SplitMix64.hash(seed, UInt64(start)))
      let covering = (0..<(pairs.count + table.sizes.count)).map { _ in 0.5 + stream.uniform() }
      var probabilities = Self.mixture(pairs, first: start == 0, using: &stream)
      for iteration in 0..<iterations {
        if let stop = work.stop(after: made) { throw .stopped(stop) }
        made += 1
        pairs.evaluate(probabilities)
        guard let next = Self.approximate(pairs, covering: covering) else { break }
        let profile = pairs.profile(next)
        let regret = table.regrets(of: profile).max() ?? 0
        // A certificate decides; polishing pays only near an equilibrium.
        if regret < 1e-2 || iteration == 0, let found = polish.polish(profile, within: 0.1) {
          return Result(
            profile: found, regret: table.regrets(of: found).max() ?? 0, iterations: made,
            starts: start + 1)
        }
        // Where whole steps lead around in circles shorter ones may not.
        let share = iteration < 20 ? 1 : iteration < 40 ? 0.5 : 0.2
        for place in probabilities.indices {
          probabilities[place] += share * (next[place] - probabilities[place])
        }
      }
    }
    throw .notConverged(steps: made)
  }

  /// The centroid, or a random profile.
  private static func mixture(
    _ pairs: PairPayoffs, first: Bool, using stream: inout SplitMix64
  ) -> [Double] {
    var all: [Double] = []
    for size in pairs.sizes {
      let weights = (0..<size).map { _ in first ? 1 : -logarithm(1 - stream.uniform()) + 1e-9 }
      let total = weights.reduce(0, +)
      all += weights.map { $0 / total }
    }
    return all
  }

  /// The equilibrium of the polymatrix game with the game's values and derivatives at a profile.
  private static func approximate(_ pairs: PairPayoffs, covering: [Double]) -> [Double]? {
    let players = pairs.sizes.count
    if players == 1 {
      let best = pairs.best(0)
      let first = pairs.values.firstIndex(of: best) ?? 0
      return pairs.values.indices.map { $0 == first ? 1 : 0 }
    }
    // The values count once for each other player, but should once.
    let constants = pairs.values.map { -Double(players - 2) * $0 }
    let game = PolymatrixGame(
      sizes: pairs.sizes, offsets: pairs.offsets, payoffs: pairs.derivatives, constants: constants)
    return game.equilibrium(covering: covering)
  }
}
