public import Mathematics

/// A point of a game's core, or a proof that there is none.
public enum Core: Sendable, Equatable {
  /// These payoffs lie in the core: nobody can do better elsewhere.
  case contains([Rational])
  /// The core is empty: time spent in these coalitions yields more than the grand coalition.
  case empty(BalancedCollection)
}

/// Coalitions with positive weights such that the weights of the coalitions of each player add up to
/// 1: each divides its time among them.
public struct BalancedCollection: Sendable, Equatable {
  /// A coalition and its weight.
  public struct Member: Sendable, Equatable {
    /// The coalition.
    public var coalition: Coalition
    /// Its weight, positive.
    public var weight: Rational

    /// A coalition with its weight.
    public init(coalition: Coalition, weight: Rational) {
      self.coalition = coalition
      self.weight = weight
    }
  }

  /// The coalitions, in the order of their bits.
  public var members: [Member]
  /// The weighted sum of the coalitions' worths. The core is empty if and only if some balanced
  /// collection's exceeds the grand coalition's worth (Bondareva 1963; Shapley 1967).
  public var worth: Rational

  /// A collection with the weighted sum of its worths.
  public init(members: [Member], worth: Rational) {
    self.members = members
    self.worth = worth
  }
}

/// Whether payoffs lie in the core, and if not why.
public enum CoreMembership: Sendable, Equatable {
  /// They do.
  case member
  /// They add up to this and not to the grand coalition's worth.
  case notEfficient(total: Rational)
  /// This coalition can secure so much more than it gets; no other can secure more beyond what it
  /// gets.
  case blocked(by: Coalition, excess: Rational)
}

/// A point of the least core (Maschler, Peleg & Shapley 1979).
public struct LeastCore: Sendable, Equatable {
  /// The largest excess of a proper coalition, made as small as possible. The core is empty if it is
  /// positive.
  public var excess: Rational
  /// Payoffs that add up to the grand coalition's worth and leave no proper coalition a larger
  /// excess.
  public var payoffs: [Rational]
  /// A proof that no less is possible: a balanced collection all of whose coalitions have this
  /// excess, at all points of the least core.
  public var balance: BalancedCollection
}

extension CoalitionGame {
  /// The proper coalition whose worth exceeds its payoffs by most, the first of those that tie; nil
  /// for a single player.
  ///
  /// - Complexity: 2ⁿ additions.
  public func largestExcess(
    at payoffs: [Rational]
  ) throws(CoalitionGameError) -> (coalition: Coalition, excess: Rational)? {
    guard payoffs.count == players.count else { throw .wrongPayoffCount(payoffs.count) }
    let sums = CoalitionGame.sums(over: payoffs)
    var best: (coalition: Coalition, excess: Rational)?
    for bits in worths.indices.dropFirst().dropLast() {
      let excess = worths[bits] - sums[bits]
      if let best, excess <= best.excess { continue }
      best = (Coalition(bits: bits), excess)
    }
    return best
  }

  /// Whether payoffs lie in the core (Gillies 1959): they share out what all can secure together,
  /// and no coalition can secure more than it gets.
  ///
  /// - Complexity: 2ⁿ additions.
  public func coreMembership(
    of payoffs: [Rational]
  ) throws(CoalitionGameError) -> CoreMembership {
    let largest = try largestExcess(at: payoffs)
    let total = payoffs.reduce(.zero, +)
    if total != worth(of: grandCoalition) { return .notEfficient(total: total) }
    guard let (coalition, excess) = largest, excess.signum > 0 else { return .member }
    return .blocked(by: coalition, excess: excess)
  }

  /// The least core, by an exact linear program. A single player has excess 0.
  ///
  /// - Complexity: a pass over 2ⁿ coalitions per pivot; pivots grow slowly with n.
  public func leastCore(limit: WorkLimit = .none) throws(CoalitionGameError) -> LeastCore {
    let program = ExcessProgram(self, isRational: false, limit: limit)
    guard !program.isComplete else {
      let alone = BalancedCollection.Member(coalition: grandCoalition, weight: .one)
      return LeastCore(
        excess: .zero, payoffs: [worth(of: grandCoalition)],
        balance: BalancedCollection(members: [alone], worth: worth(of: grandCoalition)))
    }
    let optimum = try program.optimum()
    // Each player has the same weight in all; made 1, the weights are balanced.
    let weight = optimum.tight.reduce(Rational.zero) {
      $1.coalition.contains(0) ? $0 + $1.weight : $0
    }
    let members = optimum.tight.map {
      BalancedCollection.Member(coalition: $0.coalition, weight: $0.weight / weight)
    }
    return LeastCore(
      excess: optimum.excess, payoffs: optimum.payoffs,
      balance: BalancedCollection(
        members: members,
        worth: members.reduce(.zero) { $0 + $1.weight * worth(of: $1.coalition) }))
  }

  /// A point of the core, or the balanced collection that proves it empty (Bondareva 1963; Shapley
  /// 1967).
  ///
  /// - Complexity: as ``leastCore(limit:)``.
  public func core(limit: WorkLimit = .none) throws(CoalitionGameError) -> Core {
    let least = try leastCore(limit: limit)
    return least.excess.signum > 0 ? .empty(least.balance) : .contains(least.payoffs)
  }
}
