import Foundation

/// The simplex method in floating point on a dense tableau.
///
/// Rows and columns are scaled by powers of two. Columns enter by devex pricing (Harris 1973), rows
/// leave by Harris's ratio test in two passes, which among nearly equal ratios takes the largest
/// pivot. Against cycling the bounds by which pivots are chosen are a little larger than the given
/// ones, each by an amount of its own (Charnes 1952); what that leaves undone at the end, a few
/// pivots of the dual simplex method (Lemke 1954) do. An infeasible start is left by the dual
/// method too, under costs that make it applicable. At the end the point and the proof are checked
/// against the program; if rounding has spoilt them, the tableau is made anew from the program at
/// that basis, and the method goes on.
struct NumericSimplex {
  /// How many times a tableau is made anew before the method gives up.
  private static let largestRefreshCount = 3
  /// A pivot is at least this large, where the largest entries are near 1.
  private static let leastPivot = 1e-9
  /// A multiplier or a bound is below 0 if it is below minus this.
  private static let slack = 1e-11
  /// The bounds of Harris's first pass are larger by this.
  private static let harris = 1e-10
  /// The largest widening of a bound is twice this, where the largest bound is 1.
  private static let widening = 1e-7

  private enum End { case done, blocked }

  private let program: CanonicalProgram<Double>
  private let limit: WorkLimit?
  private let tolerance: Double
  private var tableau: DenseTableau
  private var weights: [Double]
  private var rowScales: [Double]
  private var columnScales: [Double]
  private var boundScale = 1.0
  private var costScale = 1.0
  private var pivots = 0

  /// Solves a program; the result satisfies all constraints, and proves that it is best, up to the
  /// tolerance, in units in which the entries of each row and column, the bounds and the costs are
  /// at most about 1.
  static func solve(
    _ program: CanonicalProgram<Double>, limit: WorkLimit?, tolerance: Double
  ) throws(LinearProgramError) -> CanonicalOutcome<Double> {
    guard program.matrix.allSatisfy(\.isFinite), program.bounds.allSatisfy(\.isFinite),
      program.costs.allSatisfy(\.isFinite)
    else { throw .notFinite }
    var simplex = NumericSimplex(program, limit: limit, tolerance: tolerance)
    return try simplex.run()
  }

  private init(_ program: CanonicalProgram<Double>, limit: WorkLimit?, tolerance: Double) {
    self.program = program
    self.limit = limit
    self.tolerance = tolerance
    tableau = DenseTableau(rows: program.rows, columns: program.columns, costRows: 2)
    weights = Array(repeating: 1, count: program.columns)
    rowScales = Array(repeating: 1, count: program.rows)
    columnScales = Array(repeating: 1, count: program.columns)
    findScales()
    fill()
  }

  // MARK: - Scales

  /// The power of two that brings a magnitude to between 1 and 2; 1 for 0.
  private static func scale(_ magnitude: Double) -> Double {
    magnitude == 0 ? 1 : Double(sign: .plus, exponent: -magnitude.exponent, significand: 1)
  }

  private mutating func findScales() {
    let width = program.columns
    var largest = [Double](repeating: 0, count: width)
    for row in 0..<program.rows {
      var most = 0.0
      for column in 0..<width { most = max(most, abs(program.matrix[row * width + column])) }
      rowScales[row] = NumericSimplex.scale(most)
      for column in 0..<width {
        let entry = abs(program.matrix[row * width + column]) * rowScales[row]
        largest[column] = max(largest[column], entry)
      }
    }
    for column in 0..<width { columnScales[column] = NumericSimplex.scale(largest[column]) }
    var most = 0.0
    for row in 0..<program.rows { most = max(most, abs(program.bounds[row] * rowScales[row])) }
    boundScale = NumericSimplex.scale(most)
    most = 0
    for column in 0..<width {
      most = max(most, abs(program.costs[column] * columnScales[column]))
    }
    costScale = NumericSimplex.scale(most)
  }

  private func scaledEntry(_ row: Int, _ column: Int) -> Double {
    program.matrix[row * program.columns + column] * rowScales[row] * columnScales[column]
  }

  private func scaledBound(_ row: Int) -> Double {
    program.bounds[row] * rowScales[row] * boundScale
  }

  private func scaledCost(_ column: Int) -> Double {
    program.costs[column] * columnScales[column] * costScale
  }

