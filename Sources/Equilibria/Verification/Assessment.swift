public import Games

/// A profile together with what makes it checkable as a sequential equilibrium (Kreps & Wilson
/// 1982): beliefs at every information set and a witness of their consistency.
///
/// The witness is a fully mixed profile near the profile, given by the logarithms of its
/// probabilities so that none is rounded to zero. Beliefs are Bayes' rule applied to it.
public struct Assessment: Sendable, Equatable {
  /// The choice at every information set.
  public var profile: BehaviorProfile
  /// The witness: natural logarithms of a fully mixed profile, flat over all actions.
  public var logTrembles: [Double]

  /// An assessment from its parts.
  public init(profile: BehaviorProfile, logTrembles: [Double]) {
    self.profile = profile
    self.logTrembles = logTrembles
  }
}
