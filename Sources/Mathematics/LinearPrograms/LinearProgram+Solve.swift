extension LinearProgram<Rational> {
  /// Solves the program exactly.
  ///
  /// The method in floating point suggests a basis; the exact one goes there, proves that the basis
  /// is optimal, or goes on from it.
  ///
  /// - Parameters:
  ///   - start: constraints to begin at, in order; what does not fit is left out.
  ///   - entryLimit: the most entries of the tableau.
  /// - Complexity: a pivot costs a multiplication and a division of integers for each entry of the
  ///   tableau, whose rows and columns are the inequalities and the nonnegative variables that are
  ///   left when equations and free variables are eliminated.
  public func solve(
    from start: [StartingPivot] = [], limit: WorkLimit = .none, entryLimit: Int = 20_000_000
  ) throws(LinearProgramError) -> LinearProgramOutcome<Rational> {
    try solve(from: start, entryLimit: entryLimit) {
      program throws(LinearProgramError) in
      try program.solve(limit: limit)
    }
  }
}

extension LinearProgram<Double> {
  /// Solves the program in floating point.
  ///
  /// - Parameters:
  ///   - start: constraints to begin at, in order; what does not fit is left out.
  ///   - tolerance: how far constraints and proof may be from holding, in units in which the
  ///     entries of each row and column, the bounds and the costs are at most about 1.
  ///   - entryLimit: the most entries of the tableau.
  /// - Throws: ``LinearProgramError/notConverged(residual:tolerance:)`` where rounding does not let
  ///   the tolerance be kept.
  /// - Complexity: a pivot costs a multiplication for each entry of the tableau.
  public func solve(
    from start: [StartingPivot] = [], limit: WorkLimit = .none, tolerance: Double = 1e-9,
    entryLimit: Int = 50_000_000
  ) throws(LinearProgramError) -> LinearProgramOutcome<Double> {
    try solve(from: start, entryLimit: entryLimit) {
      program throws(LinearProgramError) in
      try program.solve(limit: limit, tolerance: tolerance)
    }
  }
}

extension LinearProgram where Number: SimplexNumber {
  private func solve(
    from start: [StartingPivot], entryLimit: Int,
    by method: (CanonicalProgram<Number>) throws(LinearProgramError) -> CanonicalOutcome<Number>
  ) throws(LinearProgramError) -> LinearProgramOutcome<Number> {
    let reduction = ProgramReduction(self, start: start)
    if reduction.isInfeasible { return .infeasible }
    let outcome = try method(reduction.canonical(entryLimit: entryLimit))
    return switch outcome {
    case .optimal(let optimum): .optimal(reduction.solution(from: optimum, of: self))
    case .infeasible: .infeasible
    case .unbounded: .unbounded
    }
  }
}

extension CanonicalProgram<Double> {
  /// Solves the program in floating point.
  package func solve(
    limit: WorkLimit? = WorkLimit.none, tolerance: Double
  ) throws(LinearProgramError) -> CanonicalOutcome<Double> {
    try NumericSimplex.solve(self, limit: limit, tolerance: tolerance)
  }
}

extension CanonicalProgram<Rational> {
  /// Solves the program exactly, from a basis that floating point suggests. Without a limit it
  /// goes on even in a cancelled task.
  package func solve(
    limit: WorkLimit? = WorkLimit.none
  ) throws(LinearProgramError) -> CanonicalOutcome<Rational> {
    let numeric = CanonicalProgram<Double>(
      columns: columns, matrix: matrix.map(\.doubleValue), bounds: bounds.map(\.doubleValue),
      costs: costs.map(\.doubleValue))
    // Whatever keeps floating point from a basis, the exact method does without.
    let found = try? NumericSimplex.solve(numeric, limit: limit, tolerance: 1e-6)
    guard case .optimal(let optimum) = found else {
      return try solveFromSlacks(limit: limit)
    }
    return try ExactSimplex.solve(
      self, suggested: optimum.basis, limit: limit, pivots: optimum.pivots)
  }

  /// Solves the program exactly, without a suggestion.
  package func solveFromSlacks(
    limit: WorkLimit? = WorkLimit.none
  ) throws(LinearProgramError) -> CanonicalOutcome<Rational> {
    try ExactSimplex.solve(self, limit: limit)
  }
}
