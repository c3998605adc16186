public import Mathematics

/// The arithmetic of a check on the tree: exact, or in floating point.
public protocol TreeNumber: Comparable, Sendable {
  /// A whole number.
  init(_ value: Int)
  /// The sum.
  static func + (left: Self, right: Self) -> Self
  /// The difference.
  static func - (left: Self, right: Self) -> Self
  /// The product.
  static func * (left: Self, right: Self) -> Self
  /// The quotient; the divisor is not 0.
  static func / (left: Self, right: Self) -> Self
}

extension Double: TreeNumber {}
extension Rational: TreeNumber {}
