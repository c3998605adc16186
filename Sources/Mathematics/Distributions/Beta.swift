extension Distribution {
  /// The beta distribution, stretched from [0, 1] to [low, high].
  public struct Beta: DistributionFamily {
    /// The first shape, above 0: larger pushes the values up.
    public let alpha: Double
    /// The second shape, above 0: larger pushes the values down.
    public let beta: Double
    /// The low end.
    public let low: Double
    /// The high end.
    public let high: Double

    /// Throws if a shape is not above 0, the ends are not in order, or the smaller shape is not
    /// between 10⁻⁶ and 10⁹ or the larger is above 10¹⁵.
    public init(
      alpha: Double, beta: Double, low: Double = 0, high: Double = 1
    ) throws(DistributionError) {
      self.alpha = try alpha.positive("first shape of the beta")
      self.beta = try beta.positive("second shape of the beta")
      _ = try min(alpha, beta).shape("smaller shape of the beta", atMost: 1e9)
      _ = try max(alpha, beta).shape("larger shape of the beta", atMost: 1e15)
      try checkEnds(low, high)
      self.low = low
      self.high = high
    }

    /// The PERT distribution of project planning (Malcolm et al. 1959): a beta between two ends
    /// whose mean is (low + 4 mode + high) / 6. Throws as ``Triangular`` does.
    public static func pert(
      low: Double, mode: Double, high: Double
    ) throws(DistributionError) -> Beta {
      let checked = try Triangular(low: low, mode: mode, high: high)
      let width = checked.high - checked.low
      return try Beta(
        alpha: 1 + 4 * (mode - low) / width, beta: 1 + 4 * (high - mode) / width, low: low,
        high: high)
    }

    /// From the low end to the high end.
    public var support: ClosedRange<Double> { low...high }
    /// The share α / (α + β) of the way from the low end to the high end.
    public var mean: Double { low + (high - low) * (alpha / (alpha + beta)) }
    /// The probability of a value up to `x`.
    public func cumulative(_ x: Double) -> Double { tails(x).lower }
    /// The quantile at `u`, by Newton's method on the logit.
    public func interiorQuantile(_ u: Double) -> Double {
      let target = Tails(lower: u, upper: 1 - u)
      let logit = SpecialFunctions.inverseBetaLogit(target, alpha, beta)
      return logit <= 0
        ? low + (high - low) * SpecialFunctions.sigmoid(logit)
        : high - (high - low) * SpecialFunctions.sigmoid(-logit)
    }

    /// Both tails at `x`.
    func tails(_ x: Double) -> Tails {
      let width = high - low
      return SpecialFunctions.betaTails((x - low) / width, (high - x) / width, alpha, beta)
    }
  }
}
