public import Mathematics

/// Why a method for two-player games gives no result.
public enum BimatrixError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The game does not have two players.
  case notTwoPlayers(count: Int)
  /// A player has no strategy.
  case noStrategies(player: String)
  /// There is no such label: labels number the strategies of both players from 0.
  case noSuchLabel(Int, count: Int)
  /// Lemke–Howson stopped on its way from a label; the duplicate label is the one next to be
  /// dropped.
  case pathStopped(WorkLimit.Stop, label: Int, duplicateLabel: Int)
  /// Lemke–Howson stopped before the path of any label that was tried had ended in an equilibrium;
  /// so many paths had ended elsewhere, by rounding.
  case raceStopped(WorkLimit.Stop, paths: Int)
  /// Rounding led every path astray; the least regret of the profiles that were reached, relative
  /// to payoff ranges, infinite if there were none.
  case notConverged(regret: Double)
  /// The enumeration stopped before it was complete.
  case enumerationStopped(WorkLimit.Stop)

  /// The error as a sentence.
  public var description: String {
    switch self {
    case .notTwoPlayers(let count):
      "the game has \(count) player\(count == 1 ? "" : "s"); this method is for two"
    case .noStrategies(let player):
      "the player `\(player)` has no strategy"
    case .noSuchLabel(let label, let count):
      "there is no label \(label); the strategies are numbered 0 to \(count - 1)"
    case .pathStopped(let stop, let label, let duplicate):
      """
      the path from label \(label) \(stop), before its end \
      (label \(duplicate) was to be dropped next)
      """
    case .raceStopped(let stop, let paths):
      """
      Lemke–Howson \(stop), before any path had reached an equilibrium \
      (\(paths) had ended elsewhere)
      """
    case .notConverged(let regret):
      """
      no path ended in an equilibrium in floating point; the best profile reached has a regret \
      of \(regret) payoff ranges
      """
    case .enumerationStopped(let stop):
      "the enumeration \(stop), before it was complete"
    }
  }
}
