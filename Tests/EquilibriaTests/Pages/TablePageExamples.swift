import Equilibria
import Games
import Mathematics
import Testing

/// The examples of the pages on methods for tables, word for word; what they say is asserted below
/// each of them. ``PageTests`` compares them with the pages.
@Suite("Examples of the pages: tables")
struct TablePageExamples {
  /// The library's: a helper of other tests has the same name.
  private typealias SupportEnumeration = Equilibria.SupportEnumeration

  @Test("Iterated dominance leaves the lowest claims")
  func iteratedDominance() throws {
    let text = try CatalogGame.text(of: "traveler.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/traveler.nfg
    let left = IteratedDominance(of: game, by: .mixed)
    let survivors = left.survivors  // [[0], [0]]: both claim the least
    let rounds = left.rounds.count  // 8
    let last = left.rounds[7].map(\.dominator)  // what dominates the claim of 3

    #expect(survivors == [[0], [0]])
    #expect(rounds == 8)
    #expect(last.allSatisfy { $0[0] == 1 })
  }

  @Test("Pure equilibria: one volunteers, two wait")
  func pureEquilibria() throws {
    let text = try CatalogGame.text(of: "volunteer.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/volunteer.nfg
    let profiles = PureEquilibria.all(of: game)
    // [[1, 0, 0], [0, 1, 0], [0, 0, 1]]: one of the three acts
    let first = MixedProfile(pure: profiles[0], of: game)
    let certificate = try StrategicVerifier.certificate(of: first, in: game)
    let isNash = certificate.isNash  // true

    #expect(profiles == [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    #expect(isNash)
  }

  @Test("A constant-sum table: Colonel Blotto")
  func zeroSumStrategic() throws {
    let text = try CatalogGame.text(of: "colonel-blotto.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/colonel-blotto.nfg
    let exact = try ZeroSumStrategic().solve(game)
    let value = exact.value  // 1/2
    let strategies = exact.profile.probabilities  // one optimal strategy for each player
    let numeric = try ZeroSumStrategic().solveNumerically(game)
    let regrets = numeric.regrets  // measured, at most 1e-9 of the payoff range

    #expect(value == Rational(1, 2))
    #expect(strategies.map(\.count) == [4, 3])
    #expect(regrets.allSatisfy { $0 <= 1e-9 })
  }

  @Test("Lemke and Howson's path in Shapley's game")
  func lemkeHowson() throws {
    let text = try CatalogGame.text(of: "shapley.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/shapley.nfg
    let result = try LemkeHowson().equilibrium(of: game)
    let row = result.profile.probabilities[0]  // 1/3, 1/3, 1/3
    let pivots = result.pivots  // of all paths that raced
    let one = try LemkeHowson().equilibrium(of: game, dropping: 4)  // one path, by exact pivots
    let numeric = try NumericLemkeHowson().equilibrium(of: PayoffTable(game))
    let regret = numeric.regret  // at most 1e-9

    #expect(row == [Rational](repeating: Rational(1, 3), count: 3))
    #expect(pivots > 0)
    #expect(one.profile == result.profile)
    #expect(regret <= 1e-9)
  }

  @Test("Indices of the accessible equilibria add up to 1")
  func accessibleEquilibria() throws {
    let text = try CatalogGame.text(of: "battle-of-the-sexes.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/battle-of-the-sexes.nfg
    let found = try AccessibleEquilibria(of: game)
    let count = found.profiles.count  // 3
    let indices = found.nodes.dropFirst().map(\.index)  // of the equilibria; they add up to 1
    let ends = found.nodes[0].ends  // where the path of each label leads from the origins

    #expect(count == 3)
    #expect(indices.reduce(0, +) == 1)
    #expect(ends.count == 4)
  }

  @Test("Extreme equilibria of a degenerate table")
  func extremeEquilibria() throws {
    let text = try CatalogGame.text(of: "entry-table.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/entry-table.nfg
    let all = try ExtremeEquilibria(of: game)
    let count = all.profiles.count  // 3
    let components = all.components  // 2: entry is deterred by many threats, or not deterred
    let isFinite = all.isFinite  // false
    let isDegenerate = all.isDegenerate  // true

    #expect(count == 3)
    #expect(components.map(\.isSingle) == [false, true])
    #expect(!isFinite && isDegenerate)
  }

  @Test("All nine equilibria of a table of three")
  func supportEnumeration() throws {
    let text = try CatalogGame.text(of: "three-player-2x2x2.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/three-player-2x2x2.nfg
    let found = try SupportEnumeration(of: game, within: WorkLimit(seconds: 60))
    let count = found.equilibria.count  // 9
    let isComplete = found.isComplete  // true: proved for every support
    for open in found.unresolved { print(open.supports, open.region) }  // none here

    #expect(count == 9)
    #expect(isComplete)
  }

  @Test("A ray of global Newton meets nine equilibria")
  func globalNewton() throws {
    let text = try CatalogGame.text(of: "three-player-2x2x2.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/three-player-2x2x2.nfg
    let found = try GlobalNewton(seed: 1).equilibria(of: PayoffTable(game))
    let count = found.equilibria.count  // 9 with this seed; another may meet fewer
    let isWhole = found.isWhole  // the ray was followed to its other end
    let one = try GlobalNewton(seed: 1, wanted: 1).equilibria(of: PayoffTable(game))

    #expect(count == 9 && isWhole)
    #expect(one.equilibria.count == 1)
  }

  @Test("Polymatrix approximations of the volunteer's dilemma")
  func iteratedPolymatrix() throws {
    let text = try CatalogGame.text(of: "volunteer.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/volunteer.nfg
    let solver = IteratedPolymatrix(seed: 1, starts: 20)
    let found = try solver.equilibrium(of: PayoffTable(game), within: WorkLimit(steps: 1_000))
    let regret = found.regret  // at most 1e-9
    let work = (found.starts, found.iterations)

    #expect(regret <= 1e-9)
    #expect(work.0 >= 1 && work.1 >= 1)
  }

  @Test("The branch of the stag hunt ends at the hares")
  func strategicLogitPath() throws {
    let text = try CatalogGame.text(of: "stag-hunt.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/stag-hunt.nfg
    let path = try StrategicLogitPath(PayoffTable(game))
    let limit = try path.limit().profile  // both hunt hares
    let points = try path.equilibria(at: [0, 1, 10])
    let shares = points.map { $0.profile.probabilities[0][0] }  // of the stag: 0.5, 0.20, 0.00

    #expect(limit.probabilities == [[0, 1], [0, 1]])
    #expect(abs(shares[0] - 0.5) <= 1e-12 && abs(shares[1] - 0.2) <= 0.005)
    #expect(shares[2] <= 0.005)
  }

  @Test("The best device for chicken")
  func correlatedEquilibrium() throws {
    let text = try CatalogGame.text(of: "chicken.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/chicken.nfg
    let best = try CorrelatedEquilibrium(.correlated).solve(game, for: .welfare)
    let total = best.objective  // 21/2
    let bothYield = best.probabilities[game.index(of: [1, 1])]  // 1/2
    let coarse = try CorrelatedEquilibrium(.coarse).solve(game, for: .payoff(of: 0, among: 2))
    let most = coarse.objective  // the most that the first player gets from any such device

    #expect(total == Rational(21, 2))
    #expect(bothYield == Rational(1, 2))
    #expect(most >= Rational(21, 4))
  }

  @Test("Each strict equilibrium of the stag hunt survives something else")
  func refinement() throws {
    let text = try CatalogGame.text(of: "stag-hunt.nfg")

    let game = try GambitStrategicReader.game(from: text)  // Catalog/stag-hunt.nfg
    var request = SolveRequest()
    request.all = true
    let solution = try MethodCatalog.solve(.strategic(game), request)
    for equilibrium in solution.equilibria where equilibrium.survives.contains(.strict) {
      print(equilibrium.payoffs, equilibrium.survives.map(\.rawValue))
    }

    let survivors = solution.equilibria.map { Set($0.survives) }
    #expect(survivors.map { $0.contains(.payoffDominance) } == [true, false, false])
    #expect(survivors.map { $0.contains(.riskDominance) } == [false, false, true])
  }
}
