import Foundation
import Games

/// What the definitions say about a profile: beliefs by Bayes' rule, worths of actions, outcomes.
/// Written plainly from the definitions, for comparison only.
struct ReferenceEvaluation {
  let game: ExtensiveGame
  /// By action.
  let probabilities: [Double]
  /// Logarithms of a fully mixed profile from which beliefs follow.
  let logTrembles: [Double]

  /// The children of a node with their probabilities in a player's view.
  private func branches(of node: Int, player: Int) -> [(child: Int, probability: Double)] {
    let tree = game.tree
    return tree.branches(of: node).enumerated().map { ordinal, branch in
      let child = Int(tree.branchTarget[branch])
      if tree.nodes[node].kind == .chance { return (child, game.odds(heldBy: player)[branch]) }
      let set = tree.informationSets[Int(tree.nodes[node].index)]
      return (child, probabilities[set.firstAction + ordinal])
    }
  }

  /// What a player expects from a node.
  func value(of node: Int, for player: Int) -> Double {
    let tree = game.tree
    if tree.nodes[node].kind == .terminal {
      return game.payoffs[Int(tree.nodes[node].index) * tree.players.count + player]
    }
    return branches(of: node, player: player).reduce(0) { sum, branch in
      branch.probability == 0
        ? sum : sum + branch.probability * value(of: branch.child, for: player)
    }
  }

  /// The most that a player can expect against the others' play. At each of its sets, the last in
  /// the tree first, it takes what is best below the nodes by their weights without its own moves.
  func bestResponseValue(for player: Int) -> Double {
    let tree = game.tree
    var weights = [Double](repeating: 1, count: tree.nodes.count)
    for id in tree.nodes.indices {
      for (child, probability) in branches(of: id, player: player) {
        weights[child] = weights[id] * (isMove(of: player, at: id) ? 1 : probability)
      }
    }
    var choices: [Int: Int] = [:]
    func best(below node: Int) -> Double {
      let kind = tree.nodes[node].kind
      if kind == .terminal { return value(of: node, for: player) }
      if isMove(of: player, at: node) {
        return best(
          below: tree.child(of: node, action: choices[Int(tree.nodes[node].index)] ?? 0))
      }
      return branches(of: node, player: player).reduce(0) { sum, branch in
        branch.probability == 0 ? sum : sum + branch.probability * best(below: branch.child)
      }
    }
    for (id, set) in tree.informationSets.enumerated().reversed() where set.player == player {
      let worths = set.actions.indices.map { action in
        set.nodes.reduce(0) { $0 + weights[$1] * best(below: tree.child(of: $1, action: action)) }
      }
      choices[id] = worths.indices.max { worths[$0] < worths[$1] }
    }
    return best(below: 0)
  }

  private func isMove(of player: Int, at node: Int) -> Bool {
    let node = game.tree.nodes[node]
    return node.kind == .decision && game.tree.informationSets[Int(node.index)].player == player
  }

  /// How many excluded branches lead to a node, and the logarithm of its probability otherwise.
  private func weight(of node: Int, for player: Int) -> (excluded: Int, log: Double) {
    let tree = game.tree
    var excluded = 0
    var log = 0.0
    var below = node
    while tree.nodes[below].parent >= 0 {
      let parent = Int(tree.nodes[below].parent)
      let branch = Int(tree.nodes[below].incoming)
      if tree.nodes[parent].kind == .chance {
        let odds = game.odds(heldBy: player)[branch]
        if odds > 0 { log += Foundation.log(odds) } else { excluded += 1 }
      } else {
        let set = tree.informationSets[Int(tree.nodes[parent].index)]
        log += logTrembles[set.firstAction + branch - Int(tree.nodes[parent].firstBranch)]
      }
      below = parent
    }
    return (excluded, log)
  }

  /// The mover's beliefs over the nodes of an information set.
  func beliefs(at set: GameTree.InformationSet) -> [Double] {
    let weights = set.nodes.map { weight(of: $0, for: set.player) }
    let fewest = weights.map(\.excluded).min() ?? 0
    let highest = weights.filter { $0.excluded == fewest }.map(\.log).max() ?? 0
    let shares = weights.map { $0.excluded == fewest ? exp($0.log - highest) : 0 }
    let total = shares.reduce(0, +)
    return shares.map { $0 / total }
  }

  /// What each action is worth to the mover, given that the set is reached.
  func worths(at set: GameTree.InformationSet) -> [Double] {
    let beliefs = beliefs(at: set)
    return set.actions.indices.map { action in
      zip(set.nodes, beliefs).reduce(0) { sum, entry in
        entry.1 == 0
          ? sum
          : sum + entry.1
            * value(of: game.tree.child(of: entry.0, action: action), for: set.player)
      }
    }
  }

  /// The largest violation of log pₐ − log p_b = λ (uₐ − u_b), payoffs divided by `ranges`.
  func logitResidual(lambda: Double, ranges: [Double]) -> Double {
    var largest = 0.0
    for set in game.tree.informationSets {
      let worths = worths(at: set)
      for action in set.actions.indices {
        let odds = logTrembles[set.firstAction + action] - logTrembles[set.firstAction]
        let gain = (worths[action] - worths[0]) / ranges[set.player]
        largest = max(largest, abs(odds - lambda * gain))
      }
    }
    return largest
  }

  /// The probability of each outcome.
  func outcomes() -> [String: Double] {
    let reach = BehaviorProfile(probabilities).realization(in: game.tree, odds: game.odds)
    var sums: [String: Double] = [:]
    for terminal in game.tree.terminals {
      sums[game.tree.outcomes[terminal.outcome], default: 0] += reach[terminal.node]
    }
    return sums
  }
}
