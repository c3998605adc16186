import Foundation
import Games
import Scenarios
import Testing

@Suite("Trees of the reference scenarios")
struct CompilationReferenceTests {
  static let names = [
    "fearon1995", "krepswilson", "kydd2000", "monitoring", "morrow1994", "rubinstein",
    "russia-iran", "smithstam",
  ]

  @Test("Trees equal those of the executable semantics", arguments: names)
  func equalsSemantics(name: String) throws {
    let scenario = try CompilationSupport.reference(name)
    let (compiled, diagnostics) = GameCompiler.compile(scenario)
    #expect(diagnostics.isEmpty)
    let game = try CompilationSupport.numbers(scenario, try #require(compiled))
    let trees = try BareTree.read(name)
    #expect(BareTree(game).firstDifference(from: try #require(trees["common"])) == nil)
  }

  @Test("Russia and Iran: the game in which everybody holds Iran's odds is the semantics'")
  func gameSeenByIran() throws {
    let scenario = try CompilationSupport.reference("russia-iran")
    let game = try #require(GameCompiler.compile(scenario).game)
    #expect(game.views.map(\.party) == [nil, 0])
    let seen = try CompilationSupport.numbers(scenario, game, view: 1)
    #expect(seen.subjectiveOdds == [nil, nil, nil])
    let trees = try BareTree.read("russia-iran")
    #expect(BareTree(seen).firstDifference(from: try #require(trees["Iran"])) == nil)
  }

  @Test(
    "Odds held by a party fold into its payoffs as the semantics folds them",
    arguments: ["smithstam", "russia-iran"])
  func foldedOdds(name: String) throws {
    let url = CompilationSupport.data.appending(path: "language/\(name).yaml")
    // Where a belief is private, everybody must know it for one game to hold it.
    let text = try String(contentsOf: url, encoding: .utf8)
      .replacing("known to others: no", with: "known to others: yes")
    let game = try CompilationSupport.game(text)
    let file = try GambitExtensiveWriter.text(of: game, foldingSubjectiveOdds: true)
    let folded = try GambitExtensiveReader.game(from: file)
    let trees = try BareTree.read(name)
    #expect(BareTree(folded).firstDifference(from: try #require(trees["folded"])) == nil)
    // Unfolded, the tree is the analyst's.
    #expect(BareTree(game).firstDifference(from: try #require(trees["common"])) == nil)
  }

  @Test("Smith and Stam: each side's odds are those of the game in which everybody holds them")
  func ownOdds() throws {
    let scenario = try CompilationSupport.reference("smithstam")
    let compiled = try #require(GameCompiler.compile(scenario).game)
    #expect(compiled.views.count == 1)
    var game = try CompilationSupport.numbers(scenario, compiled)
    let trees = try BareTree.read("smithstam")
    for (player, name) in ["A", "B"].enumerated() {
      game.odds = try #require(game.subjectiveOdds[player])
      #expect(BareTree(game).firstDifference(from: try #require(trees[name])) == nil)
    }
  }

  @Test("Russia and Iran: supposed choices leave the trees of the semantics")
  func supposing() throws {
    let scenario = try CompilationSupport.reference("russia-iran")
    let trees = try BareTree.read("russia-iran-supposing")
    func order(_ id: String) throws -> GameCompiler.Order {
      let question = try #require(scenario.questions.first { $0.id == id })
      var order = GameCompiler.Order()
      order.supposing = question.supposing
      return order
    }
    let asked = try #require(
      GameCompiler.compile(scenario, try order("would-it-sign-if-asked")).game)
    let seen = try CompilationSupport.numbers(scenario, asked)
    #expect(BareTree(seen).firstDifference(from: try #require(trees["ask for pact"])) == nil)
    let misperceived = try CompilationSupport.numbers(scenario, asked, view: 1)
    #expect(
      BareTree(misperceived).firstDifference(
        from: try #require(trees["ask for pact, seen by Iran"])) == nil)
    let bomb = try #require(
      GameCompiler.compile(scenario, try order("does-nuclear-help-trigger-decisive-action")).game)
    #expect(
      BareTree(try CompilationSupport.numbers(scenario, bomb)).firstDifference(
        from: try #require(trees["ask for the bomb, accepted"])) == nil)
  }

  @Test(
    "Published models: trees equal the hand-made files",
    arguments: [
      ("fearon1995", "fearon1995_ultimatum_risky"), ("krepswilson", "kreps_wilson_low_reputation"),
      ("kydd2000", "kydd2000_reassurance"), ("monitoring", "monitoring_false_alarms"),
      ("morrow1994", "morrow1994_alliance_signal"), ("rubinstein", "rubinstein_three_rounds"),
    ])
  func equalsHandMade(name: String, file: String) throws {
    let scenario = try CompilationSupport.reference(name)
    let compiled = try #require(GameCompiler.compile(scenario).game)
    let game = try CompilationSupport.numbers(scenario, compiled)
    let handMade = try GambitExtensiveReader.game(
      from: String(
        contentsOf: CompilationSupport.data.appending(path: "models/\(file).efg"),
        encoding: .utf8))
    #expect(game.tree.players == handMade.tree.players)
    #expect(BareTree(game).firstDifference(from: BareTree(handMade)) == nil)
  }

  @Test("Smith and Stam: the folded tree equals the hand-made file")
  func equalsHandMadeFolded() throws {
    let scenario = try CompilationSupport.reference("smithstam")
    let compiled = try #require(GameCompiler.compile(scenario).game)
    let game = try CompilationSupport.numbers(scenario, compiled)
    let folded = try GambitExtensiveReader.game(
      from: GambitExtensiveWriter.text(of: game, foldingSubjectiveOdds: true))
    let handMade = try GambitExtensiveReader.game(
      from: String(
        contentsOf: CompilationSupport.data.appending(path: "models/smith_stam_optimism_war.efg"),
        encoding: .utf8))
    #expect(BareTree(folded).firstDifference(from: BareTree(handMade)) == nil)
  }
}
