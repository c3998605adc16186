import Foundation
import Mathematics

/// Bounds on products of powers of positive unknowns, decided exactly.
///
/// In logarithms these are linear inequalities, whose constants are logarithms of rationals: they
/// are eliminated one unknown after another (Fourier 1826; Motzkin 1936) with constants kept as the
/// rationals themselves, so that sums become products and multiples powers.
struct MonomialSystem {
  /// The product of the unknowns to these powers is at most, or equal to, the limit.
  struct Bound {
    var exponents: [Int]
    var limit: Rational
  }

  /// What came of it.
  enum Answer {
    case solution([Rational])
    case impossible
    /// A solution exists, but it has irrational numbers, or there were too many bounds.
    case undecided
  }

  private enum Elimination {
    case equal(Int, Bound)
    case bounds(Int, [Bound])
  }

  private var equal: [Bound]
  private var atMost: [Bound]
  private var eliminated: [Elimination] = []

  /// Solves a system in so many unknowns; `most` is the largest number of bounds to handle.
  static func solve(
    unknowns: Int, equal: [Bound], atMost: [Bound], most: Int = 2_000
  ) -> Answer {
    var system = MonomialSystem(equal: equal, atMost: atMost)
    while true {
      guard system.eliminateEqualities(), system.tidy() else { return .impossible }
      if !system.equal.isEmpty { continue }
      if system.atMost.isEmpty { break }
      guard system.eliminateOne(of: unknowns, most: most) else { return .undecided }
    }
    return system.substitute(unknowns: unknowns)
  }

  private init(equal: [Bound], atMost: [Bound]) {
    self.equal = equal
    self.atMost = atMost
  }

  /// Uses up the equalities; false if one contradicts.
  private mutating func eliminateEqualities() -> Bool {
    while let bound = equal.popLast() {
      let used = bound.exponents.indices.filter { bound.exponents[$0] != 0 }
      guard
        let unknown = used.min(by: { abs(bound.exponents[$0]) < abs(bound.exponents[$1]) })
      else {
        if bound.limit != .one { return false }
        continue
      }
      let own = bound.exponents[unknown] > 0 ? bound : MonomialSystem.inverse(bound)
      eliminated.append(.equal(unknown, own))
      equal = equal.map { MonomialSystem.without(unknown, $0, own) }
      atMost = atMost.map { MonomialSystem.without(unknown, $0, own) }
    }
    return true
  }

  /// Drops what is said twice; finds bounds that meet; false if two contradict.
  private mutating func tidy() -> Bool {
    var kept: [Bound] = []
    var place: [[Int]: Int] = [:]
    for bound in atMost {
      if bound.exponents.allSatisfy({ $0 == 0 }) {
        if bound.limit < .one { return false }
        continue
      }
      if let known = place[bound.exponents] {
        kept[known].limit = min(kept[known].limit, bound.limit)
      } else {
        place[bound.exponents] = kept.count
        kept.append(bound)
      }
    }
    for (own, bound) in kept.enumerated() {
      guard let other = place[bound.exponents.map { -$0 }], own < other else { continue }
      let gap = bound.limit * kept[other].limit
      if gap < .one { return false }
      if gap == .one { equal.append(bound) }
    }
    atMost = kept
    return true
  }

  /// Eliminates the unknown that makes the fewest new bounds; false if they would be too many.
  private mutating func eliminateOne(of unknowns: Int, most: Int) -> Bool {
    var chosen = 0
    var fewest = Int.max
    for unknown in 0..<unknowns {
      let above = atMost.count { $0.exponents[unknown] > 0 }
      let below = atMost.count { $0.exponents[unknown] < 0 }
      if above + below == 0 { continue }
      if above * below - above - below < fewest {
        fewest = above * below - above - below
        chosen = unknown
      }
    }
    if atMost.count + fewest > most { return false }
    let own = atMost.filter { $0.exponents[chosen] != 0 }
    var rest = atMost.filter { $0.exponents[chosen] == 0 }
    for upper in own where upper.exponents[chosen] > 0 {
      for lower in own where lower.exponents[chosen] < 0 {
        let divisor = MonomialSystem.divisor(upper.exponents[chosen], lower.exponents[chosen])
        let times = -lower.exponents[chosen] / divisor
        let other = upper.exponents[chosen] / divisor
        rest.append(
          Bound(
            exponents: zip(upper.exponents, lower.exponents).map { $0 * times + $1 * other },
            limit: MonomialSystem.power(upper.limit, times)
              * MonomialSystem.power(lower.limit, other)))
      }
    }
    eliminated.append(.bounds(chosen, own))
    atMost = rest
    return true
  }

