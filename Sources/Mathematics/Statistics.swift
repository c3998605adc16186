import Foundation

/// Sums, averages and quantiles of samples.
///
/// Results depend on the order of the values only in the last bits, and for one order they are the
/// same on every run. Functions give nil where there is no answer, such as the mean of nothing.
public enum Statistics {
  /// A running sum that carries what rounding lost (Neumaier 1974): its error does not grow with
  /// the number of terms.
  public struct Sum: Sendable, Equatable {
    private var total = 0.0
    private var lost = 0.0

    /// An empty sum.
    public init() {}

    /// Adds a term.
    public mutating func add(_ term: Double) {
      let next = total + term
      lost += abs(total) >= abs(term) ? (total - next) + term : (term - next) + total
      total = next
    }

    /// The sum so far.
    public var value: Double { total.isFinite ? total + lost : total }
  }

  /// The sum of numbers, rounded about once.
  public static func sum(_ values: some Sequence<Double>) -> Double {
    var sum = Sum()
    for value in values { sum.add(value) }
    return sum.value
  }

  /// The average, or nil for no values.
  public static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : sum(values) / Double(values.count)
  }

  /// The average by weight, or nil if the weights add up to 0. Weights must not be below 0, and
  /// there must be one for each value.
  public static func mean(_ values: [Double], weights: [Double]) -> Double? {
    precondition(values.count == weights.count, "each value needs a weight")
    let total = sum(weights)
    return total > 0 ? sum(zip(values, weights).lazy.map { $0 * $1 }) / total : nil
  }

  /// The variance of the population that the values are a sample of (divisor n − 1), or nil for
  /// fewer than two values.
  public static func variance(_ values: [Double]) -> Double? {
    guard values.count > 1, let center = mean(values) else { return nil }
    return sum(values.lazy.map { ($0 - center) * ($0 - center) }) / Double(values.count - 1)
  }

  /// The standard error of the mean of independent replicates, such as the estimates from each
  /// scrambling of a quasi-random sequence; nil for fewer than two.
  public static func standardError(replicates: [Double]) -> Double? {
    variance(replicates).map { ($0 / Double(replicates.count)).squareRoot() }
  }

  /// The standard error of Σ numerators / Σ denominators over independent replicates, to first
  /// order (Cochran 1977, §6.4); nil for fewer than two replicates or denominators that add up
  /// to 0.
  public static func ratioStandardError(
    numerators: [Double], denominators: [Double]
  ) -> Double? {
    precondition(numerators.count == denominators.count, "each numerator needs a denominator")
    let total = sum(denominators)
    guard numerators.count > 1, total != 0 else { return nil }
    let ratio = sum(numerators) / total
    let squares = zip(numerators, denominators).lazy.map { pair in
      let residual = pair.0 - ratio * pair.1
      return residual * residual
    }
    let count = Double(numerators.count)
    return (count / (count - 1) * sum(squares)).squareRoot() / abs(total)
  }

  /// The 90% interval of a mean of numbers between 0 and 1 (Wilson 1927, with the number of draws of
  /// which the mean of a coin would have the same standard error, as Korn & Graubard 1998 count them).
  ///
  /// Where the mean is near 0 or 1, and few draws decide, mean ± error would be too short.
  ///
  /// - Parameters:
  ///   - mean: the mean.
  ///   - standardError: its standard error.
  ///   - draws: how many draws it rests on.
  public static func probabilityInterval(
    mean: Double, standardError: Double, draws: Double
  ) -> ClosedRange<Double> {
    let z = 1.6448536269514722
    let spread = mean * (1 - mean)
    let draws = max(draws, 1)
    let counted = standardError > 0 && spread > 0 ? spread / (standardError * standardError) : draws
    // Of what happens in fewer than three draws the error tells nothing.
    let count = min(mean, 1 - mean) * draws < 3 ? min(counted, draws) : counted
    let square = z * z / count
    let center = (mean + square / 2) / (1 + square)
    let half = z / (1 + square) * (max(spread, 0) / count + square / (4 * count)).squareRoot()
    return min(max(0, center - half), mean)...max(min(1, center + half), mean)
  }

  /// The quantile at `u` of values that count equally.
  public static func quantile(_ values: [Double], at u: Double) -> Double? {
    quantiles(values, weights: [Double](repeating: 1, count: values.count), at: [u])?[0]
  }

  /// The quantile at `u` of values that count by weight.
  public static func quantile(_ values: [Double], weights: [Double], at u: Double) -> Double? {
    quantiles(values, weights: weights, at: [u])?[0]
  }

  /// Quantiles of values that count by weight, or nil if the weights add up to 0.
  ///
  /// Each sorted value stands at the middle of its share of the weight, (w₁ + … + wᵢ − wᵢ/2) / Σw;
  /// between these points the quantile is a straight line, beyond them the least or greatest value.
  /// With equal weights this is Hazen's rule (type 5 of Hyndman & Fan 1996). Values of weight 0 do
  /// not count. Takes n log n time; weights must not be below 0.
  public static func quantiles(
    _ values: [Double], weights: [Double], at levels: [Double]
  ) -> [Double]? {
    precondition(values.count == weights.count, "each value needs a weight")
    let order = values.indices.filter { weights[$0] > 0 }.sorted { values[$0] < values[$1] }
    guard let first = order.first, let last = order.last else { return nil }
    let total = sum(weights)
    var running = Sum()
    let positions = order.map { index in
      running.add(weights[index])
      return (running.value - weights[index] / 2) / total
    }
    return levels.map { u in
      if u.isNaN { return .nan }
      let above = partition(positions) { $0 < u }
      if above == 0 { return values[first] }
      if above == positions.count { return values[last] }
      let (from, to) = (values[order[above - 1]], values[order[above]])
      let gap = positions[above] - positions[above - 1]
      let share = gap > 0 ? (u - positions[above - 1]) / gap : 1
      return from == to ? from : from * (1 - share) + to * share
    }
  }

  /// How many of the sorted values come before the first that does not satisfy the condition.
  private static func partition(_ sorted: [Double], _ comesBefore: (Double) -> Bool) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if comesBefore(sorted[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
