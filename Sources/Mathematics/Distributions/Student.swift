import Foundation

extension Distribution {
  /// Student's t distribution, moved and stretched: like the normal with heavier tails.
  public struct Student: DistributionFamily {
    /// The degrees of freedom, above 0: the fewer, the heavier the tails.
    public let degreesOfFreedom: Double
    /// The middle.
    public let location: Double
    /// The stretch, above 0 (it is not the standard deviation).
    public let scale: Double

    /// Throws if the degrees of freedom or the scale are not above 0, or the former not
    /// between 10⁻⁶ and 10¹².
    public init(
      degreesOfFreedom: Double, location: Double = 0, scale: Double = 1
    ) throws(DistributionError) {
      self.degreesOfFreedom = try degreesOfFreedom.shape("degrees of freedom", atMost: 1e12)
      self.location = try location.finite("location")
      self.scale = try scale.positive("scale")
    }

    /// All numbers.
    public var support: ClosedRange<Double> { -Double.infinity...Double.infinity }
    /// The location, if there is more than 1 degree of freedom; else there is no mean.
    public var mean: Double { degreesOfFreedom > 1 ? location : .nan }
    /// The location.
    public var median: Double { location }
    /// The probability of a value up to `x`.
    public func cumulative(_ x: Double) -> Double {
      let t = (x - location) / scale
      if t.isNaN { return .nan }
      let square = t / degreesOfFreedom * t
      let outer = SpecialFunctions.betaTails(
        1 / (1 + square), square.isInfinite ? 1 : square / (1 + square), degreesOfFreedom / 2, 0.5)
      return t < 0 ? outer.lower / 2 : 0.5 + outer.upper / 2
    }
    /// The quantile at `u`. With x = ν / (ν + t²), the odds beyond ±t are Iₓ(ν/2, 1/2).
    public func interiorQuantile(_ u: Double) -> Double {
      if u == 0.5 { return location }
      let beyond = Tails(lower: 2 * min(u, 1 - u), upper: abs(1 - 2 * u))
      let logit = SpecialFunctions.inverseBetaLogit(beyond, degreesOfFreedom / 2, 0.5)
      let t = degreesOfFreedom.squareRoot() * exp(-logit / 2)
      return u < 0.5 ? location - scale * t : location + scale * t
    }
  }
}
