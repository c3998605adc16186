/// The direction numbers of Sobol' sequences.
package enum SobolDirections {
  /// How many dimensions the table of initial numbers covers.
  static let dimensions = 256

  /// Bits of a coordinate, and so direction numbers of a dimension.
  static let bits = 32

  /// The direction numbers of all dimensions one after another, `bits` for each: the first has its
  /// one bit at the top. The first dimension is van der Corput's sequence.
  ///
  /// The recurrence is that of Bratley & Fox (1988).
  static let numbers: [UInt32] = {
    var numbers = (0..<bits).map { UInt32(1) << UInt32(bits - 1 - $0) }
    numbers.reserveCapacity(dimensions * bits)
    var next = 0
    for polynomial in primitivePolynomials(dimensions - 1) {
      let degree = bitLength(polynomial) - 1
      var column = [UInt32](repeating: 0, count: bits)
      for k in 0..<bits {
        if k < degree {
          column[k] = UInt32(initialNumbers[next + k]) << UInt32(bits - 1 - k)
          continue
        }
        var value = column[k - degree] ^ (column[k - degree] >> UInt32(degree))
        for j in 1..<max(degree, 1) where polynomial >> (degree - j) & 1 == 1 {
          value ^= column[k - j]
        }
        column[k] = value
      }
      next += degree
      numbers += column
    }
    return numbers
  }()

  /// The first primitive polynomials over the field of two elements, in rising order of degree and
  /// of the number that their coefficients write in binary, beginning with x + 1.
  package static func primitivePolynomials(_ count: Int) -> [Int] {
    var found: [Int] = []
    var candidate = 3
    while found.count < count {
      if isPrimitive(candidate) { found.append(candidate) }
      candidate += 2
    }
    return found
  }

  /// Whether x generates all 2ᵈ − 1 nonzero remainders modulo this polynomial of degree d.
  static func isPrimitive(_ polynomial: Int) -> Bool {
    let degree = bitLength(polynomial) - 1
    let order = 1 << degree - 1
    guard power(order, modulo: polynomial) == 1 else { return false }
    return primeFactors(order).allSatisfy { power(order / $0, modulo: polynomial) != 1 }
  }

  /// The remainder of x to this power.
  private static func power(_ exponent: Int, modulo polynomial: Int) -> Int {
    var result = 1
    var square = reduce(2, modulo: polynomial)
    var left = exponent
    while left > 0 {
      if left & 1 == 1 { result = product(result, square, modulo: polynomial) }
      square = product(square, square, modulo: polynomial)
      left >>= 1
    }
    return result
  }

  private static func product(_ a: Int, _ b: Int, modulo polynomial: Int) -> Int {
    var sum = 0
    for bit in 0..<bitLength(b) where b >> bit & 1 == 1 { sum ^= a << bit }
    return reduce(sum, modulo: polynomial)
  }

  private static func reduce(_ value: Int, modulo polynomial: Int) -> Int {
    var rest = value
    let length = bitLength(polynomial)
    while bitLength(rest) >= length { rest ^= polynomial << (bitLength(rest) - length) }
    return rest
  }

  private static func primeFactors(_ number: Int) -> [Int] {
    var rest = number
    var factors: [Int] = []
    var divisor = 2
    while divisor * divisor <= rest {
      if rest.isMultiple(of: divisor) {
        factors.append(divisor)
        while rest.isMultiple(of: divisor) { rest /= divisor }
      }
      divisor += 1
    }
    return rest > 1 ? factors + [rest] : factors
  }

  private static func bitLength(_ value: Int) -> Int { Int.bitWidth - value.leadingZeroBitCount }
}
