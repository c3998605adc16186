import Games

/// Expectations over the ends of a game.
enum GameValues {
  /// Each player's expected payoff under the analyst's odds.
  static func expectedPayoffs(_ game: ExtensiveGame, reach: [Double]) -> [Double] {
    let players = game.tree.players.count
    var totals = Array(repeating: 0.0, count: players)
    for (index, terminal) in game.tree.terminals.enumerated() {
      for player in 0..<players {
        totals[player] += reach[terminal.node] * game.payoffs[index * players + player]
      }
    }
    return totals
  }

  /// The probability of each outcome.
  static func outcomes(_ game: ExtensiveGame, reach: [Double]) -> [Double] {
    var shares = Array(repeating: 0.0, count: game.tree.outcomes.count)
    for terminal in game.tree.terminals { shares[terminal.outcome] += reach[terminal.node] }
    return shares
  }
}
