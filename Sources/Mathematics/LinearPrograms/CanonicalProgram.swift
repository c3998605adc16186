/// Maximize `costs · x` where `matrix · x ≤ bounds` and `x ≥ 0`, densely.
///
/// Variables are numbered: the columns first, then the rows' slacks.
package struct CanonicalProgram<Number: Sendable>: Sendable {
  package let rows: Int
  package let columns: Int
  /// `matrix[row * columns + column]`.
  package let matrix: [Number]
  package let bounds: [Number]
  package let costs: [Number]

  package init(columns: Int, matrix: [Number], bounds: [Number], costs: [Number]) {
    precondition(matrix.count == bounds.count * columns && costs.count == columns)
    rows = bounds.count
    self.columns = columns
    self.matrix = matrix
    self.bounds = bounds
    self.costs = costs
  }
}

/// A vertex of a canonical program at which its maximum is reached.
package struct CanonicalOptimum<Number: Sendable>: Sendable {
  /// By variable, its value.
  package var values: [Number]
  /// By variable, what the objective loses per unit of it: 0 for basic variables, and for a slack
  /// the dual variable of its row.
  package var multipliers: [Number]
  /// The variable of each row.
  package var basis: [Int]
  package var pivots: Int
}

/// How a canonical program ends.
package enum CanonicalOutcome<Number: Sendable>: Sendable {
  case optimal(CanonicalOptimum<Number>)
  case infeasible(pivots: Int)
  case unbounded(pivots: Int)
}
