public import Mathematics

/// What a bargaining rule answers.
public enum BargainingSolution: Sendable, Equatable {
  /// The agreements that the rule selects: without lotteries all that tie, in the order of the
  /// outcomes; with lotteries one.
  case agreement([Agreement])
  /// Nobody can gain over the disagreement.
  case disagreement(NoGain)

  /// Why there is nothing to agree on.
  public enum NoGain: Sendable, Equatable {
    /// Whatever the group agrees on, somebody gets less than at the disagreement.
    case nothingAcceptable
    /// What is acceptable to all gives everybody what it gets at the disagreement.
    case nobodyGains
  }

  /// The agreements; none if nobody can gain.
  public var agreements: [Agreement] {
    if case .agreement(let agreements) = self { agreements } else { [] }
  }
}

/// An outcome, or a lottery over outcomes.
public struct Agreement: Sendable, Equatable {
  /// An outcome and its probability.
  public struct Share: Sendable, Equatable {
    /// The index of the outcome in the problem.
    public var outcome: Int
    /// Its positive probability.
    public var probability: Rational

    /// An outcome with its probability.
    public init(outcome: Int, probability: Rational) {
      self.outcome = outcome
      self.probability = probability
    }
  }

  /// What the players get, on average.
  public var payoffs: [Rational]
  /// The lottery that gives this: probabilities add up to 1.
  public var lottery: [Share]
  /// What the rule maximizes, at this agreement: by Kalai and Smorodinsky the share of its ideal gain
  /// that everybody gets, by the egalitarian rule the gain that everybody gets, in its units, by the
  /// utilitarian rule the sum of weighted gains. Players that cannot gain do not count. Nil for
  /// Nash's product.
  public var level: Rational?
  /// How far below its maximum the logarithm of Nash's product (with the powers given) may be; 0
  /// where the agreement is exact.
  public var gap: Double

  init(payoffs: [Rational], lottery: [Share], level: Rational? = nil, gap: Double = 0) {
    self.payoffs = payoffs
    self.lottery = lottery.filter { $0.probability.signum > 0 }
    self.level = level
    self.gap = gap
  }
}
