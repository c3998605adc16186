import Equilibria
import Games
import Mathematics
import Testing

@Suite("Failing games are made small")
struct ShrinkingTests {
  private func hasNoPureEquilibrium(_ game: StrategicGame) -> Bool {
    PureEquilibria.all(of: game).isEmpty
  }

  private func hasNoPureEquilibrium(_ game: ExtensiveGame) -> Bool {
    guard let found = try? PureNashOfTree(of: game) else { return false }
    return found.isComplete && found.reducedCount == 0
  }

  @Test("A table without a pure equilibrium comes down to four ones that chase each other")
  func tables() throws {
    var shrunk = 0
    for seed in 0..<60 as Range<UInt64> {
      let game = StrategicGames.table([[4, 4], [3, 2], [2, 3, 2]][Int(seed % 3)], seed)
      if !hasNoPureEquilibrium(game) { continue }
      shrunk += 1
      let small = Shrinking.smallest(game, fails: hasNoPureEquilibrium)
      #expect(hasNoPureEquilibrium(small), "\(seed)")
      #expect(small.strategies.map(\.count) == [2, 2], "\(seed)")
      #expect(small.payoffs.allSatisfy { $0 == 0 || $0 == 1 }, "\(seed)")
      #expect(small.payoffs.count { $0 == 1 } == 4, "\(seed)")
      let text = GambitStrategicWriter.text(of: small)
      #expect(hasNoPureEquilibrium(try GambitStrategicReader.game(from: text)), "\(seed)")
    }
    #expect(shrunk > 10)
  }

  @Test("A tree that hides a move comes down to one move, two nodes in a set and two ends")
  func hiddenMoves() throws {
    func hides(_ game: ExtensiveGame) -> Bool {
      game.tree.informationSets.contains { $0.nodes.count > 1 }
    }
    var shrunk = 0
    for seed in 0..<60 as Range<UInt64> {
      let game = try RandomGames.game(RandomGames.Kind(), seed: seed)
      if !hides(game) { continue }
      shrunk += 1
      let small = Shrinking.smallest(game, fails: hides)
      #expect(hides(small), "\(seed)")
      #expect(small.tree.nodes.count == 5, "\(seed)")
      #expect(small.payoffs.allSatisfy { $0 == 0 }, "\(seed)")
      #expect(small.subjectiveOdds.allSatisfy { $0 == nil }, "\(seed)")
      #expect(small.tree.players.count <= 2, "\(seed)")
    }
    #expect(shrunk > 20)
  }

  @Test("A tree without a pure equilibrium stays one, and reads back from the text that is kept")
  func trees() throws {
    var shrunk = 0
    for seed in 0..<6_000 as Range<UInt64> {
      let game = try RandomGames.game(TreeGames.kinds[0].kind, seed: seed)
      if !hasNoPureEquilibrium(game) { continue }
      shrunk += 1
      let small = Shrinking.smallest(game, fails: hasNoPureEquilibrium)
      #expect(hasNoPureEquilibrium(small), "\(seed)")
      let sketch = TreeSketch(small)
      for simpler in sketch.simpler where simpler.weight.lexicographicallyPrecedes(sketch.weight) {
        guard let game = try? simpler.game else { continue }
        #expect(!hasNoPureEquilibrium(game), "\(seed): a simpler one fails too")
      }
      guard case .extensive(let kept) = try GameFile.game(from: Shrinking.text(of: small)) else {
        Issue.record("\(seed): not a tree")
        continue
      }
      #expect(hasNoPureEquilibrium(kept), "\(seed)")
    }
    #expect(shrunk > 5)
  }

  @Test("What is not made smaller is the same game")
  func identity() throws {
    var bargains = RandomGames.Kind()
    bargains.perfectInformation = true
    bargains.bargains = true
    for kind in [RandomGames.Kind(), bargains] {
      for seed in 0..<200 as Range<UInt64> {
        let game = try RandomGames.game(kind, seed: seed)
        let same = try TreeSketch(game).game
        #expect(same.tree.nodes == game.tree.nodes, "\(seed)")
        #expect(same.tree.informationSets.map(\.nodes) == game.tree.informationSets.map(\.nodes))
        #expect(
          same.tree.informationSets.map(\.bargain) == game.tree.informationSets.map(\.bargain))
        #expect(same.payoffs == game.payoffs && same.odds == game.odds, "\(seed)")
        #expect(same.power == game.power, "\(seed)")
        for player in game.tree.players.indices where game.subjectiveOdds[player] != nil {
          #expect(same.odds(heldBy: player) == game.odds(heldBy: player), "\(seed)")
        }
      }
    }
  }

  @Test("A property that fails is recorded with the game to be kept, one that holds is not")
  func records() throws {
    let table = StrategicGames.table([3, 3], 1)
    withKnownIssue {
      Shrinking.expect(table, "no payoff is above 50") { game in
        game.payoffs.allSatisfy { $0 <= 50 }
      }
    } matching: { issue in
      issue.comments.contains { comment in
        "\(comment)".contains("no payoff is above 50")
          && "\(comment)".contains(#"NFG 1 R "table 1" { "P"#)
      }
    }
    let tree = try BenchmarkGames.crisis(types: 1, seed: 1)
    withKnownIssue {
      Shrinking.expect(tree, "nobody moves") { $0.tree.informationSets.isEmpty }
    } matching: { issue in
      issue.comments.contains { "\($0)".contains("EFG 2 R") }
    }
    Shrinking.expect(tree, "three players") { $0.tree.players.count == 3 }
  }
}
