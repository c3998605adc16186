import Mathematics
import Scenarios

/// The uncertain quantities of a scenario in the light of past plays: what the author held possible,
/// weighed by how likely it makes the plays.
public struct PlayPosterior: Sendable, Equatable {
  /// One quantity.
  public struct Change: Sendable, Equatable {
    /// Its index among the scenario's inputs.
    public var input: Int
    /// The 5th, 50th and 95th percentile before.
    public var prior: [Double]
    /// The same after.
    public var posterior: [Double]
  }

  /// The uncertain quantities, in the order of the scenario.
  public var quantities: [Change]
  /// How many plays.
  public var plays: Double
  /// The rows of the table.
  public var rows: Int
  /// How many samples were drawn, and what they are worth.
  public var samples: Int
  /// (Σw)² / Σw².
  public var effectiveSamples: Double
  /// How many times the proposal was moved towards the plays.
  public var stages: Int
  /// The plays count in full; otherwise the stages did not suffice.
  public var isComplete: Bool
  /// How many games were solved.
  public var games: Int
}

extension PlayLikelihood {
  /// Samples the uncertain quantities, `draws` in all stages together at most 16 times as many.
  public func posterior(
    draws: Int, seed: UInt64, progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> PlayPosterior {
    let inputs = scenario.uncertainInputs
    let space = try InputSpace(scenario)
    guard !inputs.isEmpty else {
      throw Forecaster.Defect.diagnostics([
        Diagnostic(
          code: "nothing-uncertain", file: scenario.file,
          message: "no quantity has a range that plays could narrow",
          remedy: "give a quantity a range, or name one with --quantity")
      ])
    }
    var sampler = AdaptiveSampler(
      dimensions: inputs.count, size: max(draws / 4, 256), seed: seed)
    var games = 0
    try await sampler.run(target: Posterior.enoughDraws * 2, stages: 24) { samples in
      games += samples.count * gamesPerPoint
      return try await logLikelihoods(
        inputs: samples.map { space.inputs(independent: $0) }, progress: progress)
    }
    let values = sampler.samples.map { space.inputs(independent: $0) }
    let levels = [0.05, 0.5, 0.95]
    return PlayPosterior(
      quantities: inputs.map { input in
        PlayPosterior.Change(
          input: input,
          prior: levels.map { scenario.inputs[input].distribution.quantile($0) },
          posterior: Statistics.quantiles(
            values.map { $0[input] }, weights: sampler.weights, at: levels) ?? [])
      }, plays: table.plays, rows: table.rows.count, samples: sampler.samples.count,
      effectiveSamples: sampler.effectiveSize, stages: sampler.stages,
      isComplete: sampler.isComplete && sampler.effectiveSize > 0, games: games)
  }
}

extension InputSpace {
  /// All inputs at independent normal scores of those that are uncertain, tied by the correlations.
  func inputs(independent scores: [Double]) -> [Double] {
    var whole = Array(repeating: 0.0, count: best.count)
    // Beyond eight standard deviations a percentile is no longer told from 0 or 1.
    for (input, score) in zip(uncertain, scores) { whole[input] = min(max(score, -8), 8) }
    copula?.correlate(scores: &whole)
    return point(uncertain, scores: uncertain.map { whole[$0] })
  }
}
