public import Games
import Mathematics

/// Levels of reasoning (Stahl & Wilson 1994; Nagel 1995): level 0 plays everything equally often,
/// level k plays a best reply to players of level k − 1, each tied best reply equally often.
public enum LevelK {
  /// Values that differ by less, in units of the player's payoff range, are ties.
  static let tie = 1e-12

  /// What levels 0 to `highest` play.
  ///
  /// - Complexity: for each level and player, the number of pure profiles.
  public static func levels(of table: PayoffTable, upTo highest: Int) -> [NumericProfile] {
    var levels = [uniform(table)]
    for _ in 0..<max(0, highest) {
      let below = levels[levels.count - 1]
      levels.append(
        NumericProfile(table.sizes.indices.map { bestReply(of: $0, to: below, in: table) }))
    }
    return levels
  }

  static func uniform(_ table: PayoffTable) -> NumericProfile {
    NumericProfile(table.sizes.map { Array(repeating: 1 / Double($0), count: $0) })
  }

  static func bestReply(
    of player: Int, to profile: NumericProfile, in table: PayoffTable
  ) -> [Double] {
    let values = table.strategyValues(of: player, against: profile)
    let best = values.max() ?? 0
    let margin = tie * table.range(of: player)
    let isBest = values.map { best - $0 <= margin }
    let share = 1 / Double(isBest.count { $0 })
    return isBest.map { $0 ? share : 0 }
  }

  /// The shares of levels that make observed play likeliest.
  public struct Fit: Sendable, Equatable {
    /// The share of each level, from 0 up. Level 0 also stands for errors.
    public let shares: [Double]
    /// What each level plays.
    public let levels: [NumericProfile]
    /// What a player of unknown level plays.
    public let profile: NumericProfile
    /// Σ count · log probability.
    public let logLikelihood: Double
    /// How many rounds of expectation and maximization it took.
    public let iterations: Int

    /// Fits the shares by expectation and maximization (Dempster, Laird & Rubin 1977). The
    /// likelihood is concave in the shares, so that its maximum is found from anywhere; levels
    /// that play alike share it in any proportion.
    ///
    /// - Parameters:
    ///   - counts: by player and strategy.
    ///   - highest: the highest level.
    public init(
      of table: PayoffTable, counts: [[Double]], highest: Int = 3, iterations limit: Int = 100_000
    ) throws(FittingError) {
      let play = try ObservedPlay(counts, of: table)
      let levels = LevelK.levels(of: table, upTo: highest)
      var shares = Array(repeating: 1 / Double(levels.count), count: levels.count)
      var iterations = 0
      var isDone = false
      while !isDone, iterations < limit {
        iterations += 1
        let next = Self.improved(shares, levels, play)
        isDone = zip(next, shares).allSatisfy { abs($0 - $1) <= 1e-12 }
        shares = next
      }
      self.shares = shares
      self.levels = levels
      profile = Self.mixture(shares, levels)
      logLikelihood = play.logLikelihood(of: profile)
      self.iterations = iterations
    }

    private static func improved(
      _ shares: [Double], _ levels: [NumericProfile], _ play: ObservedPlay
    ) -> [Double] {
      var next = Array(repeating: 0.0, count: shares.count)
      for (player, list) in play.counts.enumerated() {
        for (strategy, count) in list.enumerated() where count > 0 {
          let weights = shares.indices.map {
            shares[$0] * levels[$0].probabilities[player][strategy]
          }
          let total = weights.reduce(0, +)
          for level in shares.indices { next[level] += count * weights[level] / total }
        }
      }
      return next.map { $0 / play.total }
    }

    private static func mixture(
      _ shares: [Double], _ levels: [NumericProfile]
    ) -> NumericProfile {
      NumericProfile(
        levels[0].probabilities.indices.map { player in
          levels[0].probabilities[player].indices.map { strategy in
            shares.indices.reduce(0) {
              $0 + shares[$1] * levels[$1].probabilities[player][strategy]
            }
          }
        })
    }
  }
}
