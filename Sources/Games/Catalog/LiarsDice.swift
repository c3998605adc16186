internal import Mathematics

/// Liar's dice with one die for each of two players (a version of Dudo; Lisý, Lanctot & Bowling
/// 2015).
///
/// Both roll in secret. In turn they claim how many of both dice show a face, each claim higher
/// than the last (by number, then face), or call the last claim a lie. The highest face counts as
/// every face. After a call whoever was wrong pays 1 to the other.
public enum LiarsDice {
  /// The game as a tree: 294,883 nodes with six faces.
  ///
  /// - Parameter faces: at least 1. The tree has faces² · 2^(2 · faces) decision nodes.
  public static func game(faces: Int = 6) throws(GameTreeBuilder.Defect) -> ExtensiveGame {
    precondition(faces >= 1)
    var table = Table(faces: faces)
    table.roll()
    return try table.game.finish(title: "Liar's dice, \(faces) faces")
  }

  private struct Table {
    let faces: Int
    /// Names of claims, in order.
    let claims: [String]
    var game = GrowingGame(players: 2)

    init(faces: Int) {
      self.faces = faces
      claims = (0..<(2 * faces)).map { "\($0 / faces + 1)x\($0 % faces + 1)" }
    }

    mutating func roll() {
      let sides = (1...faces).map { "\($0)" }
      let first = game.draw("roll of player 1", among: sides, at: .root)
      for one in 0..<faces {
        let second = game.draw("roll of player 2", among: sides, at: first.branch(one))
        for other in 0..<faces {
          claim([one, other], last: -1, player: 0, past: "", at: second.branch(other))
        }
      }
    }

    mutating func claim(
      _ dice: [Int], last: Int, player: Int, past: String, at place: GameTreeBuilder.Place
    ) {
      let higher = (last + 1)..<claims.count
      let calls = last < 0 ? 0 : 1
      let node = game.decision(
        player: player, informationSet: "\(player + 1) rolled \(dice[player] + 1):\(past)",
        actions: claims[higher] + (calls == 1 ? ["liar"] : []), at: place)
      for (branch, bid) in higher.enumerated() {
        claim(
          dice, last: bid, player: 1 - player, past: past + " " + claims[bid],
          at: node.branch(branch))
      }
      if calls == 0 { return }
      let matches = dice.count { $0 == last % faces || $0 == faces - 1 }
      let callerWins = matches < last / faces + 1
      let winner = callerWins ? player : 1 - player
      game.end(
        callerWins ? "a lie" : "true", payoffs: [winner == 0 ? 1 : -1, winner == 1 ? 1 : -1],
        at: node.branch(higher.count))
    }
  }
}
