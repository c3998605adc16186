public import Mathematics

/// How likely each node of a tree is under a profile, for blocks of draws of odds and profiles.
///
/// Eight draws go side by side. A node that cannot be reached has probability 0, whatever the
/// numbers below it.
public struct BlockReach: Sendable {
  /// By node: four words: whether chance moves, its first branch, their count, its first action.
  private let moves: [Int32]
  private let targets: [Int32]
  private let odds: [Int32]
  private let terminals: [Int32]
  private let nodeCount: Int
  private var reach: [Lanes]

  /// Prepares a tree whose chance moves have their odds in these columns, by branch.
  public init(tree: GameTree, odds: [Int32]) {
    var moves: [Int32] = []
    for node in tree.nodes {
      let action = node.kind == .decision ? tree.informationSets[Int(node.index)].firstAction : 0
      moves += [
        node.kind == .chance ? 1 : 0, node.firstBranch, node.branchCount, Int32(action),
      ]
    }
    self.moves = moves
    self.odds = odds
    targets = tree.branchTarget
    terminals = tree.terminals.map { Int32($0.node) }
    nodeCount = tree.nodes.count
    reach = Array(repeating: Lanes(), count: tree.nodes.count)
  }

  /// Finds the probability of each terminal in each draw.
  ///
  /// - Parameters:
  ///   - profile: a column for each action.
  ///   - numbers: the columns with the odds.
  ///   - forced: by node, the branch that is taken whatever the profile says; -1 where play is free.
  ///   - ends: a column for each terminal.
  /// - Complexity: nodes × draws; allocates nothing.
  public mutating func findEnds(
    profile: Columns, numbers: Columns, forced: [Int32]? = nil, draws: Int, into ends: inout Columns
  ) {
    for group in 0..<((draws + Lanes.width - 1) / Lanes.width) {
      for node in 0..<nodeCount { reach[node] = Lanes() }
      reach[0] = Lanes(repeating: 1)
      for node in 0..<nodeCount {
        let count = Int(moves[4 * node + 2])
        let weight = reach[node]
        if count == 0 || weight == Lanes() { continue }
        let first = Int(moves[4 * node + 1])
        let force = forced.map { Int($0[node]) } ?? -1
        if force >= 0 {
          reach[Int(targets[first + force])] = weight
          continue
        }
        let isChance = moves[4 * node] != 0
        let action = Int(moves[4 * node + 3])
        for ordinal in 0..<count {
          let share =
            isChance
            ? numbers.lanes(Int(odds[first + ordinal]), group: group)
            : profile.lanes(action + ordinal, group: group)
          reach[Int(targets[first + ordinal])] = (weight * share).replacing(
            with: 0, where: weight .== 0)
        }
      }
      for (terminal, node) in terminals.enumerated() {
        ends.setLanes(terminal, group: group, reach[Int(node)])
      }
    }
  }
}
