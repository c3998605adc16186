import Foundation

extension Distribution {
  /// The gamma distribution.
  public struct Gamma: DistributionFamily {
    /// The shape, above 0.
    public let shape: Double
    /// The scale, above 0: the mean is shape times scale.
    public let scale: Double

    /// Throws if a parameter is not above 0 or the shape is not between 10⁻⁶ and 10⁹.
    public init(shape: Double, scale: Double) throws(DistributionError) {
      self.shape = try shape.shape("shape", atMost: 1e9)
      self.scale = try scale.positive("scale")
    }

    /// From 0 to infinity.
    public var support: ClosedRange<Double> { 0...Double.infinity }
    /// Shape times scale.
    public var mean: Double { shape * scale }
    /// The probability of a value up to `x`.
    public func cumulative(_ x: Double) -> Double {
      SpecialFunctions.regularizedGamma(shape, x / scale)
    }
    /// The quantile at `u`, by Newton's method on the logarithm.
    public func interiorQuantile(_ u: Double) -> Double {
      let target = Tails(lower: u, upper: 1 - u)
      return scale * exp(SpecialFunctions.inverseGammaLogarithm(target, shape))
    }
  }

  /// The exponential distribution, given by its mean (not by its rate, which is 1 / mean).
  public struct Exponential: DistributionFamily {
    /// The mean, above 0.
    public let mean: Double

    /// Throws if the mean is not above 0.
    public init(mean: Double) throws(DistributionError) {
      self.mean = try mean.positive("mean")
    }

    /// From 0 to infinity.
    public var support: ClosedRange<Double> { 0...Double.infinity }
    /// The probability of a value up to `x`.
    public func cumulative(_ x: Double) -> Double { x <= 0 ? 0 : -expm1(-x / mean) }
    /// The quantile at `u`.
    public func interiorQuantile(_ u: Double) -> Double { -mean * log1p(-u) }
  }
}
