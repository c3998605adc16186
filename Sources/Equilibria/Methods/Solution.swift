public import Mathematics

/// What kind of equilibrium a method finds.
public enum SolutionConcept: String, Sendable, CaseIterable {
  /// Nobody gains by another strategy (Nash 1951).
  case nash
  /// A Nash equilibrium in every proper subgame (Selten 1965).
  case subgamePerfect = "subgame perfect"
  /// Everybody's choice is best at every information set, under consistent beliefs (Kreps & Wilson
  /// 1982).
  case sequential
  /// Better choices are likelier, at a stated rationality (McKelvey & Palfrey 1995, 1998).
  case logit
  /// Nobody gains by not doing what a common device recommends (Aumann 1974).
  case correlated
  /// Nobody gains by turning the device away before it speaks (Moulin & Vial 1978).
  case coarseCorrelated = "coarse correlated"
  /// What is left after iterated elimination of what is strictly dominated by a mixture
  /// (Bernheim 1984; Pearce 1984), others' choices thought to be correlated or not.
  case rationalizable
}

/// What an independent check found about one equilibrium.
public struct EquilibriumCertificate: Sendable, Equatable {
  /// The most that anybody gains by acting otherwise, in units of its payoff range; for a logit
  /// equilibrium the largest residual of its equations, in logarithms of odds.
  public var maximumRegret: Double
  /// The check was made in exact arithmetic.
  public var isExact: Bool
  /// What was checked, and how the consistency of beliefs is witnessed where there are any.
  public var witness: String?
  /// The regret is within the tolerance, or 0 where the check is exact.
  public var holds: Bool

  /// A certificate from its parts.
  public init(maximumRegret: Double, isExact: Bool, witness: String? = nil, holds: Bool) {
    self.maximumRegret = maximumRegret
    self.isExact = isExact
    self.witness = witness
    self.holds = holds
  }
}

/// One equilibrium of a game, with all that is known of it.
public struct Equilibrium: Sendable {
  /// Everybody's strategy.
  public var profile: StrategyProfile
  /// What each player expects.
  public var payoffs: [Double]
  /// What each player expects, where that is known exactly.
  public var exactPayoffs: [Rational]?
  /// By information set and node, where the method gives beliefs.
  public var beliefs: [[Double]]?
  /// The same, where they are known exactly.
  public var exactBeliefs: [[Rational]]?
  /// Trembles from which exact beliefs follow.
  public var witness: TrembleWitness?
  /// By information set, the logarithms of a fully mixed profile from which the beliefs follow.
  public var logTrembles: [[Double]]?
  /// The refinements that it survives, of those that were looked at.
  public var survives: [Refinement]
  /// The refinements that mean something for such a game, but could not be decided for this
  /// equilibrium. What is in neither list was failed, or means nothing here.
  public var undecided: [Refinement] = []
  /// What the verifier found.
  public var certificate: EquilibriumCertificate
}

/// What a method found, and how much that proves.
public struct Solution: Sendable {
  /// The method's name.
  public var method: String
  /// How it went about it, to be read after "found by".
  public var approach: String
  /// The kind of equilibrium that was looked for.
  public var concept: SolutionConcept
  /// The equilibria, in the method's order.
  public var equilibria: [Equilibrium] = []
  /// No equilibrium of the stated kind is missing, which the method proves.
  public var isComplete = false
  /// The game is degenerate, where the method tells.
  public var isDegenerate: Bool?
  /// The connected sets of all equilibria: each a list of maximal Nash subsets, where the method
  /// gives them. Two players only; of a tree, in mixtures of ``plans``.
  public var components: [[EquilibriumSubset]]?
  /// The names of each player's plans for a tree where ``components`` mix these, in the order of
  /// ``ReducedStrategicForm``: the actions at all of its information sets that the plan itself does
  /// not exclude. Of a table, components mix its strategies.
  public var plans: [[String]]?
  /// A correlated distribution, where that is what was looked for.
  public var correlated: CorrelatedPlay?
  /// What iterated elimination left, where that was asked for.
  public var dominance: DominanceResult?
  /// What else should be said, as sentences.
  public var notes: [String] = []

  /// A solution to be filled in.
  public init(method: String, concept: SolutionConcept) {
    self.method = method
    self.concept = concept
    approach = "the method '\(method)'"
  }
}

/// All mixtures of some of one player's strategies go with all mixtures of some of the other's.
public struct EquilibriumSubset: Sendable, Equatable {
  /// The extreme mixed strategies of the first player.
  public var first: [[Rational]]
  /// Those of the second.
  public var second: [[Rational]]
}

/// A device that recommends profiles of pure strategies of a strategic game.
public struct CorrelatedPlay: Sendable, Equatable {
  /// The ordinals of each profile that is recommended.
  public var profiles: [[Int]]
  /// How likely each is.
  public var probabilities: [Double]
  /// How likely each is, where that is known exactly.
  public var exact: [Rational]?
  /// What each player expects.
  public var payoffs: [Double]
  /// What the verifier found.
  public var certificate: EquilibriumCertificate
}

/// What iterated elimination of strictly dominated strategies left, and what went.
public struct DominanceResult: Sendable, Equatable {
  /// The names of each player's strategies, all of them.
  public var strategies: [[String]]
  /// Survivors and rounds, by ordinals of these.
  public var elimination: IteratedDominance
}
