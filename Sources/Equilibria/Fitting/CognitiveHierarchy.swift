public import Games
import Mathematics

/// The cognitive hierarchy of Camerer, Ho & Chong (2004): levels are distributed by Poisson's law
/// with mean τ; level 0 plays everything equally often, and level k a best reply to what it takes
/// for the truth, the law cut off below k.
public struct CognitiveHierarchy: Sendable, Equatable {
  /// The mean level.
  public let tau: Double
  /// What each level plays, up to where all higher ones together are rarer than one in 10¹².
  public let levels: [NumericProfile]
  /// The share of each level.
  public let shares: [Double]
  /// What a player of unknown level plays.
  public let profile: NumericProfile

  /// The hierarchy of a mean level, which is at least 0.
  ///
  /// - Complexity: for each level and player, the number of pure profiles.
  public init(of table: PayoffTable, tau: Double) {
    precondition(tau >= 0 && tau.isFinite, "a mean level is at least 0 and finite")
    self.tau = tau
    var shares = [exponential(-tau)]
    var levels = [LevelK.uniform(table)]
    // Of all levels so far, by their shares.
    var sum = levels[0].probabilities.map { $0.map { $0 * shares[0] } }
    var total = shares[0]
    while 1 - total > 1e-12, shares.count < 1000 {
      let level = shares.count
      let beliefs = NumericProfile(sum.map { $0.map { $0 / total } })
      let choice = NumericProfile(
        table.sizes.indices.map { LevelK.bestReply(of: $0, to: beliefs, in: table) })
      let share = shares[level - 1] * tau / Double(level)
      if !(share > 0) { break }
      for player in sum.indices {
        for strategy in sum[player].indices {
          sum[player][strategy] += share * choice.probabilities[player][strategy]
        }
      }
      total += share
      shares.append(share)
      levels.append(choice)
    }
    self.levels = levels
    self.shares = shares
    profile = NumericProfile(sum.map { $0.map { $0 / total } })
  }

  /// The mean level that makes observed play likeliest.
  public struct Fit: Sendable, Equatable {
    /// The hierarchy at the estimate.
    public let hierarchy: CognitiveHierarchy
    /// The τ around the estimate whose likelihood is not too low (Wilks 1938), as far as it is in
    /// one piece; its upper end is infinite where it reaches the end of the search.
    public let interval: ClosedRange<Double>
    /// Σ count · log probability.
    public let logLikelihood: Double

    /// The estimate of τ.
    public var tau: Double { hierarchy.tau }

    /// Fits τ. What a level replies jumps as τ passes some values, and the likelihood with it: τ is
    /// searched on a grid, then between the neighbors of the best.
    ///
    /// - Parameters:
    ///   - counts: by player and strategy.
    ///   - largestTau: where the search ends.
    ///   - confidence: of the interval.
    public init(
      of table: PayoffTable, counts: [[Double]], largestTau: Double = 10,
      confidence: Double = 0.95
    ) throws(FittingError) {
      let play = try ObservedPlay(counts, of: table)
      func value(_ tau: Double) -> Double {
        play.logLikelihood(of: CognitiveHierarchy(of: table, tau: tau).profile)
      }
      let cells = Self.cells
      let grid = (0...cells).map { largestTau * Double($0) / Double(cells) }
      let values = grid.map(value)
      var best = 0
      for place in grid.indices where values[place] > values[best] { best = place }
      let refined = Self.peak(
        from: grid[max(0, best - 1)], to: grid[min(cells, best + 1)], value: value)
      let tau = value(refined) > values[best] ? refined : grid[best]
      logLikelihood = max(value(tau), values[best])
      hierarchy = CognitiveHierarchy(of: table, tau: tau)
      let target =
        logLikelihood - QuantalResponseFit<NumericProfile>.drop(confidence: confidence)
      let below = (0...best).last { values[$0] < target }
      let above = (best...cells).first { values[$0] < target }
      let lower = below.map {
        Self.crossing(inside: min(grid[$0 + 1], tau), outside: grid[$0], target, value)
      }
      let upper = above.map {
        Self.crossing(inside: max(grid[$0 - 1], tau), outside: grid[$0], target, value)
      }
      interval = (lower ?? 0)...(upper ?? .infinity)
    }

    private static let cells = 500

    /// Golden sections (Kiefer 1953).
    private static func peak(
      from low: Double, to high: Double, value: (Double) -> Double
    ) -> Double {
      let ratio = (5.0.squareRoot() - 1) / 2
      var (low, high) = (low, high)
      var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
      var (leftValue, rightValue) = (value(left), value(right))
      for _ in 0..<60 where high - low > 1e-9 {
        if leftValue >= rightValue {
          (high, right, rightValue) = (right, left, leftValue)
          left = high - ratio * (high - low)
          leftValue = value(left)
        } else {
          (low, left, leftValue) = (left, right, rightValue)
          right = low + ratio * (high - low)
          rightValue = value(right)
        }
      }
      return low + (high - low) / 2
    }

    private static func crossing(
      inside: Double, outside: Double, _ target: Double, _ value: (Double) -> Double
    ) -> Double {
      var (inside, outside) = (inside, outside)
      for _ in 0..<40 {
        let middle = inside + (outside - inside) / 2
        if value(middle) < target { outside = middle } else { inside = middle }
      }
      return inside
    }
  }
}
