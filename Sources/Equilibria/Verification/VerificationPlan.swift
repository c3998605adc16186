import Games
import Mathematics

/// Where a ``BlockVerifier`` keeps what, and the lists that it walks along.
///
/// Everything stands in one memory of lanes and is named by its address there; the end of a branch
/// is a payoff or an inner node's value, and the lists do not say which.
struct VerificationPlan: Sendable {
  let hasBargains: Bool
  /// Whether every bargain is between two players and has a power.
  let isWellFormed: Bool
  let playerCount: Int
  /// Addresses of sections in memory. An odds' logarithm stands as far from the odds as the
  /// sections do.
  private(set) var probabilities = 0
  private(set) var trembles = 0
  private(set) var odds = 0
  private(set) var logOdds = 0
  private(set) var power = 0
  private(set) var ranges = 0
  private(set) var payoffs = 0
  private(set) var values = 0
  private(set) var weights = 0
  private(set) var zeros = 0
  private(set) var worths = 0
  private(set) var beliefs = 0
  private(set) var memoryCount = 0
  /// The columns of powers, and of the odds and payoffs that occur, without repetition; a player's
  /// payoffs stand together.
  let powerSymbols: [Int32]
  private(set) var oddsSymbols: [Int32] = []
  private(set) var payoffSymbols: [Int32] = []
  /// By player: where its payoffs begin and end in ``payoffSymbols``.
  private(set) var payoffPlaces: [Range<Int>] = []
  /// By player: which view of the odds it holds; players with the same odds share one.
  private(set) var viewOf: [Int] = []
  /// By information set: its first action and how many.
  private(set) var sets: [Int32] = []
  /// By view, from the root down: an inner node, how many inner children; for each child the node
  /// and the address of the logarithm to add, below 0 (all bits turned) where chance moves.
  private(set) var down: [[Int32]] = []
  /// By player, from the ends up: the address of a value, how many branches; for each the addresses
  /// of its share and its value.
  private(set) var up: [[Int32]] = []
  /// By player: what ``SetHeader`` says of an information set; for each of its nodes the inner
  /// node, then by action the addresses of values: the mover's, at a bargain then the second's.
  private(set) var checks: [[Int32]] = []
  /// How many words a set's header has.
  static let headerLength = 6

  /// The ordinals of the nodes at which somebody or chance moves.
  private let inner: [Int32]
  private let innerCount: Int

  init(tree: GameTree, symbols: GameSymbols, power powerSymbols: [Int32]) {
    self.powerSymbols = powerSymbols
    playerCount = tree.players.count
    let bargains = tree.informationSets.compactMap(\.bargain)
    hasBargains = !bargains.isEmpty
    isWellFormed = bargains.allSatisfy {
      $0.between.count == 2 && powerSymbols.indices.contains($0.powerIndex)
    }
    var count: Int32 = 0
    inner = tree.nodes.map { node in
      if node.kind == .terminal { return -1 }
      count += 1
      return count - 1
    }
    innerCount = Int(count)
    for set in tree.informationSets {
      sets += [Int32(set.firstAction), Int32(set.actions.count)]
    }
    var views: [[Int32]] = []
    for player in tree.players.indices {
      let held = symbols.subjectiveOdds[player] ?? symbols.odds
      if let known = views.firstIndex(of: held) {
        viewOf.append(known)
      } else {
        viewOf.append(views.count)
        views.append(held)
      }
    }
    // The common odds must be odds even if nobody holds them.
    let chance = tree.chanceMoves.flatMap { tree.branches(of: $0.node) }
    oddsSymbols = Set((views + [symbols.odds]).flatMap { view in chance.map { view[$0] } }).sorted()
    precondition(oddsSymbols.allSatisfy { $0 >= 0 }, "moves of chance have odds")
    for player in tree.players.indices {
      let own = tree.terminals.indices.map { symbols.payoffs[$0 * playerCount + player] }
      let first = payoffSymbols.count
      payoffSymbols += Set(own).sorted()
      payoffPlaces.append(first..<payoffSymbols.count)
    }
    layOut(tree)
    guard isWellFormed else { return }
    let placeOfOdds = VerificationPlan.places(oddsSymbols[...])
    down = views.map { walkDown(tree, $0, placeOfOdds) }
    let addresses = tree.players.indices.map { addressesOfValues(for: $0, tree, symbols) }
    for player in tree.players.indices {
      up.append(walkUp(tree, views[viewOf[player]], placeOfOdds, addresses[player]))
      checks.append(lookAtSets(of: player, tree, addresses))
    }
  }

