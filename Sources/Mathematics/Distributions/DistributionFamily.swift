/// A family of distributions over real numbers.
public protocol DistributionFamily: Sendable, Equatable {
  /// The least interval that holds all values. Its ends may be infinite.
  var support: ClosedRange<Double> { get }
  /// The mean: infinite or not a number where there is none.
  var mean: Double { get }
  /// The median, the quantile at 1/2.
  var median: Double { get }
  /// The probability of a value up to and including `x`.
  func cumulative(_ x: Double) -> Double
  /// The probability of a value below `x`. It differs from ``cumulative(_:)`` only where single
  /// values have odds of their own.
  func probabilityBelow(_ x: Double) -> Double
  /// The least value whose cumulative probability is at least `u`, for `u` strictly between 0
  /// and 1. ``quantile(_:)`` is the one to call with any number.
  func interiorQuantile(_ u: Double) -> Double
}

extension DistributionFamily {
  /// The median, computed as the quantile at 1/2.
  public var median: Double { interiorQuantile(0.5) }

  /// For a continuous family, the cumulative probability.
  public func probabilityBelow(_ x: Double) -> Double { cumulative(x) }

  /// The least value whose cumulative probability is at least `u`: the ends of the support at 0
  /// and below and at 1 and above. It never decreases in `u`.
  public func quantile(_ u: Double) -> Double {
    if u.isNaN { return .nan }
    if u <= 0 { return support.lowerBound }
    if u >= 1 { return support.upperBound }
    return interiorQuantile(u)
  }
}

extension Double {
  /// The number itself if it is finite.
  func finite(_ parameter: String) throws(DistributionError) -> Double {
    guard isFinite else { throw .notFinite(parameter: parameter) }
    return self
  }

  /// The number itself if it is finite and above 0.
  func positive(_ parameter: String) throws(DistributionError) -> Double {
    guard try finite(parameter) > 0 else {
      throw .notPositive(parameter: parameter, value: self)
    }
    return self
  }

  /// The number itself if it is a shape that can be computed with.
  func shape(_ parameter: String, atMost limit: Double) throws(DistributionError) -> Double {
    let range = 1e-6...limit
    guard range ~= (try positive(parameter)) else {
      throw .outsideRange(parameter: parameter, value: self, range: range)
    }
    return self
  }
}

/// Two finite ends in order, or the error that says what is wrong with them.
func checkEnds(_ low: Double, _ high: Double) throws(DistributionError) {
  _ = try low.finite("low end")
  _ = try high.finite("high end")
  guard low < high else { throw .lowNotBelowHigh(low: low, high: high) }
  guard (high - low).isFinite else { throw .notFinite(parameter: "distance between the ends") }
}
