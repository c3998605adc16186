import Equilibria
import Games
import Mathematics
import Testing

/// Lemke's path on the sequence form.
@Suite("Lemke's path on the sequence form") struct SequenceLemkeTests {
  /// Trees for two players, of all kinds that `TreeGames` knows and some larger ones.
  private static let kinds: [RandomGames.Kind] = {
    var large = RandomGames.Kind()
    large.largestDepth = 7
    large.nodeLimit = 150
    var generic = large
    generic.ties = false
    return (TreeGames.kinds.map(\.kind) + [large, generic]).map { kind in
      var kind = kind
      kind.players = 2...2
      return kind
    }
  }()

  private func game(_ seed: UInt64) throws -> ExtensiveGame {
    let kinds = SequenceLemkeTests.kinds
    return try RandomGames.game(kinds[Int(seed) % kinds.count], seed: SplitMix64.hash(seed, 61))
  }

  @Test("On random trees the exact result is an equilibrium of the reduced strategic form too")
  func reducedForm() throws {
    var compared = 0
    for seed in 0..<900 as Range<UInt64> {
      let game = try game(seed)
      let result = try SequenceLemke().exactEquilibrium(of: game)
      #expect(result.certificate.isNash(), "seed \(seed)")
      let limits = ReducedStrategicForm.Limits(strategies: 200, payoffs: 4_000)
      guard let form = try? ReducedStrategicForm(of: game, limits: limits) else { continue }
      compared += 1
      let mixed = try KuhnConversion(of: game.tree).mixed(of: result.profile)
      let certificate = try StrategicVerifier.certificate(of: mixed, in: form.game)
      #expect(certificate.isNash, "seed \(seed)")
      #expect(certificate.values == result.certificate.values, "seed \(seed)")
    }
    #expect(compared > 500)
  }

  @Test("On random trees the path in floating point ends in an equilibrium")
  func numeric() throws {
    for seed in 0..<1200 as Range<UInt64> {
      let game = try game(seed)
      let result = try SequenceLemke().equilibrium(of: game)
      let regrets = try NashVerifier.certificate(of: result.profile, in: game).regrets
      for (regret, range) in zip(regrets, game.payoffRanges()) {
        #expect(regret / range <= 1e-12, "seed \(seed)")
      }
    }
  }

