import Mathematics
import Testing

/// Numbers of every width: around the borders of 64 and 128 bits, small, random.
private func samples(_ count: Int, seed: UInt64) -> [Rational] {
  var stream = SplitMix64(seed: seed)
  let borders: [Int] = [0, 1, -1, 2, 3, .max, .min, .max - 1, 1 << 32, -(1 << 62)]
  func integer() -> Int {
    let bits = stream.next()
    switch stream.next() % 4 {
    case 0: return borders[Int(bits % UInt64(borders.count))]
    case 1: return Int(bits % 100) - 50
    case 2: return Int(truncatingIfNeeded: bits)
    default: return Int(truncatingIfNeeded: bits >> 33) - (1 << 30)
    }
  }
  return (0..<count).map { _ in
    var value = Rational(integer())
    for _ in 0..<(stream.next() % 4) {
      let other = integer()
      value =
        stream.next() % 2 == 0 || other == 0 ? value * Rational(other) : value / Rational(other)
    }
    return value
  }
}

/// The same operation on big integers alone: the rule that every width must follow.
private func reference(
  _ left: Rational, _ right: Rational,
  _ combine: (BigInteger, BigInteger, BigInteger, BigInteger) -> (BigInteger, BigInteger)
) -> String {
  let (a, b) = left.parts
  let (c, d) = right.parts
  let (top, bottom) = combine(a, b, c, d)
  return Rational(big: top, bottom).description
}

@Test("Sums and products of every width are those of big integers")
func rationalArithmetic() {
  let numbers = samples(300, seed: 1)
  for left in numbers {
    for right in numbers.prefix(60) {
      let sum = reference(left, right) { a, b, c, d in (a * d + c * b, b * d) }
      #expect((left + right).description == sum, "\(left) + \(right)")
      let product = reference(left, right) { a, b, c, d in (a * c, b * d) }
      #expect((left * right).description == product, "\(left) * \(right)")
      let (a, b) = left.parts
      let (c, d) = right.parts
      #expect((left < right) == (a * d < c * b), "\(left) < \(right)")
      #expect((left == right) == (a * d == c * b))
    }
  }
}

@Test("Rational numbers are a field")
func rationalLaws() {
  let numbers = samples(90, seed: 2)
  for index in numbers.indices.dropLast(2) {
    let (a, b, c) = (numbers[index], numbers[index + 1], numbers[index + 2])
    #expect(a + b == b + a && a * b == b * a)
    #expect((a + b) + c == a + (b + c) && (a * b) * c == a * (b * c))
    #expect(a * (b + c) == a * b + a * c)
    #expect(a - a == .zero && a + -a == .zero)
    if a.signum != 0 {
      #expect(a / a == .one && a.reciprocal.reciprocal == a)
      #expect(b / a * a == b)
    }
    // Equal numbers have one form, so they hash alike.
    let roundabout = (a + b) - b
    #expect(roundabout == a && roundabout.hashValue == a.hashValue)
  }
}

@Test("Numbers read back from their text, whatever the notation")
func rationalText() {
  for number in samples(400, seed: 3) { #expect(Rational(number.description) == number) }
  let texts: [(String, Rational)] = [
    ("1/2", Rational(1, 2)), ("-3/4", Rational(-3, 4)), ("0.25", Rational(1, 4)),
    ("-0.5", Rational(-1, 2)), ("1e-3", Rational(1, 1000)), ("2.5E+3", Rational(2500)),
    (".5", Rational(1, 2)), ("5.", Rational(5)), ("+7", Rational(7)), ("6/4", Rational(3, 2)),
    ("007", Rational(7)), ("0/5", Rational(0)),
  ]
  for (text, value) in texts { #expect(Rational(text) == value, "\(text)") }
  for text in ["", "-", ".", "1/0", "1/", "/2", "a", "1e", "1e99999", "1.2.3", "--1", "1/-"] {
    #expect(Rational(text) == nil, "\(text)")
  }
}

@Test("Doubles convert exactly, and back to themselves")
func rationalDoubles() {
  var stream = SplitMix64(seed: 4)
  for _ in 0..<2000 {
    let value = Double(bitPattern: stream.next())
    guard value.isFinite else { continue }
    #expect(Rational(exactly: value)?.doubleValue == value)
  }
  #expect(Rational(exactly: 0.1) != Rational(1, 10))
  #expect(Rational(exactly: 0.375) == Rational(3, 8))
  #expect(Rational(exactly: .nan) == nil && Rational(exactly: .infinity) == nil)
  #expect(Rational(1, 3).doubleValue == 1.0 / 3)
}

@Test("The harmonic number of 50 has the published numerator and denominator")
func harmonicNumber() {
  // Sloane, OEIS A001008 and A002805.
  let sum = (1...50).reduce(Rational.zero) { $0 + Rational(1, $1) }
  #expect(sum.description == "13943237577224054960759/3099044504245996706400")
}

@Test(
  "The double of a fraction is the nearest one: decimals of any length read as the system reads")
func nearestDoubles() {
  var stream = SplitMix64(seed: 5)
  for round in 0..<20_000 {
    let count = Int.random(in: 1...40, using: &stream)
    let digits = (0..<count).map { _ in "\(Int.random(in: 0...9, using: &stream))" }.joined()
    let limit = round % 4 == 0 ? 340 : 20
    let exponent = Int.random(in: -limit...min(limit, 260), using: &stream)
    let text = "\(round % 2 == 0 ? "-" : "")\(digits)e\(exponent)"
    #expect(Rational(text)?.doubleValue == Double(text), "\(text)")
  }
  // Halfway between two doubles the even one; a little more is more.
  #expect(Rational("9007199254740993")?.doubleValue == 9_007_199_254_740_992)
  #expect(Rational("9007199254740995")?.doubleValue == 9_007_199_254_740_996)
  #expect(Rational("9007199254740993.000000000000000000001")?.doubleValue == 9_007_199_254_740_994)
  #expect(Rational("2.4703282292062327e-324")?.doubleValue == 0)
  #expect(Rational("2.4703282292062328e-324")?.doubleValue == Double.leastNonzeroMagnitude)
  #expect(Rational("1e400")?.doubleValue == Double.infinity)
}

@Test("A number is a double exactly where its double is the number")
func areDoubles() {
  for text in ["0", "1", "-0.375", "9007199254740992", "9007199254740994", "1e22", "1/1024"] {
    #expect(Rational(text)?.isDouble == true, "\(text)")
  }
  for text in ["0.1", "1/3", "9007199254740993", "1e23", "1e-5", "9007199254740993/4096"] {
    #expect(Rational(text)?.isDouble == false, "\(text)")
  }
  for value in [Double.leastNonzeroMagnitude, .greatestFiniteMagnitude, 0x1.8p-60, -0x1.1p70] {
    #expect(Rational(exactly: value)?.isDouble == true)
    #expect(Rational(exactly: value)?.doubleValue == value)
  }
}
