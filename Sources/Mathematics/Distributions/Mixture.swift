extension Distribution {
  /// One of several distributions, drawn by weight.
  public struct Mixture: DistributionFamily {
    /// A distribution and its share.
    public struct Component: Sendable, Equatable {
      /// The probability of this component.
      public let weight: Double
      /// The component.
      public let distribution: Distribution
    }

    /// The components, whose weights add up to 1. Those of weight 0 are left out.
    public let components: [Component]

    /// Weights are rescaled to add up to 1. Throws if there is no component, a weight is not
    /// finite or below 0, or all are 0.
    public init(
      _ components: [(weight: Double, distribution: Distribution)]
    ) throws(DistributionError) {
      let shares = try normalized(components.map { $0.weight })
      self.components = zip(shares, components).compactMap { share, component in
        share > 0 ? Component(weight: share, distribution: component.distribution) : nil
      }
    }

    /// From the least value of any component to the greatest.
    public var support: ClosedRange<Double> {
      let supports = components.map { $0.distribution.support }
      let low = supports.map(\.lowerBound).min() ?? 0
      return low...(supports.map(\.upperBound).max() ?? low)
    }
    /// The average of the components' means.
    public var mean: Double { average { $0.mean } }
    /// The average of the components' cumulative probabilities.
    public func cumulative(_ x: Double) -> Double { average { $0.cumulative(x) } }
    /// The average of the components' probabilities below `x`.
    public func probabilityBelow(_ x: Double) -> Double { average { $0.probabilityBelow(x) } }

    /// The quantile at `u`, between the components' quantiles: false position and bisection in
    /// turn, down to neighboring numbers where single values have odds of their own.
    public func interiorQuantile(_ u: Double) -> Double {
      let quantiles = components.map { $0.distribution.quantile(u) }
      guard var low = quantiles.min(), var high = quantiles.max(), low < high else {
        return quantiles.first ?? .nan
      }
      var atLow = cumulative(low)
      if atLow >= u { return low }
      var atHigh = cumulative(high)
      for step in 0..<200 where low.nextUp < high {
        // After 60 steps the middle is taken among the numbers that can be written, of which there
        // are fewer than 2⁶⁴, so that all magnitudes are reached.
        var x = step < 60 ? low / 2 + high / 2 : middle(low, high)
        if step.isMultiple(of: 2), atHigh > atLow {
          let guess = low + (high - low) * ((u - atLow) / (atHigh - atLow))
          if guess > low, guess < high { x = guess }
        }
        guard x > low, x < high else { continue }
        let value = cumulative(x)
        if abs(value - u) <= 1e-14 * u, probabilityBelow(x) == value { return x }
        if value >= u {
          high = x
          atHigh = value
        } else {
          low = x
          atLow = value
        }
      }
      return high
    }

    /// The number half way between two in the order of all numbers that can be written.
    private func middle(_ low: Double, _ high: Double) -> Double {
      func place(_ x: Double) -> Int64 {
        let bits = Int64(bitPattern: x.magnitude.bitPattern)
        return x < 0 ? -bits : bits
      }
      let (from, to) = (place(low), place(high))
      let half = from / 2 + to / 2 + (from % 2 + to % 2) / 2
      let magnitude = Double(bitPattern: half.magnitude)
      return half < 0 ? -magnitude : magnitude
    }

    private func average(_ figure: (Distribution) -> Double) -> Double {
      var sum = 0.0
      for component in components { sum += component.weight * figure(component.distribution) }
      return sum
    }
  }
}
