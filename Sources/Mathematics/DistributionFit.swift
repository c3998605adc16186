import Foundation

extension Distribution {
  /// Which values a number can take.
  public enum Support: Sendable, Equatable {
    /// Any number.
    case real
    /// Any number above 0.
    case positive
    /// Any number between 0 and 1.
    case probability
    /// Any number between two bounds, either of which may be missing.
    case bounded(atLeast: Double?, atMost: Double?)
  }

  /// The distribution behind an estimate `low .. best .. high` or `low .. high`.
  ///
  /// `low` and `high` are the 5th and 95th percentiles and `best` the median. With three numbers it
  /// is a three-term ``Metalog``, fitted exactly. With two it is a ``Normal`` on all numbers, a
  /// ``LogNormal`` above a lower bound (or, reflected, below an upper one), and a ``Beta`` between
  /// two bounds. If all are the same number, the number is known.
  ///
  /// - Throws: the numbers are not finite or not in order, a percentile is not strictly inside the
  ///   support, or no such metalog exists (``DistributionError/infeasibleTriple(nearest:low:best:high:feasible:)``).
  public static func fit(
    low: Double, best: Double?, high: Double, support: Support
  ) throws(DistributionError) -> Distribution {
    let bounds = try Bounds(support)
    _ = try low.finite("low end")
    _ = try high.finite("high end")
    if low == high, (best ?? low) == low {
      guard low >= bounds.lower, low <= bounds.upper else {
        throw .outsideSupport(
          percentile: "value", value: low, lower: bounds.lower, upper: bounds.upper)
      }
      return try .constant(low)
    }
    try checkEnds(low, high)
    let atLeast = bounds.lower.isFinite ? bounds.lower : nil
    let atMost = bounds.upper.isFinite ? bounds.upper : nil
    if let best {
      return try .metalog(low: low, best: best, high: high, atLeast: atLeast, atMost: atMost)
    }
    try bounds.check(low, high)
    if let atLeast, let atMost {
      return .beta(try fitBeta(low: low, high: high, between: atLeast, and: atMost))
    }
    let from = bounds.unbound(low)
    let to = bounds.unbound(high)
    let middle = from / 2 + to / 2
    let deviation = (to / 2 - from / 2) / StandardNormal.ninetyFifthPercentile
    if let bound = atLeast {
      return .lognormal(try LogNormal(mu: middle, sigma: deviation, bound: bound))
    }
    if let bound = atMost {
      return .lognormal(
        try LogNormal(mu: -middle, sigma: deviation, bound: bound, isReflected: true))
    }
    return try .normal(mean: middle, standardDeviation: deviation)
  }

  /// The beta between two bounds with these 5th and 95th percentiles.
  ///
  /// Newton's method in the logarithms of the shapes, on the normal scores of the two cumulative
  /// probabilities, which are nearly straight lines there; steps are halved until the error falls.
  private static func fitBeta(
    low: Double, high: Double, between lower: Double, and upper: Double
  ) throws(DistributionError) -> Beta {
    let width = upper - lower
    let ends = [low, high].map { (x: ($0 - lower) / width, y: (upper - $0) / width) }
    let target = StandardNormal.ninetyFifthPercentile
    func errors(_ a: Double, _ b: Double) -> (Double, Double) {
      // Shapes beyond what a beta may have are no candidates.
      guard min(a, b) > -13.8, min(a, b) < 20.7, max(a, b) < 34.5 else {
        return (.infinity, .infinity)
      }
      func score(_ end: (x: Double, y: Double)) -> Double {
        let tails = SpecialFunctions.betaTails(end.x, end.y, exp(a), exp(b))
        return tails.lower < tails.upper
          ? StandardNormal.quantile(max(tails.lower, 1e-300))
          : -StandardNormal.quantile(max(tails.upper, 1e-300))
      }
      return (score(ends[0]) + target, score(ends[1]) - target)
    }
    func size(_ errors: (Double, Double)) -> Double { hypot(errors.0, errors.1) }

    // A logit-normal with the same percentiles has about these shapes.
    let from = log(ends[0].x / ends[0].y)
    let to = log(ends[1].x / ends[1].y)
    let deviation = (to - from) / (2 * target)
    let middle = (from + to) / 2
    var a = log1p(exp(middle)) - 2 * log(deviation)
    var b = log1p(exp(-middle)) - 2 * log(deviation)
    var current = errors(a, b)
    for _ in 0..<200 where size(current) > 1e-13 {
      let nudge = 1e-6
      let alongA = errors(a + nudge, b)
      let alongB = errors(a, b + nudge)
      let (p, q) = ((alongA.0 - current.0) / nudge, (alongB.0 - current.0) / nudge)
      let (r, s) = ((alongA.1 - current.1) / nudge, (alongB.1 - current.1) / nudge)
      let determinant = p * s - q * r
      guard determinant != 0, determinant.isFinite else { break }
      var stepA = (s * current.0 - q * current.1) / determinant
      var stepB = (p * current.1 - r * current.0) / determinant
      let longest = max(abs(stepA), abs(stepB), 1)
      stepA /= longest
      stepB /= longest
      var hasImproved = false
      for _ in 0..<30 {
        let next = errors(a - stepA, b - stepB)
        if size(next) < size(current) {
          (a, b, current, hasImproved) = (a - stepA, b - stepB, next, true)
          break
        }
        stepA /= 2
        stepB /= 2
      }
      if !hasImproved { break }
    }
    guard size(current) < 1e-8 else { throw .noFit(name: "beta", low: low, high: high) }
    return try Beta(alpha: exp(a), beta: exp(b), low: lower, high: upper)
  }
}

extension Bounds {
  /// The bounds of a support.
  init(_ support: Distribution.Support) throws(DistributionError) {
    switch support {
    case .real: try self.init(atLeast: nil, atMost: nil)
    case .positive: try self.init(atLeast: 0, atMost: nil)
    case .probability: try self.init(atLeast: 0, atMost: 1)
    case .bounded(let atLeast, let atMost): try self.init(atLeast: atLeast, atMost: atMost)
    }
  }
}
