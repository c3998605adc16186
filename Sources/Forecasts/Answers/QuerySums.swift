import Mathematics
import Scenarios

/// The sums over draws from which a question's probability and its sampling error come.
struct QuerySums: Sendable {
  /// Whether what lies outside the story is mixed in.
  let mixes: Bool
  /// By replicate: the sums of P(event and condition), and of P(condition).
  var joint = Array(repeating: Statistics.Sum(), count: DrawSource.replicates)
  var condition = Array(repeating: Statistics.Sum(), count: DrawSource.replicates)
  /// The same of the limits of P(event | condition), for conditions of probability 0.
  var limit = Array(repeating: Statistics.Sum(), count: DrawSource.replicates)
  var limitCount = Array(repeating: 0.0, count: DrawSource.replicates)
  /// The sum of P(event) within the story alone.
  var inside = Statistics.Sum()

  /// Empty sums for a query.
  init(of query: World.Query) { mixes = query.mixesOutside }

  /// Adds one draw of a block, and returns its P(event and condition), P(condition) and the limit
  /// of their ratio.
  @discardableResult
  mutating func add(
    _ block: BlockResult, query: Int, place: Int, replicate: Int
  ) -> (value: Double, weight: Double, limit: Double) {
    var value = block.joint[query, place]
    let weight = block.condition[query, place]
    let limit = block.limit[query, place]
    inside.add(value)
    if mixes {
      let outside = block.outside[place]
      value = (1 - outside) * value + outside * block.outsideThen[place] * weight
    }
    joint[replicate].add(value)
    condition[replicate].add(weight)
    if !(weight > 0), !limit.isNaN {
      self.limit[replicate].add(limit)
      limitCount[replicate] += 1
    }
    return (value, weight, limit)
  }

  /// Forgets the draws, and keeps the memory.
  mutating func reset() {
    for replicate in joint.indices {
      joint[replicate] = Statistics.Sum()
      condition[replicate] = Statistics.Sum()
      limit[replicate] = Statistics.Sum()
      limitCount[replicate] = 0
    }
    inside = Statistics.Sum()
  }

  /// By replicate, the numerators and denominators of the probability: those of the limits where
  /// the condition never happens.
  func ratio(isOffPath: Bool) -> (numerators: [Double], denominators: [Double]) {
    isOffPath
      ? (limit.map(\.value), limitCount) : (joint.map(\.value), condition.map(\.value))
  }

  /// The sum of P(condition).
  var weight: Double { Statistics.sum(condition.map(\.value)) }
}
