internal import Mathematics

/// Leduc poker (Southey, Bowling, Larson, Piccione, Burch, Billings & Rayner 2005, Bayes' bluff).
///
/// The deck has two suits and one rank more than there are players. Each antes 1 and is dealt a
/// private card; after a round of betting a public card is turned up and a second round follows.
/// A raise is 2 in the first round and 4 in the second, with at most two in a round; one folds only
/// to a raise. A pair with the public card wins, else the highest rank; equals share the pot.
///
/// For two players the first loses about 0.0856 of an ante per deal in equilibrium.
public enum LeducPoker {
  /// The game as a tree: 9,457 nodes for two players, 1,831,601 for three.
  ///
  /// - Parameter players: at least 2.
  public static func game(players: Int = 2) throws(GameTreeBuilder.Defect) -> ExtensiveGame {
    precondition(players >= 2)
    var table = Table(players: players)
    table.deal([], at: .root)
    let title = players == 2 ? "Leduc poker" : "Leduc poker, \(players) players"
    return try table.game.finish(title: title)
  }

  /// What everybody sees, and the stakes.
  private struct Round {
    var number = 1
    /// A letter for each move so far: f, c or r; the public card between the rounds.
    var past = ""
    var raises = 0
    /// Players in a row who did not raise.
    var calls = 0
    var stakes: [Int]
    /// Who has not folded.
    var active: [Bool]
    var publicCard: Int?

    var remaining: Int { active.count { $0 } }
    var highest: Int { stakes.max() ?? 0 }
    /// Whether everybody left has answered the last raise, or passed.
    var isOver: Bool { calls == (raises == 0 ? remaining : remaining - 1) }
    /// The next player after this one that has not folded.
    func next(after player: Int) -> Int {
      let count = active.count
      return (1...count).map { (player + $0) % count }.first { active[$0] } ?? player
    }
  }

  private struct Table {
    let players: Int
    let cards: [String]
    var game: GrowingGame

    init(players: Int) {
      self.players = players
      let ranks = players + 1
      let faces = ["10", "J", "Q", "K"]
      cards = (0..<(2 * ranks)).map { card in
        let rank = ranks <= 4 ? faces[card / 2 + 4 - ranks] : "\(card / 2 + 1)"
        return rank + (card % 2 == 0 ? "a" : "b")
      }
      game = GrowingGame(players: players)
    }

    mutating func deal(_ hands: [Int], at place: GameTreeBuilder.Place) {
      if hands.count == players {
        let round = Round(
          stakes: Array(repeating: 1, count: players),
          active: Array(repeating: true, count: players))
        return bet(round, player: 0, hands, at: place)
      }
      let left = cards.indices.filter { !hands.contains($0) }
      let node = game.draw(
        "deal to player \(hands.count + 1)", among: left.map { cards[$0] }, at: place)
      for (branch, card) in left.enumerated() { deal(hands + [card], at: node.branch(branch)) }
    }

    mutating func bet(
      _ round: Round, player: Int, _ hands: [Int], at place: GameTreeBuilder.Place
    ) {
      if round.remaining == 1 { return end(round, hands, at: place) }
      if round.isOver {
        return round.number == 1 ? turn(round, hands, at: place) : end(round, hands, at: place)
      }
      let mayFold = round.highest > round.stakes[player]
      let mayRaise = round.raises < 2
      let node = game.decision(
        player: player, informationSet: "\(player + 1) \(cards[hands[player]]) \(round.past)",
        actions: (mayFold ? ["fold"] : []) + ["call"] + (mayRaise ? ["raise"] : []), at: place)
      var branch = 0
      func follow(_ letter: String, _ change: (inout Round) -> Void) {
        var after = round
        after.past += letter
        change(&after)
        bet(after, player: after.next(after: player), hands, at: node.branch(branch))
        branch += 1
      }
      if mayFold { follow("f") { $0.active[player] = false } }
      follow("c") {
        $0.stakes[player] = round.highest
        $0.calls += 1
      }
      if mayRaise {
        follow("r") {
          $0.stakes[player] = round.highest + 2 * round.number
          $0.raises += 1
          $0.calls = 0
        }
      }
    }

    /// Turns up the public card.
    private mutating func turn(_ round: Round, _ hands: [Int], at place: GameTreeBuilder.Place) {
      let left = cards.indices.filter { !hands.contains($0) }
      let node = game.draw("public card", among: left.map { cards[$0] }, at: place)
      for (branch, card) in left.enumerated() {
        var after = round
        after.number = 2
        after.past += " \(cards[card]) "
        after.raises = 0
        after.calls = 0
        after.publicCard = card
        bet(after, player: after.next(after: players - 1), hands, at: node.branch(branch))
      }
    }

    private mutating func end(_ round: Round, _ hands: [Int], at place: GameTreeBuilder.Place) {
      func strength(_ player: Int) -> Int {
        let rank = hands[player] / 2
        return rank == round.publicCard.map { $0 / 2 } ? cards.count + rank : rank
      }
      let left = round.active.indices.filter { round.active[$0] }
      let best = left.map(strength).max() ?? 0
      let winners = left.filter { strength($0) == best }
      let share = Rational(round.stakes.reduce(0, +), winners.count)
      let payoffs = round.stakes.indices.map { player in
        (winners.contains(player) ? share : .zero) - Rational(round.stakes[player])
      }
      game.end(round.past, payoffs: payoffs, at: place)
    }
  }
}