  /// A number of its own in 1 ..< 2 for each ordinal.
  private static func spread(_ ordinal: Int) -> Double {
    1 + Double(SplitMix64.mix(UInt64(ordinal) &+ 0x9e37) >> 11) * 0x1p-53
  }

  /// The first tableau. The second row of costs is left empty.
  private mutating func fill() {
    tableau = DenseTableau(rows: program.rows, columns: program.columns, costRows: 2)
    for row in 0..<program.rows {
      for column in 0..<program.columns { tableau[row, column] = scaledEntry(row, column) }
      let bound = scaledBound(row)
      tableau[row, tableau.bound] = bound
      tableau[row, tableau.widened] =
        bound + NumericSimplex.widening * NumericSimplex.spread(row)
    }
    for column in 0..<program.columns { tableau[program.rows, column] = -scaledCost(column) }
  }

  // MARK: - The method

  private mutating func run() throws(LinearProgramError) -> CanonicalOutcome<Double> {
    var residual = Double.infinity
    for _ in 0...NumericSimplex.largestRefreshCount {
      if try leaveInfeasible() == .blocked { return .infeasible(pivots: pivots) }
      if try primal() == .blocked { return .unbounded(pivots: pivots) }
      if try dual(costs: program.rows, bounds: tableau.bound) == .blocked {
        return .infeasible(pivots: pivots)
      }
      let optimum = scaledOptimum
      residual = self.residual(of: optimum)
      if residual <= tolerance { return .optimal(unscaled(optimum)) }
      try refresh()
    }
    throw .notConverged(residual: residual, tolerance: tolerance)
  }

  private mutating func pivot(row: Int, column: Int) throws(LinearProgramError) {
    if let stop = limit?.stop(after: pivots) { throw .stopped(stop) }
    updateWeights(row: row, column: column)
    tableau.pivot(row: row, column: column)
    pivots += 1
  }

  /// Makes the widened bounds feasible.
  private mutating func leaveInfeasible() throws(LinearProgramError) -> End {
    let isFeasible = (0..<program.rows).allSatisfy {
      tableau[$0, tableau.widened] >= -NumericSimplex.slack
    }
    if isFeasible { return .done }
    // Costs near the given ones under which every column stays out.
    let costs = program.rows + 1
    for column in 0..<tableau.stride { tableau[costs, column] = 0 }
    for column in 0..<program.columns {
      tableau[costs, column] =
        max(0, tableau[program.rows, column]) + 1e-4 * NumericSimplex.spread(column)
    }
    return try dual(costs: costs, bounds: tableau.widened)
  }

  /// The primal simplex method, on widened bounds.
  private mutating func primal() throws(LinearProgramError) -> End {
    for column in weights.indices { weights[column] = 1 }
    while let column = enteringColumn() {
      guard let row = leavingRow(column: column) else { return .blocked }
      try pivot(row: row, column: column)
    }
    return .done
  }

  private func enteringColumn() -> Int? {
    tableau.withCells { cells -> Int? in
      let costs = cells + program.rows * tableau.stride
      var best: Int?
      var most = 0.0
      for column in 0..<program.columns where costs[column] < -NumericSimplex.slack {
        let worth = costs[column] * costs[column] / weights[column]
        if worth > most {
          most = worth
          best = column
        }
      }
      return best
    } ?? nil
  }

  /// Harris's ratio test.
  private func leavingRow(column: Int) -> Int? {
    tableau.withCells { cells -> Int? in
      let stride = tableau.stride
      var least = Double.infinity
      for row in 0..<program.rows {
        let entry = cells[row * stride + column]
        if entry <= NumericSimplex.leastPivot { continue }
        let bound = max(0, cells[row * stride + tableau.widened])
        least = min(least, (bound + NumericSimplex.harris) / entry)
      }
      var best: Int?
      var largest = 0.0
      for row in 0..<program.rows {
        let entry = cells[row * stride + column]
        if entry <= largest || entry <= NumericSimplex.leastPivot { continue }
        if cells[row * stride + tableau.widened] <= least * entry {
          largest = entry
          best = row
        }
      }
      return best
    } ?? nil
  }

  /// The reference weights after a pivot (Forrest & Goldfarb 1992, section 3).
  private mutating func updateWeights(row: Int, column: Int) {
    let own = weights[column]
    let pivot = tableau[row, column]
    tableau.withCells { cells in
      let line = cells + row * tableau.stride
      let factor = own / (pivot * pivot)
      for other in 0..<program.columns where line[other] != 0 {
        weights[other] = max(weights[other], line[other] * line[other] * factor)
      }
      weights[column] = max(factor, 1)
    }
  }

