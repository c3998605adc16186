import Games
import Scenarios

/// How likely each end of a game is under a profile, by the analyst's odds.
enum Play {
  /// How likely each node is under a profile, with some branches forced.
  static func probabilities(
    _ tree: GameTree, odds: [Double], profile: [Double], forced: [Int32]?
  ) -> [Double] {
    var reach = [Double](repeating: 0, count: tree.nodes.count)
    reach[0] = 1
    for id in tree.nodes.indices {
      let node = tree.nodes[id]
      if reach[id] == 0 || node.kind == .terminal { continue }
      let first = Int(node.firstBranch)
      let forcedBranch = forced.map { $0[id] } ?? -1
      for ordinal in 0..<Int(node.branchCount) {
        let share: Double
        if forcedBranch >= 0 {
          share = ordinal == Int(forcedBranch) ? 1 : 0
        } else if node.kind == .chance {
          share = odds[first + ordinal]
        } else {
          share = profile[tree.informationSets[Int(node.index)].firstAction + ordinal]
        }
        reach[Int(tree.branchTarget[first + ordinal])] = reach[id] * share
      }
    }
    return reach
  }

  /// The logarithm of how likely each node is in the witness of an assessment: finite wherever
  /// chance allows. It orders what has probability 0 in the limit.
  static func logarithms(
    _ tree: GameTree, odds: [Double], logTrembles: [Double], forced: [Int32]?
  ) -> [Double] {
    var reach = [Double](repeating: -.infinity, count: tree.nodes.count)
    reach[0] = 0
    for id in tree.nodes.indices {
      let node = tree.nodes[id]
      if reach[id] == -.infinity || node.kind == .terminal { continue }
      let first = Int(node.firstBranch)
      let forcedBranch = forced.map { $0[id] } ?? -1
      for ordinal in 0..<Int(node.branchCount) {
        let share: Double
        if forcedBranch >= 0 {
          share = ordinal == Int(forcedBranch) ? 0 : -.infinity
        } else if node.kind == .chance {
          share = naturalLogarithm(odds[first + ordinal])
        } else {
          share = logTrembles[tree.informationSets[Int(node.index)].firstAction + ordinal]
        }
        reach[Int(tree.branchTarget[first + ordinal])] = reach[id] + share
      }
    }
    return reach
  }
}
