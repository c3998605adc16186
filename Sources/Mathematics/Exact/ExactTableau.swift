/// The tableau of `matrix · x ≤ sides, x ≥ 0` in integers that are as wide as they must be: words, pairs
/// of words, or GMP's. A tableau moves up when a pivot overflows, and down when it fits again.
///
/// Variables are numbered: the columns of the matrix first, then the rows' slacks. At first the
/// slacks are basic.
package struct ExactTableau: Sendable {
  private enum Width { case word, wide, big }

  private var width: Width
  private var words: IntegerTableau<Int64>
  private var wides: IntegerTableau<Int128>
  private var bigs: IntegerTableau<BigInteger>

  /// The number of inequalities.
  package let constraints: Int
  /// The number of variables besides the slacks.
  package let columns: Int
  /// The variable of each row.
  package private(set) var basic: ContiguousArray<Int>
  /// The variable of each column.
  package private(set) var nonbasic: ContiguousArray<Int>
  /// For each variable its column, or `~row` while it is basic.
  package private(set) var place: [Int]

  /// The first tableau, from the matrix by rows. With `costs`, a last row holds the costs of the
  /// sum of all variables. The right-hand sides are 1, or `sides`, which are not negative.
  package init(matrix: [BigInteger], columns: Int, costs: Bool, sides: [BigInteger]? = nil) {
    precondition(columns > 0 && matrix.count % columns == 0, "a matrix has full rows")
    let constraints = matrix.count / columns
    self.constraints = constraints
    self.columns = columns
    basic = ContiguousArray(columns..<(columns + constraints))
    nonbasic = ContiguousArray(0..<columns)
    place = Array(0..<columns) + (0..<constraints).map { ~$0 }
    let one = BigInteger(1)
    var first = IntegerTableau<BigInteger>(divisor: one, stride: columns + 1)
    for row in 0..<constraints {
      first.entries += matrix[(row * columns)..<((row + 1) * columns)]
      first.entries.append(sides?[row] ?? one)
    }
    if costs {
      first.entries += repeatElement(one, count: columns)
      first.entries.append(.zero)
    }
    words = IntegerTableau(divisor: 1, stride: columns + 1)
    wides = IntegerTableau(divisor: 1, stride: columns + 1)
    bigs = IntegerTableau(divisor: one, stride: columns + 1)
    if let narrow = IntegerTableau<Int64>(converting: first) {
      width = .word
      words = narrow
    } else if let narrow = IntegerTableau<Int128>(converting: first) {
      width = .wide
      wides = narrow
    } else {
      width = .big
      bigs = first
    }
  }

  /// Writes the tableau in which the column's variable and the row's have changed places.
  package func pivot(row: Int, column: Int, into target: inout ExactTableau) {
    pivotEntries(row, column, &target)
    for index in basic.indices { target.basic[index] = basic[index] }
    for index in nonbasic.indices { target.nonbasic[index] = nonbasic[index] }
    for index in place.indices { target.place[index] = place[index] }
    target.basic[row] = nonbasic[column]
    target.nonbasic[column] = basic[row]
    target.place[nonbasic[column]] = ~row
    target.place[basic[row]] = column
  }

  private func pivotEntries(_ row: Int, _ column: Int, _ target: inout ExactTableau) {
    switch width {
    case .word:
      if words.pivot(row: row, column: column, into: &target.words) {
        target.width = .word
      } else {
        ExactTableau.pivot(wide: words.widened, row, column, &target)
      }
    case .wide:
      ExactTableau.pivot(wide: wides, row, column, &target)
    case .big:
      _ = bigs.pivot(row: row, column: column, into: &target.bigs)
      target.width = .big
      if let narrow = IntegerTableau<Int128>(converting: target.bigs) {
        target.wides = narrow
        target.width = .wide
      }
    }
  }

  private static func pivot(
    wide: IntegerTableau<Int128>, _ row: Int, _ column: Int, _ target: inout ExactTableau
  ) {
    if wide.pivot(row: row, column: column, into: &target.wides) {
      target.width = target.words.take(target.wides) ? .word : .wide
    } else if let large = IntegerTableau<BigInteger>(converting: wide) {
      _ = large.pivot(row: row, column: column, into: &target.bigs)
      target.width = .big
      if let narrow = IntegerTableau<Int128>(converting: target.bigs) {
        target.wides = narrow
        target.width = .wide
      }
    }
  }

  /// The row that leaves when a column enters, by the lexicographic rule; nil if nothing bounds it.
  package func leavingRow(column: Int) -> Int? {
    let slacks = place[columns...]
    return switch width {
    case .word:
      words.leavingRow(column: column, constraints: constraints, slackPlaces: slacks)
    case .wide:
      wides.leavingRow(column: column, constraints: constraints, slackPlaces: slacks)
    case .big:
      bigs.leavingRow(column: column, constraints: constraints, slackPlaces: slacks)
    }
  }

  /// The simplex method with Bland's rule would undo this pivot.
  func isUndoneByBlandsRule(row: Int, column: Int) -> Bool {
    let leaving = basic[row]
    return switch width {
    case .word:
      words.isUndoneByBlandsRule(row: row, column: column, leaving: leaving, nonbasic: nonbasic)
    case .wide:
      wides.isUndoneByBlandsRule(row: row, column: column, leaving: leaving, nonbasic: nonbasic)
    case .big:
      bigs.isUndoneByBlandsRule(row: row, column: column, leaving: leaving, nonbasic: nonbasic)
    }
  }

  /// The sign of an entry; the costs are in row ``constraints``, the right-hand sides in column
  /// ``columns``.
  package func sign(row: Int, column: Int) -> Int {
    let index = row * (columns + 1) + column
    return switch width {
    case .word: words.entries[index].sign
    case .wide: wides.entries[index].sign
    case .big: bigs.entries[index].sign
    }
  }

  /// The value of a variable.
  package func value(of variable: Int) -> Rational {
    guard place[variable] < 0 else { return .zero }
    let index = ~place[variable] * (columns + 1) + columns
    return switch width {
    case .word: Rational(big: words.entries[index].big, words.divisor.big)
    case .wide: Rational(big: wides.entries[index].big, wides.divisor.big)
    case .big: Rational(big: bigs.entries[index], bigs.divisor)
    }
  }

  /// The values of the variables besides the slacks, times a common positive number.
  package var solution: [BigInteger] {
    (0..<columns).map { variable in
      guard place[variable] < 0 else { return .zero }
      let index = ~place[variable] * (columns + 1) + columns
      return switch width {
      case .word: words.entries[index].big
      case .wide: wides.entries[index].big
      case .big: bigs.entries[index]
      }
    }
  }
}
