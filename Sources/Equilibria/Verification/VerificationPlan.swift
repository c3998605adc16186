import Games
import Mathematics

/// Where a ``BlockVerifier`` keeps what, and the lists that it walks along.
struct VerificationPlan: Sendable {
  let hasBargains: Bool
  /// Addresses of sections in memory.
  private(set) var probabilities = 0
  private(set) var trembles = 0
  private(set) var odds = 0
  private(set) var logOdds = 0
  private(set) var payoffs = 0
  private(set) var values = 0
  private(set) var weights = 0
  private(set) var zeros = 0
  private(set) var scratch = 0
  private(set) var memoryCount = 0
  /// The columns of the odds and payoffs that occur, without repetition; a player's payoffs stand
  /// together.
  private(set) var oddsSymbols: [Int32] = []
  private(set) var payoffSymbols: [Int32] = []
  /// By player: where its payoffs begin and end in ``payoffSymbols``.
  private(set) var payoffRanges: [Range<Int>] = []
  /// By player: which view of the odds it holds; players with the same odds share one.
  private(set) var viewOf: [Int] = []
  private(set) var viewCount = 0
  /// By information set: its first action and how many.
  private(set) var sets: [Int32] = []
  /// By view, from the root down: node, whether chance moves, how many inner children; for each its
  /// node and the address of the logarithm to add, at chance also the odds.
  private(set) var down: [[Int32]] = []
  /// By player, from the ends up: the node's address, how many branches; for each the addresses of
  /// its share and its value.
  private(set) var up: [[Int32]] = []
  /// By player: information set, nodes, actions; for each node its id, then by action the address
  /// of the value.
  private(set) var checks: [[Int32]] = []

  init(tree: GameTree, symbols: GameSymbols) {
    hasBargains = tree.informationSets.contains { $0.bargain != nil }
    let players = tree.players.count
    for set in tree.informationSets {
      sets += [Int32(set.firstAction), Int32(set.actions.count)]
    }
    var views: [[Int32]] = []
    for player in 0..<players {
      let held = symbols.subjectiveOdds[player] ?? symbols.odds
      if let known = views.firstIndex(of: held) {
        viewOf.append(known)
      } else {
        viewOf.append(views.count)
        views.append(held)
      }
    }
    viewCount = views.count
    let occurring = Set(views.joined().filter { $0 >= 0 })
    oddsSymbols = occurring.sorted()
    let placeOfOdds = Dictionary(uniqueKeysWithValues: oddsSymbols.enumerated().map { ($1, $0) })
    var placeOfPayoff: [[Int32: Int]] = []
    for player in 0..<players {
      let own = Set(
        tree.terminals.indices.map { symbols.payoffs[$0 * players + player] }
      ).sorted()
      let first = payoffSymbols.count
      payoffSymbols += own
      payoffRanges.append(first..<payoffSymbols.count)
      placeOfPayoff.append(
        Dictionary(uniqueKeysWithValues: own.enumerated().map { ($1, first + $0) }))
    }
    layOut(tree)
    for view in views { down.append(walkDown(tree, view, placeOfOdds)) }
    for player in 0..<players {
      let address = { (node: Int) -> Int32 in
        let entry = tree.nodes[node]
        if entry.kind != .terminal { return Int32(values + node) }
        let symbol = symbols.payoffs[Int(entry.index) * players + player]
        return Int32(payoffs + (placeOfPayoff[player][symbol] ?? 0))
      }
      up.append(walkUp(tree, views[viewOf[player]], placeOfOdds, address))
      checks.append(lookAtSets(of: player, tree, address))
    }
  }

  private mutating func layOut(_ tree: GameTree) {
    var next = 0
    func take(_ count: Int) -> Int {
      defer { next += count }
      return next
    }
    probabilities = take(tree.actionCount)
    trembles = take(tree.actionCount)
    odds = take(oddsSymbols.count)
    logOdds = take(oddsSymbols.count)
    payoffs = take(payoffSymbols.count)
    values = take(tree.nodes.count)
    weights = take(tree.nodes.count)
    zeros = take(tree.nodes.count)
    let widest = tree.informationSets.map(\.actions.count).max() ?? 0
    let largest = tree.informationSets.map(\.nodes.count).max() ?? 0
    scratch = take(widest + largest)
    memoryCount = next
  }

  private func walkDown(
    _ tree: GameTree, _ view: [Int32], _ placeOfOdds: [Int32: Int]
  ) -> [Int32] {
    var code: [Int32] = []
    for (id, node) in tree.nodes.enumerated() where node.kind != .terminal {
      let isChance = node.kind == .chance
      var entries: [Int32] = []
      var count: Int32 = 0
      for branch in tree.branches(of: id) {
        let child = Int(tree.branchTarget[branch])
        if tree.nodes[child].kind == .terminal { continue }
        count += 1
        if isChance {
          let place = placeOfOdds[view[branch]] ?? 0
          entries += [Int32(child), Int32(logOdds + place), Int32(odds + place)]
        } else {
          let set = tree.informationSets[Int(node.index)]
          let action = set.firstAction + branch - Int(node.firstBranch)
          entries += [Int32(child), Int32(trembles + action)]
        }
      }
      if count > 0 { code += [Int32(id), isChance ? 1 : 0, count] + entries }
    }
    return code
  }

  private func walkUp(
    _ tree: GameTree, _ view: [Int32], _ placeOfOdds: [Int32: Int], _ address: (Int) -> Int32
  ) -> [Int32] {
    var code: [Int32] = []
    for id in tree.nodes.indices.reversed() where tree.nodes[id].kind != .terminal {
      let node = tree.nodes[id]
      code += [Int32(values + id), node.branchCount]
      for branch in tree.branches(of: id) {
        if node.kind == .chance {
          code.append(Int32(odds + (placeOfOdds[view[branch]] ?? 0)))
        } else {
          let set = tree.informationSets[Int(node.index)]
          code.append(
            Int32(probabilities + set.firstAction + branch - Int(node.firstBranch)))
        }
        code.append(address(Int(tree.branchTarget[branch])))
      }
    }
    return code
  }

  private func lookAtSets(
    of player: Int, _ tree: GameTree, _ address: (Int) -> Int32
  ) -> [Int32] {
    var code: [Int32] = []
    for (id, set) in tree.informationSets.enumerated() where set.player == player {
      code += [Int32(id), Int32(set.nodes.count), Int32(set.actions.count)]
      for node in set.nodes {
        code.append(Int32(node))
        for action in set.actions.indices {
          code.append(address(tree.child(of: node, action: action)))
        }
      }
    }
    return code
  }
}
