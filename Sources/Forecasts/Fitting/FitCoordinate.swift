import Mathematics
public import Scenarios

/// A quantity that is fitted, on a scale from 0 to 1.
public struct FitCoordinate: Sendable, Equatable {
  /// Its index among the scenario's inputs.
  public let input: Int
  /// Where the search ends.
  public let range: ClosedRange<Double>
  /// The scale is the logarithm's.
  public let isLogarithmic: Bool

  /// The scale of a quantity: rationality from 0.01 to 1,000 by its logarithm, a probability over all
  /// of its range, others well beyond what the scenario holds possible.
  public init(_ input: Int, of scenario: Scenario) {
    self.input = input
    let quantity = scenario.inputs[input]
    if input == scenario.solve.rationality {
      range = 0.01...1000
      isLogarithmic = true
      return
    }
    let distribution = quantity.distribution
    if quantity.isProbability {
      // Inside, so that nothing observed is impossible at the ends alone.
      range = 1e-4...(1 - 1e-4)
      isLogarithmic = false
      return
    }
    var (low, high) = (distribution.quantile(0.001), distribution.quantile(0.999))
    if low > 0 {
      range = (low / 10)...(high * 10)
      isLogarithmic = true
      return
    }
    let width = max(high - low, 10 * max(abs(quantity.best), 1))
    low = max(low - width, distribution.support.lowerBound)
    high = min(high + width, distribution.support.upperBound)
    // A single number has no support of its own.
    range =
      quantity.isFixed
      ? (quantity.best - width)...(quantity.best + width) : low...max(low, high)
    isLogarithmic = false
  }

  /// The value at a coordinate from 0 to 1.
  public func value(_ coordinate: Double) -> Double {
    if isLogarithmic {
      return range.lowerBound
        * exponential(coordinate * naturalLogarithm(range.upperBound / range.lowerBound))
    }
    return range.lowerBound + coordinate * (range.upperBound - range.lowerBound)
  }
}
