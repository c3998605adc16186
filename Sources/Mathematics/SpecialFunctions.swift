import Foundation

/// The two sides of a distribution function at a point. They add up to 1, and the smaller one is
/// accurate in relative terms.
package struct Tails: Sendable, Equatable {
  package var lower: Double
  package var upper: Double

  package init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }
}

/// The incomplete beta and gamma functions behind the beta, gamma and Student distributions.
///
/// Values are good to about 13 digits for shapes up to 10⁶ or so. The number of terms grows as the
/// square root of the shape.
public enum SpecialFunctions {
  /// The logarithm of the gamma function at `x` > 0.
  public static func logGamma(_ x: Double) -> Double { lgamma(x) }

  /// The regularized incomplete beta function Iₓ(a, b), for a, b > 0: the probability that a beta
  /// variable is at most `x`. Continued fraction of DiDonato & Morris (1992).
  public static func regularizedBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    betaTails(x, 1 - x, a, b).lower
  }

  /// The regularized lower incomplete gamma function P(a, x), for a > 0: the probability that a
  /// gamma variable of scale 1 is at most `x`. Series or continued fraction by Lentz's method
  /// (Press et al. 2007, §6.2).
  public static func regularizedGamma(_ a: Double, _ x: Double) -> Double {
    gammaTails(a, x).lower
  }

  // MARK: Both tails

  /// Both tails of the beta distribution at `x`, where `y` is 1 − x, given apart so that neither
  /// end loses digits.
  package static func betaTails(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Tails {
    if x.isNaN || y.isNaN { return Tails(lower: .nan, upper: .nan) }
    if x <= 0 { return Tails(lower: 0, upper: 1) }
    if y <= 0 { return Tails(lower: 1, upper: 0) }
    let excess = betaExcess(x, y, a, b)
    let kernel = betaKernel(x, y, a, b)
    if x < (a + 1) / (a + b + 2) {
      let lower = min(1, kernel * betaFraction(x, y, a, b, excess))
      return Tails(lower: lower, upper: 1 - lower)
    }
    let upper = min(1, kernel * betaFraction(y, x, b, a, -excess))
    return Tails(lower: 1 - upper, upper: upper)
  }

  /// Both tails of the gamma distribution of shape `a` and scale 1 at `x`.
  static func gammaTails(_ a: Double, _ x: Double) -> Tails {
    if x.isNaN { return Tails(lower: .nan, upper: .nan) }
    if x <= 0 { return Tails(lower: 0, upper: 1) }
    if x == .infinity { return Tails(lower: 1, upper: 0) }
    let kernel = gammaKernel(a, x)
    if x < a + 1 {
      let lower = min(1, kernel * gammaSeries(a, x))
      return Tails(lower: lower, upper: 1 - lower)
    }
    let upper = min(1, kernel * gammaFraction(a, x))
    return Tails(lower: 1 - upper, upper: upper)
  }

  // MARK: Kernels

  /// xᵃ yᵇ / B(a, b): the density of the logit of a beta variable. Written with deviances, so that
  /// large shapes do not cancel (Loader 2000).
  static func betaKernel(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    let n = a + b
    let excess = betaExcess(x, y, a, b)
    let exponent =
      stirlingError(n) - stirlingError(a) - stirlingError(b)
      - deviance(a, n * x, excess) - deviance(b, n * y, -excess)
    return exp(exponent) * (a / n * b / (2 * .pi)).squareRoot()
  }

  /// a − (a + b) x, which is (a + b) y − b: of the two the one that loses fewer digits.
  private static func betaExcess(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    x < y ? a - (a + b) * x : (a + b) * y - b
  }

  /// xᵃ e⁻ˣ / Γ(a): the density of the logarithm of a gamma variable.
  static func gammaKernel(_ a: Double, _ x: Double) -> Double {
    exp(-stirlingError(a) - deviance(a, x, a - x)) * (a / (2 * .pi)).squareRoot()
  }

  /// log Γ(x + 1) less Stirling's formula for it.
  static func stirlingError(_ x: Double) -> Double {
    if x < 1 { return lgamma(x + 1) - (x + 0.5) * log(x) + x - 0.918_938_533_204_672_741_78 }
    var z = x
    var steps = 0.0
    while z < 16 {
      steps += (z + 0.5) * log1p(1 / z) - 1
      z += 1
    }
    let s = 1 / (z * z)
    let series =
      1.0 / 12 - s
      * (1.0 / 360 - s * (1.0 / 1260 - s * (1.0 / 1680 - s * (1.0 / 1188 - s * 691 / 360360))))
    return steps + series / z
  }

  /// x log(x / m) + m − x, without cancellation where x is near m; `excess` is x − m.
  static func deviance(_ x: Double, _ m: Double, _ excess: Double) -> Double {
    guard abs(excess) < 0.1 * (x + m) else { return x * log(x / m) - excess }
    let v = excess / (x + m)
    var sum = excess * v
    var term = 2 * x * v
    for j in 1..<1000 {
      term *= v * v
      let next = sum + term / Double(2 * j + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }

  // MARK: Series and continued fractions

  private static let tiny = 1e-300
  private static let termLimit = 500_000

  /// Iₓ(a, b) divided by its kernel, for x up to about the mean: the continued fraction of DiDonato
  /// and Morris (1992, algorithm 708, BFRAC), which stays exact where y is nearly 1.
  private static func betaFraction(
    _ x: Double, _ y: Double, _ a: Double, _ b: Double, _ excess: Double
  ) -> Double {
    let c = 1 + excess
    let c1 = 1 + 1 / a
    var p = 1.0
    var s = a + 1
    var (numerator, denominator) = (0.0, 1.0)
    var (nextNumerator, nextDenominator) = (1.0, c / c1)
    var value = c1 / c
    for step in 1...termLimit {
      let n = Double(step)
      let w = n * (b - n) * x
      let scale = a / s
      let alpha = p * (p + b / a) * scale * scale * (w * x)
      let t = n / a
      let beta = n + w / s + (t + 1) / (c1 + t + t) * (c + n * (y + 1))
      p = t + 1
      s += 2
      (numerator, nextNumerator) = (nextNumerator, alpha * numerator + beta * nextNumerator)
      (denominator, nextDenominator) =
        (nextDenominator, alpha * denominator + beta * nextDenominator)
      let last = value
      value = nextNumerator / nextDenominator
      if abs(value - last) <= 1e-16 * value { break }
      numerator /= nextDenominator
      denominator /= nextDenominator
      nextNumerator = value
      nextDenominator = 1
    }
    return value
  }

  private static func gammaSeries(_ a: Double, _ x: Double) -> Double {
    var term = 1 / a
    var sum = term
    var divisor = a
    for _ in 0..<termLimit {
      divisor += 1
      term *= x / divisor
      sum += term
      if term <= sum * 1e-17 { break }
    }
    return sum
  }

  private static func gammaFraction(_ a: Double, _ x: Double) -> Double {
    var b = x + 1 - a
    var c = 1 / tiny
    var d = reciprocal(b)
    var value = d
    for step in 1...termLimit {
      let i = Double(step)
      let numerator = -i * (i - a)
      b += 2
      d = reciprocal(numerator * d + b)
      c = away(b + numerator / c)
      let change = d * c
      value *= change
      if abs(change - 1) <= 2e-16 { break }
    }
    return value
  }

  private static func away(_ x: Double) -> Double { abs(x) < tiny ? tiny : x }

  private static func reciprocal(_ x: Double) -> Double { 1 / away(x) }
}
