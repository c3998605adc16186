extension GameTree {
  /// The names of what can be done at a node, in the order of its branches.
  public func branchNames(of node: Int) -> [String] {
    switch nodes[node].kind {
    case .terminal: []
    case .chance: chanceMoves[Int(nodes[node].index)].branches
    case .decision: informationSets[Int(nodes[node].index)].actions
    }
  }
}
