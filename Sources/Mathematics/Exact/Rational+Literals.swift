extension Rational: ExpressibleByFloatLiteral {
  /// The decimal as it is written, so that `let tenth: Rational = 0.1` is a tenth. Up to 15 digits
  /// are kept; more are read as the shortest decimal that gives the same double.
  ///
  /// A fraction needs no text either: `let third: Rational = 1 / 3` is exactly a third.
  public init(floatLiteral value: Double) {
    guard let decimal = Rational("\(value)") else { preconditionFailure("a literal is finite") }
    self = decimal
  }
}
