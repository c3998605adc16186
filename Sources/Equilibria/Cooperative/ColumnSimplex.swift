import Mathematics

/// The exact linear program `maximize cost · z, A z = side, z ≥ 0` with few rows and any number of
/// columns, which are never listed: a search finds the best column for given prices (the revised
/// simplex method, Dantzig & Orchard-Hays 1954, with columns generated as by Gilmore & Gomory 1961).
///
/// The largest reduced cost enters. After a pivot that gains nothing Bland's rule (1977) takes over
/// until one gains, so that the method never goes in circles.
struct ColumnSimplex {
  /// A column of the program.
  struct Column {
    /// One entry per row.
    var entries: [Rational]
    var cost: Rational
    /// A number of its own, not negative, that gives the columns an order.
    var id: Int
  }

  /// What a search for a column is given.
  struct Query {
    /// One price per row.
    var prices: [Rational]
    /// Costs do not count yet: only what `prices` say does.
    var ignoresCosts: Bool
    /// Any column of positive reduced cost will not do: the one with the smallest id is wanted.
    var wantsFirst: Bool
  }

  /// An optimum.
  struct Optimum {
    var value: Rational
    /// The solution of the dual program: one price per row.
    var prices: [Rational]
    /// The columns above 0, with their amounts.
    var amounts: [(id: Int, amount: Rational)]
  }

  /// The inverse of the basis, the amounts of its columns, their costs and ids; artificial columns
  /// have the id `-1 - row`.
  private var inverse: [[Rational]]
  private var amounts: [Rational]
  private var costs: [Rational]
  private var ids: [Int]
  /// Drives out the artificial columns first; costs do not count before they are 0.
  private var ignoresCosts = true
  private var steps = 0

  /// Solves a program whose side is not negative; nil if it is infeasible or unbounded.
  ///
  /// The search returns a column whose reduced cost, its cost (or 0, if costs do not count) less
  /// the sum of its entries times the prices, is positive; nil if there is none.
  static func optimum(
    side: [Rational], limit: WorkLimit, column: (Query) -> Column?
  ) throws(WorkLimit.Stop) -> Optimum? {
    var simplex = ColumnSimplex(side: side)
    guard try simplex.run(limit, column), simplex.value.signum == 0 else { return nil }
    simplex.ignoresCosts = false
    guard try simplex.run(limit, column) else { return nil }
    return Optimum(
      value: simplex.value, prices: simplex.prices,
      amounts: zip(simplex.ids, simplex.amounts).filter { $0 >= 0 && $1.signum > 0 })
  }

  private init(side: [Rational]) {
    inverse = side.indices.map { row in side.indices.map { $0 == row ? .one : .zero } }
    amounts = side
    costs = side.map { _ in .zero }
    ids = side.indices.map { -1 - $0 }
  }

  /// The cost of a row's basic column in the present phase.
  private func cost(_ row: Int) -> Rational {
    if ignoresCosts { return ids[row] < 0 ? -1 : .zero }
    return costs[row]
  }

  private var value: Rational {
    amounts.indices.reduce(.zero) { $0 + cost($1) * amounts[$1] }
  }

  private var prices: [Rational] {
    var prices = Array(repeating: Rational.zero, count: ids.count)
    for row in ids.indices {
      let cost = cost(row)
      if cost.signum == 0 { continue }
      for place in prices.indices { prices[place] += cost * inverse[row][place] }
    }
    return prices
  }

  /// Pivots until no column is worth it; false if one could grow without end.
  private mutating func run(
    _ limit: WorkLimit, _ search: (Query) -> Column?
  ) throws(WorkLimit.Stop) -> Bool {
    var wantsFirst = false
    while let column = search(
      Query(prices: prices, ignoresCosts: ignoresCosts, wantsFirst: wantsFirst))
    {
      if let stop = limit.stop(after: steps, interval: 1) { throw stop }
      steps += 1
      let entering = inverse.map { sumOfProducts($0, column.entries) }
      guard let row = leavingRow(entering) else { return false }
      wantsFirst = amounts[row].signum == 0
      pivot(row, column, entering)
    }
    return true
  }

  /// The row whose column leaves: the least ratio, and of those the smallest id.
  private func leavingRow(_ entering: [Rational]) -> Int? {
    var best: Int?
    var least = Rational.zero
    for row in ids.indices where entering[row].signum != 0 {
      // An artificial column must stay at 0, whichever way the entering one would move it.
      if !ignoresCosts, ids[row] < 0 { return row }
      if entering[row].signum < 0 { continue }
      let ratio = amounts[row] / entering[row]
      if let best, ratio > least || (ratio == least && ids[row] > ids[best]) { continue }
      best = row
      least = ratio
    }
    return best
  }

  private mutating func pivot(_ row: Int, _ column: Column, _ entering: [Rational]) {
    let scale = entering[row].reciprocal
    let line = inverse[row].map { $0 * scale }
    let amount = amounts[row] * scale
    for other in ids.indices where other != row && entering[other].signum != 0 {
      for place in line.indices where line[place].signum != 0 {
        inverse[other][place] -= entering[other] * line[place]
      }
      amounts[other] -= entering[other] * amount
    }
    inverse[row] = line
    amounts[row] = amount
    costs[row] = column.cost
    ids[row] = column.id
  }
}

/// The sum of the products.
func sumOfProducts(_ left: [Rational], _ right: [Rational]) -> Rational {
  var sum = Rational.zero
  for place in left.indices where left[place].signum != 0 && right[place].signum != 0 {
    sum += left[place] * right[place]
  }
  return sum
}
