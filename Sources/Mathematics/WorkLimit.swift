/// How long a method may run. When it is used up the method stops and says what it has reached.
///
/// A method also stops when the task that it runs in is cancelled.
public struct WorkLimit: Sendable, Equatable {
  /// What made a method stop before it was done.
  public enum Stop: Error, Sendable, Equatable, CustomStringConvertible {
    /// It made as many steps as it may.
    case steps(Int)
    /// Its time was over, after so many steps.
    case time(steps: Int)
    /// Its task was cancelled, after so many steps.
    case cancelled(steps: Int)

    /// The steps that were made.
    public var stepsMade: Int {
      switch self {
      case .steps(let steps), .time(let steps), .cancelled(let steps): steps
      }
    }

    /// Why it stopped, as a sentence without a full stop.
    public var description: String {
      switch self {
      case .steps(let steps): "stopped at the limit of \(steps) steps"
      case .time(let steps): "stopped when the time was over, after \(steps) steps"
      case .cancelled(let steps): "was interrupted after \(steps) steps"
      }
    }
  }

  /// The most steps: pivots, points of a path or iterations, whatever the method counts.
  public var steps: Int
  /// When to stop at the latest; nil for never.
  public var deadline: ContinuousClock.Instant?

  /// A limit of steps and, counted from now, of seconds.
  public init(steps: Int = .max, seconds: Double? = nil) {
    self.steps = steps
    deadline = seconds.map { .now + .seconds($0) }
  }

  /// No limit but cancellation.
  public static let none = WorkLimit()

  /// Why a method must stop that has made so many steps; nil if it may go on.
  ///
  /// The clock and the task are looked at only every `interval` steps, a power of two.
  @inlinable
  public func stop(after made: Int, interval: Int = 16) -> Stop? {
    if made >= steps { return .steps(made) }
    return made & (interval - 1) == 0 ? lookUp(made) : nil
  }

  /// Looks at the task and the clock.
  @usableFromInline
  func lookUp(_ made: Int) -> Stop? {
    if Task.isCancelled { return .cancelled(steps: made) }
    if let deadline, .now >= deadline { return .time(steps: made) }
    return nil
  }
}
