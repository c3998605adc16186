import Games
public import Mathematics

/// Why a method for games of many players cannot be used.
public enum ManyPlayersError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A player has no strategy.
  case noStrategies(player: Int)
  /// A payoff, or the difference of two, is not finite.
  case notFinite
  /// A player has too many strategies for the method.
  case tooManyStrategies(player: Int, count: Int)
  /// No equilibrium was found, after so many steps.
  case notConverged(steps: Int)
  /// The work limit was reached before an equilibrium was found.
  case stopped(WorkLimit.Stop)

  /// The error as a sentence.
  public var description: String {
    switch self {
    case .noStrategies(let player): "player \(player + 1) has no strategy"
    case .notFinite: "a payoff is not finite"
    case .tooManyStrategies(let player, let count):
      "player \(player + 1) has \(count) strategies, too many for this method"
    case .notConverged(let steps): "no equilibrium was found in \(steps) steps"
    case .stopped(let stop): "the method \(stop)"
    }
  }

  /// Checks what every method needs.
  static func check(_ table: PayoffTable) throws(ManyPlayersError) {
    for (player, size) in table.sizes.enumerated() where size == 0 {
      throw .noStrategies(player: player)
    }
    for payoffs in table.payoffs {
      guard let low = payoffs.min(), let high = payoffs.max() else { continue }
      if !(high - low).isFinite || !payoffs.allSatisfy(\.isFinite) { throw .notFinite }
    }
  }
}
