import Games
import Mathematics

/// The sequences that each player plays at the end of a path, and the equations that they settle.
struct SequenceSupport {
  let form: SequenceForm
  /// `sequences[player]`: those whose realizations are basic.
  let sequences: [[Int]]

  init<Number>(_ problem: SequenceComplementarity<Number>, isBasic: (Int) -> Bool) {
    form = problem.form
    sequences = (0..<2).map { player in
      (1..<max(1, problem.form.sides[player].count)).filter {
        isBasic(problem.realization(of: $0, player: player))
      }
    }
  }

  /// The equations for one player's plan: the sequences of the other are worth the same, and the
  /// plan is a realization plan. Unknown: the realizations of the own sequences, and then what each
  /// of the other's information sets is worth to it.
  ///
  /// Nil unless there are as many equations as unknowns.
  func equations<Number: OrderedField>(
    for player: Int, _ payoffs: SequenceBimatrix<Number>
  ) -> (matrix: [Number], sides: [Number])? {
    let own = form.sides[player]
    let other = form.sides[1 - player]
    let order = sequences[player].count + other.informationSets.count
    let equations = sequences[1 - player].count + own.informationSets.count
    guard order == equations else { return nil }
    var column = [Int](repeating: -1, count: own.count)
    for (index, sequence) in sequences[player].enumerated() { column[sequence] = index }
    var row = [Int](repeating: -1, count: other.count)
    for (index, sequence) in sequences[1 - player].enumerated() { row[sequence] = index }
    var matrix = [Number](repeating: Number(0), count: order * order)
    var sides = [Number](repeating: Number(0), count: order)
    for (pair, value) in payoffs.values[1 - player].enumerated() {
      let sequence = player == 0 ? payoffs.first[pair] : payoffs.second[pair]
      let reply = row[player == 0 ? payoffs.second[pair] : payoffs.first[pair]]
      if reply < 0 { continue }
      if sequence == 0 {
        sides[reply] = sides[reply] - value
      } else if column[sequence] >= 0 {
        let place = reply * order + column[sequence]
        matrix[place] = matrix[place] + value
      }
    }
    for (set, before) in other.parent.enumerated() {
      let unknown = sequences[player].count + set
      for sequence in other.sequences(at: set) where row[sequence] >= 0 {
        matrix[row[sequence] * order + unknown] = Number(-1)
      }
      if before > 0, row[before] >= 0 { matrix[row[before] * order + unknown] = Number(1) }
    }
    for (set, before) in own.parent.enumerated() {
      let equation = sequences[1 - player].count + set
      for sequence in own.sequences(at: set) where column[sequence] >= 0 {
        matrix[equation * order + column[sequence]] = Number(1)
      }
      if before == 0 {
        sides[equation] = Number(1)
      } else if column[before] >= 0 {
        matrix[equation * order + column[before]] = Number(-1)
      }
    }
    return (matrix, sides)
  }

  /// A player's plan from the first unknowns of the solution.
  func plan<Number: OrderedField>(of player: Int, from solution: [Number]) -> [Number] {
    var plan = [Number](repeating: Number(0), count: form.sides[player].count)
    plan[0] = Number(1)
    for (index, sequence) in sequences[player].enumerated() { plan[sequence] = solution[index] }
    return plan
  }
}
