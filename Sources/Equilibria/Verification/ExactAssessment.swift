import Foundation
public import Games
public import Mathematics

/// Fully mixed profiles that go to a given one: the probability of an action is
/// `coefficient · ε^order`, for ε toward 0.
///
/// Every consistent assessment has such a witness (Kreps & Wilson 1982, Sequential equilibria,
/// lemmas A1 and A2; Streufert 2007 mends their proof): beliefs are then, among the nodes of a set
/// whose paths have the least total order, in proportion to the products of coefficients and odds.
public struct TrembleWitness: Sendable, Hashable {
  /// By action of the flat vector: 0 where the action has positive probability, else at least 1.
  public var orders: [Int]
  /// By action: the probability where the order is 0, else any positive number.
  public var coefficients: [Rational]

  /// A witness from its parts.
  public init(orders: [Int], coefficients: [Rational]) {
    self.orders = orders
    self.coefficients = coefficients
  }

  /// The witness in which all actions that a profile excludes are equally rare.
  public init(uniformFor profile: ExactBehaviorProfile) {
    orders = profile.probabilities.map { $0.signum > 0 ? 0 : 1 }
    coefficients = profile.probabilities.map { $0.signum > 0 ? $0 : .one }
  }
}

/// An exact profile with exact beliefs and the witness of their consistency.
public struct ExactAssessment: Sendable, Hashable {
  /// The choice at every information set.
  public var profile: ExactBehaviorProfile
  /// By information set and node of it, in the order of ``GameTree/InformationSet/nodes``.
  public var beliefs: [[Rational]]
  /// Trembles from which the beliefs follow.
  public var witness: TrembleWitness

  /// An assessment from its parts.
  public init(profile: ExactBehaviorProfile, beliefs: [[Rational]], witness: TrembleWitness) {
    self.profile = profile
    self.beliefs = beliefs
    self.witness = witness
  }

  /// The assessment in floating point, as ``Verifier`` takes it, with the witness at one ε.
  ///
  /// - Parameter logTremble: the natural logarithm of ε.
  public func numeric(logTremble: Double = -120) -> Assessment {
    Assessment(
      profile: profile.numeric,
      logTrembles: zip(witness.orders, witness.coefficients).map { order, coefficient in
        log(coefficient.doubleValue) + Double(order) * logTremble
      })
  }
}
