extension Negotiation {
  /// The bundles that can be put on the table, each with every amount: those of the proposal's menu
  /// where the story has one; else every set of at most so many clauses, and the larger ones that are
  /// written in the story. Where nothing is offered, those that the story can put into force.
  ///
  /// Small sets come first, then those whose clauses come first in the scenario; amounts rise.
  ///
  /// - Throws: a diagnostic if they are more than `limit`.
  public func bundles(atMost most: Int = 2, limit: Int = 1000) throws(Diagnostic) -> [Bundle] {
    var sets: [[Int]]
    if let table {
      let menu = table.options.filter(\.isFromMenu).compactMap(\.offers)
      if !menu.isEmpty {
        guard menu.count <= limit else { throw tooMany(limit) }
        return menu.map(\.normalized)
      }
      guard let small = subsets(atMost: most, limit: limit) else { throw tooMany(limit) }
      sets = small + written.filter { $0.count > most }
    } else {
      sets = written
    }
    sets.sort { ($0.count, $0) < ($1.count, $1) }
    var result: [Bundle] = []
    for set in sets {
      var bundles = [Bundle([])]
      for clause in set {
        let ordinals: [Int?] =
          scenario.clauses[clause].amounts.map { Array($0.values.indices) } ?? [nil]
        guard result.count + bundles.count * ordinals.count <= limit else { throw tooMany(limit) }
        bundles = bundles.flatMap { start in
          ordinals.map { Bundle(start.clauses + [Bundle.Item(clause: clause, amount: $0)]) }
        }
      }
      result += bundles
      guard result.count <= limit else { throw tooMany(limit) }
    }
    return result
  }

  /// All sets of at most so many clauses, or nil if they are more than `limit`.
  private func subsets(atMost most: Int, limit: Int) -> [[Int]]? {
    var result: [[Int]] = []
    var grown: [[Int]] = [[]]
    for _ in 0..<max(0, most) {
      grown = grown.flatMap { set in
        clauses.filter { clause in set.last.map { $0 < clause } ?? true }.map { set + [$0] }
      }
      result += grown
      if result.count > limit { return nil }
      if grown.isEmpty { break }
    }
    return result
  }

  private func tooMany(_ limit: Int) -> Diagnostic {
    Diagnostic(
      code: "too-many-bundles", file: scenario.file, place: scenario.clauses.first?.place,
      message: "there are more than \(limit) bundles to try, every amount counted",
      remedy: "take smaller sets with --at-most 1, larger steps of amounts with 'by', or raise the "
        + "limit with --max-bundles")
  }
}

private func < (left: (Int, [Int]), right: (Int, [Int])) -> Bool {
  left.0 != right.0 ? left.0 < right.0 : left.1.lexicographicallyPrecedes(right.1)
}
