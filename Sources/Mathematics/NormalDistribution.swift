import Foundation

/// The normal distribution with mean 0 and standard deviation 1.
public enum StandardNormal {
  /// The 95th percentile: the half width of a 90% interval, in standard deviations.
  public static let ninetyFifthPercentile = quantile(0.95)

  /// The density at `z`.
  public static func density(_ z: Double) -> Double {
    exp(-0.5 * z * z) * 0.398_942_280_401_432_677_94
  }

  /// The probability of a value up to `z`, accurate in relative terms far into the lower tail.
  public static func cumulative(_ z: Double) -> Double {
    0.5 * erfc(-z * 0.5.squareRoot())
  }

  /// The value below which a share `u` of the distribution lies: −∞ at 0, +∞ at 1, and not a
  /// number outside [0, 1]. Accurate to about 1 part in 10¹⁶ (Wichura 1988, algorithm AS 241).
  ///
  /// `quantile(u)` is exactly `-quantile(1 - u)` where 1 − u is exact.
  public static func quantile(_ u: Double) -> Double {
    guard u > 0, u < 1 else {
      if u == 0 { return -.infinity }
      return u == 1 ? .infinity : .nan
    }
    let distance = u - 0.5
    if abs(distance) <= 0.425 {
      let r = 0.180625 - distance * distance
      return distance * ratio(r, centralNumerator, centralDenominator)
    }
    let r = (-log(min(u, 1 - u))).squareRoot()
    let tail =
      r <= 5
      ? ratio(r - 1.6, middleNumerator, middleDenominator)
      : ratio(r - 5, farNumerator, farDenominator)
    return distance < 0 ? -tail : tail
  }

  private static func ratio(_ x: Double, _ numerator: [Double], _ denominator: [Double]) -> Double {
    polynomial(x, numerator) / polynomial(x, denominator)
  }

  /// Horner's rule, coefficients from the highest power down.
  private static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
    var value = 0.0
    for coefficient in coefficients { value = value * x + coefficient }
    return value
  }

  private static let centralNumerator: [Double] = [
    2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
    13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
  ]
  private static let centralDenominator: [Double] = [
    5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
    5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1,
  ]
  private static let middleNumerator: [Double] = [
    7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
    1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055,
    4.6303378461565452959, 1.42343711074968357734,
  ]
  private static let middleDenominator: [Double] = [
    1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966,
    0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494,
    2.05319162663775882187, 1,
  ]
  private static let farNumerator: [Double] = [
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
    0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358,
    5.4637849111641143699, 6.6579046435011037772,
  ]
  private static let farDenominator: [Double] = [
    2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
    7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531,
    0.59983220655588793769, 1,
  ]
}
