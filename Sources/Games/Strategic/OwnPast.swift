/// What each player did last on the way to each node. With perfect recall this is all of its past.
package struct OwnPast {
  private let players: Int
  /// `last[node * players + player]`: an action of the flat vector, -1 before the first move.
  private var last: [Int32]
  /// For each information set the last move of its player before it: set and ordinal.
  private var moves: [(set: Int, action: Int)?]

  /// - Complexity: nodes × players.
  package init(of tree: GameTree) {
    players = tree.players.count
    last = Array(repeating: -1, count: tree.nodes.count * players)
    for (id, node) in tree.nodes.enumerated() where node.parent >= 0 {
      let parent = Int(node.parent)
      for player in 0..<players { last[id * players + player] = last[parent * players + player] }
      let above = tree.nodes[parent]
      if above.kind == .decision {
        let set = tree.informationSets[Int(above.index)]
        let action = set.firstAction + Int(node.incoming) - Int(above.firstBranch)
        last[id * players + set.player] = Int32(action)
      }
    }
    var owner: [(set: Int, action: Int)] = []
    for (id, set) in tree.informationSets.enumerated() {
      for action in set.actions.indices { owner.append((id, action)) }
    }
    moves = []
    for set in tree.informationSets {
      let action = last[set.nodes[0] * players + set.player]
      moves.append(action < 0 ? nil : owner[Int(action)])
    }
  }

  /// The flat id of the player's last action before a node, -1 if there is none.
  package func lastAction(of player: Int, at node: Int) -> Int {
    Int(last[node * players + player])
  }

  /// The information set and action of the player's last move before one of its sets.
  package func lastMove(before set: Int) -> (set: Int, action: Int)? { moves[set] }
}
