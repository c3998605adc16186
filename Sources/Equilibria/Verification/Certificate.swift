/// What the verifier found about an assessment.
public struct Certificate: Sendable, Equatable {
  /// Something about an assessment that is wrong in itself.
  public enum Defect: Sendable, Equatable {
    /// The number of probabilities or of trembles is not that of the game's actions.
    case wrongLength
    /// Probabilities at this information set are negative, not numbers, or do not add up to 1.
    case notADistribution(informationSet: Int)
    /// A tremble at this information set is not finite, or trembles do not add up to 1.
    case witnessNotMixed(informationSet: Int)
    /// The game's numbers do not fit its tree, or are not finite, or odds are not odds.
    case malformedGame
  }

  /// `nil` unless the assessment is broken; then nothing else has been computed.
  public var defect: Defect?
  /// The largest gain over all information sets from another action there, conditional on the
  /// set, in units of the mover's payoff range. For a logit equilibrium the largest residual
  /// of its equations, in logarithms of odds.
  public var maximumRegret: Double
  /// The information set where it occurs; -1 if there is none.
  public var informationSet: Int
  /// The largest difference between a probability and its witness.
  public var distance: Double
  /// Whether there is no defect, regret is within the tolerance and the witness near.
  public var holds: Bool
}
