import Equilibria
import Games
import Mathematics
import Testing

/// The examples of the pages on verification, fitting, cooperation and games, word for word; what they say is asserted below
/// each of them. ``PageTests`` compares them with the pages.
@Suite("Examples of the pages: verification, fitting, cooperation, games")
struct OtherPageExamples {
  @Test("A profile of a table is verified")
  func strategicVerifier() throws {
    let text = try CatalogGame.text(of: "chicken.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/chicken.nfg
    let bothYield = MixedProfile(pure: [1, 1], of: game)
    let certificate = try StrategicVerifier.certificate(of: bothYield, in: game)
    let regrets = certificate.regrets  // 1, 1: who dares gets 7 and not 6
    let isNash = certificate.isNash  // false

    #expect(regrets == [1, 1] && !isNash)
  }

  @Test("A threat is a Nash equilibrium")
  func nashVerifier() throws {
    let text = try CatalogGame.text(of: "entry-deterrence.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/entry-deterrence.efg
    let threat = ExactBehaviorProfile(pure: [0, 0], of: game.tree)  // stay out; fight
    let certificate = try NashVerifier.certificate(of: threat, in: game)
    let values = certificate.values  // 1, 5
    let isNash = certificate.isNash()  // true: nobody gains

    #expect(values == [1, 5] && isNash)
  }

  @Test("A threat is not subgame perfect")
  func subgamePerfectVerifier() throws {
    let text = try CatalogGame.text(of: "entry-deterrence.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/entry-deterrence.efg
    let threat = ExactBehaviorProfile(pure: [0, 0], of: game.tree)  // stay out; fight
    let certificate = try SubgamePerfectVerifier.certificate(of: threat, in: game)
    let isPerfect = certificate.isSubgamePerfect()  // false
    let regret = certificate.regret  // 2: the incumbent would rather share
    let worst = certificate.worst  // subgame 1, player 1

    #expect(!isPerfect && regret == 2)
    #expect(worst?.subgame == 1 && worst?.player == 1)
  }

  @Test("Trembles that make Selten's horse sequential")
  func sequentialVerifier() throws {
    let text = try CatalogGame.text(of: "selten-horse.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/selten-horse.efg
    let profile = ExactBehaviorProfile(pure: [0, 0, 1], of: game.tree)  // R, R, R
    // Player 1 errs with probability ε², the others with ε.
    let witness = TrembleWitness(
      orders: [0, 2, 0, 1, 1, 0], coefficients: [1, 1, 1, 1, 1, 1])
    let certificate = try SequentialVerifier.certificate(of: profile, witness: witness, in: game)
    let beliefs = certificate.beliefs[2]  // 1, 0: player 2 must have erred
    let isSequential = certificate.isSequential  // true

    #expect(beliefs == [1, 0] && isSequential)
  }

  @Test("No trembles make the other equilibrium of the horse sequential")
  func sequentialTest() throws {
    let text = try CatalogGame.text(of: "selten-horse.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/selten-horse.efg
    let profile = ExactBehaviorProfile(pure: [1, 0, 0], of: game.tree)  // L, R, L
    switch try SequentialTest.decide(profile, in: game) {
    case .sequential(let assessment): print("sequential, beliefs \(assessment.beliefs)")
    case .notSequential(let set): print("not sequential: proved, at set \(set ?? -1)")  // this one
    case .undecided: print("not decided within the limit")
    }

    guard case .notSequential = try SequentialTest.decide(profile, in: game) else {
      Issue.record("it is not sequential")
      return
    }
  }

  @Test("Aumann's device")
  func correlatedVerifier() throws {
    let text = try CatalogGame.text(of: "chicken.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/chicken.nfg
    let third = Rational(1, 3)
    let device = [0, third, third, third]  // never "both dare"; by the index of the profile
    let certificate = try CorrelatedVerifier.certificate(of: device, in: game)
    let values = certificate.values  // 5, 5
    let isCorrelated = certificate.isCorrelatedEquilibrium  // true

    #expect(values == [5, 5] && isCorrelated)
  }

  @Test("A profile as it is written")
  func profileVerifier() throws {
    let text = try CatalogGame.text(of: "entry-deterrence.efg")

    let game = try GameFile.game(from: text, named: "entry-deterrence.efg")
    let written = """
      {"profile": [
        {"player": "Entrant", "actions": [{"action": "stay out", "exact": "1"}]},
        {"player": "Incumbent", "actions": [{"action": "fight", "exact": "1"}]}]}
      """
    let profiles = try JSONProfileReader.contents(of: written, for: game).profiles
    let findings = try ProfileVerifier().findings(on: profiles[0], of: game)
    let isNash = findings.nash.holds  // true
    let isPerfect = findings.subgamePerfect?.holds  // false

    #expect(findings.isExact && isNash && isPerfect == false)
  }

  @Test("λ where three of four confess")
  func quantalResponseFit() throws {
    let text = try CatalogGame.text(of: "prisoners-dilemma.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/prisoners-dilemma.nfg
    let counts: [[Double]] = [[25, 75], [25, 75]]  // silent, confess
    let fit = try QuantalResponseFit(of: PayoffTable(game), counts: counts)
    let lambda = fit.lambda  // log 3: confessing yields 1 more, whatever the other does
    let error = fit.standardError  // 0.163
    let interval = fit.interval  // 95%, by the likelihood ratio

    #expect(abs(lambda - 1.0986122886681098) <= 1e-8)
    #expect(abs((error ?? 0) - 1 / 37.5.squareRoot()) <= 1e-6)
    #expect(interval.contains(lambda) && interval.lowerBound > 0.7 && interval.upperBound < 1.5)
  }

  @Test("Levels of reasoning in the stag hunt")
  func levelK() throws {
    let text = try CatalogGame.text(of: "stag-hunt.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/stag-hunt.nfg
    let table = PayoffTable(game)
    let levels = LevelK.levels(of: table, upTo: 2)  // even odds, then hares
    let fit = try LevelK.Fit(of: table, counts: [[10, 90], [10, 90]], highest: 1)
    let shares = fit.shares  // 0.2, 0.8

    #expect(levels.map { $0.probabilities[0] } == [[0.5, 0.5], [0, 1], [0, 1]])
    #expect(abs(shares[0] - 0.2) <= 1e-4)
  }

  @Test("A cognitive hierarchy in the stag hunt")
  func cognitiveHierarchy() throws {
    let text = try CatalogGame.text(of: "stag-hunt.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/stag-hunt.nfg
    let table = PayoffTable(game)
    let play = CognitiveHierarchy(of: table, tau: 1.5).profile
    let stag = play.probabilities[0][0]  // 0.11: half of those who do not think
    let fit = try CognitiveHierarchy.Fit(of: table, counts: [[10, 90], [10, 90]])
    let tau = fit.tau  // log 5

    #expect(abs(stag - 0.11156508007421491) <= 1e-9)
    #expect(abs(tau - 1.6094379124341003) <= 1e-4)
  }

  @Test("Two outcomes and their lotteries")
  func bargainingProblem() throws {
    let problem = try BargainingProblem(outcomes: [[4, 0], [0, 2]], disagreement: [0, 0])
    let nash = try problem.mixedSolution(.nash).agreements[0]
    let payoffs = nash.payoffs  // 2, 1
    let lottery = nash.lottery.map(\.probability)  // 1/2, 1/2
    let equal = try problem.mixedSolution(.egalitarian).agreements[0].payoffs  // 4/3, 4/3
    let without = try problem.solution(.nash).agreements  // both outcomes: each product is 0

    #expect(payoffs == [2, 1] && lottery == [Rational(1, 2), Rational(1, 2)])
    #expect(equal == [Rational(4, 3), Rational(4, 3)])
    #expect(without.map(\.payoffs) == [[4, 0], [0, 2]])
  }

  @Test("A vote in which one member has a veto")
  func coalitionGame() throws {
    let vote = try CoalitionGame(players: ["A", "B", "C"], quota: 51, weights: [50, 49, 1])
    let power = vote.shapleyValue  // 2/3, 1/6, 1/6: B's 49 votes count no more than C's one
    let nucleolus = try vote.nucleolus().payoffs  // 1, 0, 0: nothing is decided without A
    if case .contains(let payoffs) = try vote.core() { print("in the core:", payoffs) }
    let isConvex = vote.isConvex  // false

    #expect(power == [Rational(2, 3), Rational(1, 6), Rational(1, 6)])
    #expect(nucleolus == [1, 0, 0])
    #expect(try vote.core() == .contains([1, 0, 0]))
    #expect(!isConvex)
  }

  @Test("Methods by name")
  func methodCatalog() throws {
    let text = try CatalogGame.text(of: "beer-quiche.efg")

    let game = try GameFile.game(from: text, named: "beer-quiche.efg")
    var request = SolveRequest()
    request.limit = WorkLimit(steps: 100_000, seconds: 10)
    let solution = try MethodCatalog.solve(game, method: "pure-sequential", request)
    for equilibrium in solution.equilibria {
      print(equilibrium.payoffs, equilibrium.survives, equilibrium.certificate.isExact)
    }
    let isComplete = solution.isComplete  // true: no other pure sequential equilibrium exists

    #expect(solution.equilibria.count == 2 && isComplete)
  }

  @Test("A table from a function")
  func table() throws {
    let hunt = StrategicGame(
      title: "Stag hunt", players: ["A", "B"], strategies: [["stag", "hare"], ["stag", "hare"]]
    ) { profile in
      switch (profile[0], profile[1]) {
      case (0, 0): [3, 3]
      case (0, 1): [0, 2]
      case (1, 0): [2, 0]
      default: [2, 2]
      }
    }

    let text = try CatalogGame.text(of: "stag-hunt.nfg")
    #expect(try GambitStrategicReader.game(from: text).payoffs == hunt.payoffs)
  }

  @Test("A tree as it is drawn")
  func tree() throws {
    let market = try ExtensiveGame(
      "Entry deterrence", players: ["Entrant", "Incumbent"],
      .decision(
        "Entrant",
        [
          "stay out": .end("monopoly", [1, 5]),
          "enter": .decision(
            "Incumbent",
            [
              "fight": .end("price war", [0, 0]),
              "share": .end("duopoly", [2, 2]),
            ]),
        ]))

    let text = try CatalogGame.text(of: "entry-deterrence.efg")
    #expect(try GambitExtensiveReader.game(from: text).payoffs == market.payoffs)
  }

  @Test("From one form to another")
  func forms() throws {
    let text = try CatalogGame.text(of: "kuhn-poker.efg")

    let tree = try GambitExtensiveReader.game(from: text)  // Catalog/kuhn-poker.efg
    let table = try ReducedStrategicForm(of: tree).game  // 27 × 64 strategies
    let sequences = try SequenceForm(of: tree.tree).sides.map(\.count)  // 13 and 13
    let conversion = try KuhnConversion(of: tree.tree)
    let mixed = conversion.mixed(of: ExactBehaviorProfile(centroidOf: tree.tree))
    let behavior = conversion.behavior(of: mixed)  // the same play
    let subgames = Subgames(of: tree.tree).roots.count  // 1: the whole game

    #expect(table.strategies.map(\.count) == [27, 64])
    #expect(sequences == [13, 13])
    #expect(behavior == ExactBehaviorProfile(centroidOf: tree.tree))
    #expect(subgames == 1)
  }

  @Test("From one format to another")
  func formats() throws {
    let text = try CatalogGame.text(of: "entry-deterrence.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/entry-deterrence.efg
    let efg = try GambitExtensiveWriter.text(of: game)
    let json = try JSONGameWriter.text(of: .extensive(game))
    let again = try GameFile.game(from: json)  // the same game
    let svg = try TreeSVG.text(of: game)

    #expect(try GambitExtensiveReader.game(from: efg).payoffs == game.payoffs)
    #expect(again == .extensive(game))
    #expect(svg.hasPrefix("<"))
  }
}
