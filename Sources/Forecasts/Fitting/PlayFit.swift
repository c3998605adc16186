import Mathematics
import Scenarios

/// Quantities as past plays make them likeliest (maximum likelihood), with profile-likelihood
/// intervals.
public struct PlayFit: Sendable, Equatable {
  /// One quantity.
  public struct Estimate: Sendable, Equatable {
    /// Its index among the scenario's inputs.
    public var input: Int
    /// The value that makes the plays likeliest.
    public var value: Double
    /// The values that are not much less likely, the other fitted quantities at their best for each
    /// (Wilks 1938): 90% of such intervals hold the truth where plays are many.
    public var interval: ClosedRange<Double>
    /// The interval ends where the search does, not where the likelihood falls.
    public var isOpenBelow: Bool
    /// The same above.
    public var isOpenAbove: Bool
  }

  /// How often a value was seen, and how often the fitted play gives it.
  public struct Frequency: Sendable, Equatable {
    /// The value.
    public var value: String
    /// The plays in which it was seen.
    public var observed: Double
    /// How many should have been, of those that tell of the step.
    public var expected: Double
  }

  /// One step or type of the table.
  public struct Step: Sendable, Equatable {
    /// The name of its column.
    public var name: String
    /// By value.
    public var frequencies: [Frequency]
  }

  /// The quantities that were fitted.
  public var estimates: [Estimate]
  /// How many plays.
  public var plays: Double
  /// The rows of the table.
  public var rows: Int
  /// The log-likelihood at the estimates.
  public var logLikelihood: Double
  /// The same at the scenario's own best estimates.
  public var unfitted: Double
  /// The same if everybody chose blindly (rationality close to 0), all else at its best estimate.
  public var blind: Double
  /// Observed and expected frequencies.
  public var steps: [Step]
  /// How many games were solved.
  public var games: Int

  /// The drop of the log-likelihood at the ends of a 90% interval: half of the 90th percentile of
  /// the chi-squared distribution with one degree of freedom.
  static let drop = StandardNormal.ninetyFifthPercentile * StandardNormal.ninetyFifthPercentile / 2
}

/// What past plays say of a scenario's quantities.
public enum PlayFitting: Sendable, Equatable {
  /// Some quantities, as the plays make them likeliest.
  case likeliest(PlayFit)
  /// All uncertain quantities: what was held possible, weighed by the plays.
  case posterior(PlayPosterior)
}

extension PlayLikelihood {
  /// Fits the targets, one to three.
  ///
  /// - Throws: a diagnostic where some play has probability 0 wherever the search looks.
  /// - Complexity: some thousand points for one target, some ten thousand for each of two or three.
  public func fit(progress: (@Sendable (Int) -> Void)? = nil) async throws -> PlayFit {
    precondition((1...3).contains(targets.count), "one to three quantities are fitted")
    var search = FitSearch(self, progress: progress)
    let best = try await search.maximum()
    guard best.value > -.infinity else {
      throw Forecaster.Defect.diagnostics([
        Diagnostic(
          code: "play-impossible", file: scenario.file,
          message: "some play has probability 0 whatever the fitted quantities are",
          remedy: "look at odds of 0% in the scenario, or fit other quantities")
      ])
    }
    var estimates: [PlayFit.Estimate] = []
    for index in targets.indices {
      estimates.append(try await search.estimate(index, best: best))
    }
    let point = search.values(best.point)
    let compared = try await comparisons()
    let frequencies = try await self.frequencies(point)
    return PlayFit(
      estimates: estimates, plays: table.plays, rows: table.rows.count,
      logLikelihood: best.value, unfitted: compared.unfitted, blind: compared.blind,
      steps: zip(table.facts, frequencies).map { fact, frequencies in
        PlayFit.Step(
          name: fact.name,
          frequencies: zip(scenario.names.facts[fact.fact].values, frequencies).map {
            PlayFit.Frequency(value: $0, observed: $1.observed, expected: $1.expected)
          })
      }, games: search.games)
  }

