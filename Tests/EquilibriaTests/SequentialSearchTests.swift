import Equilibria
import Games
import Mathematics
import Testing

@Suite("Search for sequential equilibria")
struct SequentialSearchTests {
  /// What a search finds, each equilibrium as its outcome probabilities.
  private static func found(
    _ game: ExtensiveGame, objectives: [[Double]] = []
  ) throws -> SequentialSearch.Result {
    var search = try SequentialSearch(tree: game.tree, symbols: GameSymbols(numbersOf: game))
    return search.equilibria(of: game, objectives: objectives)
  }

  /// Whether some equilibrium that was found has these choices at these sets.
  private static func hasChoices(
    _ result: SequentialSearch.Result, _ tree: GameTree, _ choices: [String: [Double]]
  ) throws -> Bool {
    let wanted = try choices.map { label, shares in
      (try #require(tree.set(label)).actionRange, shares)
    }
    return result.equilibria.contains { equilibrium in
      wanted.allSatisfy { range, shares in
        zip(range, shares).allSatisfy {
          abs(equilibrium.assessment.profile.probabilities[$0] - $1) < 1e-6
        }
      }
    }
  }

  /// The probability of each end.
  private static func ends(_ profile: BehaviorProfile, in game: ExtensiveGame) -> [Double] {
    let reach = profile.realization(in: game.tree, odds: game.odds)
    return game.tree.terminals.map { reach[$0.node] }
  }

  @Test(
    "Every listed equilibrium of a published model is found",
    arguments: PublishedModel.all.keys.sorted())
  func publishedModels(name: String) throws {
    let model = try #require(PublishedModel.all[name])
    let game = try TestData.game("models/" + model.file)
    let result = try SequentialSearchTests.found(game)
    #expect(result.holdsSelected)
    for listed in model.equilibria {
      let profile = BehaviorProfile(PublishedModel.flat(listed.strategy, in: game.tree))
      let own = SequentialSearchTests.ends(profile, in: game)
      #expect(
        result.equilibria.contains { equilibrium in
          zip(own, SequentialSearchTests.ends(equilibrium.assessment.profile, in: game))
            .allSatisfy { abs($0 - $1) < 1e-6 }
        }, "\(name): \(listed.name)")
    }
    if result.isComplete { #expect(result.equilibria.count == 1) }
  }

  // A stag hunt with 4, 3 and 2: both hunt the stag, both the hare, or each hunts the stag with
  // probability 2/3 (Harsanyi & Selten 1988 use such games to tell payoff and risk dominance apart).
  @Test("A game of coordination has its two pure equilibria and the mixed one between them")
  func stagHunt() throws {
    let game = try TestData.simultaneous([[(4, 4), (0, 3)], [(3, 0), (2, 2)]])
    let result = try SequentialSearchTests.found(game)
    #expect(result.equilibria.count == 3)
    for stag in [0, 1, 2.0 / 3] {
      #expect(
        try SequentialSearchTests.hasChoices(
          result, game.tree, ["Row": [stag, 1 - stag], "Column": [stag, 1 - stag]]))
    }
    #expect(!result.isComplete)
  }

  // Chicken with 0 for a swerve of both, 1 and -1 where one does, -10 for a crash: the mixture puts
  // 1/10 on driving on. A crash happens under the mixture alone.
  @Test("The event that only a mixture can bring about has its odds as the upper end")
  func chicken() throws {
    let game = try TestData.simultaneous([[(0, 0), (-1, 1)], [(1, -1), (-10, -10)]])
    let crash = game.tree.terminals.map { game.tree.outcomes[$0.outcome] == "1 1" ? 1.0 : 0 }
    let result = try SequentialSearchTests.found(game, objectives: [crash])
    let values = result.equilibria.map { $0.objectives[0] }
    #expect(result.equilibria.count == 3)
    #expect(abs((values.max() ?? 0) - 0.01) < 1e-9)
    #expect(values.min() == 0)
  }

