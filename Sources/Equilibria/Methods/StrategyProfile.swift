public import Games
public import Mathematics

/// Everybody's strategy in a game of either form, by the places at which somebody chooses: see
/// ``GameForm/places``.
public enum StrategyProfile: Sendable, Hashable {
  /// Rational probabilities.
  case exact([[Rational]])
  /// Probabilities in floating point.
  case numeric([[Double]])

  /// A mixed profile of a strategic game.
  public init(_ profile: MixedProfile) { self = .exact(profile.probabilities) }

  /// A mixed profile of a strategic game in floating point.
  public init(_ profile: NumericProfile) { self = .numeric(profile.probabilities) }

  /// An exact behavior profile of a tree.
  public init(_ profile: ExactBehaviorProfile, of tree: GameTree) {
    self = .exact(tree.informationSets.map { Array(profile.probabilities[$0.actionRange]) })
  }

  /// A behavior profile of a tree in floating point.
  public init(_ profile: BehaviorProfile, of tree: GameTree) {
    self = .numeric(tree.informationSets.map { Array(profile.probabilities[$0.actionRange]) })
  }

  /// The probabilities, rounded where they are exact.
  public var numeric: [[Double]] {
    switch self {
    case .exact(let shares): shares.map { $0.map(\.doubleValue) }
    case .numeric(let shares): shares
    }
  }

  /// The probabilities where they are exact.
  public var exact: [[Rational]]? {
    if case .exact(let shares) = self { return shares }
    return nil
  }

  /// Every choice is made with certainty.
  public var isPure: Bool {
    numeric.allSatisfy { $0.allSatisfy { $0 == 0 || $0 == 1 } }
  }
}
