internal import Mathematics

/// Kuhn's poker (Kuhn 1950, A simplified two-person poker), for two or more players (Abou Risk &
/// Szafron 2010 for three).
///
/// The deck has one card more than there are players. Each player antes 1 and is dealt a card. In
/// turn players pass or bet 1; after a bet each of the others, in turn and once, calls it or folds.
/// The highest card among those who bet, or among all if nobody did, takes the pot.
///
/// For two players the first loses 1/18 of an ante per deal in equilibrium.
public enum KuhnPoker {
  /// The game as a tree: 58 nodes for two players, 617 for three, 7,886 for four.
  ///
  /// - Parameter players: at least 2. The tree grows faster than the factorial of their number.
  public static func game(players: Int = 2) throws(GameTreeBuilder.Defect) -> ExtensiveGame {
    precondition(players >= 2)
    var table = Table(players: players)
    table.deal([], at: .root)
    let title = players == 2 ? "Kuhn poker" : "Kuhn poker, \(players) players"
    return try table.game.finish(title: title)
  }

  private struct Table {
    let players: Int
    let cards: [String]
    var game: GrowingGame

    init(players: Int) {
      self.players = players
      cards = KuhnPoker.cards(players + 1)
      game = GrowingGame(players: players)
    }

    mutating func deal(_ hands: [Int], at place: GameTreeBuilder.Place) {
      if hands.count == players { return act("", firstBet: nil, bets: [], hands, at: place) }
      let left = cards.indices.filter { !hands.contains($0) }
      let node = game.draw(
        "deal to player \(hands.count + 1)", among: left.map { cards[$0] }, at: place)
      for (branch, card) in left.enumerated() { deal(hands + [card], at: node.branch(branch)) }
    }

    /// - Parameters:
    ///   - past: a letter for each move so far, p or b.
    ///   - firstBet: when the first bet was made.
    ///   - bets: the players who bet or called.
    mutating func act(
      _ past: String, firstBet: Int?, bets: [Int], _ hands: [Int], at place: GameTreeBuilder.Place
    ) {
      let move = past.utf8.count
      if move == (firstBet ?? 0) + players {
        return end(past, contenders: bets.isEmpty ? Array(0..<players) : bets, bets, hands, place)
      }
      let player = move % players
      let node = game.decision(
        player: player, informationSet: "\(player + 1) \(cards[hands[player]]) \(past)",
        actions: firstBet == nil ? ["pass", "bet"] : ["fold", "call"], at: place)
      act(past + "p", firstBet: firstBet, bets: bets, hands, at: node.branch(0))
      act(past + "b", firstBet: firstBet ?? move, bets: bets + [player], hands, at: node.branch(1))
    }

    private mutating func end(
      _ past: String, contenders: [Int], _ bets: [Int], _ hands: [Int],
      _ place: GameTreeBuilder.Place
    ) {
      let winner = contenders.max { hands[$0] < hands[$1] }
      let pot = players + bets.count
      let payoffs = (0..<players).map { player in
        Rational((player == winner ? pot : 0) - (bets.contains(player) ? 2 : 1))
      }
      game.end(past, payoffs: payoffs, at: place)
    }
  }

  /// Names of cards from the lowest to the king, or numbers where there are more than four.
  private static func cards(_ count: Int) -> [String] {
    let faces = ["10", "J", "Q", "K"]
    return count <= faces.count ? Array(faces.suffix(count)) : (1...count).map { "\($0)" }
  }
}
