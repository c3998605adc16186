/// A linear program brought to canonical form: equations and free variables are eliminated by
/// pivots on a sparse tableau, and found again from the solution of what is left.
///
/// A row reads `basic + Σ coefficient · nonbasic = bound`. A free variable that has become basic
/// bounds nothing: its row is put aside and says at the end what its value is. The slack of an
/// equation that has become nonbasic stays 0: its column is put aside and says at the end what the
/// dual variable is. (Dantzig 1963, Linear Programming and Extensions, chapters 4 and 10.)
struct ProgramReduction<Number: SimplexNumber> {
  struct Entry {
    var variable: Int
    var value: Number
  }

  /// What was put aside at a pivot.
  private struct Pivot {
    var entering: Int
    var leaving: Int
    /// The row of a free variable.
    var row: [Entry]?
    var bound: Number
    /// The column of an equation's slack, by basic variables.
    var column: [Entry]?
    var cost: Number
  }

  private enum Kind { case nonnegative, free, fixed }

  private let variables: Int
  private var kinds: [Kind]
  private let flips: [Bool]
  private let isMinimum: Bool
  private var rows: [[Entry]]
  private var bounds: [Number]
  private var basic: [Int]
  private var isActive: [Bool]
  /// Entry by entry what the objective loses per unit, by nonbasic variable.
  private var costs: [Number]
  private var isNonbasic: [Bool]
  /// For each variable, rows in which it may have an entry.
  private var occurrences: [[Int]]
  private var pivots: [Pivot] = []
  private let scale: Number

  /// An equation contradicts itself.
  private(set) var isInfeasible = false
  /// The number of pivots made.
  var pivotCount: Int { pivots.count }

  init(_ program: LinearProgram<Number>, start: [StartingPivot]) {
    variables = program.objective.count
    isMinimum = program.goal == .minimize
    let count = program.constraints.count
    kinds = program.isFree.map { $0 ? .free : .nonnegative }
    kinds += program.constraints.map { $0.relation == .equal ? .fixed : .nonnegative }
    flips = program.constraints.map { $0.relation == .atLeast }
    costs = program.objective.map { program.goal == .minimize ? $0 : -$0 }
    costs += Array(repeating: .zero, count: count)
    isNonbasic = kinds.indices.map { $0 < program.objective.count }
    basic = Array(variables..<(variables + count))
    isActive = Array(repeating: true, count: count)
    occurrences = Array(repeating: [], count: variables + count)
    rows = []
    bounds = []
    var scale = Number.zero
    for (row, constraint) in program.constraints.enumerated() {
      rows.append(ProgramReduction.collected(constraint.terms, flipped: flips[row]))
      bounds.append(flips[row] ? -constraint.bound : constraint.bound)
      scale = max(scale, constraint.bound.magnitude)
      for entry in rows[row] { occurrences[entry.variable].append(row) }
    }
    self.scale = scale
    for pivot in start {
      let row = pivot.constraint
      if isActive[row], basic[row] == variables + row, isNonbasic[pivot.variable],
        let entry = entry(pivot.variable, in: row)
      {
        exchange(row, entry)
      }
    }
    eliminateFreeVariables()
    eliminateEquations()
  }

  /// Terms in the order of variables, each variable once, without zeros.
  private static func collected(
    _ terms: [LinearProgram<Number>.Term], flipped: Bool
  ) -> [Entry] {
    var entries: [Entry] = []
    entries.reserveCapacity(terms.count)
    for term in terms {
      entries.append(
        Entry(variable: term.variable, value: flipped ? -term.coefficient : term.coefficient))
    }
    let isSorted = zip(entries, entries.dropFirst()).allSatisfy { $0.variable < $1.variable }
    if !isSorted {
      entries.sort { $0.variable < $1.variable }
      var merged: [Entry] = []
      for entry in entries {
        if let last = merged.last, last.variable == entry.variable {
          merged[merged.count - 1].value = last.value + entry.value
        } else {
          merged.append(entry)
        }
      }
      entries = merged
    }
    entries.removeAll { $0.value.isZero }
    return entries
  }

