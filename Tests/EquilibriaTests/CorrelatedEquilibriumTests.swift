import Equilibria
import Games
import Mathematics
import Testing

@Suite("Correlated equilibria") struct CorrelatedEquilibriumTests {
  /// The best equilibrium, on which both arithmetics must agree.
  private func solve(
    _ game: StrategicGame, _ concept: CorrelatedConcept = .correlated,
    for objective: CorrelatedObjective = .welfare
  ) throws -> CorrelatedEquilibrium.Result<Rational> {
    let result = try CorrelatedEquilibrium(concept).solve(game, for: objective)
    let numeric = try CorrelatedEquilibrium(concept).solveNumerically(game, for: objective)
    let scale = 1 + abs(result.objective.doubleValue)
    #expect(abs(numeric.objective - result.objective.doubleValue) <= 1e-8 * scale)
    return result
  }

  private let chicken = StrategicGames.bimatrix("Chicken", [[(6, 6), (2, 7)], [(7, 2), (0, 0)]])

  @Test("In chicken the best correlated equilibrium yields 10 1/2, the traffic light 10")
  func aumann() throws {
    // Aumann (1974), example 2.7 and section 9; Osborne & Rubinstein (1994), section 3.3.
    let best = try solve(chicken)
    #expect(best.objective == Rational(21, 2))
    #expect(best.probabilities == [Rational(1, 2), Rational(1, 4), Rational(1, 4), 0])
    #expect(best.certificate.values == [Rational(21, 4), Rational(21, 4)])
    let third = Rational(1, 3)
    let light = try CorrelatedVerifier.certificate(of: [third, third, third, 0], in: chicken)
    #expect(light.isCorrelatedEquilibrium && light.values == [5, 5])
    // The best for one player is its pure equilibrium.
    #expect(try solve(chicken, for: .payoff(of: 0, among: 2)).objective == 7)
    #expect(try solve(chicken, for: .payoff(of: 0, among: 2, .minimize)).objective == 2)
    // Who is told to drive on does so if the other swerves twice as often as not: at worst 2/5,
    // 2/5 and 1/5 for the crash.
    let worst = try solve(chicken, for: CorrelatedObjective(.minimize))
    #expect(worst.objective == Rational(36, 5))
  }

  @Test("A lottery on the diagonal is coarsely an equilibrium and beats all correlated ones")
  func moulinVial() throws {
    // Moulin & Vial (1978), section 3.
    let game = StrategicGames.bimatrix(
      "Moulin and Vial",
      [[(3, 3), (1, 1), (4, 1)], [(1, 4), (5, 2), (0, 0)], [(1, 1), (0, 0), (2, 5)]])
    let third = Rational(1, 3)
    let lottery = try CorrelatedVerifier.certificate(
      of: (0..<9).map { $0 % 4 == 0 ? third : 0 }, in: game)
    #expect(lottery.isCoarseCorrelatedEquilibrium && !lottery.isCorrelatedEquilibrium)
    #expect(lottery.values == [Rational(10, 3), Rational(10, 3)])
    let coarse = try solve(game, .coarse)
    let correlated = try solve(game)
    #expect(coarse.objective >= Rational(20, 3))
    #expect(correlated.objective < Rational(20, 3))
  }

  @Test("The dilemma has one correlated equilibrium, coarse or not: to confess")
  func dilemma() throws {
    for concept in [CorrelatedConcept.correlated, .coarse] {
      for goal in [LinearProgramGoal.maximize, .minimize] {
        let result = try solve(StrategicGames.dilemma, concept, for: CorrelatedObjective(goal))
        #expect(result.probabilities == [0, 0, 0, 1])
      }
    }
  }

