/// The bundles among which a proposal chooses: every set of clauses within the limits, with every
/// amount of each. Small bundles come first, then those whose clauses come first in the list.
struct BundleMenu {
  /// Clause indices in the order of the list.
  var clauses: [Int]
  /// The fewest clauses that a bundle may have.
  var atLeast: Int
  /// The most.
  var atMost: Int
  /// Clauses that cannot stand together.
  var exclusive: [Set<Int>]
  /// For each clause, how many amounts it has; nil where it has none.
  var amounts: [Int?]

  /// Sets of clauses looked at before the search is given up: exclusions can leave few bundles
  /// among very many sets.
  private static let mostSets = 200_000

  /// All bundles, or nil if there are more than `most`.
  func bundles(atMost most: Int) -> [Bundle]? {
    var result: [Bundle] = []
    var looked = 0
    var size = max(1, atLeast)
    while size <= min(atMost, clauses.count) {
      defer { size += 1 }
      // Positions in the list, rising; the last is moved on first.
      var chosen = [0]
      while let last = chosen.last {
        looked += 1
        if looked > BundleMenu.mostSets { return nil }
        let open = clauses.count - last >= size - chosen.count + 1
        if open, isAllowed(chosen) {
          if chosen.count < size {
            chosen.append(last + 1)
            continue
          }
          guard add(chosen, to: &result, atMost: most) else { return nil }
        }
        if open {
          chosen[chosen.count - 1] += 1
        } else {
          chosen.removeLast()
          if !chosen.isEmpty { chosen[chosen.count - 1] += 1 }
        }
      }
    }
    return result
  }

  private func isAllowed(_ positions: [Int]) -> Bool {
    let members = Set(positions.map { clauses[$0] })
    return !exclusive.contains { $0.count > 1 && $0.isSubset(of: members) }
  }

  /// Adds a set of clauses with every combination of their amounts. False if they are too many.
  private func add(
    _ positions: [Int], to result: inout [Bundle], atMost most: Int
  ) -> Bool {
    var count = 1
    for position in positions {
      count *= amounts[position] ?? 1
      if result.count + count > most { return false }
    }
    var bundles: [[Bundle.Item]] = [[]]
    for position in positions {
      let ordinals: [Int?] = amounts[position].map { Array(0..<$0) } ?? [nil]
      bundles = bundles.flatMap { start in
        ordinals.map { start + [Bundle.Item(clause: clauses[position], amount: $0)] }
      }
    }
    result += bundles.map { Bundle($0) }
    return true
  }
}
