import Mathematics

extension JSONTreeParser {
  /// The game, with names looked up and nodes in the order of a tree.
  ///
  /// - Throws: ``FormatError`` where a name or number refers to nothing, or the nodes are no tree.
  func game(
    title: String, players: [String], _ tokens: JSONTokens
  ) throws(FormatError) -> ExtensiveGame {
    var assembly = try JSONTreeAssembly(self, players: players, tokens)
    return try assembly.game(title: title, tokens)
  }
}

/// The way from the nodes of a file to a tree.
private struct JSONTreeAssembly {
  private let file: JSONTreeParser
  private let players: [String]
  private let playerNumbers: NameTable
  private let setNumbers: NameTable
  /// For each node, where its branches begin in ``children``, and how many it has.
  private var firstBranch: [Int] = []
  private var branchNames: [Int: NameTable] = [:]
  /// The node at each branch, -1 for none.
  private var children: [Int32] = []
  private var root: Int?

  private var builder: GameTreeBuilder
  private var labels: SetLabels
  private var ids: [Int]
  private var setsOfPlayer: [Int]
  private var payoffs: [Rational] = []
  private var odds: [Rational] = []
  private var held: [(player: Int, first: Int, odds: [Rational])] = []
  private var power: [Double] = []

  init(
    _ file: JSONTreeParser, players: [String], _ tokens: JSONTokens
  ) throws(FormatError) {
    self.file = file
    self.players = players
    playerNumbers = NameTable(players)
    setNumbers = NameTable(file.sets.map(\.label))
    builder = GameTreeBuilder(players: players)
    labels = SetLabels(players: players)
    ids = Array(repeating: -1, count: file.sets.count)
    setsOfPlayer = Array(repeating: 0, count: players.count)
    try join(tokens)
  }

  // MARK: Nodes and branches

  /// The information set of a decision.
  private func set(
    _ reference: JSONTokens.Reference, at node: JSONTreeParser.Node, _ tokens: JSONTokens
  ) throws(FormatError) -> Int {
    guard let set = setNumbers[reference] else {
      throw tokens.error(
        "expected a decision at one information set of the list, "
          + "by its label if no other has it, else by its number from 1", at: node.place)
    }
    return set
  }

  private func branches(of node: Int, _ tokens: JSONTokens) throws(FormatError) -> [String] {
    switch file.nodes[node].kind {
    case .decision(let reference):
      file.sets[try set(reference, at: file.nodes[node], tokens)].actions
    case .chance(let chance): file.chances[chance].branches
    case .end: []
    }
  }

  /// Finds the child at each branch.
  private mutating func join(_ tokens: JSONTokens) throws(FormatError) {
    firstBranch = [0]
    firstBranch.reserveCapacity(file.nodes.count + 1)
    for node in file.nodes.indices {
      firstBranch.append(firstBranch[node] + (try branches(of: node, tokens)).count)
      // Each branch has one node, and each node but one is at a branch: no memory for more.
      if firstBranch[node + 1] >= file.nodes.count {
        throw tokens.error(
          "expected a node for each branch up to this node's, but there are only "
            + "\(file.nodes.count) nodes", at: file.nodes[node].place)
      }
    }
    children = Array(repeating: -1, count: firstBranch[file.nodes.count])
    for (id, node) in file.nodes.enumerated() {
      guard let parent = node.parent else {
        if root != nil {
          throw tokens.error(
            "expected a `parent`: this is not the only node without", at: node.place)
        }
        if node.branch != nil { throw tokens.error("expected a `parent`", at: node.place) }
        root = id
        continue
      }
      guard file.nodes.indices.contains(parent &- 1) else {
        throw tokens.error(
          "expected a parent's number from 1 to \(file.nodes.count)", at: node.place)
      }
      let slot = try self.slot(of: node, below: parent - 1, tokens)
      if children[slot] >= 0 {
        throw tokens.error(
          "this branch of node \(parent) leads to node \(children[slot] + 1) already",
          at: node.place)
      }
      children[slot] = Int32(id)
    }
  }

  /// The branch that leads to a node.
  private mutating func slot(
    of node: JSONTreeParser.Node, below parent: Int, _ tokens: JSONTokens
  ) throws(FormatError) -> Int {
    let first = firstBranch[parent]
    let count = firstBranch[parent + 1] - first
    let names = try branches(of: parent, tokens)
    var ordinal: Int?
    switch node.branch {
    case .number(let number): ordinal = number &- 1
    case .name(let name) where count <= 8:
      let found = names.indices.filter { names[$0] == name }
      ordinal = found.count == 1 ? found[0] : nil
    case .name(let name):
      let table = branchNames[parent] ?? NameTable(names)
      branchNames[parent] = table
      ordinal = table[.name(name)]
    case nil: ordinal = nil
    }
    guard let ordinal, (0..<count).contains(ordinal) else {
      throw tokens.error(
        "expected the `branch` of node \(parent + 1) that leads here, "
          + "by its name if no other has it, else by its number from 1", at: node.place)
    }
    return first + ordinal
  }

  // MARK: The tree

