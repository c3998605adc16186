/// Arithmetic modulo a prime of 28 bits.
struct PrimeModulus: Sendable {
  /// The prime.
  let value: UInt32

  /// All primes of 28 bits, the largest first: enough for determinants of 10⁸ bits.
  static var primes: some Sequence<PrimeModulus> {
    sequence(state: UInt32((1 << 28) - 1)) { candidate in
      while candidate > 1 << 27 {
        let value = candidate
        candidate -= 2
        if isPrime(value) { return PrimeModulus(value: value) }
      }
      return nil
    }
  }

  /// Miller's test with the bases that decide it below 3,215,031,751 (Pomerance, Selfridge &
  /// Wagstaff 1980).
  private static func isPrime(_ value: UInt32) -> Bool {
    let modulus = PrimeModulus(value: value)
    let shift = (value - 1).trailingZeroBitCount
    for base in [2, 3, 5, 7] as [UInt32] {
      var power = modulus.power(base, (value - 1) >> UInt32(shift))
      if power == 1 || power == value - 1 { continue }
      var isWitness = true
      for _ in 1..<max(shift, 1) {
        power = modulus.product(power, power)
        if power == value - 1 {
          isWitness = false
          break
        }
      }
      if isWitness { return false }
    }
    return true
  }

  @inline(__always)
  func product(_ a: UInt32, _ b: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: UInt64(a) &* UInt64(b) % UInt64(value))
  }

  func difference(_ a: UInt32, _ b: UInt64) -> UInt32 {
    let b = UInt32(truncatingIfNeeded: b)
    return a >= b ? a - b : a + value - b
  }

  func power(_ base: UInt32, _ exponent: UInt32) -> UInt32 {
    var result: UInt32 = 1
    var square = base
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = product(result, square) }
      square = product(square, square)
      rest >>= 1
    }
    return result
  }

  /// By Fermat's little theorem.
  func inverse(_ a: UInt64) -> UInt32 {
    power(UInt32(truncatingIfNeeded: a % UInt64(value)), value - 2)
  }

  func residue(_ number: Int64) -> UInt32 {
    let rest = number % Int64(value)
    return UInt32(truncatingIfNeeded: rest < 0 ? rest + Int64(value) : rest)
  }

  /// Of a system with its right-hand side in the last column, the determinant times each unknown
  /// and, last, the determinant; nil if that is 0.
  ///
  /// Each row is eliminated by all rows above it in one go. Products stay below 2⁵⁶, so that a sum
  /// of 200 fits in a word and few need be reduced.
  func solve(_ matrix: inout [UInt32], order: Int, width: Int) -> [UInt32]? {
    let modulus = UInt64(value)
    // The unknown in each column.
    var unknowns = Array(0..<order)
    var sums = [UInt64](repeating: 0, count: width)
    var isNegative = false
    var determinant: UInt32 = 1
    // The inverses of the pivots, negated.
    var heads = [UInt64](repeating: 0, count: order)
    for row in 0..<order {
      let isRegular = matrix.withUnsafeMutableBufferPointer { matrix in
        sums.withUnsafeMutableBufferPointer { sums in
          guard let base = matrix.baseAddress, let sums = sums.baseAddress else { return false }
          let own = base + row * width
          for j in 0..<width { sums[j] = UInt64(own[j]) }
          for above in 0..<row {
            let head = sums[above] % modulus
            // Times minus the inverse of the pivot above.
            let factor = UInt32(truncatingIfNeeded: head &* heads[above] % modulus)
            let source = base + above * width
            if factor != 0 {
              for j in (above + 1)..<width {
                sums[j] = sums[j] &+ UInt64(factor) &* UInt64(source[j])
              }
            }
            if above % 200 == 199 {
              for j in (above + 1)..<width { sums[j] %= modulus }
            }
          }
          for j in row..<width { own[j] = UInt32(truncatingIfNeeded: sums[j] % modulus) }
          return true
        }
      }
      guard isRegular else { return nil }
      guard let column = (row..<order).first(where: { matrix[row * width + $0] != 0 }) else {
        return nil
      }
      if column != row {
        for other in 0..<order { matrix.swapAt(other * width + row, other * width + column) }
        unknowns.swapAt(row, column)
        isNegative.toggle()
      }
      let pivot = matrix[row * width + row]
      determinant = product(determinant, pivot)
      heads[row] = modulus - UInt64(inverse(UInt64(pivot)))
    }
    if isNegative { determinant = value - determinant }
    // From the last unknown back, all times the determinant.
    var solution = [UInt32](repeating: 0, count: order + 1)
    for row in (0..<order).reversed() {
      var sum = UInt64(product(matrix[row * width + order], value - determinant))
      for column in (row + 1)..<max(order, row + 1) {
        sum = (sum + UInt64(matrix[row * width + column]) * UInt64(solution[column])) % modulus
      }
      solution[row] = UInt32(sum * heads[row] % modulus)
    }
    var result = [UInt32](repeating: 0, count: order + 1)
    for (column, unknown) in unknowns.enumerated() { result[unknown] = solution[column] }
    result[order] = determinant
    return result
  }
}
