public import Mathematics

extension SequenceForm {
  /// The realization plan of each player's part of a behavior profile.
  public func plans(of profile: BehaviorProfile) -> [[Double]] {
    plans(of: profile.probabilities, one: 1, zero: 0, times: *)
  }

  /// The exact realization plan of each player's part of a behavior profile.
  public func plans(of profile: ExactBehaviorProfile) -> [[Rational]] {
    plans(of: profile.probabilities, one: .one, zero: .zero, times: *)
  }

  private func plans<Number>(
    of probabilities: [Number], one: Number, zero: Number, times: (Number, Number) -> Number
  ) -> [[Number]] {
    sides.map { side in
      var plan = [Number](repeating: zero, count: side.count)
      plan[0] = one
      for position in side.informationSets.indices {
        for sequence in side.sequences(at: position) {
          plan[sequence] = times(plan[side.parent[position]], probabilities[side.action[sequence]])
        }
      }
      return plan
    }
  }

  /// The behavior profile of realization plans. Where a player's own plan excludes a set, so that
  /// it says nothing of the choice there, each action is equally likely.
  public func profile(of plans: [[Double]]) -> BehaviorProfile {
    var probabilities = [Double](repeating: 0, count: sequence.count)
    forEachSet(of: plans) { side, plan, position, sequences in
      let total = sequences.reduce(0) { $0 + max(0, plan[$1]) }
      for sequence in sequences {
        probabilities[side.action[sequence]] =
          total > 0 ? max(0, plan[sequence]) / total : 1 / Double(sequences.count)
      }
    }
    return BehaviorProfile(probabilities)
  }

  /// The exact behavior profile of exact realization plans; sets that a plan excludes as above.
  public func profile(of plans: [[Rational]]) -> ExactBehaviorProfile {
    var probabilities = [Rational](repeating: .zero, count: sequence.count)
    forEachSet(of: plans) { side, plan, position, sequences in
      let total = sequences.reduce(Rational.zero) { $0 + plan[$1] }
      for sequence in sequences {
        probabilities[side.action[sequence]] =
          total.signum > 0 ? plan[sequence] / total : Rational(1, sequences.count)
      }
    }
    return ExactBehaviorProfile(probabilities)
  }

  private func forEachSet<Number>(
    of plans: [[Number]], _ body: (Side, [Number], Int, Range<Int>) -> Void
  ) {
    for (side, plan) in zip(sides, plans) {
      for position in side.informationSets.indices {
        body(side, plan, position, side.sequences(at: position))
      }
    }
  }
}
