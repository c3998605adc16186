import Mathematics

/// Odds on their way to adding up to 1, as written in a file.
struct OddsSum: CustomStringConvertible {
  private var written: [Rational] = []
  private var total = Rational.zero
  /// How far rounding to the decimals that are written can take the sum.
  private var rounding = 0.0

  /// The most bits of a sum of fractions.
  private static let largestBitWidth = 20_000

  /// Adds one more; false if the sum has too many digits.
  ///
  /// - Parameter decimals: how many decimals it is written with; nil if it is a fraction or whole.
  mutating func add(_ value: Rational, decimals: Int?) -> Bool {
    written.append(value)
    total += value
    if let decimals, decimals < 300 {
      rounding += 0.5 * Rational(big: BigInteger(1), .powerOfTen(decimals)).doubleValue
    }
    return total.bitWidth <= OddsSum.largestBitWidth
  }

  /// The odds, which add up to exactly 1: as written, or divided by their sum where it misses 1 by
  /// a rounding. Nil if it misses it by more.
  var odds: [Rational]? {
    if total == .one { return written }
    let limit = min(rounding, GambitExtensiveReader.largestRounding)
    guard total.signum > 0, (total - .one).magnitude.doubleValue <= limit else { return nil }
    let sum = total
    return written.map { $0 / sum }
  }

  /// The sum as a decimal.
  var description: String { "\(total.doubleValue)" }
}
