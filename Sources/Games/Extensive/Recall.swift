/// Whether every player remembers what it knew and did (Kuhn 1953).
public struct Recall: Sendable, Equatable {
  /// The first information set, in the order of the tree, at whose nodes its player has different
  /// memories; `nil` if recall is perfect.
  public let firstLapse: Int?

  /// True if all nodes of every information set share the player's own past.
  public var isPerfect: Bool { firstLapse == nil }

  /// Compares, at each node of an information set, the player's last own information set and the
  /// action taken there. By induction along the tree these agree everywhere if and only if recall
  /// is perfect. A bargain is a move of its first bargainer.
  ///
  /// - Complexity: nodes × players.
  public init(of tree: GameTree) {
    let players = tree.players.count
    var past = [Int32](repeating: -1, count: tree.nodes.count * players)
    var memory = [Int32](repeating: -2, count: tree.informationSets.count)
    var lapse: Int?
    for (id, node) in tree.nodes.enumerated() {
      if node.parent >= 0 {
        let parent = Int(node.parent)
        for player in 0..<players {
          past[id * players + player] = past[parent * players + player]
        }
        let above = tree.nodes[parent]
        if above.kind == .decision {
          let set = tree.informationSets[Int(above.index)]
          let action = Int(node.incoming) - Int(above.firstBranch)
          past[id * players + set.player] = Int32(set.firstAction + action)
        }
      }
      if node.kind != .decision { continue }
      let set = Int(node.index)
      let own = past[id * players + tree.informationSets[set].player]
      if memory[set] == -2 {
        memory[set] = own
      } else if memory[set] != own {
        lapse = min(lapse ?? set, set)
      }
    }
    firstLapse = lapse
  }
}