  /// Gives the unknowns values, the one eliminated last first.
  private func substitute(unknowns: Int) -> Answer {
    var values = [Rational](repeating: .one, count: unknowns)
    for step in eliminated.reversed() {
      switch step {
      case .equal(let unknown, let bound):
        let rest = bound.limit / MonomialSystem.product(values, bound.exponents, but: unknown)
        guard let root = MonomialSystem.root(rest, bound.exponents[unknown]) else {
          return .undecided
        }
        values[unknown] = root
      case .bounds(let unknown, let bounds):
        var low: Rational?
        var high: Rational?
        for bound in bounds {
          let exponent = bound.exponents[unknown]
          let rest = bound.limit / MonomialSystem.product(values, bound.exponents, but: unknown)
          if exponent > 0 {
            let root = MonomialSystem.nearRoot(rest, exponent, above: false)
            high = high.map { min($0, root) } ?? root
          } else {
            let root = MonomialSystem.nearRoot(rest.reciprocal, -exponent, above: true)
            low = low.map { max($0, root) } ?? root
          }
        }
        guard let value = MonomialSystem.between(low, high) else { return .undecided }
        values[unknown] = value
      }
    }
    return .solution(values)
  }
}

extension MonomialSystem {
  /// A number to a whole power.
  static func power(_ base: Rational, _ exponent: Int) -> Rational {
    let factor = exponent < 0 ? base.reciprocal : base
    return (0..<abs(exponent)).reduce(Rational.one) { product, _ in product * factor }
  }

  /// The product of powers of all values but one.
  static func product(_ values: [Rational], _ exponents: [Int], but left: Int = -1) -> Rational {
    exponents.indices.reduce(Rational.one) { product, place in
      place == left || exponents[place] == 0
        ? product : product * power(values[place], exponents[place])
    }
  }

  /// A simple number between two positive ones (nil: no bound); nil if there is none.
  static func between(_ low: Rational?, _ high: Rational?) -> Rational? {
    if let low, let high, low > high { return nil }
    func fits(_ value: Rational) -> Bool {
      (low.map { $0 <= value } ?? true) && (high.map { value <= $0 } ?? true)
    }
    if fits(.one) { return .one }
    for denominator in 1...16 {
      let start = (low?.doubleValue ?? 0) * Double(denominator)
      guard start < 1e15 else { break }
      let first = max(1, Int(start.rounded(.up)))
      for numerator in [first, first + 1] where fits(Rational(numerator, denominator)) {
        return Rational(numerator, denominator)
      }
    }
    if let low, let high { return low == high ? low : (low + high) * Rational(1, 2) }
    return low ?? high
  }

  /// The exact root of a positive number, if it is rational and small enough to be seen.
  static func root(_ value: Rational, _ degree: Int) -> Rational? {
    if degree == 1 { return value }
    func whole(_ part: BigInteger) -> Rational? {
      guard let number = part.narrowed.flatMap({ Int(exactly: $0) }) else { return nil }
      let near = pow(Double(number), 1 / Double(degree)).rounded()
      let root = Rational(Int(near))
      return power(root, degree) == Rational(number) ? root : nil
    }
    let (numerator, denominator) = value.parts
    guard let top = whole(numerator), let bottom = whole(denominator) else { return nil }
    return top / bottom
  }

  /// A rational next to a root, on one side of it, or the root itself.
  static func nearRoot(_ value: Rational, _ degree: Int, above: Bool) -> Rational {
    if let exact = root(value, degree) { return exact }
    let near = pow(value.doubleValue, 1 / Double(degree))
    return Rational(exactly: near * (above ? 1 + 1e-12 : 1 - 1e-12)) ?? .one
  }

  private static func inverse(_ bound: Bound) -> Bound {
    Bound(exponents: bound.exponents.map { -$0 }, limit: bound.limit.reciprocal)
  }

  /// A bound without an unknown that an equality, with a positive power of it, determines.
  private static func without(_ unknown: Int, _ bound: Bound, _ equality: Bound) -> Bound {
    let own = bound.exponents[unknown]
    if own == 0 { return bound }
    let base = equality.exponents[unknown]
    return Bound(
      exponents: zip(bound.exponents, equality.exponents).map { base * $0 - own * $1 },
      limit: power(bound.limit, base) / power(equality.limit, own))
  }

  private static func divisor(_ first: Int, _ second: Int) -> Int {
    var (a, b) = (abs(first), abs(second))
    while b != 0 { (a, b) = (b, a % b) }
    return max(a, 1)
  }
}
