import Games
import Scenarios

/// A game's histories with types left out: those that differ in types alone are one.
struct MergedHistories {
  /// What can happen next.
  enum What: Hashable {
    /// By index of ``steps``.
    case step(Int)
    /// By index of the game's outcomes.
    case end(Int)
  }

  /// What happens after a history.
  struct Turn: Hashable {
    var history: Int
    var what: What
  }

  /// A step; of a party that chooses, of two that bargain, of none for chance.
  struct Step: Hashable {
    var movers: [Int]
    var name: String
    var fact: Int
  }

  /// One way in which a history goes on.
  struct Branch {
    var step: Int
    var value: String
    /// The value's place among all that the step can have.
    var order: Int
    var next: Int
  }

  private(set) var steps: [Step] = []
  /// By information set, its step.
  private(set) var stepOfSet: [Int] = []
  /// By node of the game, its history.
  private(set) var history: [Int] = []
  /// By history: how it goes on.
  private(set) var branches: [[Branch]] = [[]]
  /// By history: what can happen there, in the order in which the game has it.
  private(set) var turns: [[What]] = [[]]
  private var known: [Step: Int] = [:]
  /// By step: the places of its values.
  private var orders: [[String: Int]] = []

  init(_ game: ParametricGame, scenario: Scenario) {
    let tree = game.tree
    for (set, decision) in zip(tree.informationSets, game.decisions) {
      stepOfSet.append(
        index(
          Step(
            movers: set.bargain?.between ?? [set.player], name: decision.step, fact: decision.fact),
          scenario))
    }
    history = Array(repeating: 0, count: tree.nodes.count)
    for (id, node) in tree.nodes.enumerated() {
      let index = Int(node.index)
      switch node.kind {
      case .terminal: note(.end(tree.terminals[index].outcome), at: history[id])
      case .chance where game.chanceFacts[index] < scenario.types.count:
        for child in tree.branches(of: id) { history[Int(tree.branchTarget[child])] = history[id] }
      case .chance:
        let move = tree.chanceMoves[index]
        let step = Step(movers: [], name: move.label, fact: game.chanceFacts[index])
        follow(self.index(step, scenario), move.branches, from: id, tree)
      case .decision: follow(stepOfSet[index], tree.informationSets[index].actions, from: id, tree)
      }
    }
  }

  private mutating func index(_ step: Step, _ scenario: Scenario) -> Int {
    if let index = known[step] { return index }
    known[step] = steps.count
    let values =
      scenario.names.facts.indices.contains(step.fact)
      ? scenario.names.facts[step.fact].values : []
    orders.append(
      Dictionary(zip(values, values.indices), uniquingKeysWith: { first, _ in first }))
    steps.append(step)
    return steps.count - 1
  }

  private mutating func note(_ what: What, at history: Int) {
    if !turns[history].contains(what) { turns[history].append(what) }
  }

  /// Gives the nodes after one their histories.
  private mutating func follow(
    _ step: Int, _ values: [String], from node: Int, _ tree: GameTree
  ) {
    let here = history[node]
    note(.step(step), at: here)
    for (ordinal, value) in values.enumerated() {
      var next = branches.count
      if let known = branches[here].first(where: { $0.step == step && $0.value == value }) {
        next = known.next
      } else {
        let order = orders[step][value] ?? ordinal
        branches[here].append(Branch(step: step, value: value, order: order, next: next))
        branches.append([])
        turns.append([])
      }
      history[tree.child(of: node, action: ordinal)] = next
    }
  }
}
