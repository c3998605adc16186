extension ExtensiveGame {
  /// What each player expects under everybody's odds.
  ///
  /// - Complexity: nodes + ends × players.
  public func expectedPayoffs(of profile: BehaviorProfile) -> [Double] {
    let reach = profile.realization(in: tree, odds: odds)
    let players = tree.players.count
    var totals = Array(repeating: 0.0, count: players)
    for (index, terminal) in tree.terminals.enumerated() {
      for player in 0..<players {
        totals[player] += reach[terminal.node] * payoffs[index * players + player]
      }
    }
    return totals
  }

  /// The probability of each of the tree's outcomes under everybody's odds.
  public func outcomeProbabilities(of profile: BehaviorProfile) -> [Double] {
    let reach = profile.realization(in: tree, odds: odds)
    var shares = Array(repeating: 0.0, count: tree.outcomes.count)
    for terminal in tree.terminals { shares[terminal.outcome] += reach[terminal.node] }
    return shares
  }
}
