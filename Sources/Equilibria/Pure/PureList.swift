public import Mathematics

/// Profiles of pure strategies that a method has listed.
public struct PureList: Sendable, Equatable {
  /// Why a list ends before all are on it.
  public enum Stop: Sendable, Equatable, CustomStringConvertible {
    /// It has as many as were asked for.
    case limit(Int)
    /// The method's work was cut short.
    case work(WorkLimit.Stop)

    /// Why it ends, as a sentence without a full stop.
    public var description: String {
      switch self {
      case .limit(let count): "ended at the limit of \(count) equilibria"
      case .work(let stop): stop.description
      }
    }
  }

  /// For each profile the ordinal of the action at every information set of a tree, or of every
  /// player's strategy in a table.
  public let profiles: [[Int]]
  /// Why more may exist; nil if the list is complete.
  public let stop: Stop?

  /// All are on the list.
  public var isComplete: Bool { stop == nil }
}
