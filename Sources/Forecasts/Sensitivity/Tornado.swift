import Mathematics

/// How the answer moves when one quantity at a time runs over its range and the others stay at their
/// best estimates. Interactions are not shown.
public struct Tornado: Sendable, Equatable {
  /// The percentiles at which each quantity is set.
  public static let percentiles = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// One quantity's bar.
  public struct Bar: Sendable, Equatable {
    /// The input's index.
    public var input: Int
    /// Its 5th, 25th, 50th, 75th and 95th percentile; the 50th is its best estimate.
    public var values: [Double]
    /// The answer at each; `nil` where there is no certified play.
    public var responses: [Double?]
    /// The least answer of the bar.
    public var low: Double
    /// The greatest answer of the bar.
    public var high: Double
    /// The answer neither only rises nor only falls along the bar.
    public var isMonotone: Bool
    /// The length of the bar.
    public var width: Double { high - low }
  }

  /// The answer with every quantity at its best estimate; `nil` where there is no certified play.
  public var base: Double?
  /// From the widest to the narrowest; among equals in the order of the scenario.
  public var bars: [Bar]
  /// How many worlds were solved.
  public var runs: Int
}

extension ResponseFunction {
  /// The bars of all quantities that the answer depends on. A correlated quantity moves alone.
  ///
  /// - Complexity: 4 worlds for each quantity.
  public func tornado() async throws -> Tornado {
    var points = [space.best]
    var settings: [[Double]] = []
    for input in drivers {
      let values = Tornado.percentiles.map {
        $0 == 0.5 ? space.best[input] : space.distributions[input].quantile($0)
      }
      settings.append(values)
      for (ordinal, value) in values.enumerated() where ordinal != 2 {
        var point = space.best
        point[input] = value
        points.append(point)
      }
    }
    let values = try await self.values(at: points)
    let responses = values.joint.indices.map { place -> Double? in
      let value = values.probability(place)
      return value.isNaN ? nil : value
    }
    var tornado = Tornado(base: responses[0], bars: [], runs: points.count)
    for (ordinal, input) in drivers.enumerated() {
      let first = 1 + 4 * ordinal
      let own =
        [responses[first], responses[first + 1], responses[0]]
        + [responses[first + 2], responses[first + 3]]
      let known = own.compactMap(\.self)
      let steps = zip(known, known.dropFirst()).map { $1 - $0 }
      tornado.bars.append(
        Tornado.Bar(
          input: input, values: settings[ordinal], responses: own, low: known.min() ?? 0,
          high: known.max() ?? 0,
          // What is due to rounding is no turn.
          isMonotone: !(steps.contains { $0 > 1e-9 } && steps.contains { $0 < -1e-9 })))
    }
    tornado.bars.sort { ($1.width, $0.input) < ($0.width, $1.input) }
    return tornado
  }
}
