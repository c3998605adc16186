import Mathematics

/// The value of a zero-sum game given by the row player's payoffs, and optimal strategies, by
/// linear programming (von Neumann 1947; Dantzig 1951, A proof of the equivalence of the programming
/// problem and the game problem).
///
/// Payoffs are brought to between 1 and 2. Then the sum of `y ≥ 0` is maximized where
/// `payoffs · y ≤ 1`: the value is one over the sum, `y` in proportion to it is the column player's
/// strategy, and the dual variables are the row player's.
struct MatrixGame<Number: SimplexNumber> {
  /// What the row player can secure, and the column player can hold it to.
  let value: Number
  /// A mixture of rows that secures it.
  let rows: [Number]
  /// A mixture of columns that holds the row player to it.
  let columns: [Number]
  /// The pivots that it took.
  let pivots: Int

  private init(
    _ outcome: CanonicalOutcome<Number>, columns width: Int, least: Number, range: Number
  ) {
    // With positive payoffs the program has an optimum.
    guard case .optimal(let optimum) = outcome else {
      value = .zero
      rows = []
      columns = []
      pivots = 0
      return
    }
    let sum = optimum.values[..<width].reduce(.zero, +)
    let scale = Number.one / sum
    value = least + (scale + -.one) * range
    rows = optimum.multipliers[width...].map { $0 * scale }
    columns = optimum.values[..<width].map { $0 * scale }
    pivots = optimum.pivots
  }

  private static func program(_ payoffs: [Number], columns: Int) -> CanonicalProgram<Number> {
    CanonicalProgram(
      columns: columns, matrix: payoffs.map { $0 + .one },
      bounds: Array(repeating: .one, count: payoffs.count / columns),
      costs: Array(repeating: .one, count: columns))
  }
}

extension MatrixGame<Rational> {
  /// Solves a game of at least one row and one column exactly.
  ///
  /// - Parameters:
  ///   - payoffs: by rows.
  ///   - limit: when to stop; nil for never, cancelled or not.
  init(_ payoffs: [Rational], columns: Int, limit: WorkLimit?) throws(LinearProgramError) {
    let least = payoffs.min() ?? .zero
    let range = MatrixGame.range((payoffs.max() ?? .zero) - least)
    let scale = range.reciprocal
    let program = MatrixGame.program(payoffs.map { ($0 - least) * scale }, columns: columns)
    try self.init(program.solve(limit: limit), columns: columns, least: least, range: range)
  }

  private static func range(_ difference: Rational) -> Rational {
    difference.signum == 0 ? .one : difference
  }
}

extension MatrixGame<Double> {
  /// Solves a game of at least one row and one column whose payoffs, by rows, are between 0 and 1.
  init(
    _ payoffs: [Double], columns: Int, limit: WorkLimit?, tolerance: Double
  ) throws(LinearProgramError) {
    let program = MatrixGame.program(payoffs, columns: columns)
    let outcome = try program.solve(limit: limit, tolerance: tolerance)
    self.init(outcome, columns: columns, least: 0, range: 1)
  }
}
