internal import Games

/// What regret minimization remembers, by sequence of a ``CompiledSequenceGame``.
///
/// Counterfactual regret minimization (Zinkevich, Johanson, Bowling & Piccione 2007) puts a regret
/// minimizer at each information set, which learns from counterfactual values: what each action is
/// worth when the others and chance play to reach the set. In the sequence form these are the sums
/// of the rows of the set's sequences and of what the player goes on to make of them, so that an
/// iteration is, for each player, one pass over its rows, one over its sets from the last to the
/// first, and one back.
struct RegretTables: Sendable {
  /// How often every player has learned.
  var iterations = 0
  /// The probability of the last move at its information set.
  var play: [Double]
  /// The product of ``play`` along the sequence.
  var reach: [Double]
  /// What is kept of the regrets.
  var regret: [Double]
  /// The weighted sum of ``reach`` over iterations.
  var sum: [Double]
  /// Room for counterfactual values.
  var worth: [Double]

  /// Everybody plays all actions alike and regrets nothing.
  init(of game: CompiledSequenceGame) {
    play = game.play(of: nil)
    reach = game.reach(of: play)
    let zeros = [Double](repeating: 0, count: play.count)
    (regret, sum, worth) = (zeros, zeros, zeros)
  }

  /// The average of the realization plans played, as a profile.
  func averageProfile(of game: CompiledSequenceGame) -> BehaviorProfile {
    game.profile(ofPlans: sum)
  }
}
