import Equilibria
import Foundation
import Games
import Mathematics
import Testing

/// The principal logit branch of strategic games, against its equations, closed forms and theory.
@Suite("The logit path of strategic games")
struct StrategicLogitPathTests {
  /// By how much a point fails the logit equations in logarithms, from the definition: log odds of
  /// two strategies are λ times the difference of what they yield.
  private func residual(
    _ point: StrategicLogitPath.Point, in table: PayoffTable, scales: [Double]
  ) -> Double {
    var worst = 0.0
    for player in table.sizes.indices {
      let values = table.strategyValues(of: player, against: point.profile)
      let logs = point.logProbabilities[player]
      for (value, log) in zip(values, logs) {
        let gain = point.lambda * (value - values[0]) / scales[player]
        worst = max(worst, abs(log - logs[0] - gain))
      }
      let total = point.profile.probabilities[player].reduce(0, +)
      worst = max(worst, abs(total - 1))
    }
    return worst
  }

  @Test("solves the logit equations to 1e-10, in the game's units and normalized")
  func equations() throws {
    let lambdas = [0.3, 0, 5, 1, 40]
    for seed in 0..<300 as Range<UInt64> {
      let table = PayoffTable(StrategicGames.random(seed))
      let ranges = table.sizes.indices.map { table.range(of: $0) }
      let ones = ranges.map { _ in 1.0 }
      for (units, scales) in [(StrategicLogitPath.Units.own, ones), (.normalized, ranges)] {
        let points = try StrategicLogitPath(table, units: units).equilibria(at: lambdas)
        #expect(points.map(\.lambda) == lambdas)
        for point in points {
          #expect(point.residual <= 1e-10)
          #expect(residual(point, in: table, scales: scales) <= 1e-10, "seed \(seed)")
        }
      }
    }
  }

  @Test("ends at Nash equilibria, with ties, dominated and duplicate strategies too")
  func limits() throws {
    var found = 0
    for seed in 0..<2500 as Range<UInt64> {
      let table = PayoffTable(StrategicGames.random(seed))
      // Not to converge is honest, and rare.
      guard let limit = try? StrategicLogitPath(table).limit() else { continue }
      #expect(table.regrets(of: limit.profile).allSatisfy { $0 <= 1e-9 }, "seed \(seed)")
      found += 1
    }
    #expect(found >= 2495)
  }

