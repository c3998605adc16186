import Equilibria
import Mathematics

/// Coalition games of the literature, and random ones.
enum CoalitionGames {
  static func names(_ count: Int) -> [String] { (1...count).map { "\($0)" } }

  /// One left glove and right ones (Shapley & Shubik 1969, On market games): pairs are worth 1.
  static func gloves(left: Int, right: Int) throws -> CoalitionGame {
    try CoalitionGame(players: names(left + right)) { coalition in
      let lefts = coalition.members.count { $0 < left }
      return Rational(min(lefts, coalition.count - lefts))
    }
  }

  /// A coalition of creditors is worth what is left of an estate when the others are paid in full
  /// (O'Neill 1982; Aumann & Maschler 1985).
  static func bankruptcy(estate: Rational, claims: [Rational]) throws -> CoalitionGame {
    try CoalitionGame(players: names(claims.count)) { coalition in
      max(
        .zero,
        claims.indices.reduce(estate) { coalition.contains($1) ? $0 : $0 - claims[$1] })
    }
  }

  /// A runway costs what its largest user needs; costs are negative worths (Littlechild & Owen
  /// 1973).
  static func airport(costs: [Rational]) throws -> CoalitionGame {
    try CoalitionGame(players: names(costs.count)) { coalition in
      -(coalition.members.map { costs[$0] }.max() ?? .zero)
    }
  }

  /// The votes of [quota; weights].
  static func vote(_ quota: Int, _ weights: [Int]) throws -> CoalitionGame {
    try CoalitionGame(
      players: names(weights.count), quota: Rational(quota),
      weights: weights.map { Rational($0) })
  }

  /// All members, and nobody else, are needed (Shapley 1953).
  static func unanimity(_ members: Coalition, players: Int) throws -> CoalitionGame {
    try CoalitionGame(players: names(players)) {
      $0.bits & members.bits == members.bits ? .one : .zero
    }
  }

  /// Worths from a few numbers, with many ties, or from a range of fractions.
  static func random(players: Int, _ stream: inout SplitMix64) throws -> CoalitionGame {
    let ties = stream.uniform() < 0.5
    return try CoalitionGame(players: names(players)) { _ in
      ties
        ? Rational(Int.random(in: -1...3, using: &stream))
        : Rational(Int.random(in: -50...100, using: &stream), Int.random(in: 1...9, using: &stream))
    }
  }

  /// A sum of unanimity games with nonnegative weights is convex, to which a game is added in which
  /// every player is worth the same in every coalition.
  static func convex(players: Int, _ stream: inout SplitMix64) throws -> CoalitionGame {
    let weights = (1..<(1 << players)).map { bits in
      Rational(
        bits.nonzeroBitCount == 1
          ? Int.random(in: -3...3, using: &stream) : max(0, Int.random(in: -2...3, using: &stream)))
    }
    return try CoalitionGame(players: names(players)) { coalition in
      (1..<(1 << players)).reduce(Rational.zero) {
        coalition.bits & $1 == $1 ? $0 + weights[$1 - 1] : $0
      }
    }
  }

  /// Excesses of proper coalitions, the largest first.
  static func excesses(_ game: CoalitionGame, at payoffs: [Rational]) -> [Rational] {
    (1..<(game.worths.count - 1)).map { bits in
      Coalition(bits: bits).members.reduce(game.worths[bits]) { $0 - payoffs[$1] }
    }.sorted(by: >)
  }
}
