import Foundation
import Synchronization

/// Progress on standard error, with an estimate of the time left: only on a terminal, only once a
/// second has passed, and at most ten times a second.
final class ProgressLine: Sendable {
  private let unit: String
  private let start = ContinuousClock.now
  private let isShown = isatty(2) == 1
  private let state: Mutex<(total: Int?, done: Int, shown: ContinuousClock.Instant)>

  /// Progress towards a total; without one, only what is done is shown.
  init(total: Int?, unit: String) {
    state = Mutex((total: total, done: 0, shown: start))
    self.unit = unit
  }

  /// Notes that the total is larger than was known.
  func extend(by count: Int) {
    state.withLock { $0.total = $0.total.map { $0 + count } }
  }

  /// Notes that some more is done.
  func advance(by count: Int) {
    let now = ContinuousClock.now
    let isDue = isShown && now - start > .seconds(1)
    let known: (sum: Int, total: Int?)? = state.withLock { state in
      state.done += count
      guard isDue, now - state.shown > .milliseconds(100) else { return nil }
      state.shown = now
      return (state.done, state.total)
    }
    guard let (sum, total) = known else { return }
    guard let total else {
      Output.writeError("\r\u{1b}[K\(sum) \(unit) solved")
      return
    }
    let left = (now - start) / .seconds(1) * Double(max(total - sum, 0)) / Double(max(sum, 1))
    Output.writeError("\r\u{1b}[K\(sum) of \(total) \(unit), about \(Self.words(left)) left")
  }

  /// A time in its two largest units.
  static func words(_ seconds: Double) -> String {
    let whole = seconds < 1e15 ? Int(seconds.rounded(.up)) : .max
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3600: return "\(whole / 60) min \(whole % 60) s"
    case ..<86400: return "\(whole / 3600) h \(whole % 3600 / 60) min"
    default: return "\(whole / 86400) d \(whole % 86400 / 3600) h"
    }
  }

  /// Takes the line away.
  func clear() {
    if isShown, ContinuousClock.now - start > .seconds(1) { Output.writeError("\r\u{1b}[K") }
  }
}
