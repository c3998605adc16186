import Equilibria
import Games
import Testing

/// Iterates, values and equilibria that others found. Digits without another source are those of
/// OpenSpiel 2.0.2 (`nash_conv` of the average policy of its solvers, which also learn in turn).
@Suite("Learning in published games")
struct LearningPublishedTests {
  struct Iterates: Sendable, CustomTestStringConvertible {
    let name: String
    let game: @Sendable () throws -> ExtensiveGame
    let method: Learning.Method
    let nashConv: [(iterations: Int, value: Double)]

    var testDescription: String { "\(method.name) in \(name)" }
  }

  static let iterates = [
    Iterates(
      name: "Kuhn poker", game: { try KuhnPoker.game() }, method: Learning.cfr,
      nashConv: [
        (10, 0.1373975876343151), (100, 0.016451954631830412), (1000, 0.0018752332939859229),
        (10_000, 0.00022664891573703771),
      ]),
    Iterates(
      name: "Kuhn poker", game: { try KuhnPoker.game() }, method: Learning.plus,
      nashConv: [
        (10, 0.06537418133668965), (100, 0.002388808202223369), (1000, 0.00017473064504169855),
        (10_000, 1.9265513961475023e-05),
      ]),
    Iterates(
      name: "Kuhn poker", game: { try KuhnPoker.game() }, method: Learning.discounted,
      nashConv: [
        (10, 0.0455575678515272), (100, 0.0033326839406504494), (1000, 0.00029300045623059656),
      ]),
    Iterates(
      name: "Kuhn poker for three", game: { try KuhnPoker.game(players: 3) }, method: Learning.cfr,
      nashConv: [
        (10, 0.3124812059300961), (100, 0.03701562416744547), (1000, 0.003922335433862945),
      ]),
    Iterates(
      name: "Kuhn poker for three", game: { try KuhnPoker.game(players: 3) }, method: Learning.plus,
      nashConv: [
        (10, 0.14933017560455653), (100, 0.002954993635341685), (1000, 3.202847659847241e-05),
      ]),
    Iterates(
      name: "Kuhn poker for three", game: { try KuhnPoker.game(players: 3) },
      method: Learning.discounted,
      nashConv: [(10, 0.10146674918802046), (100, 0.006134723905353384)]),
    Iterates(
      name: "goofspiel with four cards", game: { try Goofspiel.game() }, method: Learning.cfr,
      nashConv: [(10, 0.2993096589361991), (100, 0.06517789668116566)]),
    Iterates(
      name: "goofspiel with four cards", game: { try Goofspiel.game() }, method: Learning.plus,
      nashConv: [
        (10, 0.2859937566649706), (100, 0.022259704542715652), (1000, 0.0005360135790670612),
      ]),
    Iterates(
      name: "goofspiel with four cards", game: { try Goofspiel.game() },
      method: Learning.discounted,
      nashConv: [(10, 0.38202197943419614), (100, 0.01587944608718016)]),
    Iterates(
      name: "Leduc poker", game: { try LeducPoker.game() }, method: Learning.cfr,
      nashConv: [(10, 1.777157966337538), (100, 0.19143270600919524)]),
    Iterates(
      name: "Leduc poker", game: { try LeducPoker.game() }, method: Learning.plus,
      nashConv: [(10, 1.2208778031808132), (100, 0.02683198994179567)]),
    Iterates(
      name: "Leduc poker", game: { try LeducPoker.game() }, method: Learning.discounted,
      nashConv: [(10, 1.557604093992403)]),
    Iterates(
      name: "liar's dice", game: { try LiarsDice.game() }, method: Learning.cfr,
      nashConv: [(10, 0.3678512363504289)]),
    Iterates(
      name: "liar's dice", game: { try LiarsDice.game() }, method: Learning.plus,
      nashConv: [(10, 0.28320285245955645)]),
  ]

  @Test("A method makes the same iterates as elsewhere", arguments: iterates)
  func sameIterates(expected: Iterates) throws {
    let found = try Learning.nashConv(
      expected.method, on: expected.game(), after: expected.nashConv.map(\.iterations))
    for (found, expected) in zip(found, expected.nashConv) {
      #expect(abs(found - expected.value) <= 1e-9, "after \(expected.iterations) iterations")
    }
  }

  static let uniform: [(name: String, game: @Sendable () throws -> ExtensiveGame, value: Double)] =
    [
      ("Kuhn poker", { try KuhnPoker.game() }, 0.9166666666666666),
      ("Kuhn poker for three", { try KuhnPoker.game(players: 3) }, 2.0625),
      ("Kuhn poker for four", { try KuhnPoker.game(players: 4) }, 3.4760416666666663),
      ("goofspiel with four cards", { try Goofspiel.game() }, 1.4166666666666665),
      ("goofspiel with five cards", { try Goofspiel.game(cards: 5) }, 1.55),
      ("Leduc poker", { try LeducPoker.game() }, 4.747222222222222),
      ("liar's dice", { try LiarsDice.game() }, 1.5614886463844795),
    ]

