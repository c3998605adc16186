public import Games
public import Mathematics

/// Which deviations a distribution over profiles must not reward.
public enum CorrelatedConcept: Sendable, Equatable {
  /// Any answer to a recommendation: correlated equilibrium (Aumann 1974).
  case correlated
  /// One strategy in place of all recommendations: coarse correlated equilibrium (Moulin & Vial
  /// 1978).
  case coarse
}

/// Which of the equilibria is sought.
public struct CorrelatedObjective: Sendable, Equatable {
  /// Largest or least.
  public var goal: LinearProgramGoal
  /// What each player's payoff counts; nil for 1 each.
  public var weights: [Rational]?

  /// The largest or least weighted sum of payoffs.
  public init(_ goal: LinearProgramGoal, weights: [Rational]? = nil) {
    self.goal = goal
    self.weights = weights
  }

  /// The largest sum of all payoffs.
  public static let welfare = CorrelatedObjective(.maximize)

  /// The largest or least payoff of one among so many players.
  public static func payoff(
    of player: Int, among count: Int, _ goal: LinearProgramGoal = .maximize
  ) -> CorrelatedObjective {
    CorrelatedObjective(goal, weights: (0..<count).map { $0 == player ? .one : .zero })
  }
}

/// Why no correlated equilibrium was found.
public enum CorrelatedError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no player.
  case noPlayers
  /// A player has no strategy.
  case noStrategies(player: String)
  /// There is not one weight for each player.
  case weights(expected: Int, found: Int)
  /// The linear program was not solved.
  case program(LinearProgramError)
  /// Rounding left a player more to gain, or the objective farther from its bound, than the
  /// tolerance, in units of ranges.
  case notConverged(regret: Double, tolerance: Double)

  /// The error as a sentence without a full stop.
  public var description: String {
    switch self {
    case .noPlayers: "the game has no players"
    case .noStrategies(let player): "the player '\(player)' has no strategy"
    case .weights(let expected, let found):
      "the game has \(expected) players, but \(found) weights are given"
    case .program(let error): error.description
    case .notConverged(let regret, let tolerance):
      "rounding left a regret of \(regret) of the payoff range, above \(tolerance)"
    }
  }
}

/// A correlated or coarse correlated equilibrium of a strategic game that is best for an objective,
/// by linear programming over the distributions on its profiles (Hart & Schmeidler 1989; Papadimitriou
/// & Roughgarden 2008).
///
/// ```swift
/// let best = try CorrelatedEquilibrium(.correlated).solve(game, for: .welfare)
/// best.probabilities[game.index(of: [0, 1])]
/// ```
///
/// The dual program is solved, for which a start is at hand: it has a constraint for each profile
/// and a variable for each deviation.
///
/// - Complexity: a pivot costs profiles times deviations. A player of n strategies has n (n − 1)
///   deviations, coarsely n.
public struct CorrelatedEquilibrium: Sendable {
  /// Which deviations do not pay.
  public var concept: CorrelatedConcept
  /// When to stop.
  public var limit: WorkLimit

  /// A solver for one of the two concepts.
  public init(_ concept: CorrelatedConcept = .correlated, limit: WorkLimit = .none) {
    self.concept = concept
    self.limit = limit
  }

  /// The largest regret of a numeric result in units of the player's payoff range, and the largest
  /// distance of its objective from the best in units of the objective's range.
  public static let tolerance = 1e-9

  /// A best equilibrium.
  public struct Result<Number: Sendable & Equatable>: Sendable, Equatable {
    /// By the index of the profile, its probability.
    public var probabilities: [Number]
    /// What the objective is worth; no equilibrium of the concept does better.
    public var objective: Number
    /// Values and regrets as the verifier found them.
    public var certificate: CorrelatedCertificate<Number>
    /// The pivots of the simplex method.
    public var pivots: Int
  }

