public import Games
import Mathematics

/// How often each strategy of a game was seen.
public struct ObservedPlay: Sendable, Equatable {
  /// `counts[player][strategy]`.
  public let counts: [[Double]]

  /// Play of a game.
  ///
  /// - Throws: ``FittingError`` if the counts do not have the game's shape, one is below 0, or all
  ///   are 0.
  public init(_ counts: [[Double]], of table: PayoffTable) throws(FittingError) {
    guard counts.map(\.count) == table.sizes else { throw .shape }
    try self.init(counts)
  }

  /// Play by list of counts, whatever the lists stand for.
  init(_ counts: [[Double]]) throws(FittingError) {
    guard counts.allSatisfy({ $0.allSatisfy { $0 >= 0 && $0.isFinite } }) else { throw .badCount }
    guard counts.contains(where: { $0.contains { $0 > 0 } }) else { throw .noObservations }
    self.counts = counts
  }

  /// The number of observations.
  public var total: Double { counts.reduce(0) { $0 + $1.reduce(0, +) } }

  /// The logarithm of the probability of this play, in the order in which it was seen (without the
  /// multinomial coefficient): Σ count · log probability.
  public func logLikelihood(of profile: NumericProfile) -> Double {
    var sum = Statistics.Sum()
    for (list, mixture) in zip(counts, profile.probabilities) {
      for (count, probability) in zip(list, mixture) where count > 0 {
        sum.add(count * logarithm(probability))
      }
    }
    return sum.value
  }

  /// The log-likelihood if everything is equally likely: the least that a model should beat.
  public var uniformLogLikelihood: Double {
    logLikelihood(
      of: NumericProfile(
        counts.map { list in Array(repeating: 1 / Double(list.count), count: list.count) }))
  }

  /// The log-likelihood of the observed frequencies themselves: the most that a model can reach.
  public var saturatedLogLikelihood: Double {
    logLikelihood(
      of: NumericProfile(
        counts.map { list in
          let total = list.reduce(0, +)
          return list.map { total > 0 ? $0 / total : 1 / Double(list.count) }
        }))
  }
}
