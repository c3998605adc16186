import Games
import Mathematics

/// Makes a Nash equilibrium out of a profile near one, by Newton's method on its support.
///
/// The equations: a player's strategies in the support yield the same, and their probabilities add
/// up to 1. Supports are tried from the probable strategies to the rare ones. Where equilibria are not
/// isolated the equations are singular; then steps are those of Levenberg (1944) and Marquardt
/// (1963), which lead to an equilibrium nearby.
struct NashPolish {
  /// The least probability of a strategy in the support, for each try.
  static let thresholds = [1e-3, 1e-5, 1e-7, 1e-2, 1e-10]
  private static let iterations = 20

  private var pairs: PairPayoffs
  private let table: PayoffTable
  private var system = LinearSystem(order: 0)

  init(_ table: PayoffTable) {
    self.table = table
    pairs = PairPayoffs(table, scales: table.sizes.indices.map { table.range(of: $0) })
  }

  /// The first equilibrium found: nobody gains more than some part of its payoff range, and no
  /// probability is farther than a distance from where it was.
  mutating func polish(
    _ profile: NumericProfile, regret most: Double = 1e-9, within distance: Double = 1
  ) -> NumericProfile? {
    let start = profile.probabilities.flatMap { $0 }
    var tried: [[Int]] = []
    for threshold in Self.thresholds {
      let support = start.indices.filter { start[$0] > threshold }
      if tried.contains(support) { continue }
      tried.append(support)
      for damping in [0, 1e-8] {
        guard let found = solve(start, support: support, damping: damping),
          zip(start, found).allSatisfy({ abs($0 - $1) <= distance })
        else { continue }
        let profile = pairs.profile(found)
        if table.regrets(of: profile).allSatisfy({ $0 <= most }) { return profile }
      }
    }
    return nil
  }

  /// The equilibrium on a support that is near some probabilities, if Newton's method finds one;
  /// whether other strategies yield more is not looked at.
  mutating func solve(
    _ start: [Double], support: [Int], damping: Double = 0
  ) -> [Double]? {
    var probabilities = [Double](repeating: 0, count: start.count)
    for strategy in support { probabilities[strategy] = start[strategy] }
    for player in table.sizes.indices {
      let range = pairs.offsets[player]..<pairs.offsets[player + 1]
      let total = range.reduce(0.0) { $0 + probabilities[$1] }
      if !(total > 0) { return nil }
      for strategy in range { probabilities[strategy] /= total }
    }
    system.resize(order: support.count)
    var last = Double.infinity
    for _ in 0..<Self.iterations {
      pairs.evaluate(probabilities)
      var (matrix, side) = equations(support, at: probabilities)
      if damping > 0 { Self.damp(&matrix, &side, by: damping) }
      guard system.factor(matrix), damping > 0 || system.reciprocalCondition() > 1e-13 else {
        return nil
      }
      system.solve(&side)
      var size = 0.0
      for (place, strategy) in support.enumerated() {
        size = max(size, abs(side[place]))
        probabilities[strategy] += side[place]
      }
      if !(size < 1) { return nil }
      if size < 1e-15 || (size < 1e-10 && size >= 0.5 * last) { break }
      last = size
    }
    return proper(probabilities, support)
  }

  /// The normal equations of least squares, with a damping that bounds their solution.
  private static func damp(_ matrix: inout [Double], _ side: inout [Double], by damping: Double) {
    let order = side.count
    var normal = [Double](repeating: 0, count: order * order)
    var right = [Double](repeating: 0, count: order)
    for row in 0..<order {
      for first in 0..<order where matrix[row * order + first] != 0 {
        let factor = matrix[row * order + first]
        right[first] += factor * side[row]
        for second in 0..<order {
          normal[first * order + second] += factor * matrix[row * order + second]
        }
      }
    }
    for place in 0..<order { normal[place * order + place] += damping }
    matrix = normal
    side = right
  }

  /// Distributions, if none of the numbers is below 0 by more than rounding.
  private func proper(_ numbers: [Double], _ support: [Int]) -> [Double]? {
    var probabilities = numbers
    for strategy in support {
      if !(probabilities[strategy] > -1e-12) { return nil }
      probabilities[strategy] = max(0, probabilities[strategy])
    }
    for player in table.sizes.indices {
      let range = pairs.offsets[player]..<pairs.offsets[player + 1]
      let total = range.reduce(0.0) { $0 + probabilities[$1] }
      if !(abs(total - 1) < 1e-9) { return nil }
      for strategy in range { probabilities[strategy] /= total }
    }
    return probabilities
  }

  /// The linear equations of a step: rows for the strategies of the support, each player's first
  /// standing for the sum of its probabilities.
  private func equations(
    _ support: [Int], at probabilities: [Double]
  ) -> (matrix: [Double], side: [Double]) {
    let order = support.count
    var matrix = [Double](repeating: 0, count: order * order)
    var side = [Double](repeating: 0, count: order)
    var player = -1
    var leader = 0
    for (row, strategy) in support.enumerated() {
      if player < 0 || strategy >= pairs.offsets[player + 1] {
        repeat { player += 1 } while strategy >= pairs.offsets[player + 1]
        leader = strategy
        side[row] = 1
        for (column, other) in support.enumerated()
        where other >= pairs.offsets[player] && other < pairs.offsets[player + 1] {
          matrix[row * order + column] = 1
          side[row] -= probabilities[other]
        }
        continue
      }
      side[row] = pairs.values[leader] - pairs.values[strategy]
      for (column, other) in support.enumerated() {
        matrix[row * order + column] =
          pairs.derivatives[strategy * pairs.count + other]
          - pairs.derivatives[leader * pairs.count + other]
      }
    }
    return (matrix, side)
  }
}
