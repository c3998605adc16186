import Equilibria
import Games
import Mathematics

/// Small random trees for the exact methods, and what brute force needs.
enum TreeGames {
  /// Kinds of small games, with the most pure profiles for brute force.
  static let kinds: [(name: String, kind: RandomGames.Kind)] = {
    var ties = RandomGames.Kind()
    ties.players = 1...3
    ties.nodeLimit = 16
    ties.scales = false
    var common = ties
    common.subjectiveOdds = false
    common.zeroOdds = false
    var generic = common
    generic.ties = false
    var deep = ties
    deep.largestDepth = 6
    deep.nodeLimit = 22
    return [("ties", ties), ("common", common), ("generic", generic), ("deep", deep)]
  }()

  /// Perfect information, with ties.
  static let open: RandomGames.Kind = {
    var kind = RandomGames.Kind()
    kind.players = 1...3
    kind.nodeLimit = 16
    kind.scales = false
    kind.perfectInformation = true
    return kind
  }()

  /// All profiles of an action at every information set; nil if there are more than the limit.
  static func profiles(of tree: GameTree, limit: Int) -> [[Int]]? {
    var all: [[Int]] = [[]]
    for set in tree.informationSets {
      if all.count * set.actions.count > limit { return nil }
      all = all.flatMap { profile in set.actions.indices.map { profile + [$0] } }
    }
    return all
  }

  /// A fully or partly mixed exact profile.
  static func mixed(of tree: GameTree, seed: UInt64) -> ExactBehaviorProfile {
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 5))
    return ExactBehaviorProfile(
      tree.informationSets.flatMap { set in
        var parts = set.actions.map { _ in Int.random(in: 0...3, using: &stream) }
        if parts.allSatisfy({ $0 == 0 }) { parts[0] = 1 }
        let total = parts.reduce(0, +)
        return parts.map { Rational($0, total) }
      })
  }

  /// Trembles of orders 1 to 4 with small coefficients.
  static func witness(for profile: ExactBehaviorProfile, seed: UInt64) -> TrembleWitness {
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 6))
    return TrembleWitness(
      orders: profile.probabilities.map {
        $0.signum > 0 ? 0 : Int.random(in: 1...4, using: &stream)
      },
      coefficients: profile.probabilities.map {
        $0.signum > 0
          ? $0
          : Rational(Int.random(in: 1...6, using: &stream), Int.random(in: 1...6, using: &stream))
      })
  }

  /// Whether every information set has one node.
  static func isOpen(_ tree: GameTree) -> Bool {
    tree.informationSets.allSatisfy { $0.nodes.count == 1 }
  }
}
