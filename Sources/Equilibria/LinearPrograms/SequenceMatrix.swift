import Games
import Mathematics

/// What the first player of a two-player game expects, by pairs of sequences: a sparse matrix whose
/// entry is the sum, over the ends that both sequences lead to, of payoff times odds of chance.
struct SequenceMatrix<Number: SimplexNumber> {
  let form: SequenceForm
  /// Entry by entry the players' sequences, in the order of the second's, then the first's.
  let sequences: [(first: Int, second: Int)]
  /// Entry by entry what is expected.
  let values: [Number]

  /// Adds up the ends, `worth[end]` being payoff times odds; ends worth 0 are left out.
  init(form: SequenceForm, worth: [Number]) {
    self.form = form
    var ends = worth.indices.filter { !worth[$0].isZero }
    func second(_ end: Int) -> Int { Int(form.leaves[2 * end + 1]) }
    func first(_ end: Int) -> Int { Int(form.leaves[2 * end]) }
    ends.sort { (second($0), first($0), $0) < (second($1), first($1), $1) }
    var sequences: [(first: Int, second: Int)] = []
    var values: [Number] = []
    for end in ends {
      let pair = (first: first(end), second: second(end))
      if let last = sequences.last, last == pair {
        values[values.count - 1] = values[values.count - 1] + worth[end]
      } else {
        sequences.append(pair)
        values.append(worth[end])
      }
    }
    self.sequences = sequences
    self.values = values
  }

  /// For each sequence of a player what its ends are worth against the other's plan.
  func worths(of player: Int, against plan: [Number]) -> [Number] {
    var worths = [Number](repeating: .zero, count: form.sides[player].count)
    for (entry, pair) in sequences.enumerated() {
      let (own, other) = player == 0 ? pair : (pair.second, pair.first)
      if !plan[other].isZero { worths[own] = worths[own] + values[entry] * plan[other] }
    }
    return worths
  }

  /// What the first player expects.
  func value(_ first: [Number], _ second: [Number]) -> Number {
    var sum = Number.zero
    for (worth, share) in zip(worths(of: 0, against: second), first) where !share.isZero {
      sum = sum + worth * share
    }
    return sum
  }

  /// A best reply, which is best at every set of the player's, and what the first player then
  /// expects: the most if it is the player, the least if it is the other.
  ///
  /// - Returns: for each set of the side the continuation that is chosen.
  func bestReply(of player: Int, to plan: [Number]) -> (value: Number, choices: [Int]) {
    let side = form.sides[player]
    var worths = worths(of: player, against: plan)
    var choices = [Int](repeating: 0, count: side.informationSets.count)
    // Sets follow those that lead to them.
    for position in side.informationSets.indices.reversed() {
      var best = side.first[position]
      for sequence in side.sequences(at: position) {
        let isBetter =
          player == 0 ? worths[sequence] > worths[best] : worths[sequence] < worths[best]
        if isBetter { best = sequence }
      }
      choices[position] = best
      let parent = side.parent[position]
      worths[parent] = worths[parent] + worths[best]
    }
    return (worths[0], choices)
  }

  /// The plan that makes a choice at each set of a player.
  func plan(of player: Int, choosing choices: [Int]) -> [Number] {
    let side = form.sides[player]
    var plan = [Number](repeating: .zero, count: side.count)
    plan[0] = .one
    for (position, choice) in choices.enumerated() { plan[choice] = plan[side.parent[position]] }
    return plan
  }

  /// The plan under which all actions are equally likely.
  func evenPlan(of player: Int) -> [Number] {
    let side = form.sides[player]
    var plan = [Number](repeating: .zero, count: side.count)
    plan[0] = .one
    for position in side.informationSets.indices {
      let continuations = side.sequences(at: position)
      let count = continuations.reduce(Number.zero) { sum, _ in sum + .one }
      for sequence in continuations { plan[sequence] = plan[side.parent[position]] / count }
    }
    return plan
  }
}