  @Test("Shapley's game is best correlated on the six profiles that pay somebody")
  func shapley() throws {
    let result = try solve(StrategicGames.shapley)
    #expect(result.objective == 1)
    #expect(
      zip(result.probabilities, 0..<9).allSatisfy { share, profile in
        let index = (profile % 3, profile / 3)
        return share == 0 || index.0 == index.1 || (index.0 + 1) % 3 == index.1
      })
  }

  @Test("In zero-sum games every correlated equilibrium, coarse or not, pays the value")
  func zeroSum() throws {
    // Moulin & Vial (1978), section 2; Forges (1990), Correlated equilibrium in two-person zero-sum
    // games.
    for seed in 0..<120 as Range<UInt64> {
      var stream = SplitMix64(seed: seed)
      let rows = (0..<Int(1 + stream.next() % 4)).map { _ in stream.next() % 4 + 1 }
      let width = Int(1 + stream.next() % 4)
      let game = BenchmarkGames.zeroSum(
        rows.map { bound in (0..<width).map { _ in Rational(Int(stream.next() % bound)) } })
      let value = try ZeroSumStrategic().solve(game).value
      for concept in [CorrelatedConcept.correlated, .coarse] {
        for goal in [LinearProgramGoal.maximize, .minimize] {
          let result = try solve(game, concept, for: .payoff(of: 0, among: 2, goal))
          #expect(result.objective == value, "seed \(seed)")
        }
      }
    }
  }

  @Test("Every Nash equilibrium is a correlated one, and none has more welfare than the best")
  func nash() throws {
    var improved = 0
    for seed in 0..<150 as Range<UInt64> {
      let game = StrategicGames.random(seed)
      let correlated = try solve(game)
      let coarse = try solve(game, .coarse)
      #expect(coarse.objective >= correlated.objective, "seed \(seed)")
      var profiles = PureEquilibria.all(of: game).map { MixedProfile(pure: $0, of: game) }
      if game.players.count == 2 { profiles += try ExtremeEquilibria(of: game).profiles }
      for profile in profiles {
        let certificate = try CorrelatedVerifier.certificate(
          of: profile.distribution(in: game), in: game)
        #expect(certificate.isCorrelatedEquilibrium, "seed \(seed)")
        #expect(certificate.isCoarseCorrelatedEquilibrium, "seed \(seed)")
        let welfare = certificate.values.reduce(.zero, +)
        #expect(welfare <= correlated.objective, "seed \(seed)")
        let nash = try StrategicVerifier.certificate(of: profile, in: game)
        #expect(nash.values == certificate.values, "seed \(seed)")
      }
      let best = profiles.map { profile in
        profile.distribution(in: game).enumerated().reduce(Rational.zero) { sum, entry in
          sum + entry.element
            * game.players.indices.reduce(Rational.zero) {
              $0 + game.payoff($1, at: entry.offset)
            }
        }
      }.max()
      if let best, correlated.objective > best { improved += 1 }
    }
    #expect(improved > 0)
  }

  @Test("A mixture of equilibria is one, a profile that is none is none")
  func convexity() throws {
    let (first, second) = ([Rational(0), 1, 0, 0], [Rational(0), 0, 1, 0])
    for share in [0, Rational(1, 7), 1] as [Rational] {
      let mixture = zip(first, second).map { $0 * share + $1 * (1 - share) }
      #expect(
        try CorrelatedVerifier.certificate(of: mixture, in: chicken).isCorrelatedEquilibrium)
    }
    let swerve = try CorrelatedVerifier.certificate(of: [1, 0, 0, 0], in: chicken)
    #expect(swerve.swapRegrets == [1, 1] && swerve.externalRegrets == [1, 1])
    #expect(!swerve.isCorrelatedEquilibrium && !swerve.isCoarseCorrelatedEquilibrium)
  }

  @Test("Larger games are solved in floating point, three players with six strategies each")
  func larger() throws {
    var stream = SplitMix64(seed: 6)
    let game = StrategicGame(
      title: "three by six", players: ["A", "B", "C"],
      strategies: Array(repeating: (0..<6).map { "\($0)" }, count: 3)
    ) { _ in (0..<3).map { _ in Rational(Int(stream.next() % 100)) } }
    let correlated = try CorrelatedEquilibrium().solveNumerically(game)
    let coarse = try CorrelatedEquilibrium(.coarse).solveNumerically(game)
    #expect(correlated.certificate.swapRegrets.allSatisfy { $0 <= 1e-9 })
    #expect(coarse.certificate.externalRegrets.allSatisfy { $0 <= 1e-9 })
    #expect(coarse.objective >= correlated.objective - 1e-6)
    #expect(abs(correlated.certificate.values.reduce(0, +) - correlated.objective) < 1e-8)
  }

  @Test("What is not a distribution, or not a weight for each player, is refused")
  func refusals() throws {
    #expect(throws: CorrelatedVerifier.Defect.profiles(expected: 4, found: 3)) {
      try CorrelatedVerifier.certificate(of: [1, 0, 0] as [Rational], in: chicken)
    }
    #expect(throws: CorrelatedVerifier.Defect.negative(profile: 1)) {
      try CorrelatedVerifier.certificate(of: [1, -1, 1, 0] as [Rational], in: chicken)
    }
    #expect(throws: CorrelatedVerifier.Defect.sum("1/2")) {
      try CorrelatedVerifier.certificate(of: [Rational(1, 2), 0, 0, 0], in: chicken)
    }
    #expect(throws: CorrelatedVerifier.Defect.negative(profile: 0)) {
      try CorrelatedVerifier.certificate(of: [.nan, 0, 0, 1], in: PayoffTable(chicken))
    }
    #expect(throws: CorrelatedError.weights(expected: 2, found: 3)) {
      try CorrelatedEquilibrium().solve(chicken, for: .payoff(of: 0, among: 3))
    }
    let stopped = CorrelatedEquilibrium(limit: WorkLimit(steps: 1))
    #expect(throws: CorrelatedError.program(.stopped(.steps(1)))) {
      try stopped.solveNumerically(StrategicGames.location)
    }
  }
}
