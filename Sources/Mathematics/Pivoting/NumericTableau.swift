/// A basic solution of `matrix · x + s = sides, x ≥ 0, s ≥ 0` in floating point, and pivots from one
/// to the next.
///
/// Variables are numbered: the columns of the matrix first, then the rows' slacks. At first the
/// slacks are basic. Of the tableau only the part that differs from the matrix is kept, the inverse
/// of the square block that has been exchanged (the principal pivot transform, Tucker 1960); its
/// columns are made when they are needed. So a pivot costs rows × the number of basic columns, which
/// is small as long as few strategies are played.
package struct NumericTableau: Sendable {
  /// The number of rows.
  package let rows: Int
  /// The number of columns.
  package let columns: Int
  /// `matrix[column * rows + row]`.
  private let matrix: [Double]
  private let sides: [Double]

  /// The values of the slacks; without meaning where a slack is not basic.
  private var slacks: [Double]
  /// The basic columns, with their values.
  private var basicColumns: [Int] = []
  private var values: [Double] = []
  /// The rows whose slacks are not basic: as many.
  private var tightRows: [Int] = []
  /// For each variable where it is in ``basicColumns`` or ``tightRows``; -1 elsewhere.
  private var position: [Int]
  /// `inverse[basicColumn * capacity + tightRow]`, by positions.
  private var inverse: [Double]
  private var capacity = 8

  /// The entering variable's column of the tableau, for the basic columns and for the slacks, and
  /// the leaving variable's row: memory for one pivot.
  private var columnStep: [Double] = []
  private var slackStep: [Double]
  private var leavingRow: [Double] = []
  private var ties: [(variable: Int, step: Double)] = []

  /// What counts as zero in a tableau whose numbers are near 1.
  private static let zero = 1e-11
  /// Ratios that are this near are equal.
  private static let tie = 1e-12

  /// The first solution.
  ///
  /// - Parameters:
  ///   - matrix: column by column.
  ///   - sides: not negative.
  package init(matrix: [Double], columns: Int, sides: [Double]) {
    precondition(matrix.count == columns * sides.count, "a matrix has full columns")
    rows = sides.count
    self.columns = columns
    self.matrix = matrix
    self.sides = sides
    slacks = sides
    slackStep = sides
    position = Array(repeating: -1, count: columns + rows)
    inverse = Array(repeating: 0, count: capacity * capacity)
  }

  /// Goes back to the first solution, and keeps its memory.
  package mutating func reset() {
    for row in 0..<rows { slacks[row] = sides[row] }
    for variable in position.indices { position[variable] = -1 }
    basicColumns.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    tightRows.removeAll(keepingCapacity: true)
  }

  /// Whether a variable is basic.
  package func isBasic(_ variable: Int) -> Bool {
    (position[variable] >= 0) == (variable < columns)
  }

  /// The value of a variable.
  package func value(of variable: Int) -> Double {
    guard isBasic(variable) else { return 0 }
    return variable < columns ? values[position[variable]] : slacks[variable - columns]
  }

  /// A variable enters the basis. The variable that leaves, by the least ratio; nil, and nothing
  /// changes, if nothing bounds it.
  ///
  /// Ratios that rounding cannot tell apart are ordered as if each right-hand side were larger by an
  /// infinitesimal of its own, ever smaller (Dantzig, Orden & Wolfe 1955).
  package mutating func enter(_ variable: Int) -> Int? {
    findStep(variable)
    guard let (leaving, step) = leavingVariable() else { return nil }
    findRow(of: leaving)
    move(entering: variable, leaving: leaving, pivot: step)
    return leaving
  }

  /// The entering variable's column of the tableau.
  private mutating func findStep(_ variable: Int) {
    let count = basicColumns.count
    columnStep.removeAll(keepingCapacity: true)
    if variable < columns {
      for k in 0..<count {
        var sum = 0.0
        for l in 0..<count {
          sum += inverse[k * capacity + l] * matrix[variable * rows + tightRows[l]]
        }
        columnStep.append(sum)
      }
      for row in 0..<rows { slackStep[row] = matrix[variable * rows + row] }
    } else {
      let own = position[variable]
      for k in 0..<count { columnStep.append(inverse[k * capacity + own]) }
      for row in 0..<rows { slackStep[row] = 0 }
    }
    slackStep.withUnsafeMutableBufferPointer { step in
      matrix.withUnsafeBufferPointer { matrix in
        guard let step = step.baseAddress, let matrix = matrix.baseAddress else { return }
        for k in 0..<count {
          let factor = columnStep[k]
          if factor == 0 { continue }
          let column = matrix + basicColumns[k] * rows
          for row in 0..<rows { step[row] -= factor * column[row] }
        }
      }
    }
    for row in tightRows { slackStep[row] = 0 }
  }

  /// The variable that leaves, with its entry in the entering column.
  private mutating func leavingVariable() -> (variable: Int, step: Double)? {
    var least = Double.infinity
    for (value, step) in zip(values, columnStep) where step > Self.zero {
      least = min(least, max(value, 0) / step)
    }
    for row in 0..<rows where slackStep[row] > Self.zero {
      least = min(least, max(slacks[row], 0) / slackStep[row])
    }
    guard least < .infinity else { return nil }
    let bound = least + Self.tie * max(1, least)
    ties.removeAll(keepingCapacity: true)
    for (k, step) in columnStep.enumerated() where step > Self.zero {
      if values[k] <= bound * step { ties.append((basicColumns[k], step)) }
    }
    for row in 0..<rows where slackStep[row] > Self.zero {
      if slacks[row] <= bound * slackStep[row] { ties.append((columns + row, slackStep[row])) }
    }
    var row = 0
    while ties.count > 1, row < rows {
      keepLeast(infinitesimalOf: row)
      row += 1
    }
    return ties.first
  }

  /// Of the tied variables keeps those whose ratio has the least share of a row's infinitesimal.
  private mutating func keepLeast(infinitesimalOf row: Int) {
    let place = position[columns + row]
    if place < 0 {
      // A basic slack's column is a unit vector: only it has a share, which is more than none.
      ties.removeAll { $0.variable == columns + row }
      return
    }
    let shares = ties.map { share(of: $0.variable, inColumn: place) / $0.step }
    let least = shares.min() ?? 0
    let bound = least + Self.tie * max(1, abs(least))
    var index = 0
    ties.removeAll { _ in
      index += 1
      return shares[index - 1] > bound
    }
  }

  /// A basic variable's entry of the tableau in the column of a slack that is not basic.
  private func share(of variable: Int, inColumn place: Int) -> Double {
    if variable < columns { return inverse[position[variable] * capacity + place] }
    var sum = 0.0
    for k in basicColumns.indices {
      sum -= matrix[basicColumns[k] * rows + variable - columns] * inverse[k * capacity + place]
    }
    return sum
  }

  /// The leaving variable's row of the tableau, over the slacks that are not basic.
  private mutating func findRow(of variable: Int) {
    let count = tightRows.count
    leavingRow.removeAll(keepingCapacity: true)
    if variable < columns {
      let start = position[variable] * capacity
      leavingRow += inverse[start..<(start + count)]
      return
    }
    leavingRow += repeatElement(0, count: count)
    for k in 0..<count {
      let factor = matrix[basicColumns[k] * rows + variable - columns]
      for l in 0..<count { leavingRow[l] -= factor * inverse[k * capacity + l] }
    }
  }

  private mutating func move(entering: Int, leaving: Int, pivot: Double) {
    let ratio =
      max(0, leaving < columns ? values[position[leaving]] : slacks[leaving - columns]) / pivot
    let count = basicColumns.count
    for k in 0..<count { values[k] -= ratio * columnStep[k] }
    for row in 0..<rows { slacks[row] -= ratio * slackStep[row] }
    for l in 0..<count { leavingRow[l] /= pivot }
    inverse.withUnsafeMutableBufferPointer { inverse in
      leavingRow.withUnsafeBufferPointer { leavingRow in
        guard let base = inverse.baseAddress, let head = leavingRow.baseAddress else { return }
        for k in 0..<count {
          let factor = columnStep[k]
          if factor == 0 { continue }
          let target = base + k * capacity
          for l in 0..<count { target[l] -= factor * head[l] }
        }
      }
    }
    if entering < columns {
      if leaving < columns {
        replaceColumn(leaving, by: entering, value: ratio)
      } else {
        append(entering, tight: leaving, value: ratio, pivot: pivot)
      }
    } else {
      slacks[entering - columns] = ratio
      if leaving < columns {
        remove(leaving, tight: entering)
      } else {
        replaceTight(entering, by: leaving, pivot: pivot)
      }
    }
  }

  private mutating func replaceColumn(_ old: Int, by new: Int, value: Double) {
    let place = position[old]
    for l in leavingRow.indices { inverse[place * capacity + l] = leavingRow[l] }
    basicColumns[place] = new
    values[place] = value
    position[new] = place
    position[old] = -1
  }

  private mutating func replaceTight(_ old: Int, by new: Int, pivot: Double) {
    let place = position[old]
    for k in columnStep.indices { inverse[k * capacity + place] = -columnStep[k] / pivot }
    tightRows[place] = new - columns
    position[new] = place
    position[old] = -1
  }

  private mutating func append(_ column: Int, tight slack: Int, value: Double, pivot: Double) {
    let count = basicColumns.count
    if count == capacity { grow() }
    for k in 0..<count { inverse[k * capacity + count] = -columnStep[k] / pivot }
    for l in 0..<count { inverse[count * capacity + l] = leavingRow[l] }
    inverse[count * capacity + count] = 1 / pivot
    position[column] = count
    position[slack] = count
    basicColumns.append(column)
    values.append(value)
    tightRows.append(slack - columns)
  }

  /// The last of each list moves to the place of what is taken out.
  private mutating func remove(_ column: Int, tight slack: Int) {
    let last = basicColumns.count - 1
    let row = position[column]
    let place = position[slack]
    for l in 0...last { inverse[row * capacity + l] = inverse[last * capacity + l] }
    for k in 0..<last { inverse[k * capacity + place] = inverse[k * capacity + last] }
    position[basicColumns[last]] = row
    position[columns + tightRows[last]] = place
    basicColumns[row] = basicColumns[last]
    values[row] = values[last]
    tightRows[place] = tightRows[last]
    basicColumns.removeLast()
    values.removeLast()
    tightRows.removeLast()
    position[column] = -1
    position[slack] = -1
  }

  private mutating func grow() {
    let wide = capacity * 2
    var larger = [Double](repeating: 0, count: wide * wide)
    for k in 0..<capacity {
      for l in 0..<capacity { larger[k * wide + l] = inverse[k * capacity + l] }
    }
    inverse = larger
    capacity = wide
  }
}
