import Games
import Scenarios

/// What a story's tree is made of before anything is known of its odds: one for all draws.
struct StoryShape: Sendable {
  private let parties: [String]
  /// As ``StoryTree/nodes``.
  private var nodes: [StoryTree.Node] = []
  private var children: [[Int]] = []
  /// By terminal of the game, the end in the story.
  private var ends: [Int] = []

  /// The tree of a game of this scenario, its types left out.
  ///
  /// - Complexity: O(branches of the game), with a look-up in a table for each history.
  init(_ game: ParametricGame, scenario: Scenario) {
    parties = game.tree.players
    let merged = MergedHistories(game, scenario: scenario)
    let node = tell(merged, game.tree.outcomes, scenario)
    ends = game.tree.terminals.map {
      node[.init(history: merged.history[$0.node], what: .end($0.outcome))] ?? 0
    }
    join(merged, node, game.tree)
    children = Array(repeating: [], count: nodes.count)
    for (index, node) in nodes.enumerated() {
      if let parent = node.parent { children[parent].append(index) }
    }
  }

  /// The tree with the odds that follow from how likely each end of the game is. Each sum runs over
  /// the ends in their order.
  ///
  /// - Complexity: O(ends × steps).
  func tree(_ terminalShares: [Double]) -> StoryTree {
    var shares = Array(repeating: 0.0, count: nodes.count)
    for (end, share) in zip(ends, terminalShares) where share > 0 {
      var at = Int?.some(end)
      while let node = at {
        shares[node] += share
        at = nodes[node].parent
      }
    }
    return StoryTree(parties: parties, nodes: nodes, children: children, shares: shares)
  }

  /// Lays out the merged histories as nodes, depth first. Returns where each turn of the story is.
  private mutating func tell(
    _ merged: MergedHistories, _ outcomes: [String], _ scenario: Scenario
  ) -> [MergedHistories.Turn: Int] {
    let places = merged.steps.map { scenario.step(ofFact: $0.fact)?.place }
    var result: [MergedHistories.Turn: Int] = [:]
    var open: [(history: Int, parent: Int?, branch: String)] = [(0, nil, "")]
    while let (history, before, value) = open.popLast() {
      var (parent, branch) = (before, value)
      let turns = merged.turns[history]
      if turns.count > 1 {
        nodes.append(StoryTree.Node(parent: parent, branch: branch, kind: .hidden))
        (parent, branch) = (nodes.count - 1, "")
      }
      for turn in turns {
        let here = nodes.count
        result[.init(history: history, what: turn)] = here
        switch turn {
        case .end(let outcome):
          nodes.append(
            StoryTree.Node(parent: parent, branch: branch, kind: .end(outcomes[outcome])))
        case .step(let index):
          let step = merged.steps[index]
          nodes.append(
            StoryTree.Node(
              parent: parent, branch: branch,
              kind: step.movers.isEmpty ? .chance : .choice(step.movers), step: step.name,
              place: places[index]))
          // The first option comes off the stack first.
          let branches = merged.branches[history].filter { $0.step == index }
          open += branches.sorted { $0.order > $1.order }.map { ($0.next, here, $0.value) }
        }
      }
    }
    return result
  }

  /// Numbers the nodes that somebody cannot tell apart: those that share an information set, and
  /// those joined by a chain of such.
  private mutating func join(
    _ merged: MergedHistories, _ node: [MergedHistories.Turn: Int], _ tree: GameTree
  ) {
    var leader = Array(nodes.indices)
    func find(_ node: Int) -> Int {
      var at = node
      while leader[at] != at {
        leader[at] = leader[leader[at]]
        at = leader[at]
      }
      return at
    }
    for (set, step) in zip(tree.informationSets, merged.stepOfSet) {
      let places = set.nodes.compactMap {
        node[.init(history: merged.history[$0], what: .step(step))]
      }
      for (one, other) in zip(places, places.dropFirst()) {
        let (a, b) = (find(one), find(other))
        leader[max(a, b)] = min(a, b)
      }
    }
    var sizes = Array(repeating: 0, count: nodes.count)
    for index in nodes.indices { sizes[find(index)] += 1 }
    var numbers: [Int: Int] = [:]
    for index in nodes.indices where sizes[find(index)] > 1 {
      let number = numbers[find(index)] ?? numbers.count
      numbers[find(index)] = number
      nodes[index].sight = number
    }
  }
}
