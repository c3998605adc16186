/// Pairs of words. In a tableau they stay below 2¹²⁶ in magnitude.
///
/// An exact quotient that fits is known from its lowest 128 bits, so 192 bits of the products are
/// enough as long as the divisor is divisible by no more than 2⁶³.
extension Int128: TableauInteger {
  /// A divisor as a power of two times an odd number that is inverted modulo 2¹²⁸.
  struct ExactDivisor {
    var bits: Int
    var shift: Int
    var inverse: UInt128
  }

  init?(fitting value: BigInteger) {
    guard value.bitWidth <= 126, let narrow = value.narrowed else { return nil }
    self = narrow
  }

  var big: BigInteger { BigInteger(self) }

  var sign: Int { self > 0 ? 1 : self == 0 ? 0 : -1 }

  var negative: Int128 { -self }

  /// The number of bits of the magnitude.
  private var size: Int { 128 - magnitude.leadingZeroBitCount }

  static func prepare(_ divisor: Int128) -> ExactDivisor {
    let shift = divisor.trailingZeroBitCount
    let odd = divisor.magnitude >> UInt128(shift)
    var inverse = (3 &* odd) ^ 2
    for _ in 0..<5 { inverse = inverse &* (2 &- odd &* inverse) }
    return ExactDivisor(bits: divisor.size, shift: shift, inverse: inverse)
  }

  /// The product modulo 2¹⁹²: its lowest word, and the 128 bits above.
  @inline(__always)
  private static func product(_ a: Int128, _ b: Int128) -> (low: UInt64, high: UInt128) {
    let a0 = UInt64(truncatingIfNeeded: a)
    let b0 = UInt64(truncatingIfNeeded: b)
    let a1 = Int64(truncatingIfNeeded: a &>> 64)
    let b1 = Int64(truncatingIfNeeded: b &>> 64)
    let low = UInt128(a0) &* UInt128(b0)
    let cross = Int128(a1) &* Int128(b0) &+ Int128(a0) &* Int128(b1)
    let top = UInt128(UInt64(bitPattern: a1 &* b1)) &<< 64
    return (
      UInt64(truncatingIfNeeded: low),
      UInt128(truncatingIfNeeded: cross) &+ (low &>> 64) &+ top
    )
  }

  static func eliminate(
    _ target: UnsafeMutablePointer<Int128>, _ row: UnsafePointer<Int128>,
    _ pivotRow: UnsafePointer<Int128>, count: Int, pivot: Int128, factor: Int128,
    divisor: ExactDivisor
  ) -> Bool {
    guard divisor.shift < 64 else { return false }
    let pivotSize = pivot.size
    let factorSize = factor.size
    let shift = UInt128(divisor.shift)
    var largest = 0
    for j in 0..<count {
      let a = row[j]
      let c = pivotRow[j]
      largest = Swift.max(largest, a.size &+ pivotSize, c.size &+ factorSize)
      let left = product(a, pivot)
      let right = product(factor, c)
      let (low, borrow) = left.low.subtractingReportingOverflow(right.low)
      let high = left.high &- right.high &- (borrow ? 1 : 0)
      let shifted = (UInt128(low) &>> shift) | (high &<< (64 &- shift))
      target[j] = Int128(truncatingIfNeeded: shifted &* divisor.inverse)
    }
    // A difference of two products below 2ᵇ is below 2ᵇ⁺¹; the divisor is at least 2ᵈ⁻¹.
    return largest + 2 - divisor.bits <= 126
  }

  static func compare(_ a: Int128, _ b: Int128, _ c: Int128, _ d: Int128) -> Int {
    let left = a.sign * b.sign
    let right = c.sign * d.sign
    if left != right || left == 0 { return (left - right).signum() }
    let (low, high) = full(a.magnitude, b.magnitude)
    let (otherLow, otherHigh) = full(c.magnitude, d.magnitude)
    if high != otherHigh { return high < otherHigh ? -left : left }
    return low == otherLow ? 0 : low < otherLow ? -left : left
  }

  /// The product of two magnitudes in 256 bits.
  @inline(__always)
  private static func full(_ a: UInt128, _ b: UInt128) -> (low: UInt128, high: UInt128) {
    let mask = UInt128(UInt64.max)
    let (a0, a1) = (a & mask, a &>> 64)
    let (b0, b1) = (b & mask, b &>> 64)
    let bottom = a0 &* b0
    let first = a1 &* b0 &+ (bottom &>> 64)
    let second = a0 &* b1 &+ (first & mask)
    return (
      (second &<< 64) | (bottom & mask), a1 &* b1 &+ (first &>> 64) &+ (second &>> 64)
    )
  }
}
