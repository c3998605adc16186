import Games
import Mathematics

/// The ends of a two-player tree of constant sum: the odds of chance and the first player's exact
/// payoff at each. Ends that chance excludes have odds 0 and payoff 0, whatever the game says.
struct ConstantSumEnds {
  let form: SequenceForm
  let odds: [Rational]
  let payoffs: [Rational]
  let sum: Rational

  init(
    of game: ExtensiveGame, numbers: ReducedStrategicForm.Numbers
  ) throws(ZeroSumError) {
    form = try ConstantSumEnds.form(of: game)
    let tree = game.tree
    let path: PathOdds
    do {
      path = try PathOdds(of: game, numbers: numbers)
    } catch {
      if case .odds(let move) = error { throw .odds(move: move) }
      throw .notFinite
    }
    odds = tree.terminals.map { path.odds(heldBy: 0, of: $0.node) }
    var payoffs: [Rational] = []
    var constant: Rational?
    for (terminal, end) in tree.terminals.enumerated() {
      guard odds[terminal].signum > 0 else {
        payoffs.append(.zero)
        continue
      }
      func payoff(_ player: Int) -> Rational? {
        let place = 2 * terminal + player
        return numbers.exact(game.payoffs[place], kept: game.exact.payoffs[place])
      }
      guard let first = payoff(0), let second = payoff(1) else { throw .notFinite }
      let sum = first + second
      let expected = constant ?? sum
      constant = expected
      if sum != expected {
        throw .notConstantSumAtEnd(
          outcome: tree.outcomes[end.outcome], node: end.node, sum: sum, expected: expected)
      }
      payoffs.append(first)
    }
    self.payoffs = payoffs
    sum = constant ?? .zero
  }

  /// The sequence form of a game of two players who hold common odds.
  static func form(of game: ExtensiveGame) throws(ZeroSumError) -> SequenceForm {
    let players = game.tree.players
    guard players.count == 2 else { throw .notTwoPlayers(count: players.count) }
    for (player, odds) in zip(players, game.subjectiveOdds) where odds != nil && odds != game.odds {
      throw .subjectiveOdds(player: player)
    }
    do {
      return try SequenceForm(of: game.tree)
    } catch {
      throw .sequenceForm(error)
    }
  }
}

/// The same in floating point, the payoffs as parts of their range. That the sum is constant is
/// tested exactly.
struct NumericConstantSumEnds {
  let form: SequenceForm
  let odds: [Double]
  let payoffs: NormalizedPayoffs
  let sum: Rational

  init(of game: ExtensiveGame) throws(ZeroSumError) {
    let tree = game.tree
    guard game.payoffs.allSatisfy(\.isFinite) else { throw .notFinite }
    guard game.exact.payoffs.isEmpty, NumericConstantSumEnds.isPlainlyConstant(game) else {
      // Numbers beyond doubles, or excluded ends: the long way.
      let exact = try ConstantSumEnds(of: game, numbers: .doubles)
      let reached = exact.odds.indices.filter { exact.odds[$0].signum > 0 }
      let normalized = NormalizedPayoffs(reached.map { exact.payoffs[$0] })
      form = exact.form
      odds = exact.odds.map(\.doubleValue)
      payoffs = normalized.spread(over: exact.odds.count, at: reached)
      sum = exact.sum
      return
    }
    form = try ConstantSumEnds.form(of: game)
    var reached = [Double](repeating: 1, count: tree.nodes.count)
    for (id, node) in tree.nodes.enumerated() where node.kind != .terminal {
      let branches = tree.branches(of: id)
      var total = 1.0
      if node.kind == .chance {
        total = branches.reduce(0) { $0 + game.odds[$1] }
        guard total > 0, total.isFinite, branches.allSatisfy({ game.odds[$0] >= 0 }) else {
          throw .odds(move: tree.chanceMoves[Int(node.index)].label)
        }
      }
      for branch in branches {
        let share = node.kind == .chance ? game.odds[branch] / total : 1
        reached[Int(tree.branchTarget[branch])] = reached[id] * share
      }
    }
    odds = tree.terminals.map { reached[$0.node] }
    payoffs = NormalizedPayoffs(
      rounded: tree.terminals.indices.map { game.payoffs[2 * $0] })
    sum =
      (Rational(exactly: game.payoffs[0]) ?? .zero) + (Rational(exactly: game.payoffs[1]) ?? .zero)
  }

  /// All ends have one sum. The sum of two doubles is, exactly, its rounding and what that lost
  /// (Knuth, The Art of Computer Programming, volume 2, section 4.2.2), and both are its own.
  private static func isPlainlyConstant(_ game: ExtensiveGame) -> Bool {
    func sum(_ end: Int) -> (rounded: Double, lost: Double) {
      let (a, b) = (game.payoffs[2 * end], game.payoffs[2 * end + 1])
      let rounded = a + b
      let part = rounded - a
      return (rounded, (a - (rounded - part)) + (b - part))
    }
    guard game.tree.players.count == 2 else { return false }
    let expected = sum(0)
    return game.tree.terminals.indices.allSatisfy { sum($0) == expected }
  }
}
