import Equilibria
import Foundation
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

extension TreeGames {
  /// Some movers who choose without seeing anything, each best off with its first action, and an
  /// observer that learns to which of some groups the choices belong. Its payoffs are drawn, so that
  /// it depends on the trembles of all movers together what it believes and wants.
  static func mistakes(seed: UInt64) throws -> (game: ExtensiveGame, profile: [Int]) {
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 8))
    let movers = Int.random(in: 2...4, using: &stream)
    let actions = (0..<movers).map { _ in movers == 4 ? 2 : Int.random(in: 2...3, using: &stream) }
    let groups = Int.random(in: 2...4, using: &stream)
    let options = Int.random(in: 2...3, using: &stream)
    let spread = [1, 2, 5].randomElement(using: &stream) ?? 2
    func grow(_ history: [Int]) -> GameNode {
      let mover = history.count
      if mover < movers {
        return .decision(
          "M\(mover)", set: "M\(mover)", actions: (0..<actions[mover]).map { "a\($0)" }
        ) { grow(history + [$0]) }
      }
      let isRight = history.allSatisfy { $0 == 0 }
      let group = isRight ? 0 : Int.random(in: 1...groups, using: &stream)
      let yields = (0..<options).map { _ in Int.random(in: -spread...spread, using: &stream) }
      return .decision("O", set: "O\(group)", actions: (0..<options).map { "o\($0)" }) { option in
        let own = isRight ? 0 : yields[option]
        return .end(history.map { $0 == 0 ? 1 : 0 } + [Rational(own)])
      }
    }
    let game = try ExtensiveGame(
      "mistakes \(seed)", players: (0..<movers).map { "M\($0)" } + ["O"], grow([]))
    return (game, Array(repeating: 0, count: game.tree.informationSets.count))
  }
}

extension TreeGames {
  /// Two observed mistakes that cannot be told apart, and between which multiples of the second the
  /// likelihood of the first must lie for the observer's choice to be right.
  struct Pair {
    var first: [Int]
    var second: [Int]
    var low: Rational
    var high: Rational
  }

  /// Two or three movers with three actions each, of which the first is best, and an observer who
  /// must hold the likelihoods of some pairs of mistakes within bounds.
  static func pairs(seed: UInt64) throws -> (game: ExtensiveGame, pairs: [Pair]) {
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 9))
    let movers = Int.random(in: 2...3, using: &stream)
    var histories: [[Int]] = [[]]
    for _ in 0..<movers { histories = histories.flatMap { own in (0..<3).map { own + [$0] } } }
    histories.removeFirst()
    histories.shuffle(using: &stream)
    var pairs: [Pair] = []
    for place in 0..<Int.random(in: 2...4, using: &stream) {
      let bounds = (0..<2).map { _ in
        Rational(Int.random(in: 1...4, using: &stream), Int.random(in: 1...4, using: &stream))
      }.sorted()
      pairs.append(
        Pair(
          first: histories[2 * place], second: histories[2 * place + 1], low: bounds[0],
          high: bounds[1]))
    }
    func grow(_ history: [Int]) -> GameNode {
      if history.count < movers {
        let name = "M\(history.count)"
        return .decision(name, set: name, actions: ["right", "wrong", "worse"]) {
          grow(history + [$0])
        }
      }
      let own = history.map { $0 == 0 ? Rational.one : .zero }
      guard let place = pairs.firstIndex(where: { $0.first == history || $0.second == history })
      else { return .end(own + [0]) }
      let pair = pairs[place]
      let isFirst = pair.first == history
      return .decision(
        "O", set: "O\(place)",
        [
          "keep": .end(own + [0]), "more": .end(own + [isFirst ? -1 : pair.low]),
          "less": .end(own + [isFirst ? 1 : -pair.high]),
        ])
    }
    let players = (0..<movers).map { "M\($0)" } + ["O"]
    return (try ExtensiveGame("pairs \(seed)", players: players, grow([])), pairs)
  }

  /// In floating point: whether positive orders are equal in each pair, and likelihoods keep to the
  /// bounds.
  static func isPossible(_ pairs: [Pair]) throws -> Bool {
    let movers = pairs[0].first.count
    var orders = LinearProgram<Double>(.minimize, Array(repeating: 0, count: 2 * movers))
    var logs = orders
    logs.isFree = Array(repeating: true, count: 2 * movers)
    for mistake in 0..<(2 * movers) { orders.require([(mistake, 1)], .atLeast, 1) }
    for pair in pairs {
      var terms = [Double](repeating: 0, count: 2 * movers)
      for mover in 0..<movers {
        if pair.first[mover] > 0 { terms[2 * mover + pair.first[mover] - 1] += 1 }
        if pair.second[mover] > 0 { terms[2 * mover + pair.second[mover] - 1] -= 1 }
      }
      let sum = terms.enumerated().map { ($0, $1) }
      orders.require(sum, .equal, 0)
      logs.require(sum, .atLeast, log(pair.low.doubleValue))
      logs.require(sum, .atMost, log(pair.high.doubleValue))
    }
    for program in [orders, logs] {
      if case .infeasible = try program.solve() { return false }
    }
    return true
  }
}

extension TreeGames {
  /// A crisis between three: the first has a type that it alone knows, demands little, much or
  /// nothing; the second, who sees the demand, resists or not; an ally supports it or not; the first
  /// goes on or backs down. Payoffs are drawn from 0 to 99.
  static func crisis(types: Int, seed: UInt64) throws -> ExtensiveGame {
    var stream = SplitMix64(seed: seed)
    func end() -> GameNode { .end((0..<3).map { _ in Rational(Int(stream.next() % 100)) }) }
    func demand(_ type: Int, _ size: String) -> GameNode {
      func last(_ support: String) -> GameNode {
        .decision("1", set: "\(type), \(size), \(support)", ["back": end(), "escalate": end()])
      }
      return .decision(
        "2", set: "\(size) demand",
        [
          "concede": end(),
          "resist": .decision(
            "3", set: "\(size) resisted", ["support": last("with"), "abstain": last("without")]),
        ])
    }
    return try ExtensiveGame(
      "crisis \(seed)", players: ["1", "2", "3"],
      .chance("type", branches: (0..<types).map { ("\($0)", Rational(1, types)) }) { type in
        .decision(
          "1", set: "type \(type)",
          ["hold": end(), "low": demand(type, "low"), "high": demand(type, "high")])
      })
  }
}