  @Test("Beer and quiche: pooling on beer and pooling on quiche are both sequential")
  func beerQuiche() throws {
    let game = try TreeLiterature.beerQuiche()
    let result = try SequentialSearchTests.found(game)
    #expect(
      try SequentialSearchTests.hasChoices(
        result, game.tree, ["wimp": [1, 0], "surly": [1, 0], "beer": [0, 1], "quiche": [1, 0]]))
    #expect(
      try SequentialSearchTests.hasChoices(
        result, game.tree, ["wimp": [0, 1], "surly": [0, 1], "beer": [1, 0], "quiche": [0, 1]]))
  }

  @Test("After an outside option both pure evenings and the mixed one are equilibria")
  func outsideOption() throws {
    let game = try TreeLiterature.outsideOption()
    let result = try SequentialSearchTests.found(game)
    for choices in [
      ["book": [0, 1.0], "where": [1, 0], "evening": [1, 0]],
      ["book": [1, 0], "where": [0, 1], "evening": [0, 1]],
      ["book": [1, 0], "where": [0.75, 0.25], "evening": [0.25, 0.75]],
    ] {
      #expect(try SequentialSearchTests.hasChoices(result, game.tree, choices))
    }
  }

  @Test("Without ties and with everything seen the one equilibrium is proved to be the only one")
  func onlyOne() throws {
    for game in [
      try TreeLiterature.entry(), try TreeLiterature.chainStore(markets: 3),
      try TreeLiterature.centipede(moves: 6),
    ] {
      let result = try SequentialSearchTests.found(game)
      #expect(result.isComplete)
      #expect(result.equilibria.count == 1)
      #expect(result.paths == 0)
    }
  }

  @Test("What is found in each of several subgames combines: all three coordinations may fail")
  func subgamesCombine() throws {
    // Chance leads to one of three coordinations with 3 or 2 for a success. The mixture puts 2/5 on
    // the better choice, so that it fails with 12/25; the pure equilibria never fail.
    func coordination(_ place: Int) -> GameNode {
      func reply(_ row: Int) -> GameNode {
        .decision("2", set: "2 in \(place)", actions: ["A", "B"]) { column in
          let gain: Rational = row != column ? 0 : (row == 0 ? 3 : 2)
          return .end([gain, gain])
        }
      }
      return .decision("1", set: "1 in \(place)", ["A": reply(0), "B": reply(1)])
    }
    let game = try ExtensiveGame(
      "three", players: ["1", "2"],
      .chance("place", branches: (0..<3).map { ("\($0)", Rational(1, 3)) }) { coordination($0) })
    let failure = game.tree.terminals.indices.map { game.payoffs[2 * $0] == 0 ? 1.0 : 0 }
    let best = game.tree.terminals.indices.map { game.payoffs[2 * $0] == 3 ? 1.0 : 0 }
    let result = try SequentialSearchTests.found(game, objectives: [failure, best])
    let failures = result.equilibria.map { $0.objectives[0] }
    #expect(failures.min() == 0)
    #expect(abs((failures.max() ?? 0) - 12.0 / 25) < 1e-6)
    let successes = result.equilibria.map { $0.objectives[1] }
    #expect(abs((successes.max() ?? 0) - 1) < 1e-9)
    #expect(abs(successes.min() ?? 1) < 1e-9)
  }

  @Test("What is listed is sequential by the verifier, the selected first, and no two are alike")
  func certified() throws {
    for kind in [
      RandomGames.Kind(players: 2...3, nodeLimit: 40), .init(nodeLimit: 40, ties: false),
      .init(nodeLimit: 40, perfectInformation: true, bargains: true),
    ] {
      for seed in UInt64(1)...100 {
        let game = try RandomGames.game(kind, seed: seed)
        let result = try SequentialSearchTests.found(game)
        var verifier = Verifier(tree: game.tree)
        for (place, equilibrium) in result.equilibria.enumerated() {
          #expect(verifier.certificate(for: equilibrium.assessment, of: game).holds)
          for other in result.equilibria[..<place] {
            #expect(other.assessment.profile != equilibrium.assessment.profile)
          }
        }
        let solver = try SequentialSolver(tree: game.tree, symbols: GameSymbols(numbersOf: game))
        var workspace = solver.makeWorkspace()
        let selected = solver.solve(game, workspace: &workspace)
        if result.holdsSelected {
          #expect(result.equilibria.first?.assessment == selected.assessment)
        }
      }
    }
  }

  @Test(
    "Of all pure sequential equilibria of random games the range of an event leaves out next to none"
  )
  func coversPureEquilibria() throws {
    var ranges = 0
    var covered = 0
    for kind in [
      RandomGames.Kind(players: 2...3, nodeLimit: 30, ties: false, scales: false),
      .init(
        players: 2...2, nodeLimit: 30, subjectiveOdds: false, zeroOdds: false, ties: false,
        scales: false),
      .init(players: 2...3, nodeLimit: 24, scales: false),
    ] {
      for seed in UInt64(1)...120 {
        let game = try RandomGames.game(kind, seed: seed)
        guard let list = try? PureSequential(of: game, limit: WorkLimit(steps: 20_000)) else {
          continue
        }
        let pure = list.equilibria(limit: 200)
        if pure.assessments.isEmpty || pure.assessments.count == 200 { continue }
        var stream = SplitMix64(seed: SplitMix64.hash(seed, 3))
        let event = game.tree.terminals.map { _ in stream.uniform() < 0.5 ? 1.0 : 0 }
        func value(_ profile: BehaviorProfile) -> Double {
          zip(SequentialSearchTests.ends(profile, in: game), event).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let result = try SequentialSearchTests.found(game, objectives: [event])
        if result.isComplete { #expect(pure.assessments.count == 1) }
        let wanted = pure.assessments.map { value($0.profile.numeric) }
        let own = result.equilibria.map { $0.objectives[0] }
        ranges += 1
        if (own.min() ?? 2) <= (wanted.min() ?? 0) + 1e-6,
          (own.max() ?? -1) >= (wanted.max() ?? 1) - 1e-6
        {
          covered += 1
        }
      }
    }
    #expect(ranges > 300)
    #expect(covered * 100 >= ranges * 98, "\(covered) of \(ranges)")
  }

  @Test("The same seed finds the same; a budget is kept; more of it finds no less")
  func budget() throws {
    let game = try TestData.game("models/kydd2000_reassurance.efg")
    var search = try SequentialSearch(tree: game.tree, symbols: GameSymbols(numbersOf: game))
    var options = SequentialSearch.Options()
    var before: [BehaviorProfile] = []
    for paths in [0, 10, 100, 400] {
      options.paths = paths
      let once = search.equilibria(of: game, options: options)
      let again = search.equilibria(of: game, options: options)
      let profiles = once.equilibria.map(\.assessment.profile)
      #expect(once.paths <= paths)
      #expect(again.equilibria.map(\.assessment) == once.equilibria.map(\.assessment))
      #expect(before.allSatisfy { profiles.contains($0) })
      before = profiles
    }
    #expect(before.count > 1)
  }

  @Test("Conditional dominance leaves what every pure sequential equilibrium plays")
  func dominanceIsSafe() throws {
    for seed in UInt64(1)...200 {
      let game = try RandomGames.game(
        .init(players: 1...3, nodeLimit: 24, scales: false), seed: seed)
      guard let list = try? PureSequential(of: game, limit: WorkLimit(steps: 20_000)) else {
        continue
      }
      let result = try SequentialSearchTests.found(game)
      if !result.isComplete { continue }
      let pure = list.equilibria(limit: 50).assessments
      #expect(pure.count == 1)
      #expect(
        pure.first?.profile.numeric.probabilities
          == result.equilibria.first?.assessment.profile.probabilities)
    }
  }
}
