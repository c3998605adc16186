import Foundation

extension SpecialFunctions {
  /// The `x` at which Iₓ(a, b) is `p`, for a, b > 0: 0 at p ≤ 0 and 1 at p ≥ 1.
  public static func inverseRegularizedBeta(_ p: Double, _ a: Double, _ b: Double) -> Double {
    sigmoid(inverseBetaLogit(Tails(lower: p, upper: 1 - p), a, b))
  }

  /// The `x` at which P(a, x) is `p`, for a > 0: 0 at p ≤ 0 and infinite at p ≥ 1.
  public static func inverseRegularizedGamma(_ p: Double, _ a: Double) -> Double {
    exp(inverseGammaLogarithm(Tails(lower: p, upper: 1 - p), a))
  }

  /// 1 / (1 + e⁻ᵗ), the inverse of the logit.
  package static func sigmoid(_ t: Double) -> Double {
    if t >= 0 { return 1 / (1 + exp(-t)) }
    let e = exp(t)
    return e / (1 + e)
  }

  /// log(x / (1 − x)) of the x with these tails under the beta distribution.
  package static func inverseBetaLogit(_ target: Tails, _ a: Double, _ b: Double) -> Double {
    if target.lower.isNaN { return .nan }
    if target.lower <= 0 { return -.infinity }
    if target.upper <= 0 { return .infinity }
    let spread = (1 / a + 1 / b).squareRoot()
    let score = StandardNormal.quantile(min(max(target.lower, 1e-300), 1 - 0x1p-53))
    return invert(target, start: log(a / b) + spread * score, within: -700...700) { t in
      let x = sigmoid(t)
      let y = sigmoid(-t)
      return (betaTails(x, y, a, b), x > 0 && y > 0 ? betaKernel(x, y, a, b) : 0)
    }
  }

  /// log x of the x with these tails under the gamma distribution of scale 1.
  static func inverseGammaLogarithm(_ target: Tails, _ a: Double) -> Double {
    if target.lower.isNaN { return .nan }
    if target.lower <= 0 { return -.infinity }
    if target.upper <= 0 { return .infinity }
    let score = StandardNormal.quantile(min(max(target.lower, 1e-300), 1 - 0x1p-53))
    let start = log(a) + score / a.squareRoot()
    return invert(target, start: start, within: -700...700) { t in
      let x = exp(t)
      return (gammaTails(a, x), x > 0 ? gammaKernel(a, x) : 0)
    }
  }

  /// Newton's method on the logarithm of the smaller tail, kept inside a shrinking bracket.
  ///
  /// The logit of a beta variable and the logarithm of a gamma variable have log-concave densities,
  /// hence log-concave tails, for which Newton's method converges from the far side without ever
  /// crossing the root: bisection is only needed where a tail underflows.
  private static func invert(
    _ target: Tails, start: Double, within bounds: ClosedRange<Double>,
    at evaluate: (Double) -> (tails: Tails, density: Double)
  ) -> Double {
    let usesLower = target.lower <= target.upper
    let goal = usesLower ? target.lower : target.upper
    var low = bounds.lowerBound
    var high = bounds.upperBound
    var t = min(max(start, low), high)
    var lastStep = Double.infinity
    for _ in 0..<200 {
      let (tails, density) = evaluate(t)
      let tail = usesLower ? tails.lower : tails.upper
      let isTooLow = usesLower ? tail < goal : tail > goal
      if isTooLow { low = t } else { high = t }
      var next = (low + high) / 2
      if tail > 0, density > 0 {
        let excess = log(tail / goal)
        let newton = t - (usesLower ? excess : -excess) * tail / density
        if newton >= low, newton <= high { next = newton }
        if abs(excess) < 1e-13, abs(next - t) >= 0.5 * lastStep { return clear(t, of: bounds) }
      }
      let step = abs(next - t)
      if step <= 4e-16 * max(1, abs(t)) { return clear(next, of: bounds) }
      lastStep = step
      t = next
    }
    return clear(t, of: bounds)
  }

  /// What has run into a bound lies beyond the numbers that can be written.
  private static func clear(_ t: Double, of bounds: ClosedRange<Double>) -> Double {
    if t < bounds.lowerBound + 1e-6 { return -.infinity }
    return t > bounds.upperBound - 1e-6 ? .infinity : t
  }
}
