/// An integer that a tableau can hold: it knows how to pivot a row, and when it is too narrow.
///
/// The work is done a row at a time, so that each width has one tight loop of its own.
protocol TableauInteger: Sendable, Comparable {
  /// A divisor, prepared for many exact divisions.
  associatedtype Divisor

  /// Zero.
  static var zero: Self { get }

  /// The number, if it fits.
  init?(fitting value: BigInteger)

  /// The number in any size.
  var big: BigInteger { get }

  /// -1, 0 or 1.
  var sign: Int { get }

  /// The negative; numbers in a tableau are such that it fits.
  var negative: Self { get }

  /// Prepares a divisor, which is positive.
  static func prepare(_ divisor: Self) -> Divisor

  /// Writes `(row[j] · pivot - factor · pivotRow[j]) / divisor` for each `j`. The divisions leave
  /// nothing over. False if a result does not fit; then what was written means nothing.
  static func eliminate(
    _ target: UnsafeMutablePointer<Self>, _ row: UnsafePointer<Self>,
    _ pivotRow: UnsafePointer<Self>, count: Int, pivot: Self, factor: Self, divisor: Divisor
  ) -> Bool

  /// The sign of `a · b - c · d`.
  static func compare(_ a: Self, _ b: Self, _ c: Self, _ d: Self) -> Int
}

/// Words. In a tableau they stay below 2⁶² in magnitude, so that the difference of two products
/// fits in 128 bits.
extension Int64: TableauInteger {
  /// An odd divisor's inverse modulo 2⁶⁴ divides exactly by one multiplication (Jebelean 1993).
  struct ExactDivisor {
    var value: Int128
    var shift: Int128
    var inverse: Int64
  }

  init?(fitting value: BigInteger) {
    guard value.bitWidth <= 62, let narrow = value.narrowed else { return nil }
    self = Int64(narrow)
  }

  var big: BigInteger { BigInteger(Int128(self)) }

  var sign: Int { Int(signum()) }

  var negative: Int64 { -self }

  static func prepare(_ divisor: Int64) -> ExactDivisor {
    let shift = divisor.trailingZeroBitCount
    let odd = divisor >> Int64(shift)
    // Right modulo 2⁵; each step doubles the number of right bits.
    var inverse = (3 &* odd) ^ 2
    for _ in 0..<4 { inverse = inverse &* (2 &- odd &* inverse) }
    return ExactDivisor(value: Int128(divisor), shift: Int128(shift), inverse: inverse)
  }

  static func eliminate(
    _ target: UnsafeMutablePointer<Int64>, _ row: UnsafePointer<Int64>,
    _ pivotRow: UnsafePointer<Int64>, count: Int, pivot: Int64, factor: Int64,
    divisor: ExactDivisor
  ) -> Bool {
    let pivot = Int128(pivot)
    let factor = Int128(factor)
    var flaw: Int128 = 0
    var large: Int64 = 0
    for j in 0..<count {
      let difference = Int128(row[j]) &* pivot &- factor &* Int128(pivotRow[j])
      let quotient =
        Int64(truncatingIfNeeded: difference &>> divisor.shift) &* divisor.inverse
      target[j] = quotient
      // The quotient modulo 2⁶⁴ is the quotient exactly if it multiplies back.
      flaw |= (Int128(quotient) &* divisor.value) ^ difference
      large |= quotient ^ (quotient &<< 1)
    }
    return flaw == 0 && large >= 0
  }

  static func compare(_ a: Int64, _ b: Int64, _ c: Int64, _ d: Int64) -> Int {
    let left = Int128(a) &* Int128(b)
    let right = Int128(c) &* Int128(d)
    return left < right ? -1 : left == right ? 0 : 1
  }
}

/// Integers of any size: nothing overflows.
extension BigInteger: TableauInteger {
  static var zero: BigInteger { BigInteger(0) }

  init?(fitting value: BigInteger) { self = value }

  var big: BigInteger { self }

  var sign: Int { signum }

  var negative: BigInteger { -self }

  static func prepare(_ divisor: BigInteger) -> BigInteger { divisor }

  static func eliminate(
    _ target: UnsafeMutablePointer<BigInteger>, _ row: UnsafePointer<BigInteger>,
    _ pivotRow: UnsafePointer<BigInteger>, count: Int, pivot: BigInteger, factor: BigInteger,
    divisor: BigInteger
  ) -> Bool {
    let zero = BigInteger.zero
    let isScaled = factor.signum == 0
    for j in 0..<count {
      // Zeros are shared: they cost no memory of their own.
      let isZero = row[j].signum == 0 && (isScaled || pivotRow[j].signum == 0)
      target[j] =
        isZero ? zero : crossDifference(row[j], pivot, factor, pivotRow[j], over: divisor)
    }
    return true
  }

  static func compare(_ a: BigInteger, _ b: BigInteger, _ c: BigInteger, _ d: BigInteger) -> Int {
    let left = a * b
    let right = c * d
    return left < right ? -1 : left == right ? 0 : 1
  }
}
