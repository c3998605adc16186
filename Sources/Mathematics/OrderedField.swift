/// Numbers that one piece of code can compute with, exactly or in floating point.
public protocol OrderedField: Comparable, Sendable {
  /// A whole number.
  init(_ value: Int)
  /// Zero.
  static var zero: Self { get }
  /// The sum.
  static func + (left: Self, right: Self) -> Self
  /// The difference.
  static func - (left: Self, right: Self) -> Self
  /// The product.
  static func * (left: Self, right: Self) -> Self
  /// The quotient; the divisor is not 0.
  static func / (left: Self, right: Self) -> Self
  /// The negative.
  static prefix func - (value: Self) -> Self
}

extension OrderedField {
  /// One.
  package static var one: Self { Self(1) }
}

extension Double: OrderedField {}
extension Rational: OrderedField {}
