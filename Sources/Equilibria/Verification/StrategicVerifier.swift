public import Games
public import Mathematics

/// What a mixed profile is worth in a strategic game, exactly.
public struct StrategicCertificate: Sendable, Equatable {
  /// What each player expects.
  public let values: [Rational]
  /// What each player could gain by a change of its own strategy alone; 0 at a Nash equilibrium.
  public let regrets: [Rational]
  /// `strategyValues[player][strategy]`: what the strategy yields against the others.
  public let strategyValues: [[Rational]]

  /// The largest regret of any player.
  public var regret: Rational { regrets.max() ?? .zero }

  /// Nobody can gain by a change of its own strategy alone.
  public var isNash: Bool { regret.signum == 0 }

  /// The strategies of a player that are best replies to the others.
  public func bestReplies(of player: Int) -> [Int] {
    let best = strategyValues[player].max()
    return strategyValues[player].indices.filter { strategyValues[player][$0] == best }
  }
}

/// Checks mixed profiles of strategic games against the definition of Nash equilibrium, in exact
/// arithmetic and without any solver (Nash 1951, Non-cooperative games).
public enum StrategicVerifier {
  /// Why something is not a profile of the game.
  public enum Defect: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is not one distribution for each player.
    case players(expected: Int, found: Int)
    /// There is not one probability for each strategy.
    case strategies(player: String, expected: Int, found: Int)
    /// A probability is below 0.
    case negative(player: String, strategy: String)
    /// A player's probabilities do not add up to 1.
    case sum(player: String, total: Rational)

    /// What is wrong, as a sentence without a full stop.
    public var description: String {
      switch self {
      case .players(let expected, let found):
        "the game has \(expected) players, the profile \(found)"
      case .strategies(let player, let expected, let found):
        "\(player) has \(expected) strategies, but \(found) probabilities"
      case .negative(let player, let strategy):
        "the probability of \(player)'s strategy '\(strategy)' is below 0"
      case .sum(let player, let total):
        "the probabilities of \(player) add up to \(total), not to 1"
      }
    }
  }

  /// The exact values and regrets of a profile.
  ///
  /// - Throws: ``Defect`` where the probabilities are not a mixed profile of the game.
  /// - Complexity: for each player, its strategies times the combinations of strategies that the
  ///   others play with positive probability.
  public static func certificate(
    of profile: MixedProfile, in game: StrategicGame
  ) throws(Defect) -> StrategicCertificate {
    try check(profile, in: game)
    var values: [Rational] = []
    var regrets: [Rational] = []
    var strategyValues: [[Rational]] = []
    for player in game.players.indices {
      let others = combinations(of: profile, without: player, in: game)
      let yields = game.strategies[player].indices.map { strategy in
        others.reduce(Rational.zero) { sum, combination in
          let index = combination.index + strategy * game.strides[player]
          return sum + combination.probability * game.payoff(player, at: index)
        }
      }
      let value = zip(profile.probabilities[player], yields).reduce(Rational.zero) {
        $0 + $1.0 * $1.1
      }
      values.append(value)
      regrets.append((yields.max() ?? value) - value)
      strategyValues.append(yields)
    }
    return StrategicCertificate(values: values, regrets: regrets, strategyValues: strategyValues)
  }

  private static func check(_ profile: MixedProfile, in game: StrategicGame) throws(Defect) {
    let lists = profile.probabilities
    guard lists.count == game.players.count else {
      throw .players(expected: game.players.count, found: lists.count)
    }
    for (player, list) in lists.enumerated() {
      let names = game.strategies[player]
      guard list.count == names.count else {
        throw .strategies(
          player: game.players[player], expected: names.count, found: list.count)
      }
      for (strategy, probability) in list.enumerated() where probability.signum < 0 {
        throw .negative(player: game.players[player], strategy: names[strategy])
      }
      let total = list.reduce(.zero, +)
      if total != .one { throw .sum(player: game.players[player], total: total) }
    }
  }

  /// What the others play with positive probability: the sum of their strides, and how probable.
  private static func combinations(
    of profile: MixedProfile, without player: Int, in game: StrategicGame
  ) -> [(index: Int, probability: Rational)] {
    var all = [(index: 0, probability: Rational.one)]
    for other in game.players.indices where other != player {
      let list = profile.probabilities[other]
      all = list.indices.filter { list[$0].signum > 0 }.flatMap { strategy in
        all.map {
          ($0.index + strategy * game.strides[other], $0.probability * list[strategy])
        }
      }
    }
    return all
  }
}
