public import Mathematics

/// What it would be worth, on average, to find out each quantity before the forecast is made.
///
/// Knowing a quantity splits the forecast p into forecasts p(x); the expected variance of what is
/// left falls by Var p(X), and so does the expected Brier score, p (1 − p) − Var p(X) (the expected
/// value of perfect information under a quadratic score; Howard 1966, Oakley & O'Hagan 2004). Both
/// are on the published scale, with what lies outside the story mixed in. For a question with a
/// condition this is exact as far as the quantity does not bear on the condition itself.
public struct ValueOfInformation: Sendable, Equatable {
  /// One quantity's worth.
  public struct Item: Sendable, Equatable {
    /// The input's index.
    public var input: Int
    /// By how much the expected variance falls: for a probability, the expected Brier score between
    /// 0 and 1. Never below 0 in truth; an interval that covers 0 means that nothing was detected.
    public var reduction: SensitivityIndices.Index
    /// The same relative to ``ValueOfInformation/brierScore``, or to the variance of a payoff.
    public var share: SensitivityIndices.Index
  }

  /// The Brier score expected now, p (1 − p), from 0 (best) to 1; `nil` for a payoff.
  public var brierScore: Double?
  /// The variance of the answer over the assumptions: the part of the score that knowing all
  /// quantities would remove. The rest is chance within the story.
  public var variance: Double
  /// From the most to the least worth finding out.
  public var items: [Item]

  /// What a sensitivity analysis says about it.
  ///
  /// - Parameters:
  ///   - sensitivity: the indices of the answer.
  ///   - isProbability: whether the answer is a probability, so that it has a Brier score.
  ///   - published: the probability that is published, where it rests on more draws than the indices.
  public init(_ sensitivity: Sensitivity, isProbability: Bool, published: Double? = nil) {
    let mean = published ?? sensitivity.mean
    brierScore = isProbability ? mean * (1 - mean) : nil
    variance = sensitivity.variance
    let scale = isProbability ? mean * (1 - mean) : sensitivity.variance
    items = sensitivity.inputs.map { part in
      let reduction = part.explained
      func relative(_ value: Double) -> Double { scale > 0 ? value / scale : 0 }
      return Item(
        input: part.input, reduction: reduction,
        share: SensitivityIndices.Index(
          estimate: relative(reduction.estimate),
          interval: relative(
            reduction.interval.lowerBound)...relative(
              reduction.interval.upperBound)))
    }
    .sorted { ($1.reduction.estimate, $0.input) < ($0.reduction.estimate, $1.input) }
  }
}
