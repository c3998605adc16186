/// The simplex method (Dantzig 1951) in exact integers: pivots without fractions, ties broken
/// lexicographically (Dantzig, Orden & Wolfe 1955), so that it ends whatever the program.
///
/// A basis may be suggested, such as that which a method in floating point ended at. If it is
/// optimal, that is proved; if it is only feasible, the method begins there; nothing is taken on
/// trust. Else, and where the bounds are not all positive, a first phase minimizes one artificial
/// variable that loosens all inequalities alike (Chvátal 1983, Linear Programming, chapter 3).
struct ExactSimplex {
  private var tableau: ExactTableau
  private var other: ExactTableau
  private let program: CanonicalProgram<Rational>
  /// What the inequalities and the costs were multiplied by to be integers.
  private var scales: [Rational] = []
  private var costScale = Rational.one
  private let limit: WorkLimit?
  private var pivots: Int
  /// There is a last column for the artificial variable, and a last row for its costs.
  private let hasArtificial: Bool

  /// Solves a program.
  ///
  /// - Parameters:
  ///   - limit: when to stop; nil for never, cancelled or not.
  ///   - pivots: those that were made before.
  static func solve(
    _ program: CanonicalProgram<Rational>, suggested basis: [Int]? = nil, limit: WorkLimit?,
    pivots: Int = 0
  ) throws(LinearProgramError) -> CanonicalOutcome<Rational> {
    let needsPhase = program.bounds.contains { $0.signum < 0 }
    var pivots = pivots
    if let basis {
      let optimum = try optimum(at: basis, of: program, limit: limit, pivots: &pivots)
      if let optimum { return .optimal(optimum) }
    }
    if basis != nil || !needsPhase {
      var simplex = ExactSimplex(program, artificial: false, limit: limit, pivots: pivots)
      if let basis { try simplex.move(to: basis) }
      if simplex.isFeasible { return try simplex.improve() }
      pivots = simplex.pivots
    }
    var simplex = ExactSimplex(program, artificial: needsPhase, limit: limit, pivots: pivots)
    if needsPhase, try !simplex.becomeFeasible() { return .infeasible(pivots: simplex.pivots) }
    return try simplex.improve()
  }

  /// The point at which all rows are tight, and the multipliers that make all costs 0, whatever
  /// their signs, of a program with as many rows as columns; nil if its matrix is singular.
  static func solution(
    of program: CanonicalProgram<Rational>, limit: WorkLimit?, pivots: inout Int
  ) throws(LinearProgramError) -> CanonicalOptimum<Rational>? {
    var simplex = ExactSimplex(program, artificial: false, limit: limit, pivots: pivots)
    try simplex.move(to: Array(0..<program.columns))
    pivots = simplex.pivots
    guard simplex.tableau.basic.allSatisfy({ $0 < program.columns }) else { return nil }
    return simplex.optimum
  }

  private init(
    _ program: CanonicalProgram<Rational>, artificial: Bool, limit: WorkLimit?, pivots: Int
  ) {
    self.program = program
    self.limit = limit
    self.pivots = pivots
    hasArtificial = artificial
    let width = program.columns
    var entries: ContiguousArray<BigInteger> = []
    entries.reserveCapacity((program.rows + 2) * (width + 2))
    for row in 0..<program.rows {
      let line = program.matrix[(row * width)..<((row + 1) * width)]
      let (whole, scale) = ExactSimplex.integers(Array(line) + [program.bounds[row]])
      scales.append(scale)
      entries += whole.dropLast()
      if artificial { entries.append(BigInteger(-1)) }
      entries.append(whole[width])
    }
    let (whole, scale) = ExactSimplex.integers(program.costs)
    costScale = scale
    entries += whole.lazy.map { -$0 }
    if artificial {
      // The artificial variable costs nothing in the objective and 1 in the first phase.
      entries += repeatElement(.zero, count: 2 + width)
      entries.append(BigInteger(1))
    }
    entries.append(.zero)
    tableau = ExactTableau(
      entries: entries, constraints: program.rows, columns: width + (artificial ? 1 : 0))
    other = tableau
  }

  /// The least multiples of numbers by a positive number that are integers, and that number.
  static func integers(_ numbers: [Rational]) -> (whole: [BigInteger], scale: Rational) {
    let parts = numbers.map(\.parts)
    let one = BigInteger(1)
    var common = one
    for (_, denominator) in parts where denominator != one {
      common =
        common * denominator.dividedExactly(by: common.greatestCommonDivisor(with: denominator))
    }
    var whole = parts.map { $0.numerator }
    if common != one {
      whole = parts.map { $0.numerator * common.dividedExactly(by: $0.denominator) }
    }
    var divisor = BigInteger.zero
    for value in whole where divisor != one {
      divisor = divisor.greatestCommonDivisor(with: value)
    }
    if divisor.signum == 0 { divisor = one }
    if divisor != one { whole = whole.map { $0.dividedExactly(by: divisor) } }
    return (whole, Rational(big: common, divisor))
  }

