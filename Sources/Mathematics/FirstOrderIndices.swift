/// Shares of a result's variance that vanish once an input is known, from plain draws: no sample
/// beyond them is needed, and inputs may be dependent.
///
/// The draws are sorted into bins by an input; the variance of the bins' means, less what chance puts
/// into it, estimates Var E[Y | X] (the correlation ratio of Pearson 1905; Plischke, Borgonovo &
/// Smith 2013, European Journal of Operational Research 226). Its error is much smaller than that of
/// a pick-freeze estimate where the index is small: of order √bins / draws instead of 1 / √draws. What
/// the conditional mean does within a bin is lost: of a straight line one part in bins², of a jump in
/// the middle of the range less than one part in bins.
public struct FirstOrderIndices: Sendable, Equatable {
  /// By input: the shares of the variance.
  public let first: [SensitivityIndices.Index]
  /// By input: the same as variances.
  public let explained: [SensitivityIndices.Index]

  /// How many bins suit a number of draws: 32 for 512 to 2,048 draws. Fewer would lose more of a
  /// conditional mean that jumps, more would let in more chance.
  public static func bins(for draws: Int) -> Int {
    min(max(2, draws / 16), max(32, draws / 64), 128)
  }

  /// Estimates the indices, with intervals of the percentile bootstrap over draws.
  ///
  /// - Parameters:
  ///   - values: the result by draw.
  ///   - weights: by draw, how much it counts; nil if all count alike.
  ///   - bins: by input, by draw, the number of its bin, from 0.
  ///   - level: the level of the intervals.
  ///   - resamples: how many bootstrap samples.
  ///   - seed: of the bootstrap.
  /// - Returns: nil for fewer draws than would leave two for each bin, or if the result does not
  ///   vary.
  /// - Complexity: O(inputs × draws × resamples).
  public init?(
    values: [Double], weights own: [Double]? = nil, bins: [[Int]], level: Double = 0.9,
    resamples: Int = 500, seed: UInt64 = 1
  ) {
    let draws = values.count
    precondition(bins.allSatisfy { $0.count == draws }, "one bin for each draw")
    let counts = bins.map { 1 + ($0.max() ?? 0) }
    let ones = [Double](repeating: 1, count: draws)
    let own = own ?? ones
    let total = Statistics.sum(own)
    guard draws >= 2 * (counts.max() ?? 1), total > 0 else { return nil }
    let mean = Statistics.sum(zip(values, own).lazy.map { $0 * $1 }) / total
    let centered = values.map { $0 - mean }
    guard centered.contains(where: { $0 != 0 }) else { return nil }
    var estimates: [(share: Double, variance: Double)] = []
    for input in bins.indices {
      let parts = VarianceParts(centered, bins[input], counts[input], own, times: ones)
      guard let estimate = parts.explained(corrections: 1) else { return nil }
      estimates.append(estimate)
    }
    var random = SplitMix64(seed: seed)
    var times = ones
    var shares = bins.map { _ in [Double]() }
    var variances = shares
    for _ in 0..<resamples {
      for draw in times.indices { times[draw] = 0 }
      for _ in 0..<draws { times[Int(random.uniform() * Double(draws))] += 1 }
      for input in bins.indices {
        let parts = VarianceParts(centered, bins[input], counts[input], own, times: times)
        // A resample has the chance of the draws and its own.
        guard let sample = parts.explained(corrections: 2) else { continue }
        shares[input].append(sample.share)
        variances[input].append(sample.variance)
      }
    }
    func index(_ estimate: Double, _ samples: [Double]) -> SensitivityIndices.Index {
      let ends = Statistics.quantiles(
        samples, weights: samples.map { _ in 1 }, at: [(1 - level) / 2, (1 + level) / 2])
      return SensitivityIndices.Index(
        estimate: estimate,
        interval: min(ends?[0] ?? estimate, estimate)...max(ends?[1] ?? estimate, estimate))
    }
    first = bins.indices.map { index(estimates[$0].share, shares[$0]) }
    explained = bins.indices.map { index(estimates[$0].variance, variances[$0]) }
  }
}

/// The sums of squares of an analysis of variance in one direction, over draws that count by weights
/// and occur several times.
private struct VarianceParts {
  private var weight = 0.0
  private var total = 0.0
  private var between = 0.0
  /// What draws of variance 1 without any effect put on average between bins, and within them.
  private var chanceBetween = 0.0
  private var chanceWithin = 0.0

  init(_ values: [Double], _ bin: [Int], _ count: Int, _ weights: [Double], times: [Double]) {
    var sums = [Double](repeating: 0, count: count)
    var sizes = sums
    var squares = sums
    var square = 0.0
    for draw in values.indices {
      let share = times[draw] * weights[draw]
      let term = share * values[draw]
      sums[bin[draw]] += term
      sizes[bin[draw]] += share
      squares[bin[draw]] += share * weights[draw]
      square += term * values[draw]
    }
    var sum = 0.0
    var squared = 0.0
    for index in sums.indices where sizes[index] > 0 {
      between += sums[index] * sums[index] / sizes[index]
      chanceBetween += squares[index] / sizes[index]
      sum += sums[index]
      weight += sizes[index]
      squared += squares[index]
    }
    chanceWithin = weight - chanceBetween
    chanceBetween -= squared / weight
    between -= sum * sum / weight
    total = square - sum * sum / weight
  }

  /// The variance between bins, less so many times what chance puts there, and its share.
  func explained(corrections: Double) -> (share: Double, variance: Double)? {
    guard total > 0, chanceWithin > 0 else { return nil }
    let within = max(0, total - between) / chanceWithin
    let explained = between - corrections * chanceBetween * within
    return (explained / total, explained / weight)
  }
}

extension FirstOrderIndices {
  /// Sorts draws by a value into bins that count alike, at most so many, and never parts equal values.
  /// By draw, the number of its bin.
  public static func bins(of values: [Double], weights: [Double], _ count: Int) -> [Int] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    let share = Statistics.sum(weights) / Double(max(count, 1))
    var numbers = [Int](repeating: 0, count: values.count)
    var (bin, sum) = (0, 0.0)
    for (place, draw) in order.enumerated() {
      if place > 0, values[draw] != values[order[place - 1]], sum >= Double(bin + 1) * share,
        bin < count - 1
      {
        bin += 1
      }
      numbers[draw] = bin
      sum += weights[draw]
    }
    return numbers
  }
}
