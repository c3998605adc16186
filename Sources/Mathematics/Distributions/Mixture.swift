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

    /// The quantile at `u`, between the components' quantiles, by bisection and false position.
    public func interiorQuantile(_ u: Double) -> Double {
      let quantiles = components.map { $0.distribution.quantile(u) }
      guard var low = quantiles.min(), var high = quantiles.max(), low < high else {
        return quantiles.first ?? .nan
      }
      if cumulative(low) >= u { return low }
      var atLow = cumulative(low)
      var atHigh = cumulative(high)
      let resolution = 1e-15 * max(abs(low), abs(high))
      for step in 0..<400 where high - low > resolution {
        var x = low / 2 + high / 2
        if step.isMultiple(of: 2), atHigh > atLow {
          let guess = low + (high - low) * ((u - atLow) / (atHigh - atLow))
          if guess > low, guess < high { x = guess }
        }
        guard x > low, x < high else { break }
        let value = cumulative(x)
        if abs(value - u) <= 0x1p-52 * u, probabilityBelow(x) == value { return x }
        if value >= u {
          high = x
          atHigh = value
        } else {
          low = x
          atLow = value
        }
      }
      return snapped(high, above: low, u)
    }

    /// The single value of a component that is all there is between `low` and `high`, if one is.
    private func snapped(_ high: Double, above low: Double, _ u: Double) -> Double {
      var best = high
      for component in components {
        let distribution = component.distribution
        let value = distribution.quantile(distribution.cumulative(high))
        if value > low, value < best, cumulative(value) >= u { best = value }
      }
      return best
    }

    private func average(_ figure: (Distribution) -> Double) -> Double {
      var sum = 0.0
      for component in components { sum += component.weight * figure(component.distribution) }
      return sum
    }
  }
}
