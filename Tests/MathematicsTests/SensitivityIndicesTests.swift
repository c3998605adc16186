import Foundation
import Mathematics
import Testing

@Suite("Sobol' indices")
struct SensitivityIndicesTests {
  /// Indices of a function of independent uniform inputs, from scrambled Sobol' points.
  private func indices(
    _ dimensions: Int, rows: Int, seed: UInt64, _ function: ([Double]) -> Double
  ) -> SensitivityIndices? {
    let sequence = ScrambledSobol(dimensions: 2 * dimensions, seed: seed)
    var a: [Double] = []
    var b: [Double] = []
    var mixed = [[Double]](repeating: [], count: dimensions)
    for row in 0..<rows {
      let point = (0..<(2 * dimensions)).map {
        sequence.coordinate(replicate: row % 16, index: row / 16, dimension: $0)
      }
      let first = Array(point[..<dimensions])
      let second = Array(point[dimensions...])
      a.append(function(first))
      b.append(function(second))
      for input in 0..<dimensions {
        var own = first
        own[input] = second[input]
        mixed[input].append(function(own))
      }
    }
    return SensitivityIndices(a: a, b: b, mixed: mixed, resamples: 200, seed: seed)
  }

  /// Ishigami and Homma (1990) with a = 7, b = 0.1.
  private func ishigami(_ u: [Double]) -> Double {
    let x = u.map { (2 * $0 - 1) * Double.pi }
    return sin(x[0]) + 7 * pow(sin(x[1]), 2) + 0.1 * pow(x[2], 4) * sin(x[0])
  }

  private var ishigamiIndices: (first: [Double], total: [Double]) {
    let one = 0.5 * pow(1 + 0.1 * pow(Double.pi, 4) / 5, 2)
    let two = 49.0 / 8
    let three = 0.01 * pow(Double.pi, 8) * 8 / 225
    let all = one + two + three
    return ([one / all, two / all, 0], [(one + three) / all, two / all, three / all])
  }

  @Test("Ishigami's function: closed forms")
  func ishigamiFunction() throws {
    let found = try #require(indices(3, rows: 4_096, seed: 5, ishigami))
    let exact = ishigamiIndices
    for input in 0..<3 {
      #expect(abs(found.first[input].estimate - exact.first[input]) < 0.03)
      #expect(abs(found.total[input].estimate - exact.total[input]) < 0.03)
    }
    #expect(abs(found.mean - 3.5) < 0.05)
  }

  @Test("Sobol's g-function: closed forms")
  func gFunction() throws {
    let a = [0.0, 1, 4.5, 9, 99, 99]
    let found = try #require(
      indices(6, rows: 8_192, seed: 7) { u in
        zip(u, a).reduce(1) { $0 * (abs(4 * $1.0 - 2) + $1.1) / (1 + $1.1) }
      })
    let parts = a.map { 1 / (3 * (1 + $0) * (1 + $0)) }
    let product = parts.reduce(1) { $0 * (1 + $1) }
    let variance = product - 1
    for input in a.indices {
      let first = parts[input] / variance
      let total = parts[input] * product / (1 + parts[input]) / variance
      #expect(abs(found.first[input].estimate - first) < 0.03)
      #expect(abs(found.total[input].estimate - total) < 0.03)
    }
  }

  @Test("Intervals of 90% contain the truth at least 85% of the time")
  func coverage() throws {
    let exact = ishigamiIndices
    var covered = 0
    var all = 0
    for seed in UInt64(1)...200 {
      var random = SplitMix64(seed: SplitMix64.hash(seed, 77))
      let rows = 256
      let first = (0..<rows).map { _ in (0..<3).map { _ in random.uniform() } }
      let second = (0..<rows).map { _ in (0..<3).map { _ in random.uniform() } }
      let mixed = (0..<3).map { input in
        (0..<rows).map { row in
          var own = first[row]
          own[input] = second[row][input]
          return ishigami(own)
        }
      }
      let found = try #require(
        SensitivityIndices(
          a: first.map(ishigami), b: second.map(ishigami), mixed: mixed, resamples: 200,
          seed: seed))
      for input in 0..<3 {
        all += 2
        if found.first[input].interval.contains(exact.first[input]) { covered += 1 }
        if found.total[input].interval.contains(exact.total[input]) { covered += 1 }
      }
    }
    print("Sobol' indices of Ishigami's function: \(covered) of \(all) intervals of 90% cover")
    #expect(covered * 100 >= 85 * all)
  }

  @Test("What does not vary has no indices")
  func constant() {
    #expect(SensitivityIndices(a: [1, 1], b: [1, 1], mixed: [[1, 1]]) == nil)
    #expect(SensitivityIndices(a: [1], b: [2], mixed: [[1]]) == nil)
  }

  @Test("The correlation ratio of plain draws, less chance: by hand, and of noise")
  func conditionalMeans() throws {
    // Means 1 and 5 of two bins; between them 16, within 4, total 20 and 4 degrees of freedom less 2.
    let values: [Double] = [0, 2, 4, 6]
    let found = try #require(
      FirstOrderIndices(values: values, bins: [[0, 0, 1, 1], [0, 1, 0, 1]]))
    #expect(abs(found.first[0].estimate - (16 - 2) / 20) < 1e-12)
    #expect(abs(found.explained[0].estimate - 14.0 / 4) < 1e-12)
    // Means 2 and 4: between them 4, within 16.
    #expect(abs(found.first[1].estimate - (4 - 8) / 20) < 1e-12)
    // Weights that are all alike are none.
    let even = FirstOrderIndices(
      values: values, weights: [2, 2, 2, 2], bins: [[0, 0, 1, 1], [0, 1, 0, 1]])
    #expect(even?.first == found.first)
    #expect(FirstOrderIndices(values: [1, 1, 1, 1], bins: [[0, 0, 1, 1]]) == nil)
    #expect(FirstOrderIndices(values: [1, 2], bins: [[0, 1]]) == nil)
  }

  @Test("Bins count alike, and equal values share one")
  func weighedBins() {
    #expect(
      FirstOrderIndices.bins(of: [4, 1, 3, 2], weights: [1, 1, 1, 1], 2) == [1, 0, 1, 0])
    #expect(
      FirstOrderIndices.bins(of: [4, 1, 3, 2], weights: [3, 1, 1, 1], 2) == [1, 0, 0, 0])
    #expect(FirstOrderIndices.bins(of: [1, 1, 1, 2], weights: [1, 1, 1, 1], 2) == [0, 0, 0, 1])
  }

  @Test("Rows that are not numbers are left out of the inputs that they belong to, and counted")
  func leftOut() throws {
    var random = SplitMix64(seed: 5)
    let rows = 512
    let a = (0..<rows).map { _ in [random.uniform(), random.uniform()] }
    let b = (0..<rows).map { _ in [random.uniform(), random.uniform()] }
    func sum(_ point: [Double]) -> Double { point[0] + 2 * point[1] }
    var first = zip(a, b).map { sum([$1[0], $0[1]]) }
    let second = zip(a, b).map { sum([$0[0], $1[1]]) }
    for row in stride(from: 0, to: rows, by: 8) { first[row] = .nan }
    let found = try #require(
      SensitivityIndices(a: a.map(sum), b: b.map(sum), mixed: [first, second]))
    #expect(found.leftOut == [64, 0])
    #expect(abs(found.total[0].estimate - 0.2) < 0.04)
    #expect(abs(found.total[1].estimate - 0.8) < 0.08)
    #expect(abs(found.explained[1].estimate - 4.0 / 12) < 0.08)
  }
}
