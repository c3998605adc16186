public import Games

/// Monte Carlo counterfactual regret minimization by external sampling (Lanctot, Waugh, Zinkevich &
/// Bowling 2009, Monte Carlo sampling for regret minimization in extensive games).
///
/// In each iteration every player in turn walks the tree once: it tries all of its own actions,
/// while one branch of each move of chance and of the others is drawn, and learns by regret matching
/// from what it met. A walk touches a small part of the tree, so that the first rough answer comes
/// much sooner in large games; accuracy then grows as the square root of the iterations.
///
/// A player's average is collected where the player before it walks and meets its information sets;
/// with two players this weighs each choice by the player's own realization probability, as it
/// should be. With more it weighs it by the play of the third parties too. The random numbers of an
/// iteration depend on the seed and its number alone: the same seed gives the same bytes.
public struct ExternalSamplingCFR: SelfPlay {
  /// The game that is played.
  public let game: CompiledSequenceGame
  /// Where the random numbers come from.
  public let seed: UInt64
  /// How often every player has learned so far.
  public private(set) var iterations = 0

  private let tree: SampledTree
  private let firstActions: [Int]
  /// Over the flat actions of the tree, as the next one.
  private var regret: [Double]
  private var sum: [Double]

  /// A fresh start.
  ///
  /// - Throws: ``LearningError`` if the game cannot be compiled, or has a path with too many moves.
  public init(_ game: ExtensiveGame, seed: UInt64) throws(LearningError) {
    self.game = try CompiledSequenceGame(game)
    self.seed = seed
    tree = try SampledTree(game)
    firstActions = game.tree.informationSets.map(\.firstAction) + [game.tree.actionCount]
    regret = Array(repeating: 0, count: game.tree.actionCount)
    sum = regret
  }

  /// Goes on for so many iterations.
  public mutating func iterate(times: Int) {
    let round = (iterations + 1)..<(iterations + 1 + max(times, 0))
    iterations += round.count
    tree.walk(round, seed: seed, regret: &regret, sum: &sum)
  }

  /// The average of play so far.
  public var averageProfile: BehaviorProfile {
    var probabilities = sum
    for set in firstActions.indices.dropLast() {
      let actions = firstActions[set]..<firstActions[set + 1]
      let total = sum[actions].reduce(0, +)
      for action in actions {
        probabilities[action] = total > 0 ? sum[action] / total : 1 / Double(actions.count)
      }
    }
    return BehaviorProfile(probabilities)
  }
}
