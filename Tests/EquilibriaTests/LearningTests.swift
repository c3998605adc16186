import Equilibria
import Games
import Mathematics
import Testing

@Suite("Learning")
struct LearningTests {
  /// Random games with perfect recall of one to four players, with all that makes trouble.
  private func games(
    _ seeds: Range<UInt64>, _ body: (ExtensiveGame, UInt64) throws -> Void
  ) throws {
    for seed in seeds { try body(RandomGames.game(RandomGames.Kind(), seed: seed), seed) }
  }

  /// The largest size of a player's payoffs: what rounding is relative to.
  private func size(_ game: ExtensiveGame, _ player: Int) -> Double {
    let players = game.tree.players.count
    return game.tree.terminals.indices.map { abs(game.payoffs[$0 * players + player]) }.max() ?? 0
  }

  private func expectTreeWalk(
    _ measured: Exploitability, of profile: BehaviorProfile, in game: ExtensiveGame,
    _ name: String
  ) {
    let reference = ReferenceEvaluation(
      game: game, probabilities: profile.probabilities, logTrembles: [])
    for player in game.tree.players.indices {
      let rounding = 1e-12 * size(game, player)
      #expect(
        abs(measured.values[player] - reference.value(of: 0, for: player)) <= rounding, "\(name)")
      #expect(
        abs(measured.bestResponseValues[player] - reference.bestResponseValue(for: player))
          <= rounding, "\(name)")
    }
  }

  @Test("Values and best responses are those of a walk over the tree")
  func exploitability() throws {
    try games(0..<1500) { game, seed in
      let compiled = try CompiledSequenceGame(game)
      let profile = Learning.profile(of: game.tree, seed: seed)
      let measured = Exploitability(of: profile, in: compiled)
      expectTreeWalk(measured, of: profile, in: game, "seed \(seed)")
    }
  }

  @Test("Every method returns distributions and measures them in games of every shape")
  func everyShape() throws {
    for method in Learning.exact + [Learning.sampling] {
      try games(2000..<2150) { game, seed in
        var player = try method.start(game)
        let result = player.run(LearningGoal(iterations: 100))
        #expect(result.iterations == 100 && result.end == .iterations && !result.converged)
        for set in game.tree.informationSets {
          let choice = result.profile.probabilities[set.actionRange]
          #expect(choice.allSatisfy { $0 >= 0 })
          #expect(abs(choice.reduce(0, +) - 1) < 1e-12)
        }
        expectTreeWalk(
          result.exploitability, of: result.profile, in: game, "\(method.name), seed \(seed)")
      }
    }
  }

  /// In a game of one player regret matching finds the best choices.
  @Test("A player alone learns what is best")
  func alone() throws {
    var kind = RandomGames.Kind()
    kind.players = 1...1
    for method in Learning.exact + [Learning.sampling] {
      for seed in 0..<40 as Range<UInt64> {
        var player = try method.start(RandomGames.game(kind, seed: seed))
        let result = player.run(LearningGoal(.relativeGain(0.01), iterations: 20_000))
        #expect(result.converged, "\(method.name), seed \(seed)")
      }
    }
  }

  @Test("In zero-sum games methods converge, to one value")
  func zeroSum() throws {
    for seed in 0..<120 as Range<UInt64> {
      let game = try Learning.zeroSum(seed: seed, ties: seed % 2 == 0)
      var values: [Double] = []
      for method in Learning.exact {
        var player = try method.start(game)
        let result = player.run(LearningGoal(.relativeGain(1e-3), iterations: 200_000))
        #expect(result.converged, "\(method.name), seed \(seed)")
        #expect(result.exploitability.relativeGain <= 1e-3)
        values.append(result.exploitability.values[0])
      }
      let range = game.payoffRanges()[0]
      for value in values { #expect(abs(value - values[0]) <= 4e-3 * range, "seed \(seed)") }
    }
  }

  @Test("Sampling converges as well, by and by")
  func sampling() throws {
    for seed in 0..<20 as Range<UInt64> {
      var player = try ExternalSamplingCFR(Learning.zeroSum(seed: seed), seed: seed)
      let result = player.run(LearningGoal(.relativeGain(0.02), iterations: 1_000_000))
      #expect(result.converged, "seed \(seed)")
    }
  }

  /// Zinkevich et al. (2007), theorems 2 to 4: after T iterations the averages are an equilibrium up
  /// to the sum of Δ · |I| · √|A| / √T over both players.
  @Test("CFR keeps its bound")
  func bound() throws {
    for seed in 300..<400 as Range<UInt64> {
      let game = try Learning.zeroSum(seed: seed)
      let ranges = game.payoffRanges()
      var bound = 0.0
      for player in 0..<2 {
        let sets = game.tree.informationSets.filter { $0.player == player }
        let actions = Double(sets.map(\.actions.count).max() ?? 0)
        bound += ranges[player] * Double(sets.count) * actions.squareRoot()
      }
      let iterations = [10, 100, 1000]
      let found = try Learning.nashConv(Learning.cfr, on: game, after: iterations)
      for (number, value) in zip(iterations, found) {
        #expect(value <= bound / Double(number).squareRoot() + 1e-12, "seed \(seed)")
      }
    }
  }

  /// The value of a 2×2 game without a saddle point: (ad − bc) / (a + d − b − c) (von Neumann).
  @Test("Two by two games have the value of the formula")
  func formula() throws {
    var stream = SplitMix64(seed: 11)
    for _ in 0..<50 {
      let (a, d) = (1 + stream.uniform(), 1 + stream.uniform())
      let (b, c) = (stream.uniform(), stream.uniform())
      let game = try TestData.simultaneous([[(a, -a), (b, -b)], [(c, -c), (d, -d)]])
      var player = try Learning.predictive.start(game)
      let result = player.run(LearningGoal(.exploitability(1e-7), iterations: 1_000_000))
      #expect(result.converged)
      #expect(abs(result.exploitability.values[0] - (a * d - b * c) / (a + d - b - c)) <= 3e-7)
    }
  }

  @Test("Repeated runs, and runs in parts, give the same bytes")
  func reproducible() throws {
    let game = try LeducPoker.game()
    for method in Learning.exact + [Learning.sampling] {
      var whole = try method.start(game)
      var parts = try method.start(game)
      whole.iterate(times: 40)
      for times in [1, 0, 22, 17] { parts.iterate(times: times) }
      #expect(whole.iterations == parts.iterations)
      #expect(whole.averageProfile == parts.averageProfile, "\(method.name)")
    }
    var other = try ExternalSamplingCFR(game, seed: 6)
    var first = try ExternalSamplingCFR(game, seed: 5)
    other.iterate(times: 40)
    first.iterate(times: 40)
    #expect(other.averageProfile != first.averageProfile)
  }

  @Test("A run stops at its limit and says what it has reached")
  func limits() throws {
    let game = try KuhnPoker.game()
    for method in Learning.exact + [Learning.sampling] {
      var player = try method.start(game)
      let goal = LearningGoal(.exploitability(0), iterations: 1000)
      let stopped = player.run(goal, limit: WorkLimit(steps: 300))
      #expect(stopped.end == .stopped(.steps(300)) && stopped.iterations == 300)
      #expect(
        stopped.exploitability
          == Exploitability(of: stopped.profile, in: player.game))
      let rest = player.run(goal)
      #expect(rest.end == .iterations && rest.iterations == 1000)
      #expect(player.run(goal).iterations == 1000)
      var late = try method.start(game)
      let none = late.run(LearningGoal(iterations: .max), limit: WorkLimit(seconds: 0))
      #expect(none.end == .stopped(.time(steps: 0)) && none.iterations == 0)
      #expect(none.profile == BehaviorProfile(centroidOf: game.tree))
    }
  }

  @Test("What was reached is what was asked")
  func target() throws {
    let game = try LeducPoker.game()
    var player = try Learning.discounted.start(game)
    let result = player.run(LearningGoal(.exploitability(0.005), iterations: 10_000))
    #expect(result.converged && result.exploitability.exploitability <= 0.005)
    #expect(result.iterations < 1000)
    expectTreeWalk(result.exploitability, of: result.profile, in: game, "Leduc poker")
  }

  @Test("Games that cannot be compiled are refused with the reason")
  func refused() throws {
    var game = try KuhnPoker.game()
    game.payoffs[3] = .infinity
    #expect(throws: LearningError.notFinite(terminal: 1)) { try CompiledSequenceGame(game) }
    game = try KuhnPoker.game()
    game.odds[0] = -1
    #expect(throws: LearningError.odds(move: "deal to player 1")) {
      try CompiledSequenceGame(game)
    }
    game.odds[0] = 0
    game.odds[1] = 0
    game.odds[2] = 0
    #expect(throws: LearningError.odds(move: "deal to player 1")) {
      try ExternalSamplingCFR(game, seed: 1)
    }
    let absentMinded = try GambitExtensiveReader.game(
      from: """
        EFG 2 R "" { "A" }
        p "" 1 1 "exit" { "out" "on" } 0
        t "" 1 "" { 0 }
        p "" 1 1 0
        t "" 2 "" { 4 }
        t "" 3 "" { 1 }
        """)
    #expect(throws: LearningError.structure(.imperfectRecall(informationSet: "exit"))) {
      try CompiledSequenceGame(absentMinded)
    }
  }
}
