public import Games
public import Mathematics

/// All extreme equilibria of a two-player game, exactly; the list is complete.
///
/// Every equilibrium is a combination of extreme ones (Winkels 1979): ``maximalNashSubsets`` says
/// of which. All vertices of both best-response polytopes are enumerated by reverse search in exact
/// integers, and pairs that have all labels are matched (in the manner of Avis, Rosenberg, Savani &
/// von Stengel 2010, who enumerate one polytope and the faces of the other). Degenerate games need
/// no special care: vertices are told apart by the inequalities that are tight there.
///
/// - Complexity: one pivot per basis of the two polytopes, of which a random 12 by 12 game has some
///   ten thousand and a 14 by 14 game some fifty thousand.
public struct ExtremeEquilibria: Sendable, Equatable {
  /// The first player's strategies that take part in an extreme equilibrium, each once.
  public let rowStrategies: [[Rational]]
  /// The second player's.
  public let columnStrategies: [[Rational]]
  /// The extreme equilibria, as positions in the two lists, in ascending order.
  public let pairs: [Pair]
  /// Some mixed strategy has more pure best responses than strategies in its support. Then there
  /// may be infinitely many equilibria.
  public let isDegenerate: Bool
  /// How many vertices the two polytopes have, the origins included.
  public let vertexCounts: [Int]

  /// An extreme equilibrium by the positions of its strategies.
  public struct Pair: Sendable, Hashable {
    /// The position of the first player's strategy.
    public var row: Int
    /// The position of the second player's.
    public var column: Int
  }

  /// Enumerates the extreme equilibria of a game.
  ///
  /// Both lists of strategies are sorted, those that play earlier strategies more coming first.
  ///
  /// - Parameter limit: its steps are the pivots of either polytope.
  public init(of game: StrategicGame, limit: WorkLimit = .none) throws(BimatrixError) {
    let polytopes = try BestResponsePolytopes(game)
    let rowSets: TightSets
    let columnSets: TightSets
    do {
      rowSets = try VertexEnumeration.vertices(
        matrix: polytopes.rowPlayer, columns: polytopes.rows, labels: polytopes.rowLabels,
        limit: limit)
      columnSets = try VertexEnumeration.vertices(
        matrix: polytopes.columnPlayer, columns: polytopes.columns, labels: polytopes.columnLabels,
        limit: limit)
    } catch {
      throw .enumerationStopped(error)
    }
    let matching = LabelMatching(
      rowSets, columnSets, rows: polytopes.rows, columns: polytopes.columns)
    isDegenerate = matching.isDegenerate
    vertexCounts = [rowSets.count, columnSets.count]

    let rows = Self.strategies(
      at: matching.pairs.map(\.row), of: rowSets, polytopes.rowTableau(), polytopes.rowLabels)
    let columns = Self.strategies(
      at: matching.pairs.map(\.column), of: columnSets, polytopes.columnTableau(),
      polytopes.columnLabels)
    rowStrategies = rows.list
    columnStrategies = columns.list
    pairs = matching.pairs.map { pair in
      Pair(row: rows.place[pair.row] ?? 0, column: columns.place[pair.column] ?? 0)
    }.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
  }

  /// The extreme equilibria.
  public var profiles: [MixedProfile] {
    pairs.map { MixedProfile([rowStrategies[$0.row], columnStrategies[$0.column]]) }
  }

  /// The strategies of some vertices, each once and sorted, and where each vertex went.
  private static func strategies(
    at vertices: [Int], of sets: TightSets, _ tableau: ExactTableau, _ labels: [Int]
  ) -> (list: [[Rational]], place: [Int: Int]) {
    var found: [(vertex: Int, strategy: [Rational])] = []
    for vertex in Set(vertices) {
      found.append((vertex, strategy(at: vertex, of: sets, tableau, labels)))
    }
    // Vertices differ in their tight sets and so in their coordinates: no two are equal.
    found.sort { $1.strategy.lexicographicallyPrecedes($0.strategy) }
    var place: [Int: Int] = [:]
    for (index, entry) in found.enumerated() { place[entry.vertex] = index }
    return (found.map(\.strategy), place)
  }

  /// The strategy at a vertex: its played strategies are exchanged for tight inequalities.
  private static func strategy(
    at vertex: Int, of sets: TightSets, _ first: ExactTableau, _ labels: [Int]
  ) -> [Rational] {
    func isTight(_ variable: Int) -> Bool {
      let label = labels[variable]
      return sets.words[vertex * sets.width + label >> 6] >> UInt64(label & 63) & 1 == 1
    }
    var tableau = first
    var other = first
    for variable in 0..<first.columns where !isTight(variable) {
      let column = tableau.place[variable]
      let row = (0..<first.constraints).first {
        tableau.basic[$0] >= first.columns && isTight(tableau.basic[$0])
          && tableau.sign(row: $0, column: column) != 0
      }
      // At a vertex the tight inequalities determine every variable.
      guard let row else { continue }
      tableau.pivot(row: row, column: column, into: &other)
      swap(&tableau, &other)
    }
    return BestResponsePolytopes.strategy(tableau)
  }
}
