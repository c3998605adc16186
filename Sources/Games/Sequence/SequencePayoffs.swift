package import Mathematics

/// What two players' sequences yield together: sums, over the ends that a pair of sequences leads
/// to, of the odds of chance times the payoffs. Only pairs that lead to an end are listed.
package struct SequencePayoffs<Number: OrderedField>: Sendable {
  /// The first player's sequence of each pair.
  package let first: [Int]
  /// The second player's.
  package let second: [Int]
  /// `values[player][pair]`, under the player's own odds.
  package let values: [[Number]]

  /// - Parameter worth: a player's payoff at an end times the odds that it holds of getting there.
  private init(_ form: SequenceForm, _ terminals: Range<Int>, worth: (Int, Int) -> Number) {
    var pairs: [Int: Int] = [:]
    var first: [Int] = []
    var second: [Int] = []
    var values: [[Number]] = [[], []]
    let width = form.sides[1].count
    for terminal in terminals {
      let sequences = (Int(form.leaves[terminal * 2]), Int(form.leaves[terminal * 2 + 1]))
      let key = sequences.0 * width + sequences.1
      if let pair = pairs[key] {
        for player in 0..<2 {
          values[player][pair] = values[player][pair] + worth(terminal, player)
        }
        continue
      }
      pairs[key] = first.count
      first.append(sequences.0)
      second.append(sequences.1)
      for player in 0..<2 { values[player].append(worth(terminal, player)) }
    }
    self.first = first
    self.second = second
    self.values = values
  }
}

extension SequencePayoffs<Rational> {
  /// The exact payoffs of a two-player game.
  package init(
    of game: ExtensiveGame, form: SequenceForm, numbers: ReducedStrategicForm.Numbers
  ) throws(ReducedStrategicForm.Defect) {
    let odds = try PathOdds(of: game, numbers: numbers)
    let tree = game.tree
    var payoffs: [Rational] = []
    payoffs.reserveCapacity(game.payoffs.count)
    for place in game.payoffs.indices {
      guard let payoff = game.exactPayoff(place, numbers) else { throw .notFinite }
      payoffs.append(payoff)
    }
    self.init(form, tree.terminals.indices) { terminal, player in
      payoffs[terminal * 2 + player] * odds.odds(heldBy: player, of: tree.terminals[terminal].node)
    }
  }
}

extension SequencePayoffs<Double> {
  /// The payoffs of a two-player game in floating point, each player's between 0 and 1 at every end.
  package init(normalized game: ExtensiveGame, form: SequenceForm) {
    let tree = game.tree
    let reached = (0..<2).map { player in
      var reached = [Double](repeating: 1, count: tree.nodes.count)
      let odds = game.odds(heldBy: player)
      for id in tree.nodes.indices where tree.nodes[id].kind != .terminal {
        let isChance = tree.nodes[id].kind == .chance
        for branch in tree.branches(of: id) {
          reached[Int(tree.branchTarget[branch])] = reached[id] * (isChance ? odds[branch] : 1)
        }
      }
      return reached
    }
    let ranges = game.payoffRanges()
    let lowest = (0..<2).map { player in
      tree.terminals.indices.reduce(Double.infinity) { min($0, game.payoffs[$1 * 2 + player]) }
    }
    self.init(form, tree.terminals.indices) { terminal, player in
      (game.payoffs[terminal * 2 + player] - lowest[player]) / ranges[player]
        * reached[player][tree.terminals[terminal].node]
    }
  }
}
