extension Distribution {
  /// One of a list of numbers, each with its odds.
  public struct Discrete: DistributionFamily {
    /// The possible numbers in rising order, without those of weight 0.
    public let values: [Double]
    /// The probabilities of the numbers, which add up to 1.
    public let probabilities: [Double]
    /// Their running sums. The last is 1.
    let cumulated: [Double]

    /// Weights are rescaled to add up to 1, and equal numbers are merged. Throws if there is no
    /// number, a number or weight is not finite, a weight is below 0, or all are 0.
    public init(_ outcomes: [(value: Double, weight: Double)]) throws(DistributionError) {
      let shares = try normalized(outcomes.map { $0.weight })
      var values: [Double] = []
      var probabilities: [Double] = []
      let order = outcomes.indices.sorted { outcomes[$0].value < outcomes[$1].value }
      for i in order {
        let value = try outcomes[i].value.finite("value")
        guard shares[i] > 0 else { continue }
        if let last = values.last, last == value {
          probabilities[probabilities.count - 1] += shares[i]
        } else {
          values.append(value)
          probabilities.append(shares[i])
        }
      }
      var running = Statistics.Sum()
      var cumulated = probabilities.map { share in
        running.add(share)
        return min(1, running.value)
      }
      cumulated[cumulated.count - 1] = 1
      self.values = values
      self.probabilities = probabilities
      self.cumulated = cumulated
    }

    /// From the least number to the greatest.
    public var support: ClosedRange<Double> { values[0]...values[values.count - 1] }
    /// The average of the numbers, weighted by their probabilities.
    public var mean: Double {
      Statistics.sum(zip(values, probabilities).lazy.map { $0 * $1 })
    }
    /// The probability of a number up to and including `x`.
    public func cumulative(_ x: Double) -> Double {
      if x.isNaN { return .nan }
      let count = values.firstIndex { $0 > x } ?? values.count
      return count == 0 ? 0 : cumulated[count - 1]
    }
    /// The probability of a number below `x`.
    public func probabilityBelow(_ x: Double) -> Double {
      if x.isNaN { return .nan }
      let count = values.firstIndex { $0 >= x } ?? values.count
      return count == 0 ? 0 : cumulated[count - 1]
    }
    /// The least number whose cumulative probability is at least `u`.
    public func interiorQuantile(_ u: Double) -> Double {
      values[cumulated.firstIndex { $0 >= u } ?? values.count - 1]
    }
  }
}

/// Weights divided by their sum, or what is wrong with them.
func normalized(_ weights: [Double]) throws(DistributionError) -> [Double] {
  guard !weights.isEmpty else { throw .empty }
  for weight in weights where try weight.finite("weight") < 0 { throw .negativeWeight(weight) }
  let greatest = weights.max() ?? 0
  guard greatest > 0 else { throw .noWeight }
  let scaled = weights.map { $0 / greatest }
  let total = Statistics.sum(scaled)
  return scaled.map { $0 / total }
}
