/// Shares written as decimals that add up to exactly 1, as Gambit demands of odds.
///
/// Doubles seldom do: three times the double nearest to a third is not 1. Every double stands for
/// a small interval of decimals, though, and where the shares add up to 1 but for rounding there
/// are decimals within these intervals that add up to 1 exactly.
enum DecimalShares {
  /// A decimal for each share; together they add up to exactly 1. Each reads back as the same
  /// double unless the shares are further from 1 than rounding explains: then the largest is not
  /// what it was.
  static func texts(_ shares: [Double]) -> [String] {
    let written = shares.map(Decimal.parts)
    let places = written.map { $0.places }.max() ?? 0
    // Room to divide what is missing finely.
    let limbs = (max(places, 18) + 18) / 9
    var values = written.map { Decimal($0, limbs: limbs) }
    let one = Decimal(one: limbs)
    var total = Decimal(zero: limbs)
    for value in values { total.add(value) }
    let isShort = total < one
    var missing = isShort ? one : total
    missing.subtract(isShort ? total : one)
    let order = shares.indices.sorted { (shares[$1], $0) < (shares[$0], $1) }
    for index in order where !missing.isZero {
      // As much of what is missing as the share can take, found by halving.
      var part = missing
      for _ in 0..<40 where !part.isZero {
        if let moved = values[index].moved(by: part, up: isShort),
          Double(moved.text) == shares[index]
        {
          values[index] = moved
          missing.subtract(part)
          part = min(part, missing)
        } else {
          part.halve()
        }
      }
    }
    if let largest = order.first, !missing.isZero,
      let moved = values[largest].moved(by: missing, up: isShort)
    {
      values[largest] = moved
    }
    return values.map(\.text)
  }

  /// A number from 0 with a fixed number of decimal places, exact.
  private struct Decimal: Comparable {
    /// Nine decimal digits each, the last places first; the last limb is the whole part.
    private var limbs: [UInt64]
    private static let base: UInt64 = 1_000_000_000

    /// The digits of a double's shortest decimal, without the point, and how many of them stand
    /// after it.
    static func parts(_ value: Double) -> (digits: [UInt8], places: Int) {
      var digits: [UInt8] = []
      var places = 0
      var isFraction = false
      let halves = "\(value)".split(separator: "e", maxSplits: 1)
      for byte in halves[0].utf8 {
        if byte == UInt8(ascii: ".") {
          isFraction = true
        } else {
          digits.append(byte - 48)
          if isFraction { places += 1 }
        }
      }
      if halves.count == 2, let exponent = Int(halves[1]) { places -= exponent }
      return (digits, places)
    }

    init(zero limbs: Int) { self.limbs = Array(repeating: 0, count: limbs + 1) }

    init(one limbs: Int) {
      self.init(zero: limbs)
      self.limbs[limbs] = 1
    }

    init(_ parts: (digits: [UInt8], places: Int), limbs: Int) {
      self.init(zero: limbs)
      // The position of the last digit, counted from the last place kept.
      var position = limbs * 9 - parts.places
      for digit in parts.digits.reversed() {
        if digit != 0, position >= 0 {
          var power: UInt64 = 1
          for _ in 0..<(position % 9) { power *= 10 }
          self.limbs[position / 9] += UInt64(digit) * power
        }
        position += 1
      }
    }

    var isZero: Bool { limbs.allSatisfy { $0 == 0 } }

    static func < (left: Decimal, right: Decimal) -> Bool {
      for index in left.limbs.indices.reversed() where left.limbs[index] != right.limbs[index] {
        return left.limbs[index] < right.limbs[index]
      }
      return false
    }

    mutating func add(_ other: Decimal) {
      var carry: UInt64 = 0
      for index in limbs.indices {
        let sum = limbs[index] + other.limbs[index] + carry
        carry = 0
        limbs[index] = sum
        if index + 1 < limbs.count, sum >= Decimal.base {
          limbs[index] = sum % Decimal.base
          carry = sum / Decimal.base
        }
      }
    }

    /// Takes away a number that is not larger.
    mutating func subtract(_ other: Decimal) {
      var borrow: UInt64 = 0
      for index in limbs.indices {
        let taken = other.limbs[index] + borrow
        borrow = limbs[index] < taken ? 1 : 0
        limbs[index] = limbs[index] + borrow * Decimal.base - taken
      }
    }

    /// Half of this number, without the remainder.
    mutating func halve() {
      var rest: UInt64 = 0
      for index in limbs.indices.reversed() {
        let part = rest * Decimal.base + limbs[index]
        limbs[index] = part / 2
        rest = part % 2
      }
    }

    /// This number and another added or taken away; nil where it would be below 0.
    func moved(by other: Decimal, up: Bool) -> Decimal? {
      var result = self
      if up {
        result.add(other)
      } else {
        if self < other { return nil }
        result.subtract(other)
      }
      return result
    }

    var text: String {
      let whole = limbs.last ?? 0
      var fraction = limbs.dropLast().reversed().map { limb in
        let digits = String(limb)
        return String(repeating: "0", count: 9 - digits.count) + digits
      }.joined()
      while fraction.hasSuffix("0") { fraction.removeLast() }
      return fraction.isEmpty ? "\(whole)" : "\(whole).\(fraction)"
    }
  }
}
