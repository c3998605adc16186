/// Numbers that can be computed with in one piece of code, exactly or in floating point.
package protocol OrderedField: Comparable, Sendable {
  static var zero: Self { get }
  static var one: Self { get }
  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static func / (left: Self, right: Self) -> Self
  static prefix func - (value: Self) -> Self
}

extension Double: OrderedField {
  package static var one: Double { 1 }
}

extension Rational: OrderedField {}
