import Games
import Mathematics
import Testing

/// The sizes are those of the games of the same names in OpenSpiel 2.0.2, counted there by walking
/// all states.
@Suite("The catalog")
struct CatalogTests {
  struct Sizes: Sendable, CustomTestStringConvertible {
    let name: String
    let game: @Sendable () throws -> ExtensiveGame
    let nodes: Int
    let terminals: Int
    let decisions: Int
    let sets: Int
    /// Of each player, without the empty one.
    let sequences: Int

    var testDescription: String { name }
  }

  static let sizes = [
    Sizes(
      name: "Kuhn poker", game: { try KuhnPoker.game() }, nodes: 58, terminals: 30, decisions: 24,
      sets: 12, sequences: 12),
    Sizes(
      name: "Kuhn poker for three", game: { try KuhnPoker.game(players: 3) }, nodes: 617,
      terminals: 312, decisions: 288, sets: 48, sequences: 32),
    Sizes(
      name: "Kuhn poker for four", game: { try KuhnPoker.game(players: 4) }, nodes: 7886,
      terminals: 3960, decisions: 3840, sets: 160, sequences: 80),
    Sizes(
      name: "Goofspiel with four cards", game: { try Goofspiel.game() }, nodes: 1077,
      terminals: 576, decisions: 501, sets: 162, sequences: 174),
    Sizes(
      name: "Goofspiel with five cards", game: { try Goofspiel.game(cards: 5) }, nodes: 26_931,
      terminals: 14_400, decisions: 12_531, sets: 2124, sequences: 2283),
    Sizes(
      name: "Leduc poker", game: { try LeducPoker.game() }, nodes: 9457, terminals: 5520,
      decisions: 3780, sets: 936, sequences: 1092),
    Sizes(
      name: "Liar's dice", game: { try LiarsDice.game() }, nodes: 294_883, terminals: 147_420,
      decisions: 147_456, sets: 24_576, sequences: 24_570),
    Sizes(
      name: "Leduc poker for three", game: { try LeducPoker.game(players: 3) }, nodes: 1_831_601,
      terminals: 1_043_952, decisions: 777_168, sets: 25_800, sequences: 19_688),
  ]

  @Test("A game has as many nodes, ends, sets and sequences as elsewhere", arguments: sizes)
  func counts(expected: Sizes) throws {
    let game = try expected.game()
    let tree = game.tree
    #expect(tree.nodes.count == expected.nodes)
    #expect(tree.terminals.count == expected.terminals)
    #expect(tree.nodes.count { $0.kind == .decision } == expected.decisions)
    #expect(tree.informationSets.count == expected.sets)
    let form = try SequenceForm(of: tree)
    #expect(form.sides.allSatisfy { $0.count == expected.sequences + 1 })
    let players = tree.players.count
    for end in tree.terminals.indices {
      // Thirds of a pot are not doubles: the sum is exact where the numbers are.
      let sum = (0..<players).reduce(Rational.zero) {
        $0 + (game.exactPayoff(at: end, of: $1) ?? .one)
      }
      if sum != .zero {
        Issue.record("end \(end) is not zero-sum")
        break
      }
    }
  }

  @Test("Odds are exact")
  func odds() throws {
    let game = try KuhnPoker.game()
    let root = game.tree.branches(of: 0)
    #expect(root.map { game.exactOdds(of: $0) } == Array(repeating: Rational(1, 3), count: 3))
  }

  @Test("A bet that is called is worth 2 to the holder of the higher card")
  func showdown() throws {
    let game = try KuhnPoker.game()
    // The king is dealt to player 1, the queen to player 2.
    let deal = game.tree.child(of: game.tree.child(of: 0, action: 2), action: 1)
    let call = game.tree.child(of: game.tree.child(of: deal, action: 1), action: 1)
    let end = Int(game.tree.nodes[call].index)
    #expect(game.exactPayoff(at: end, of: 0) == 2)
    #expect(game.exactPayoff(at: end, of: 1) == -2)
  }
}
