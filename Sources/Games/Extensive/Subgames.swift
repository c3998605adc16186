/// The proper subgames of a tree (Selten 1965): the nodes whose descendants share no information
/// set with the rest of the game.
public struct Subgames: Sendable, Equatable {
  /// Nodes that begin a subgame, in preorder. The root of the game is always the first. Terminal
  /// nodes are not listed, chance nodes are.
  public let roots: [Int]
  /// For each node, one past its last descendant in preorder.
  public let end: [Int32]

  /// Finds all subgames. Node `n` begins one if the information sets of its descendants (itself
  /// included) reach neither before `n` nor past its last descendant.
  ///
  /// - Complexity: linear in the number of nodes.
  public init(of tree: GameTree) {
    let count = tree.nodes.count
    // Where each information set begins and ends in preorder.
    let first = tree.informationSets.map { Int32($0.nodes.first ?? 0) }
    let final = tree.informationSets.map { Int32($0.nodes.last ?? 0) }
    var end = [Int32](repeating: 0, count: count)
    var lowest = [Int32](repeating: 0, count: count)
    var highest = [Int32](repeating: 0, count: count)
    for id in tree.nodes.indices.reversed() {
      let node = tree.nodes[id]
      var last = Int32(id) + 1
      var low = Int32(id)
      var high = Int32(id)
      if node.kind == .decision {
        low = min(low, first[Int(node.index)])
        high = max(high, final[Int(node.index)])
      }
      if node.kind != .terminal {
        for branch in tree.branches(of: id) {
          let child = Int(tree.branchTarget[branch])
          last = max(last, end[child])
          low = min(low, lowest[child])
          high = max(high, highest[child])
        }
      }
      end[id] = last
      lowest[id] = low
      highest[id] = high
    }
    self.end = end
    roots = tree.nodes.indices.filter { id in
      id == 0
        || tree.nodes[id].kind != .terminal && Int(lowest[id]) >= id && highest[id] < end[id]
    }
  }
}
