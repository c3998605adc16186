import Games
import Mathematics

/// The linear program of Koller, Megiddo & von Stengel (1996, Efficient computation of equilibria
/// for extensive two-person games, section 3) for a game of constant sum.
///
/// Its variables are the first player's realization plan and, for each information set of the
/// second, what the second holds the first to from there on, which is free. For each sequence of
/// the second player a constraint says that it may choose to go on with it; the dual variables are
/// the second player's plan. The empty sequences, of probability 1, are constants.
struct SequenceProgram<Number: SimplexNumber> {
  let payoffs: SequenceMatrix<Number>
  /// What is to be added to the program's value.
  let constant: Number
  let program: LinearProgram<Number>
  /// A start that is feasible: a pure strategy of the first player and the second's best reply.
  let start: [StartingPivot]

  init(_ payoffs: SequenceMatrix<Number>) {
    self.payoffs = payoffs
    let own = payoffs.form.sides[0]
    let other = payoffs.form.sides[1]
    let width = own.count - 1
    var objective = [Number](repeating: .zero, count: width + other.informationSets.count)
    var constant = Number.zero
    // Constraints by the second player's sequences, the empty one left out.
    var terms = [[(Int, Number)]](repeating: [], count: other.count)
    var bounds = [Number](repeating: .zero, count: other.count)
    for (entry, pair) in payoffs.sequences.enumerated() {
      let value = payoffs.values[entry]
      switch (pair.first, pair.second) {
      case (0, 0): constant = value
      case (_, 0): objective[pair.first - 1] = value
      case (0, _): bounds[pair.second] = value
      default: terms[pair.second].append((pair.first - 1, -value))
      }
    }
    for position in other.informationSets.indices {
      let parent = other.parent[position]
      if parent == 0 {
        objective[width + position] = .one
      } else {
        terms[parent].append((width + position, -.one))
      }
      for sequence in other.sequences(at: position) {
        terms[sequence].append((width + position, .one))
      }
    }
    var program = LinearProgram<Number>(.maximize, objective)
    for position in other.informationSets.indices { program.isFree[width + position] = true }
    for sequence in 1..<other.count {
      program.require(terms[sequence], .atMost, bounds[sequence])
    }
    for position in own.informationSets.indices {
      let parent = own.parent[position]
      var sum = own.sequences(at: position).map { ($0 - 1, Number.one) }
      if parent > 0 { sum.append((parent - 1, -.one)) }
      program.require(sum, .equal, parent > 0 ? .zero : .one)
    }
    self.constant = constant
    self.program = program

    let reply = payoffs.bestReply(of: 0, to: payoffs.evenPlan(of: 1)).choices
    let answer = payoffs.bestReply(of: 1, to: payoffs.plan(of: 0, choosing: reply)).choices
    start =
      reply.enumerated().map { position, choice in
        StartingPivot(variable: choice - 1, constraint: other.count - 1 + position)
      }
      + answer.enumerated().map { position, choice in
        StartingPivot(variable: width + position, constraint: choice - 1)
      }
  }

  /// Both players' plans from a solution.
  func plans(of solution: LinearProgramSolution<Number>) -> [[Number]] {
    let (own, other) = (payoffs.form.sides[0], payoffs.form.sides[1])
    return [
      [.one] + solution.variables[..<(own.count - 1)],
      [.one] + solution.duals[..<(other.count - 1)],
    ]
  }
}