  @Test("The uniform profile is as exploitable as elsewhere", arguments: uniform.indices)
  func uniformProfile(index: Int) throws {
    let (name, game, value) = try (
      LearningPublishedTests.uniform[index].name, LearningPublishedTests.uniform[index].game(),
      LearningPublishedTests.uniform[index].value
    )
    let measured = Exploitability(
      of: BehaviorProfile(centroidOf: game.tree), in: try CompiledSequenceGame(game))
    #expect(abs(measured.nashConv - value) <= 1e-12, "\(name)")
    #expect(
      abs(measured.exploitability - value / Double(game.tree.players.count)) <= 1e-12, "\(name)")
  }

  /// Kuhn (1950), A simplified two-person poker: −1/18. Southey et al.'s Leduc: −0.0856064, by the
  /// linear program of the sequence form (Koller, Megiddo & von Stengel 1996) elsewhere.
  @Test("Average play is worth the value of the game", arguments: Learning.exact.map(\.name))
  func values(method: String) throws {
    let method = try #require(Learning.exact.first { $0.name == method })
    let games: [(ExtensiveGame, Double, Int)] = [
      (try KuhnPoker.game(), -1.0 / 18, 5000), (try LeducPoker.game(), -0.08560642, 2000),
    ]
    for (game, value, iterations) in games {
      var player = try method.start(game)
      let result = player.run(LearningGoal(iterations: iterations))
      let measured = result.exploitability
      #expect(result.iterations == iterations)
      #expect(abs(measured.values[0] + measured.values[1]) < 1e-12)
      // What each seat guarantees itself brackets the value.
      #expect(measured.bestResponseValues[0] >= value - 1e-8)
      #expect(-measured.bestResponseValues[1] <= value + 1e-8)
      #expect(measured.relativeGain < 0.001)
      #expect(abs(measured.values[0] - value) <= measured.nashConv + 1e-8)
    }
  }

  /// Kuhn (1950): the first player bets α ∈ [0, 1/3] with the jack, 3α with the king and never with
  /// the queen, which calls with α + 1/3; the second bluffs with the jack and calls with the queen
  /// one time in three.
  @Test("Average play of Kuhn's poker is in his family", arguments: Learning.exact.map(\.name))
  func family(method: String) throws {
    let method = try #require(Learning.exact.first { $0.name == method })
    let game = try KuhnPoker.game()
    var player = try method.start(game)
    let result = player.run(LearningGoal(.exploitability(1e-5), iterations: 3_000_000))
    #expect(result.converged)
    func second(_ label: String) throws -> Double {
      result.profile.probabilities[try #require(game.tree.set(label)).firstAction + 1]
    }
    let alpha = try second("1 J ")
    #expect((-0.001...0.335).contains(alpha))
    let expected: [(String, Double)] = [
      ("1 K ", 3 * alpha), ("1 Q ", 0), ("1 J pb", 0), ("1 Q pb", alpha + 1.0 / 3), ("1 K pb", 1),
      ("2 J p", 1.0 / 3), ("2 Q p", 0), ("2 K p", 1), ("2 J b", 0), ("2 Q b", 1.0 / 3),
      ("2 K b", 1),
    ]
    for (label, probability) in expected {
      #expect(abs(try second(label) - probability) < 0.01, "\(label)")
    }
  }

  /// Shapley's game has one equilibrium, all strategies alike, where learning may not go; its
  /// payoffs do not add up to a constant.
  @Test("Games without a guarantee say so")
  func guarantees() throws {
    func isGuaranteed(_ game: ExtensiveGame) throws -> Bool {
      try CompiledSequenceGame(game).isTwoPlayerConstantSum
    }
    #expect(try isGuaranteed(KuhnPoker.game()))
    #expect(try !isGuaranteed(KuhnPoker.game(players: 3)))
    #expect(try isGuaranteed(TestData.simultaneous([[(3, -1), (0.5, 1.5)]])))
    #expect(
      try !isGuaranteed(
        TestData.simultaneous([
          [(1, 0), (0, 1), (0, 0)], [(0, 0), (1, 0), (0, 1)], [(0, 1), (0, 0), (1, 0)],
        ])))
    var priors = try KuhnPoker.game()
    priors.subjectiveOdds[0] = priors.odds
    #expect(try !isGuaranteed(priors))
  }
}
