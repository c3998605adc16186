public import Mathematics

/// A behavior strategy for every player, exact.
public struct ExactBehaviorProfile: Sendable, Hashable {
  /// Flat over all actions, addressed by ``GameTree/InformationSet/actionRange``.
  public var probabilities: [Rational]

  /// A profile from its flat vector.
  public init(_ probabilities: [Rational]) { self.probabilities = probabilities }

  /// Every action at every information set equally likely.
  public init(centroidOf tree: GameTree) {
    probabilities = tree.informationSets.flatMap { set in
      Array(repeating: Rational(1, max(set.actions.count, 1)), count: set.actions.count)
    }
  }

  /// The profile that takes one action at each information set with certainty.
  ///
  /// - Parameter choices: for each information set the ordinal of the action.
  public init(pure choices: [Int], of tree: GameTree) {
    probabilities = zip(choices, tree.informationSets).flatMap { chosen, set in
      set.actions.indices.map { $0 == chosen ? Rational.one : .zero }
    }
  }

  /// The nearest profile in floating point.
  public var numeric: BehaviorProfile { BehaviorProfile(probabilities.map(\.doubleValue)) }

  /// The probability of reaching each node, by node id, under the given odds of each branch of the
  /// moves of chance.
  ///
  /// - Complexity: linear in the number of nodes.
  public func realization(in tree: GameTree, odds: [Rational]) -> [Rational] {
    var reach = [Rational](repeating: .zero, count: tree.nodes.count)
    reach[0] = .one
    for id in tree.nodes.indices.dropFirst() {
      let node = tree.nodes[id]
      let parent = Int(node.parent)
      if reach[parent].signum == 0 { continue }
      let above = tree.nodes[parent]
      let branch = Int(node.incoming)
      let share =
        above.kind == .chance
        ? odds[branch]
        : probabilities[
          tree.informationSets[Int(above.index)].firstAction + branch - Int(above.firstBranch)]
      reach[id] = share.signum == 0 ? .zero : reach[parent] * share
    }
    return reach
  }
}
