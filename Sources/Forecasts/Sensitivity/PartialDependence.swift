import Mathematics

/// The mean answer against one quantity, over draws sorted into bins of equal counts.
///
/// For a quantity that is independent of the others this is what setting it to the value would give.
/// For a correlated one it is the mean over the worlds in which it has that value, its companions
/// moving along: a conditional mean, not the effect of setting it.
public struct PartialDependence: Sendable, Equatable {
  /// Draws with similar values of the quantity.
  public struct Bin: Sendable, Equatable {
    /// The least and the greatest value.
    public var range: ClosedRange<Double>
    /// The mean value.
    public var center: Double
    /// How many draws.
    public var count: Int
    /// The mean answer; with a condition the ratio of the means.
    public var mean: Double
    /// The standard error of the mean, of draws taken as independent: a little too large.
    public var standardError: Double
    /// Where the mean of infinitely many such draws lies, by 90% confidence, for each bin by itself:
    /// bins hold different draws, so that neighbors differ by chance, too, by more than either errs.
    public var interval: ClosedRange<Double>
  }

  /// The input's index.
  public var input: Int
  /// It is correlated with others: a conditional mean.
  public var isConditional: Bool
  /// From the lowest to the highest values. Equal values share a bin; a bin in which the answer does
  /// not exist is left out.
  public var bins: [Bin]
}

/// Values of a quantity with the answers in the same draws, for a plot.
public struct Scatter: Sendable, Equatable {
  /// The input's index.
  public var input: Int
  /// By draw: its value.
  public var values: [Double]
  /// By draw: the answer in that world.
  public var responses: [Double]
}

extension ResponseSample {
  /// The values of a quantity with the answers, of the first draws that have one.
  public func scatter(of input: Int, atMost limit: Int = 500) -> Scatter {
    var result = Scatter(input: input, values: [], responses: [])
    for draw in points.indices where result.values.count < limit {
      let response = values.probability(draw)
      if response.isNaN { continue }
      result.values.append(points[draw][input])
      result.responses.append(response)
    }
    return result
  }

  /// The same of draws as dense as they count, some of them several times (systematic resampling).
  func weighedScatter(of input: Int, atMost limit: Int = 500, seed: UInt64) -> Scatter {
    let weights = values.condition.map { $0 > 0 ? $0 : 0 }
    guard weights.contains(where: { $0 > 0 }) else { return scatter(of: input, atMost: limit) }
    let draws = SystematicResampling.indices(
      weights: weights, count: min(limit, points.count), seed: seed)
    return Scatter(
      input: input, values: draws.map { points[$0][input] },
      responses: draws.map(values.probability))
  }

  /// The mean answer against a quantity, in at most so many bins.
  ///
  /// - Parameters:
  ///   - input: the quantity, by its index.
  ///   - count: the most bins.
  ///   - space: the quantities.
  ///   - isProbability: whether the answer lies between 0 and 1, which intervals then respect.
  /// - Complexity: O(n log n) in the draws.
  public func partialDependence(
    of input: Int, bins count: Int = 16, in space: InputSpace, isProbability: Bool = true
  ) -> PartialDependence {
    let isConditional = space.correlations.contains { [$0.first, $0.second].contains(input) }
    var result = PartialDependence(input: input, isConditional: isConditional, bins: [])
    let usesLimits = !values.condition.contains { $0 > 0 }
    let draws = points.indices
      .filter { usesLimits ? !values.limit[$0].isNaN : !values.joint[$0].isNaN }
    result.bins = ResponseSample.bins(draws, count) { points[$0][input] }
      .compactMap { bin($0, input, usesLimits, isProbability) }
    return result
  }

  /// Sorts draws by a value into bins of equal counts, at most so many, that never part equal values.
  static func bins(_ draws: [Int], _ count: Int, by value: (Int) -> Double) -> [[Int]] {
    let values = draws.map(value)
    let order = draws.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var bins: [[Int]] = []
    var start = 0
    while start < order.count {
      // The next of the ends of equal shares.
      let share = start * count / order.count + 1
      var end = max(start + 1, share * order.count / count)
      while end < order.count, values[order[end]] == values[order[end - 1]] { end += 1 }
      bins.append(order[start..<end].map { draws[$0] })
      start = end
    }
    return bins
  }

  private func bin(
    _ draws: [Int], _ input: Int, _ usesLimits: Bool, _ isProbability: Bool
  ) -> PartialDependence.Bin? {
    let numerators = draws.map { usesLimits ? values.limit[$0] : values.joint[$0] }
    let denominators = draws.map { usesLimits ? 1 : values.condition[$0] }
    let weight = Statistics.sum(denominators)
    guard weight > 0 else { return nil }
    let own = draws.map { points[$0][input] }
    let mean = Statistics.sum(numerators) / weight
    let error =
      Statistics.ratioStandardError(numerators: numerators, denominators: denominators) ?? 0
    return PartialDependence.Bin(
      range: own[0]...own[own.count - 1],
      center: Statistics.sum(own) / Double(own.count), count: draws.count, mean: mean,
      standardError: error,
      interval: isProbability
        ? Statistics.probabilityInterval(
          mean: mean, standardError: error,
          draws: weight * weight / Statistics.sum(denominators.lazy.map { $0 * $0 }))
        : mean - 1.645 * error...mean + 1.645 * error)
  }
}
