/// Equally weighted samples from weighted ones: one random number sets a comb of equally spaced
/// points over the cumulative weights (Kitagawa 1996, appendix). Each sample is taken as often as
/// its share of the weight says, rounded up or down.
public enum SystematicResampling {
  /// The indices of `count` samples, in ascending order; none if the weights add up to 0. Weights
  /// must not be below 0.
  ///
  /// - Complexity: O(weights + count).
  public static func indices(weights: [Double], count: Int, seed: UInt64) -> [Int] {
    let total = Statistics.sum(weights)
    guard total > 0, count > 0, let last = weights.lastIndex(where: { $0 > 0 }) else { return [] }
    var random = SplitMix64(seed: seed)
    let start = random.uniform()
    var running = Statistics.Sum()
    var index = 0
    running.add(weights[0])
    return (0..<count).map { tooth in
      let point = (start + Double(tooth)) / Double(count) * total
      while index < last, running.value <= point {
        index += 1
        running.add(weights[index])
      }
      return index
    }
  }

  /// (Σw)² / Σw²: how many equally weighted samples tell as much (Kong, Liu & Wong 1994).
  public static func effectiveSize(_ weights: [Double]) -> Double {
    guard let largest = weights.max(), largest > 0 else { return 0 }
    let sum = Statistics.sum(weights.lazy.map { $0 / largest })
    return sum * sum
      / Statistics.sum(weights.lazy.map { $0 / largest * ($0 / largest) })
  }
}