  mutating func game(title: String, _ tokens: JSONTokens) throws(FormatError) -> ExtensiveGame {
    guard let root else {
      throw tokens.error("expected one node without a parent", at: file.nodes[0].place)
    }
    var isReached = [Bool](repeating: false, count: file.nodes.count)
    var open: [(node: Int, place: GameTreeBuilder.Place)] = [(root, .root)]
    while let (node, place) = open.popLast() {
      isReached[node] = true
      guard let started = try begin(node, at: place, tokens) else { continue }
      for slot in (firstBranch[node]..<firstBranch[node + 1]).reversed() {
        // There are as many nodes as branches, and one: a missing one means another is apart.
        if children[slot] >= 0 {
          open.append((Int(children[slot]), started.branch(slot - firstBranch[node])))
        } else {
          throw tokens.error(
            "expected a node for the branch \(slot - firstBranch[node] + 1) of this node",
            at: file.nodes[node].place)
        }
      }
    }
    if let lost = isReached.firstIndex(of: false) {
      throw tokens.error(
        "this node is not below the node without a parent", at: file.nodes[lost].place)
    }
    if let unused = ids.firstIndex(of: -1) {
      throw tokens.error("no node belongs to this information set", at: file.sets[unused].place)
    }
    let tree: GameTree
    do {
      tree = try builder.tree()
    } catch {
      throw tokens.error("the nodes are not a tree")
    }
    var game = ExtensiveGame(
      title: title, tree: tree, exactPayoffs: payoffs, exactOdds: odds)
    game.power = power
    for entry in held {
      var own = game.subjectiveOdds[entry.player] ?? game.odds
      for (ordinal, value) in entry.odds.enumerated() {
        own[entry.first + ordinal] = value.doubleValue
      }
      game.subjectiveOdds[entry.player] = own
    }
    return game
  }

  /// Begins a node of the tree; nil where it is an end.
  private mutating func begin(
    _ id: Int, at place: GameTreeBuilder.Place, _ tokens: JSONTokens
  ) throws(FormatError) -> GameTreeBuilder.Started? {
    let node = file.nodes[id]
    switch node.kind {
    case .end(let end):
      let (outcome, first) = file.ends[end]
      let next = end + 1 < file.ends.count ? file.ends[end + 1].firstPayoff : file.payoffs.count
      guard next - first == players.count else {
        throw tokens.error("expected \(players.count) payoffs, one for each player", at: node.place)
      }
      payoffs += file.payoffs[first..<next]
      builder.terminal(outcome: outcome, at: place)
      return nil
    case .chance(let index):
      let chance = file.chances[index]
      for entry in chance.held {
        guard let player = playerNumbers[entry.player], entry.odds.count == chance.odds.count else {
          throw tokens.error(
            "expected `held` with a player and as many odds as branches", at: node.place)
        }
        held.append((player, odds.count, entry.odds))
      }
      odds += chance.odds
      return builder.chance(label: chance.label, branches: chance.branches, at: place)
    case .decision(let reference):
      let set = try self.set(reference, at: node, tokens)
      if ids[set] < 0 { ids[set] = try add(file.sets[set], tokens) }
      odds += repeatElement(.zero, count: file.sets[set].actions.count)
      return builder.decision(inSet: ids[set], at: place)
    }
  }

  private mutating func add(
    _ set: JSONTreeParser.InformationSet, _ tokens: JSONTokens
  ) throws(FormatError) -> Int {
    func player(_ reference: JSONTokens.Reference) throws(FormatError) -> Int {
      guard let player = playerNumbers[reference] else {
        throw tokens.error(
          "expected a player, by name if no other has it, else by its number from 1",
          at: set.place)
      }
      return player
    }
    let mover = try player(set.player)
    setsOfPlayer[mover] += 1
    let number = set.number ?? setsOfPlayer[mover]
    let label = labels.unique(set.label, player: mover, number: number)
    var bargain: GameTree.Bargain?
    if let terms = set.bargain {
      let between = [try player(terms.between[0]), try player(terms.between[1])]
      if between[0] == between[1] || between[0] != mover {
        throw tokens.error(
          "expected a bargain between the player of the set and another", at: set.place)
      }
      bargain = GameTree.Bargain(between: between, powerIndex: power.count)
      power.append(terms.power)
    }
    return builder.addInformationSet(
      player: mover, label: label, actions: set.actions, bargain: bargain, number: number,
      displayLabel: set.label.isEmpty ? label : set.label)
  }
}

/// Positions by names, for names that do not repeat.
private struct NameTable {
  private var positions: [String: Int?] = [:]
  private let count: Int

  init(_ names: [String]) {
    count = names.count
    for (position, name) in names.enumerated() {
      positions[name] = positions[name] == nil ? .some(position) : .some(nil)
    }
  }

  /// The position that a name or a number from 1 refers to; nil for none or several.
  subscript(reference: JSONTokens.Reference) -> Int? {
    switch reference {
    case .name(let name): positions[name] ?? nil
    case .number(let number): number >= 1 && number <= count ? number - 1 : nil
    }
  }
}
