extension Rational: CustomStringConvertible, ExpressibleByIntegerLiteral {
  /// A whole number.
  public init(integerLiteral value: Int) { self.init(value) }

  /// `3`, or `-3/4`.
  public var description: String {
    switch storage {
    case .word(let top, let bottom): bottom == 1 ? "\(top)" : "\(top)/\(bottom)"
    case .wide(let top, let bottom): bottom == 1 ? "\(top)" : "\(top)/\(bottom)"
    case .big(let top, let bottom):
      bottom == BigInteger(1) ? "\(top)" : "\(top)/\(bottom)"
    }
  }

  /// The longest exponent that a text may have: 10 to this power still fits in little memory.
  public static let largestExponent = 4096

  /// The number that a text stands for: an integer, a fraction such as `2/3`, or a decimal such as
  /// `-0.25` or `1e-3`. Nil if it is none of these, divides by zero, or its exponent is beyond
  /// ``largestExponent``.
  ///
  /// - Complexity: about quadratic in the number of digits.
  public init?(_ text: String) {
    if let slash = text.firstIndex(of: "/") {
      guard let top = BigInteger(String(text[..<slash])),
        let bottom = BigInteger(String(text[text.index(after: slash)...])), bottom.signum != 0
      else { return nil }
      self.init(big: top, bottom)
      return
    }
    if let value = Int(text) {
      self.init(value)
      return
    }
    var mantissa = text[...]
    var exponent = 0
    if let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) {
      mantissa = text[..<mark]
      guard let value = Int(text[text.index(after: mark)...]),
        value.magnitude <= Rational.largestExponent
      else { return nil }
      exponent = value
    }
    var digits = String(mantissa)
    if let point = mantissa.firstIndex(of: ".") {
      let fraction = mantissa[mantissa.index(after: point)...]
      exponent -= fraction.count
      digits = String(mantissa[..<point]) + fraction
      // `.5` and `5.` are numbers, `.` and `-.` are not.
      if digits.isEmpty || digits == "-" || digits == "+" { return nil }
    }
    guard let whole = BigInteger(digits) else { return nil }
    let power = BigInteger.powerOfTen(abs(exponent))
    self =
      exponent >= 0
      ? Rational(big: whole * power, BigInteger(1)) : Rational(big: whole, power)
  }
}
