/// Whether every player remembers what it knew and did (Kuhn 1953, Extensive games and the problem
/// of information).
///
/// The worst lapse is absent-mindedness: a player does not know whether it has been at an
/// information set before (Piccione & Rubinstein 1997, On the interpretation of decision problems
/// with imperfect recall). Then behavior strategies can yield what no mixed strategy yields; after
/// any other lapse mixed strategies can yield what no behavior strategy yields.
public struct Recall: Sendable, Equatable {
  /// The first information set, in the order of the tree, at whose nodes its player has different
  /// memories; `nil` if recall is perfect.
  public let firstLapse: Int?

  /// The first information set, in the order of the tree, that one play can meet twice; `nil` if
  /// there is none. Such a set is a lapse as well.
  public let firstAbsentMinded: Int?

  /// True if all nodes of every information set share the player's own past.
  public var isPerfect: Bool { firstLapse == nil }

  /// Compares, at each node of an information set, the player's last own information set and the
  /// action taken there. By induction along the tree these agree everywhere if and only if recall
  /// is perfect. A bargain is a move of its first bargainer.
  ///
  /// - Complexity: linear in the number of nodes; memory for the depth of the tree besides.
  public init(of tree: GameTree) {
    let owner = tree.informationSets.map { Int32($0.player) }
    let firstAction = tree.informationSets.map { Int32($0.firstAction) }
    // What each player did last on the way to the node at hand, and what it had done before the
    // branches on that way.
    var last = [Int32](repeating: -1, count: tree.players.count)
    var undo: [(node: Int32, player: Int32, action: Int32)] = []
    var memory = [Int32](repeating: -2, count: owner.count)
    var lapse: Int?
    for (id, node) in tree.nodes.enumerated() {
      if node.parent >= 0 {
        // In preorder what stands between a node and its parent is finished.
        while let branch = undo.last, branch.node > node.parent {
          last[Int(branch.player)] = branch.action
          undo.removeLast()
        }
        let above = tree.nodes[Int(node.parent)]
        if above.kind == .decision {
          let set = Int(above.index)
          let player = Int(owner[set])
          undo.append((Int32(id), owner[set], last[player]))
          last[player] = firstAction[set] + node.incoming - above.firstBranch
        }
      }
      if node.kind != .decision { continue }
      let set = Int(node.index)
      let own = last[Int(owner[set])]
      if memory[set] == -2 {
        memory[set] = own
      } else if memory[set] != own {
        lapse = min(lapse ?? set, set)
      }
    }
    firstLapse = lapse
    firstAbsentMinded = lapse == nil ? nil : Recall.firstSetMetTwice(in: tree)
  }

  /// In preorder the node of a set that was met last is above this node if any of them is.
  private static func firstSetMetTwice(in tree: GameTree) -> Int? {
    var end = (0..<tree.nodes.count).map { Int32($0 + 1) }
    for id in tree.nodes.indices.reversed() where tree.nodes[id].parent >= 0 {
      let parent = Int(tree.nodes[id].parent)
      end[parent] = max(end[parent], end[id])
    }
    return tree.informationSets.indices.first { set in
      let nodes = tree.informationSets[set].nodes
      return zip(nodes, nodes.dropFirst()).contains { Int(end[$0]) > $1 }
    }
  }
}
