import Equilibria
import Games
import Mathematics
import Testing

/// The examples of the pages on methods for trees, word for word; what they say is asserted below
/// each of them. ``PageTests`` compares them with the pages.
@Suite("Examples of the pages: trees")
struct TreePageExamples {
  @Test("Backward induction with a tie")
  func backwardInduction() throws {
    let text = try CatalogGame.text(of: "ultimatum.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/ultimatum.efg
    let induction = try BackwardInduction(of: game)
    let count = induction.count  // 2: an offer of nothing may be accepted or not
    let values = induction.classes(at: 0).map(\.values)  // (2, 0) and (1, 1)
    let list = induction.equilibria(limit: 100)
    let isComplete = list.isComplete  // true

    #expect(count == 2)
    #expect(Set(values) == [[2, 0], [1, 1]])
    #expect(list.profiles.count == 2 && isComplete)
  }

  @Test("Pure Nash equilibria of Selten's horse")
  func pureNashOfTree() throws {
    let text = try CatalogGame.text(of: "selten-horse.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/selten-horse.efg
    let found = try PureNashOfTree(of: game, limit: WorkLimit(seconds: 10))
    let count = found.reducedCount  // 2
    let (profiles, isComplete) = found.reducedProfiles(limit: 100)
    for pattern in found.patterns { print(pattern.choices, pattern.values) }

    #expect(count == 2 && isComplete)
    #expect(Set(profiles) == [[0, 0, 1], [1, 0, 0]])
  }

  @Test("Pure subgame-perfect equilibria with an outside option")
  func pureSubgamePerfect() throws {
    let text = try CatalogGame.text(of: "outside-option.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/outside-option.efg
    let perfect = try PureSubgamePerfect(of: game)
    let values = perfect.values  // (2, 2) at home and (3, 1) at the opera
    let count = perfect.count  // 2
    let list = perfect.equilibria(limit: 100)
    let isComplete = list.isComplete  // true

    #expect(Set(values) == [[2, 2], [3, 1]])
    #expect(count == 2 && isComplete)
  }

  @Test("Pure sequential equilibria of beer and quiche")
  func pureSequential() throws {
    let text = try CatalogGame.text(of: "beer-quiche.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/beer-quiche.efg
    let found = try PureSequential(of: game)
    let list = found.equilibria(limit: 100)
    let isComplete = list.isComplete  // true: no candidate was left undecided
    for assessment in list.assessments {
      print(assessment.profile, assessment.beliefs, assessment.witness.orders)
    }

    #expect(list.assessments.count == 2 && isComplete)
  }

  @Test("The value of Kuhn's poker")
  func zeroSumSequenceForm() throws {
    let text = try CatalogGame.text(of: "kuhn-poker.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/kuhn-poker.efg
    let exact = try ZeroSumSequenceForm().solve(game)
    let value = exact.value  // -1/18
    let plans = exact.plans  // by player and sequence
    let numeric = try ZeroSumSequenceForm().solveNumerically(game)
    let regrets = numeric.regrets  // measured, at most 1e-9 of the payoff range

    #expect(value == Rational(-1, 18))
    #expect(plans.allSatisfy { $0[0] == 1 })
    #expect(regrets.allSatisfy { $0 <= 1e-9 })
  }

  @Test("Lemke's path in Kuhn's poker")
  func sequenceLemke() throws {
    let text = try CatalogGame.text(of: "kuhn-poker.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/kuhn-poker.efg
    let solver = SequenceLemke(numbers: .decimals)
    let exact = try solver.exactEquilibrium(of: game)
    let values = exact.certificate.values  // -1/18, 1/18
    let numeric = try solver.equilibrium(of: game)
    let regret = numeric.regret  // at most 1e-9

    #expect(values == [Rational(-1, 18), Rational(1, 18)])
    #expect(regret <= 1e-9)
  }

  @Test("The selected equilibrium of beer and quiche")
  func sequentialSolver() throws {
    let text = try CatalogGame.text(of: "beer-quiche.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/beer-quiche.efg
    let solver = try SequentialSolver(tree: game.tree, symbols: GameSymbols(numbersOf: game))
    var workspace = solver.makeWorkspace()
    let result = solver.solve(game, workspace: &workspace)
    if let failure = result.failure { print("stopped: \(failure)") }
    var verifier = Verifier(tree: game.tree)
    let isSequential = verifier.certificate(for: result.assessment, of: game).holds  // true

    #expect(result.failure == nil && isSequential)
  }

  @Test("Counterfactual regret minimization in Kuhn's poker")
  func counterfactualRegret() throws {
    let text = try CatalogGame.text(of: "kuhn-poker.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/kuhn-poker.efg
    var method = CFR(try CompiledSequenceGame(game))
    let result = method.run(LearningGoal(.exploitability(0.001), iterations: 100_000))
    let hasConverged = result.converged  // true
    let value = result.exploitability.values[0]  // near -1/18

    #expect(hasConverged)
    #expect(abs(value + 1 / 18) <= 0.002)
  }

  @Test("CFR+ goes on where it stopped")
  func counterfactualRegretPlus() throws {
    let text = try CatalogGame.text(of: "kuhn-poker.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/kuhn-poker.efg
    var method = CFRPlus(try CompiledSequenceGame(game))
    let rough = method.run(LearningGoal(.exploitability(0.01)))
    let fine = method.run(LearningGoal(.exploitability(0.001)))  // goes on from there
    let more = fine.iterations - rough.iterations

    #expect(rough.converged && fine.converged && more > 0)
  }

  @Test("A sweep over the stakes of Kuhn's poker")
  func sweep() throws {
    let text = try CatalogGame.text(of: "kuhn-poker.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/kuhn-poker.efg
    let stakes = [1.0, 2, 5]
    let sweep = try BatchedCFRPlus(game).solve(
      payoffs: stakes.flatMap { stake in game.payoffs.map { stake * $0 } }, iterations: 2000)
    let values = stakes.indices.map { sweep.exploitability(ofDraw: $0).values[0] }  // −stake / 18

    for (stake, value) in zip(stakes, values) { #expect(abs(value + stake / 18) < 0.001 * stake) }
  }

  @Test("Discounted CFR with exponents of one's own")
  func discounted() throws {
    let text = try CatalogGame.text(of: "kuhn-poker.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/kuhn-poker.efg
    var method = DiscountedCFR(try CompiledSequenceGame(game), alpha: 1.5, beta: 0, gamma: 2)
    let result = method.run(LearningGoal(.relativeGain(0.001)))
    let gain = result.exploitability.relativeGain  // at most 0.001 of a payoff range

    #expect(result.converged && gain <= 0.001)
  }

  @Test("Predictive CFR+ to a high accuracy")
  func predictive() throws {
    let text = try CatalogGame.text(of: "kuhn-poker.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/kuhn-poker.efg
    var method = PredictiveCFRPlus(try CompiledSequenceGame(game))
    let result = method.run(LearningGoal(.exploitability(1e-6)))
    let gap = result.exploitability.exploitability  // at most 1e-6

    #expect(result.converged && gap <= 1e-6)
  }

  @Test("External sampling from a seed")
  func externalSampling() throws {
    let text = try CatalogGame.text(of: "kuhn-poker.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/kuhn-poker.efg
    var method = try ExternalSamplingCFR(game, seed: 1)
    let result = method.run(LearningGoal(.exploitability(0.02), iterations: 1_000_000))
    let gap = result.exploitability.exploitability  // measured, at most 0.02

    #expect(result.converged && gap <= 0.02)
  }

  @Test("How exploitable uniform play is in Kuhn's poker")
  func exploitability() throws {
    let text = try CatalogGame.text(of: "kuhn-poker.efg")

    let game = try GambitExtensiveReader.game(from: text)  // Catalog/kuhn-poker.efg
    let uniform = BehaviorProfile(centroidOf: game.tree)
    let measured = Exploitability(of: uniform, in: try CompiledSequenceGame(game))
    let nashConv = measured.nashConv  // 11/12: what both could gain together
    let exploitability = measured.exploitability  // half of it
    let gains = measured.gains  // by player

    #expect(abs(nashConv - 11 / 12) <= 1e-12)
    #expect(abs(exploitability - 11 / 24) <= 1e-12)
    #expect(gains.allSatisfy { $0 > 0 })
  }
}
