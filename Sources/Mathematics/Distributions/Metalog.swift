import Foundation

extension Distribution {
  /// The metalog distribution with three terms (Keelin 2016, "The Metalog Distributions", Decision
  /// Analysis 13): a logistic whose spread changes with the quantile, so that it meets any three
  /// percentiles that are not too lopsided.
  ///
  /// With L the logit of u, M(u) = a₁ + a₂ L + a₃ (u − 1/2) L is the quantile itself; for a support
  /// with bounds it is the quantile of log(x − lower), −log(upper − x) or
  /// log((x − lower) / (upper − x)).
  public struct Metalog: DistributionFamily {
    /// The lower bound, or minus infinity.
    public let lower: Double
    /// The upper bound, or infinity.
    public let upper: Double
    /// The median.
    public let median: Double

    private let level: Double
    private let spread: Double
    private let skew: Double

    /// M never decreases as long as |a₃| ≤ 1.667 a₂. The number is the reciprocal of the greatest
    /// value of (u − 1/2) + u(1 − u) L. A hair is taken off, so that the density stays finite.
    static let skewLimit = 1.667_113_119_201_929_4 * (1 - 1e-9)

    /// Fits the three percentiles exactly: `low` at `tail`, `best` at 1/2, `high` at 1 − `tail`.
    ///
    /// Throws if they are not in order, not strictly inside the bounds, or too lopsided for any
    /// three-term metalog; that error holds the nearest middle value that is feasible.
    public init(
      low: Double, best: Double, high: Double, atLeast: Double? = nil, atMost: Double? = nil,
      tail: Double = 0.05
    ) throws(DistributionError) {
      let bounds = try Bounds(atLeast: atLeast, atMost: atMost)
      try checkEnds(low, high)
      guard try best.finite("best estimate") >= low, best <= high else {
        throw .middleOutside(parameter: "best estimate", value: best, low: low, high: high)
      }
      guard tail > 0, tail < 0.5 else {
        throw .middleOutside(parameter: "tail", value: tail, low: 0, high: 0.5)
      }
      try bounds.check(low, high, tail: tail)
      let (from, middle, to) = (bounds.unbound(low), bounds.unbound(best), bounds.unbound(high))
      let logit = log((1 - tail) / tail)
      spread = (to - from) / (2 * logit)
      skew = ((to - middle) - (middle - from)) / ((1 - 2 * tail) * logit)
      let reach = Metalog.skewLimit * (0.5 - tail) * (to - from) / 2
      guard spread > 0, spread.isFinite, reach.isFinite else {
        throw .noFit(name: "metalog", low: low, high: high)
      }
      guard abs(skew) <= Metalog.skewLimit * spread else {
        let half = from / 2 + to / 2
        let feasible = [bounds.bound(half - reach), bounds.bound(half + reach)].sorted()
        throw .infeasibleTriple(
          nearest: min(max(best, feasible[0]), feasible[1]), low: low, best: best, high: high,
          feasible: feasible[0]...feasible[1])
      }
      level = middle
      lower = bounds.lower
      upper = bounds.upper
      median = best
    }

    /// The coefficients a₁, a₂ and a₃, on the scale without bounds.
    public var coefficients: [Double] { [level, spread, skew] }

    /// From the lower bound to the upper.
    public var support: ClosedRange<Double> { lower...upper }

    /// The mean: a₁ + a₃/2 without bounds, else a numerical integral good to about 10 digits, which
    /// is infinite where a tail towards an open end is too heavy.
    public var mean: Double {
      if lower.isInfinite && upper.isInfinite { return level + skew / 2 }
      if lower.isFinite && upper.isFinite {
        return QuantileIntegral.mean { bounds.bound(unbounded($0)) }
      }
      let isAbove = lower.isFinite
      let tailIndex = spread + (isAbove ? skew : -skew) / 2
      guard tailIndex < 1 else { return isAbove ? .infinity : -.infinity }
      let distance = QuantileIntegral.overLogits(reach: 9) { logit in
        let value = unbounded(logit)
        return exp((isAbove ? value : -value) + QuantileIntegral.logDensity(logit))
      }
      return isAbove ? lower + distance : upper - distance
    }

    /// The quantile at `u`.
    public func interiorQuantile(_ u: Double) -> Double {
      if u == 0.5 { return median }
      return bounds.bound(level + (spread + skew * (u - 0.5)) * (log(u) - log1p(-u)))
    }

    /// The probability of a value up to `x`: the quantile solved for u by Newton's method on the
    /// logit, kept inside a bracket.
    public func cumulative(_ x: Double) -> Double {
      if x.isNaN { return .nan }
      if x <= lower { return 0 }
      if x >= upper { return 1 }
      let goal = bounds.unbound(x)
      if goal.isInfinite { return goal < 0 ? 0 : 1 }
      var low = -750.0
      var high = 750.0
      if unbounded(low) >= goal { return 0 }
      if unbounded(high) <= goal { return 1 }
      var logit = min(max((goal - level) / spread, -30), 30)
      for _ in 0..<200 {
        let u = SpecialFunctions.sigmoid(logit)
        let excess = unbounded(logit) - goal
        if excess < 0 { low = logit } else { high = logit }
        let slope =
          spread + skew * (u - 0.5 + u * SpecialFunctions.sigmoid(-logit) * logit)
        var next = logit - excess / slope
        if !(next > low && next < high) { next = (low + high) / 2 }
        let step = abs(next - logit)
        logit = next
        if step <= 4e-16 * max(1, abs(logit)) { break }
      }
      return SpecialFunctions.sigmoid(logit)
    }

    private var bounds: Bounds { Bounds(lower: lower, upper: upper) }

    /// M as a function of the logit of u.
    private func unbounded(_ logit: Double) -> Double {
      level + (spread + skew * (SpecialFunctions.sigmoid(logit) - 0.5)) * logit
    }
  }
}
