/// Where the nodes of a tree are drawn: a column for each depth, a row for each end, an inner node
/// halfway between its first and its last child.
///
/// Rows belong to one end each, so that what is written beside an end meets nothing. Nodes of one
/// column are at least a row apart, and no two edges cross.
struct TreeLayout {
  /// By node: how many moves lead to it.
  private(set) var depth: [Int]
  /// By node: the row, counted from 0; halves and smaller parts occur.
  private(set) var row: [Double]
  /// The number of ends.
  private(set) var rowCount = 0

  /// - Complexity: linear in the number of nodes.
  init(of tree: GameTree) {
    depth = Array(repeating: 0, count: tree.nodes.count)
    row = Array(repeating: 0, count: tree.nodes.count)
    for (id, node) in tree.nodes.enumerated() {
      if node.parent >= 0 { depth[id] = depth[Int(node.parent)] + 1 }
      if node.kind == .terminal {
        row[id] = Double(rowCount)
        rowCount += 1
      }
    }
    for id in tree.nodes.indices.reversed() where tree.nodes[id].kind != .terminal {
      let branches = tree.branches(of: id)
      guard let first = branches.first, let last = branches.last else { continue }
      row[id] = (row[Int(tree.branchTarget[first])] + row[Int(tree.branchTarget[last])]) / 2
    }
  }
}
