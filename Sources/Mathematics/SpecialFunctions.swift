import Foundation

/// The two sides of a distribution function at a point. They add up to 1, and the smaller one is
/// accurate in relative terms.
struct Tails: Sendable, Equatable {
  var lower: Double
  var upper: Double
}

/// The incomplete beta and gamma functions behind the beta, gamma and Student distributions.
///
/// Values are good to about 13 digits for shapes up to 10⁶ or so. The number of terms grows as the
/// square root of the shape.
public enum SpecialFunctions {
  /// The logarithm of the gamma function at `x` > 0.
  public static func logGamma(_ x: Double) -> Double { lgamma(x) }

  /// The regularized incomplete beta function Iₓ(a, b), for a, b > 0: the probability that a beta
  /// variable is at most `x`. Continued fraction by Lentz's method (Press et al. 2007, §6.4).
  public static func regularizedBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    betaTails(x, 1 - x, a, b).lower
  }

  /// The regularized lower incomplete gamma function P(a, x), for a > 0: the probability that a
  /// gamma variable of scale 1 is at most `x`. Series or continued fraction (ibid., §6.2).
  public static func regularizedGamma(_ a: Double, _ x: Double) -> Double {
    gammaTails(a, x).lower
  }

  // MARK: Both tails

  /// Both tails of the beta distribution at `x`, where `y` is 1 − x, given apart so that neither
  /// end loses digits.
  static func betaTails(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Tails {
    if x.isNaN || y.isNaN { return Tails(lower: .nan, upper: .nan) }
    if x <= 0 { return Tails(lower: 0, upper: 1) }
    if y <= 0 { return Tails(lower: 1, upper: 0) }
    let kernel = betaKernel(x, y, a, b)
    if x < (a + 1) / (a + b + 2) {
      let lower = min(1, kernel * betaFraction(x, y, a, b) / a)
      return Tails(lower: lower, upper: 1 - lower)
    }
    let upper = min(1, kernel * betaFraction(y, x, b, a) / b)
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
    let exponent =
      stirlingError(n) - stirlingError(a) - stirlingError(b)
      - deviance(a, n * x) - deviance(b, n * y)
    return exp(exponent) * (a / n * b / (2 * .pi)).squareRoot()
  }

  /// xᵃ e⁻ˣ / Γ(a): the density of the logarithm of a gamma variable.
  static func gammaKernel(_ a: Double, _ x: Double) -> Double {
    exp(-stirlingError(a) - deviance(a, x)) * (a / (2 * .pi)).squareRoot()
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

  /// x log(x / m) + m − x, without cancellation where x is near m.
  static func deviance(_ x: Double, _ m: Double) -> Double {
    guard abs(x - m) < 0.1 * (x + m) else { return x * log(x / m) + m - x }
    let v = (x - m) / (x + m)
    var sum = (x - m) * v
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
  private static let termLimit = 1_000_000

  private static func betaFraction(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    if abs(d) < tiny { d = tiny }
    d = 1 / d
    var value = d
    for step in 1...termLimit {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = reciprocal(1 + even * d)
      c = away(1 + even / c)
      value *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = reciprocal(1 + odd * d)
      c = away(1 + odd / c)
      let change = d * c
      value *= change
      if abs(change - 1) <= 2e-16 { break }
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
