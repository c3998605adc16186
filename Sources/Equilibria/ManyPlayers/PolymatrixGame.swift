import Mathematics

/// A game in which what a strategy yields is a sum over the other players of what it yields against
/// each one's strategy alone, solved by complementary pivoting (Howson 1972).
///
/// With costs c > 0 the equilibria are the solutions of
///
///     Σ c(a, b) p(b) − v ≥ 0  ⊥  p(a) ≥ 0,     Σ p(a) − 1 ≥ 0  ⊥  v ≥ 0
///
/// for every strategy a and every player, of whom there are two at least. Lemke's (1965) path on this problem has no ray to end on:
/// on a ray p would grow for one player alone, whose v would be 0, so that its own costs would not
/// be tight.
struct PolymatrixGame {
  private let sizes: [Int]
  private let offsets: [Int]
  /// `costs[own * count + other]`.
  private let costs: [Double]

  /// - Parameters:
  ///   - payoffs: `payoffs[own * count + other]`, 0 between strategies of one player.
  ///   - constants: for each strategy, what it yields whatever the others do.
  init(sizes: [Int], offsets: [Int], payoffs: [Double], constants: [Double]) {
    self.sizes = sizes
    self.offsets = offsets
    let count = constants.count
    let share = 1 / Double(max(1, sizes.count - 1))
    var costs = [Double](repeating: 0, count: count * count)
    var highest = 0.0
    for player in sizes.indices {
      for own in offsets[player]..<offsets[player + 1] {
        for other in sizes.indices where other != player {
          for reply in offsets[other]..<offsets[other + 1] {
            let place = own * count + reply
            costs[place] = payoffs[place] + constants[own] * share
            highest = max(highest, abs(costs[place]))
          }
        }
      }
    }
    for player in sizes.indices {
      for own in offsets[player]..<offsets[player + 1] {
        for other in 0..<count where other < offsets[player] || other >= offsets[player + 1] {
          costs[own * count + other] = highest + 1 - costs[own * count + other]
        }
      }
    }
    self.costs = costs
  }

  /// An equilibrium at the end of the path that a positive vector begins, one number for each
  /// strategy and player; nil if there were too many pivots, or rounding spoils the path.
  func equilibrium(covering: [Double], pivots limit: Int = 100_000) -> [Double]? {
    let count = offsets[sizes.count]
    var path = LemkePath(order: count + sizes.count)
    for player in sizes.indices {
      for own in offsets[player]..<offsets[player + 1] {
        for other in 0..<count { path.set(own, other, costs[own * count + other]) }
        path.set(own, count + player, -1)
        path.set(count + player, own, 1)
      }
      path.setConstant(count + player, -1)
    }
    guard let solution = path.solve(covering: covering, pivots: limit) else { return nil }
    var probabilities = Array(solution[0..<count])
    for player in sizes.indices {
      let range = offsets[player]..<offsets[player + 1]
      let total = range.reduce(0.0) { $0 + max(0, probabilities[$1]) }
      if !(total > 0.5) { return nil }
      for strategy in range { probabilities[strategy] = max(0, probabilities[strategy]) / total }
    }
    return probabilities
  }
}

/// Lemke's path for the linear complementarity problem w = q + M z, w ≥ 0, z ≥ 0, wᵀz = 0, in a
/// dense tableau of doubles; ties are broken lexicographically (Cottle, Pang & Stone 1992,
/// section 4.9).
struct LemkePath {
  private let order: Int
  private let width: Int
  /// Columns: w, z, the covering variable, the right side.
  private var tableau: [Double]
  private var basis: [Int]

  init(order: Int) {
    self.order = order
    width = 2 * order + 2
    tableau = Array(repeating: 0, count: order * (2 * order + 2))
    basis = Array(0..<order)
    for row in 0..<order { tableau[row * width + row] = 1 }
  }

  /// Sets an entry of M.
  mutating func set(_ row: Int, _ column: Int, _ value: Double) {
    tableau[row * width + order + column] = -value
  }

  /// Sets an entry of q.
  mutating func setConstant(_ row: Int, _ value: Double) {
    tableau[row * width + width - 1] = value
  }

  /// The z at the end of the path; nil on a ray, or after too many pivots.
  mutating func solve(covering: [Double], pivots limit: Int) -> [Double]? {
    let cover = 2 * order
    for row in 0..<order { tableau[row * width + cover] = -covering[row] }
    guard var row = firstRow() else { return Array(repeating: 0, count: order) }
    var entering = cover
    for _ in 0..<limit {
      let leaving = basis[row]
      pivot(row, entering)
      basis[row] = entering
      if leaving == cover { return solution() }
      entering = leaving < order ? leaving + order : leaving - order
      guard let next = leavingRow(entering, cover: cover) else { return nil }
      row = next
    }
    return nil
  }

  /// Where the right side is most below 0, in units of the covering vector.
  private func firstRow() -> Int? {
    var worst: Int?
    var least = 0.0
    for row in 0..<order {
      let ratio = tableau[row * width + width - 1] / -tableau[row * width + 2 * order]
      if ratio < least {
        least = ratio
        worst = row
      }
    }
    return worst
  }

  private func leavingRow(_ column: Int, cover: Int) -> Int? {
    var best: Int?
    for row in 0..<order where tableau[row * width + column] > 1e-11 {
      guard let old = best else {
        best = row
        continue
      }
      if precedes(row, old, column, cover: cover) { best = row }
    }
    return best
  }

  /// Whether a row's ratios come before another's: the right side first, then the columns of w. The
  /// covering variable leaves whenever it can.
  private func precedes(_ row: Int, _ other: Int, _ column: Int, cover: Int) -> Bool {
    let scale = 1 / tableau[row * width + column]
    let otherScale = 1 / tableau[other * width + column]
    for place in [width - 1] + Array(0..<order) {
      let one = tableau[row * width + place] * scale
      let two = tableau[other * width + place] * otherScale
      if abs(one - two) > 1e-11 * (1 + abs(one)) { return one < two }
      if place == width - 1 {
        if basis[row] == cover { return true }
        if basis[other] == cover { return false }
      }
    }
    return false
  }

  private mutating func pivot(_ row: Int, _ column: Int) {
    let width = width
    let order = order
    tableau.withUnsafeMutableBufferPointer { tableau in
      let scale = 1 / tableau[row * width + column]
      for place in 0..<width { tableau[row * width + place] *= scale }
      tableau[row * width + column] = 1
      for other in 0..<order where other != row {
        let factor = tableau[other * width + column]
        if factor == 0 { continue }
        for place in 0..<width {
          tableau[other * width + place] -= factor * tableau[row * width + place]
        }
        tableau[other * width + column] = 0
      }
    }
  }

  private func solution() -> [Double] {
    var z = [Double](repeating: 0, count: order)
    for row in 0..<order where basis[row] >= order && basis[row] < 2 * order {
      z[basis[row] - order] = tableau[row * width + width - 1]
    }
    return z
  }
}
