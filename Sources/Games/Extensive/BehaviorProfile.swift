/// A behavior strategy for every player: at each information set, a probability for each action.
public struct BehaviorProfile: Sendable, Equatable {
  /// Flat over all actions, addressed by ``GameTree/InformationSet/actionRange``.
  public var probabilities: [Double]

  /// A profile from its flat vector.
  public init(_ probabilities: [Double]) { self.probabilities = probabilities }

  /// Every action at every information set equally likely.
  public init(centroidOf tree: GameTree) {
    probabilities = []
    probabilities.reserveCapacity(tree.actionCount)
    for set in tree.informationSets {
      let share = 1 / Double(set.actions.count)
      probabilities.append(contentsOf: repeatElement(share, count: set.actions.count))
    }
  }

  /// The probability of reaching each node, by node id, under the given odds.
  public func realization(in tree: GameTree, odds: [Double]) -> [Double] {
    var reach = [Double](repeating: 0, count: tree.nodes.count)
    reach[0] = 1
    for id in tree.nodes.indices {
      let node = tree.nodes[id]
      if node.kind == .terminal || reach[id] == 0 { continue }
      for (ordinal, branch) in tree.branches(of: id).enumerated() {
        let share =
          node.kind == .chance
          ? odds[branch]
          : probabilities[
            tree.informationSets[Int(node.index)].firstAction + ordinal]
        reach[Int(tree.branchTarget[branch])] = reach[id] * share
      }
    }
    return reach
  }
}
