/// A maximal set of equilibria in which every strategy of the one player goes with every strategy
/// of the other: all mixtures of these extreme strategies, for each player on its own.
public struct NashSubset: Sendable, Hashable {
  /// Positions in ``ExtremeEquilibria/rowStrategies``, ascending.
  public var rows: [Int]
  /// Positions in ``ExtremeEquilibria/columnStrategies``, ascending.
  public var columns: [Int]

  /// A subset from the positions of its extreme strategies.
  public init(rows: [Int], columns: [Int]) {
    self.rows = rows
    self.columns = columns
  }
}

/// A connected set of equilibria that is as large as it can be.
public struct EquilibriumComponent: Sendable, Hashable {
  /// The maximal Nash subsets whose union it is; neighbors in it overlap.
  public var subsets: [NashSubset]
  /// It is one equilibrium alone.
  public var isSingle: Bool {
    subsets.count == 1 && subsets[0].rows.count == 1 && subsets[0].columns.count == 1
  }
}

extension ExtremeEquilibria {
  /// The maximal Nash subsets, sorted. Their union is the set of all equilibria: they are the
  /// maximal complete bipartite subgraphs of the graph of extreme equilibria (Winkels 1979; Jansen
  /// 1981; Avis et al. 2010, section 6).
  ///
  /// - Complexity: the number of subsets times the numbers of strategies; the former can be
  ///   exponential in theory.
  public var maximalNashSubsets: [NashSubset] {
    var neighbors = Array(repeating: Set<Int>(), count: rowStrategies.count)
    for pair in pairs { neighbors[pair.row].insert(pair.column) }
    // The column sides of the subsets are the intersections of neighborhoods that are not empty.
    var sides: Set<Set<Int>> = []
    for own in neighbors {
      var new: Set<Set<Int>> = [own]
      for side in sides {
        let common = side.intersection(own)
        if !common.isEmpty { new.insert(common) }
      }
      sides.formUnion(new)
    }
    return sides.map { side in
      NashSubset(
        rows: neighbors.indices.filter { side.isSubset(of: neighbors[$0]) },
        columns: side.sorted())
    }.sorted {
      $0.rows == $1.rows
        ? $0.columns.lexicographicallyPrecedes($1.columns)
        : $0.rows.lexicographicallyPrecedes($1.rows)
    }
  }

  /// The connected components of the set of equilibria, sorted. An odd number of them exists in a
  /// nondegenerate game, each a single equilibrium.
  public var components: [EquilibriumComponent] {
    // Subsets are connected if they share an extreme strategy pair, which is so exactly if they
    // are joined in the graph of extreme equilibria.
    var root = Array(0..<(rowStrategies.count + columnStrategies.count))
    func find(_ node: Int) -> Int {
      var node = node
      while root[node] != node { node = root[node] }
      return node
    }
    for pair in pairs {
      let first = find(pair.row)
      let second = find(rowStrategies.count + pair.column)
      root[max(first, second)] = min(first, second)
    }
    var groups: [Int: [NashSubset]] = [:]
    for subset in maximalNashSubsets {
      if let row = subset.rows.first { groups[find(row), default: []].append(subset) }
    }
    return groups.sorted { $0.key < $1.key }.map { EquilibriumComponent(subsets: $0.value) }
  }

  /// There are finitely many equilibria.
  public var isFinite: Bool { components.allSatisfy(\.isSingle) }
}
