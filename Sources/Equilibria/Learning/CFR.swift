public import Games

/// Counterfactual regret minimization (Zinkevich, Johanson, Bowling & Piccione 2007, Regret
/// minimization in games with incomplete information): regret matching at every information set,
/// the plain average of play. Players learn in turn, each from the newest play of the others.
///
/// After T iterations a player regrets at most Δ · |I| · √|A| / √T on average (theorems 3 and 4), where
/// Δ is its payoff range, |I| the number of its information sets and |A| of actions at them.
public struct CFR: SelfPlay {
  /// The game that is played.
  public let game: CompiledSequenceGame
  private var tables: RegretTables

  /// A fresh start, in which everybody plays all actions alike.
  public init(_ game: CompiledSequenceGame) {
    self.game = game
    tables = RegretTables(of: game)
  }

  /// How often every player has learned so far.
  public var iterations: Int { tables.iterations }

  /// The average of play so far.
  public var averageProfile: BehaviorProfile { tables.averageProfile(of: game) }

  /// Goes on for so many iterations.
  public mutating func iterate(times: Int) {
    tables.iterate(RegretMatching(), of: game, times: times)
  }
}

/// Plays in proportion to positive regrets.
struct RegretMatching: RegretRule {
  var averagingWeight: Double { 1 }

  func at(iteration: Int) -> RegretMatching { self }
  func updated(_ regret: SequenceLanes, gain: SequenceLanes) -> SequenceLanes { regret + gain }
  func weight(of regret: SequenceLanes, gain: SequenceLanes) -> SequenceLanes {
    regret.positivePart
  }
}
