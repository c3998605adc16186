public import Games
import Mathematics

/// Iterated elimination of strategies that another pure strategy strictly dominates.
///
/// A strategy is strictly dominated if some other yields more whatever the others do. The result
/// does not depend on the order of elimination (Gilboa, Kalai & Zemel 1990, On the order of
/// eliminating dominated strategies), and every Nash equilibrium survives. Strategies that only a
/// mixture dominates are kept.
public struct IteratedDominance: Sendable, Equatable {
  /// One strategy that went, and one that yields more whatever the others do.
  public struct Elimination: Sendable, Equatable {
    /// The player's id.
    public let player: Int
    /// The ordinal of the strategy that is dominated.
    public let strategy: Int
    /// The ordinal of a strategy that dominates it and survives the round.
    public let dominator: Int
  }

  /// The ordinals of each player's strategies that survive, in order.
  public let survivors: [[Int]]
  /// What went in each round: all strategies that are dominated in the game that the rounds
  /// before left. Empty if nothing is dominated.
  public let rounds: [[Elimination]]

  /// Eliminates until nothing is dominated.
  ///
  /// - Complexity: for each round and player, the square of its strategies times the combinations
  ///   of the others' strategies at worst; most comparisons end early.
  public init(of game: StrategicGame) {
    var left = game.strategies.map { Array($0.indices) }
    var rounds: [[Elimination]] = []
    while true {
      let round = game.players.indices.flatMap {
        IteratedDominance.dominated(of: $0, among: left, in: game)
      }
      if round.isEmpty { break }
      rounds.append(round)
      for elimination in round { left[elimination.player].removeAll { $0 == elimination.strategy } }
    }
    survivors = left
    self.rounds = rounds
  }

  /// The game of the strategies that survive.
  public func reduced(_ game: StrategicGame) -> StrategicGame {
    let strategies = zip(survivors, game.strategies).map { list, names in list.map { names[$0] } }
    return StrategicGame(
      title: game.title, players: game.players, strategies: strategies
    ) { profile in
      let index = game.index(of: zip(profile, survivors).map { $1[$0] })
      return game.players.indices.map { game.payoff($0, at: index) }
    }
  }

  private static func dominated(
    of player: Int, among left: [[Int]], in game: StrategicGame
  ) -> [Elimination] {
    var others = [0]
    for other in left.indices where other != player {
      others = left[other].flatMap { strategy in
        others.map { $0 + strategy * game.strides[other] }
      }
    }
    func dominates(_ first: Int, _ second: Int) -> Bool {
      let stride = game.strides[player]
      return others.allSatisfy {
        game.payoff(player, at: $0 + first * stride) > game.payoff(player, at: $0 + second * stride)
      }
    }
    let own = left[player]
    var dominator: [Int: Int] = [:]
    for strategy in own {
      // What goes in this round need not be tried: what dominates it dominates more.
      if let better = own.first(where: { dominator[$0] == nil && dominates($0, strategy) }) {
        dominator[strategy] = better
      }
    }
    return own.compactMap { strategy in
      guard var better = dominator[strategy] else { return nil }
      while let next = dominator[better] { better = next }
      return Elimination(player: player, strategy: strategy, dominator: better)
    }
  }
}
