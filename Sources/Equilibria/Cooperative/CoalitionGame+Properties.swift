public import Mathematics

/// Properties of games, each with a counterexample where it fails.
extension CoalitionGame {
  /// Two disjoint coalitions that are worth more apart than together; nil if the game is
  /// superadditive.
  ///
  /// - Complexity: 3ⁿ/2 sums unless the game is convex.
  public func superadditivityCounterexample(
    limit: WorkLimit = .none
  ) throws(CoalitionGameError) -> (first: Coalition, second: Coalition)? {
    // Convex games are superadditive, and convexity is quickly seen.
    if isConvex { return nil }
    for union in 1..<worths.count {
      if let stop = limit.stop(after: union - 1) { throw .stopped(stop) }
      // Each split once: the part with the union's lowest member, and the rest.
      let lowest = union & -union
      var rest = union ^ lowest
      while rest > 0 {
        if worths[rest] + worths[union ^ rest] > worths[union] {
          return (Coalition(bits: union ^ rest), Coalition(bits: rest))
        }
        rest = (rest - 1) & (union ^ lowest)
      }
    }
    return nil
  }

  /// Disjoint coalitions are worth no more apart than together.
  ///
  /// - Complexity: 3ⁿ/2 sums unless the game is convex.
  public func isSuperadditive(limit: WorkLimit = .none) throws(CoalitionGameError) -> Bool {
    try superadditivityCounterexample(limit: limit) == nil
  }

  /// Two coalitions with `v(S) + v(T) > v(S ∪ T) + v(S ∩ T)`; nil if the game is convex. It suffices
  /// to look at coalitions that differ by one member each (Shapley 1971, Cores of convex games).
  ///
  /// - Complexity: n² 2ⁿ/8 sums.
  public var convexityCounterexample: (first: Coalition, second: Coalition)? {
    for base in worths.indices {
      for first in players.indices where base >> first & 1 == 0 {
        let one = base | 1 << first
        for second in (first + 1)..<max(players.count, first + 1) where base >> second & 1 == 0 {
          let other = base | 1 << second
          if worths[one] + worths[other] > worths[one | other] + worths[base] {
            return (Coalition(bits: one), Coalition(bits: other))
          }
        }
      }
    }
    return nil
  }

  /// A player adds no less to a larger coalition than to a smaller one (Shapley 1971).
  public var isConvex: Bool { convexityCounterexample == nil }

  /// A coalition and a player by whose joining it becomes worth less; nil if the game is monotone.
  public var monotonicityCounterexample: (coalition: Coalition, player: Int)? {
    for bits in worths.indices {
      for player in players.indices where bits >> player & 1 == 0 {
        if worths[bits | 1 << player] < worths[bits] { return (Coalition(bits: bits), player) }
      }
    }
    return nil
  }

  /// Nobody makes a coalition worth less by joining it.
  public var isMonotone: Bool { monotonicityCounterexample == nil }

  /// All together secure more than each for itself.
  public var isEssential: Bool { soloWorth < worths[worths.count - 1] }

  /// The sum of what each secures alone.
  var soloWorth: Rational { players.indices.reduce(.zero) { $0 + worth(alone: $1) } }

  /// Every coalition wins (1) or loses (0), the grand coalition wins, and more members never hurt
  /// (Shapley 1962, Simple games).
  public var isSimple: Bool {
    worths.allSatisfy { $0 == .zero || $0 == .one } && worths[worths.count - 1] == .one
      && isMonotone
  }

  /// The coalitions that win, in a simple game, while none of their proper subsets does.
  public var minimalWinningCoalitions: [Coalition] {
    worths.indices.filter { bits in
      worths[bits] == .one
        && players.indices.allSatisfy { bits >> $0 & 1 == 0 || worths[bits ^ 1 << $0] != .one }
    }.map { Coalition(bits: $0) }
  }
}
