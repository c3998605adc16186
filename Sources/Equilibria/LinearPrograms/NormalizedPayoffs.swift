import Mathematics

/// A player's payoffs in floating point as parts of the way from the least to the largest.
///
/// What is common to all of them costs no digits: if the payoffs are large besides their range,
/// differences are taken before rounding.
struct NormalizedPayoffs {
  /// Payoffs are large if they are so many times their range.
  private static let large = 1024.0

  let values: [Double]
  /// The least payoff.
  let least: Double
  /// The largest payoff less the least; 1 if that is 0.
  let range: Double

  init(_ payoffs: [Rational]) {
    let rounded = payoffs.map(\.doubleValue)
    let low = rounded.min() ?? 0
    let high = rounded.max() ?? 0
    if max(abs(low), abs(high)) <= NormalizedPayoffs.large * (high - low) {
      self.init(rounded: rounded)
      return
    }
    let least = payoffs.min() ?? .zero
    self.init(rounded: payoffs.map { ($0 - least).doubleValue }, above: least.doubleValue)
  }

  /// - Parameter base: what was subtracted from all payoffs.
  init(rounded payoffs: [Double], above base: Double = 0) {
    let low = payoffs.min() ?? 0
    let high = payoffs.max() ?? 0
    let range = high > low ? high - low : 1
    values = payoffs.map { ($0 - low) / range }
    least = base + low
    self.range = range
  }

  private init(values: [Double], least: Double, range: Double) {
    self.values = values
    self.least = least
    self.range = range
  }

  /// The same payoffs at some places of a longer list, which is 0 elsewhere.
  func spread(over count: Int, at places: [Int]) -> NormalizedPayoffs {
    var longer = [Double](repeating: 0, count: count)
    for (value, place) in zip(values, places) { longer[place] = value }
    return NormalizedPayoffs(values: longer, least: least, range: range)
  }

  /// The payoff at a part of the way.
  func denormalized(_ value: Double) -> Double { least + value * range }
}
