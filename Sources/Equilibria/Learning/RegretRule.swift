/// How the regret minimizer at one information set learns: what it keeps of its regrets, and how
/// heavily its next choice weighs each action. Regret matching (Hart & Mas-Colell 2000) then plays
/// each action in proportion to its weight, and all alike where every weight is exactly zero. The
/// numbers of several information sets stand side by side.
protocol RegretRule: Sendable {
  /// The rule with its constants for this iteration, counted from 1.
  func at(iteration: Int) -> Self
  /// What this iteration's realization plan weighs in the average.
  var averagingWeight: Double { get }
  /// The regret to keep for an action that would have gained so much over what was played.
  func updated(_ regret: SequenceLanes, gain: SequenceLanes) -> SequenceLanes
  /// The weight of an action, never negative, from the regret kept and the last gain.
  func weight(of regret: SequenceLanes, gain: SequenceLanes) -> SequenceLanes
}

extension SequenceLanes {
  /// What is positive of each number.
  @inline(__always)
  var positivePart: SequenceLanes { replacing(with: 0, where: self .< 0) }
}
