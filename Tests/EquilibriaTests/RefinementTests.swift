import Equilibria
import Games
import Mathematics
import Testing

@Suite("Refinements")
struct RefinementTests {
  private static func survivors(
    _ game: GameForm, method: String
  ) throws -> [(profile: StrategyProfile, survives: Set<Refinement>)] {
    var request = SolveRequest()
    request.all = true
    return try MethodCatalog.solve(game, method: method, request).equilibria.map {
      ($0.profile, Set($0.survives))
    }
  }

  /// Cho & Kreps (1987), Signaling games and stable equilibria, figure I, with a tenth of wimps.
  private static func breakfast() throws -> ExtensiveGame {
    func meal(_ food: String, _ duel: [Rational], _ peace: [Rational]) -> GameNode {
      .decision("B", set: food, ["duel": .end(duel), "walk on": .end(peace)])
    }
    return try ExtensiveGame(
      "Beer and quiche", players: ["A", "B"],
      .chance(
        "nerve",
        [
          "wimp": (
            0.1,
            .decision(
              "A", set: "wimp",
              [
                "beer": meal("beer", [0, 1], [2, 0]), "quiche": meal("quiche", [1, 1], [3, 0]),
              ])
          ),
          "surly": (
            0.9,
            .decision(
              "A", set: "surly",
              [
                "beer": meal("beer", [1, 0], [3, 1]), "quiche": meal("quiche", [0, 0], [2, 1]),
              ])
          ),
        ]))
  }

  @Test("Beer and quiche: both poolings are sequential, only beer is intuitive (Cho & Kreps 1987)")
  func beerAndQuiche() throws {
    let game = try RefinementTests.breakfast()
    let found = try RefinementTests.survivors(.extensive(game), method: "pure-sequential")
    #expect(found.count == 2)
    let sets = game.tree.informationSets
    let wimp = try #require(sets.firstIndex { $0.label == "wimp" })
    let beer = try #require(sets[wimp].actions.firstIndex(of: "beer"))
    for (profile, survives) in found {
      let drinks = profile.numeric[wimp][beer] == 1
      #expect(survives.isSuperset(of: [.subgamePerfect, .sequential]))
      #expect(survives.contains(.intuitiveCriterion) == drinks)
      #expect(survives.contains(.d1) == drinks)
    }
  }

  /// Spence's (1973) signal in two types with the costs of Gibbons (1992), section 4.2: worth 1 and
  /// 2, an education that costs the low type `cost` and the high type half of it; a firm pays 1 or
  /// 2 and loses by the square of its error, so that it pays what is expected to the nearer one.
  private static func education(cost: Rational) throws -> ExtensiveGame {
    func firm(_ sent: String, _ worth: Rational, _ cost: Rational) -> GameNode {
      func pay(_ wage: Rational) -> GameNode {
        .end([wage - cost, -(wage - worth) * (wage - worth)])
      }
      return .decision("Firm", set: sent, ["1": pay(1), "2": pay(2)])
    }
    func worker(_ type: String, _ worth: Rational, _ cost: Rational) -> GameNode {
      .decision(
        "Worker", set: type,
        ["school": firm("school", worth, cost), "none": firm("none", worth, 0)])
    }
    return try ExtensiveGame(
      "Education", players: ["Worker", "Firm"],
      .chance(
        "type",
        [
          "low": (Rational(3, 4), worker("low", 1, cost)),
          "high": (Rational(1, 4), worker("high", 2, cost / 2)),
        ]))
  }

  @Test("Education: the separating equilibrium alone is intuitive (Spence 1973; Cho & Kreps 1987)")
  func education() throws {
    // School pays for the high type alone if it costs the low type more than the rise in the wage.
    let game = try RefinementTests.education(cost: Rational(3, 2))
    let sets = game.tree.informationSets
    let high = try #require(sets.firstIndex { $0.label == "high" })
    let low = try #require(sets.firstIndex { $0.label == "low" })
    let found = try RefinementTests.survivors(.extensive(game), method: "pure-sequential")
    let poolings = found.filter { $0.profile.numeric[high] == $0.profile.numeric[low] }
    let separating = found.filter { $0.profile.numeric[high] != $0.profile.numeric[low] }
    #expect(!poolings.isEmpty && !separating.isEmpty)
    #expect(poolings.allSatisfy { !$0.survives.contains(.intuitiveCriterion) })
    #expect(separating.allSatisfy { $0.survives.isSuperset(of: [.intuitiveCriterion, .d1]) })
  }

