public import Games
public import Mathematics

/// The rationality λ at which logit quantal response equilibrium makes observed play likeliest, on
/// the principal branch (McKelvey & Palfrey 1995; 1998 for the agent form).
///
/// ```swift
/// let fit = try QuantalResponseFit(of: PayoffTable(game), counts: [[52, 48], [81, 19]])
/// print(fit.lambda, fit.interval)
/// ```
public struct QuantalResponseFit<Profile: Sendable & Equatable>: Sendable, Equatable {
  /// The estimate. Where the likelihood still grows at the end of the search, that end.
  public let lambda: Double
  /// One over the root of Fisher's expected information; nil if the likelihood grows to the end, or
  /// λ makes no difference.
  public let standardError: Double?
  /// The λ around the estimate whose likelihood is not too low (Wilks 1938: twice the loss in
  /// log-likelihood is below the quantile of χ² with one degree of freedom). Its upper end is
  /// infinite where play may be fully rational.
  public let interval: ClosedRange<Double>
  /// Σ count · log probability at the estimate.
  public let logLikelihood: Double
  /// The equilibrium at the estimate.
  public let profile: Profile
  /// The λ up to which the branch was searched.
  public let searchedLambda: Double
  /// The likelihood grows to the end of the search: no λ is too high for this play.
  public let isUnbounded: Bool

  /// How far to search where nothing else is said: this over the widest payoff range, or over 1 if
  /// payoffs are normalized.
  static var farLambda: Double { 1e4 }

  init(_ maximum: BranchLikelihood.Maximum, scale: Double, profile: Profile) {
    lambda = maximum.lambda / scale
    standardError = maximum.information.flatMap { information in
      information > 0 ? 1 / information.squareRoot() / scale : nil
    }
    // Where λ falls along the branch the ends change places.
    let ends = [maximum.lower, maximum.lambda, maximum.upper].map { $0 / scale }
    interval = min(ends[0], ends[1], ends[2])...max(ends[0], ends[1], ends[2])
    logLikelihood = maximum.logLikelihood
    self.profile = profile
    searchedLambda = maximum.searched / scale
    isUnbounded = maximum.isAtEnd
  }

  /// By how much the log-likelihood falls from its maximum to an end of an interval.
  static func drop(confidence: Double) -> Double {
    precondition(confidence > 0 && confidence < 1, "a confidence is between 0 and 1")
    let quantile = StandardNormal.quantile((1 + confidence) / 2)
    return quantile * quantile / 2
  }
}

extension QuantalResponseFit where Profile == NumericProfile {
  /// Fits λ to choices in a strategic game.
  ///
  /// - Parameters:
  ///   - counts: by player and strategy; frequencies will do, but the interval needs counts.
  ///   - units: what λ is measured in.
  ///   - confidence: of the interval.
  ///   - largestLambda: where the search ends.
  /// - Complexity: one trace of the branch, and some hundreds of equilibria near it.
  public init(
    of table: PayoffTable, counts: [[Double]], units: StrategicLogitPath.Units = .own,
    confidence: Double = 0.95, largestLambda: Double? = nil, within work: WorkLimit = .none
  ) throws(FittingError) {
    let play = try ObservedPlay(counts, of: table)
    let path: StrategicLogitPath
    do {
      path = try StrategicLogitPath(table, units: units)
    } catch {
      throw .path(error)
    }
    let compiled = path.compiled
    let scale = compiled.lambdaScale
    var likelihood = BranchLikelihood(
      counts: compiled.players.flatMap { play.counts[$0] },
      largestLambda: largestLambda.map { $0 * scale } ?? Self.farLambda, work: work)
    var memory = compiled.makeMemory()
    var maximum: BranchLikelihood.Maximum?
    memory.withPath(compiled.program) { path in
      maximum = likelihood.maximize(&path, drop: Self.drop(confidence: confidence))
    }
    guard let maximum else { throw .branch(likelihood.cause) }
    self.init(
      maximum, scale: scale,
      profile: NumericProfile(compiled.spread(maximum.probabilities, alone: 1)))
  }
}

extension QuantalResponseFit where Profile == BehaviorProfile {
  /// Fits λ to choices in a game tree, where every information set is an agent of its own.
  ///
  /// - Parameters:
  ///   - counts: by information set and action: how often each was chosen there.
  ///   - normalized: whether payoffs are divided by each player's range first.
  ///   - confidence: of the interval.
  ///   - largestLambda: where the search ends.
  public init(
    of game: ExtensiveGame, counts: [[Double]], solver: SequentialSolver,
    normalized: Bool = true, confidence: Double = 0.95, largestLambda: Double? = nil,
    within work: WorkLimit = .none
  ) throws(FittingError) {
    guard counts.map(\.count) == game.tree.informationSets.map(\.actions.count) else {
      throw .shape
    }
    let play = try ObservedPlay(counts)
    let program = solver.compiled.whole
    let numbers = SequentialSolver.Numbers(
      payoffs: game.payoffs, odds: game.odds, subjectiveOdds: game.subjectiveOdds,
      power: game.power)
    var workspace = solver.makeWorkspace()
    if workspace.load(
      numbers, tree: game.tree, ownOdds: solver.compiled.ownOdds, normalized: normalized) != nil
    {
      throw .game
    }
    let widest = normalized ? 1 : game.payoffRanges().max() ?? 1
    var likelihood = BranchLikelihood(
      counts: program.sets.flatMap { play.counts[$0.id] },
      largestLambda: largestLambda ?? Self.farLambda / max(widest, .leastNormalMagnitude),
      work: work)
    var maximum: BranchLikelihood.Maximum?
    workspace.withBranch(of: program, numbers) { path in
      maximum = likelihood.maximize(&path, drop: Self.drop(confidence: confidence))
    }
    guard let maximum else { throw .branch(likelihood.cause) }
    var profile = BehaviorProfile(centroidOf: game.tree)
    for set in program.sets {
      for action in 0..<set.actionCount {
        profile.probabilities[set.globalAction + action] =
          maximum.probabilities[set.firstAction + action]
      }
    }
    self.init(maximum, scale: 1, profile: profile)
  }
}
