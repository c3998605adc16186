import Mathematics
import Testing

@Suite("Exact linear systems") struct RationalLinearSystemTests {
  private func solution(_ matrix: [Rational], _ sides: [Rational]) -> [Rational]? {
    RationalLinearSystem(matrix: matrix, sides: sides).solution().map { numerators, denominator in
      numerators.map { Rational(big: $0, denominator) }
    }
  }

  @Test("The solution of a system is the point that its sides were made from")
  func random() {
    for seed in 0..<400 as Range<UInt64> {
      var stream = SplitMix64(seed: SplitMix64.hash(seed, 3))
      let order = Int(1 + stream.next() % 12)
      let digits = [0, 0, 5, 30][Int(stream.next() % 4)]
      let unit = Rational(big: BigInteger.powerOfTen(digits), BigInteger(1))
      func number() -> Rational {
        let top = Int(stream.next() % 19) - 9
        return stream.next() % 3 == 0
          ? Rational(top, Int(1 + stream.next() % 7)) : Rational(top) * unit + Rational(top)
      }
      let matrix = (0..<(order * order)).map { _ in number() }
      let point = (0..<order).map { _ in number() }
      let sides = (0..<order).map { row in
        (0..<order).reduce(Rational.zero) { $0 + matrix[row * order + $1] * point[$1] }
      }
      if let found = solution(matrix, sides) {
        #expect(found == point, "seed \(seed)")
      } else {
        // Of a matrix without an inverse the transpose has none either.
        let turned = (0..<(order * order)).map { matrix[$0 % order * order + $0 / order] }
        #expect(solution(turned, sides) == nil, "seed \(seed)")
        #expect(order < 4, "seed \(seed)")
      }
    }
  }

  @Test("The inverses of Hilbert's matrices hold integers, with the known sum of all: n²")
  func hilbert() {
    // The sum of all entries of the inverse is n² (Knuth, volume 1, section 1.2.3, exercise 45).
    for order in 1...25 {
      let matrix = (0..<(order * order)).map { Rational(1, $0 / order + $0 % order + 1) }
      let found = solution(matrix, Array(repeating: 1, count: order))
      #expect(found?.allSatisfy(\.isInteger) == true)
      #expect(found?.reduce(.zero, +) == Rational(order * order))
    }
  }

  @Test("A singular system has no solution, whatever its sides")
  func singular() {
    #expect(solution([1, 2, 2, 4], [1, 2]) == nil)
    #expect(solution([0], [0]) == nil)
    #expect(solution([0], [1]) == nil)
    for order in 2...8 {
      // Rows of consecutive numbers span a plane.
      let matrix = (0..<(order * order)).map { Rational($0) }
      let isSingular = solution(matrix, Array(repeating: 1, count: order)) == nil
      #expect(isSingular == (order > 2))
    }
  }

  @Test("A determinant that is a multiple of the largest primes is not mistaken for 0")
  func multiples() {
    // The three largest primes below 2²⁸.
    let product = Rational(268_435_399) * Rational(268_435_367) * Rational(268_435_361)
    #expect(solution([product], [1]) == [product.reciprocal])
    #expect(solution([product, 1, 0, product], [0, 1]) != nil)
  }
}
