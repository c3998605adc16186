import Mathematics

/// The search among all coalitions for one whose worth exceeds its payoffs: in machine words over a
/// common denominator if these suffice, else in fractions.
struct ExcessSearch {
  private let worths: [Rational]
  /// The worths times ``denominator``; empty if they do not fit in a word.
  private let numerators: [Int]
  private let denominator: Int
  private let largest: Int

  /// No number of a search in words may be larger.
  private static let limit = Rational(1 << 62)

  init(worths: [Rational]) {
    self.worths = worths
    if let (numerators, denominator) = ExcessSearch.whole(worths) {
      (self.numerators, self.denominator) = (numerators, denominator)
      largest = numerators.lazy.map { abs($0) }.max() ?? 0
    } else {
      (numerators, denominator, largest) = ([], 1, 0)
    }
  }

  /// The candidate, by its bits, whose worth less its payoffs is largest, the first of those that
  /// tie, or the first at all whose is larger than the floor; nil if none's is larger than it.
  func coalition(
    among isCandidate: [Bool], payoffs: [Rational], above floor: Rational, ignoresWorths: Bool,
    wantsFirst: Bool
  ) -> Int? {
    if let (whole, scale) = ExcessSearch.whole(payoffs + [floor]), !numerators.isEmpty {
      let total = whole.reduce(Rational.zero) { $0 + Rational($1).magnitude }
      let bound = total * Rational(denominator) + Rational(largest) * Rational(scale)
      if bound < ExcessSearch.limit {
        return first(
          isCandidate, sums: CoalitionGame.sums(over: whole.dropLast().map { $0 * denominator }),
          factor: ignoresWorths ? 0 : scale, floor: whole[payoffs.count] * denominator, wantsFirst)
      }
    }
    let sums = CoalitionGame.sums(over: payoffs)
    var best: Int?
    var most = floor
    for bits in worths.indices where isCandidate[bits] {
      let excess = ignoresWorths ? -sums[bits] : worths[bits] - sums[bits]
      if excess <= most { continue }
      if wantsFirst { return bits }
      best = bits
      most = excess
    }
    return best
  }

  private func first(
    _ isCandidate: [Bool], sums: [Int], factor: Int, floor: Int, _ wantsFirst: Bool
  ) -> Int? {
    var best: Int?
    var most = floor
    for bits in numerators.indices where isCandidate[bits] {
      let excess = factor * numerators[bits] - sums[bits]
      if excess <= most { continue }
      if wantsFirst { return bits }
      best = bits
      most = excess
    }
    return best
  }

  /// Fractions as whole numbers over a common denominator; nil if these are too large.
  private static func whole(_ numbers: [Rational]) -> (numerators: [Int], denominator: Int)? {
    var scale = Rational.one
    for number in numbers {
      let rest = (number * scale).parts.denominator
      scale *= Rational(big: rest, BigInteger(1))
      if scale >= limit { return nil }
    }
    var numerators: [Int] = []
    for number in numbers {
      let scaled = number * scale
      if scaled.magnitude >= limit { return nil }
      guard let word = scaled.word else { return nil }
      numerators.append(word)
    }
    return scale.word.map { (numerators, $0) }
  }
}

extension Rational {
  /// The whole number that it is, if it fits in a word.
  fileprivate var word: Int? {
    guard isInteger else { return nil }
    return parts.numerator.narrowed.flatMap { Int(exactly: $0) }
  }
}
