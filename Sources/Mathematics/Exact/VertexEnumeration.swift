/// Sets of numbers 0 ..< `capacity`, each once, in the order in which they came: the inequalities
/// that hold with equality at the vertices of a polytope.
package struct TightSets: Sendable {
  /// Words per set.
  package let width: Int
  /// `words[set * width + word]`.
  package private(set) var words: ContiguousArray<UInt64> = []
  /// Open addressing: the set, or -1.
  private var slots: ContiguousArray<Int32> = ContiguousArray(repeating: -1, count: 64)

  package init(capacity: Int) { width = max(1, (capacity + 63) / 64) }

  /// How many there are.
  package var count: Int { words.count / width }

  /// Adds a set unless it is there.
  package mutating func insert(_ set: ContiguousArray<UInt64>) {
    let slot = find(set)
    guard slots[slot] < 0 else { return }
    slots[slot] = Int32(count)
    words += set
    guard count * 2 > slots.count else { return }
    slots = ContiguousArray(repeating: -1, count: slots.count * 4)
    for index in 0..<count {
      let slot = find(ContiguousArray(words[(index * width)..<((index + 1) * width)]))
      slots[slot] = Int32(index)
    }
  }

  /// The place of a set in the order, if it is there.
  package func index(of set: ContiguousArray<UInt64>) -> Int? {
    let found = slots[find(set)]
    return found < 0 ? nil : Int(found)
  }

  private func find(_ set: ContiguousArray<UInt64>) -> Int {
    var hash: UInt64 = 0
    for word in set { hash = SplitMix64.mix(hash ^ word) }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let start = Int(slots[slot]) * width
      if (0..<width).allSatisfy({ words[start + $0] == set[$0] }) { break }
      slot = (slot + 1) & mask
    }
    return slot
  }
}

/// All vertices of `{x ≥ 0, matrix · x ≤ 1}`, a polytope because the matrix is positive, by reverse
/// search (Avis & Fukuda 1992; Avis 2000): the simplex method with Bland's rule and lexicographic
/// ties, run backwards from the origin in all ways.
///
/// The lexicographic rule makes the polytope simple, so that each of its bases is reached by
/// exactly one path and every vertex has at least one. Memory is for the path and the list alone.
package enum VertexEnumeration {
  /// The tight inequalities of each vertex, by the variables' `labels`.
  ///
  /// - Parameter limit: its steps are pivots.
  package static func vertices(
    matrix: [BigInteger], columns: Int, labels: [Int], limit: WorkLimit
  ) throws(WorkLimit.Stop) -> TightSets {
    let first = ExactTableau(matrix: matrix, columns: columns, costs: true)
    var path = [first]
    var next = [0]
    var depth = 0
    var pivots = 0
    var sets = TightSets(capacity: labels.count)
    var set = ContiguousArray<UInt64>(repeating: 0, count: sets.width)
    record(first, labels, &set, &sets)
    while true {
      guard let (row, column) = child(of: path[depth], from: next[depth]) else {
        if depth == 0 { return sets }
        depth -= 1
        continue
      }
      next[depth] = column + 1
      if let stop = limit.stop(after: pivots) { throw stop }
      pivots += 1
      if depth + 1 == path.count {
        path.append(first)
        next.append(0)
      }
      path.withUnsafeMutableBufferPointer { path in
        path[depth].pivot(row: row, column: column, into: &path[depth + 1])
      }
      depth += 1
      next[depth] = 0
      record(path[depth], labels, &set, &sets)
    }
  }

  /// The next pivot that the simplex method would undo.
  private static func child(of tableau: ExactTableau, from start: Int) -> (row: Int, column: Int)? {
    for column in start..<max(start, tableau.columns)
    where tableau.sign(row: tableau.constraints, column: column) > 0 {
      guard let row = tableau.leavingRow(column: column) else { continue }
      if tableau.isUndoneByBlandsRule(row: row, column: column) { return (row, column) }
    }
    return nil
  }

  private static func record(
    _ tableau: ExactTableau, _ labels: [Int], _ set: inout ContiguousArray<UInt64>,
    _ sets: inout TightSets
  ) {
    for word in set.indices { set[word] = 0 }
    for variable in tableau.nonbasic {
      set[labels[variable] >> 6] |= 1 << UInt64(labels[variable] & 63)
    }
    for row in 0..<tableau.constraints
    where tableau.sign(row: row, column: tableau.columns) == 0 {
      let label = labels[tableau.basic[row]]
      set[label >> 6] |= 1 << UInt64(label & 63)
    }
    sets.insert(set)
  }
}
