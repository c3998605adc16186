import Games
import Mathematics

/// Compiles backward induction to a ``BlockProgram``.
///
/// Where somebody decides at a node or after it, a player's value there is a column. What follows
/// without a decision is drawn together as ``ValueClasses`` does it: ends with the same payoff are
/// the same, and so is a move of chance whose branches are all the same.
///
/// The quick way leaves payoffs as they are and picks the best action as if there were no ties. It
/// notes what is needed to see whether that was right.
struct BlockInductionCompiler {
  private let tree: GameTree
  private let columns: GameSymbols
  private let isValued: Bool
  private let isQuick: Bool
  /// Whether somebody decides at the node or after it; so it counts at the root in any case.
  private var isRegion: [Bool]
  /// By player and node: whether anything depends on the player's value there.
  private var isNeeded: [[Bool]]
  /// By player and node.
  private var classOf: [[Int32]]
  private var classes: [[Int32]: Int32] = [:]
  /// By player and node: the value at the regions' roots.
  private var valueOf: [[BlockDraft.Place?]]
  /// By player: the lowest payoff and 1 / range.
  private var scaleOf: [(low: BlockDraft.Place, scale: BlockDraft.Place)?]
  private var draft = BlockDraft()
  private var bounds = BlockDraft()
  /// The values, by class, of what has been computed for the present node.
  private var known: [Int32: BlockDraft.Place] = [:]

  /// The program with the rule for ties.
  static func program(_ tree: GameTree, _ columns: GameSymbols, values: Bool) -> BlockProgram {
    var compiler = BlockInductionCompiler(tree, columns, values: values, quick: false)
    compiler.compile()
    return BlockProgram(compiler.draft.steps)
  }

  /// The program without ties, and the one that notes how large numbers are.
  static func quickPrograms(
    _ tree: GameTree, _ columns: GameSymbols, values: Bool
  ) -> (picks: BlockProgram, bounds: BlockProgram) {
    var compiler = BlockInductionCompiler(tree, columns, values: values, quick: true)
    compiler.compile()
    return (BlockProgram(compiler.draft.steps), BlockProgram(compiler.bounds.steps))
  }

  private init(_ tree: GameTree, _ columns: GameSymbols, values: Bool, quick: Bool) {
    self.tree = tree
    self.columns = columns
    isValued = values
    isQuick = quick
    let players = tree.players.count
    isRegion = tree.nodes.map { $0.kind == .decision }
    for id in tree.nodes.indices.reversed() where isRegion[id] && tree.nodes[id].parent >= 0 {
      isRegion[Int(tree.nodes[id].parent)] = true
    }
    isRegion[0] = true
    isNeeded = Array(
      repeating: Array(repeating: values, count: tree.nodes.count), count: players)
    classOf = Array(repeating: Array(repeating: 0, count: tree.nodes.count), count: players)
    valueOf = Array(repeating: Array(repeating: nil, count: tree.nodes.count), count: players)
    scaleOf = Array(repeating: nil, count: players)
  }

  private mutating func compile() {
    for player in tree.players.indices {
      findNeeds(player)
      findClasses(player)
      addRange(player)
    }
    for node in tree.nodes.indices.reversed() where isRegion[node] { add(node) }
    guard isValued else { return }
    for player in tree.players.indices {
      guard let value = valueOf[player][0] else { continue }
      if let (low, scale) = scaleOf[player] {
        draft.add(.restore, [.player(player)], [value, low, scale])
      } else {
        draft.add(.copy, [.player(player)], [value])
      }
    }
  }

  // MARK: - Analysis

  /// A player's value at a node matters where the player chooses before it.
  private mutating func findNeeds(_ player: Int) {
    for (id, node) in tree.nodes.enumerated() where node.parent >= 0 {
      let parent = Int(node.parent)
      isNeeded[player][id] = isNeeded[player][parent] || chooses(player, at: parent)
    }
  }

  private func chooses(_ player: Int, at id: Int) -> Bool {
    let node = tree.nodes[id]
    return node.kind == .decision && node.branchCount > 1
      && tree.informationSets[Int(node.index)].player == player
  }

