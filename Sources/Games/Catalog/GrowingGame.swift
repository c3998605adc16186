internal import Mathematics

/// A tree that grows together with its numbers, in preorder.
struct GrowingGame {
  private var builder: GameTreeBuilder
  private var payoffs: [Rational] = []
  private var odds: [Rational] = []

  init(players count: Int) {
    builder = GameTreeBuilder(players: (1...count).map { "Player \($0)" })
  }

  mutating func decision(
    player: Int, informationSet: String, actions: [String], at place: GameTreeBuilder.Place
  ) -> GameTreeBuilder.Started {
    odds += repeatElement(.zero, count: actions.count)
    return builder.decision(
      player: player, informationSet: informationSet, actions: actions, at: place)
  }

  /// A move of chance whose branches are equally likely.
  mutating func draw(
    _ label: String, among branches: [String], at place: GameTreeBuilder.Place
  ) -> GameTreeBuilder.Started {
    odds += repeatElement(Rational(1, branches.count), count: branches.count)
    return builder.chance(label: label, branches: branches, at: place)
  }

  mutating func end(_ outcome: String, payoffs: [Rational], at place: GameTreeBuilder.Place) {
    builder.terminal(outcome: outcome, at: place)
    self.payoffs += payoffs
  }

  func finish(title: String) throws(GameTreeBuilder.Defect) -> ExtensiveGame {
    ExtensiveGame(title: title, tree: try builder.tree(), exactPayoffs: payoffs, exactOdds: odds)
  }
}
