public import Mathematics

/// The payoffs that make coalitions' excesses small in lexicographic order, the largest first.
public struct Nucleolus: Sendable, Equatable {
  /// An excess and the coalitions that it settles.
  public struct Level: Sendable, Equatable {
    /// The least that the largest excess of the coalitions still open can be.
    public var excess: Rational
    /// Coalitions that have this excess at all points that are left.
    public var coalitions: [Coalition]
    /// Players that are held to what they are worth alone, which helps to prove it.
    public var heldPlayers: [Int]
  }

  /// One payoff per player; they add up to the grand coalition's worth.
  public var payoffs: [Rational]
  /// The steps that determine them, from the largest excess down.
  public var levels: [Level]
}

extension CoalitionGame {
  /// The nucleolus (Schmeidler 1969), over all divisions that give every player what it is worth
  /// alone. There must be such divisions.
  ///
  /// Each linear program settles the coalitions that its dual solution weights, and all whose
  /// payoffs follow from theirs, so that at most n - 1 programs are solved (Maschler, Peleg & Shapley
  /// 1979).
  ///
  /// - Complexity: per program a pass over 2ⁿ coalitions for each pivot.
  public func nucleolus(limit: WorkLimit = .none) throws(CoalitionGameError) -> Nucleolus {
    if soloWorth > worth(of: grandCoalition) { throw .noImputation }
    return try lexicographicCenter(isRational: true, limit)
  }

  /// The prenucleolus: as the nucleolus, over all divisions of the grand coalition's worth
  /// (Sobolev 1975). It always exists. The two agree wherever it gives every player what it is
  /// worth alone, as when the core is not empty.
  public func prenucleolus(limit: WorkLimit = .none) throws(CoalitionGameError) -> Nucleolus {
    try lexicographicCenter(isRational: false, limit)
  }

  private func lexicographicCenter(
    isRational: Bool, _ limit: WorkLimit
  ) throws(CoalitionGameError) -> Nucleolus {
    var program = ExcessProgram(self, isRational: isRational, limit: limit)
    var nucleolus = Nucleolus(payoffs: [worth(of: grandCoalition)], levels: [])
    while !program.isComplete {
      let optimum = try program.optimum()
      nucleolus.payoffs = optimum.payoffs
      nucleolus.levels.append(
        .init(
          excess: optimum.excess, coalitions: optimum.tight.map(\.coalition),
          heldPlayers: optimum.held))
      program.settle(
        optimum.tight.map {
          .init(coalition: $0.coalition, payoff: worth(of: $0.coalition) - optimum.excess)
        } + optimum.held.map { .init(coalition: Coalition([$0]), payoff: worth(alone: $0)) })
    }
    return nucleolus
  }
}
