extension Rational {
  /// The sum.
  public static func + (left: Rational, right: Rational) -> Rational {
    if case .word(let a, let b) = left.storage, case .word(let c, let d) = right.storage {
      return sum(a, b, c, d)
    }
    if let sum = wideSum(left, right) { return sum }
    let (a, b) = left.parts
    let (c, d) = right.parts
    return Rational(big: a * d + c * b, b * d)
  }

  /// The sum of two narrow fractions: no product exceeds 126 bits.
  private static func sum(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Rational {
    if b == d {
      if b == 1 {
        let (sum, overflow) = a.addingReportingOverflow(c)
        if !overflow { return Rational(sum) }
      }
      return Rational(wide: Int128(a) + Int128(c), Int128(b))
    }
    let common = Int(greatestCommonDivisor(b.magnitude.word, d.magnitude.word))
    if common == 1 {
      return Rational(
        coprime: Int128(a) * Int128(d) + Int128(c) * Int128(b), Int128(b) * Int128(d))
    }
    let top = Int128(a) * Int128(d / common) + Int128(c) * Int128(b / common)
    if top == 0 { return .zero }
    // Only divisors of `common` can be left in the sum.
    let rest = Int128(greatestCommonDivisor(top.magnitude, UInt128(common.magnitude)))
    return Rational(coprime: top / rest, Int128(b / common) * (Int128(d) / rest))
  }

  private static func wideSum(_ left: Rational, _ right: Rational) -> Rational? {
    guard let (a, b) = left.wideParts, let (c, d) = right.wideParts else { return nil }
    let first = a.multipliedReportingOverflow(by: d)
    let second = c.multipliedReportingOverflow(by: b)
    let top = first.partialValue.addingReportingOverflow(second.partialValue)
    let bottom = b.multipliedReportingOverflow(by: d)
    if first.overflow || second.overflow || top.overflow || bottom.overflow { return nil }
    return Rational(wide: top.partialValue, bottom.partialValue)
  }

  /// The negative.
  public static prefix func - (value: Rational) -> Rational {
    if case .word(let top, let bottom) = value.storage, top != .min {
      return Rational(coprime: Int128(-top), Int128(bottom))
    }
    let (top, bottom) = value.parts
    return Rational(big: -top, bottom)
  }

  /// The difference.
  public static func - (left: Rational, right: Rational) -> Rational { left + -right }

  /// The product.
  public static func * (left: Rational, right: Rational) -> Rational {
    if case .word(let a, let b) = left.storage, case .word(let c, let d) = right.storage {
      if b == 1, d == 1 { return Rational(coprime: Int128(a) * Int128(c), 1) }
      let first = Int(truncatingIfNeeded: greatestCommonDivisor(a.magnitude.word, d.magnitude.word))
      let second = Int(
        truncatingIfNeeded: greatestCommonDivisor(c.magnitude.word, b.magnitude.word))
      if first > 0, second > 0 {
        return Rational(
          coprime: Int128(a / first) * Int128(c / second), Int128(b / second) * Int128(d / first))
      }
    }
    if let (a, b) = left.wideParts, let (c, d) = right.wideParts {
      let top = a.multipliedReportingOverflow(by: c)
      let bottom = b.multipliedReportingOverflow(by: d)
      if !top.overflow, !bottom.overflow {
        return Rational(wide: top.partialValue, bottom.partialValue)
      }
    }
    let (a, b) = left.parts
    let (c, d) = right.parts
    return Rational(big: a * c, b * d)
  }

  /// One over the number, which must not be 0.
  public var reciprocal: Rational {
    precondition(signum != 0, "a division by zero")
    if case .word(let top, let bottom) = storage, top != .min {
      return Rational(
        coprime: top < 0 ? Int128(-bottom) : Int128(bottom), Int128(top.magnitude))
    }
    let (top, bottom) = parts
    return Rational(big: bottom, top)
  }

  /// The quotient; the divisor must not be 0.
  public static func / (left: Rational, right: Rational) -> Rational { left * right.reciprocal }

  /// Adds in place.
  public static func += (left: inout Rational, right: Rational) { left = left + right }
  /// Subtracts in place.
  public static func -= (left: inout Rational, right: Rational) { left = left - right }
  /// Multiplies in place.
  public static func *= (left: inout Rational, right: Rational) { left = left * right }

  /// The distance from zero.
  public var magnitude: Rational { signum < 0 ? -self : self }

  private var wideParts: (Int128, Int128)? {
    switch storage {
    case .word(let top, let bottom): (Int128(top), Int128(bottom))
    case .wide(let top, let bottom): (top, bottom)
    case .big: nil
    }
  }
}

extension Rational: Comparable {
  /// The order of numbers.
  public static func < (left: Rational, right: Rational) -> Bool {
    if case .word(let a, let b) = left.storage, case .word(let c, let d) = right.storage {
      return Int128(a) * Int128(d) < Int128(c) * Int128(b)
    }
    return (left - right).signum < 0
  }
}

extension UInt {
  /// On the machines that are supported a word has 64 bits.
  fileprivate var word: UInt64 { UInt64(self) }
}