  @Test(
    "D1 implies the intuitive criterion in random games (Cho & Kreps 1987, section IV)")
  func impliedByD1() throws {
    var lists = 0
    for seed in 1...150 as ClosedRange<UInt64> {
      let game = try RefinementTests.randomSignals(seed: seed)
      for (_, survives) in try RefinementTests.survivors(
        .extensive(game), method: "pure-sequential")
      {
        lists += 1
        if survives.contains(.d1) { #expect(survives.contains(.intuitiveCriterion), "\(seed)") }
      }
    }
    #expect(lists > 100)
  }

  private static func randomSignals(seed: UInt64) throws -> ExtensiveGame {
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 11))
    func payoff() -> Rational { Rational(Int.random(in: 0...5, using: &stream)) }
    func reply(_ message: Int) -> GameNode {
      .decision("R", set: "m\(message)", actions: ["a", "b", "c"]) { _ in
        .end([payoff(), payoff()])
      }
    }
    func sender(_ type: Int) -> GameNode {
      .decision("S", set: "t\(type)", ["m0": reply(0), "m1": reply(1)])
    }
    return try ExtensiveGame(
      "Signals", players: ["S", "R"],
      .chance("type", ["t0": (1 / 2, sender(0)), "t1": (1 / 2, sender(1))]))
  }

  @Test("The stag hunt: hare is risk-dominant, stag payoff-dominant (Harsanyi & Selten 1988)")
  func stagHunt() throws {
    // With stag 3, alone 0 and hare 2, products of losses are 1 and 4.
    let found = try RefinementTests.survivors(
      .strategic(StrategicGames.hunt), method: "extreme")
    #expect(found.count == 3)
    for (profile, survives) in found where profile.isPure {
      let isStag = profile.numeric[0][0] == 1
      #expect(survives.contains(.payoffDominance) == isStag)
      #expect(survives.contains(.riskDominance) == !isStag)
      #expect(survives.isSuperset(of: [.strict, .quasiStrict, .undominated, .perfect]))
    }
  }

  @Test("An equilibrium in dominated strategies is not perfect (Selten 1975; van Damme 1987)")
  func dominated() throws {
    // van Damme (1987), Stability and Perfection of Nash Equilibria, figure 1.5.1.
    let game = StrategicGames.bimatrix("Perfection", [[(1, 1), (0, 0)], [(0, 0), (0, 0)]])
    let found = try RefinementTests.survivors(.strategic(game), method: "pure")
    #expect(found.count == 2)
    for (profile, survives) in found {
      let isFirst = profile.numeric[0][0] == 1
      #expect(survives.contains(.perfect) == isFirst)
      #expect(survives.contains(.undominated) == isFirst)
      #expect(survives.contains(.strict) == isFirst)
    }
  }

  @Test("Nondegenerate games: every equilibrium is quasi-strict, the pure ones are strict")
  func quasiStrict() throws {
    // von Stengel (2002), Computing equilibria for two-person games, theorem 2.10.
    for seed in 1...60 as ClosedRange<UInt64> {
      let game = Bimatrix(rows: 3, columns: 4, seed: seed, bound: 1_000_000).game
      let extreme = try ExtremeEquilibria(of: game)
      if extreme.isDegenerate { continue }
      for (profile, survives) in try RefinementTests.survivors(
        .strategic(game), method: "extreme")
      {
        #expect(survives.contains(.quasiStrict))
        #expect(survives.contains(.strict) == profile.isPure)
      }
    }
  }

  @Test("Every two-player game has an equilibrium in undominated strategies (Selten 1975)")
  func existence() throws {
    for seed in 1...80 as ClosedRange<UInt64> {
      let game = Bimatrix(rows: 3, columns: 3, seed: seed, bound: 3).game
      let found = try RefinementTests.survivors(.strategic(game), method: "extreme")
      #expect(found.contains { $0.survives.contains(.perfect) }, "\(seed)")
    }
  }

  // MARK: - What is not decided

  private func solution(
    _ game: GameForm, _ method: String, exact: Bool? = nil, all: Bool = true
  ) throws -> Solution {
    var request = SolveRequest()
    request.all = all
    request.exact = exact
    return try MethodCatalog.solve(game, method: method, request)
  }

  @Test("Perfection is decided for more than two players only where a strategy is dominated")
  func undecidedPerfection() throws {
    let found = try solution(.strategic(StrategicGames.volunteers(3)), "pure")
    #expect(found.equilibria.count == 3)
    #expect(found.equilibria.allSatisfy { $0.undecided == [.perfect] })
    // Both of the second player's strategies yield 0, but the first's second is dominated weakly.
    let dominated = StrategicGame(
      title: "dominated", players: ["1", "2", "3"],
      strategies: [["good", "bad"], ["a", "b"], ["c"]]
    ) { [$0[0] == 0 && $0[1] == 1 ? 1 : 0, 0, 0] }
    for equilibrium in try solution(.strategic(dominated), "pure").equilibria {
      let isBad = equilibrium.profile.exact?[0][1] == 1
      #expect(equilibrium.undecided == (isBad ? [] : [.perfect]))
    }
  }

  @Test("A profile in floating point leaves open what only exact numbers can tell")
  func undecidedNumbers() throws {
    let table = try solution(.strategic(StrategicGames.sexes), "logit")
    #expect(
      table.equilibria.map(\.undecided)
        == [[.strict, .quasiStrict, .undominated, .perfect, .riskDominance]])
    let breakfast = GameForm.extensive(try RefinementTests.breakfast())
    let tree = try solution(breakfast, "sequence-lemke", exact: false)
    #expect(
      tree.equilibria.map(\.undecided) == [[.sequential, .intuitiveCriterion, .d1]])
    let exact = try solution(breakfast, "pure-sequential")
    #expect(exact.equilibria.allSatisfy { $0.undecided.isEmpty })
  }

  @Test("Nothing is both survived and undecided, and exact lists of two leave nothing open")
  func undecidedOrSurvived() throws {
    for seed in 0..<150 as Range<UInt64> {
      let table = StrategicGames.random(seed)
      let tree = try RandomGames.game(TreeGames.kinds[Int(seed % 4)].kind, seed: seed)
      for game in [GameForm.strategic(table), .extensive(tree)] {
        for method in ["pure", "logit", "lemke-howson"] {
          guard let found = try? solution(game, method) else { continue }
          for equilibrium in found.equilibria {
            #expect(
              Set(equilibrium.survives).isDisjoint(with: equilibrium.undecided), "\(seed) \(method)"
            )
            if case .strategic = game, table.players.count == 2, method != "logit" {
              #expect(Set(equilibrium.undecided).isSubset(of: [.logitLimit]), "\(seed)")
            }
          }
        }
      }
    }
  }
}