  @Test("follows the branch of the agent form where all move at once")
  func agentForm() throws {
    for seed in 0..<150 as Range<UInt64> {
      let strategic = Bimatrix(rows: 2 + Int(seed % 3), columns: 3, seed: seed, bound: 50)
      let table = PayoffTable(strategic.game)
      let tree = try TestData.simultaneous(
        zip(strategic.first, strategic.second).map { first, second in
          zip(first, second).map { ($0.doubleValue, $1.doubleValue) }
        })
      let solver = try SequentialSolver(tree: tree.tree)
      var workspace = solver.makeWorkspace()
      let path = try StrategicLogitPath(table, units: .normalized)
      for lambda in [0.5, 4, 30] {
        let agent = solver.logitEquilibrium(of: tree, lambda: lambda, workspace: &workspace)
        let point = try path.equilibrium(at: lambda)
        for (one, other) in zip(
          agent.assessment.profile.probabilities, point.profile.probabilities.joined())
        { #expect(abs(one - other) <= 1e-9) }
      }
    }
  }

  @Test("is a logistic choice where a player is alone")
  func alone() throws {
    let payoffs = [3.0, -1, 0.5, 3]
    let path = try StrategicLogitPath(PayoffTable(sizes: [4], payoffs: [payoffs]))
    let point = try path.equilibrium(at: 1.7)
    let weights = payoffs.map { exp(1.7 * $0) }
    let total = weights.reduce(0, +)
    for (probability, weight) in zip(point.profile.probabilities[0], weights) {
      #expect(abs(probability - weight / total) <= 1e-12)
    }
    // The two best choices are alike, so that they share the limit.
    #expect(try path.limit().profile.probabilities[0] == [0.5, 0, 0, 0.5])
  }

  /// Turocy (2005), A dynamic homotopy interpretation of the logistic quantal response equilibrium
  /// correspondence: in games of two by two the branch leads to the risk-dominant equilibrium, the
  /// one with the larger product of losses by deviation (Harsanyi & Selten 1988). Payoffs are scaled
  /// so that the losses of each player add up to 1: λ weighs players by their stakes.
  @Test("leads to the risk-dominant equilibrium of coordination games")
  func riskDominance() throws {
    var stream = SplitMix64(seed: 11)
    for _ in 0..<500 {
      // Losses by deviation from the first equilibrium, and from the second.
      let first = [stream.uniform(), stream.uniform()]
      let second = first.map { 1 - $0 }
      let products = (first[0] * first[1], second[0] * second[1])
      if abs(products.0 - products.1) < 1e-3 { continue }
      let table = PayoffTable(
        sizes: [2, 2], payoffs: [[first[0], 0, 0, second[0]], [first[1], 0, 0, second[1]]])
      let expected: [Double] = products.0 > products.1 ? [1, 0] : [0, 1]
      let limit = try StrategicLogitPath(table).limit()
      #expect(limit.profile.probabilities == [expected, expected])
    }
  }

  /// Goeree, Holt & Smith (2017), An experimental examination of the volunteer's dilemma: in the
  /// symmetric logit equilibrium the log odds of volunteering are λ (V q^(n-1) − c), where q is the
  /// probability not to. The limit is Diekmann's (1985) q = (c/V)^(1/(n-1)).
  @Test("matches the volunteer's dilemma", arguments: 2...8)
  func volunteers(players: Int) throws {
    let (prize, cost) = (1.0, 0.4)
    let path = try StrategicLogitPath(PayoffTable(StrategicGames.volunteers(players)))
    for lambda in [0.5, 3, 20] {
      var (low, high) = (0.0, 1.0)
      for _ in 0..<200 {
        let q = (low + high) / 2
        let odds = lambda * (prize * pow(q, Double(players - 1)) - cost)
        if log((1 - q) / q) > odds { low = q } else { high = q }
      }
      let point = try path.equilibrium(at: lambda)
      for mixture in point.profile.probabilities { #expect(abs(mixture[0] - low) <= 1e-9) }
    }
    let limit = try path.limit()
    let expected = pow(cost / prize, 1 / Double(players - 1))
    for mixture in limit.profile.probabilities { #expect(abs(mixture[0] - expected) <= 1e-9) }
  }

  /// McKelvey & McLennan (1997): the branch forks where player 3 begins to prefer one side.
  @Test("passes the fork of the game with nine equilibria")
  func fork() throws {
    let table = PayoffTable(StrategicGames.nine)
    let limit = try StrategicLogitPath(table).limit()
    #expect(limit.statistics.bifurcations >= 1)
    #expect(limit.regret <= 1e-9)
    let expected: [[Double]] = [[0.5, 0.5], [0.5, 0.5], [1, 0]]
    for (mixture, wanted) in zip(limit.profile.probabilities, expected) {
      for (one, other) in zip(mixture, wanted) { #expect(abs(one - other) <= 1e-9) }
    }
  }

  @Test("measures λ in the payoffs' own units: larger payoffs need a smaller λ")
  func units() throws {
    for seed in 0..<60 as Range<UInt64> {
      let table = PayoffTable(StrategicGames.random(seed))
      let large = PayoffTable(
        sizes: table.sizes, payoffs: table.payoffs.map { $0.map { $0 * 1e12 - 5e12 } })
      let point = try StrategicLogitPath(table).equilibrium(at: 3)
      let same = try StrategicLogitPath(large).equilibrium(at: 3e-12)
      for (one, other) in zip(
        point.profile.probabilities.joined(), same.profile.probabilities.joined())
      { #expect(abs(one - other) <= 1e-6) }
    }
  }

  @Test("plays duplicates alike, and leaves dominated strategies")
  func duplicates() throws {
    // Columns 0 and 1 are alike; row 2 is dominated by row 0.
    let table = PayoffTable(
      sizes: [3, 3], payoffs: [[3, 0, 2, 3, 0, 2, 0, 1, -1], [0, 2, 5, 0, 2, 5, 1, 0, 4]])
    let path = try StrategicLogitPath(table)
    let point = try path.equilibrium(at: 2)
    let columns = point.profile.probabilities[1]
    #expect(abs(columns[0] - columns[1]) <= 1e-12)
    let limit = try path.limit()
    #expect(limit.profile.probabilities[0][2] == 0)
    #expect(abs(limit.profile.probabilities[1][0] - limit.profile.probabilities[1][1]) <= 1e-9)
  }

  @Test("says what is wrong with a game, and where it stopped")
  func errors() throws {
    #expect(throws: StrategicPathError.game(.noStrategies(player: 1))) {
      _ = try StrategicLogitPath(PayoffTable(sizes: [1, 0], payoffs: [[], []]))
    }
    #expect(throws: StrategicPathError.game(.notFinite)) {
      _ = try StrategicLogitPath(PayoffTable(sizes: [2], payoffs: [[1, .infinity]]))
    }
    let path = try StrategicLogitPath(PayoffTable(StrategicGames.shapley))
    let dilemma = try StrategicLogitPath(PayoffTable(StrategicGames.dilemma))
    let error = #expect(throws: StrategicPathError.self) {
      try dilemma.limit(within: WorkLimit(steps: 3))
    }
    guard case .notConverged(let reached) = error else {
      Issue.record("three steps are not enough")
      return
    }
    #expect(reached.cause == .stopped(.steps(3)))
    #expect(reached.lambda > 0 && reached.regret > 0)
    // Nobody has anything to choose.
    let alone = try StrategicLogitPath(PayoffTable(sizes: [1, 1], payoffs: [[2], [3]]))
    #expect(try alone.limit().profile.probabilities == [[1], [1]])
    #expect(try alone.equilibrium(at: 5).profile.probabilities == [[1], [1]])
    let uniform = Array(repeating: 1.0 / 3, count: 3)
    for mixture in try path.limit().profile.probabilities {
      for (one, other) in zip(mixture, uniform) { #expect(abs(one - other) <= 1e-12) }
    }
  }

  /// Values computed by pygambit 16.7 (`qre.logit_solve_lambda`, `nash.logit_solve`), for tables of
  /// numbers below 100 filled player by player, the last player's strategy varying fastest.
  @Test("agrees with Gambit on random games of three players", arguments: GambitValues.all)
  func gambit(values: GambitValues) throws {
    let path = try StrategicLogitPath(PayoffTable(StrategicGames.table([3, 3, 3], values.seed)))
    let point = try path.equilibrium(at: 0.05)
    for (one, other) in zip(point.profile.probabilities.joined(), values.point) {
      #expect(abs(one - other) <= 1e-8)
    }
    // Gambit stops at a finite λ.
    for (one, other) in zip(try path.limit().profile.probabilities.joined(), values.limit) {
      #expect(abs(one - other) <= 1e-6)
    }
  }

  struct GambitValues: Sendable {
    var seed: UInt64
    /// At λ = 0.05.
    var point: [Double]
    var limit: [Double]

    static let all = [
      GambitValues(
        seed: 27001,
        point: [
          0.427574288, 0.334435596, 0.237990116, 0.278439579, 0.274610171, 0.44695025,
          0.479322072, 0.302848523, 0.217829405,
        ],
        limit: [0.313746, 0.686254, 0, 0.431028, 0, 0.568972, 0.919860, 0.080140, 0]),
      GambitValues(
        seed: 27002,
        point: [
          0.6272324, 0.151386764, 0.221380836, 0.273794426, 0.35348512, 0.372720453,
          0.421311017, 0.147821876, 0.430867107,
        ],
        limit: [1, 0, 0, 0, 0, 1, 0, 0, 1]),
      GambitValues(
        seed: 27003,
        point: [
          0.18297204, 0.262931458, 0.554096502, 0.071026424, 0.477684891, 0.451288686,
          0.24542302, 0.459157196, 0.295419784,
        ],
        limit: [0, 0, 1, 0, 0, 1, 0, 0, 1]),
    ]
  }
}
