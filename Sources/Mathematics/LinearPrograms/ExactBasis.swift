extension ExactSimplex {
  /// The vertex of a basis if it is optimal, which is proved exactly; nil if it is not.
  ///
  /// Only the tight rows and the basic columns need be solved for: pivots are made in the square
  /// tableau of these alone. What is left are signs of sums of products, one for each other row and
  /// column.
  static func optimum(
    at basis: [Int], of program: CanonicalProgram<Rational>, limit: WorkLimit?, pivots: inout Int
  ) throws(LinearProgramError) -> CanonicalOptimum<Rational>? {
    var isBasic = [Bool](repeating: false, count: program.columns + program.rows)
    for variable in basis { isBasic[variable] = true }
    let columns = (0..<program.columns).filter { isBasic[$0] }
    let rows = (0..<program.rows).filter { !isBasic[program.columns + $0] }
    guard columns.count == rows.count else { return nil }
    func entry(_ row: Int, _ column: Int) -> Rational {
      program.matrix[row * program.columns + column]
    }
    let core = CanonicalProgram<Rational>(
      columns: columns.count, matrix: rows.flatMap { row in columns.map { entry(row, $0) } },
      bounds: rows.map { program.bounds[$0] }, costs: columns.map { program.costs[$0] })
    let solved = try solution(of: core, limit: limit, pivots: &pivots)
    guard let solved, solved.values.allSatisfy({ $0.signum >= 0 }),
      solved.multipliers.allSatisfy({ $0.signum >= 0 })
    else { return nil }

    var values = [Rational](repeating: .zero, count: isBasic.count)
    var multipliers = values
    for (column, value) in zip(columns, solved.values) { values[column] = value }
    for (row, multiplier) in zip(rows, solved.multipliers[columns.count...]) {
      multipliers[program.columns + row] = multiplier
    }
    let point = CommonDenominator(columns.map { values[$0] })
    for row in 0..<program.rows where isBasic[program.columns + row] {
      let slack = point.difference(program.bounds[row], columns.map { entry(row, $0) })
      if slack.signum < 0 { return nil }
      values[program.columns + row] = slack
    }
    let proof = CommonDenominator(rows.map { multipliers[program.columns + $0] })
    for column in 0..<program.columns where !isBasic[column] {
      let excess = proof.difference(program.costs[column], rows.map { entry($0, column) })
      if excess.signum > 0 { return nil }
      multipliers[column] = -excess
    }
    return CanonicalOptimum(values: values, multipliers: multipliers, basis: basis, pivots: pivots)
  }
}

/// Rational numbers as integers over one denominator.
private struct CommonDenominator {
  let numerators: [BigInteger]
  let denominator: Rational

  init(_ numbers: [Rational]) {
    (numerators, denominator) = ExactSimplex.integers(numbers)
  }

  /// `bound - Σ coefficient · number`.
  func difference(_ bound: Rational, _ coefficients: [Rational]) -> Rational {
    let used = coefficients.indices.filter {
      coefficients[$0].signum != 0 && numerators[$0].signum != 0
    }
    if used.isEmpty { return bound }
    let (whole, scale) = ExactSimplex.integers(used.map { coefficients[$0] })
    var sum = BigInteger.zero
    for (coefficient, place) in zip(whole, used) { sum = sum + coefficient * numerators[place] }
    if sum.signum == 0 { return bound }
    return bound - Rational(big: sum, BigInteger(1)) / (scale * denominator)
  }
}
