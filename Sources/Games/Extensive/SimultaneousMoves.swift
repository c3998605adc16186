import Mathematics

extension ExtensiveGame {
  /// The tree of a table: the players choose one after the other, and none sees what came before.
  ///
  /// Each player has one information set, with its strategies as actions; an end is named by the
  /// strategies that lead to it. The reduced strategic form is the table again.
  ///
  /// - Throws: ``GameTreeBuilder/Defect`` if a player has no strategy.
  /// - Complexity: linear in the number of payoffs.
  public init(simultaneous game: StrategicGame) throws(GameTreeBuilder.Defect) {
    if game.strategies.contains(where: \.isEmpty) { throw .empty }
    let players = game.players.count
    var builder = GameTreeBuilder(players: game.players)
    var labels = SetLabels(players: game.players)
    var sets: [Int] = []
    // The node at which each player chooses, on the way to the profile at hand.
    var nodes: [GameTreeBuilder.Started] = []
    var payoffs: [Rational] = []
    var profile = Array(repeating: 0, count: players)
    while true {
      while nodes.count < players {
        let player = nodes.count
        if sets.count == player {
          let name = game.players[player]
          sets.append(
            builder.addInformationSet(
              player: player, label: labels.unique(name, player: player, number: 1),
              actions: game.strategies[player], displayLabel: name))
        }
        let place = nodes.last.map { $0.branch(profile[player - 1]) } ?? .root
        nodes.append(builder.decision(inSet: sets[player], at: place))
      }
      let names = profile.indices.map { game.strategies[$0][profile[$0]] }
      let place = nodes.last.map { $0.branch(profile[players - 1]) } ?? .root
      builder.terminal(outcome: names.joined(separator: ", "), at: place)
      let index = game.index(of: profile)
      payoffs += game.payoffs[(index * players)..<((index + 1) * players)]
      // The next profile; what hangs below the player that moves on is done.
      guard
        let last = profile.indices.last(where: { profile[$0] + 1 < game.strategies[$0].count })
      else { break }
      profile[last] += 1
      for player in (last + 1)..<players { profile[player] = 0 }
      nodes.removeLast(players - last - 1)
    }
    let tree = try builder.tree()
    self.init(
      title: game.title, tree: tree, exactPayoffs: payoffs,
      exactOdds: Array(repeating: .zero, count: tree.branchTarget.count))
    comment = game.comment
  }
}
