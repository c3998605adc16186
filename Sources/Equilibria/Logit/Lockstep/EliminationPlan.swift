/// The order of elimination of a sparse linear system whose pattern never changes, found once
/// (Markowitz 1957, on the diagonal), with room for the entries that elimination fills in.
///
/// The last equation and the last unknown, which touch all others, stay last.
struct EliminationPlan: Sendable {
  /// The number of equations.
  let count: Int
  /// The number of stored entries, those that are filled in included.
  private(set) var entryCount = 0
  /// Where each equation and unknown comes in the order.
  private(set) var place: [Int] = []
  /// By place: where the pivot is stored; the entries right of it follow.
  private(set) var pivots: [Int32] = []
  /// By place: where its list in ``columns`` begins; one more at the end.
  private(set) var firstColumn: [Int32] = []
  /// The places of the unknowns right of each pivot.
  private(set) var columns: [Int32] = []
  /// For each place how many rows below have an entry in its column; for each of them the entry,
  /// its row's place, and the entries that are changed.
  private(set) var code: [Int32] = []
  /// By place of the row: one past its last entry.
  private(set) var rowEnds: [Int32] = []
  /// By entry: the place of its column.
  private(set) var entryColumns: [Int32] = []
  /// By place of the row, by place of the column.
  private var index: [[Int: Int]] = []

  /// Plans elimination for a pattern: for each equation the unknowns that occur in it.
  ///
  /// - Complexity: O(count³).
  init(pattern: [Set<Int>]) {
    count = pattern.count
    var rows = pattern
    for equation in 0..<count { rows[equation].insert(equation) }
    var columnsOf = [Set<Int>](repeating: [], count: count)
    for (equation, unknowns) in rows.enumerated() {
      for unknown in unknowns { columnsOf[unknown].insert(equation) }
    }
    var order: [Int] = []
    var open = Set(0..<max(count - 1, 0))
    while !open.isEmpty {
      var best = -1
      var leastWork = Int.max
      for candidate in open.sorted() {
        let work = (rows[candidate].count - 1) * (columnsOf[candidate].count - 1)
        if work < leastWork {
          leastWork = work
          best = candidate
        }
      }
      open.remove(best)
      order.append(best)
      let right = rows[best].subtracting([best])
      for row in columnsOf[best] where row != best {
        rows[row].remove(best)
        for unknown in right where rows[row].insert(unknown).inserted {
          columnsOf[unknown].insert(row)
        }
      }
      for unknown in right { columnsOf[unknown].remove(best) }
      columnsOf[best] = []
    }
    if count > 0 { order.append(count - 1) }
    place = Array(repeating: 0, count: count)
    for (step, equation) in order.enumerated() { place[equation] = step }
    lay(out: pattern)
  }

  /// Stores each row's entries together, in the order of elimination.
  private mutating func lay(out pattern: [Set<Int>]) {
    var rows = [Set<Int>](repeating: [], count: count)
    for (equation, unknowns) in pattern.enumerated() {
      rows[place[equation]] = Set(unknowns.map { place[$0] }).union([place[equation]])
    }
    var below = [[Int]](repeating: [], count: count)
    for step in 0..<count {
      let right = rows[step].filter { $0 > step }
      for row in (step + 1)..<max(count, step + 1) where rows[row].contains(step) {
        rows[row].formUnion(right)
        below[step].append(row)
      }
    }
    index = Array(repeating: [:], count: count)
    for step in 0..<count {
      let sorted = rows[step].sorted()
      firstColumn.append(Int32(columns.count))
      for column in sorted {
        index[step][column] = entryCount
        if column == step { pivots.append(Int32(entryCount)) }
        if column > step { columns.append(Int32(column)) }
        entryColumns.append(Int32(column))
        entryCount += 1
      }
      rowEnds.append(Int32(entryCount))
    }
    firstColumn.append(Int32(columns.count))
    for step in 0..<count {
      code.append(Int32(below[step].count))
      for row in below[step] {
        code.append(Int32(index[row][step] ?? 0))
        code.append(Int32(row))
        for entry in Int(firstColumn[step])..<Int(firstColumn[step + 1]) {
          code.append(Int32(index[row][Int(columns[entry])] ?? 0))
        }
      }
    }
  }

  /// Where an entry is stored, by equation and unknown.
  func entry(_ equation: Int, _ unknown: Int) -> Int32 {
    Int32(index[place[equation]][place[unknown]] ?? 0)
  }
}