  // MARK: - The method

  private var isFeasible: Bool {
    (0..<program.rows).allSatisfy { tableau.sign(row: $0, column: tableau.columns) >= 0 }
  }

  private mutating func pivot(row: Int, column: Int) throws(LinearProgramError) {
    if let stop = limit?.stop(after: pivots, interval: 1) { throw .stopped(stop) }
    tableau.pivot(row: row, column: column, into: &other)
    swap(&tableau, &other)
    pivots += 1
  }

  /// Makes variables basic, as far as they are independent.
  private mutating func move(to basis: [Int]) throws(LinearProgramError) {
    var isWanted = [Bool](repeating: false, count: program.columns + program.rows)
    for variable in basis { isWanted[variable] = true }
    for variable in basis where tableau.place[variable] >= 0 {
      let column = tableau.place[variable]
      let row = (0..<program.rows).first {
        !isWanted[tableau.basic[$0]] && tableau.sign(row: $0, column: column) != 0
      }
      if let row { try pivot(row: row, column: column) }
    }
  }

  /// The first phase. False if the inequalities contradict each other.
  private mutating func becomeFeasible() throws(LinearProgramError) -> Bool {
    let artificial = program.columns
    let phase = program.rows + 1
    var lowest = 0
    for row in 0..<program.rows
    where tableau.entry(row: row, column: tableau.columns)
      < tableau.entry(row: lowest, column: tableau.columns)
    {
      lowest = row
    }
    try pivot(row: lowest, column: tableau.place[artificial])
    let reference = tableau.basic
    while tableau.place[artificial] < 0 {
      guard let column = tableau.lowestColumn(row: phase, below: tableau.columns) else {
        // What is left of the artificial variable is the least that is needed.
        let row = ~tableau.place[artificial]
        if tableau.sign(row: row, column: tableau.columns) > 0 { return false }
        let exit = (0..<tableau.columns).first { tableau.sign(row: row, column: $0) != 0 }
        guard let exit else { return true }
        try pivot(row: row, column: exit)
        break
      }
      // The artificial variable bounds its own fall.
      guard let row = tableau.leavingRow(column: column, reference: reference) else { return false }
      try pivot(row: row, column: column)
    }
    return true
  }

  /// The second phase, from a feasible basis.
  private mutating func improve() throws(LinearProgramError) -> CanonicalOutcome<Rational> {
    let reference = tableau.basic
    while let column = entering() {
      guard let row = tableau.leavingRow(column: column, reference: reference) else {
        return .unbounded(pivots: pivots)
      }
      try pivot(row: row, column: column)
    }
    return .optimal(optimum)
  }

  /// The column whose growth pays most per unit, the artificial variable's excepted.
  private func entering() -> Int? {
    let row = program.rows
    guard hasArtificial, tableau.place[program.columns] >= 0 else {
      return tableau.lowestColumn(row: row, below: tableau.columns)
    }
    let excluded = tableau.place[program.columns]
    var best: (column: Int, entry: BigInteger)?
    for column in 0..<tableau.columns
    where column != excluded && tableau.sign(row: row, column: column) < 0 {
      let entry = tableau.entry(row: row, column: column)
      if let best, best.entry <= entry { continue }
      best = (column, entry)
    }
    return best?.column
  }

  // MARK: - The result

  private var optimum: CanonicalOptimum<Rational> {
    let divisor = tableau.divisor
    let count = program.columns + program.rows
    var values = [Rational](repeating: .zero, count: count)
    var multipliers = values
    var basis: [Int] = []
    /// Skips the artificial variable.
    func variable(_ id: Int) -> Int? {
      guard hasArtificial, id >= program.columns else { return id }
      return id == program.columns ? nil : id - 1
    }
    for row in 0..<program.rows {
      guard let variable = variable(tableau.basic[row]) else { continue }
      basis.append(variable)
      let value = Rational(big: tableau.entry(row: row, column: tableau.columns), divisor)
      values[variable] =
        variable < program.columns ? value : value / scales[variable - program.columns]
    }
    for column in 0..<tableau.columns {
      guard let variable = variable(tableau.nonbasic[column]) else { continue }
      let entry = tableau.entry(row: program.rows, column: column)
      if entry.signum == 0 { continue }
      let multiplier = Rational(big: entry, divisor) / costScale
      multipliers[variable] =
        variable < program.columns ? multiplier : multiplier * scales[variable - program.columns]
    }
    return CanonicalOptimum(
      values: values, multipliers: multipliers, basis: basis, pivots: pivots)
  }
}
