import Games
import Mathematics

/// The best-response polytopes of a two-player game (von Stengel 2002, section 2).
///
/// Payoffs are shifted and scaled to positive integers, which changes no equilibrium. Labels number
/// the strategies of both players, the row player's first. A point of `{x ≥ 0, Bᵀx ≤ 1}` has the
/// labels of the rows that it does not play and of the columns that are best responses to it; a
/// point of `{y ≥ 0, A y ≤ 1}` likewise. An equilibrium is a pair, neither of them the origin, that
/// has all labels.
struct BestResponsePolytopes {
  let rows: Int
  let columns: Int
  /// `Bᵀ` by the column player's strategies.
  let rowPlayer: [BigInteger]
  /// `A` by the row player's strategies.
  let columnPlayer: [BigInteger]

  init(_ game: StrategicGame) throws(BimatrixError) {
    (rows, columns) = try LemkeHowson.strategyCounts(of: game)
    // The row player's strategy varies fastest in a game's table.
    rowPlayer = Self.positive((0..<game.profileCount).map { game.payoff(1, at: $0) })
    let byColumn = Self.positive((0..<game.profileCount).map { game.payoff(0, at: $0) })
    var byRow: [BigInteger] = []
    for row in 0..<rows {
      for column in 0..<columns { byRow.append(byColumn[column * rows + row]) }
    }
    columnPlayer = byRow
  }

  /// The number of labels.
  var labelCount: Int { rows + columns }

  /// The labels of the variables of the row player's polytope.
  var rowLabels: [Int] { Array(0..<labelCount) }

  /// The labels of the variables of the column player's polytope.
  var columnLabels: [Int] { Array(rows..<labelCount) + Array(0..<rows) }

  /// The first tableau of the row player's polytope.
  func rowTableau() -> ExactTableau {
    ExactTableau(matrix: rowPlayer, columns: rows, costs: false)
  }

  /// The first tableau of the column player's polytope.
  func columnTableau() -> ExactTableau {
    ExactTableau(matrix: columnPlayer, columns: columns, costs: false)
  }

  /// The pair of origins.
  var origins: LabeledPair<ExactWalk> {
    LabeledPair(
      rowTableau: ExactWalk(rowTableau()), columnTableau: ExactWalk(columnTableau()), rows: rows,
      columns: columns)
  }

  /// The least positive integers that are the payoffs times a positive number plus another.
  private static func positive(_ payoffs: [Rational]) -> [BigInteger] {
    let least = payoffs.min() ?? .zero
    let whole = Rational.integers(proportionalTo: payoffs.map { $0 - least })
    let one = BigInteger(1)
    var divisor = BigInteger(0)
    for value in whole { divisor = divisor.greatestCommonDivisor(with: value) }
    if divisor.signum == 0 { divisor = one }
    return whole.map { $0.dividedExactly(by: divisor) + one }
  }

  /// A point of a polytope, scaled to probabilities.
  static func strategy(_ tableau: ExactTableau) -> [Rational] {
    let values = tableau.solution
    let sum = values.reduce(BigInteger(0), +)
    return values.map { Rational(big: $0, sum) }
  }
}
