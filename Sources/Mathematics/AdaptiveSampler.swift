import Foundation

/// Weighted samples of a distribution that is a standard normal one times a likelihood, found step
/// by step: the likelihood is let in by degrees (tempering), each time as far as enough samples
/// survive, and the next samples come from a normal distribution with the weighted mean and
/// covariance of all so far. Every sample is weighed against the mixture of all proposals (adaptive
/// multiple importance sampling: Cornuet, Marin, Mira & Robert 2012; the mixture keeps the standard
/// normal itself, so that no weight is far too large: Owen & Zhou 2000).
public struct AdaptiveSampler: Sendable {
  /// The samples, by coordinate.
  public private(set) var samples: [[Double]] = []
  /// Their weights, adding up to 1.
  public private(set) var weights: [Double] = []
  /// (Σw)² / Σw².
  public private(set) var effectiveSize = 0.0
  /// How many proposals were used.
  public var stages: Int { proposals.count }
  /// The likelihood counts in full.
  public private(set) var isComplete = false

  private let dimensions: Int
  private let size: Int
  private var proposals: [NormalProposal]
  private var logLikelihoods: [Double] = []
  private var random: SplitMix64
  private var power = 0.0

  /// A sampler of so many samples a stage.
  public init(dimensions: Int, size: Int, seed: UInt64) {
    precondition(dimensions > 0 && size > 1, "there is something to sample")
    self.dimensions = dimensions
    self.size = size
    random = SplitMix64(seed: seed)
    proposals = [NormalProposal(dimensions: dimensions)]
  }

  /// Goes on until the samples count for `target` equally weighted ones, or for so many stages.
  public mutating func run(
    target: Double, stages most: Int, logLikelihood: ([[Double]]) async throws -> [Double]
  ) async throws {
    while true {
      guard let proposal = proposals.last else { return }
      let fresh = (0..<size).map { _ in proposal.sample(&random) }
      samples += fresh
      logLikelihoods += try await logLikelihood(fresh)
      reweigh()
      if isComplete && effectiveSize >= target || proposals.count >= most { return }
      guard let next = NormalProposal(samples, weights: weights, effectiveSize: effectiveSize)
      else { return }
      proposals.append(next)
    }
  }

  /// Lets in as much of the likelihood as a quarter of a stage survives.
  private mutating func reweigh() {
    let prior = NormalProposal(dimensions: dimensions)
    let base = samples.map { sample in
      let logs = proposals.map { $0.logDensity(sample) }
      let highest = logs.max() ?? 0
      let mixture = logs.reduce(0) { $0 + exp($1 - highest) } / Double(logs.count)
      return prior.logDensity(sample) - highest - log(mixture)
    }
    let least = Double(size) / 4
    let before = power
    if setWeights(base, power: 1) >= least || before == 1 {
      power = 1
    } else {
      var (low, high) = (before, 1.0)
      for _ in 0..<40 {
        let middle = (low + high) / 2
        if setWeights(base, power: middle) >= least { low = middle } else { high = middle }
      }
      // Always a little further, so that the stages come to an end.
      power = min(max(low, before + 1e-3), 1)
    }
    effectiveSize = setWeights(base, power: power)
    isComplete = power == 1
  }

  private mutating func setWeights(_ base: [Double], power: Double) -> Double {
    let logs = zip(base, logLikelihoods).map { base, likelihood in
      likelihood == -.infinity ? -.infinity : base + power * likelihood
    }
    let highest = logs.max() ?? -.infinity
    guard highest > -.infinity else {
      weights = Array(repeating: 0, count: logs.count)
      return 0
    }
    weights = logs.map { exp($0 - highest) }
    let total = Statistics.sum(weights)
    for index in weights.indices { weights[index] /= total }
    return SystematicResampling.effectiveSize(weights)
  }
}

/// A normal distribution in several dimensions.
private struct NormalProposal: Sendable {
  private let mean: [Double]
  /// The lower Cholesky factor of the covariance, row by row.
  private let factor: [Double]
  private let logScale: Double

  /// The standard normal distribution.
  init(dimensions: Int) {
    mean = Array(repeating: 0, count: dimensions)
    var factor = Array(repeating: 0.0, count: dimensions * dimensions)
    for index in 0..<dimensions { factor[index * dimensions + index] = 1 }
    self.factor = factor
    logScale = 0
  }

  /// A little wider than weighted samples; their correlations count the less the fewer they are. Nil
  /// where they do not spread.
  init?(_ samples: [[Double]], weights: [Double], effectiveSize: Double) {
    guard let first = samples.first, effectiveSize > 0 else { return nil }
    let count = first.count
    var mean = Array(repeating: 0.0, count: count)
    for (sample, weight) in zip(samples, weights) where weight > 0 {
      for index in 0..<count { mean[index] += weight * sample[index] }
    }
    var covariance = Array(repeating: 0.0, count: count * count)
    for (sample, weight) in zip(samples, weights) where weight > 0 {
      for row in 0..<count {
        let left = weight * (sample[row] - mean[row])
        for column in 0...row {
          covariance[row * count + column] += left * (sample[column] - mean[column])
        }
      }
    }
    let trust = effectiveSize / (effectiveSize + Double(count))
    var factor = Array(repeating: 0.0, count: count * count)
    var logScale = 0.0
    for row in 0..<count {
      for column in 0...row {
        var value = covariance[row * count + column] * (row == column ? 1.3 : 1.3 * trust)
        if row == column { value += 1e-6 }
        for inner in 0..<column {
          value -= factor[row * count + inner] * factor[column * count + inner]
        }
        if row == column {
          guard value > 1e-12 else { return nil }
          factor[row * count + row] = value.squareRoot()
          logScale += log(factor[row * count + row])
        } else {
          factor[row * count + column] = value / factor[column * count + column]
        }
      }
    }
    self.mean = mean
    self.factor = factor
    self.logScale = logScale
  }

  func sample(_ random: inout SplitMix64) -> [Double] {
    let scores = mean.map { _ in
      StandardNormal.quantile(max(random.uniform(), 0x1p-54))
    }
    return mean.indices.map { row in
      (0...row).reduce(mean[row]) { $0 + factor[row * mean.count + $1] * scores[$1] }
    }
  }

  /// The logarithm of the density, up to a constant that all share.
  func logDensity(_ point: [Double]) -> Double {
    var scores = Array(repeating: 0.0, count: mean.count)
    var square = 0.0
    for row in mean.indices {
      var value = point[row] - mean[row]
      for column in 0..<row { value -= factor[row * mean.count + column] * scores[column] }
      scores[row] = value / factor[row * mean.count + row]
      square += scores[row] * scores[row]
    }
    return -square / 2 - logScale
  }
}
