internal import Games

extension CompiledSequenceGame {
  /// The number of a behavior profile's probabilities.
  public var actionCount: Int { sequenceCount - players.count }

  /// By sequence: the probability of its last move under a profile, 1 for the empty sequences;
  /// without a profile all actions are alike.
  func play(of profile: BehaviorProfile?) -> [Double] {
    precondition(profile == nil || profile?.probabilities.count == actionCount)
    var play = [Double](repeating: 1, count: sequenceCount)
    for set in parent.indices {
      let sequences = sequences(at: set)
      for sequence in sequences {
        play[sequence] =
          profile?.probabilities[Int(action[sequence])] ?? 1 / Double(sequences.count)
      }
    }
    return play
  }

  /// Realization plans: by sequence the product of `play` along it.
  func reach(of play: [Double]) -> [Double] {
    var reach = play
    for set in parent.indices {
      let before = reach[Int(parent[set])]
      for sequence in sequences(at: set) { reach[sequence] = before * play[sequence] }
    }
    return reach
  }

  /// The profile of realization plans, or of weighted sums of them. Sets that a player's own plan
  /// excludes get all actions alike.
  func profile(ofPlans plans: [Double]) -> BehaviorProfile {
    var probabilities = [Double](repeating: 0, count: actionCount)
    for set in parent.indices {
      let sequences = sequences(at: set)
      let total = sequences.reduce(0) { $0 + plans[$1] }
      for sequence in sequences {
        probabilities[Int(action[sequence])] =
          total > 0 ? plans[sequence] / total : 1 / Double(sequences.count)
      }
    }
    return BehaviorProfile(probabilities)
  }
}
