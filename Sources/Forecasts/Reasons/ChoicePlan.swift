import Games
import Scenarios

/// Which choices of the main line are to be explained, and at which nodes they are made.
struct ChoicePlan: Sendable {
  /// A choice on the main line.
  struct Decision: Sendable {
    /// Its index in the main line.
    var step: Int
    /// The party that chooses.
    var party: Int
    /// The view of the game in which it does.
    var view: Int
    /// The options open at any of the sets, the chosen one first.
    var options: [String]
    /// Where it is made.
    var sets: [OnLine]
  }

  /// The part of an information set that lies on the main line.
  struct OnLine: Sendable {
    var informationSet: Int
    var nodes: [Int]
    /// By option of the decision: its ordinal here, -1 where it is not open.
    var ordinals: [Int]
  }

  let decisions: [Decision]

  /// Finds the decisions of one party each on a line of play. Steps with a single option are left
  /// out, and bargains.
  ///
  /// - Complexity: linear in the nodes of the tree.
  init(_ line: [Forecast.PlayedStep], in world: World, scenario: Scenario) {
    let game = world.game
    let tree = game.tree
    var nodesByStep: [[Int]] = line.map { _ in [] }
    // The number of the line's steps that lie behind each node; -1 off the line.
    var depth = Array(repeating: -1, count: tree.nodes.count)
    depth[0] = 0
    for (id, node) in tree.nodes.enumerated() where depth[id] >= 0 && node.kind != .terminal {
      let index = Int(node.index)
      let here = depth[id]
      if node.kind == .chance, game.chanceFacts[index] < scenario.types.count {
        for branch in tree.branches(of: id) { depth[Int(tree.branchTarget[branch])] = here }
        continue
      }
      guard here < line.count else { continue }
      let isDecision = node.kind == .decision
      let step = isDecision ? game.decisions[index].step : tree.chanceMoves[index].label
      let values =
        isDecision ? tree.informationSets[index].actions : tree.chanceMoves[index].branches
      guard step == line[here].step, let taken = values.firstIndex(of: line[here].value) else {
        continue
      }
      if isDecision { nodesByStep[here].append(id) }
      depth[tree.child(of: id, action: taken)] = here + 1
    }
    var decisions: [Decision] = []
    for (step, nodes) in nodesByStep.enumerated() {
      let bySet = Dictionary(grouping: nodes) { Int(tree.nodes[$0].index) }
      let sets = bySet.keys.sorted().filter { tree.informationSets[$0].bargain == nil }
      guard let first = sets.first else { continue }
      var options = [line[step].value]
      for set in sets {
        options += tree.informationSets[set].actions.filter { !options.contains($0) }
      }
      if options.count == 1 { continue }
      decisions.append(
        Decision(
          step: step, party: tree.informationSets[first].player, view: world.viewOfSet[first],
          options: options,
          sets: sets.map { set in
            OnLine(
              informationSet: set, nodes: bySet[set] ?? [],
              ordinals: options.map {
                tree.informationSets[set].actions.firstIndex(of: $0) ?? -1
              })
          }))
    }
    self.decisions = decisions
  }
}
