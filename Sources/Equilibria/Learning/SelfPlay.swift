public import Games
public import Mathematics

/// A method that plays a game against itself again and again and learns from it. What it has to
/// say is the average of its play.
///
/// In two-player games of constant sum the average approaches a Nash equilibrium: if each player's
/// regret per iteration is at most ε, the average profile is a 2ε-equilibrium (Zinkevich et al.
/// 2007, theorem 2). In other games nothing of the kind is known: where everybody's regret vanishes
/// the joint record of play approaches the coarse correlated equilibria (Hart & Mas-Colell 2000;
/// of behavior strategies in Celli, Marchesi, Bianchi & Gatti 2019), but the profile of the players'
/// separate averages need not approach anything. A result therefore always carries the
/// exploitability that was measured of it.
public protocol SelfPlay: Sendable {
  /// The game that is played.
  var game: CompiledSequenceGame { get }
  /// How often every player has learned so far.
  var iterations: Int { get }
  /// Goes on for so many iterations.
  mutating func iterate(times: Int)
  /// The average of play so far; all actions alike where a player's own past play excludes a set,
  /// and everywhere before the first iteration.
  var averageProfile: BehaviorProfile { get }
}

/// When ``SelfPlay/run(_:limit:)`` has done enough.
public struct LearningGoal: Sendable, Equatable {
  /// What is to be reached.
  public enum Target: Sendable, Equatable {
    /// An ``Exploitability/exploitability`` of at most this, in units of payoff.
    case exploitability(Double)
    /// An ``Exploitability/relativeGain`` of at most this.
    case relativeGain(Double)

    /// Whether it has been reached.
    public func isReached(by measured: Exploitability) -> Bool {
      switch self {
      case .exploitability(let most): measured.exploitability <= most
      case .relativeGain(let most): measured.relativeGain <= most
      }
    }
  }

  /// What is to be reached; nil to play on to the last iteration.
  public var target: Target?
  /// The most iterations, counted from the first that the method ever made.
  public var iterations: Int

  /// A target, or nothing but so many iterations.
  public init(_ target: Target? = nil, iterations: Int = 100_000) {
    self.target = target
    self.iterations = iterations
  }
}

/// What a method has learned, with the measure of how far from equilibrium it is.
public struct LearningResult: Sendable, Equatable {
  /// Why it stopped.
  public enum End: Sendable, Equatable {
    /// The target was reached.
    case converged
    /// All iterations were made, and the target, if there was one, was not reached.
    case iterations
    /// The work limit was used up before.
    case stopped(WorkLimit.Stop)
  }

  /// The average of play.
  public let profile: BehaviorProfile
  /// How far ``profile`` is from equilibrium.
  public let exploitability: Exploitability
  /// How often every player has learned.
  public let iterations: Int
  /// Why it stopped.
  public let end: End
  /// Whether the target was reached, as measured of ``profile``.
  public var converged: Bool { end == .converged }
}

extension SelfPlay {
  /// Plays until the goal is reached or the work limit is used up.
  ///
  /// The average is measured whenever the number of iterations has grown by a quarter, so that
  /// measuring costs little and at most a quarter more is played than needed.
  ///
  /// - Parameter limit: counts the iterations of this run.
  public mutating func run(_ goal: LearningGoal, limit: WorkLimit = .none) -> LearningResult {
    let before = iterations
    // The clock costs as much as some thousand entries.
    let batch = max(1, min(256, 100_000 / (game.entryCount + 1)))
    var check = iterations
    while true {
      var stop: WorkLimit.Stop?
      while iterations < check {
        stop = limit.stop(after: iterations - before, interval: 1)
        if stop != nil { break }
        iterate(times: min(batch, check - iterations, limit.steps - (iterations - before)))
      }
      let isLast = stop != nil || iterations >= goal.iterations
      if goal.target != nil || isLast {
        let profile = averageProfile
        let measured = Exploitability(of: profile, in: game)
        let reached = goal.target?.isReached(by: measured) ?? false
        if reached || isLast {
          return LearningResult(
            profile: profile, exploitability: measured, iterations: iterations,
            end: reached ? .converged : stop.map { .stopped($0) } ?? .iterations)
        }
      }
      check = goal.target == nil ? goal.iterations : min(goal.iterations, check + check / 4 + 1)
    }
  }
}
