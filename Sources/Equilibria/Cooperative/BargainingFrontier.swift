public import Mathematics

extension BargainingProblem {
  /// A corner of the mixed Pareto frontier: what the first and the second player get, and how.
  public struct FrontierPoint: Sendable, Equatable {
    /// The two players' payoffs.
    public var payoffs: [Rational]
    /// The lottery that gives them.
    public var lottery: [Agreement.Share]
  }

  /// Two players' Pareto frontier with lotteries, over all outcomes: the corners of a concave,
  /// falling polyline, from the best for the second player to the best for the first. Between two
  /// neighbors lie their lotteries. Empty if there are no outcomes.
  ///
  /// - Complexity: sorting the outcomes (the monotone chain of Andrew 1979).
  public func mixedFrontier() throws(BargainingError) -> [FrontierPoint] {
    guard playerCount == 2 else { throw .notTwoPlayers }
    let order = outcomes.indices.sorted {
      let (a, b) = (outcomes[$0], outcomes[$1])
      return a == b ? $0 < $1 : (a[0], a[1]) < (b[0], b[1])
    }
    var chain: [Int] = []
    for index in order {
      // Where the first gets more and the second no less, what came before is beaten.
      while let last = chain.last, outcomes[last][1] <= outcomes[index][1] { chain.removeLast() }
      while chain.count >= 2, !isCorner(chain[chain.count - 2], chain[chain.count - 1], index) {
        chain.removeLast()
      }
      chain.append(index)
    }
    return chain.map {
      FrontierPoint(payoffs: outcomes[$0], lottery: [.init(outcome: $0, probability: .one)])
    }
  }

  /// The outcome lies above the line from the one before it to the one after it.
  private func isCorner(_ before: Int, _ outcome: Int, _ after: Int) -> Bool {
    let (a, b, c) = (outcomes[before], outcomes[outcome], outcomes[after])
    return ((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])).signum < 0
  }

  /// The part of the frontier that gives neither player less than the disagreement; empty if there
  /// is none.
  func acceptableFrontier() throws(BargainingError) -> [FrontierPoint] {
    var line = try mixedFrontier()
    for player in 0..<2 {
      // From the end where this player gets least.
      if player == 1 { line.reverse() }
      let least = disagreement[player]
      guard let first = line.firstIndex(where: { $0.payoffs[player] >= least }) else { return [] }
      if first > 0, line[first].payoffs[player] > least {
        let (a, b) = (line[first - 1], line[first])
        let share = (least - a.payoffs[player]) / (b.payoffs[player] - a.payoffs[player])
        line[first - 1] = .init(mixing: a, b, share)
        line.removeFirst(first - 1)
      } else {
        line.removeFirst(first)
      }
    }
    return line.reversed()
  }
}

extension BargainingProblem.FrontierPoint {
  /// The point that lies this share of the way from one point to another.
  init(
    mixing from: BargainingProblem.FrontierPoint, _ to: BargainingProblem.FrontierPoint,
    _ share: Rational
  ) {
    payoffs = zip(from.payoffs, to.payoffs).map { $0 + share * ($1 - $0) }
    lottery = Agreement.Share.mixture([(from.lottery, .one - share), (to.lottery, share)])
  }
}

extension Agreement.Share {
  /// The lottery over lotteries as one over outcomes, in their order.
  static func mixture(_ parts: [(lottery: [Agreement.Share], weight: Rational)])
    -> [Agreement.Share]
  {
    var chances: [Int: Rational] = [:]
    for (lottery, weight) in parts {
      for share in lottery { chances[share.outcome, default: .zero] += weight * share.probability }
    }
    return chances.keys.sorted().compactMap { outcome in
      chances[outcome].flatMap {
        $0.signum > 0 ? Agreement.Share(outcome: outcome, probability: $0) : nil
      }
    }
  }
}
