import Mathematics

/// How often the verdict of the world of best estimates holds in worlds at given distances from it.
///
/// Worlds of one distance are uniform on the sphere of that radius in the decorrelated normal scores
/// of the quantities that matter. All of them move a little at once: among many quantities, a drawn
/// world is typically as many standard deviations away as the root of their number.
public struct Robustness: Sendable, Equatable {
  /// What worlds at one distance say.
  public struct Shell: Sendable, Equatable {
    /// The distance, in standard deviations.
    public var distance: Double
    /// How many worlds have a certified play.
    public var worlds: Int
    /// The share of them that keep the verdict.
    public var share: Double
    /// The standard error of the share.
    public var standardError: Double
  }

  /// The level.
  public var level: Double
  /// The answer with every quantity at its best estimate.
  public var response: Double
  /// From the nearest to the farthest.
  public var shells: [Shell]
  /// The share of drawn worlds that keep the verdict; `nil` without draws.
  public var shareOfDraws: Double?
  /// How many quantities move.
  public var quantities: Int
  /// How many worlds were solved.
  public var runs: Int
}

extension ResponseSample {
  /// The share of draws whose answers have a property, as far as the question's condition holds in
  /// each; nil where it holds in none.
  func share(_ holds: (Double) -> Bool) -> Double? {
    if let share = share(ofDraws: { holds(values.probability($0)) }) { return share }
    let limits = values.limit.filter { !$0.isNaN }
    return limits.isEmpty ? nil : Double(limits.count(where: holds)) / Double(limits.count)
  }

  /// The share of draws whose quantities have a property, likewise.
  func share(ofPoints holds: ([Double]) -> Bool) -> Double? {
    share(ofDraws: { holds(points[$0]) })
  }

  private func share(ofDraws holds: (Int) -> Bool) -> Double? {
    let draws = points.indices.filter { values.condition[$0] > 0 }
    let total = Statistics.sum(draws.lazy.map { values.condition[$0] })
    guard total > 0 else { return nil }
    let own = draws.filter(holds)
    return Statistics.sum(own.lazy.map { values.condition[$0] }) / total
  }
}

extension ResponseFunction {
  /// The shares of worlds at some distances that keep the verdict.
  ///
  /// - Parameters:
  ///   - level: the level.
  ///   - distances: in standard deviations.
  ///   - worlds: how many at each distance; a multiple of 16, the number of scramblings, whose
  ///     spread gives the errors.
  ///   - sample: draws of the forecast that have been worked out already.
  /// - Throws: ``AnalysisError`` if the world of best estimates is not certified.
  public func robustness(
    level: Double = 0.5, distances: [Double] = [1, 2, 3], worlds: Int = 256,
    drawn sample: ResponseSample? = nil
  ) async throws -> Robustness {
    let inputs = drivers
    let space = try self.space.restricted(to: inputs)
    let sequence = ScrambledSobol(
      dimensions: inputs.count, seed: SplitMix64.hash(seed, 0x5b3e))
    var points = [space.best]
    for (shell, distance) in distances.enumerated() {
      for world in 0..<worlds {
        let replicate = shell * DrawSource.replicates + DrawSource.replicate(of: world)
        let normals = inputs.indices.map {
          StandardNormal.quantile(
            sequence.coordinate(
              replicate: replicate, index: world / DrawSource.replicates, dimension: $0))
        }
        let length = Statistics.sum(normals.lazy.map { $0 * $0 }).squareRoot()
        var scores = [Double](repeating: 0, count: space.best.count)
        for (place, input) in inputs.enumerated() {
          scores[input] = length > 0 ? distance * normals[place] / length : 0
        }
        space.copula?.correlate(scores: &scores)
        points.append(space.point(inputs, scores: inputs.map { scores[$0] }))
      }
    }
    let values = try await self.values(at: points)
    let center = values.probability(0)
    guard !center.isNaN else { throw AnalysisError.noCertifiedWorld }
    var result = Robustness(
      level: level, response: center, shells: [], quantities: inputs.count, runs: points.count)
    for (shell, distance) in distances.enumerated() {
      var kept = [Double](repeating: 0, count: DrawSource.replicates)
      var all = kept
      for world in 0..<worlds {
        let response = values.probability(1 + shell * worlds + world)
        if response.isNaN { continue }
        all[DrawSource.replicate(of: world)] += 1
        if (response >= level) == (center >= level) { kept[DrawSource.replicate(of: world)] += 1 }
      }
      let count = Statistics.sum(all)
      result.shells.append(
        Robustness.Shell(
          distance: distance, worlds: Int(count),
          share: count > 0 ? Statistics.sum(kept) / count : 0,
          standardError: Statistics.ratioStandardError(numerators: kept, denominators: all) ?? 0))
    }
    result.shareOfDraws = sample.flatMap { $0.share { ($0 >= level) == (center >= level) } }
    return result
  }
}
