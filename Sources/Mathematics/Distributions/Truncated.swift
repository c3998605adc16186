extension Distribution {
  /// A distribution given that its value lies between two ends, both included. What lies outside
  /// is left out and the rest rescaled; nothing piles up at the ends.
  public struct Truncated: DistributionFamily {
    /// The whole distribution.
    public let base: Distribution
    /// The low end, which may be minus infinity.
    public let low: Double
    /// The high end, which may be infinity.
    public let high: Double
    /// The probability of the whole distribution below the low end.
    let below: Double
    /// The probability of the whole distribution between the ends.
    let mass: Double

    /// Throws if the ends are not in order or less than a millionth of the distribution lies
    /// between them.
    public init(_ base: Distribution, low: Double, high: Double) throws(DistributionError) {
      guard !low.isNaN else { throw .notFinite(parameter: "low end") }
      guard !high.isNaN else { throw .notFinite(parameter: "high end") }
      guard low < high else { throw .lowNotBelowHigh(low: low, high: high) }
      below = base.probabilityBelow(low)
      mass = base.cumulative(high) - below
      guard mass >= 1e-6 else { throw .nothingLeft(low: low, high: high) }
      self.base = base
      self.low = low
      self.high = high
    }

    /// Where the whole distribution's support and the ends overlap.
    public var support: ClosedRange<Double> {
      let lower = max(low, base.support.lowerBound)
      return lower...max(lower, min(high, base.support.upperBound))
    }

    /// The mean: exact sums for discrete parts, else a numerical integral of the quantile, good to
    /// about 8 digits. Not a number where the whole distribution has no finite mean and the support
    /// is unbounded.
    public var mean: Double {
      switch base {
      case .constant(let constant):
        return constant.value
      case .discrete(let discrete):
        let inside = zip(discrete.values, discrete.probabilities)
          .filter { $0.0 >= low && $0.0 <= high }
        return Statistics.sum(inside.map { $0.0 * $0.1 }) / Statistics.sum(inside.map { $0.1 })
      case .mixture(let mixture):
        var sum = 0.0
        var total = 0.0
        for component in mixture.components {
          guard
            let part = try? Truncated(component.distribution, low: low, high: high)
          else { continue }
          sum += component.weight * part.mass * part.mean
          total += component.weight * part.mass
        }
        return sum / total
      default:
        let ends = support
        let isBounded = ends.lowerBound.isFinite && ends.upperBound.isFinite
        guard isBounded || base.mean.isFinite else { return .nan }
        return QuantileIntegral.mean { quantile(SpecialFunctions.sigmoid($0)) }
      }
    }

    /// The probability of a value up to `x`.
    public func cumulative(_ x: Double) -> Double { share(base.cumulative(x), x) }
    /// The probability of a value below `x`.
    public func probabilityBelow(_ x: Double) -> Double {
      x <= low ? 0 : share(base.probabilityBelow(x), x)
    }
    /// The quantile at `u`.
    public func interiorQuantile(_ u: Double) -> Double {
      let value = base.quantile(below + u * mass)
      return min(max(value, support.lowerBound), support.upperBound)
    }

    private func share(_ cumulative: Double, _ x: Double) -> Double {
      if x < low { return 0 }
      if x >= high { return 1 }
      return min(1, max(0, (cumulative - below) / mass))
    }
  }
}
