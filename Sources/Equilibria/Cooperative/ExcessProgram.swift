import Mathematics

/// The linear program of Maschler, Peleg & Shapley (1979) and Kopelowitz (1967): the payoffs that
/// make the largest excess, worth less payoff, of any open coalition small, where some coalitions'
/// payoffs are settled and players may be promised what they are worth alone.
///
/// It is solved by its dual program, whose columns are coalitions with their weights: given payoffs
/// as prices, a pass over all coalitions finds the one with the largest excess. So memory is 2ⁿ
/// numbers and a basis of n + 1 rows.
struct ExcessProgram {
  /// A coalition whose payoff is given.
  struct Settled {
    var coalition: Coalition
    var payoff: Rational
  }

  /// The least largest excess and what proves it.
  struct Optimum {
    var excess: Rational
    /// One payoff per player.
    var payoffs: [Rational]
    /// Open coalitions that have this excess at every optimum, with positive weights that add up to 1.
    var tight: [(coalition: Coalition, weight: Rational)]
    /// Players that get just what they are worth alone at every optimum.
    var held: [Int]
  }

  let game: CoalitionGame
  /// Every player gets what it is worth alone.
  let isRational: Bool
  let limit: WorkLimit
  private(set) var settled: [Settled]
  private var span: CoalitionSpan
  private let excesses: ExcessSearch
  /// By bits: the coalition's payoff is open, not implied by the settled ones.
  private var isOpen: [Bool] = []

  /// At first only the grand coalition is settled.
  init(_ game: CoalitionGame, isRational: Bool, limit: WorkLimit) {
    self.game = game
    self.isRational = isRational
    self.limit = limit
    settled = []
    excesses = ExcessSearch(worths: game.worths)
    span = CoalitionSpan(players: game.players.count)
    settle([.init(coalition: game.grandCoalition, payoff: game.worths[game.worths.count - 1])])
  }

  /// All payoffs follow from the settled ones.
  var isComplete: Bool { settled.count == game.players.count }

  /// Settles coalitions, without those that follow from others.
  mutating func settle(_ coalitions: [Settled]) {
    for item in coalitions where span.insert(item.coalition) { settled.append(item) }
    isOpen = span.outside
  }

  /// The optimum. There is one unless what the players are promised is too much.
  func optimum() throws(CoalitionGameError) -> Optimum {
    let count = game.players.count
    let found: ColumnSimplex.Optimum?
    do throws(WorkLimit.Stop) {
      found = try ColumnSimplex.optimum(
        side: Array(repeating: .zero, count: count) + [.one], limit: limit, column: column)
    } catch { throw .stopped(error) }
    guard let found else { throw .noImputation }
    let coalitions = game.worths.count
    return Optimum(
      excess: found.value, payoffs: Array(found.prices.dropLast()),
      tight: found.amounts.filter { $0.id < coalitions }.sorted { $0.id < $1.id }
        .map { (Coalition(bits: $0.id), $0.amount) },
      held: found.amounts.map { $0.id - coalitions }.filter { (0..<count).contains($0) }.sorted())
  }

  /// The column that is worth most, or the first of any worth. Ids: the coalitions' bits, then the
  /// players' promises, then the settled coalitions, each with both signs.
  private func column(_ query: ColumnSimplex.Query) -> ColumnSimplex.Column? {
    let count = game.players.count
    var best: Int?
    var most = Rational.zero
    /// Whether the search is over.
    func offer(_ id: Int, _ value: Rational) -> Bool {
      guard value > most else { return false }
      best = id
      most = value
      return query.wantsFirst
    }
    func search() {
      let payoffs = Array(query.prices.dropLast())
      let floor = query.prices[count]
      let bits = excesses.coalition(
        among: isOpen, payoffs: payoffs, above: floor, ignoresWorths: query.ignoresCosts,
        wantsFirst: query.wantsFirst)
      if let bits {
        let worth = query.ignoresCosts ? .zero : game.worths[bits]
        let coalition = Coalition(bits: bits)
        if offer(bits, worth - coalition.sum(of: payoffs) - floor) { return }
      }
      if isRational {
        for player in 0..<count {
          let worth = query.ignoresCosts ? .zero : game.worths[1 << player]
          if offer(isOpen.count + player, worth - payoffs[player]) { return }
        }
      }
      for (place, item) in settled.enumerated() {
        let id = isOpen.count + count + 2 * place
        let payoff = query.ignoresCosts ? .zero : item.payoff
        let value = payoff - item.coalition.sum(of: payoffs)
        if offer(id, value) || offer(id + 1, -value) { return }
      }
    }
    search()
    return best.map(column)
  }

  private func column(_ id: Int) -> ColumnSimplex.Column {
    let count = game.players.count
    let rest = id - isOpen.count
    if rest < 0 { return column(id, of: Coalition(bits: id), 1, 1, game.worths[id]) }
    if rest < count {
      return column(id, of: Coalition(bits: 1 << rest), 1, .zero, game.worths[1 << rest])
    }
    let item = settled[(rest - count) / 2]
    let sign: Rational = (rest - count).isMultiple(of: 2) ? 1 : -1
    return column(id, of: item.coalition, sign, .zero, sign * item.payoff)
  }

  private func column(
    _ id: Int, of coalition: Coalition, _ entry: Rational, _ share: Rational, _ cost: Rational
  ) -> ColumnSimplex.Column {
    .init(
      entries: game.players.indices.map { coalition.contains($0) ? entry : .zero } + [share],
      cost: cost, id: id)
  }
}

/// The linear span of some coalitions' membership vectors.
struct CoalitionSpan {
  /// In reduced row echelon form, each with its pivot's column.
  private var rows: [(pivot: Int, vector: [Rational])] = []
  private let players: Int

  init(players: Int) { self.players = players }

  /// Adds a coalition; false if it was in the span.
  mutating func insert(_ coalition: Coalition) -> Bool {
    var vector: [Rational] = (0..<players).map { coalition.contains($0) ? .one : .zero }
    for row in rows { CoalitionSpan.subtract(row.vector, at: row.pivot, from: &vector) }
    guard let pivot = vector.firstIndex(where: { $0.signum != 0 }) else { return false }
    let scale = vector[pivot].reciprocal
    vector = vector.map { $0 * scale }
    for index in rows.indices {
      CoalitionSpan.subtract(vector, at: pivot, from: &rows[index].vector)
    }
    rows.append((pivot, vector))
    return true
  }

  private static func subtract(_ row: [Rational], at pivot: Int, from vector: inout [Rational]) {
    let factor = vector[pivot]
    if factor.signum == 0 { return }
    for place in vector.indices { vector[place] -= factor * row[place] }
  }

  /// By bits: the coalitions that are not in the span. They have a product other than 0 with some
  /// vector at right angles to it.
  var outside: [Bool] {
    var outside = Array(repeating: false, count: 1 << players)
    for free in 0..<players where !rows.contains(where: { $0.pivot == free }) {
      var normal: [Rational] = (0..<players).map { $0 == free ? .one : .zero }
      for row in rows { normal[row.pivot] = -row.vector[free] }
      let products = CoalitionGame.sums(over: normal)
      for bits in outside.indices where products[bits].signum != 0 { outside[bits] = true }
    }
    return outside
  }
}
