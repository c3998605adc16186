import Games
import Mathematics

/// Families of games that methods are measured on, each a pure function of its size and seed.
enum BenchmarkGames {
  /// Tables filled row by row with numbers below 100 from one stream of the seed 1000 · size +
  /// instance.
  static func matrices(_ count: Int, size: Int, instance: Int) -> [[[Rational]]] {
    var stream = SplitMix64(seed: UInt64(1000 * size + instance))
    return (0..<count).map { _ in
      (0..<size).map { _ in (0..<size).map { _ in Rational(Int(stream.next() % 100)) } }
    }
  }

  /// A game of constant sum 0 from the row player's payoffs.
  static func zeroSum(_ payoffs: [[Rational]]) -> StrategicGame {
    StrategicGames.bimatrix("zero-sum", payoffs.map { $0.map { ($0, -$0) } })
  }

  /// A random zero-sum game.
  static func zeroSum(size: Int, instance: Int) -> StrategicGame {
    zeroSum(matrices(1, size: size, instance: instance)[0])
  }

  /// A random two-player game.
  static func bimatrix(size: Int, instance: Int) -> Bimatrix {
    let tables = matrices(2, size: size, instance: instance)
    return Bimatrix(tables[0], tables[1])
  }

  /// Poker with one card each out of `ranks`, drawn independently. The first player bets or folds
  /// (-1, 1); then the second calls or folds (1, -1); at a call the higher rank wins 2, equals
  /// nothing.
  static func oneCardPoker(ranks: Int) throws -> ExtensiveGame {
    var builder = GameTreeBuilder(players: ["1", "2"])
    let deal = builder.chance(
      label: "deal", branches: (0..<(ranks * ranks)).map { "\($0 / ranks) \($0 % ranks)" })
    var payoffs: [Rational] = []
    func end(_ value: Int, _ place: GameTreeBuilder.Place) {
      builder.terminal(outcome: "\(value)", at: place)
      payoffs += [Rational(value), Rational(-value)]
    }
    for hand in 0..<(ranks * ranks) {
      let (first, second) = (hand / ranks, hand % ranks)
      let bet = builder.decision(
        player: 0, informationSet: "1: \(first)", actions: ["bet", "fold"], at: deal.branch(hand))
      let call = builder.decision(
        player: 1, informationSet: "2: \(second)", actions: ["call", "fold"], at: bet.branch(0))
      end(2 * (first - second).signum(), call.branch(0))
      end(1, call.branch(1))
      end(-1, bet.branch(1))
    }
    let tree = try builder.tree()
    return ExtensiveGame(
      title: "one-card poker", tree: tree, exactPayoffs: payoffs,
      exactOdds: tree.branchTarget.indices.map {
        $0 < ranks * ranks ? Rational(1, ranks * ranks) : .zero
      })
  }

  /// A crisis between three players: chance draws one of `types` of the first, which makes no, a
  /// low or a high demand; the second, who sees the demand alone, concedes or resists; the ally of
  /// the second, who sees the demand and that it is resisted, supports or abstains; the first backs
  /// down or escalates. Payoffs below 100 come from one stream, end by end, player by player.
  static func crisis(types: Int, seed: UInt64) throws -> ExtensiveGame {
    var stream = SplitMix64(seed: seed)
    var builder = GameTreeBuilder(players: ["1", "2", "3"])
    let nature = builder.chance(label: "type", branches: (0..<types).map { "\($0)" })
    var payoffs: [Rational] = []
    func end(_ place: GameTreeBuilder.Place) {
      builder.terminal(outcome: "\(payoffs.count / 3)", at: place)
      for _ in 0..<3 { payoffs.append(Rational(Int(stream.next() % 100))) }
    }
    for type in 0..<types {
      let demand = builder.decision(
        player: 0, informationSet: "1: \(type)", actions: ["hold", "low", "high"],
        at: nature.branch(type))
      end(demand.branch(0))
      for level in 1...2 {
        let reply = builder.decision(
          player: 1, informationSet: "2: \(level)", actions: ["concede", "resist"],
          at: demand.branch(level))
        end(reply.branch(0))
        let ally = builder.decision(
          player: 2, informationSet: "3: \(level)", actions: ["support", "abstain"],
          at: reply.branch(1))
        for stance in 0...1 {
          let last = builder.decision(
            player: 0, informationSet: "1: \(type) \(level) \(stance)",
            actions: ["back", "escalate"], at: ally.branch(stance))
          end(last.branch(0))
          end(last.branch(1))
        }
      }
    }
    let tree = try builder.tree()
    return ExtensiveGame(
      title: "crisis", tree: tree, exactPayoffs: payoffs,
      exactOdds: tree.branchTarget.indices.map { $0 < types ? Rational(1, types) : .zero })
  }
}
