import Foundation

extension Distribution {
  /// The normal (Gaussian) distribution.
  public struct Normal: DistributionFamily {
    /// The mean.
    public let mean: Double
    /// The standard deviation, above 0.
    public let standardDeviation: Double

    /// Throws if the mean is not finite or the standard deviation is not above 0.
    public init(mean: Double, standardDeviation: Double) throws(DistributionError) {
      self.mean = try mean.finite("mean")
      self.standardDeviation = try standardDeviation.positive("standard deviation")
    }

    /// All numbers.
    public var support: ClosedRange<Double> { -Double.infinity...Double.infinity }
    /// The mean.
    public var median: Double { mean }
    /// The probability of a value up to `x`.
    public func cumulative(_ x: Double) -> Double {
      StandardNormal.cumulative((x - mean) / standardDeviation)
    }
    /// The quantile at `u`.
    public func interiorQuantile(_ u: Double) -> Double {
      mean + standardDeviation * StandardNormal.quantile(u)
    }
  }

  /// The lognormal distribution: above (or, reflected, below) a bound, the logarithm of the
  /// distance to the bound is normal.
  public struct LogNormal: DistributionFamily {
    /// The mean of the logarithm.
    public let mu: Double
    /// The standard deviation of the logarithm, above 0.
    public let sigma: Double
    /// Where the distribution ends, 0 for the usual lognormal.
    public let bound: Double
    /// Whether the values lie below the bound rather than above it.
    public let isReflected: Bool

    /// `mu` and `sigma` describe the logarithm, not the number. Throws if a parameter is not
    /// finite or `sigma` is not above 0.
    public init(
      mu: Double, sigma: Double, bound: Double = 0, isReflected: Bool = false
    ) throws(DistributionError) {
      self.mu = try mu.finite("mean of the logarithm")
      self.sigma = try sigma.positive("standard deviation of the logarithm")
      self.bound = try bound.finite("bound")
      self.isReflected = isReflected
    }

    /// From the bound to infinity, or from minus infinity to it.
    public var support: ClosedRange<Double> {
      isReflected ? -Double.infinity...bound : bound...Double.infinity
    }
    /// The bound plus (or minus) exp(μ + σ²/2).
    public var mean: Double { at(mu + sigma * sigma / 2) }
    /// The bound plus (or minus) exp(μ).
    public var median: Double { at(mu) }
    /// The probability of a value up to `x`.
    public func cumulative(_ x: Double) -> Double {
      let distance = isReflected ? bound - x : x - bound
      guard distance > 0 else { return x.isNaN ? .nan : (isReflected ? 1 : 0) }
      let z = (log(distance) - mu) / sigma
      return StandardNormal.cumulative(isReflected ? -z : z)
    }
    /// The quantile at `u`.
    public func interiorQuantile(_ u: Double) -> Double {
      let z = StandardNormal.quantile(u)
      return at(mu + sigma * (isReflected ? -z : z))
    }

    private func at(_ logarithm: Double) -> Double {
      isReflected ? bound - exp(logarithm) : bound + exp(logarithm)
    }
  }
}
