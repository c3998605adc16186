import Equilibria
import Foundation
import Games
import Mathematics
import Testing

/// Models of play fitted to observations: simulated play gives back what it was made with.
@Suite("Fitting")
struct FittingTests {
  /// Draws from distributions: how often each thing was drawn.
  static func draw(
    _ count: Int, from mixtures: [[Double]], using stream: inout SplitMix64
  ) -> [[Double]] {
    mixtures.map { mixture in
      var counts = Array(repeating: 0.0, count: mixture.count)
      for _ in 0..<count {
        var left = stream.uniform()
        var place = 0
        while place + 1 < mixture.count, left >= mixture[place] {
          left -= mixture[place]
          place += 1
        }
        counts[place] += 1
      }
      return counts
    }
  }

  /// A game of matching pennies in which the row player's first payoff is raised (Ochs 1995; Goeree
  /// & Holt 2001 for the shape).
  private let pennies = PayoffTable(
    sizes: [2, 2], payoffs: [[9, 0, 0, 1], [0, 1, 1, 0]])

  @Test("gives λ back exactly where the frequencies are those of the equilibrium")
  func consistency() throws {
    for seed in 0..<40 as Range<UInt64> {
      let table = PayoffTable(StrategicGames.table([3, 2, 3], seed))
      let point = try StrategicLogitPath(table).equilibrium(at: 0.03)
      let counts = point.profile.probabilities.map { $0.map { 1e6 * $0 } }
      let fit = try QuantalResponseFit(of: table, counts: counts)
      #expect(abs(fit.lambda - 0.03) <= 1e-8, "seed \(seed)")
      #expect(fit.interval.contains(0.03))
      let play = try ObservedPlay(counts, of: table)
      // Nothing is likelier than the frequencies themselves.
      #expect(abs(fit.logLikelihood - play.saturatedLogLikelihood) <= 1e-5)
      #expect(abs(play.logLikelihood(of: fit.profile) - fit.logLikelihood) <= 1e-5)
    }
  }

  @Test(
    "has intervals that hold the true λ about 95 times in 100",
    arguments: [
      (StrategicGames.dilemma, 0.15), (StrategicGames.hunt, 0.4),
      (StrategicGames.table([3, 2, 3], 5), 0.01),
    ])
  func coverage(game: StrategicGame, lambda: Double) throws {
    let table = PayoffTable(game)
    var stream = SplitMix64(seed: 95)
    let truth = try StrategicLogitPath(table).equilibrium(at: lambda)
    var held = 0
    var near = 0
    let games = 400
    for _ in 0..<games {
      let counts = Self.draw(100, from: truth.profile.probabilities, using: &stream)
      let fit = try QuantalResponseFit(of: table, counts: counts)
      if fit.interval.contains(lambda) { held += 1 }
      if let error = fit.standardError, abs(fit.lambda - lambda) <= 1.96 * error { near += 1 }
    }
    print("\(game.title): λ in its 95% interval in \(held) of \(games), in 1.96 errors in \(near)")
    #expect(held >= 366 && held <= 394)
    #expect(near >= 360)
  }

  @Test("falls by half the χ² quantile from its maximum to the ends of the interval")
  func profileLikelihood() throws {
    var stream = SplitMix64(seed: 3)
    for seed in 0..<30 as Range<UInt64> {
      let table = PayoffTable(StrategicGames.table([2, 3, 2], seed))
      let path = try StrategicLogitPath(table)
      let truth = try path.equilibrium(at: 0.02)
      let counts = Self.draw(50, from: truth.profile.probabilities, using: &stream)
      let fit = try QuantalResponseFit(of: table, counts: counts)
      let play = try ObservedPlay(counts, of: table)
      for end in [fit.interval.lowerBound, fit.interval.upperBound] where end > 0 && end < 1 {
        let value = play.logLikelihood(of: try path.equilibrium(at: end).profile)
        // 3.841459 is the 95% quantile of χ² with one degree of freedom.
        #expect(abs(fit.logLikelihood - value - 3.841459 / 2) <= 1e-5, "seed \(seed)")
      }
      // A maximum: no better nearby, nor on a coarse grid.
      for factor in [0.5, 0.9, 0.99, 1.01, 1.1, 2] {
        let other = try path.equilibrium(at: fit.lambda * factor)
        #expect(play.logLikelihood(of: other.profile) <= fit.logLikelihood + 1e-9)
      }
    }
  }