  private func entry(_ variable: Int, in row: Int) -> Entry? {
    var low = 0
    var high = rows[row].count
    while low < high {
      let middle = (low + high) / 2
      if rows[row][middle].variable < variable { low = middle + 1 } else { high = middle }
    }
    guard low < rows[row].count, rows[row][low].variable == variable else { return nil }
    return rows[row][low]
  }

  // MARK: - Elimination

  private mutating func eliminateFreeVariables() {
    for variable in 0..<variables where kinds[variable] == .free && isNonbasic[variable] {
      let candidates = occurrences[variable].filter { isActive[$0] }.compactMap { row in
        entry(variable, in: row).map { (row: row, entry: $0) }
      }
      let largest = candidates.map(\.entry.value.magnitude).max() ?? .zero
      // Equations first, then short rows.
      let fit = candidates.filter {
        $0.entry.value.magnitude >= Number.pivotThreshold * largest
      }
      let best = fit.min { first, second in
        let isFixed = kinds[basic[first.row]] == .fixed
        if isFixed != (kinds[basic[second.row]] == .fixed) { return isFixed }
        return rows[first.row].count < rows[second.row].count
      }
      if let best {
        exchange(best.row, best.entry)
      } else {
        // It is in no row. Either it does not matter, or there is no end to the gain from it.
        costs[variable] = -costs[variable].magnitude
        kinds[variable] = .nonnegative
      }
    }
  }

  private mutating func eliminateEquations() {
    for row in rows.indices where isActive[row] && kinds[basic[row]] == .fixed {
      let largest = rows[row].map(\.value.magnitude).max() ?? .zero
      let fit = rows[row].filter { $0.value.magnitude >= Number.pivotThreshold * largest }
      let best = fit.min {
        occurrences[$0.variable].count < occurrences[$1.variable].count
      }
      if let best {
        exchange(row, best)
      } else {
        isActive[row] = false
        if !bounds[row].isNegligible(besides: scale) { isInfeasible = true }
      }
    }
  }

  /// The entry's variable becomes the row's basic variable.
  private mutating func exchange(_ row: Int, _ pivot: Entry) {
    let entering = pivot.variable
    let leaving = basic[row]
    let inverse = Number.one / pivot.value
    let keeps = kinds[leaving] != .fixed
    var solved = rows[row].filter { $0.variable != entering }
    for index in solved.indices { solved[index].value = solved[index].value * inverse }
    let bound = bounds[row] * inverse
    var column: [Entry] = keeps ? [] : [Entry(variable: entering, value: inverse)]

    let touched = occurrences[entering]
    occurrences[entering] = []
    if keeps { occurrences[leaving] = [row] }
    for other in touched where other != row && isActive[other] {
      guard let factor = entry(entering, in: other)?.value else { continue }
      let left = -factor * inverse
      rows[other] = combined(
        rows[other], minus: factor, times: solved, without: entering, at: other)
      bounds[other] = Number.difference(bounds[other], factor, bound)
      if keeps {
        insert(Entry(variable: leaving, value: left), into: &rows[other])
        occurrences[leaving].append(other)
      } else {
        column.append(Entry(variable: basic[other], value: left))
      }
    }
    let factor = costs[entering]
    costs[entering] = .zero
    if !factor.isZero {
      for entry in solved {
        costs[entry.variable] = Number.difference(costs[entry.variable], factor, entry.value)
      }
      costs[leaving] = -factor * inverse
    }
    if keeps { insert(Entry(variable: leaving, value: inverse), into: &solved) }
    rows[row] = solved
    bounds[row] = bound
    basic[row] = entering
    isNonbasic[entering] = false
    isNonbasic[leaving] = keeps
    let isFree = kinds[entering] == .free
    pivots.append(
      Pivot(
        entering: entering, leaving: leaving, row: isFree ? solved : nil, bound: bound,
        column: keeps ? nil : column, cost: costs[leaving]))
    if isFree { isActive[row] = false }
  }

