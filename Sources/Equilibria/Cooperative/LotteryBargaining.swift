import Mathematics

/// Any number of players' mixed solutions, by exact linear programs over lotteries.
///
/// A program's columns are the outcomes, with their gains; disagreeing, which gains nobody anything;
/// the level that is maximized; and throwing payoff away.
struct LotteryBargaining {
  let problem: BargainingProblem
  /// `gains[outcome][player]`.
  let gains: [[Rational]]
  /// The outcomes that no other beats. No lottery needs others: what it yields, one over these does.
  private let candidates: [Int]
  let limit: WorkLimit

  init(_ problem: BargainingProblem, limit: WorkLimit) {
    self.problem = problem
    gains = problem.outcomes.indices.map { problem.gains(of: $0) }
    candidates = problem.efficientOutcomes
    self.limit = limit
  }

  /// Something that a lottery yields on average, and what is asked of it.
  struct Demand {
    /// What each outcome yields; 0 at the disagreement.
    var yields: [Rational]
    /// How much of the level it must yield besides the least.
    var unit: Rational
    /// What it must yield at least; not negative.
    var least: Rational
  }

  /// A best lottery.
  struct Best {
    var level: Rational
    var lottery: [Agreement.Share]
    /// How much of the level one more of each demand's least would cost.
    var prices: [Rational]
  }

  /// The highest level for which some lottery yields every demand's least and its units of the
  /// level. Nil if no lottery yields the leasts, or if nothing bounds the level.
  func best(_ demands: [Demand]) throws(BargainingError) -> Best? {
    let count = gains.count
    let rows = demands.count
    // Ids: the outcomes, the disagreement, the level, and what each demand has in excess.
    func column(_ id: Int) -> ColumnSimplex.Column {
      var entries = Array(repeating: Rational.zero, count: rows + 1)
      if id < count {
        for row in 0..<rows { entries[row] = demands[row].yields[id] }
      } else if id == count + 1 {
        for row in 0..<rows { entries[row] = -demands[row].unit }
      } else if id > count + 1 {
        entries[id - count - 2] = -1
      }
      if id <= count { entries[rows] = 1 }
      return .init(entries: entries, cost: id == count + 1 ? 1 : .zero, id: id)
    }
    let columns = (candidates + (count..<(count + 2 + rows))).map(column)
    let found: ColumnSimplex.Optimum?
    do throws(WorkLimit.Stop) {
      found = try ColumnSimplex.optimum(side: demands.map(\.least) + [.one], limit: limit) {
        query in
        var best: ColumnSimplex.Column?
        var most = Rational.zero
        for column in columns {
          let cost = query.ignoresCosts ? .zero : column.cost
          let reduced = cost - sumOfProducts(query.prices, column.entries)
          if reduced <= most { continue }
          if query.wantsFirst { return column }
          best = column
          most = reduced
        }
        return best
      }
    } catch { throw .stopped(error) }
    guard let found else { return nil }
    let lottery = found.amounts.filter { $0.id < count }.sorted { $0.id < $1.id }
    return Best(
      level: found.value,
      lottery: lottery.map { .init(outcome: $0.id, probability: $0.amount) },
      prices: found.prices.dropLast().map { -$0 })
  }

  /// The demand that a player gets so much, and so many units of the level.
  func demand(_ player: Int, unit: Rational = .zero, least: Rational = .zero) -> Demand {
    Demand(yields: gains.map { $0[player] }, unit: unit, least: least)
  }

  private var players: Range<Int> { problem.disagreement.indices }

  /// The solution by a rule with its factors.
  func solution(
    _ rule: BargainingRule, _ factors: [Rational], _ tolerance: Double
  ) throws(BargainingError) -> BargainingSolution {
    var ideals: [Best] = []
    for player in players {
      let demands = players.map { demand($0, unit: $0 == player ? .one : .zero) }
      // Disagreeing meets all demands, and the outcomes bound the level.
      guard let ideal = try best(demands) else { return .disagreement(.nothingAcceptable) }
      ideals.append(ideal)
    }
    let gainers = players.filter { ideals[$0].level.signum > 0 }
    guard !gainers.isEmpty else {
      return .disagreement(try hasAcceptable() ? .nobodyGains : .nothingAcceptable)
    }
    switch rule {
    case .nash:
      let search = NashSearch(
        lotteries: self, gainers: gainers, powers: gainers.map { factors[$0] })
      return .agreement([try search.agreement(from: gainers.map { ideals[$0] }, tolerance)])
    case .kalaiSmorodinsky:
      return .agreement([try leximin(gainers, units: ideals.map(\.level))])
    case .egalitarian:
      return .agreement([try leximin(gainers, units: factors)])
    case .utilitarian:
      let sums = gains.map { sumOfProducts(factors, $0) }
      var total = Demand(yields: sums, unit: .one, least: .zero)
      guard let most = try best(players.map { demand($0) } + [total]) else {
        return .disagreement(.nothingAcceptable)
      }
      total.unit = .zero
      total.least = most.level
      var agreement = try leximin(gainers, units: factors.map { _ in .one }, [total])
      agreement.level = most.level
      return .agreement([agreement])
    }
  }

  /// Some lottery without the disagreement gives nobody less than it.
  private func hasAcceptable() throws(BargainingError) -> Bool {
    // Its weight is what the level measures.
    let weight = Demand(yields: gains.map { _ in .one }, unit: .one, least: .zero)
    return try best(players.map { demand($0) } + [weight])?.level.signum == 1
  }

  /// The lottery whose gains, in units and in ascending order, are lexicographically largest. In
  /// each round the level rises until it is held down by some players, as the prices of their
  /// demands tell; these have got all that they can (as in the lexicographic center of Maschler, Peleg & Shapley
  /// 1979).
  func leximin(
    _ gainers: [Int], units: [Rational], _ conditions: [Demand] = []
  ) throws(BargainingError) -> Agreement {
    var demands = players.map { demand($0, unit: gainers.contains($0) ? units[$0] : .zero) }
    demands += conditions
    var level: Rational?
    var lottery: [Agreement.Share] = []
    var open = gainers
    while !open.isEmpty, let round = try best(demands) {
      level = level ?? round.level
      lottery = round.lottery
      let held = open.filter { round.prices[$0].signum > 0 }
      if held.isEmpty { break }
      for player in held {
        demands[player].unit = .zero
        demands[player].least = round.level * units[player]
      }
      open.removeAll { held.contains($0) }
    }
    return Agreement(payoffs: payoffs(of: lottery), lottery: lottery, level: level)
  }

  /// What the players get by a lottery; probability that is left falls on the disagreement.
  func payoffs(of lottery: [Agreement.Share]) -> [Rational] {
    players.map { player in
      lottery.reduce(problem.disagreement[player]) {
        $0 + $1.probability * gains[$1.outcome][player]
      }
    }
  }
}