  @Test("knows no λ too high for a pure equilibrium, and none but 0 for its opposite")
  func bounds() throws {
    let table = PayoffTable(StrategicGames.dilemma)
    let rational = try QuantalResponseFit(of: table, counts: [[0, 20], [0, 20]])
    #expect(rational.isUnbounded && rational.interval.upperBound == .infinity)
    #expect(rational.interval.lowerBound > 0)
    #expect(rational.standardError == nil)
    #expect(rational.logLikelihood > -1e-6)
    let perverse = try QuantalResponseFit(of: table, counts: [[20, 0], [20, 0]])
    #expect(perverse.lambda == 0 && perverse.interval.lowerBound == 0)
    #expect(perverse.interval.upperBound > 0 && perverse.interval.upperBound < 1)
  }

  @Test("fits the agent form of a game of one move as the strategic form")
  func agentForm() throws {
    let tree = try TestData.simultaneous([[(9, 0), (0, 1)], [(0, 1), (1, 0)]])
    let solver = try SequentialSolver(tree: tree.tree)
    let counts = [[61.0, 39], [28, 72]]
    let agents = try QuantalResponseFit(
      of: tree, counts: counts, solver: solver, normalized: false)
    let strategic = try QuantalResponseFit(of: pennies, counts: counts)
    #expect(abs(agents.lambda - strategic.lambda) <= 1e-8)
    #expect(abs(agents.logLikelihood - strategic.logLikelihood) <= 1e-8)
    let error = try #require(agents.standardError)
    #expect(abs(error - (strategic.standardError ?? 0)) <= 1e-6)
    #expect(abs(agents.interval.lowerBound - strategic.interval.lowerBound) <= 1e-7)
    #expect(abs(agents.interval.upperBound - strategic.interval.upperBound) <= 1e-7)
  }

  @Test("gives λ back on trees, whether sets depend on one another or not")
  func trees() throws {
    var kind = RandomGames.Kind()
    kind.subjectiveOdds = false
    kind.scales = false
    var fitted = 0
    for perfect in [true, false] {
      kind.perfectInformation = perfect
      for seed in 0..<60 as Range<UInt64> {
        let game = try RandomGames.game(kind, seed: seed)
        let solver = try SequentialSolver(tree: game.tree)
        var workspace = solver.makeWorkspace()
        let truth = solver.logitEquilibrium(of: game, lambda: 1.5, workspace: &workspace)
        let probabilities = truth.assessment.profile.probabilities
        let counts = game.tree.informationSets.map { set in
          set.actionRange.map { 1e5 * probabilities[$0] }
        }
        if counts.isEmpty { continue }
        let fit = try QuantalResponseFit(of: game, counts: counts, solver: solver)
        // λ makes no difference where all is alike.
        guard let error = fit.standardError, error < 0.1 else { continue }
        #expect(abs(fit.lambda - 1.5) <= 1e-6, "seed \(seed)")
        fitted += 1
      }
    }
    #expect(fitted >= 100)
  }

  @Test("says what is wrong with observations")
  func errors() {
    #expect(throws: FittingError.shape) { try QuantalResponseFit(of: pennies, counts: [[1, 2]]) }
    #expect(throws: FittingError.badCount) {
      try QuantalResponseFit(of: pennies, counts: [[1, -2], [0, 1]])
    }
    #expect(throws: FittingError.noObservations) {
      try LevelK.Fit(of: pennies, counts: [[0, 0], [0, 0]])
    }
    #expect(throws: FittingError.branch(.stopped(.steps(2)))) {
      try QuantalResponseFit(
        of: pennies, counts: [[1, 2], [3, 4]], within: WorkLimit(steps: 2))
    }
  }
}
