import Mathematics

/// The dual of the linear program whose solutions are the best correlated equilibria: the least
/// bound on the worth of all profiles, where each deviation may be given a multiplier and each
/// profile is worth its worth less the multiplied gains of deviating from it.
struct IncentiveProgram<Number: SimplexNumber> {
  let program: LinearProgram<Number>
  /// The bound is the worth of the best profile.
  let start: [StartingPivot]

  /// - Parameter worth: of each profile.
  init(
    _ concept: CorrelatedConcept, sizes: [Int], strides: [Int], worth: [Number],
    payoff: (_ player: Int, _ profile: Int) -> Number
  ) {
    // Deviations: of each player by what is told, unless that does not matter, and what is done.
    var first: [Int] = []
    var count = 0
    for size in sizes {
      first.append(count)
      count += concept == .coarse ? size : size * size
    }
    var objective = [Number](repeating: .zero, count: count + 1)
    objective[count] = .one
    var program = LinearProgram<Number>(.minimize, objective)
    program.isFree[count] = true
    program.constraints.reserveCapacity(worth.count)
    for (profile, worth) in worth.enumerated() {
      var terms: [(Int, Number)] = []
      for (player, size) in sizes.enumerated() {
        let told = profile / strides[player] % size
        let own = payoff(player, profile)
        let base = profile - told * strides[player]
        for done in 0..<size where done != told {
          let gain = payoff(player, base + done * strides[player]) + -own
          if gain.isZero { continue }
          let deviation = concept == .coarse ? done : told * size + done
          terms.append((first[player] + deviation, gain))
        }
      }
      terms.append((count, .one))
      program.require(terms, .atLeast, worth)
    }
    self.program = program
    let best = worth.indices.max { worth[$0] < worth[$1] } ?? 0
    start = [StartingPivot(variable: count, constraint: best)]
  }

  /// The bound that multipliers prove: the largest worth of any profile less multiplied gains.
  func bound(from variables: [Number]) -> Number {
    var most: Number?
    for constraint in program.constraints {
      var worth = constraint.bound
      for term in constraint.terms.dropLast() {
        worth = worth + -(term.coefficient * variables[term.variable])
      }
      if let known = most, known >= worth { continue }
      most = worth
    }
    return most ?? .zero
  }
}