  private func insert(_ entry: Entry, into row: inout [Entry]) {
    let place = row.lastIndex { $0.variable < entry.variable }.map { $0 + 1 } ?? 0
    row.insert(entry, at: place)
  }

  /// `row - factor · solved` without one variable.
  private mutating func combined(
    _ row: [Entry], minus factor: Number, times solved: [Entry], without entering: Int, at id: Int
  ) -> [Entry] {
    var result: [Entry] = []
    result.reserveCapacity(row.count + solved.count)
    var next = 0
    for entry in row where entry.variable != entering {
      while next < solved.count, solved[next].variable < entry.variable {
        let new = solved[next]
        result.append(Entry(variable: new.variable, value: -(factor * new.value)))
        occurrences[new.variable].append(id)
        next += 1
      }
      if next < solved.count, solved[next].variable == entry.variable {
        let value = Number.difference(entry.value, factor, solved[next].value)
        if !value.isZero { result.append(Entry(variable: entry.variable, value: value)) }
        next += 1
      } else {
        result.append(entry)
      }
    }
    for new in solved[next...] {
      result.append(Entry(variable: new.variable, value: -(factor * new.value)))
      occurrences[new.variable].append(id)
    }
    return result
  }

  // MARK: - What is left

  /// The variables of the canonical program: its columns', then its rows'.
  private var left: (columns: [Int], rows: [Int]) {
    (
      kinds.indices.filter { isNonbasic[$0] && kinds[$0] == .nonnegative },
      rows.indices.filter { isActive[$0] }
    )
  }

  /// The program without equations and free variables.
  func canonical(entryLimit: Int) throws(LinearProgramError) -> CanonicalProgram<Number> {
    let (columns, active) = left
    let (size, overflow) = columns.count.multipliedReportingOverflow(by: active.count)
    guard !overflow, size <= entryLimit else {
      throw .tooLarge(rows: active.count, columns: columns.count, limit: entryLimit)
    }
    var place = [Int](repeating: -1, count: kinds.count)
    for (index, variable) in columns.enumerated() { place[variable] = index }
    var matrix = [Number](repeating: .zero, count: size)
    for (index, row) in active.enumerated() {
      for entry in rows[row] { matrix[index * columns.count + place[entry.variable]] = entry.value }
    }
    return CanonicalProgram(
      columns: columns.count, matrix: matrix, bounds: active.map { bounds[$0] },
      costs: columns.map { -costs[$0] })
  }

  /// The solution of the whole program from that of the canonical one.
  func solution(
    from optimum: CanonicalOptimum<Number>, of program: LinearProgram<Number>
  ) -> LinearProgramSolution<Number> {
    let (columns, active) = left
    var values = [Number](repeating: .zero, count: kinds.count)
    var multipliers = values
    for (index, variable) in (columns + active.map { basic[$0] }).enumerated() {
      values[variable] = optimum.values[index]
      multipliers[variable] = optimum.multipliers[index]
    }
    for pivot in pivots.reversed() {
      if let row = pivot.row {
        var value = pivot.bound
        for entry in row { value = value + -(entry.value * values[entry.variable]) }
        values[pivot.entering] = value
      }
      if let column = pivot.column {
        var multiplier = pivot.cost
        for entry in column {
          multiplier = multiplier + entry.value * multipliers[entry.variable]
        }
        multipliers[pivot.leaving] = multiplier
      }
    }
    var value = Number.zero
    for (variable, cost) in program.objective.enumerated() where !cost.isZero {
      value = value + cost * values[variable]
    }
    return LinearProgramSolution(
      value: value, variables: Array(values[..<variables]),
      duals: flips.indices.map { row in
        let multiplier = multipliers[variables + row]
        return flips[row] != isMinimum ? -multiplier : multiplier
      },
      pivots: optimum.pivots + pivots.count)
  }
}
