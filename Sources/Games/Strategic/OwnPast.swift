import Mathematics

/// What each player did last on the way to each node. With perfect recall this is all of its past.
struct OwnPast {
  private let players: Int
  /// `last[node * players + player]`: an action of the flat vector, -1 before the first move.
  private var last: [Int32]
  /// For each information set the last move of its player before it: set and ordinal.
  private var moves: [(set: Int, action: Int)?]

  /// - Complexity: nodes × players.
  init(of tree: GameTree) {
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
  func lastAction(of player: Int, at node: Int) -> Int { Int(last[node * players + player]) }

  /// The information set and action of the player's last move before one of its sets.
  func lastMove(before set: Int) -> (set: Int, action: Int)? { moves[set] }
}

/// The exact odds of reaching each node by chance alone, as each player holds them.
struct PathOdds {
  private var common: [Rational]
  private var own: [[Rational]?]

  init(
    of game: ExtensiveGame, numbers: ReducedStrategicForm.Numbers
  ) throws(ReducedStrategicForm.Defect) {
    common = try PathOdds.along(game.tree, odds: game.odds, numbers: numbers)
    own = []
    for odds in game.subjectiveOdds {
      if let odds {
        own.append(try PathOdds.along(game.tree, odds: odds, numbers: numbers))
      } else {
        own.append(nil)
      }
    }
  }

  func odds(heldBy player: Int, of node: Int) -> Rational { (own[player] ?? common)[node] }

  private static func along(
    _ tree: GameTree, odds: [Double], numbers: ReducedStrategicForm.Numbers
  ) throws(ReducedStrategicForm.Defect) -> [Rational] {
    var reached = [Rational](repeating: .one, count: tree.nodes.count)
    for (id, node) in tree.nodes.enumerated() where node.kind != .terminal {
      let branches = tree.branches(of: id)
      if node.kind == .decision {
        for branch in branches { reached[Int(tree.branchTarget[branch])] = reached[id] }
        continue
      }
      var shares: [Rational] = []
      for branch in branches {
        guard let share = numbers.exact(odds[branch]) else { throw .notFinite }
        shares.append(share)
      }
      let total = shares.reduce(.zero, +)
      guard total.signum > 0, shares.allSatisfy({ $0.signum >= 0 }) else {
        throw .odds(move: tree.chanceMoves[Int(node.index)].label)
      }
      for (share, branch) in zip(shares, branches) {
        let weight = reached[id]
        reached[Int(tree.branchTarget[branch])] =
          weight.signum == 0 ? .zero : weight * (share / total)
      }
    }
    return reached
  }
}
