import Games
import Mathematics

/// A two-player game in floating point, both players' payoffs brought to 0.25 ... 1.25: the
/// best-response polytopes need them positive.
struct NumericBimatrix {
  let rows: Int
  let columns: Int
  /// The row player's payoffs: `rowPayoffs[column * rows + row]`.
  private let rowPayoffs: [Double]
  /// The column player's payoffs: `columnPayoffs[row * columns + column]`.
  private let columnPayoffs: [Double]

  init(_ table: PayoffTable) throws(BimatrixError) {
    guard table.sizes.count == 2 else { throw .notTwoPlayers(count: table.sizes.count) }
    rows = table.sizes[0]
    columns = table.sizes[1]
    for player in 0..<2 where table.sizes[player] == 0 {
      throw .noStrategies(player: "\(player + 1)")
    }
    // The row player's strategy varies fastest in a table.
    rowPayoffs = Self.normalized(table, of: 0)
    let byColumn = Self.normalized(table, of: 1)
    var byRow = [Double](repeating: 0, count: byColumn.count)
    for row in 0..<rows {
      for column in 0..<columns { byRow[row * columns + column] = byColumn[column * rows + row] }
    }
    columnPayoffs = byRow
  }

  private static func normalized(_ table: PayoffTable, of player: Int) -> [Double] {
    let (low, high) = table.bounds(of: player)
    let range = high > low ? high - low : 1
    return table.payoffs[player].map { ($0 - low) / range + 0.25 }
  }

  /// The pair of origins of the best-response polytopes.
  var origins: LabeledPair<NumericTableau> {
    LabeledPair(
      rowTableau: NumericTableau(
        matrix: columnPayoffs, columns: rows, sides: Array(repeating: 1, count: columns)),
      columnTableau: NumericTableau(
        matrix: rowPayoffs, columns: columns, sides: Array(repeating: 1, count: rows)),
      rows: rows, columns: columns)
  }

  /// The profile on supports of equal size that makes each player indifferent between the
  /// strategies of its own support; nil if there is not exactly one.
  ///
  /// Probabilities that come out below 0, by rounding at a degenerate equilibrium, are 0.
  func profile(onRows rowSupport: [Int], columns columnSupport: [Int]) -> NumericProfile? {
    guard rowSupport.count == columnSupport.count,
      let x = Self.strategy(
        columnPayoffs, of: rows, support: rowSupport, indifferent: columnSupport),
      let y = Self.strategy(
        rowPayoffs, of: columns, support: columnSupport, indifferent: rowSupport)
    else { return nil }
    return NumericProfile([x, y])
  }

  /// The strategy on a support against which some strategies of the other player are worth the same.
  /// The payoffs are the other player's, those against one strategy together.
  private static func strategy(
    _ payoffs: [Double], of count: Int, support: [Int], indifferent: [Int]
  ) -> [Double]? {
    // Unknown: the probabilities, and last what the strategies are worth.
    let order = support.count + 1
    let responses = payoffs.count / count
    var matrix = [Double](repeating: 0, count: order * order)
    for (row, response) in indifferent.enumerated() {
      for (column, own) in support.enumerated() {
        matrix[row * order + column] = payoffs[own * responses + response]
      }
      matrix[row * order + order - 1] = -1
    }
    for column in support.indices { matrix[(order - 1) * order + column] = 1 }
    var system = LinearSystem(order: order)
    guard system.factor(matrix) else { return nil }
    var solution = [Double](repeating: 0, count: order)
    solution[order - 1] = 1
    system.solve(&solution)
    var total = 0.0
    for column in support.indices {
      solution[column] = max(0, solution[column])
      total += solution[column]
    }
    guard total > 0, total.isFinite else { return nil }
    var strategy = [Double](repeating: 0, count: count)
    for (column, own) in support.enumerated() { strategy[own] = solution[column] / total }
    return strategy
  }
}
