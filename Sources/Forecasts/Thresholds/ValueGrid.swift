import Foundation

/// Decimal values of a quantity at equal distances, fine enough to tell so many digits of its range.
///
/// A value is the number that its decimal digits are read as, so that what is printed is what was
/// solved.
struct ValueGrid: Sendable, Equatable {
  /// The distance is this power of 10.
  let exponent: Int
  /// The places of the values.
  let range: ClosedRange<Int>

  /// The values between two ends; `nil` where there are not two of them.
  init?(_ low: Double, _ high: Double, digits: Int) {
    guard low < high, (high - low).isFinite else { return nil }
    exponent = Int(log10(high - low).rounded(.down)) - digits + 1
    let scale = pow(10, Double(-exponent))
    let (first, last) = ((low * scale).rounded(.up), (high * scale).rounded(.down))
    // Beyond, neighboring places are no longer different numbers.
    guard first < last, max(abs(first), abs(last)) < 0x1p52, abs(exponent) <= 22 else {
      return nil
    }
    range = Int(first)...Int(last)
  }

  /// The value at a place.
  func value(_ place: Int) -> Double {
    exponent < 0
      ? Double(place) / pow(10, Double(-exponent)) : Double(place) * pow(10, Double(exponent))
  }

  /// The place nearest to a value.
  func place(_ value: Double) -> Int {
    let place = (value * pow(10, Double(-exponent))).rounded()
    return min(max(Int(exactly: place) ?? range.lowerBound, range.lowerBound), range.upperBound)
  }
}

extension ValueGrid {
  /// The nearest decimal value at or above a number, or at or below it, also outside the range.
  func value(_ number: Double, roundedUp: Bool) -> Double {
    let place = number * pow(10, Double(-exponent))
    // What is a decimal value but for rounding stays.
    let nearest = place.rounded()
    let isDecimal = abs(place - nearest) < 1e-9 * max(1, abs(place))
    let chosen = isDecimal ? nearest : place.rounded(roundedUp ? .up : .down)
    return Int(exactly: chosen).map(value) ?? number
  }
}
