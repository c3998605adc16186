public import Games
public import Mathematics

/// All Nash equilibria in pure strategies, exactly (Nash 1951, Non-cooperative games).
public enum PureEquilibria {
  /// Every profile of ordinals at which nobody can gain by a change of its own strategy alone, in
  /// the order of ``StrategicGame/index(of:)``. The list is complete; it may be empty.
  ///
  /// Ties are compared exactly: every best reply counts.
  /// - Complexity: two comparisons for each profile and player, and one byte of memory per profile.
  public static func all(of game: StrategicGame) -> [[Int]] { list(of: game, limit: nil).profiles }

  /// The same as a list, which ends early where the limit is reached. Those on it are equilibria
  /// even then.
  ///
  /// - Parameter limit: when to stop, counted in lines, that is one player's strategies against one
  ///   combination of the others'; nil for never, cancelled or not.
  public static func list(of game: StrategicGame, limit: WorkLimit?) -> PureList {
    let count = game.profileCount
    var isStable = [Bool](repeating: true, count: count)
    var lines = 0
    var stop: WorkLimit.Stop?
    // The last player's lines, which come last, confirm profiles that no other player leaves. Each
    // holds the profiles of one combination of the others' strategies.
    var confirmed = 0
    let combinations = game.strides.last ?? 1
    search: for player in game.players.indices {
      let stride = game.strides[player]
      let block = stride * game.strategies[player].count
      for start in Swift.stride(from: 0, to: count, by: block) {
        for first in start..<(start + stride) {
          stop = limit?.stop(after: lines)
          if stop != nil { break search }
          lines += 1
          // The profiles that differ only in this player's strategy.
          let line = Swift.stride(from: first, to: first + block, by: stride)
          var best = game.payoff(player, at: first)
          for index in line { best = max(best, game.payoff(player, at: index)) }
          for index in line where game.payoff(player, at: index) != best { isStable[index] = false }
          if player == game.players.count - 1 { confirmed += 1 }
        }
      }
    }
    let found = (0..<count).filter { isStable[$0] && $0 % combinations < confirmed }
    return PureList(
      profiles: found.map { index in
        game.players.indices.map { game.strategy(of: $0, in: index) }
      }, stop: stop.map { .work($0) })
  }
}

extension MixedProfile {
  /// The profile in which each player takes one strategy of a game with certainty.
  public init(pure profile: [Int], of game: StrategicGame) {
    self.init(
      zip(profile, game.strategies).map { chosen, list in
        list.indices.map { $0 == chosen ? .one : .zero }
      })
  }
}
