/// The distribution of weighted probabilities, in memory that does not grow with their number.
///
/// Up to ``exactCount`` values are kept as they are. Beyond that each counts as the middle of one of
/// 65,536 equal steps from 0 to 1, so that a quantile is off by at most ``largestError``. Sketches
/// of parts, merged in one order, give the same bits whoever made them.
public struct QuantileSketch: Sendable, Equatable {
  /// How many values are kept as they are.
  public static let exactCount = 1 << 14
  /// The number of steps.
  static let steps = 1 << 16
  /// How far a quantile of more than ``exactCount`` values may be off.
  public static let largestError = 0.5 / Double(steps)

  private var values: [Double] = []
  private var weights: [Double] = []
  private var isStepped = false

  /// The sketch of nothing.
  public init() {}

  /// How far a quantile may be off: 0 while all values are kept.
  public var error: Double { isStepped ? QuantileSketch.largestError : 0 }

  /// Adds a probability with its weight; one of weight 0 does not count.
  public mutating func add(_ value: Double, weight: Double = 1) {
    if !(weight > 0) { return }
    if isStepped {
      let step = min(
        max(Int(value * Double(QuantileSketch.steps)), 0), QuantileSketch.steps - 1)
      weights[step] += weight
      return
    }
    values.append(value)
    weights.append(weight)
    if values.count > QuantileSketch.exactCount { turnIntoSteps() }
  }

  /// Adds what another sketch has seen, after what this one has.
  public mutating func merge(_ other: QuantileSketch) {
    if other.isStepped {
      if !isStepped { turnIntoSteps() }
      for step in weights.indices { weights[step] += other.weights[step] }
    } else {
      for (value, weight) in zip(other.values, other.weights) { add(value, weight: weight) }
    }
  }

  /// The quantiles at some levels, by the rule of ``Statistics/quantiles(_:weights:at:)``; nil for
  /// nothing.
  public func quantiles(at levels: [Double]) -> [Double]? {
    if !isStepped { return Statistics.quantiles(values, weights: weights, at: levels) }
    let middles = (0..<QuantileSketch.steps).map {
      (Double($0) + 0.5) / Double(QuantileSketch.steps)
    }
    return Statistics.quantiles(middles, weights: weights, at: levels)
  }

  private mutating func turnIntoSteps() {
    let pairs = zip(values, weights)
    weights = Array(repeating: 0, count: QuantileSketch.steps)
    values = []
    isStepped = true
    for (value, weight) in pairs { add(value, weight: weight) }
  }
}
