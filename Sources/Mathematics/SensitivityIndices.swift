/// How much of a result's variance each input explains: Sobol' indices of first order and total,
/// from pick-freeze samples, with intervals.
///
/// The first-order index is the share of the variance that vanishes on average once the input is
/// known; the total index is what remains on average while the input alone is unknown. They part
/// where inputs act together. Both presuppose independent inputs.
public struct SensitivityIndices: Sendable, Equatable {
  /// An index with its interval.
  public struct Index: Sendable, Equatable {
    /// The estimate. A true index is never below 0; an estimate can be, by its error.
    public var estimate: Double
    /// The ends of the interval.
    public var interval: ClosedRange<Double>
  }

  /// By input: the first-order indices.
  public let first: [Index]
  /// By input: the total indices.
  public let total: [Index]
  /// The mean of the result.
  public let mean: Double
  /// The variance of the result.
  public let variance: Double

  /// Estimates the indices: those of first order by Saltelli et al. (2010, Computer Physics
  /// Communications 181, table 2, formula b), with the mean taken off, total ones by Jansen (1999).
  /// Intervals are those of the percentile bootstrap over rows.
  ///
  /// - Parameters:
  ///   - a: the results at the rows of a sample A of the inputs.
  ///   - b: those at the rows of an independent sample B.
  ///   - mixed: for each input the results at the rows of A with that input taken from B.
  ///   - level: the level of the intervals.
  ///   - resamples: how many bootstrap samples.
  ///   - seed: of the bootstrap.
  /// - Returns: nil for fewer than two rows, or if the result does not vary.
  /// - Complexity: O(inputs × rows × resamples).
  public init?(
    a: [Double], b: [Double], mixed: [[Double]], level: Double = 0.9, resamples: Int = 500,
    seed: UInt64 = 1
  ) {
    let rows = a.count
    precondition(
      b.count == rows && mixed.allSatisfy { $0.count == rows }, "one result for each row")
    guard rows > 1 else { return nil }
    let mean = Statistics.sum(a + b) / Double(2 * rows)
    let variance = Statistics.sum((a + b).lazy.map { ($0 - mean) * ($0 - mean) }) / Double(2 * rows)
    guard variance > 0 else { return nil }
    self.mean = mean
    self.variance = variance
    // By row: what it adds to the numerator of each index, and to the mean and the variance.
    var firstTerms: [[Double]] = []
    var totalTerms: [[Double]] = []
    for own in mixed {
      var firstOnes: [Double] = []
      var totalOnes: [Double] = []
      for row in 0..<rows {
        let change = own[row] - a[row]
        firstOnes.append((b[row] - mean) * change)
        totalOnes.append(0.5 * change * change)
      }
      firstTerms.append(firstOnes)
      totalTerms.append(totalOnes)
    }
    var sums: [Double] = []
    var squares: [Double] = []
    for row in 0..<rows {
      let one = a[row] - mean
      let other = b[row] - mean
      sums.append(one + other)
      squares.append(one * one + other * other)
    }
    var random = SplitMix64(seed: seed)
    var firstSamples = mixed.map { _ in [Double]() }
    var totalSamples = firstSamples
    var counts = [Double](repeating: 0, count: rows)
    for _ in 0..<resamples {
      for row in counts.indices { counts[row] = 0 }
      for _ in 0..<rows { counts[Int(random.uniform() * Double(rows))] += 1 }
      func sum(_ terms: [Double]) -> Double {
        var sum = 0.0
        for row in 0..<rows { sum += counts[row] * terms[row] }
        return sum / Double(rows)
      }
      let shift = sum(sums) / 2
      let spread = sum(squares) / 2 - shift * shift
      guard spread > 0 else { continue }
      for input in mixed.indices {
        firstSamples[input].append(sum(firstTerms[input]) / spread)
        totalSamples[input].append(sum(totalTerms[input]) / spread)
      }
    }
    func index(_ terms: [Double], _ samples: [Double]) -> Index {
      let estimate = Statistics.sum(terms) / Double(rows) / variance
      let low = Statistics.quantile(samples, at: (1 - level) / 2) ?? estimate
      let high = Statistics.quantile(samples, at: (1 + level) / 2) ?? estimate
      return Index(estimate: estimate, interval: min(low, estimate)...max(high, estimate))
    }
    first = zip(firstTerms, firstSamples).map(index)
    total = zip(totalTerms, totalSamples).map(index)
  }
}
