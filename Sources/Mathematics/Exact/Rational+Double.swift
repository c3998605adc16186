extension Rational {
  /// The number that a double is, exactly; nil if it is not finite.
  public init?(exactly value: Double) {
    guard value.isFinite else { return nil }
    if value == 0 {
      self = .zero
      return
    }
    let significand = Int(value.significandBitPattern) | (value.isNormal ? 1 << 52 : 0)
    let zeros = significand.trailingZeroBitCount
    let odd = (value < 0 ? -significand : significand) >> zeros
    let exponent = Int(value.isNormal ? value.exponent : -1022) - 52 + zeros
    if exponent <= 0, exponent > -63 {
      self.init(coprime: Int128(odd), Int128(1) << -exponent)
    } else if exponent > 0, exponent < 64 {
      self.init(coprime: Int128(odd) << exponent, 1)
    } else {
      let power = BigInteger.powerOfTwo(abs(exponent))
      let whole = BigInteger(Int128(odd))
      self =
        exponent > 0
        ? Rational(big: whole * power, BigInteger(1)) : Rational(big: whole, power)
    }
  }

  /// The nearest double; of two that are equally near, the one whose last bit is 0.
  public var doubleValue: Double {
    if case .word(let top, let bottom) = storage {
      // Division rounds to the nearest by itself.
      if top.magnitude <= 1 << 53, bottom <= 1 << 53 { return Double(top) / Double(bottom) }
      return Rational.nearest(to: top.magnitude, over: bottom.magnitude, isNegative: top < 0)
    }
    let (top, bottom) = parts
    return Rational.nearest(to: top, over: bottom)
  }

  /// The number is a double: ``doubleValue`` loses nothing.
  public var isDouble: Bool {
    if case .word(let top, let bottom) = storage, top.magnitude <= 1 << 53 {
      return bottom & (bottom - 1) == 0
    }
    return Rational(exactly: doubleValue) == self
  }

  private static func nearest(to top: UInt, over bottom: UInt, isNegative: Bool) -> Double {
    let shift = UInt128(top).leadingZeroBitCount
    let (quotient, rest) = (UInt128(top) << shift).quotientAndRemainder(
      dividingBy: UInt128(bottom))
    return rounded(quotient, exponent: -shift, isMore: rest != 0, isNegative: isNegative)
  }

  private static func nearest(to top: BigInteger, over bottom: BigInteger) -> Double {
    if top.signum == 0 { return 0 }
    // The quotient gets 65 or 66 bits: more than a double has, and one to see a tie by.
    let shift = 65 - (top.bitWidth - bottom.bitWidth)
    let power = BigInteger.powerOfTwo(abs(shift))
    let (quotient, rest) = (shift > 0 ? top * power : top)
      .quotientAndRemainder(dividingBy: shift < 0 ? bottom * power : bottom)
    guard let narrow = quotient.narrowed else { return .nan }
    return rounded(
      narrow.magnitude, exponent: -shift, isMore: rest.signum != 0, isNegative: top.signum < 0)
  }

  /// The double nearest to `bits · 2^exponent`, or to a little more than that: less than one unit
  /// of the last bit.
  private static func rounded(
    _ bits: UInt128, exponent: Int, isMore: Bool, isNegative: Bool
  ) -> Double {
    let width = 128 - bits.leadingZeroBitCount
    let leading = width - 1 + exponent
    // Numbers below the least normal one have fewer bits.
    let precision = min(53, leading + 1075)
    if precision < 0 { return isNegative ? -0.0 : 0 }
    let dropped = width - precision
    var kept = bits >> dropped
    let rest = bits - kept << dropped
    let half = UInt128(1) << (dropped - 1)
    if rest > half || rest == half && (isMore || kept & 1 == 1) { kept += 1 }
    return Double(
      sign: isNegative ? .minus : .plus, exponent: exponent + dropped,
      significand: Double(UInt64(kept)))
  }
}
