extension Distribution {
  /// Equal density everywhere between two ends.
  public struct Uniform: DistributionFamily {
    /// The low end.
    public let low: Double
    /// The high end.
    public let high: Double

    /// Throws if the ends are not finite or not in order.
    public init(low: Double, high: Double) throws(DistributionError) {
      try checkEnds(low, high)
      self.low = low
      self.high = high
    }

    /// From the low end to the high end.
    public var support: ClosedRange<Double> { low...high }
    /// Half way.
    public var mean: Double { low / 2 + high / 2 }
    /// The share of the way from the low end to `x`.
    public func cumulative(_ x: Double) -> Double {
      if x >= high { return 1 }
      return x <= low ? 0 : (x - low) / (high - low)
    }
    /// The value at the share `u` of the way.
    public func interiorQuantile(_ u: Double) -> Double { low * (1 - u) + high * u }
  }

  /// A density that rises in a straight line to the mode and falls in a straight line.
  public struct Triangular: DistributionFamily {
    /// The low end.
    public let low: Double
    /// The most likely value, which may be one of the ends.
    public let mode: Double
    /// The high end.
    public let high: Double

    /// Throws if the ends are not finite or not in order, or the mode is not between them.
    public init(low: Double, mode: Double, high: Double) throws(DistributionError) {
      try checkEnds(low, high)
      guard try mode.finite("mode") >= low, mode <= high else {
        throw .middleOutside(parameter: "mode", value: mode, low: low, high: high)
      }
      self.low = low
      self.mode = mode
      self.high = high
    }

    /// From the low end to the high end.
    public var support: ClosedRange<Double> { low...high }
    /// The average of the three numbers.
    public var mean: Double { low / 3 + mode / 3 + high / 3 }
    /// The probability of a value up to `x`.
    public func cumulative(_ x: Double) -> Double {
      if x <= low { return 0 }
      if x >= high { return 1 }
      return x < mode
        ? (x - low) / (high - low) * ((x - low) / (mode - low))
        : 1 - (high - x) / (high - low) * ((high - x) / (high - mode))
    }
    /// The quantile at `u`.
    public func interiorQuantile(_ u: Double) -> Double {
      let share = (mode - low) / (high - low)
      return u < share
        ? low + (high - low) * (u * share).squareRoot()
        : high - (high - low) * ((1 - u) * (1 - share)).squareRoot()
    }
  }
}
