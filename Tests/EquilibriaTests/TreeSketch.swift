import Games
import Mathematics

/// A tree that can be cut and mended: its nodes as values within each other.
struct TreeSketch {
  /// A node with all that follows.
  indirect enum Node {
    case end([Rational])
    case decision(set: Int, [Node])
    /// With the odds that all hold, and by player those that it holds itself.
    case chance(odds: [Rational], own: [[Rational]?], [Node])

    var children: [Node] {
      switch self {
      case .end: []
      case .decision(_, let nodes), .chance(_, _, let nodes): nodes
      }
    }

    var count: Int { children.reduce(1) { $0 + $1.count } }

    /// The first end that follows.
    var firstEnd: Node { children.first?.firstEnd ?? self }

    func with(_ nodes: [Node]) -> Node {
      switch self {
      case .end: self
      case .decision(let set, _): .decision(set: set, nodes)
      case .chance(let odds, let own, _): .chance(odds: odds, own: own, nodes)
      }
    }

    /// All trees in which one node is replaced by one of what `change` offers for it.
    func rewritten(_ change: (Node) -> [Node]) -> [Node] {
      var all = change(self)
      let children = children
      for (place, child) in children.enumerated() {
        for other in child.rewritten(change) {
          var nodes = children
          nodes[place] = other
          all.append(with(nodes))
        }
      }
      return all
    }

    /// The tree in which every node is replaced, the ends first.
    func mapped(_ change: (Node) -> Node) -> Node {
      change(with(children.map { $0.mapped(change) }))
    }
  }

  private let title: String
  /// All players' names; sets and numbers go by their places.
  private let names: [String]
  /// The players that are left.
  private var players: [Int]
  private let sets: [GameTree.InformationSet]
  private let power: [Double]
  private var root: Node

  /// The sketch of a game with finite numbers.
  init(_ game: ExtensiveGame) {
    title = game.title
    names = game.tree.players
    players = Array(names.indices)
    sets = game.tree.informationSets
    power = game.power
    root = TreeSketch.node(0, of: game)
  }

  private static func node(_ id: Int, of game: ExtensiveGame) -> Node {
    let tree = game.tree
    let node = tree.nodes[id]
    let branches = tree.branches(of: id)
    let children = branches.map { TreeSketch.node(Int(tree.branchTarget[$0]), of: game) }
    switch node.kind {
    case .terminal:
      return .end(
        tree.players.indices.map { game.exactPayoff(at: Int(node.index), of: $0) ?? .zero })
    case .decision:
      return .decision(set: Int(node.index), children)
    case .chance:
      return .chance(
        odds: branches.map { game.exactOdds(of: $0) ?? .zero },
        own: game.subjectiveOdds.map { held in
          held.map { held in branches.map { Rational(exactly: held[$0]) ?? .zero } }
        }, children)
    }
  }

  // MARK: - The game

  /// The game that the sketch shows.
  ///
  /// - Throws: where nodes of one information set have come to differ.
  var game: ExtensiveGame {
    get throws {
      var writer = Writer(
        builder: GameTreeBuilder(players: players.map { names[$0] }), players: players, sets: sets)
      writer.write(root, at: .root)
      let tree = try writer.builder.tree()
      var odds = [Rational](repeating: .zero, count: tree.branchTarget.count)
      for (first, values, _) in writer.odds {
        for (ordinal, value) in values.enumerated() { odds[first + ordinal] = value }
      }
      var game = ExtensiveGame(
        title: title, tree: tree, exactPayoffs: writer.payoffs, exactOdds: odds)
      game.power = power
      for (place, player) in players.enumerated() {
        guard writer.odds.contains(where: { $0.own[player] != nil }) else { continue }
        var held = game.odds
        for (first, values, own) in writer.odds {
          for (ordinal, value) in (own[player] ?? values).enumerated() {
            held[first + ordinal] = value.doubleValue
          }
        }
        game.subjectiveOdds[place] = held
      }
      return game
    }
  }

  private struct Writer {
    var builder: GameTreeBuilder
    let players: [Int]
    let sets: [GameTree.InformationSet]
    var payoffs: [Rational] = []
    var odds: [(first: Int, values: [Rational], own: [[Rational]?])] = []
    private var branchCount = 0
    private var ends = 0

    init(builder: GameTreeBuilder, players: [Int], sets: [GameTree.InformationSet]) {
      self.builder = builder
      self.players = players
      self.sets = sets
    }

    private func seat(of player: Int) -> Int { players.firstIndex(of: player) ?? 0 }

