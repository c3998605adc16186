/// An exact fraction in lowest terms that grows as it must: two machine words, then two 128-bit
/// integers, then GMP. Each number has one form, the narrowest that holds it.
///
/// - Complexity: a sum or product of narrow numbers costs a few greatest common divisors of 64-bit
///   integers (Knuth, The Art of Computer Programming, volume 2, section 4.5.1).
public struct Rational: Sendable, Hashable {
  enum Storage: Sendable, Hashable {
    case word(Int, Int)
    case wide(Int128, Int128)
    case big(BigInteger, BigInteger)
  }

  var storage: Storage

  private init(_ storage: Storage) { self.storage = storage }

  /// A whole number.
  public init(_ value: Int) { self.init(.word(value, 1)) }

  /// A fraction of two integers.
  public init(_ numerator: Int, _ denominator: Int) {
    self.init(wide: Int128(numerator), Int128(denominator))
  }

  /// Zero.
  public static let zero = Rational(0)
  /// One.
  public static let one = Rational(1)

  /// A fraction of two 128-bit integers, brought to lowest terms.
  init(wide numerator: Int128, _ denominator: Int128) {
    precondition(denominator != 0, "a fraction with denominator 0")
    // The negative of the least integer does not fit; it goes the long way.
    if numerator == .min || denominator == .min {
      self.init(big: BigInteger(numerator), BigInteger(denominator))
      return
    }
    let divisor = Rational.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.init(
      coprime: sign * (numerator / Int128(divisor)), sign * (denominator / Int128(divisor)))
  }

  /// A fraction in lowest terms with a positive denominator.
  init(coprime numerator: Int128, _ denominator: Int128) {
    if let top = Int(exactly: numerator), let bottom = Int(exactly: denominator) {
      self.init(.word(top, bottom))
    } else {
      self.init(.wide(numerator, denominator))
    }
  }

  /// A fraction of two integers of any size, brought to lowest terms.
  public init(big numerator: BigInteger, _ denominator: BigInteger) {
    precondition(denominator.signum != 0, "a fraction with denominator 0")
    let divisor = numerator.greatestCommonDivisor(with: denominator)
    var top = numerator.dividedExactly(by: divisor)
    var bottom = denominator.dividedExactly(by: divisor)
    if bottom.signum < 0 {
      top = -top
      bottom = -bottom
    }
    if let top = top.narrowed, let bottom = bottom.narrowed {
      self.init(coprime: top, bottom)
    } else {
      self.init(.big(top, bottom))
    }
  }

  /// The number that a double is, exactly; nil if it is not finite.
  public init?(exactly value: Double) {
    guard value.isFinite else { return nil }
    if value == 0 {
      self = .zero
      return
    }
    let significand = Int(value.significandBitPattern) | (value.isNormal ? 1 << 52 : 0)
    let signed = value < 0 ? -significand : significand
    let exponent = Int(value.isNormal ? value.exponent : -1022) - 52
    let zeros = significand.trailingZeroBitCount
    if exponent + zeros <= 0, exponent + zeros > -62 {
      self.init(coprime: Int128(signed >> zeros), Int128(1) << Int128(-exponent - zeros))
      return
    }
    let power = BigInteger.powerOfTwo(abs(exponent))
    let whole = BigInteger(Int128(signed))
    self =
      exponent >= 0
      ? Rational(big: whole * power, BigInteger(1)) : Rational(big: whole, power)
  }

  /// Its numerator, and its positive denominator.
  public var parts: (numerator: BigInteger, denominator: BigInteger) {
    switch storage {
    case .word(let top, let bottom): (BigInteger(Int128(top)), BigInteger(Int128(bottom)))
    case .wide(let top, let bottom): (BigInteger(top), BigInteger(bottom))
    case .big(let top, let bottom): (top, bottom)
    }
  }

  /// -1, 0 or 1.
  public var signum: Int {
    switch storage {
    case .word(let top, _): top.signum()
    case .wide(let top, _): top > 0 ? 1 : -1
    case .big(let top, _): top.signum
    }
  }

  /// It is a whole number.
  public var isInteger: Bool {
    switch storage {
    case .word(_, let bottom): bottom == 1
    case .wide(_, let bottom): bottom == 1
    case .big(_, let bottom): bottom == BigInteger(1)
    }
  }

  /// The nearest double, within one unit in the last place.
  public var doubleValue: Double {
    if case .word(let top, let bottom) = storage, abs(top) < 1 << 53, bottom < 1 << 53 {
      return Double(top) / Double(bottom)
    }
    let (numerator, denominator) = parts
    let top = numerator.binary
    let bottom = denominator.binary
    if top.mantissa == 0 { return 0 }
    let exponent = top.exponent - bottom.exponent
    // In two steps, so that the scale itself does not overflow where the result does not.
    let half = exponent / 2
    return top.mantissa / bottom.mantissa * Double(sign: .plus, exponent: half, significand: 1)
      * Double(sign: .plus, exponent: exponent - half, significand: 1)
  }

  /// The greatest common divisor; that of 0 and 0 is 0.
  static func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
    var (a, b) = (first, second)
    while b > UInt128(UInt64.max) || a > UInt128(UInt64.max) {
      if b == 0 { return a }
      (a, b) = (b, a % b)
    }
    return UInt128(greatestCommonDivisor(UInt64(a), UInt64(b)))
  }

  /// Stein's binary algorithm.
  static func greatestCommonDivisor(_ first: UInt64, _ second: UInt64) -> UInt64 {
    if first == 0 { return second }
    if second == 0 { return first }
    let shift = (first | second).trailingZeroBitCount
    var a = first >> UInt64(first.trailingZeroBitCount)
    var b = second >> UInt64(second.trailingZeroBitCount)
    while a != b {
      if a > b {
        a -= b
        a >>= UInt64(a.trailingZeroBitCount)
      } else {
        b -= a
        b >>= UInt64(b.trailingZeroBitCount)
      }
    }
    return a << UInt64(shift)
  }
}
