/// How much of a result's variance each input explains: Sobol' indices of first order and total,
/// from pick-freeze samples, with intervals.
///
/// The first-order index is the share of the variance that vanishes on average once the input is
/// known; the total index is what remains on average while the input alone is unknown. With
/// independent inputs a total index is never below that of first order, and they part where inputs
/// act together. With dependent inputs, whose samples must be mixed accordingly, neither bounds the
/// other: to know an input then also tells something of its companions.
public struct SensitivityIndices: Sendable, Equatable {
  /// An estimate with its interval.
  public struct Index: Sendable, Equatable {
    /// The estimate. A true index is never below 0; an estimate can be, by its error.
    public var estimate: Double
    /// The ends of the interval.
    public var interval: ClosedRange<Double>

    /// An estimate with the ends of its interval.
    public init(estimate: Double, interval: ClosedRange<Double>) {
      self.estimate = estimate
      self.interval = interval
    }
  }

  /// The results at one input's mixed rows.
  public struct Mixed: Sendable {
    /// At the rows of A with the input, and what it tells of others, taken from B.
    public var first: [Double]
    /// At the rows of A with the input alone taken anew, given the others; `nil` if these are the
    /// same rows, as for an independent input.
    public var total: [Double]?

    /// The results at the rows for the index of first order and for the total one.
    public init(first: [Double], total: [Double]? = nil) {
      self.first = first
      self.total = total
    }
  }

  /// By input: the first-order indices.
  public let first: [Index]
  /// By input: the total indices.
  public let total: [Index]
  /// By input: the variance that knowing it removes, the first-order index times the variance.
  public let explained: [Index]
  /// By input: rows left out because one of their results is not a number.
  public let leftOut: [Int]
  /// The mean of the result.
  public let mean: Double
  /// The variance of the result.
  public let variance: Double

  /// Estimates the indices of independent inputs.
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
    self.init(
      a: a, b: b, mixed: mixed.map { Mixed(first: $0) }, level: level, resamples: resamples,
      seed: seed)
  }

  /// Estimates the indices: those of first order by Saltelli et al. (2010, Computer Physics
  /// Communications 181, table 2, formula b), with the mean taken off, total ones by Jansen (1999).
  /// Intervals are those of the percentile bootstrap over rows.
  ///
  /// A row with a result that is not a number is left out of the sums of every input that it
  /// belongs to, and counted.
  ///
  /// - Parameters:
  ///   - a: the results at the rows of a sample A of the inputs.
  ///   - b: those at the rows of an independent sample B.
  ///   - mixed: the results at each input's mixed rows.
  ///   - level: the level of the intervals.
  ///   - resamples: how many bootstrap samples.
  ///   - seed: of the bootstrap.
  /// - Returns: nil for fewer than two sound rows, or if the result does not vary.
  /// - Complexity: O(inputs × rows × resamples).
  public init?(
    a: [Double], b: [Double], mixed: [Mixed], level: Double = 0.9, resamples: Int = 500,
    seed: UInt64 = 1
  ) {
    let rows = a.count
    precondition(
      b.count == rows
        && mixed.allSatisfy { $0.first.count == rows && ($0.total?.count ?? rows) == rows },
      "one result for each row")
    let sound = zip(a, b).map { !$0.isNaN && !$1.isNaN }
    let count = Double(sound.count { $0 })
    guard count > 1 else { return nil }
    let all = zip(sound, zip(a, b)).flatMap { $0 ? [$1.0, $1.1] : [] }
    let mean = Statistics.sum(all) / (2 * count)
    let variance = Statistics.sum(all.lazy.map { ($0 - mean) * ($0 - mean) }) / (2 * count)
    guard variance > 0 else { return nil }
    self.mean = mean
    self.variance = variance
    var inputs = mixed.map { PickFreezeSums(a: a, b: b, mixed: $0, mean: mean) }
    var random = SplitMix64(seed: seed)
    var weights = [Double](repeating: 0, count: rows)
    for _ in 0..<resamples {
      for row in weights.indices { weights[row] = 0 }
      for _ in 0..<rows { weights[Int(random.uniform() * Double(rows))] += 1 }
      for input in inputs.indices { inputs[input].resample(weights) }
    }
    leftOut = inputs.map(\.leftOut)
    let levels = ((1 - level) / 2, (1 + level) / 2)
    first = inputs.map { $0.index(\.first, levels) }
    total = inputs.map { $0.index(\.total, levels) }
    explained = inputs.map { $0.index(\.explained, levels) }
  }
}

/// The terms of one input's indices by row, and what they come to in each resample.
private struct PickFreezeSums {
  /// The three numbers that are estimated.
  struct Values {
    var first = 0.0
    var total = 0.0
    var explained = 0.0
  }

  private(set) var leftOut = 0
  private var isSound: [Double] = []
  /// (f(B) − mean) × change, change, and half the squared change of the other sample.
  private var products: [Double] = []
  private var changes: [Double] = []
  private var squaredChanges: [Double] = []
  /// Deviations from the mean and their squares, of A and B together.
  private var deviations: [Double] = []
  private var squares: [Double] = []
  private var samples: [Values] = []
  private var estimate = Values()

  init(a: [Double], b: [Double], mixed: SensitivityIndices.Mixed, mean: Double) {
    let total = mixed.total ?? mixed.first
    for row in a.indices {
      let change = mixed.first[row] - a[row]
      let other = total[row] - a[row]
      if b[row].isNaN || change.isNaN || other.isNaN {
        leftOut += 1
        isSound.append(0)
        products.append(0)
        changes.append(0)
        squaredChanges.append(0)
        deviations.append(0)
        squares.append(0)
        continue
      }
      let (one, two) = (a[row] - mean, b[row] - mean)
      isSound.append(1)
      products.append(two * change)
      changes.append(change)
      squaredChanges.append(0.5 * other * other)
      deviations.append(0.5 * (one + two))
      squares.append(0.5 * (one * one + two * two))
    }
    estimate = values([Double](repeating: 1, count: a.count)) ?? Values()
  }

  /// The estimates with rows that count by weight; nil where nothing varies.
  private func values(_ weights: [Double]) -> Values? {
    var (rows, product, change, squaredChange, shift, square) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for row in weights.indices {
      let weight = weights[row]
      rows += weight * isSound[row]
      product += weight * products[row]
      change += weight * changes[row]
      squaredChange += weight * squaredChanges[row]
      shift += weight * deviations[row]
      square += weight * squares[row]
    }
    guard rows > 0 else { return nil }
    shift /= rows
    let variance = square / rows - shift * shift
    guard variance > 0 else { return nil }
    // The mean of these rows is taken off, not that of all.
    let explained = product / rows - shift * (change / rows)
    return Values(
      first: explained / variance, total: squaredChange / rows / variance, explained: explained)
  }

  mutating func resample(_ weights: [Double]) {
    if let values = values(weights) { samples.append(values) }
  }

  func index(
    _ part: KeyPath<Values, Double>, _ levels: (Double, Double)
  ) -> SensitivityIndices.Index {
    let center = estimate[keyPath: part]
    let ends = Statistics.quantiles(
      samples.map { $0[keyPath: part] }, weights: samples.map { _ in 1 },
      at: [levels.0, levels.1])
    return SensitivityIndices.Index(
      estimate: center,
      interval: min(ends?[0] ?? center, center)...max(ends?[1] ?? center, center))
  }
}
