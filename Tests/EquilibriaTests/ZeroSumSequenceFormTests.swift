import Equilibria
import Games
import Mathematics
import Testing

@Suite("Constant-sum games in sequence form") struct ZeroSumSequenceFormTests {
  /// The exact result, which floating point must agree with.
  private func solve(_ game: ExtensiveGame) throws -> ZeroSumSequenceForm.Result {
    let result = try ZeroSumSequenceForm().solve(game)
    let numeric = try ZeroSumSequenceForm().solveNumerically(game)
    let scale = 1 + abs(result.value.doubleValue)
    #expect(abs(numeric.value - result.value.doubleValue) <= 1e-9 * scale)
    #expect(numeric.regrets.allSatisfy { $0 <= 1e-9 })
    let certificate = try NashVerifier.certificate(of: result.profile, in: game)
    #expect(certificate.isNash())
    #expect(certificate.values == [result.value, result.sum - result.value])
    try expectNash(numeric.profile, in: game)
    return result
  }

  private func expectNash(_ profile: BehaviorProfile, in game: ExtensiveGame) throws {
    let certificate = try NashVerifier.certificate(of: profile, in: game)
    #expect(certificate.regret <= 1e-9 * (1 + game.payoffRanges()[0]))
  }

  @Test(
    "One-card poker has its known values",
    arguments: [(3, -1, 9), (4, -1, 12), (8, -5, 48), (16, -7, 64), (32, -85, 768)])
  func poker(ranks: Int, top: Int, bottom: Int) throws {
    let game = try BenchmarkGames.oneCardPoker(ranks: ranks)
    let exact = try ZeroSumSequenceForm().solve(game)
    #expect(exact.value == Rational(top, bottom) && exact.sum == 0)
    let numeric = try ZeroSumSequenceForm().solveNumerically(game)
    #expect(abs(numeric.value - Double(top) / Double(bottom)) < 1e-14)
    #expect(numeric.regrets.allSatisfy { $0 < 1e-14 })
  }

  /// Kuhn (1950), A simplified two-person poker: three cards, a bet of one.
  private func kuhn(unit: Rational = 1, shift: Rational = 0) throws -> ExtensiveGame {
    var builder = GameTreeBuilder(players: ["1", "2"])
    var payoffs: [Rational] = []
    let deals = [(1, 2), (1, 3), (2, 1), (2, 3), (3, 1), (3, 2)]
    let deal = builder.chance(label: "deal", branches: deals.map { "\($0.0)\($0.1)" })
    func end(_ value: Int, _ place: GameTreeBuilder.Place) {
      builder.terminal(outcome: "\(value)", at: place)
      payoffs += [Rational(value) * unit + shift, -(Rational(value) * unit)]
    }
    for (branch, (first, second)) in deals.enumerated() {
      let showdown = first > second ? 1 : -1
      let open = builder.decision(
        player: 0, informationSet: "1 \(first)", actions: ["check", "bet"], at: deal.branch(branch))
      let checked = builder.decision(
        player: 1, informationSet: "2 \(second) checked", actions: ["check", "bet"],
        at: open.branch(0))
      end(showdown, checked.branch(0))
      let answer = builder.decision(
        player: 0, informationSet: "1 \(first) answers", actions: ["fold", "call"],
        at: checked.branch(1))
      end(-1, answer.branch(0))
      end(2 * showdown, answer.branch(1))
      let bet = builder.decision(
        player: 1, informationSet: "2 \(second) bet", actions: ["fold", "call"], at: open.branch(1))
      end(1, bet.branch(0))
      end(2 * showdown, bet.branch(1))
    }
    let tree = try builder.tree()
    return ExtensiveGame(
      title: "Kuhn poker", tree: tree, exactPayoffs: payoffs,
      exactOdds: tree.branchTarget.indices.map { $0 < 6 ? Rational(1, 6) : .zero })
  }

