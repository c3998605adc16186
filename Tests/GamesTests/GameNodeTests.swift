import Games
import Mathematics
import Testing

@Suite("Games written down as trees")
struct GameNodeTests {
  private func defect(_ root: GameNode, players: [String] = ["A", "B"]) -> GameNode.Defect? {
    do {
      _ = try ExtensiveGame("t", players: players, root)
      return nil
    } catch { return error }
  }

  @Test("Players, actions, odds and payoffs stand in the game as written, exactly")
  func contents() throws {
    let game = try ExtensiveGame(
      "mixed", players: ["A", "B"],
      .chance(
        "deal",
        [
          "high": (
            1 / 3, .decision("A", ["bet": .end("won", [0.1, -0.1]), "fold": .end([0, 0])])
          ),
          "low": (2 / 3, .end("lost", [Rational(-1, 7), Rational(1, 7)])),
        ]))
    let tree = game.tree
    #expect(tree.players == ["A", "B"])
    #expect(tree.chanceMoves.map(\.label) == ["deal"])
    #expect(tree.informationSets.map(\.label) == ["A: high"])
    #expect(tree.informationSets[0].actions == ["bet", "fold"])
    #expect(tree.terminals.map { tree.outcomes[$0.outcome] } == ["won", "high, fold", "lost"])
    #expect(game.exactOdds(of: 0) == Rational(1, 3))
    #expect(game.exactOdds(of: 1) == Rational(2, 3))
    #expect(game.exactPayoff(at: 0, of: 0) == Rational(1, 10))
    #expect(game.exactPayoff(at: 2, of: 1) == Rational(1, 7))
  }

  @Test("Nodes with one name are one information set, nodes without are alone")
  func sets() throws {
    let unseen = GameNode.decision("B", set: "unseen", ["l": .end([0, 0]), "r": .end([0, 0])])
    let seen = GameNode.decision("B", ["l": .end([0, 0]), "r": .end([0, 0])])
    let game = try ExtensiveGame(
      "t", players: ["A", "B"],
      .decision("A", ["w": unseen, "x": unseen, "y": seen, "z": seen]))
    #expect(game.tree.informationSets.map(\.nodes.count) == [1, 2, 1, 1])
    #expect(game.tree.informationSets.map(\.label) == ["A", "unseen", "B: y", "B: z"])
  }

  @Test("What is wrong is said with the place")
  func defects() {
    let end = GameNode.end([0, 0])
    #expect(defect(end) == nil)
    #expect(defect(end, players: ["A", "A"]) == .repeatedPlayer("A"))
    #expect(
      defect(.decision("A", ["x": .decision("C", ["y": end])]))
        == .unknownPlayer("C", path: ["x"]))
    #expect(
      defect(.decision("A", ["x": .end([1])])) == .payoffs(expected: 2, found: 1, path: ["x"]))
    #expect(defect(.decision("A", [:])) == .nothingFollows(path: []))
    #expect(defect(.chance([:])) == .nothingFollows(path: []))
    #expect(defect(.decision("A", ["x": end, "x": end])) == .repeatedBranch("x", path: []))
    let negative = GameNode.chance(["u": (-1, end), "d": (2, end)])
    #expect(defect(negative) == .negativeOdds(branch: "u", path: []))
    let short = GameNode.chance(["u": (0.3, end), "d": (0.6, end)])
    #expect(defect(.decision("B", ["x": short])) == .oddsSum(total: 0.9, path: ["x"]))
    #expect(
      defect(
        .decision(
          "A",
          [
            "x": .decision("B", set: "s", ["l": end]), "y": .decision("B", set: "s", ["r": end]),
          ])) == .differentNodes(informationSet: "s", path: ["y"]))
    // A name that a node without a name has already.
    #expect(
      defect(
        .decision(
          "A",
          [
            "x": .decision("B", ["l": end]), "y": .decision("B", set: "B: x", ["l": end]),
          ])) == .differentNodes(informationSet: "B: x", path: ["y"]))
    #expect(
      "\(GameNode.Defect.oddsSum(total: 0.9, path: ["x", "y"]))"
        == "after 'x', 'y': the odds add up to 9/10, not to 1")
  }

  @Test("A literal is the decimal that is written")
  func literals() {
    let tenth: Rational = 0.1
    #expect(tenth == Rational(1, 10))
    let third: Rational = 1 / 3
    #expect(third * 3 == 1)
    let small: Rational = 1e-3
    #expect(small == Rational(1, 1_000))
    #expect(tenth != Rational(exactly: 0.1))
  }

  @Test("Two players' payoffs in a table of pairs")
  func bimatrix() {
    let hunt = StrategicGame(
      "Stag hunt", rows: ("A", ["stag", "hare"]), columns: ("B", ["stag", "hare"]),
      payoffs: [
        [(3, 3), (0, 2)],
        [(2, 0), (2, 2)],
      ])
    #expect(hunt.payoff(0, at: hunt.index(of: [1, 0])) == 2)
    #expect(hunt.payoff(1, at: hunt.index(of: [1, 0])) == 0)
    #expect(hunt.payoff(1, at: hunt.index(of: [0, 1])) == 2)
  }
}