    mutating func write(_ node: Node, at place: GameTreeBuilder.Place) {
      let started: GameTreeBuilder.Started
      switch node {
      case .end(let values):
        ends += 1
        builder.terminal(outcome: "\(ends)", at: place)
        payoffs += players.map { values[$0] }
        return
      case .decision(let id, let children):
        let set = sets[id]
        var bargain = set.bargain
        bargain?.between = set.bargain?.between.map(seat(of:)) ?? []
        // Actions that are left take the first names: all nodes of a set lose the same.
        started = builder.decision(
          player: seat(of: set.player), informationSet: set.label,
          actions: children.indices.map { set.actions[$0] }, bargain: bargain, at: place)
      case .chance(let values, let own, let children):
        odds.append((branchCount, values, own))
        started = builder.chance(
          label: "chance \(builder.nodeCount)", branches: children.indices.map { "\($0)" },
          at: place)
      }
      branchCount += node.children.count
      for (ordinal, child) in node.children.enumerated() {
        write(child, at: started.branch(ordinal))
      }
    }
  }

  // MARK: - Simpler ones

  /// The numbers of nodes, of players and of odds that are anybody's own, then how long the numbers
  /// are.
  var weight: [Int] {
    var own = 0
    var length = 0
    func add(_ node: Node) {
      switch node {
      case .end(let payoffs):
        length += players.reduce(0) { $0 + Shrinking.length(payoffs[$1]) }
      case .decision: break
      case .chance(let odds, let held, _):
        let held = players.compactMap { held[$0] }
        own += held.count
        length += odds.reduce(0) { $0 + Shrinking.length($1) }
        for values in held {
          length += values.reduce(0) { $0 + Shrinking.length($1) }
        }
      }
      for child in node.children { add(child) }
    }
    add(root)
    return [root.count, players.count, own, length]
  }

  /// A subtree cut to one of its branches or to an end, an action or a branch of chance taken away,
  /// odds that all hold and that are even, simpler payoffs.
  var simpler: [TreeSketch] {
    var roots = root.rewritten { $0.children }
    roots += root.rewritten { $0.children.isEmpty ? [] : [$0.firstEnd] }
    roots += withoutActions
    roots += root.rewritten(TreeSketch.withoutBranches)
    for player in players {
      roots.append(
        root.mapped { node in
          guard case .chance(let odds, var own, let nodes) = node else { return node }
          own[player] = nil
          return .chance(odds: odds, own: own, nodes)
        })
      roots.append(
        root.mapped { node in
          guard case .end(var payoffs) = node else { return node }
          payoffs[player] = 0
          return .end(payoffs)
        })
    }
    roots += root.rewritten { node in
      guard case .chance(let odds, let own, let nodes) = node else { return [] }
      let even = odds.map { _ in Rational(1, odds.count) }
      return [.chance(odds: even, own: own.map { $0.map { _ in even } }, nodes)]
    }
    roots += root.rewritten { node in
      guard case .end(let payoffs) = node else { return [] }
      return players.flatMap { player in
        Shrinking.shorter(payoffs[player]).map { number in
          var changed = payoffs
          changed[player] = number
          return .end(changed)
        }
      }
    }
    return withoutPlayers
      + roots.map { root in
        var sketch = self
        sketch.root = root
        return sketch
      }
  }

  /// Games without somebody who never moves.
  private var withoutPlayers: [TreeSketch] {
    var movers: Set<Int> = []
    _ = root.mapped { node in
      if case .decision(let set, _) = node {
        movers.insert(sets[set].player)
        movers.formUnion(sets[set].bargain?.between ?? [])
      }
      return node
    }
    return players.filter { players.count > 1 && !movers.contains($0) }.map { idle in
      var sketch = self
      sketch.players.removeAll { $0 == idle }
      return sketch
    }
  }

  /// Trees in which one action is gone at all nodes of its information set.
  private var withoutActions: [Node] {
    var counts: [Int: Int] = [:]
    _ = root.mapped { node in
      if case .decision(let set, let nodes) = node { counts[set] = nodes.count }
      return node
    }
    return counts.sorted { $0.key < $1.key }.flatMap { set, count in
      (0..<count).filter { _ in count > 1 }.map { action in
        root.mapped { node in
          guard case .decision(set, var nodes) = node else { return node }
          nodes.remove(at: action)
          return .decision(set: set, nodes)
        }
      }
    }
  }

  /// A move of chance without one of its branches, if what is left has any odds.
  private static func withoutBranches(_ node: Node) -> [Node] {
    guard case .chance(let odds, let own, let nodes) = node, nodes.count > 1 else { return [] }
    func without(_ branch: Int, _ values: [Rational]) -> [Rational]? {
      var kept = values
      kept.remove(at: branch)
      let total = kept.reduce(.zero, +)
      return total.signum > 0 ? kept.map { $0 / total } : nil
    }
    return nodes.indices.compactMap { branch in
      guard let common = without(branch, odds) else { return nil }
      var kept = nodes
      kept.remove(at: branch)
      return .chance(odds: common, own: own.map { $0.flatMap { without(branch, $0) } }, kept)
    }
  }
}
