import Mathematics

/// A mixed strategy for every player of a strategic-form game, in floating point.
public struct NumericProfile: Sendable, Equatable {
  /// For each player, the probability of each of its strategies.
  public var probabilities: [[Double]]

  /// A profile from the players' distributions.
  public init(_ probabilities: [[Double]]) { self.probabilities = probabilities }

  /// The doubles nearest to an exact profile.
  public init(_ profile: MixedProfile) {
    probabilities = profile.probabilities.map { $0.map(\.doubleValue) }
  }
}
