public import Mathematics

extension BargainingProblem {
  /// The agreement on a lottery that a rule selects. For two players, and by any rule but Nash's for
  /// more, it is exact; for more, Nash's is found in floating point and its ``Agreement/gap``
  /// proved, in exact arithmetic, to be at most `tolerance`.
  ///
  /// Only players that can gain at all count; the others get their disagreement payoffs anyway.
  /// Where the utilitarian rule leaves ties, the leximin order of gains decides.
  ///
  /// - Complexity: for two players, sorting; for more, linear programs of as many rows as players
  ///   and as many columns as outcomes: one for each player's ideal, and at most one per player more.
  public func mixedSolution(
    _ rule: BargainingRule, tolerance: Double = 1e-12, limit: WorkLimit = .none
  ) throws(BargainingError) -> BargainingSolution {
    let factors = try rule.factors(players: playerCount)
    if playerCount == 2 {
      return PlanarBargaining.solution(
        of: self, rule: rule, factors: factors, frontier: try acceptableFrontier())
    }
    return try LotteryBargaining(self, limit: limit).solution(rule, factors, tolerance)
  }
}

/// Two players' mixed solutions, along the acceptable part of the frontier.
enum PlanarBargaining {
  private typealias Point = BargainingProblem.FrontierPoint

  static func solution(
    of problem: BargainingProblem, rule: BargainingRule, factors: [Rational],
    frontier: [BargainingProblem.FrontierPoint]
  ) -> BargainingSolution {
    guard let first = frontier.first, let last = frontier.last else {
      return .disagreement(.nothingAcceptable)
    }
    let ideal = [problem.gains(by: last.payoffs)[0], problem.gains(by: first.payoffs)[1]]
    let gainers = [0, 1].filter { ideal[$0].signum > 0 }
    guard !gainers.isEmpty else { return .disagreement(.nobodyGains) }
    let point: Point
    let units = rule == .kalaiSmorodinsky ? ideal : factors
    switch rule {
    // If only one player gains, the frontier is a single point.
    case _ where gainers.count == 1: point = first
    case .nash: point = nash(frontier, problem, factors)
    case .kalaiSmorodinsky, .egalitarian: point = leximin(frontier, problem, units)
    case .utilitarian:
      let sums = frontier.map { sumOfProducts(factors, $0.payoffs) }
      let most = sums.max() ?? .zero
      let best = zip(frontier, sums).filter { $0.1 == most }.map(\.0)
      point = leximin(best, problem, [.one, .one])
    }
    let gains = problem.gains(by: point.payoffs)
    let level: Rational? =
      switch rule {
      case .nash: nil
      case .kalaiSmorodinsky, .egalitarian: gainers.map { gains[$0] / units[$0] }.min()
      case .utilitarian: sumOfProducts(factors, gains)
      }
    return .agreement([Agreement(payoffs: point.payoffs, lottery: point.lottery, level: level)])
  }

  /// The largest product of gains x and y to the powers p and q. On the line α x + β y = γ it lies
  /// where α x = γ p / (p + q), and the product falls away on both sides.
  private static func nash(
    _ frontier: [Point], _ problem: BargainingProblem, _ powers: [Rational]
  ) -> Point {
    let share = powers[0] / (powers[0] + powers[1])
    for (from, to) in zip(frontier, frontier.dropFirst()) {
      let (a, b) = (problem.gains(by: from.payoffs), problem.gains(by: to.payoffs))
      let (width, drop) = (b[0] - a[0], a[1] - b[1])
      let best = share * (a[0] + a[1] * width / drop)
      if best < b[0] {
        let place = (best - a[0]) / width
        return place.signum <= 0 ? from : Point(mixing: from, to, place)
      }
    }
    return frontier[frontier.count - 1]
  }

  /// The point where both gain the same in their units; if there is none, the end that is nearest.
  private static func leximin(
    _ frontier: [Point], _ problem: BargainingProblem, _ units: [Rational]
  ) -> Point {
    // By how much the second player gains more, in units; it falls along the frontier.
    let leads = frontier.map { point in
      let gains = problem.gains(by: point.payoffs)
      return gains[1] / units[1] - gains[0] / units[0]
    }
    guard let after = leads.firstIndex(where: { $0.signum <= 0 }) else {
      return frontier[frontier.count - 1]
    }
    guard after > 0 else { return frontier[0] }
    return Point(
      mixing: frontier[after - 1], frontier[after],
      leads[after - 1] / (leads[after - 1] - leads[after]))
  }
}
