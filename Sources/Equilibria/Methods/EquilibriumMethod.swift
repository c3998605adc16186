public import Games
public import Mathematics

/// A way to find equilibria, by its name on the command line.
public protocol EquilibriumMethod: Sendable {
  /// The name, as `--method` takes it.
  var name: String { get }
  /// What it finds, for which games; one line.
  var summary: String { get }

  /// Equilibria of a game, each certified.
  ///
  /// - Throws: ``MethodError`` where the method does not apply, or stops before it has a result.
  func solve(_ game: GameForm, _ request: SolveRequest) throws(MethodError) -> Solution
}

/// What is asked of a method besides the game.
public struct SolveRequest: Sendable {
  /// As many equilibria as the method finds, not only one.
  public var all = false
  /// Exact arithmetic wanted (`true`), floating point wanted (`false`), or as the method sees fit.
  public var exact: Bool?
  /// How long it may run.
  public var limit = WorkLimit(steps: 10_000_000)
  /// The largest regret that counts as none, relative to payoff ranges.
  public var tolerance = 1e-8
  /// The rationality for logit equilibria; the limit where there is none. Other methods take none.
  public var lambda: Double?
  /// Payoffs are divided by their range before λ is applied.
  public var isNormalized = false
  /// The exploitability at which learning methods stop, relative to payoff ranges.
  public var exploitability = 1e-3
  /// The seed of methods that draw random numbers.
  public var seed: UInt64 = 1
  /// Which numbers of a tree are equal by construction, where that is known.
  public var symbols: GameSymbols?

  /// A request with everything by default.
  public init() {}
}

/// Why a method gives no result.
public enum MethodError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The method is not for this game; why not.
  case notApplicable(String)
  /// A limit was reached before there was a result, or the method was interrupted.
  case stopped(String)
  /// The search ended without an equilibrium that its check confirms; what was reached.
  case notConverged(String)

  /// The error as a sentence without a full stop.
  public var description: String {
    switch self {
    case .notApplicable(let reason), .stopped(let reason): reason
    case .notConverged(let reached): "not converged: \(reached)"
    }
  }
}
