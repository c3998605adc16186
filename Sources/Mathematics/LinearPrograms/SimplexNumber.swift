/// A number that linear programs are written and reduced in.
package protocol SimplexNumber: OrderedField {
  var magnitude: Self { get }
  /// An entry is fit to be a pivot if it is at least this part of the largest in its row.
  static var pivotThreshold: Self { get }
  /// `a - b · c`, and 0 where only rounding is left.
  static func difference(_ a: Self, _ b: Self, _ c: Self) -> Self
  /// Only rounding makes it differ from 0, if numbers as large as this one were subtracted.
  func isNegligible(besides scale: Self) -> Bool
}

extension SimplexNumber {
  package var isZero: Bool { self == .zero }
}

extension Rational: SimplexNumber {
  package static var pivotThreshold: Rational { .zero }

  package static func difference(_ a: Rational, _ b: Rational, _ c: Rational) -> Rational {
    a - b * c
  }

  package func isNegligible(besides scale: Rational) -> Bool { signum == 0 }
}

extension Double: SimplexNumber {
  package static var pivotThreshold: Double { 0.1 }

  package static func difference(_ a: Double, _ b: Double, _ c: Double) -> Double {
    let result = a - b * c
    return abs(result) <= 0x1p-49 * abs(a) ? 0 : result
  }

  package func isNegligible(besides scale: Double) -> Bool { abs(self) <= 1e-10 * max(1, scale) }
}
