/// A linear map from data to pixels.
package struct LinearScale: Sendable {
  package let low: Double
  package let high: Double
  package let start: Double
  package let end: Double

  /// Maps `low` to `start` and `high` to `end`; an empty range is widened.
  package init(_ low: Double, _ high: Double, to start: Double, _ end: Double) {
    self.low = low
    self.high = high > low ? high : low + max(abs(low) * 0.1, 1e-9)
    self.start = start
    self.end = end
  }

  package func callAsFunction(_ value: Double) -> Double {
    let share = (value - low) / (high - low)
    return start + min(max(share, 0), 1) * (end - start)
  }

  /// About `count` round values in the range: steps of 1, 2 or 5 times a power of ten.
  package func ticks(_ count: Int) -> [Double] {
    let step = Self.step(high - low, count)
    guard step > 0, step.isFinite else { return [low] }
    var result: [Double] = []
    let first = (low / step - 1e-9).rounded(.up)
    var index = 0.0
    while (first + index) * step <= high + 1e-9 * step, result.count < 50 {
      result.append((first + index) * step)
      index += 1
    }
    return result
  }

  /// The round step that gives about `count` steps over the span.
  package static func step(_ span: Double, _ count: Int) -> Double {
    guard span > 0, span.isFinite else { return 0 }
    let rough = span / Double(max(count, 1))
    var power = 1.0
    while power > rough { power /= 10 }
    while power * 10 <= rough { power *= 10 }
    let share = rough / power
    return power * (share <= 1.0001 ? 1 : share <= 2.0001 ? 2 : share <= 5.0001 ? 5 : 10)
  }

  /// The range widened to whole steps.
  package static func nice(_ low: Double, _ high: Double, _ count: Int) -> (Double, Double) {
    let step = Self.step(high - low, count)
    guard step > 0 else { return (low - 0.5, high + 0.5) }
    return ((low / step + 1e-9).rounded(.down) * step, (high / step - 1e-9).rounded(.up) * step)
  }
}
