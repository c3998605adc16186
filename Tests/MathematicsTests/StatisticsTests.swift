import Mathematics
import Testing

@Suite("Statistics")
struct StatisticsTests {
  @Test("Sums keep what plain addition loses")
  func sum() {
    #expect(Statistics.sum([1, 1e100, 1, -1e100]) == 2)  // Neumaier's example
    #expect(Statistics.sum([Double](repeating: 0.1, count: 10)) == 1)
    #expect(Statistics.sum([]) == 0)
    #expect(Statistics.sum([1, .infinity]) == .infinity)
  }

  @Test("Quantiles with equal weights agree with NumPy's Hazen rule")
  func hazen() {
    // numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], u, method="hazen")
    let values = [3.0, 1, 4, 1, 5, 9, 2, 6]
    let table = [
      (0.0, 1.0), (0.05, 1.0), (0.25, 1.5), (0.5, 3.5), (0.6, 4.3), (0.95, 9.0), (1.0, 9.0),
    ]
    for (u, expected) in table {
      let value = Statistics.quantile(values, at: u) ?? .nan
      #expect(isClose(value, expected, within: 1e-14), "at \(u): \(value)")
    }
  }

  @Test("Weighted quantiles do not depend on the scale or order of weights or on weight 0")
  func weighted() {
    let values = [3.0, 1, 2, 50]
    let weights = [1.0, 2, 1, 0]
    for u in [0.1, 0.25, 0.5, 0.8] {
      let plain = Statistics.quantile(values, weights: weights, at: u)
      let scaled = Statistics.quantile([1, 2, 3], weights: [4, 2, 2], at: u)
      #expect(plain == scaled)
    }
    // Places 0.25, 0.625 and 0.875: half way between the first two is 1.5.
    #expect(Statistics.quantile(values, weights: weights, at: 0.4375) == 1.5)
    #expect(Statistics.quantile(values, weights: weights, at: 0.99) == 3)
  }

  @Test("Nothing has no mean, variance or quantile")
  func nothing() {
    #expect(Statistics.mean([]) == nil)
    #expect(Statistics.mean([1], weights: [0]) == nil)
    #expect(Statistics.variance([1]) == nil)
    #expect(Statistics.standardError(replicates: [1]) == nil)
    #expect(Statistics.quantile([], at: 0.5) == nil)
    #expect(Statistics.quantile([2], weights: [0], at: 0.5) == nil)
    #expect(Statistics.quantile([2], at: 0.01) == 2)
    #expect(Statistics.ratioStandardError(numerators: [1, 2], denominators: [0, 0]) == nil)
  }

  @Test("Means, variances and standard errors of a small sample")
  func moments() {
    let sample = [2.0, 4, 4, 4, 5, 5, 7, 9]
    #expect(Statistics.mean(sample) == 5)
    #expect(isClose(Statistics.variance(sample) ?? 0, 32.0 / 7, within: 1e-15))
    #expect(
      isClose(
        Statistics.standardError(replicates: sample) ?? 0, (4.0 / 7).squareRoot(), within: 1e-15))
    #expect(Statistics.mean([1, 2], weights: [3, 1]) == 1.25)
  }

  @Test("The standard error of a ratio is that of a mean when all denominators are equal")
  func ratio() {
    let numerators = [1.0, 2, 4]
    let expected = Statistics.standardError(replicates: numerators.map { $0 / 2 }) ?? 0
    let ratio = Statistics.ratioStandardError(numerators: numerators, denominators: [2, 2, 2]) ?? 1
    #expect(isClose(ratio, expected, within: 1e-14))
    // A constant ratio has no error.
    #expect(
      Statistics.ratioStandardError(numerators: [1, 2, 3], denominators: [2, 4, 6]) == 0)
  }
}
