public import Mathematics

/// A behavior strategy for every player, exact.
public struct ExactBehaviorProfile: Sendable, Hashable {
  /// Flat over all actions, addressed by ``GameTree/InformationSet/actionRange``.
  public var probabilities: [Rational]

  /// A profile from its flat vector.
  public init(_ probabilities: [Rational]) { self.probabilities = probabilities }

  /// The nearest profile in floating point.
  public var numeric: BehaviorProfile { BehaviorProfile(probabilities.map(\.doubleValue)) }
}
