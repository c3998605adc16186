package import Mathematics

/// The exact odds of reaching each node by chance alone, as each player holds them.
package struct PathOdds {
  private var common: [Rational]
  private var own: [[Rational]?]

  package init(
    of game: ExtensiveGame, numbers: ReducedStrategicForm.Numbers
  ) throws(ReducedStrategicForm.Defect) {
    common = try PathOdds.along(
      game.tree, odds: game.odds, kept: game.exact.odds, numbers: numbers)
    own = []
    for odds in game.subjectiveOdds {
      if let odds {
        own.append(try PathOdds.along(game.tree, odds: odds, kept: [:], numbers: numbers))
      } else {
        own.append(nil)
      }
    }
  }

  package func odds(heldBy player: Int, of node: Int) -> Rational { (own[player] ?? common)[node] }

  private static func along(
    _ tree: GameTree, odds: [Double], kept: [Int: Rational],
    numbers: ReducedStrategicForm.Numbers
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
        guard let share = numbers.exact(odds[branch], kept: kept[branch]) else { throw .notFinite }
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
