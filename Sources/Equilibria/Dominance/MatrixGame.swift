import Mathematics

/// The exact value of a zero-sum game given by the row player's payoffs, by linear programming
/// (von Neumann; Dantzig 1951, A proof of the equivalence of the programming problem and the game
/// problem). Bland's rule (1977) keeps the simplex method from going in circles.
struct MatrixGame {
  /// What the row player can secure.
  let value: Rational
  /// A mixture of rows that secures it.
  let rows: [Rational]

  /// Solves a game of at least one row and one column.
  init(_ payoffs: [[Rational]]) {
    let count = payoffs.count
    let width = payoffs[0].count
    // With all payoffs positive: maximize the sum of y ≥ 0 with payoffs · y ≤ 1. The value is one
    // over that sum, and the dual variables are the rows' shares times it.
    let shift = Rational.one - (payoffs.lazy.compactMap { $0.min() }.min() ?? .zero)
    var table = payoffs.enumerated().map { row, line in
      line.map { $0 + shift } + (0..<count).map { $0 == row ? .one : .zero } + [.one]
    }
    var goal =
      Array(repeating: -Rational.one, count: width)
      + Array(repeating: Rational.zero, count: count + 1)
    var basis = (width..<(width + count)).map { $0 }
    while let entering = goal.indices.dropLast().first(where: { goal[$0].signum < 0 }) {
      var leaving: Int?
      var least = Rational.zero
      for row in 0..<count where table[row][entering].signum > 0 {
        let ratio = table[row][width + count] / table[row][entering]
        if let best = leaving, ratio > least || (ratio == least && basis[row] > basis[best]) {
          continue
        }
        leaving = row
        least = ratio
      }
      // All payoffs are positive, so that no variable can grow without end.
      guard let leaving else { break }
      let scale = table[leaving][entering].reciprocal
      table[leaving] = table[leaving].map { $0.signum == 0 ? .zero : $0 * scale }
      let pivot = table[leaving]
      for row in 0..<count where row != leaving {
        MatrixGame.subtract(pivot, at: entering, from: &table[row])
      }
      MatrixGame.subtract(pivot, at: entering, from: &goal)
      basis[leaving] = entering
    }
    let total = goal[width + count].reciprocal
    value = total - shift
    rows = (0..<count).map { goal[width + $0] * total }
  }

  private static func subtract(_ pivot: [Rational], at column: Int, from row: inout [Rational]) {
    let factor = row[column]
    if factor.signum == 0 { return }
    for place in row.indices where pivot[place].signum != 0 {
      row[place] -= factor * pivot[place]
    }
  }
}