  private func comparisons() async throws -> (unfitted: Double, blind: Double) {
    let own = scenario.inputs.map(\.best)
    var blind = own
    if let rationality = scenario.solve.rationality { blind[rationality] = 1e-6 }
    let values = try await logLikelihoods(inputs: [own, blind])
    return (values[0], values[1])
  }
}

/// The steps of a fit.
private struct FitSearch {
  let likelihood: PlayLikelihood
  let coordinates: [FitCoordinate]
  let progress: (@Sendable (Int) -> Void)?
  var games = 0

  init(_ likelihood: PlayLikelihood, progress: (@Sendable (Int) -> Void)?) {
    self.likelihood = likelihood
    self.progress = progress
    coordinates = likelihood.targets.map { FitCoordinate($0, of: likelihood.scenario) }
  }

  func values(_ point: [Double]) -> [Double] { zip(coordinates, point).map { $0.value($1) } }

  private mutating func evaluate(_ points: [[Double]]) async throws -> [Double] {
    games += points.count * likelihood.gamesPerPoint
    return try await likelihood.logLikelihoods(points.map(values), progress: progress)
  }

  mutating func maximum() async throws -> BoxSearch.Maximum {
    var games = 0
    let found = try await BoxSearch(dimensions: coordinates.count).maximize(1) { asked in
      games += asked.count * likelihood.gamesPerPoint
      return try await likelihood.logLikelihoods(
        asked.map { values($0.point) }, progress: progress)
    }
    self.games += games
    return found[0]
  }

  /// The best log-likelihood with one coordinate held at each of some values.
  private mutating func profile(_ index: Int, at held: [Double]) async throws -> [Double] {
    if coordinates.count == 1 { return try await evaluate(held.map { [$0] }) }
    var games = 0
    let found = try await BoxSearch(dimensions: coordinates.count - 1).maximize(
      held.count, accuracy: 1e-4
    ) { asked in
      games += asked.count * likelihood.gamesPerPoint
      return try await likelihood.logLikelihoods(
        asked.map { function, point in
          var whole = point
          whole.insert(held[function], at: index)
          return values(whole)
        }, progress: progress)
    }
    self.games += games
    return found.map(\.value)
  }

  mutating func estimate(
    _ index: Int, best: BoxSearch.Maximum
  ) async throws -> PlayFit.Estimate {
    let coordinate = coordinates[index]
    let center = best.point[index]
    let target = best.value - PlayFit.drop
    let low = try await edge(index, from: center, to: 0, target: target)
    let high = try await edge(index, from: center, to: 1, target: target)
    return PlayFit.Estimate(
      input: coordinate.input, value: coordinate.value(center),
      interval: coordinate.value(low ?? 0)...coordinate.value(high ?? 1), isOpenBelow: low == nil,
      isOpenAbove: high == nil)
  }

  /// The coordinate at which the profile falls to a target on the way from the maximum to an end,
  /// the farthest one; nil where it does not.
  private mutating func edge(
    _ index: Int, from center: Double, to end: Double, target: Double
  ) async throws -> Double? {
    var (inside, outside) = (center, end)
    if inside == outside { return nil }
    let steps = coordinates.count == 1 ? 128 : 12
    var isFirst = true
    while abs(outside - inside) > (coordinates.count == 1 ? 1e-6 : 1e-3) {
      let held = (1...steps).map { inside + (outside - inside) * Double($0) / Double(steps) }
      let values = try await profile(index, at: held)
      guard let last = values.lastIndex(where: { $0 >= target }) else {
        outside = held[0]
        isFirst = false
        continue
      }
      if last == steps - 1 {
        // Up to the end of the search it never falls enough.
        return isFirst ? nil : outside
      }
      (inside, outside) = (held[last], held[last + 1])
      isFirst = false
    }
    return inside
  }
}
