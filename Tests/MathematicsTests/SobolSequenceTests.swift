import Testing

import Mathematics

@Suite("Sobol' sequences")
struct SobolSequenceTests {
  @Test("Before scrambling the points are SciPy's")
  func unscrambled() {
    // scipy.stats.qmc.Sobol(256, scramble=False, bits=32).random(1024)[i, d]
    let indices = [1, 2, 3, 7, 100, 255, 1000]
    let table: [(Int, [Double])] = [
      (0, [0.5, 0.75, 0.25, 0.125, 0.4140625, 0.00390625, 0.2197265625]),
      (1, [0.5, 0.25, 0.75, 0.625, 0.2578125, 0.99609375, 0.0966796875]),
      (2, [0.5, 0.25, 0.75, 0.375, 0.7734375, 0.76953125, 0.5185546875]),
      (5, [0.5, 0.75, 0.25, 0.375, 0.7421875, 0.98046875, 0.9072265625]),
      (20, [0.5, 0.25, 0.75, 0.875, 0.7578125, 0.31640625, 0.5224609375]),
      (99, [0.5, 0.75, 0.25, 0.625, 0.8828125, 0.45703125, 0.1865234375]),
      (255, [0.5, 0.75, 0.25, 0.125, 0.5703125, 0.51953125, 0.2490234375]),
    ]
    for (dimension, values) in table {
      for (index, expected) in zip(indices, values) {
        let bits = ScrambledSobol.unscrambled(index: index, dimension: dimension)
        #expect(Double(bits) * 0x1p-32 == expected, "point \(index), dimension \(dimension)")
      }
    }
  }

  @Test("Primitive polynomials are those of the published table")
  func polynomials() {
    let polynomials = SobolDirections.primitivePolynomials(255)
    #expect(Array(polynomials.prefix(11)) == [3, 7, 11, 13, 19, 25, 37, 41, 47, 55, 59])
    #expect(polynomials[254] == 3169)
    // φ(2ᵈ − 1)/d primitive polynomials of degree d
    #expect(polynomials.count { $0 >> 8 == 1 } == 16)
    #expect(polynomials.count { $0 >> 10 == 1 } == 60)
    #expect(SobolDirections.initialNumbers.count == polynomials.map { $0.bits - 1 }.reduce(0, +))
  }

  @Test("Each block of 256 has one point in each of 256 slices of every dimension")
  func slices() {
    let sequence = ScrambledSobol(dimensions: 300, seed: 11)
    for (replicate, block) in [(0, 0), (5, 0), (15, 0), (3, 7)] {
      for dimension in 0..<300 {
        var seen = [Bool](repeating: false, count: 256)
        for index in 0..<256 {
          let x = sequence.coordinate(
            replicate: replicate, index: 256 * block + index, dimension: dimension)
          seen[Int(x * 256)] = true
        }
        #expect(!seen.contains(false), "replicate \(replicate), dimension \(dimension)")
      }
    }
  }

  @Test("The first two dimensions have one point in each rectangle of area 1/256")
  func rectangles() {
    let sequence = ScrambledSobol(dimensions: 2, seed: 4)
    for replicate in 0..<4 {
      for shift in 0...8 {
        var seen = [Bool](repeating: false, count: 256)
        for index in 0..<256 {
          let x = sequence.coordinate(replicate: replicate, index: index, dimension: 0)
          let y = sequence.coordinate(replicate: replicate, index: index, dimension: 1)
          let column = Int(x * Double(1 << shift))
          let row = Int(y * Double(1 << (8 - shift)))
          seen[column << (8 - shift) | row] = true
        }
        #expect(!seen.contains(false), "replicate \(replicate), 2^\(shift) columns")
      }
    }
  }

