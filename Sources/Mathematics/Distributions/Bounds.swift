import Foundation

/// The bounds of a support, and the change of variable that removes them.
struct Bounds: Sendable, Equatable {
  var lower: Double
  var upper: Double

  init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// Bounds as they are written, which must be finite and in order.
  init(atLeast: Double?, atMost: Double?) throws(DistributionError) {
    lower = -.infinity
    upper = .infinity
    if let atLeast { lower = try atLeast.finite("lower bound") }
    if let atMost { upper = try atMost.finite("upper bound") }
    guard lower < upper else { throw .lowNotBelowHigh(low: lower, high: upper) }
    guard upper.isInfinite || lower.isInfinite || (upper - lower).isFinite else {
      throw .notFinite(parameter: "distance between the bounds")
    }
  }

  /// Whether the percentiles lie strictly inside.
  func check(_ low: Double, _ high: Double, tail: Double = 0.05) throws(DistributionError) {
    func percentile(_ u: Double) -> String { "\(((u * 1e8).rounded() / 1e6).brief)th percentile" }
    for (value, u) in [(low, tail), (high, 1 - tail)] where !(value > lower && value < upper) {
      throw .outsideSupport(percentile: percentile(u), value: value, lower: lower, upper: upper)
    }
  }

  /// From the support to all real numbers.
  func unbound(_ x: Double) -> Double {
    switch (lower.isFinite, upper.isFinite) {
    case (false, false): return x
    case (true, false): return log(x - lower)
    case (false, true): return -log(upper - x)
    case (true, true): return log(x - lower) - log(upper - x)
    }
  }

  /// From all real numbers to the support.
  func bound(_ value: Double) -> Double {
    switch (lower.isFinite, upper.isFinite) {
    case (false, false): return value
    case (true, false): return lower + exp(value)
    case (false, true): return upper - exp(-value)
    case (true, true):
      return value <= 0
        ? lower + (upper - lower) * SpecialFunctions.sigmoid(value)
        : upper - (upper - lower) * SpecialFunctions.sigmoid(-value)
    }
  }
}