  /// The best equilibrium, exactly.
  public func solve(
    _ game: StrategicGame, for objective: CorrelatedObjective = .welfare
  ) throws(CorrelatedError) -> Result<Rational> {
    let worth = try CorrelatedEquilibrium.worth(of: game, for: objective)
    let program = IncentiveProgram(
      concept, sizes: game.strategies.map(\.count), strides: game.strides, worth: worth
    ) { game.payoff($0, at: $1) }
    guard
      let solution = try solution({ () throws(LinearProgramError) in
        try program.program.solve(from: program.start, limit: limit)
      })
    else { throw .program(.notFinite) }
    let probabilities = solution.duals
    guard
      let certificate = try? CorrelatedVerifier.certificate(of: probabilities, in: game),
      concept == .coarse
        ? certificate.isCoarseCorrelatedEquilibrium : certificate.isCorrelatedEquilibrium
    else { throw .notConverged(regret: .infinity, tolerance: 0) }
    let sign: Rational = objective.goal == .maximize ? 1 : -1
    return Result(
      probabilities: probabilities, objective: solution.value * sign, certificate: certificate,
      pivots: solution.pivots)
  }

  /// The best equilibrium in floating point. Values are in the game's units, regrets in units of
  /// each player's payoff range.
  public func solveNumerically(
    _ game: StrategicGame, for objective: CorrelatedObjective = .welfare
  ) throws(CorrelatedError) -> Result<Double> {
    let tolerance = CorrelatedEquilibrium.tolerance
    let worth = NormalizedPayoffs(try CorrelatedEquilibrium.worth(of: game, for: objective))
    let sizes = game.strategies.map(\.count)
    let payoffs = game.players.indices.map { player in
      NormalizedPayoffs((0..<game.profileCount).map { game.payoff(player, at: $0) })
    }
    let table = PayoffTable(sizes: sizes, payoffs: payoffs.map(\.values))
    let program = IncentiveProgram(
      concept, sizes: sizes, strides: game.strides, worth: worth.values
    ) { table.payoffs[$0][$1] }
    guard
      let solution = try solution({ () throws(LinearProgramError) in
        try program.program.solve(from: program.start, limit: limit, tolerance: tolerance)
      })
    else { throw .program(.notFinite) }
    let total = solution.duals.reduce(0) { $0 + max(0, $1) }
    let probabilities = solution.duals.map { max(0, $0) / total }
    guard var certificate = try? CorrelatedVerifier.certificate(of: probabilities, in: table) else {
      throw .notConverged(regret: .infinity, tolerance: tolerance)
    }
    let regrets = concept == .coarse ? certificate.externalRegrets : certificate.swapRegrets
    let value = zip(probabilities, worth.values).reduce(0) { $0 + $1.0 * $1.1 }
    // The multipliers of the deviations bound what any equilibrium is worth.
    let gap = program.bound(from: solution.variables) - value
    let worst = max(regrets.max() ?? 0, gap)
    guard worst <= tolerance else { throw .notConverged(regret: worst, tolerance: tolerance) }
    certificate.values = zip(certificate.values, payoffs).map { $1.denormalized($0) }
    let sign: Double = objective.goal == .maximize ? 1 : -1
    return Result(
      probabilities: probabilities, objective: sign * worth.denormalized(value),
      certificate: certificate, pivots: solution.pivots)
  }

  /// An equilibrium exists and payoffs are bounded, so that there is a solution.
  private func solution<Number>(
    _ solve: () throws(LinearProgramError) -> LinearProgramOutcome<Number>
  ) throws(CorrelatedError) -> LinearProgramSolution<Number>? {
    do {
      return try solve().solution
    } catch {
      throw .program(error)
    }
  }

  /// What each profile is worth, the more the better.
  private static func worth(
    of game: StrategicGame, for objective: CorrelatedObjective
  ) throws(CorrelatedError) -> [Rational] {
    let count = game.players.count
    if count == 0 { throw .noPlayers }
    for (player, strategies) in zip(game.players, game.strategies) where strategies.isEmpty {
      throw .noStrategies(player: player)
    }
    let weights = objective.weights ?? Array(repeating: .one, count: count)
    guard weights.count == count else { throw .weights(expected: count, found: weights.count) }
    return (0..<game.profileCount).map { index in
      let sum = weights.indices.reduce(Rational.zero) { sum, player in
        weights[player].signum == 0
          ? sum : sum + weights[player] * game.payoff(player, at: index)
      }
      return objective.goal == .maximize ? sum : -sum
    }
  }
}
