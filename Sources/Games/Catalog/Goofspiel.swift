internal import Mathematics

/// Goofspiel with imperfect information (Ross 1971, Goofspiel: the game of pure strategy; Lanctot,
/// Lisý & Bowling 2014).
///
/// Each of two players holds the cards 1 to n. The prizes n, n − 1, …, 1 are auctioned in turn: both
/// play a card in secret, the higher one wins the prize, a tie discards it. Players learn who won,
/// not which card it was. Whoever has more at the end gains 1 from the other. The last card is
/// forced and is no move. The second player moves after the first without knowing its card.
public enum Goofspiel {
  /// The game as a tree: 1,077 nodes with four cards, 26,931 with five.
  ///
  /// - Parameter cards: at least 2. The tree has (cards!)² ends.
  public static func game(cards: Int = 4) throws(GameTreeBuilder.Defect) -> ExtensiveGame {
    precondition(cards >= 2)
    var table = Table()
    let hand = Array(1...cards)
    table.play([hand, hand], knows: ["", ""], lead: 0, at: .root)
    return try table.game.finish(title: "Goofspiel, \(cards) cards")
  }

  private struct Table {
    var game = GrowingGame(players: 2)

    /// One auction, whose prize is the number of cards in hand.
    ///
    /// - Parameters:
    ///   - knows: what each player has played and seen.
    ///   - lead: the first player's winnings less the second's.
    mutating func play(
      _ hands: [[Int]], knows: [String], lead: Int, at place: GameTreeBuilder.Place
    ) {
      let prize = hands[0].count
      if prize == 1 { return end(lead + (hands[0][0] - hands[1][0]).signum(), at: place) }
      let first = game.decision(
        player: 0, informationSet: "1" + knows[0], actions: hands[0].map { "\($0)" }, at: place)
      for (branch, own) in hands[0].enumerated() {
        let second = game.decision(
          player: 1, informationSet: "2" + knows[1], actions: hands[1].map { "\($0)" },
          at: first.branch(branch))
        for (ordinal, other) in hands[1].enumerated() {
          let sign = (own - other).signum()
          let signs = [sign, -sign].map { $0 > 0 ? "won" : $0 < 0 ? "lost" : "tied" }
          play(
            [hands[0].filter { $0 != own }, hands[1].filter { $0 != other }],
            knows: ["\(knows[0]) \(own) \(signs[0])", "\(knows[1]) \(other) \(signs[1])"],
            lead: lead + sign * prize, at: second.branch(ordinal))
        }
      }
    }

    private mutating func end(_ lead: Int, at place: GameTreeBuilder.Place) {
      let sign = lead.signum()
      game.end(
        sign > 0 ? "first wins" : sign < 0 ? "second wins" : "draw",
        payoffs: [Rational(sign), Rational(-sign)], at: place)
    }
  }
}
