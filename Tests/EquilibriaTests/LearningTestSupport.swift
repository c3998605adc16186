import Equilibria
import Games
import Mathematics

/// Methods and games for the tests of learning.
enum Learning {
  struct Method: Sendable {
    let name: String
    let start: @Sendable (ExtensiveGame) throws -> any SelfPlay
  }

  static let cfr = Method(name: "CFR") { CFR(try CompiledSequenceGame($0)) }
  static let plus = Method(name: "CFR+") { CFRPlus(try CompiledSequenceGame($0)) }
  static let discounted = Method(name: "DCFR") { DiscountedCFR(try CompiledSequenceGame($0)) }
  static let predictive = Method(name: "PCFR+") { PredictiveCFRPlus(try CompiledSequenceGame($0)) }
  static let sampling = Method(name: "ES") { try ExternalSamplingCFR($0, seed: 5) }
  static let exact = [cfr, plus, discounted, predictive]

  /// The NashConv of a method's average after so many iterations, for each of these numbers.
  static func nashConv(
    _ method: Method, on game: ExtensiveGame, after iterations: [Int]
  ) throws -> [Double] {
    var player = try method.start(game)
    return iterations.map { number in
      player.iterate(times: number - player.iterations)
      return Exploitability(of: player.averageProfile, in: player.game).nashConv
    }
  }

  /// A random profile; one choice in four is pure.
  static func profile(of tree: GameTree, seed: UInt64) -> BehaviorProfile {
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 13))
    var profile = BehaviorProfile(centroidOf: tree)
    for set in tree.informationSets {
      var weights = set.actions.map { _ in stream.uniform() + 0x1p-60 }
      if stream.uniform() < 0.25 {
        weights = Array(repeating: 0, count: weights.count)
        weights[Int.random(in: weights.indices, using: &stream)] = 1
      }
      let total = weights.reduce(0, +)
      for (action, weight) in zip(set.actionRange, weights) {
        profile.probabilities[action] = weight / total
      }
    }
    return profile
  }

  /// A random game of two players who see the odds alike, in which one wins what the other loses.
  static func zeroSum(seed: UInt64, ties: Bool = true) throws -> ExtensiveGame {
    var kind = RandomGames.Kind()
    kind.players = 2...2
    kind.subjectiveOdds = false
    kind.scales = false
    kind.ties = ties
    kind.largestDepth = 6
    kind.nodeLimit = 120
    var game = try RandomGames.game(kind, seed: seed)
    for end in game.tree.terminals.indices { game.payoffs[2 * end + 1] = -game.payoffs[2 * end] }
    return game
  }
}
