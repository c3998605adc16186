internal import Games

/// A game as records for walks that follow one sampled branch at most nodes: the branches of a node
/// lead to consecutive records.
struct SampledTree: Sendable {
  /// One node, in 16 bytes.
  struct Node: Sendable {
    /// The record below the first branch.
    var child: Int32
    /// The number of branches.
    var count: Int32
    /// The player who moves, or ``chance`` or ``end``.
    var mover: Int32
    /// Where its numbers begin: the flat actions of the information set, the odds of the move of
    /// chance, or the payoffs of the end.
    var index: Int32

    static let chance = Int32(-1)
    static let end = Int32(-2)
  }

  /// How many players take part; a game of one gets an idle second one, who sees the first play.
  let players: Int
  private(set) var nodes: [Node] = []
  /// By end × player.
  private(set) var payoffs: [Double] = []
  /// For each view of the odds, and in it each branch of each move of chance: the odds of this and
  /// all earlier branches of the move, of which the last is infinite.
  private(set) var odds: [Double] = []
  /// By player: where its view begins.
  private(set) var view: [Int]

  /// The most moves of one player on a path.
  static let depthLimit = 10_000

  /// - Throws: ``LearningError`` if the odds of a move of chance are unfit or the game too deep.
  init(_ game: ExtensiveGame) throws(LearningError) {
    let tree = game.tree
    players = max(tree.players.count, 2)
    // Level by level, so that all of a node's children follow one another.
    var ids = [0]
    var firstOdds = [Int](repeating: 0, count: tree.chanceMoves.count)
    var branches: [Int] = []
    nodes.reserveCapacity(tree.nodes.count)
    ids.reserveCapacity(tree.nodes.count)
    var next = 0
    while next < ids.count {
      let node = tree.nodes[ids[next]]
      var record = Node(
        child: Int32(ids.count), count: node.branchCount, mover: Node.end,
        index: node.index * Int32(players))
      switch node.kind {
      case .terminal: break
      case .chance:
        record.mover = Node.chance
        record.index = Int32(branches.count)
        firstOdds[Int(node.index)] = branches.count
        branches += tree.branches(of: ids[next])
      case .decision:
        let set = tree.informationSets[Int(node.index)]
        record.mover = Int32(set.player)
        record.index = Int32(set.firstAction)
      }
      if node.kind != .terminal {
        for branch in tree.branches(of: ids[next]) { ids.append(Int(tree.branchTarget[branch])) }
      }
      nodes.append(record)
      next += 1
    }
    for end in tree.terminals.indices {
      for player in 0..<players {
        payoffs.append(
          player < tree.players.count ? game.payoffs[end * tree.players.count + player] : 0)
      }
    }
    view = Array(repeating: 0, count: players)
    try append(game.odds, branches: branches, firstOdds: firstOdds, of: tree)
    for player in tree.players.indices {
      guard let own = game.subjectiveOdds[player] else { continue }
      view[player] = odds.count
      try append(own, branches: branches, firstOdds: firstOdds, of: tree)
    }
    try checkDepth(of: tree)
  }

  /// Adds a view of the odds.
  private mutating func append(
    _ held: [Double], branches: [Int], firstOdds: [Int], of tree: GameTree
  ) throws(LearningError) {
    let base = odds.count
    odds += branches.map { held[$0] }
    for (id, move) in tree.chanceMoves.enumerated() {
      let first = base + firstOdds[id]
      let range = first..<(first + move.branches.count)
      let total = odds[range].reduce(0, +)
      guard odds[range].allSatisfy({ $0 >= 0 }), total > 0, total.isFinite else {
        throw .odds(move: move.label)
      }
      var sum = 0.0
      for place in range {
        sum += odds[place] / total
        odds[place] = sum
      }
      // Rounding leaves no gap below 1, and none for what chance excludes.
      for place in range.reversed() {
        let isLast = place == first || odds[place - 1] < odds[place]
        odds[place] = .infinity
        if isLast { break }
      }
    }
  }

  private func checkDepth(of tree: GameTree) throws(LearningError) {
    let count = tree.players.count
    var depth = [Int32](repeating: 0, count: tree.nodes.count * count)
    for (id, node) in tree.nodes.enumerated() where node.parent >= 0 {
      let parent = Int(node.parent)
      for player in 0..<count { depth[id * count + player] = depth[parent * count + player] }
      if tree.nodes[parent].kind == .decision {
        let set = tree.informationSets[Int(tree.nodes[parent].index)]
        depth[id * count + set.player] += 1
        guard depth[id * count + set.player] <= SampledTree.depthLimit else { throw .tooDeep }
      }
    }
  }
}
