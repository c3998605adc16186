/// Square systems of linear equations over the fractions, solved exactly.
///
/// Each equation is brought to integers; the system is solved modulo as many primes as its
/// determinant may be long, and the numerators and denominator of Cramer's rule are put together by
/// Chinese remainders (Cabay & Lam 1977, Congruence techniques for the exact solution of integer
/// systems of linear equations). Entries that are integers of at most 62 bits are never widened.
package struct RationalLinearSystem {
  private let order: Int
  /// `entries[row * (order + 1) + column]`, the right-hand sides last.
  private let entries: [BigInteger]
  /// The same, where all are this narrow.
  private let words: [Int64]?

  /// The system `matrix · x = sides`, the matrix given by rows.
  package init(matrix: [Rational], sides: [Rational]) {
    order = sides.count
    precondition(matrix.count == order * order, "the matrix must be square, one side per row")
    var words: [Int64] = []
    var entries: [BigInteger] = []
    var isNarrow = true
    for row in 0..<order {
      let equation = matrix[(row * order)..<((row + 1) * order)] + [sides[row]]
      let narrow = isNarrow ? equation.compactMap(\.narrowInteger) : []
      if narrow.count == order + 1 {
        words += narrow
        continue
      }
      let whole = Rational.integers(proportionalTo: Array(equation))
      let short = isNarrow ? whole.compactMap { Int64(fitting: $0) } : []
      if short.count == order + 1 {
        words += short
        continue
      }
      if isNarrow {
        isNarrow = false
        entries = words.map(\.big)
      }
      entries += whole
    }
    self.words = isNarrow ? words : nil
    self.entries = entries
  }

  /// The numerators of the unknowns and their common positive denominator; nil if the system does
  /// not have exactly one solution.
  ///
  /// - Complexity: n³ / 3 multiplications of words for each 28 bits of the determinant.
  package func solution() -> (numerators: [BigInteger], denominator: BigInteger)? {
    let needed = bound
    var product = BigInteger(1)
    var values = [BigInteger](repeating: .zero, count: order + 1)
    var refused = 0
    for prime in PrimeModulus.primes {
      guard let residues = residues(modulo: prime) else {
        // The determinant is a multiple of the prime. If it is not 0 it is not so for more primes
        // than it is long.
        refused += 1
        if refused * 27 > needed { return nil }
        continue
      }
      let inverse = prime.inverse(product.remainder(by: UInt64(prime.value)))
      for index in values.indices {
        let known = values[index].remainder(by: UInt64(prime.value))
        let step = prime.product(prime.difference(residues[index], known), inverse)
        if step != 0 { values[index] = values[index] + product * BigInteger(Int128(step)) }
      }
      product = product * BigInteger(Int128(prime.value))
      if product.bitWidth > needed + 1 { break }
    }
    guard product.bitWidth > needed + 1 else { return nil }
    let half = product.halved
    values = values.map { $0 > half ? $0 - product : $0 }
    guard let determinant = values.popLast(), determinant.signum != 0 else { return nil }
    return determinant.signum > 0 ? (values, determinant) : (values.map { -$0 }, -determinant)
  }

  /// No minor of order n of the system has more bits: Hadamard's inequality.
  private var bound: Int {
    var bits = 1.0
    for row in 0..<order {
      var widest = 1
      for column in 0...order {
        let index = row * (order + 1) + column
        widest = max(
          widest,
          words.map { 64 - $0[index].magnitude.leadingZeroBitCount }
            ?? entries[index].bitWidth)
      }
      // A row of numbers below 2ʷ is shorter than 2ʷ · √(n + 1).
      bits += Double(widest) + Double(bitCount(order + 1)) / 2
    }
    return Int(bits) + 1
  }

  private func bitCount(_ value: Int) -> Int { Int.bitWidth - value.leadingZeroBitCount }

  /// The numerators of Cramer's rule modulo a prime, and last the determinant; nil if that is 0.
  private func residues(modulo prime: PrimeModulus) -> [UInt32]? {
    let width = order + 1
    var matrix: [UInt32]
    if let words {
      matrix = words.map { prime.residue($0) }
    } else {
      matrix = entries.map { UInt32($0.remainder(by: UInt64(prime.value))) }
    }
    return prime.solve(&matrix, order: order, width: width)
  }
}

extension Rational {
  /// The number, if it is an integer of at most 62 bits.
  fileprivate var narrowInteger: Int64? {
    guard case .word(let top, 1) = storage, top.magnitude < 1 << 62 else { return nil }
    return Int64(top)
  }

  /// The numbers times their denominators' least common multiple.
  package static func integers(proportionalTo numbers: [Rational]) -> [BigInteger] {
    let one = BigInteger(1)
    let parts = numbers.map(\.parts)
    var common = one
    for (_, denominator) in parts where denominator != one {
      let divisor = common.greatestCommonDivisor(with: denominator)
      common = common * denominator.dividedExactly(by: divisor)
    }
    return parts.map { $0.numerator * common.dividedExactly(by: $0.denominator) }
  }
}
