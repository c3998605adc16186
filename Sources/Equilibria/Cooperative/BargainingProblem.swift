public import Mathematics

/// What a group can agree on, in payoffs, and what each gets if it does not agree (Nash 1950, The
/// bargaining problem).
///
/// The outcomes are payoff vectors, one payoff per player. They are meant in one of two ways:
/// - *pure*: the group agrees on one of them, without lotteries; see ``solution(_:)``.
/// - *mixed*: it may agree on a lottery over them and the disagreement, and anybody may throw payoff
///   away: the comprehensive convex hull; see ``mixedSolution(_:limit:)``.
///
/// An outcome is *acceptable* if nobody gets less than at the disagreement. Disagreeing is always
/// possible.
public struct BargainingProblem: Sendable, Equatable {
  /// `outcomes[outcome][player]`: the payoffs.
  public let outcomes: [[Rational]]
  /// What each player gets without an agreement.
  public let disagreement: [Rational]

  /// A problem of at least two players; every outcome has one payoff per player.
  public init(outcomes: [[Rational]], disagreement: [Rational]) throws(BargainingError) {
    guard disagreement.count >= 2 else { throw .fewerThanTwoPlayers }
    if let odd = outcomes.firstIndex(where: { $0.count != disagreement.count }) {
      throw .wrongPayoffCount(outcome: odd)
    }
    self.outcomes = outcomes
    self.disagreement = disagreement
  }

  /// The number of players.
  public var playerCount: Int { disagreement.count }

  /// What each player gains over the disagreement by an outcome.
  public func gains(of outcome: Int) -> [Rational] { gains(by: outcomes[outcome]) }

  /// What each player gains over the disagreement by such payoffs.
  func gains(by payoffs: [Rational]) -> [Rational] { zip(payoffs, disagreement).map(-) }

  /// The outcomes that give nobody less than the disagreement.
  public var acceptableOutcomes: [Int] {
    outcomes.indices.filter { zip(outcomes[$0], disagreement).allSatisfy(>=) }
  }

  /// The Pareto frontier without lotteries: the outcomes that no other outcome beats, being as good
  /// for all and better for one. Equal outcomes are all listed, in the order of the outcomes.
  ///
  /// - Complexity: outcomes × size of the frontier × players.
  public var efficientOutcomes: [Int] { efficient(among: Array(outcomes.indices)) }

  /// Those of some outcomes that none of the others beats.
  func efficient(among candidates: [Int]) -> [Int] {
    // What beats an outcome comes before it in this order.
    let order = candidates.sorted {
      outcomes[$0] == outcomes[$1]
        ? $0 < $1 : outcomes[$1].lexicographicallyPrecedes(outcomes[$0])
    }
    var frontier: [Int] = []
    for outcome in order
    where !frontier.contains(where: { BargainingProblem.beats(outcomes[$0], outcomes[outcome]) }) {
      frontier.append(outcome)
    }
    return frontier.sorted()
  }

  /// As good for all and better for one.
  private static func beats(_ better: [Rational], _ worse: [Rational]) -> Bool {
    better != worse && zip(better, worse).allSatisfy(>=)
  }
}

/// What a bargaining solution maximizes over the acceptable agreements. Gains are over the
/// disagreement.
///
/// Payoffs are in each player's own units. Nash's and Kalai and Smorodinsky's solutions do not
/// depend on these units; the egalitarian and the utilitarian do, and need common ones.
public enum BargainingRule: Sendable, Equatable {
  /// The product of gains, each to the power of the player's bargaining power (Nash 1950; with
  /// powers Harsanyi & Selten 1972, Kalai 1977, Nonsymmetric Nash solutions). Powers are positive,
  /// and only their ratios matter; nil for equal ones.
  case nash(powers: [Rational]?)
  /// The least gain as a share of the player's ideal gain, the largest that it has in any acceptable
  /// agreement (Kalai & Smorodinsky 1975). Ties go to the next smallest share and so on (Imai 1983,
  /// Individual monotonicity and lexicographic maxmin solution).
  case kalaiSmorodinsky
  /// The least gain in units of the player's own: with equal units the egalitarian solution, else a
  /// proportional one (Kalai 1977, Proportional solutions to bargaining situations). Ties go to the
  /// next smallest gain and so on. Units are positive; nil for equal ones.
  case egalitarian(units: [Rational]?)
  /// The weighted sum of gains (Harsanyi 1955). Weights are positive; nil for equal ones.
  case utilitarian(weights: [Rational]?)

  /// Nash's solution of 1950.
  public static let nash = BargainingRule.nash(powers: nil)
  /// Equal gains as far as they go.
  public static let egalitarian = BargainingRule.egalitarian(units: nil)
  /// The largest sum of gains.
  public static let utilitarian = BargainingRule.utilitarian(weights: nil)

  /// One positive factor per player.
  func factors(players: Int) throws(BargainingError) -> [Rational] {
    let given: [Rational]? =
      switch self {
      case .nash(let powers): powers
      case .kalaiSmorodinsky: nil
      case .egalitarian(let units): units
      case .utilitarian(let weights): weights
      }
    guard let given else { return Array(repeating: .one, count: players) }
    guard given.count == players, given.allSatisfy({ $0.signum > 0 }) else {
      throw .invalidFactors
    }
    return given
  }
}

/// Why a bargaining problem cannot be posed or solved.
public enum BargainingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Bargaining takes two.
  case fewerThanTwoPlayers
  /// This outcome does not have one payoff per player.
  case wrongPayoffCount(outcome: Int)
  /// A rule's powers, units or weights are not one positive number per player.
  case invalidFactors
  /// The powers, as whole numbers without a common divisor, add up to more than
  /// ``BargainingProblem/largestPowerSum``.
  case powersTooFine
  /// The frontier is drawn for two players only.
  case notTwoPlayers
  /// The work limit was reached.
  case stopped(WorkLimit.Stop)
  /// The numeric search ended with the logarithm of Nash's product up to this much below its
  /// maximum.
  case notConverged(gap: Double)

  /// The error as a sentence.
  public var description: String {
    switch self {
    case .fewerThanTwoPlayers: "a bargaining problem needs at least two players"
    case .wrongPayoffCount(let outcome):
      "outcome \(outcome) does not have one payoff per player"
    case .invalidFactors:
      "powers, units and weights must be positive, and there must be one per player"
    case .powersTooFine:
      "the bargaining powers are too fine to compare products exactly; round them"
    case .notTwoPlayers: "the mixed frontier is known for two players only"
    case .stopped(let stop): "the search for an agreement \(stop)"
    case .notConverged(let gap):
      "the search for Nash's solution ended up to \(gap) below the maximum of its logarithm"
    }
  }
}
