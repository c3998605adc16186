import Games

/// Which actions can belong to a sequential equilibrium, by iterated conditional dominance: an action
/// is out if another is better at the information set whatever its player believes there about the
/// moves of others and whatever follows, as far as actions are not out.
///
/// Nodes whose paths hold the same moves of others keep the proportion that chance gives them, so
/// beliefs are over such classes of nodes. What follows is bounded node by node, from the ends to
/// the root. If a single action is left at each set, it is played in every sequential equilibrium:
/// there is just one. With perfect information and without ties that is backward induction.
///
/// Source: Shimoji & Watson (1998), Conditional dominance, rationalizability, and game forms.
struct ConditionalDominance: Sendable {
  /// The least difference that counts, in units of payoff ranges.
  static let margin = 1e-9

  private let tree: GameTree
  /// By information set the classes of its nodes.
  private let classes: [[[Int]]]
  /// By information set, the sets whose choices its player's beliefs there depend on.
  let sources: [[Int]]

  init(tree: GameTree) {
    self.tree = tree
    let setOfAction = tree.informationSets.indices.flatMap { set in
      Array(repeating: set, count: tree.informationSets[set].actions.count)
    }
    var sources: [[Int]] = []
    classes = tree.informationSets.map { set in
      var known: [[Int]: Int] = [:]
      var classes: [[Int]] = []
      for node in set.nodes {
        let moves = ConditionalDominance.movesOfOthers(before: node, set.player, in: tree)
        if let place = known[moves] {
          classes[place].append(node)
        } else {
          known[moves] = classes.count
          classes.append([node])
        }
      }
      // What is common to all classes cancels out of beliefs.
      let all = known.keys.map { Set($0) }
      let common = all.dropFirst().reduce(all.first ?? []) { $0.intersection($1) }
      let telling = all.reduce(Set<Int>()) { $0.union($1) }.subtracting(common)
      sources.append(Set(telling.map { setOfAction[$0] }).sorted())
      return classes
    }
    self.sources = sources
  }

  private static func movesOfOthers(before node: Int, _ player: Int, in tree: GameTree) -> [Int] {
    var moves: [Int] = []
    var below = tree.nodes[node]
    while below.parent >= 0 {
      let above = tree.nodes[Int(below.parent)]
      if above.kind == .decision {
        let set = tree.informationSets[Int(above.index)]
        if set.player != player || set.bargain != nil {
          moves.append(set.firstAction + Int(below.incoming - above.firstBranch))
        }
      }
      below = above
    }
    return moves.sorted()
  }

  /// For each action of the tree whether it is left.
  ///
  /// - Parameter scale: the lowest payoff and the payoff range of each player.
  /// - Complexity: nodes × players × rounds, of which there are at most as many as actions.
  func actionsLeft(
    in game: ExtensiveGame, scale: [(low: Double, range: Double)]
  ) -> [Bool] {
    var isLeft = [Bool](repeating: true, count: tree.actionCount)
    let players = tree.players.count
    let odds = tree.players.indices.map { game.odds(heldBy: $0) }
    let weights = odds.map { pathWeights($0) }
    var low = [Double](repeating: 0, count: tree.nodes.count * players)
    var high = low
    var isChanged = true
    while isChanged {
      isChanged = false
      findBounds(game, scale, odds, isLeft, &low, &high)
      for (id, set) in tree.informationSets.enumerated() where set.bargain == nil {
        let worths = worths(at: id, weights[set.player], low, high)
        for action in set.actions.indices where isLeft[set.firstAction + action] {
          let isBeaten = set.actions.indices.contains { other in
            isLeft[set.firstAction + other]
              && worths.allSatisfy {
                $0[other].low - $0[action].high > ConditionalDominance.margin
              }
          }
          if isBeaten {
            isLeft[set.firstAction + action] = false
            isChanged = true
          }
        }
      }
    }
    return isLeft
  }

  /// By node: the odds of its path, and how many branches of odds 0 are on it.
  private func pathWeights(_ odds: [Double]) -> [(share: Double, zeros: Int)] {
    var weights = [(share: Double, zeros: Int)](repeating: (1, 0), count: tree.nodes.count)
    for id in tree.nodes.indices.dropFirst() {
      let node = tree.nodes[id]
      weights[id] = weights[Int(node.parent)]
      if tree.nodes[Int(node.parent)].kind != .chance { continue }
      let share = odds[Int(node.incoming)]
      if share > 0 { weights[id].share *= share } else { weights[id].zeros += 1 }
    }
    return weights
  }

  /// By class of a set's nodes and by action: the least and the most that it can be worth.
  private func worths(
    at set: Int, _ weights: [(share: Double, zeros: Int)], _ low: [Double], _ high: [Double]
  ) -> [[(low: Double, high: Double)]] {
    let information = tree.informationSets[set]
    let players = tree.players.count
    let fewest = information.nodes.map { weights[$0].zeros }.min() ?? 0
    var result: [[(low: Double, high: Double)]] = []
    for nodes in classes[set] {
      var worths = [(low: Double, high: Double)](
        repeating: (0, 0), count: information.actions.count)
      var total = 0.0
      for node in nodes where weights[node].zeros == fewest {
        let share = weights[node].share
        total += share
        for action in worths.indices {
          let place = tree.child(of: node, action: action) * players + information.player
          worths[action].low += share * low[place]
          worths[action].high += share * high[place]
        }
      }
      if total == 0 { continue }
      result.append(worths.map { ($0.low / total, $0.high / total) })
    }
    return result
  }

  private func findBounds(
    _ game: ExtensiveGame, _ scale: [(low: Double, range: Double)], _ odds: [[Double]],
    _ isLeft: [Bool], _ low: inout [Double], _ high: inout [Double]
  ) {
    let players = tree.players.count
    for id in tree.nodes.indices.reversed() {
      let node = tree.nodes[id]
      let first = Int(node.firstBranch)
      for player in 0..<players {
        let place = id * players + player
        if node.kind == .terminal {
          low[place] =
            (game.payoffs[Int(node.index) * players + player] - scale[player].low)
            / scale[player].range
          high[place] = low[place]
          continue
        }
        var least = node.kind == .chance ? 0 : Double.infinity
        var most = node.kind == .chance ? 0 : -Double.infinity
        for ordinal in 0..<Int(node.branchCount) {
          let child = Int(tree.branchTarget[first + ordinal]) * players + player
          if node.kind == .chance {
            let share = odds[player][first + ordinal]
            least += share * low[child]
            most += share * high[child]
          } else if isLeft[tree.informationSets[Int(node.index)].firstAction + ordinal] {
            least = min(least, low[child])
            most = max(most, high[child])
          }
        }
        low[place] = least
        high[place] = most
      }
    }
  }
}
