import Mathematics

/// The pairs of vertices of the two polytopes that together have all labels.
struct LabelMatching {
  private(set) var pairs: [(row: Int, column: Int)] = []
  /// A vertex has more labels than its polytope has dimensions.
  private(set) var isDegenerate = false

  /// Matches the vertices; the pair of origins is not an equilibrium and is left out.
  init(_ rowSets: TightSets, _ columnSets: TightSets, rows: Int, columns: Int) {
    let labelCount = rows + columns
    let width = rowSets.width
    let full = Self.fullSet(labelCount, width)
    // Where neither vertex has a label too many, the labels of one are those missing in the other,
    // and a look-up finds it.
    let specialRows = Self.vertices(of: rowSets, withMoreThan: rows)
    let specialColumns = Self.vertices(of: columnSets, withMoreThan: columns)
    isDegenerate = !specialRows.isEmpty || !specialColumns.isEmpty
    var isSpecial = ContiguousArray(repeating: false, count: rowSets.count)
    for vertex in specialRows { isSpecial[vertex] = true }
    var missing = ContiguousArray<UInt64>(repeating: 0, count: width)
    // The origins come first in both lists. Only they have no label of the other player, and a
    // vertex besides the origin has one, so that an origin is matched with an origin alone.
    for vertex in 1..<max(1, rowSets.count) where !isSpecial[vertex] {
      for word in 0..<width { missing[word] = full[word] & ~rowSets.words[vertex * width + word] }
      if let match = columnSets.index(of: missing) { pairs.append((vertex, match)) }
    }
    for vertex in 1..<max(1, rowSets.count) where !isSpecial[vertex] {
      for other in specialColumns where Self.isFull(rowSets, vertex, columnSets, other, full) {
        pairs.append((vertex, other))
      }
    }
    for vertex in specialRows {
      for other in 1..<max(1, columnSets.count)
      where Self.isFull(rowSets, vertex, columnSets, other, full) {
        pairs.append((vertex, other))
      }
    }
  }

  @inline(__always)
  private static func isFull(
    _ sets: TightSets, _ vertex: Int, _ others: TightSets, _ other: Int,
    _ full: ContiguousArray<UInt64>
  ) -> Bool {
    let width = full.count
    for word in 0..<width
    where sets.words[vertex * width + word] | others.words[other * width + word] != full[word] {
      return false
    }
    return true
  }

  private static func fullSet(_ count: Int, _ width: Int) -> ContiguousArray<UInt64> {
    ContiguousArray(
      (0..<width).map { word in
        let bits = min(64, max(0, count - word * 64))
        return bits == 64 ? .max : (1 << UInt64(bits)) - 1
      })
  }

  private static func vertices(of sets: TightSets, withMoreThan dimension: Int) -> [Int] {
    (0..<sets.count).filter { vertex in
      let words = sets.words[(vertex * sets.width)..<((vertex + 1) * sets.width)]
      return words.reduce(0) { $0 + $1.nonzeroBitCount } > dimension
    }
  }
}
