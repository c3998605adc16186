public import Mathematics

/// A mixed strategy for every player of a strategic-form game, exact.
public struct MixedProfile: Sendable, Hashable {
  /// For each player, the probability of each of its strategies.
  public var probabilities: [[Rational]]

  /// A profile from the players' distributions.
  public init(_ probabilities: [[Rational]]) { self.probabilities = probabilities }
}
