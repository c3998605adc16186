import Mathematics

/// Linear programs of a few variables in exact arithmetic: minimize `costs · x` over `x ≥ 0`.
///
/// Dense tableaus of rationals, two phases, the least index first, so that it ends (Dantzig 1951;
/// Bland 1977, New finite pivoting rules for the simplex method).
struct SmallLinearProgram {
  /// `coefficients · x ≥ bound`, or equal to it.
  struct Row {
    var coefficients: [Rational]
    var bound: Rational
    var isEqual = false
  }

  /// What came of it.
  enum Outcome {
    case optimal([Rational])
    case infeasible
    case unbounded
  }

  private var table: [[Rational]] = []
  private var basic: [Int] = []
  private let variables: Int
  private var columns: Int

  /// The least costs under the rows.
  static func minimize(_ costs: [Rational], under rows: [Row]) -> Outcome {
    var program = SmallLinearProgram(variables: costs.count, rows: rows)
    return program.solve(costs)
  }

  /// Whether anything fulfills the rows.
  static func isFeasible(_ rows: [Row], variables: Int) -> Bool {
    if case .infeasible = minimize(Array(repeating: .zero, count: variables), under: rows) {
      return false
    }
    return true
  }

  /// The first tableau: slacks where they can be basic, else artificial variables, which stand last.
  private init(variables: Int, rows: [Row]) {
    self.variables = variables
    let slacks = rows.count { !$0.isEqual }
    columns = variables + slacks
    var needsArtificial: [Int] = []
    var slack = variables
    for (place, row) in rows.enumerated() {
      // A row with a bound of at most 0 holds at the origin: its slack is basic.
      let flips = row.isEqual ? row.bound.signum < 0 : row.bound.signum <= 0
      var line = row.coefficients.map { flips ? -$0 : $0 }
      line += Array(repeating: .zero, count: slacks)
      if !row.isEqual {
        line[slack] = flips ? .one : Rational(-1)
        if flips { basic.append(slack) }
        slack += 1
      }
      if row.isEqual || !flips {
        needsArtificial.append(place)
        basic.append(-1)
      }
      line.append(flips ? -row.bound : row.bound)
      table.append(line)
    }
    for (place, row) in needsArtificial.enumerated() {
      basic[row] = columns + place
      for other in table.indices {
        let right = table[other].removeLast()
        table[other].append(other == row ? .one : .zero)
        table[other].append(right)
      }
    }
  }

  private mutating func solve(_ costs: [Rational]) -> Outcome {
    let all = (table.first?.count ?? 1) - 1
    if basic.contains(where: { $0 >= columns }) {
      _ = descend((0..<all).map { $0 < columns ? Rational.zero : .one }, below: all)
      for row in table.indices where basic[row] >= columns {
        guard let right = table[row].last, right.signum == 0 else { return .infeasible }
        // An artificial variable at 0 leaves for any other; if none will do the row says nothing.
        if let column = (0..<columns).first(where: { table[row][$0].signum != 0 }) {
          pivot(row, column)
        }
      }
    }
    let padded = costs + Array(repeating: .zero, count: max(0, all - costs.count))
    guard descend(padded, below: columns) else { return .unbounded }
    var values = [Rational](repeating: .zero, count: variables)
    for (row, variable) in basic.enumerated() where variable < variables {
      values[variable] = table[row][all]
    }
    return .optimal(values)
  }

  /// Pivots until the costs are least; false if they have no bound.
  private mutating func descend(_ costs: [Rational], below end: Int) -> Bool {
    let right = (table.first?.count ?? 1) - 1
    while true {
      let entering = (0..<end).first { column in
        if basic.contains(column) { return false }
        let reduced = table.indices.reduce(costs[column]) {
          $0 - costs[basic[$1]] * table[$1][column]
        }
        return reduced.signum < 0
      }
      guard let entering else { return true }
      var leaving: Int?
      for row in table.indices where table[row][entering].signum > 0 {
        guard let best = leaving else {
          leaving = row
          continue
        }
        let ratio = table[row][right] * table[best][entering]
        let least = table[best][right] * table[row][entering]
        if ratio < least || ratio == least && basic[row] < basic[best] { leaving = row }
      }
      guard let leaving else { return false }
      pivot(leaving, entering)
    }
  }

  private mutating func pivot(_ row: Int, _ column: Int) {
    let factor = table[row][column].reciprocal
    for place in table[row].indices where table[row][place].signum != 0 {
      table[row][place] *= factor
    }
    for other in table.indices where other != row && table[other][column].signum != 0 {
      let times = table[other][column]
      for place in table[row].indices where table[row][place].signum != 0 {
        table[other][place] -= times * table[row][place]
      }
    }
    basic[row] = column
  }
}
