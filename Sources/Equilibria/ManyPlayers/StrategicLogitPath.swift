public import Games
public import Mathematics

/// Logit quantal response equilibria of a strategic game on the principal branch, for any number
/// of players (McKelvey & Palfrey 1995).
///
/// At rationality λ each player chooses with odds exp(λ · payoff) against the others' mixtures. The
/// branch that begins at λ = 0, where everybody plays everything equally often, leads for almost
/// every game to one Nash equilibrium (McKelvey & Palfrey 1995, theorem 3); it is followed in
/// log-probabilities (Turocy 2005) through turning points and the forks of symmetric games.
///
/// ```swift
/// let path = try StrategicLogitPath(PayoffTable(game))
/// let nash = try path.limit().profile
/// let noisy = try path.equilibria(at: [0.5, 1, 2])
/// ```
///
/// - Complexity: a point costs some three evaluations, each the number of pure profiles times the
///   players plus the cube of the number of strategies; a branch takes 20 to 200 points.
public struct StrategicLogitPath: Sendable {
  /// What λ is measured in.
  public enum Units: Sendable, Equatable {
    /// One over the payoffs' own unit.
    case own
    /// One over each player's payoff range, as if every player's payoffs went from 0 to 1. Where
    /// ranges differ this is another branch, and may have another limit.
    case normalized
  }

  /// A logit equilibrium.
  public struct Point: Sendable, Equatable {
    /// The rationality, in the path's units.
    public var lambda: Double
    /// What is played.
    public var profile: NumericProfile
    /// The logarithms of its probabilities, which do not underflow.
    public var logProbabilities: [[Double]]
    /// By how much the logit equations fail in logarithms, at most.
    public var residual: Double
  }

  /// The Nash equilibrium to which the branch leads.
  public struct Limit: Sendable, Equatable {
    /// The equilibrium.
    public var profile: NumericProfile
    /// The largest that any player could gain by another strategy, in units of its payoff range.
    public var regret: Double
    /// What the trace took; its λ is in units of the widest payoff range, or of each one's if the
    /// path is normalized.
    public var statistics: SequentialSolver.Statistics
  }

  /// Regret that a limit may have, in units of the player's payoff range.
  public static let largestRegret = 1e-9
  /// The residual in logarithms that a logit equilibrium may have. Where λ times the payoff range
  /// is beyond 10⁴ rounding sets a limit that grows in proportion.
  public static let largestResidual = 1e-10

  /// The game.
  public let table: PayoffTable
  /// What λ is measured in.
  public let units: Units
  let compiled: StrategicLogitProgram

  /// A path of a game.
  ///
  /// - Throws: ``StrategicPathError/game(_:)``.
  public init(_ table: PayoffTable, units: Units = .own) throws(StrategicPathError) {
    do {
      try ManyPlayersError.check(table)
    } catch {
      throw .game(error)
    }
    self.table = table
    self.units = units
    compiled = StrategicLogitProgram(table, normalized: units == .normalized)
  }

  /// The Nash equilibrium at the end of the branch.
  ///
  /// Once it is clear which strategies stay and which leave, Newton's method solves the limit's
  /// equations, if the branch can be shown neither to turn nor to fork before.
  ///
  /// - Throws: ``StrategicPathError/notConverged(_:)`` with what was reached.
  public func limit(within work: WorkLimit = .none) throws(StrategicPathError) -> Limit {
    var statistics = SequentialSolver.Statistics()
    var reached = trace(.init(), work: work, statistics: &statistics)
    if reached.cause != nil, reached.isWorthAnotherAttempt {
      statistics.retries += 1
      let second = trace(.cautious, work: work, statistics: &statistics)
      if second.cause == nil || second.regret < reached.regret { reached = second }
    }
    if reached.cause == nil {
      return Limit(profile: reached.profile, regret: reached.regret, statistics: statistics)
    }
    throw .notConverged(reached)
  }

  private func trace(
    _ control: LogitPath.Control, work: WorkLimit, statistics: inout SequentialSolver.Statistics
  ) -> StrategicPathError.Reached {
    var cause: StrategicPathError.Cause?
    var farOut = FarOut(table)
    var isFar = false
    var isLimit = false
    var lambda = 0.0
    var memory = compiled.makeMemory()
    memory.withPath(compiled.program) { path in
      path.control = control
      let end = path.follow(to: nil) { path in
        cause = work.stop(after: path.steps).map { .stopped($0) }
        return cause != nil || farOut.isNear(path, compiled)
      }
      path.note(&statistics)
      lambda = path.lambda / compiled.lambdaScale
      isFar = path.lambda >= FarOut.leastLambda
      switch end {
      case .limit:
        path.clear()
        isLimit = true
      case .stepUnderflow: cause = .stepUnderflow
      case .stepLimit: cause = .stepLimit
      case .cap, .target, .notConverged, .visited: break
      }
    }
    let first = compiled.program.layout.probability
    let found = (0..<compiled.program.actionCount).map { memory[first + $0] }
    let last = NumericProfile(compiled.spread(found, alone: 1))
    var profile = isLimit ? last : farOut.profile ?? last
    var regret = table.regrets(of: profile).max() ?? 0
    if isFar, regret > Self.largestRegret, let polished = farOut.polish(profile) {
      profile = polished
      regret = table.regrets(of: profile).max() ?? 0
    }
    if regret <= Self.largestRegret {
      // The path ends where it ends; far out that is what was wanted.
      if isFar { cause = nil }
    } else if cause == nil {
      cause = .regret
    }
    return StrategicPathError.Reached(
      cause: cause, lambda: lambda, profile: profile, regret: regret, steps: statistics.steps)
  }
}

/// Ends branches that go on for ever: where probabilities fall like 1/λ, or strategies stay that do
/// the same, no λ decides what stays. Far out the equilibrium nearby is taken, as far out as rounding
/// in logits that grow like λ allows.
private struct FarOut {
  /// Where that begins, payoffs differing by 1 at most.
  static let leastLambda = 1e5
  /// Where rounding begins to weigh more than what is still to come.
  static let enoughLambda = 1e8
  /// The most by which a probability may differ from the path's.
  static let distance = 1e-3

  /// The equilibrium nearby, as last found.
  private(set) var profile: NumericProfile?
  private let table: PayoffTable
  private var nextTry = 10 * FarOut.leastLambda

  init(_ table: PayoffTable) { self.table = table }

  /// Looks for an equilibrium near a path's point whenever λ has grown tenfold; says whether it is
  /// as good as it gets.
  mutating func isNear(_ path: LogitPath, _ compiled: StrategicLogitProgram) -> Bool {
    if path.lambda < nextTry { return false }
    nextTry = 10 * path.lambda
    let shares = UnsafeBufferPointer(start: path.probability, count: path.actionCount)
    profile = polish(NumericProfile(compiled.spread(shares, alone: 1))) ?? profile
    return profile != nil && path.lambda >= FarOut.enoughLambda
  }

  func polish(_ profile: NumericProfile) -> NumericProfile? {
    var polish = NashPolish(table)
    return polish.polish(
      profile, regret: StrategicLogitPath.largestRegret, within: FarOut.distance)
  }
}
