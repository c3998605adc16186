import Games
import Mathematics

/// Best replies on the tree: with perfect recall a player's best reply follows from its last
/// information sets to its first (as in the sequence form, von Stengel 1996, section 3).
///
/// Works on a whole tree or on one piece of it at a time, whose inner roots are then ends with the
/// values given for them.
struct ReplySearch<Number: OrderedField> {
  let tree: GameTree
  let numbers: TreeNumbers<Number>
  let probabilities: [Number]
  private let memory: OwnPast

  // Buffers, reused by every search.
  /// By node, the probability that chance and the others lead there.
  private var weight: [Number]
  /// By action, what it brings: a sum over ends, then over the sets that follow it.
  private var gain: [Number]
  /// By node, what the player gets there: at ends and at inner roots.
  var endValue: [Number]
  /// By information set of the player, the best action; nil where the others do not lead there.
  var choices: [Int?]

  init(tree: GameTree, numbers: TreeNumbers<Number>, probabilities: [Number]) {
    self.tree = tree
    self.numbers = numbers
    self.probabilities = probabilities
    memory = OwnPast(of: tree)
    weight = Array(repeating: Number(0), count: tree.nodes.count)
    gain = Array(repeating: Number(0), count: tree.actionCount)
    endValue = weight
    choices = Array(repeating: nil, count: tree.informationSets.count)
  }

  /// The most that a player can get from a root.
  ///
  /// - Parameters:
  ///   - nodes: the nodes of the piece in preorder, its root first.
  ///   - sets: the ids of its information sets, in the order of the tree.
  ///   - isEnd: whether a node, not the root, is an end of the piece.
  mutating func best(
    for player: Int, nodes: some Collection<Int>, sets: some BidirectionalCollection<Int>,
    odds: [Number], isEnd: (Int) -> Bool
  ) -> Number {
    let zero = Number(0)
    var total = zero
    guard let root = nodes.first else { return zero }
    weight[root] = Number(1)
    for set in sets {
      for action in tree.informationSets[set].actionRange { gain[action] = zero }
    }
    for id in nodes {
      let node = tree.nodes[id]
      if id != root {
        let parent = Int(node.parent)
        let above = tree.nodes[parent]
        let branch = Int(node.incoming)
        if above.kind == .chance {
          weight[id] = weight[parent] * odds[branch]
        } else {
          let set = tree.informationSets[Int(above.index)]
          weight[id] =
            set.player == player
            ? weight[parent]
            : weight[parent] * probabilities[set.firstAction + branch - Int(above.firstBranch)]
        }
      }
      guard node.kind == .terminal || id != root && isEnd(id), weight[id] > zero else { continue }
      let value = weight[id] * endValue[id]
      let last = memory.lastAction(of: player, at: id)
      if last >= 0, last != lastBefore(root, player) {
        gain[last] = gain[last] + value
      } else {
        total = total + value
      }
    }
    let before = lastBefore(root, player)
    for set in sets.reversed() where tree.informationSets[set].player == player {
      let information = tree.informationSets[set]
      let reached = information.nodes.contains { weight[$0] > zero }
      var best = information.firstAction
      for action in information.actionRange where gain[action] > gain[best] { best = action }
      choices[set] = reached ? best - information.firstAction : nil
      let above = memory.lastAction(of: player, at: information.nodes[0])
      if above >= 0, above != before {
        gain[above] = gain[above] + gain[best]
      } else {
        total = total + gain[best]
      }
    }
    return total
  }

  /// The player's last action before the root of a piece, which does not belong to the piece.
  private func lastBefore(_ root: Int, _ player: Int) -> Int {
    memory.lastAction(of: player, at: root)
  }
}
