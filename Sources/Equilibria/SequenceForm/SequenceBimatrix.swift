import Games
import Mathematics

/// What two players' sequences yield together: sums, over the ends that a pair of sequences leads
/// to, of the odds of chance times the payoffs. Only pairs that lead to an end are listed.
struct SequenceBimatrix<Number: OrderedField>: Sendable {
  /// The first player's sequence of each pair.
  private(set) var first: [Int] = []
  /// The second player's.
  private(set) var second: [Int] = []
  /// `values[player][pair]`, under the player's own odds.
  private(set) var values: [[Number]] = [[], []]

  /// The payoffs of a two-player game.
  init(of tree: GameTree, form: SequenceForm, numbers: TreeNumbers<Number>) {
    let reached = (0..<2).map { player in
      let odds = numbers.odds(heldBy: player)
      var reached = [Number](repeating: Number(1), count: tree.nodes.count)
      for id in tree.nodes.indices where tree.nodes[id].parent >= 0 {
        let parent = Int(tree.nodes[id].parent)
        reached[id] =
          tree.nodes[parent].kind == .chance
          ? reached[parent] * odds[Int(tree.nodes[id].incoming)] : reached[parent]
      }
      return reached
    }
    var pairs: [Int: Int] = [:]
    let width = form.sides[1].count
    for (terminal, end) in tree.terminals.enumerated() {
      let own = Int(form.leaves[terminal * 2])
      let other = Int(form.leaves[terminal * 2 + 1])
      let worth = (0..<2).map { reached[$0][end.node] * numbers.payoffs[terminal * 2 + $0] }
      if let pair = pairs[own * width + other] {
        for player in 0..<2 { values[player][pair] = values[player][pair] + worth[player] }
      } else {
        pairs[own * width + other] = first.count
        first.append(own)
        second.append(other)
        for player in 0..<2 { values[player].append(worth[player]) }
      }
    }
  }
}

extension SequenceBimatrix<Double> {
  /// In units of each player's own, so that no value is larger than 1.
  var normalized: SequenceBimatrix {
    var copy = self
    copy.values = values.map { values in
      let largest = values.reduce(0) { max($0, abs($1)) }
      return largest > 0 ? values.map { $0 / largest } : values
    }
    return copy
  }
}
