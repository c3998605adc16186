public import Games

/// CFR+ (Tammelin 2014, Solving large imperfect information games using CFR+): regrets never fall
/// below 0, and iteration t weighs t in the average. Players learn in turn.
///
/// Its bound is that of ``CFR`` (Tammelin, Burch, Johanson & Bowling 2015; Burch, Moravčík & Schmid
/// 2019); in practice it is far faster.
public struct CFRPlus: SelfPlay {
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

  /// The average of play so far, by weights that grow linearly.
  public var averageProfile: BehaviorProfile { tables.averageProfile(of: game) }

  /// Goes on for so many iterations.
  public mutating func iterate(times: Int) {
    tables.iterate(RegretMatchingPlus(averagingWeight: 0), of: game, times: times)
  }
}

/// Plays in proportion to regrets that are cut off at 0.
struct RegretMatchingPlus: RegretRule {
  var averagingWeight: Double

  func at(iteration: Int) -> RegretMatchingPlus {
    RegretMatchingPlus(averagingWeight: Double(iteration))
  }
  func updated(_ regret: SequenceLanes, gain: SequenceLanes) -> SequenceLanes {
    (regret + gain).positivePart
  }
  func weight(of regret: SequenceLanes, gain: SequenceLanes) -> SequenceLanes { regret }
}