  @Test("Kuhn's poker is worth −1/18, and the second player's strategy is the published one")
  func kuhnPoker() throws {
    let game = try kuhn()
    let result = try solve(game)
    #expect(result.value == Rational(-1, 18))
    // The second calls with the queen and bets with the jack a third of the time.
    func share(_ label: String) throws -> Rational {
      result.profile.probabilities[try #require(game.tree.set(label)).firstAction + 1]
    }
    let third = Rational(1, 3)
    #expect(try share("2 1 checked") == third && share("2 2 bet") == third)
    #expect(try share("2 3 checked") == 1 && share("2 3 bet") == 1)
    #expect(try share("2 1 bet") == 0)
    // The first bets with the king three times as often as with the jack, that at most a third.
    #expect(try share("1 3") == share("1 1") * 3 && share("1 1") <= third)
  }

  @Test("Payoffs of 10¹⁸ and more, and small differences besides such, cost no digits")
  func largePayoffs() throws {
    let large = Rational(big: BigInteger.powerOfTen(18), BigInteger(1)) + 1
    for (unit, shift) in [(large, 0), (1, large), (Rational(1, 3), -large)] {
      let game = try kuhn(unit: unit, shift: shift)
      let result = try ZeroSumSequenceForm().solve(game)
      #expect(result.value == Rational(-1, 18) * unit + shift && result.sum == shift)
      let numeric = try ZeroSumSequenceForm().solveNumerically(game)
      #expect(abs(numeric.value / result.value.doubleValue - 1) < 1e-14)
      try expectNash(numeric.profile, in: kuhn())
    }
  }

  @Test("Payments on the way count as payments at the ends")
  func innerPayoffs() throws {
    func pennies(_ outcomes: (String, String), _ ends: [String]) throws -> ExtensiveGame {
      try GambitExtensiveReader.game(
        from: """
          EFG 2 R "pennies with a fee" { "A" "B" }
          p "" 1 1 "" { "H" "T" } 0
          p "" 2 1 "" { "H" "T" } \(outcomes.0)
          t "" 1 "" { \(ends[0]) } t "" 2 "" { \(ends[1]) }
          p "" 2 1 "" { "H" "T" } \(outcomes.1)
          t "" 3 "" { \(ends[2]) } t "" 4 "" { \(ends[3]) }
          """)
    }
    let inner = try solve(
      pennies(("5 \"\" { 3 -3 }", "6 \"\" { 0 0 }"), ["1 -1", "-1 1", "-1 1", "1 -1"]))
    let outer = try solve(pennies(("0", "0"), ["4 -4", "2 -2", "-1 1", "1 -1"]))
    #expect(inner.value == outer.value)
    // [[4, 2], [-1, 1]]: the second column against the first row.
    #expect(outer.value == 2)
  }

  /// A random game with perfect recall whose payoffs add up to a constant.
  private func random(_ seed: UInt64) throws -> ExtensiveGame {
    var kind = RandomGames.Kind()
    kind.players = 2...2
    kind.subjectiveOdds = false
    kind.nodeLimit = 30
    kind.scales = false
    kind.ties = seed % 3 > 0
    var game = try RandomGames.game(kind, seed: seed)
    let sum = Double(Int(seed % 5))
    for end in game.tree.terminals.indices {
      // So that the sum is exact.
      let payoff = (game.payoffs[2 * end] * 1024).rounded() / 1024
      game.payoffs[2 * end] = payoff
      game.payoffs[2 * end + 1] = sum - payoff
    }
    return game
  }

  @Test("The value is that of the reduced strategic form")
  func reducedForm() throws {
    for seed in 0..<500 as Range<UInt64> {
      let game = try random(seed)
      let form = try ReducedStrategicForm(of: game)
      let expected = try ZeroSumStrategic().solve(form.game)
      let result = try solve(game)
      #expect(result.value == expected.value && result.sum == expected.sum, "seed \(seed)")
    }
  }

  @Test("Larger random trees have one value in both arithmetics")
  func largerTrees() throws {
    var kind = RandomGames.Kind()
    kind.players = 2...2
    kind.subjectiveOdds = false
    kind.nodeLimit = 3000
    kind.largestDepth = 9
    kind.scales = false
    for seed in 0..<40 as Range<UInt64> {
      var game = try RandomGames.game(kind, seed: seed)
      for end in game.tree.terminals.indices {
        game.payoffs[2 * end + 1] = -game.payoffs[2 * end]
      }
      let exact = try ZeroSumSequenceForm().solve(game)
      let numeric = try ZeroSumSequenceForm().solveNumerically(game)
      #expect(abs(numeric.value - exact.value.doubleValue) < 1e-9, "seed \(seed)")
    }
  }

  @Test("Ends that chance excludes may add up to anything; others must not")
  func excludedEnds() throws {
    func game(_ odds: (Rational, Rational)) throws -> ExtensiveGame {
      var builder = GameTreeBuilder(players: ["A", "B"])
      let chance = builder.chance(label: "weather", branches: ["fair", "foul"])
      builder.terminal(outcome: "even", at: chance.branch(0))
      builder.terminal(outcome: "odd", at: chance.branch(1))
      return ExtensiveGame(
        title: "", tree: try builder.tree(), exactPayoffs: [2, -2, 5, 6],
        exactOdds: [odds.0, odds.1])
    }
    #expect(try solve(game((1, 0))).value == 2)
    let expected = ZeroSumError.notConstantSumAtEnd(
      outcome: "odd", node: 2, sum: 11, expected: 0)
    let half = Rational(1, 2)
    #expect(throws: expected) { try ZeroSumSequenceForm().solve(game((half, half))) }
    #expect(throws: expected) { try ZeroSumSequenceForm().solveNumerically(game((half, half))) }
  }

  @Test("Other games are refused by name")
  func refusals() throws {
    #expect(throws: ZeroSumError.notTwoPlayers(count: 3)) {
      try ZeroSumSequenceForm().solve(StrategicGames.horse())
    }
    #expect(throws: ZeroSumError.notTwoPlayers(count: 3)) {
      try ZeroSumSequenceForm().solveNumerically(StrategicGames.horse())
    }
    var views = try kuhn()
    views.subjectiveOdds[1] = views.odds.enumerated().map { $0.offset == 0 ? 0.5 : $0.element / 2 }
    #expect(throws: ZeroSumError.subjectiveOdds(player: "2")) {
      try ZeroSumSequenceForm().solve(views)
    }
    let forgetful = try GambitExtensiveReader.game(
      from: """
        EFG 2 R "" { "A" "B" }
        p "" 1 1 "first" { "x" "y" } 0
        p "" 1 2 "second" { "l" "r" } 0
        t "" 1 "" { 0 0 } t "" 2 "" { 1 -1 }
        p "" 1 2 "second" { "l" "r" } 0
        t "" 2 "" t "" 1 ""
        """)
    #expect(
      throws: ZeroSumError.sequenceForm(.imperfectRecall(informationSet: "second"))
    ) { try ZeroSumSequenceForm().solve(forgetful) }
  }
}
