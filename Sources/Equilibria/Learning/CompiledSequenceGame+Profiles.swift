internal import Games

extension CompiledSequenceGame {
  /// By sequence: the probability of its last move under a profile, 1 for the empty sequences;
  /// without a profile all actions are alike.
  func play(of profile: BehaviorProfile?) -> [Double] {
    precondition(profile == nil || profile?.probabilities.count == actionCount)
    var play = [Double](repeating: 1, count: order.action.count)
    for group in order.groups {
      let share = 1 / Double(group.width)
      for sequence in group.sequences {
        let action = Int(order.action[sequence])
        play[sequence] = action < 0 ? share : profile?.probabilities[action] ?? share
      }
    }
    return play
  }

  /// The profile of realization plans, or of weighted sums of them. Sets that a player's own plan
  /// excludes get all actions alike.
  func profile(ofPlans plans: [Double]) -> BehaviorProfile {
    var probabilities = [Double](repeating: 0, count: actionCount)
    for group in order.groups {
      let share = 1 / Double(group.width)
      for place in 0..<group.setCount where order.action[group.firstSequence + place] >= 0 {
        let sequences = group.sequences(at: place)
        let total = sequences.reduce(0) { $0 + plans[$1] }
        for sequence in sequences {
          probabilities[Int(order.action[sequence])] = total > 0 ? plans[sequence] / total : share
        }
      }
    }
    return BehaviorProfile(probabilities)
  }
}