  /// The dual simplex method: rows with a bound below 0 leave, while the costs stay at least 0.
  private mutating func dual(costs: Int, bounds: Int) throws(LinearProgramError) -> End {
    while let row = infeasibleRow(bounds) {
      guard let column = dualColumn(row: row, costs: costs) else { return .blocked }
      try pivot(row: row, column: column)
    }
    return .done
  }

  private func infeasibleRow(_ bounds: Int) -> Int? {
    var best: Int?
    var least = -NumericSimplex.slack
    for row in 0..<program.rows where tableau[row, bounds] < least {
      least = tableau[row, bounds]
      best = row
    }
    return best
  }

  private func dualColumn(row: Int, costs: Int) -> Int? {
    tableau.withCells { cells -> Int? in
      let line = cells + row * tableau.stride
      let costs = cells + costs * tableau.stride
      var least = Double.infinity
      for column in 0..<program.columns where line[column] < -NumericSimplex.leastPivot {
        least = min(least, (max(0, costs[column]) + NumericSimplex.harris) / -line[column])
      }
      var best: Int?
      var largest = 0.0
      for column in 0..<program.columns where -line[column] > NumericSimplex.leastPivot {
        if -line[column] > largest, costs[column] <= least * -line[column] {
          largest = -line[column]
          best = column
        }
      }
      return best
    } ?? nil
  }

  /// Makes the tableau of this basis anew from the program, by pivots as large as there are.
  private mutating func refresh() throws(LinearProgramError) {
    var isWanted = [Bool](repeating: false, count: program.columns + program.rows)
    for variable in tableau.basic { isWanted[variable] = true }
    fill()
    while true {
      var best: (row: Int, column: Int)?
      var largest = NumericSimplex.leastPivot
      for column in 0..<program.columns where isWanted[tableau.nonbasic[column]] {
        for row in 0..<program.rows where !isWanted[tableau.basic[row]] {
          if abs(tableau[row, column]) > largest {
            largest = abs(tableau[row, column])
            best = (row, column)
          }
        }
        // One column after another; of each its largest entry.
        if best != nil { break }
      }
      guard let best else { return }
      try pivot(row: best.row, column: best.column)
    }
  }

  // MARK: - The result

  /// By variable, in scaled units: columns, then slacks.
  private var scaledOptimum: CanonicalOptimum<Double> {
    let count = program.columns + program.rows
    var values = [Double](repeating: 0, count: count)
    var multipliers = values
    for row in 0..<program.rows {
      values[tableau.basic[row]] = max(0, tableau[row, tableau.bound])
    }
    for column in 0..<program.columns {
      multipliers[tableau.nonbasic[column]] = max(0, tableau[program.rows, column])
    }
    return CanonicalOptimum(
      values: values, multipliers: multipliers, basis: Array(tableau.basic), pivots: pivots)
  }

  /// How far the point and the multipliers are from satisfying the equations of both programs.
  private func residual(of optimum: CanonicalOptimum<Double>) -> Double {
    let width = program.columns
    var largest = 0.0
    var sums = (0..<width).map { -scaledCost($0) - optimum.multipliers[$0] }
    var gap = 0.0
    for row in 0..<program.rows {
      var sum = optimum.values[width + row] - scaledBound(row)
      let multiplier = optimum.multipliers[width + row]
      for column in 0..<width {
        let entry = scaledEntry(row, column)
        sum += entry * optimum.values[column]
        sums[column] += entry * multiplier
      }
      largest = max(largest, abs(sum))
      gap += multiplier * scaledBound(row)
    }
    for column in 0..<width {
      largest = max(largest, abs(sums[column]))
      gap -= scaledCost(column) * optimum.values[column]
    }
    let residual = max(largest, abs(gap))
    return residual.isNaN ? .infinity : residual
  }

  private func unscaled(_ optimum: CanonicalOptimum<Double>) -> CanonicalOptimum<Double> {
    var result = optimum
    let width = program.columns
    for column in 0..<width {
      result.values[column] *= columnScales[column] / boundScale
      result.multipliers[column] /= columnScales[column] * costScale
    }
    for row in 0..<program.rows {
      result.values[width + row] /= rowScales[row] * boundScale
      result.multipliers[width + row] *= rowScales[row] / costScale
    }
    return result
  }
}