  private mutating func findClasses(_ player: Int) {
    for (id, node) in tree.nodes.enumerated().reversed() {
      var key: [Int32] = [Int32(player)]
      if isRegion[id] {
        key += [1, Int32(id)]
      } else if node.kind == .terminal {
        key += [0, Int32(column(of: Int(node.index), player))]
      } else {
        let branches = tree.branches(of: id)
        let children = branches.map { classOf[player][Int(tree.branchTarget[$0])] }
        if let first = children.first, children.allSatisfy({ $0 == first }) {
          classOf[player][id] = first
          continue
        }
        key += [2] + branches.map { odds(of: $0, player) } + children
      }
      let number = Int32(classes.count)
      classOf[player][id] = classes[key] ?? number
      if classOf[player][id] == number { classes[key] = number }
    }
  }

  private func column(of terminal: Int, _ player: Int) -> Int {
    Int(columns.payoffs[terminal * tree.players.count + player])
  }

  private func odds(of branch: Int, _ player: Int) -> Int32 {
    (columns.subjectiveOdds[player] ?? columns.odds)[branch]
  }

  // MARK: - Steps

  private mutating func addRange(_ player: Int) {
    if !isNeeded[player].contains(true) { return }
    let distinct = Set(tree.terminals.indices.map { column(of: $0, player) }).sorted()
    if isQuick {
      let columns: [BlockDraft.Place] = distinct.map { .number($0) }
      bounds.add(.bound, [columns[0]], columns, player: player)
      return
    }
    let (low, scale) = (draft.newValue(), draft.newValue())
    draft.add(.range, [low, scale], distinct.map { .number($0) })
    scaleOf[player] = (low, scale)
  }

  private mutating func add(_ id: Int) {
    let node = tree.nodes[id]
    known.removeAll(keepingCapacity: true)
    if node.kind == .terminal {
      for player in tree.players.indices where isNeeded[player][id] {
        valueOf[player][id] = end(id, player)
      }
      return
    }
    if node.kind == .decision {
      let set = tree.informationSets[Int(node.index)]
      if set.actions.count == 1 {
        draft.add(.certain, [.result(set.firstAction)], [])
      } else {
        let worths = tree.branches(of: id).map { value(Int(tree.branchTarget[$0]), set.player) }
        if isQuick {
          let best = draft.newValue()
          draft.add(.pick, [.result(set.firstAction), best], worths, player: set.player)
          valueOf[set.player][id] = best
        } else {
          draft.add(.choose, [.result(set.firstAction)], worths)
        }
      }
    }
    for player in tree.players.indices
    where isNeeded[player][id] && valueOf[player][id] == nil {
      valueOf[player][id] = expectation(id, player)
    }
  }

  /// A player's value at a node that follows the present one.
  private mutating func value(_ id: Int, _ player: Int) -> BlockDraft.Place {
    let own = classOf[player][id]
    if let place = known[own] { return place }
    let place: BlockDraft.Place
    if isRegion[id] {
      place = valueOf[player][id] ?? .value(0)
    } else if tree.nodes[id].kind == .terminal {
      place = end(id, player)
    } else {
      place = expectation(id, player)
    }
    known[own] = place
    return place
  }

  private mutating func end(_ id: Int, _ player: Int) -> BlockDraft.Place {
    let payoff = BlockDraft.Place.number(column(of: Int(tree.nodes[id].index), player))
    guard let (low, scale) = scaleOf[player] else { return payoff }
    return draft.value(.normalize, [payoff, low, scale])
  }

  /// The sum over the branches of a node.
  private mutating func expectation(_ id: Int, _ player: Int) -> BlockDraft.Place {
    let branches = tree.branches(of: id)
    let children = branches.map { Int(tree.branchTarget[$0]) }
    let first = classOf[player][children[0]]
    if children.allSatisfy({ classOf[player][$0] == first }) { return value(children[0], player) }
    var operands: [BlockDraft.Place] = []
    let node = tree.nodes[id]
    for (ordinal, child) in children.enumerated() {
      if node.kind == .decision {
        operands.append(
          .result(tree.informationSets[Int(node.index)].firstAction + ordinal))
      } else {
        operands.append(.number(Int(odds(of: branches.lowerBound + ordinal, player))))
      }
      operands.append(value(child, player))
    }
    return draft.value(.expect, operands)
  }
}
