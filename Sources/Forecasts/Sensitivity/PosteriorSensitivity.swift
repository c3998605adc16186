import Mathematics

extension ResponseFunction {
  /// How much of the variance of an answer each quantity explains where draws count by weights, such
  /// as the likelihood of evidence: first-order shares of the weighted variance of the answer, from
  /// the draws that there are.
  ///
  /// Weights tie quantities to each other that are independent in the scenario, so that a quantity
  /// cannot be varied with all others held: there are no total indices. The first-order ones are
  /// exactly what knowing a quantity would take off the expected Brier score.
  ///
  /// - Parameters:
  ///   - sample: draws with the answer as a ratio; each counts by its denominator.
  ///   - options: the level of the intervals.
  /// - Throws: ``AnalysisError`` if nothing counts.
  /// - Complexity: no world is solved.
  public func posteriorSensitivity(
    of sample: ResponseSample, _ options: Sensitivity.Options = .init()
  ) throws -> Sensitivity {
    let draws = sample.points.indices.filter { sample.values.condition[$0] > 0 }
    let weights = draws.map { sample.values.condition[$0] }
    let values = draws.map { sample.values.probability($0) }
    guard let mean = sample.values.mean, !draws.isEmpty else {
      throw AnalysisError.noCertifiedWorld
    }
    let effective = SystematicResampling.effectiveSize(weights)
    let count = FirstOrderIndices.bins(for: Int(effective))
    let bins = drivers.map { input in
      FirstOrderIndices.bins(of: draws.map { sample.points[$0][input] }, weights: weights, count)
    }
    let indices = FirstOrderIndices(
      values: values, weights: weights, bins: bins, level: options.level,
      resamples: options.resamples, seed: SplitMix64.hash(seed, 0xb145))
    let total = Statistics.sum(weights)
    let variance =
      Statistics.sum(zip(values, weights).map { $1 * ($0 - mean) * ($0 - mean) }) / total
    var result = Sensitivity(
      basePoints: 0, runs: 0, mean: mean, variance: variance, level: options.level, inputs: [],
      bystanders: bystanders, ranking: [], settledRanks: 0)
    let zero = SensitivityIndices.Index(estimate: 0, interval: 0...0)
    let isCorrelated = Set(space.correlations.flatMap { [$0.first, $0.second] })
    for (place, input) in drivers.enumerated() {
      let first = indices?.first[place] ?? zero
      result.inputs.append(
        Sensitivity.Input(
          input: input, first: first, total: nil, explained: indices?.explained[place] ?? zero,
          isCorrelated: isCorrelated.contains(input), rowsLeftOut: 0,
          finding: first.interval.lowerBound > 0 ? .detected : .notDetected))
    }
    result.rank()
    return result
  }
}
