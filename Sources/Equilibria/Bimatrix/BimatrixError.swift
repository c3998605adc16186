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
  case pathTooLong(label: Int, pivots: Int, duplicateLabel: Int)
  /// The enumeration stopped before it was complete.
  case enumerationTooLong(pivots: Int)

  /// The error as a sentence.
  public var description: String {
    switch self {
    case .notTwoPlayers(let count):
      "the game has \(count) player\(count == 1 ? "" : "s"); this method is for two"
    case .noStrategies(let player):
      "the player `\(player)` has no strategy"
    case .noSuchLabel(let label, let count):
      "there is no label \(label); the strategies are numbered 0 to \(count - 1)"
    case .pathTooLong(let label, let pivots, let duplicate):
      """
      the path from label \(label) was not at its end after \(pivots) pivots \
      (label \(duplicate) was to be dropped next)
      """
    case .enumerationTooLong(let pivots):
      "the enumeration was not complete after \(pivots) pivots"
    }
  }
}
