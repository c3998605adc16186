import Foundation
import Synchronization

/// Progress on standard error: only on a terminal, and only once a second has passed.
final class ProgressLine: Sendable {
  private let total: Int
  private let unit: String
  private let start = ContinuousClock.now
  private let isShown = isatty(2) == 1
  private let done = Mutex(0)

  init(total: Int, unit: String) {
    self.total = total
    self.unit = unit
  }

  /// Notes that some more is done.
  func advance(by count: Int) {
    let sum = done.withLock { value in
      value += count
      return value
    }
    guard isShown, ContinuousClock.now - start > .seconds(1) else { return }
    Output.writeError("\r\u{1b}[K\(sum) of \(total) \(unit)")
  }

  /// Takes the line away.
  func clear() {
    if isShown, ContinuousClock.now - start > .seconds(1) { Output.writeError("\r\u{1b}[K") }
  }
}