  @Test("A scrambled bit depends on the bits above it only, and on all of them")
  func nesting() {
    var flips = [0, 0]
    for trial in 0..<500 as Range<UInt64> {
      var stream = SplitMix64(seed: trial)
      let value = UInt32(truncatingIfNeeded: stream.next())
      let key = stream.next()
      let bit = UInt32(stream.next() % 32)
      let one = ScrambledSobol.scramble(value, key)
      let other = ScrambledSobol.scramble(value ^ (1 << bit), key)
      #expect((one ^ other).leadingZeroBitCount == 31 - Int(bit))
      if bit > 0 { flips[Int((one ^ other) >> (bit - 1) & 1)] += 1 }
    }
    #expect(flips.allSatisfy { $0 > 180 })
  }

  @Test("A point is a pure function of its numbers, strictly inside the cube")
  func purity() {
    let sequence = ScrambledSobol(dimensions: 270, seed: 99)
    var point = [Double](repeating: 0, count: 270)
    for (replicate, index) in [(0, 0), (3, 255), (15, 12), (2, 100_000), (7, Int(UInt32.max))] {
      sequence.point(replicate: replicate, index: index, into: &point)
      for dimension in 0..<270 {
        let again = ScrambledSobol(dimensions: 1, seed: 99)
          .coordinate(replicate: replicate, index: index, dimension: dimension)
        #expect(again == point[dimension])
        #expect(point[dimension] > 0 && point[dimension] < 1)
      }
    }
    let elsewhere = ScrambledSobol(dimensions: 270, seed: 100)
    sequence.point(replicate: 0, index: 5, into: &point)
    let same = (0..<270).count {
      elsewhere.coordinate(replicate: 0, index: 5, dimension: $0) == point[$0]
    }
    #expect(same == 0)
  }

  @Test("Each point is uniform over scramblings")
  func uniform() {
    let sequence = ScrambledSobol(dimensions: 400, seed: 8)
    for dimension in [0, 1, 37, 255, 256, 399] {
      for index in [0, 1, 200] {
        var counts = [Int](repeating: 0, count: 8)
        for replicate in 0..<1600 {
          let x = sequence.coordinate(replicate: replicate, index: index, dimension: dimension)
          counts[Int(x * 8)] += 1
        }
        let chi = counts.map { Double(($0 - 200) * ($0 - 200)) / 200 }.reduce(0, +)
        #expect(chi < 35, "dimension \(dimension), index \(index): \(counts)")  // p ≈ 10⁻⁵
      }
    }
  }

  @Test("Averages of a smooth function converge and differ between replicates")
  func integration() {
    // ∏ (1 + (x − 1/2) / d²) over five dimensions has mean 1.
    func error(count: Int, replicate: Int) -> Double {
      let sequence = ScrambledSobol(dimensions: 5, seed: 1)
      var point = [Double](repeating: 0, count: 5)
      var sum = 0.0
      for index in 0..<count {
        sequence.point(replicate: replicate, index: index, into: &point)
        sum += point.enumerated().reduce(1) { $0 * (1 + ($1.1 - 0.5) / Double(1 + $1.0)) }
      }
      return sum / Double(count) - 1
    }
    let coarse = (0..<16).map { error(count: 64, replicate: $0) }
    let fine = (0..<16).map { error(count: 1024, replicate: $0) }
    #expect(Set(fine).count == 16)
    let atCoarse = Statistics.mean(coarse.map { $0 * $0 })?.squareRoot() ?? 1
    let atFine = Statistics.mean(fine.map { $0 * $0 })?.squareRoot() ?? 1
    // Plain sampling has errors of about 0.4/√n: 0.05 and 0.0125.
    #expect(atCoarse < 0.01 && atFine < 0.0005, "\(atCoarse), \(atFine)")
    let mean = Statistics.mean(fine) ?? 1
    #expect(abs(mean) < 4 * (Statistics.standardError(replicates: fine) ?? 0))
  }
}

extension Int {
  fileprivate var bits: Int { Int.bitWidth - leadingZeroBitCount }
}
