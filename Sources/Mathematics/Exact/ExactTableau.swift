/// The tableau of `matrix · x ≤ bounds, x ≥ 0` in integers that are as wide as they must be: words,
/// pairs of words, or GMP's. A tableau moves up when a pivot overflows, and down when it fits again.
///
/// Variables are numbered: the columns of the matrix first, then the rows' slacks. At first the
/// slacks are basic. Rows of costs may stand below those of the inequalities.
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

  /// The first tableau of `matrix · x ≤ 1`, from the matrix by rows. With `costs`, a last row holds
  /// the costs of the sum of all variables.
  package init(matrix: [BigInteger], columns: Int, costs: Bool) {
    precondition(columns > 0 && matrix.count % columns == 0, "a matrix has full rows")
    let constraints = matrix.count / columns
    let one = BigInteger(1)
    var entries: ContiguousArray<BigInteger> = []
    for row in 0..<constraints {
      entries += matrix[(row * columns)..<((row + 1) * columns)]
      entries.append(one)
    }
    if costs {
      entries += repeatElement(one, count: columns)
      entries.append(.zero)
    }
    self.init(entries: entries, constraints: constraints, columns: columns)
  }

  /// A first tableau from its entries by rows, the bound last in each, rows of costs last of all.
  package init(entries: ContiguousArray<BigInteger>, constraints: Int, columns: Int) {
    precondition(entries.count % (columns + 1) == 0, "a tableau has full rows")
    precondition(entries.count / (columns + 1) >= constraints, "each inequality has a row")
    self.constraints = constraints
    self.columns = columns
    basic = ContiguousArray(columns..<(columns + constraints))
    nonbasic = ContiguousArray(0..<columns)
    place = Array(0..<columns) + (0..<constraints).map { ~$0 }
    let one = BigInteger(1)
    var first = IntegerTableau<BigInteger>(divisor: one, stride: columns + 1)
    first.entries = entries
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
    leavingRow(column: column, places: place[columns...])
  }

  /// The row that leaves when a column enters, ties broken as if the variables that were basic at
  /// some tableau before had been larger there by infinitesimals; nil if nothing bounds it.
  ///
  /// - Parameter reference: those variables, in the order of the infinitesimals.
  package func leavingRow(column: Int, reference: ContiguousArray<Int>) -> Int? {
    leavingRow(column: column, places: reference.map { place[$0] }[...])
  }

  private func leavingRow(column: Int, places: ArraySlice<Int>) -> Int? {
    switch width {
    case .word: words.leavingRow(column: column, constraints: constraints, slackPlaces: places)
    case .wide: wides.leavingRow(column: column, constraints: constraints, slackPlaces: places)
    case .big: bigs.leavingRow(column: column, constraints: constraints, slackPlaces: places)
    }
  }

  /// The column below `limit` with the lowest entry in a row, the first of them; nil if none is
  /// below 0.
  package func lowestColumn(row: Int, below limit: Int) -> Int? {
    let start = row * (columns + 1)
    return switch width {
    case .word: words.lowest(in: start..<(start + limit)).map { $0 - start }
    case .wide: wides.lowest(in: start..<(start + limit)).map { $0 - start }
    case .big: bigs.lowest(in: start..<(start + limit)).map { $0 - start }
    }
  }

  /// An entry times ``divisor``; the bounds are in column ``columns``.
  package func entry(row: Int, column: Int) -> BigInteger {
    let index = row * (columns + 1) + column
    return switch width {
    case .word: words.entries[index].big
    case .wide: wides.entries[index].big
    case .big: bigs.entries[index]
    }
  }

  /// What all entries are to be divided by.
  package var divisor: BigInteger {
    switch width {
    case .word: words.divisor.big
    case .wide: wides.divisor.big
    case .big: bigs.divisor
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
    place[variable] < 0
      ? Rational(big: entry(row: ~place[variable], column: columns), divisor) : .zero
  }

  /// The values of the variables besides the slacks, times a common positive number.
  package var solution: [BigInteger] {
    (0..<columns).map { variable in
      guard place[variable] < 0 else { return .zero }
      return entry(row: ~place[variable], column: columns)
    }
  }
}