  private static func places(_ symbols: ArraySlice<Int32>) -> [Int32: Int] {
    Dictionary(uniqueKeysWithValues: zip(symbols, symbols.indices))
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
    power = take(powerSymbols.count)
    ranges = take(playerCount)
    payoffs = take(payoffSymbols.count)
    // Without bargains one player's values are enough at a time.
    values = take(innerCount * (hasBargains ? playerCount : 1))
    weights = take(max(innerCount, 1))
    zeros = take(max(innerCount, 1))
    worths = take(2 * (tree.informationSets.map(\.actions.count).max() ?? 0))
    beliefs = take(tree.informationSets.map(\.nodes.count).max() ?? 0)
    memoryCount = next
  }

  /// By node: where what a player expects there stands.
  private func addressesOfValues(
    for player: Int, _ tree: GameTree, _ symbols: GameSymbols
  ) -> [Int32] {
    let places = VerificationPlan.places(payoffSymbols[payoffPlaces[player]])
    let first = values + (hasBargains ? player * innerCount : 0)
    return tree.nodes.indices.map { id in
      let node = tree.nodes[id]
      if node.kind != .terminal { return Int32(first) + inner[id] }
      return Int32(payoffs + (places[symbols.payoffs[Int(node.index) * playerCount + player]] ?? 0))
    }
  }

  private func walkDown(
    _ tree: GameTree, _ view: [Int32], _ placeOfOdds: [Int32: Int]
  ) -> [Int32] {
    var code: [Int32] = []
    for (id, node) in tree.nodes.enumerated() where node.kind != .terminal {
      var entries: [Int32] = []
      for (ordinal, branch) in tree.branches(of: id).enumerated() {
        let child = inner[Int(tree.branchTarget[branch])]
        if child < 0 { continue }
        entries.append(child)
        if node.kind == .chance {
          entries.append(~Int32(logOdds + (placeOfOdds[view[branch]] ?? 0)))
        } else {
          let action = tree.informationSets[Int(node.index)].firstAction + ordinal
          entries.append(Int32(trembles + action))
        }
      }
      if !entries.isEmpty { code += [inner[id], Int32(entries.count / 2)] + entries }
    }
    return code
  }

  private func walkUp(
    _ tree: GameTree, _ view: [Int32], _ placeOfOdds: [Int32: Int], _ addresses: [Int32]
  ) -> [Int32] {
    var code: [Int32] = []
    for (id, node) in tree.nodes.enumerated().reversed() where node.kind != .terminal {
      code += [addresses[id], node.branchCount]
      for (ordinal, branch) in tree.branches(of: id).enumerated() {
        if node.kind == .chance {
          code.append(Int32(odds + (placeOfOdds[view[branch]] ?? 0)))
        } else {
          let action = tree.informationSets[Int(node.index)].firstAction + ordinal
          code.append(Int32(probabilities + action))
        }
        code.append(addresses[Int(tree.branchTarget[branch])])
      }
    }
    return code
  }

  private func lookAtSets(
    of player: Int, _ tree: GameTree, _ addresses: [[Int32]]
  ) -> [Int32] {
    var code: [Int32] = []
    for (id, set) in tree.informationSets.enumerated() where set.player == player {
      code += [Int32(id), Int32(set.nodes.count), Int32(set.actions.count)]
      var viewers = [player]
      if let bargain = set.bargain {
        let between = bargain.between
        code += [Int32(power + bargain.powerIndex), Int32(between[0]), Int32(between[1])]
        viewers.append(between[1])
      } else {
        code += [-1, Int32(player), Int32(player)]
      }
      for node in set.nodes {
        code.append(inner[node])
        for viewer in viewers {
          code += set.actions.indices.map { addresses[viewer][tree.child(of: node, action: $0)] }
        }
      }
    }
    return code
  }
}

/// The words before the nodes of an information set in ``VerificationPlan/checks``.
struct SetHeader {
  let set: Int32
  let nodes: Int
  let actions: Int
  /// The address of the first bargainer's power; below 0 where one player chooses.
  let power: Int
  /// The players in whose payoff ranges the first and second worths are measured.
  let first: Int
  let second: Int

  @inline(__always)
  init(_ word: UnsafePointer<Int32>) {
    set = word[0]
    nodes = Int(word[1])
    actions = Int(word[2])
    power = Int(word[3])
    first = Int(word[4])
    second = Int(word[5])
  }

  /// From one node to the next.
  @inline(__always)
  var stride: Int { 1 + (power < 0 ? actions : 2 * actions) }
}
