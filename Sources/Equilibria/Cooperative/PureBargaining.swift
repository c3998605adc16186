import Foundation
import Mathematics

extension BargainingProblem {
  /// The largest sum of whole bargaining powers for which products are compared exactly.
  public static let largestPowerSum = 4096

  /// The agreements on one outcome, without lotteries, that a rule selects: all that tie, exactly.
  ///
  /// Only players that gain in some acceptable outcome count; the others get their disagreement
  /// payoffs anyway. If no outcome lets all of these gain at once, every product of gains is 0, and
  /// Nash's rule leaves all efficient acceptable outcomes.
  ///
  /// - Complexity: acceptable outcomes × players, and the sorting of each outcome's gains.
  public func solution(_ rule: BargainingRule) throws(BargainingError) -> BargainingSolution {
    let factors = try rule.factors(players: playerCount)
    let acceptable = acceptableOutcomes
    guard !acceptable.isEmpty else { return .disagreement(.nothingAcceptable) }
    let gains = acceptable.map { self.gains(of: $0) }
    let ideal = disagreement.indices.map { player in gains.map { $0[player] }.max() ?? .zero }
    let gainers = disagreement.indices.filter { ideal[$0].signum > 0 }
    guard !gainers.isEmpty else { return .disagreement(.nobodyGains) }

    let selected: (places: [Int], level: Rational?)
    switch rule {
    case .nash:
      let powers = try BargainingProblem.wholePowers(gainers.map { factors[$0] })
      let products = gains.map { line in
        NashProduct(gains: gainers.map { line[$0] }, powers: powers)
      }
      selected = (BargainingProblem.maximizers(products), nil)
    case .kalaiSmorodinsky, .egalitarian:
      let units = rule == .kalaiSmorodinsky ? ideal : factors
      let sorted = gains.map { line in
        AscendingGains(values: gainers.map { line[$0] / units[$0] }.sorted())
      }
      let places = BargainingProblem.maximizers(sorted)
      selected = (places, sorted[places[0]].values[0])
    case .utilitarian:
      let sums = gains.map { zip($0, factors).reduce(Rational.zero) { $0 + $1.0 * $1.1 } }
      let places = BargainingProblem.maximizers(sums)
      selected = (places, sums[places[0]])
    }
    return .agreement(
      efficient(among: selected.places.map { acceptable[$0] }).map {
        Agreement(
          payoffs: outcomes[$0], lottery: [.init(outcome: $0, probability: .one)],
          level: selected.level)
      })
  }

  /// The places of the largest values; there is at least one value.
  private static func maximizers(_ values: [some Comparable]) -> [Int] {
    var best = [0]
    for place in values.indices.dropFirst() {
      if values[best[0]] < values[place] {
        best = [place]
      } else if !(values[place] < values[best[0]]) {
        best.append(place)
      }
    }
    return best
  }

  /// Powers in the same ratios as whole numbers without a common divisor.
  private static func wholePowers(_ powers: [Rational]) throws(BargainingError) -> [Int] {
    // Divided by the first, numbers keep their ratios and equal ones become 1.
    var whole = powers.map { $0 / powers[0] }
    for index in whole.indices {
      let scale = Rational(big: whole[index].parts.denominator, BigInteger(1))
      whole = whole.map { $0 * scale }
    }
    let divisor = whole.reduce(BigInteger(0)) { $0.greatestCommonDivisor(with: $1.parts.numerator) }
    let scale = Rational(big: BigInteger(1), divisor)
    let numbers = whole.compactMap { ($0 * scale).parts.numerator.narrowed }
    guard numbers.count == powers.count,
      numbers.allSatisfy({ $0 <= largestPowerSum }), numbers.reduce(0, +) <= largestPowerSum
    else { throw .powersTooFine }
    return numbers.map { Int($0) }
  }
}

/// Gains compared by the smallest, then by the next.
private struct AscendingGains: Comparable {
  var values: [Rational]

  static func < (left: AscendingGains, right: AscendingGains) -> Bool {
    left.values.lexicographicallyPrecedes(right.values)
  }
}

/// A product of gains to whole powers, compared by logarithms where these can tell, else exactly.
private struct NashProduct: Comparable {
  let gains: [Rational]
  let powers: [Int]
  private let logarithm: Double
  /// A bound on the logarithm's rounding.
  private let error: Double

  init(gains: [Rational], powers: [Int]) {
    self.gains = gains
    self.powers = powers
    let terms = zip(gains, powers).map { Double($1) * log($0.doubleValue) }
    logarithm = terms.reduce(0, +)
    error =
      zip(terms, powers).reduce(0) { $0 + abs($1.0) + Double($1.1) } * Double(gains.count) * 0x1p-50
  }

  private var isZero: Bool { gains.contains { $0.signum == 0 } }

  static func == (left: NashProduct, right: NashProduct) -> Bool {
    !(left < right) && !(right < left)
  }

  static func < (left: NashProduct, right: NashProduct) -> Bool {
    if left.isZero || right.isZero { return left.isZero && !right.isZero }
    if abs(left.logarithm - right.logarithm) > left.error + right.error {
      return left.logarithm < right.logarithm
    }
    var ratio = Rational.one
    for place in left.powers.indices {
      ratio *= (left.gains[place] / right.gains[place]).power(left.powers[place])
    }
    return ratio < .one
  }
}

extension Rational {
  /// The number to a whole, nonnegative power, by squaring.
  fileprivate func power(_ exponent: Int) -> Rational {
    var result = Rational.one
    for bit in (0..<Int.bitWidth).reversed() where exponent >> bit > 0 {
      result *= result
      if exponent >> bit & 1 == 1 { result *= self }
    }
    return result
  }
}
