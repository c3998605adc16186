import Mathematics

/// Nash's mixed solution for any number of players: the concave program `maximize Σ pᵢ log xᵢ` over
/// the acceptable gains x.
///
/// A few lotteries are mixed as well as possible; the best lottery for the gradient `pᵢ / xᵢ` joins
/// them until it promises no more (simplicial decomposition, von Hohenbalken 1977). By concavity
/// no gains y are better by more than `Σ pᵢ (yᵢ - xᵢ) / xᵢ`, and an exact linear program finds the
/// largest of these sums: the certificate.
struct NashSearch {
  let lotteries: LotteryBargaining
  /// The players that can gain, and their powers.
  let gainers: [Int]
  let powers: [Rational]

  /// Joins lotteries at most so often.
  private static let largestRounds = 200

  /// The agreement, from each gainer's ideal.
  func agreement(
    from ideals: [LotteryBargaining.Best], _ tolerance: Double
  ) throws(BargainingError) -> Agreement {
    let total = powers.reduce(.zero, +)
    var corners = ideals.map(\.lottery)
    var least = Double.infinity
    for _ in 0..<NashSearch.largestRounds {
      let scaled = corners.map { corner in
        zip(gains(of: corner), ideals).map { ($0 / $1.level).doubleValue }
      }
      let weights = exactShares(MixingWeights(scaled, powers.map(\.doubleValue)).weights)
      let lottery = Agreement.Share.mixture(zip(corners, weights).map { ($0, $1) })
      let prices = zip(powers, gains(of: lottery)).map { $0 / $1 }
      let values = lotteries.gains.map { line in
        sumOfProducts(prices, gainers.map { line[$0] })
      }
      let demands = lotteries.problem.disagreement.indices.map { lotteries.demand($0) }
      let best = try lotteries.best(demands + [.init(yields: values, unit: .one, least: .zero)])
      guard let best else { break }
      let gap = (best.level - total).doubleValue
      least = min(least, gap)
      if gap <= tolerance {
        return Agreement(payoffs: lotteries.payoffs(of: lottery), lottery: lottery, gap: gap)
      }
      if corners.contains(best.lottery) { break }
      corners.append(best.lottery)
    }
    throw .notConverged(gap: least)
  }

  private func gains(of lottery: [Agreement.Share]) -> [Rational] {
    gainers.map { player in
      lottery.reduce(.zero) { $0 + $1.probability * lotteries.gains[$1.outcome][player] }
    }
  }

  /// Weights as fractions that add up to 1.
  private func exactShares(_ weights: [Double]) -> [Rational] {
    let whole = weights.map { Rational(Int(($0 * 0x1p50).rounded())) }
    let scale = whole.reduce(.zero, +).reciprocal
    return whole.map { $0 * scale }
  }
}

/// The weights a ≥ 0 that maximize `Σ pᵢ log (Σⱼ aⱼ vⱼᵢ) - Σᵢ pᵢ Σⱼ aⱼ` for vectors v ≥ 0; at the
/// maximum they add up to 1. A primal-dual interior point method (Wright 1997, Primal-Dual
/// Interior-Point Methods).
private struct MixingWeights {
  private(set) var weights: [Double]
  private let vectors: [[Double]]
  private let powers: [Double]

  init(_ vectors: [[Double]], _ powers: [Double]) {
    self.vectors = vectors
    self.powers = powers
    weights = vectors.map { _ in 1 / Double(vectors.count) }
    improve()
    let total = weights.reduce(0, +)
    weights = weights.map { $0 / total }
  }

  private mutating func improve() {
    let count = weights.count
    let total = powers.reduce(0, +)
    var slacks = weights.map { _ in total / 2 }
    var system = LinearSystem(order: count)
    var matrix = [Double](repeating: 0, count: count * count)
    for _ in 0..<100 {
      let sums = powers.indices.map { player in
        weights.indices.reduce(0) { $0 + weights[$1] * vectors[$1][player] }
      }
      // What each vector's weight costs more than it brings; 0 or more at the maximum.
      let residuals = vectors.map { vector in
        total - powers.indices.reduce(0) { $0 + powers[$1] * vector[$1] / sums[$1] }
      }
      let complement = zip(weights, slacks).reduce(0) { $0 + $1.0 * $1.1 }
      if complement <= total * 0x1p-56, residuals.allSatisfy({ $0 >= -total * 0x1p-50 }) { break }
      let target = 0.1 * complement / Double(count)
      for j in 0..<count {
        for k in 0..<count {
          let curvature = powers.indices.reduce(0) {
            $0 + powers[$1] * vectors[j][$1] * vectors[k][$1] / (sums[$1] * sums[$1])
          }
          matrix[j * count + k] = weights[j] * curvature + (j == k ? slacks[j] : 0)
        }
      }
      guard system.factor(matrix) else { break }
      var change = zip(weights, residuals).map { target - $0 * $1 }
      system.solve(&change)
      let slackChange = slacks.indices.map {
        (target - slacks[$0] * change[$0]) / weights[$0] - slacks[$0]
      }
      guard change.allSatisfy(\.isFinite), slackChange.allSatisfy(\.isFinite) else { break }
      var step = 1.0
      for j in 0..<count {
        if change[j] < 0 { step = min(step, -0.995 * weights[j] / change[j]) }
        if slackChange[j] < 0 { step = min(step, -0.995 * slacks[j] / slackChange[j]) }
      }
      for j in 0..<count {
        weights[j] += step * change[j]
        slacks[j] += step * slackChange[j]
      }
    }
  }
}
