import Games
import Mathematics

/// Texts and games made by rule, of any size.
enum GeneratedGames {
  /// A complete binary tree of perfect information in which two players alternate, as `.efg`. Every
  /// end is an outcome of its own; payoffs are SplitMix64's numbers modulo 100, from the depth as
  /// seed, in the order of the ends.
  static func completeBinary(depth: Int) -> String {
    var stream = SplitMix64(seed: UInt64(depth))
    var text = "EFG 2 R \"binary \(depth)\" { \"Player 1\" \"Player 2\" }\n\"\"\n"
    var sets = [0, 0]
    var ends = 0
    func grow(_ level: Int) {
      if level == depth {
        ends += 1
        let payoffs = (0..<2).map { _ in "\(stream.next() % 100)" }.joined(separator: ", ")
        text += "t \"\" \(ends) \"Outcome \(ends)\" { \(payoffs) }\n"
        return
      }
      let player = level % 2
      sets[player] += 1
      let number = sets[player]
      text += "p \"\" \(player + 1) \(number) \"(\(player + 1),\(number))\" { \"1\" \"2\" } 0\n"
      for _ in 0..<2 { grow(level + 1) }
    }
    grow(0)
    return text
  }

  /// Simplified one-card poker: chance deals each of two players one of several ranks. The first
  /// bets or folds, the second calls or folds.
  static func oneCardPoker(ranks: Int) -> String {
    var text = "EFG 2 R \"one-card poker\" { \"Player 1\" \"Player 2\" }\n\"\"\nc \"\" 1 \"deal\" {"
    for first in 1...ranks {
      for second in 1...ranks { text += " \"\(first) \(second)\" 1/\(ranks * ranks)" }
    }
    text += " } 0\n"
    for first in 1...ranks {
      for second in 1...ranks {
        text += "p \"\" 1 \(first) \"\(first)\" { \"Bet\" \"Fold\" } 0\n"
        text += "p \"\" 2 \(second) \"\(second)\" { \"Call\" \"Fold\" } 0\n"
        let worth = 2 * (first - second).signum()
        text += "t \"\" \(worth + 10) \"\(worth)\" { \(worth), \(-worth) }\n"
        text += "t \"\" 1 \"ante\" { 1, -1 }\nt \"\" 2 \"fold\" { -1, 1 }\n"
      }
    }
    return text
  }

  /// A random tree: any recall, any sharing of information sets that have as many actions, labels
  /// that are hard to write, exact payoffs and odds of every size, subjective odds and bargains
  /// none.
  static func random(_ seed: UInt64) throws -> ExtensiveGame {
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 23))
    let players = Int.random(in: 1...4, using: &stream)
    let names = ["A", "B b", "A", "\"Q\" \\ é", "", "<&>'\n"]
    var builder = GameTreeBuilder(
      players: (0..<players).map { names[($0 + Int(seed % 6)) % names.count] })
    var payoffs: [Rational] = []
    var odds: [Rational] = []
    var sets: [[(label: String, actions: [String])]] = Array(repeating: [], count: players)
    func number() -> Rational {
      switch Int.random(in: 0...4, using: &stream) {
      case 0, 1: Rational(Int.random(in: -3...3, using: &stream))
      case 2: Rational(Int.random(in: -999...999, using: &stream), 1000)
      case 3: Rational(exactly: stream.uniform()) ?? .zero
      default:
        Rational(Int.random(in: .min ... .max, using: &stream))
          / Rational(Int.random(in: 1 ... .max, using: &stream))
      }
    }
    func grow(_ place: GameTreeBuilder.Place, _ depth: Int) {
      let kind = Int.random(in: 0...5, using: &stream)
      if depth > 5 || kind == 0 && depth > 0 {
        builder.terminal(outcome: names[Int.random(in: 0..<6, using: &stream)], at: place)
        for _ in 0..<players { payoffs.append(number()) }
        return
      }
      let node: GameTreeBuilder.Started
      let count: Int
      if kind == 1 {
        let shares = (0..<Int.random(in: 1...3, using: &stream)).map { _ in number().magnitude }
        let total = shares.reduce(.zero, +)
        count = shares.count
        let isUseful = total.signum > 0
        odds += shares.indices.map { isUseful ? shares[$0] / total : ($0 == 0 ? .one : .zero) }
        node = builder.chance(
          label: names[Int.random(in: 0..<6, using: &stream)],
          branches: shares.indices.map { "branch \($0)" }, at: place)
      } else {
        let player = Int.random(in: 0..<players, using: &stream)
        if sets[player].isEmpty || Int.random(in: 0...2, using: &stream) > 0 {
          let actions = (0..<Int.random(in: 1...3, using: &stream)).map {
            names[($0 + depth) % names.count]
          }
          sets[player].append(("set \(player) \(sets[player].count)", actions))
        }
        let set = sets[player][Int.random(in: 0..<sets[player].count, using: &stream)]
        count = set.actions.count
        odds += Array(repeating: .zero, count: count)
        node = builder.decision(
          player: player, informationSet: set.label, actions: set.actions, at: place)
      }
      for branch in 0..<count { grow(node.branch(branch), depth + 1) }
    }
    grow(.root, 0)
    return ExtensiveGame(
      title: "random \(seed)", tree: try builder.tree(), exactPayoffs: payoffs, exactOdds: odds)
  }

  /// A random game of one to four players, with many ties and numbers of every kind.
  static func table(_ seed: UInt64) -> StrategicGame {
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 17))
    let players = Int.random(in: 1...4, using: &stream)
    let strategies = (0..<players).map { player in
      (0..<Int.random(in: 1...4, using: &stream)).map { "s\(player).\($0)" }
    }
    let kind = Int.random(in: 0...3, using: &stream)
    return StrategicGame(
      title: "random \(seed)", players: (0..<players).map { "P\($0)" }, strategies: strategies
    ) { _ in
      (0..<players).map { _ in
        switch kind {
        case 0: Rational(Int.random(in: -1...1, using: &stream))
        case 1:
          Rational(
            Int.random(in: -99...99, using: &stream), Int.random(in: 1...12, using: &stream))
        case 2: Rational(exactly: stream.uniform() * 1e-3) ?? .zero
        default:
          Rational(Int.random(in: .min ... .max, using: &stream))
            * Rational(Int.random(in: .min ... .max, using: &stream))
            / Rational(Int.random(in: 1 ... .max, using: &stream))
        }
      }
    }
  }
}