  @Test("From any prior exact pivots lead to an equilibrium")
  func priors() throws {
    for seed in 0..<600 as Range<UInt64> {
      let game = try game(seed)
      let prior = TreeGames.mixed(of: game.tree, seed: seed)
      let pivoted = try SequenceLemke().equilibriumByExactPivots(of: game, prior: prior)
      #expect(pivoted.certificate.isNash(), "seed \(seed)")
      #expect(
        try SequenceLemke().exactEquilibrium(of: game, prior: prior).certificate.isNash(),
        "seed \(seed)")
    }
  }

  @Test("Where payoffs are never equal both arithmetics find the same equilibrium")
  func agreement() throws {
    var kind = SequenceLemkeTests.kinds[5]
    kind.zeroOdds = false
    kind.duplicates = false
    for seed in 0..<200 as Range<UInt64> {
      let game = try RandomGames.game(kind, seed: SplitMix64.hash(seed, 62))
      let first = try SequenceLemke().exactEquilibrium(of: game)
      let second = try SequenceLemke().equilibriumByExactPivots(of: game)
      #expect(first.certificate.values == second.certificate.values, "seed \(seed)")
      let form = try SequenceForm(of: game.tree)
      #expect(form.plans(of: first.profile) == form.plans(of: second.profile), "seed \(seed)")
    }
  }

  @Test("In zero-sum trees every prior leads to the value of the game")
  func values() throws {
    for seed in 0..<200 as Range<UInt64> {
      var game = try game(seed)
      game.subjectiveOdds = [nil, nil]
      for end in game.tree.terminals.indices {
        let gain: Double = game.payoffs[end * 2]
        game.payoffs[end * 2 + 1] = -gain
      }
      let value = try SequenceLemke().exactEquilibrium(of: game).certificate.values[0]
      for other in 0..<3 as Range<UInt64> {
        let prior = TreeGames.mixed(of: game.tree, seed: SplitMix64.hash(seed, other))
        let result = try SequenceLemke().exactEquilibrium(of: game, prior: prior)
        #expect(result.certificate.values == [value, -value], "seed \(seed)")
      }
    }
  }

  @Test("Where both choose at once the result is among the equilibria of the matrix")
  func matrices() throws {
    for seed in 0..<200 as Range<UInt64> {
      let matrix = Bimatrix(rows: 4, columns: 3, seed: seed, bound: 1000)
      let all = try ExtremeEquilibria(of: matrix.game)
      if all.isDegenerate { continue }
      let tree = try TestData.simultaneous(
        zip(matrix.first, matrix.second).map {
          zip($0, $1).map { ($0.doubleValue, $1.doubleValue) }
        })
      let result = try SequenceLemke().exactEquilibrium(of: tree).profile.probabilities
      #expect(
        all.profiles.contains(MixedProfile([Array(result[..<4]), Array(result[4...])])),
        "seed \(seed)")
    }
  }

  // MARK: - The literature

  @Test("The first player of Kuhn's poker (1950) loses 1/18 of an ante")
  func kuhn() throws {
    let game = try KuhnPoker.game()
    let result = try SequenceLemke().exactEquilibrium(of: game)
    #expect(result.certificate.values == [Rational(-1, 18), Rational(1, 18)])
    let numeric = try SequenceLemke().equilibrium(of: game)
    #expect(numeric.regret <= 1e-13)
  }

  @Test("In stripped-down poker (Reiley, Urbancic & Walker 2008) a third of the queens bluff")
  func strippedDownPoker() throws {
    func raised(_ showdown: Rational) -> GameNode {
      .decision(
        "Bob", set: "raised",
        ["meet": .end([showdown, -showdown]), "pass": .end([1, -1])])
    }
    func card(_ name: String, _ showdown: Rational) -> GameNode {
      .decision("Alice", set: name, ["raise": raised(showdown), "fold": .end([-1, 1])])
    }
    let game = try ExtensiveGame(
      "Stripped-down poker", players: ["Alice", "Bob"],
      .chance(
        "card",
        ["king": (Rational(1, 2), card("king", 2)), "queen": (Rational(1, 2), card("queen", -2))]))
    let result = try SequenceLemke().exactEquilibrium(of: game)
    let third = Rational(1, 3)
    let expected: [Rational] = [1, 0, third + third, third, third, third + third]
    #expect(result.profile.probabilities == expected)
    #expect(result.certificate.values[0] == Rational(1, 3))
  }

  @Test(
    "One-card poker has the values that Gambit's four methods for it agree on",
    arguments: [
      (3, Rational(-1, 9)), (4, Rational(-1, 12)), (8, Rational(-5, 48)), (16, Rational(-7, 64)),
      (32, Rational(-85, 768)),
    ])
  func oneCardPoker(ranks: Int, value: Rational) throws {
    let game = try SequenceLemkeTests.oneCardPoker(ranks: ranks)
    let result = try SequenceLemke().exactEquilibrium(of: game)
    #expect(result.certificate.values == [value, -value])
    #expect(try SequenceLemke().equilibrium(of: game).regret <= 1e-13)
  }

  /// Each of two players gets one of so many ranks. The first bets or folds and loses 1; after a bet
  /// the second calls, and the higher rank wins 2, or folds and loses 1.
  private static func oneCardPoker(ranks: Int) throws -> ExtensiveGame {
    var builder = GameTreeBuilder(players: ["1", "2"])
    var payoffs: [Rational] = []
    let deals = ranks * ranks
    let deal = builder.chance(label: "deal", branches: (0..<deals).map { "\($0)" })
    for hand in 0..<deals {
      let (own, other) = (hand / ranks, hand % ranks)
      let first = builder.decision(
        player: 0, informationSet: "1 \(own)", actions: ["bet", "fold"], at: deal.branch(hand))
      let second = builder.decision(
        player: 1, informationSet: "2 \(other)", actions: ["call", "fold"], at: first.branch(0))
      builder.terminal(outcome: "called", at: second.branch(0))
      builder.terminal(outcome: "second folds", at: second.branch(1))
      builder.terminal(outcome: "first folds", at: first.branch(1))
      let gains: [Int] = [2 * (own - other).signum(), 1, -1]
      for gain in gains {
        payoffs += [Rational(gain), Rational(-gain)]
      }
    }
    let tree = try builder.tree()
    var odds = [Rational](repeating: .zero, count: tree.branchTarget.count)
    for branch in 0..<deals { odds[branch] = Rational(1, deals) }
    return ExtensiveGame(
      title: "One-card poker", tree: tree, exactPayoffs: payoffs, exactOdds: odds)
  }

  @Test("Beer and quiche (Cho & Kreps 1987) ends with both types at one breakfast, and no duel")
  func beerAndQuiche() throws {
    func breakfast(_ food: String, _ duel: [Rational], _ peace: [Rational]) -> GameNode {
      .decision("B", set: food, ["duel": .end(duel), "walk on": .end(peace)])
    }
    let game = try ExtensiveGame(
      "Beer and quiche", players: ["A", "B"],
      .chance(
        "nerve",
        [
          "wimp": (
            Rational(1, 10),
            .decision(
              "A", set: "wimp",
              [
                "beer": breakfast("beer", [0, 1], [2, 0]),
                "quiche": breakfast("quiche", [1, 1], [3, 0]),
              ])
          ),
          "surly": (
            Rational(9, 10),
            .decision(
              "A", set: "surly",
              [
                "beer": breakfast("beer", [1, 0], [3, 1]),
                "quiche": breakfast("quiche", [0, 0], [2, 1]),
              ])
          ),
        ]))
    let result = try SequenceLemke().exactEquilibrium(of: game)
    // Both drink beer, or both eat quiche.
    let values: [[Rational]] = [
      [Rational(29, 10), Rational(9, 10)], [Rational(21, 10), Rational(9, 10)],
    ]
    #expect(values.contains(result.certificate.values))
  }

  @Test("An evening out or a book (van Damme 1989) is worth what one of its equilibria is")
  func eveningOut() throws {
    func second(_ opera: [Rational], _ fight: [Rational]) -> GameNode {
      .decision("Second", set: "evening", ["opera": .end(opera), "fight": .end(fight)])
    }
    let game = try ExtensiveGame(
      "An evening out, or a book", players: ["First", "Second"],
      .decision(
        "First", set: "book",
        [
          "read": .end("at home", [2, 2]),
          "go out": .decision(
            "First", set: "where",
            ["opera": second([3, 1], [0, 0]), "fight": second([0, 0], [1, 3])]),
        ]))
    // Going out for the opera, or staying at home for fear of the fight.
    let values = try SequenceLemke().exactEquilibrium(of: game).certificate.values
    let known: [[Rational]] = [[3, 1], [2, 2]]
    #expect(known.contains(values))
    var fight = ExactBehaviorProfile(centroidOf: game.tree)
    for (index, name) in game.tree.informationSets.flatMap(\.actions).enumerated() {
      if name == "opera" { fight.probabilities[index] = .zero }
      if name == "fight" { fight.probabilities[index] = .one }
    }
    // Who expects the fight stays at home.
    let home = try SequenceLemke().exactEquilibrium(of: game, prior: fight)
    #expect(home.certificate.values == [2, 2])
  }

  @Test("Of the published models with two players an equilibrium is found")
  func models() throws {
    var solved = 0
    for name in try TestData.names(in: "models", ending: ".efg") {
      let game = try TestData.game("models/\(name)")
      guard game.tree.players.count == 2 else { continue }
      solved += 1
      let result = try SequenceLemke(numbers: .decimals).exactEquilibrium(of: game)
      #expect(result.certificate.isNash(), "\(name)")
      #expect(try SequenceLemke().equilibrium(of: game).regret <= 1e-12, "\(name)")
    }
    #expect(solved >= 8)
  }

  // MARK: - What is refused

  @Test("Games that are not for this method, broken priors and limits are named")
  func refusals() throws {
    let solver = SequenceLemke()
    let kuhn = try KuhnPoker.game()
    let three = try KuhnPoker.game(players: 3)
    let tooMany = #expect(throws: SequenceLemke.Failure.self) { try solver.equilibrium(of: three) }
    #expect(tooMany == .notTwoPlayers(count: 3))
    var prior = BehaviorProfile(centroidOf: kuhn.tree)
    prior.probabilities.removeLast()
    let short = #expect(throws: SequenceLemke.Failure.self) {
      try solver.equilibrium(of: kuhn, prior: prior)
    }
    #expect(
      short
        == .prior(.length(expected: kuhn.tree.actionCount, found: kuhn.tree.actionCount - 1)))
    let stopped = #expect(throws: SequenceLemke.Failure.self) {
      try solver.equilibriumByExactPivots(of: kuhn, limit: WorkLimit(steps: 2))
    }
    #expect(stopped == .stopped(.steps(2)))
    var broken = kuhn
    broken.payoffs[0] = .nan
    let notFinite = #expect(throws: SequenceLemke.Failure.self) {
      try solver.equilibrium(of: broken)
    }
    #expect(notFinite == .game(.notFinite))
    // One player who forgets what it did (Piccione & Rubinstein 1997 discuss such games).
    var builder = GameTreeBuilder(players: ["A", "B"])
    let first = builder.decision(player: 0, informationSet: "first", actions: ["l", "r"])
    for branch in 0..<2 {
      let second = builder.decision(
        player: 0, informationSet: "second", actions: ["l", "r"], at: first.branch(branch))
      for end in 0..<2 { builder.terminal(outcome: "\(branch)\(end)", at: second.branch(end)) }
    }
    let tree = try builder.tree()
    let forgetful = ExtensiveGame(
      title: "", tree: tree, payoffs: [Double](repeating: 1, count: 8),
      odds: [Double](repeating: 0, count: tree.branchTarget.count))
    let lapse = #expect(throws: SequenceLemke.Failure.self) {
      try solver.exactEquilibrium(of: forgetful)
    }
    #expect(lapse == .game(.imperfectRecall(informationSet: "second")))
  }

  @Test("Large payoffs with small differences cost no accuracy")
  func largePayoffs() throws {
    for seed in 0..<100 as Range<UInt64> {
      var game = try game(seed * 6)
      let plain = try SequenceLemke().equilibrium(of: game)
      for place in game.payoffs.indices { game.payoffs[place] += 1e12 }
      let result = try SequenceLemke().equilibrium(of: game)
      #expect(result.profile == plain.profile, "seed \(seed)")
    }
  }

  @Test("A player without a choice, and a game without any, have their one equilibrium")
  func few() throws {
    let alone = try ExtensiveGame(
      "Alone", players: ["A", "B"],
      .decision("A", ["l": .end([1, 5]), "r": .end([2, 0])]))
    let result = try SequenceLemke().exactEquilibrium(of: alone)
    #expect(result.profile.probabilities == [0, 1])
    #expect(result.certificate.values == [2, 0])
    let over = try ExtensiveGame("Over", players: ["A", "B"], .end([3, 4]))
    #expect(try SequenceLemke().exactEquilibrium(of: over).certificate.values == [3, 4])
    #expect(try SequenceLemke().equilibrium(of: over).regret == 0)
  }
}
