import Mathematics

/// Reads an estimate: a number, `low .. high`, `low .. best .. high`, or a family by name such as
/// `normal(0, 1)`.
struct EstimateParser {
  /// What was read.
  struct Estimate {
    var distribution: Distribution
    var best: Double
    var isFixed: Bool
    /// A percent sign was used.
    var isPercentage: Bool
    var support: Distribution.Support
  }

  /// What is wrong, at an offset in the text.
  struct Failure: Error {
    var code: String
    var offset: Int
    var length: Int
    var message: String
    var remedy: String?
  }

  /// The kinds that a quantity can declare.
  enum Kind: String, CaseIterable {
    case probability, positive, real
  }

  /// Whether a text in place of odds is an estimate with a range rather than an expression.
  static func looksLikeRange(_ text: String) -> Bool {
    if text.contains("..") { return true }
    guard let open = text.firstIndex(of: "(") else { return false }
    return families.contains(String(text[..<open]).trimmed)
  }

  static let families: Set<String> = [
    "normal", "lognormal", "uniform", "triangular", "pert", "beta", "gamma", "exponential",
    "student", "discrete", "mixture", "truncate", "metalog",
  ]

  /// Reads `text`. The support comes from `support` if given, else from `kind`, else from the
  /// numbers: a percent sign means a probability, all above 0 means positive, anything else real.
  static func read(
    _ text: String, kind: Kind? = nil, atLeast: Double? = nil, atMost: Double? = nil,
    support: Distribution.Support? = nil
  ) throws(Failure) -> Estimate {
    var parser = EstimateParser(text: text)
    return try parser.estimate(kind: kind, atLeast: atLeast, atMost: atMost, support: support)
  }

  let text: [Character]
  var position = 0
  var sawPercent = false
  var depth = 0

  private init(text: String) { self.text = Array(text) }

  mutating func estimate(
    kind: Kind?, atLeast: Double?, atMost: Double?, support given: Distribution.Support?
  ) throws(Failure) -> Estimate {
    try checkBounds(kind, atLeast, atMost)
    skipSpace()
    if position < text.count, text[position].isLetter {
      let distribution = try family()
      try expectEnd()
      let support = given ?? chosen(kind, atLeast, atMost, points: [])
      try check(distribution, within: support)
      return Estimate(
        distribution: distribution, best: distribution.median, isFixed: isConstant(distribution),
        isPercentage: sawPercent, support: support)
    }
    let points = try self.points()
    try expectEnd()
    let support = given ?? chosen(kind, atLeast, atMost, points: points)
    if points.count == 1 {
      try check(points[0], within: support)
      let distribution = try constant(points[0])
      return Estimate(
        distribution: distribution, best: points[0], isFixed: true, isPercentage: sawPercent,
        support: support)
    }
    let distribution = try fit(points, support: support)
    let fixed = isConstant(distribution)
    return Estimate(
      distribution: distribution, best: points.count == 3 ? points[1] : distribution.median,
      isFixed: fixed, isPercentage: sawPercent, support: support)
  }

  /// Bounds that leave nothing between them would otherwise end in an empty range.
  func checkBounds(
    _ kind: Kind?, _ atLeast: Double?, _ atMost: Double?
  ) throws(Failure) {
    let floor = atLeast ?? (kind == .probability || kind == .positive ? 0 : -.infinity)
    let ceiling = atMost ?? (kind == .probability ? 1 : .infinity)
    let natural: (floor: Double, ceiling: Double) =
      switch kind {
      case .probability: (0, 1)
      case .positive: (0, .infinity)
      default: (-.infinity, .infinity)
      }
    guard floor >= ceiling || floor < natural.floor || ceiling > natural.ceiling else { return }
    throw Failure(
      code: "bounds", offset: 0, length: text.count,
      message: floor >= ceiling
        ? "no value lies between the bounds: at least \(shortNumber(floor)), "
          + "at most \(shortNumber(ceiling))"
        : "the bounds go beyond what the kind allows: \(kind?.rawValue ?? "real")",
      remedy: kind == .probability
        ? "probabilities lie between 0% and 100%; mend 'at least', 'at most' or 'kind'"
        : "mend 'at least', 'at most' or 'kind'")
  }

  func chosen(
    _ kind: Kind?, _ atLeast: Double?, _ atMost: Double?, points: [Double]
  ) -> Distribution.Support {
    if atLeast != nil || atMost != nil {
      let floor = atLeast ?? (kind == .real || kind == nil ? nil : 0)
      let ceiling = atMost ?? (kind == .probability ? 1 : nil)
      return .bounded(atLeast: floor, atMost: ceiling)
    }
    switch kind {
    case .probability: return .probability
    case .positive: return .positive
    case .real: return .real
    case nil:
      if sawPercent { return .probability }
      return !points.isEmpty && points.allSatisfy { $0 > 0 } ? .positive : .real
    }
  }

  // MARK: Points

  mutating func points() throws(Failure) -> [Double] {
    var points = [try number()]
    skipSpace()
    while eat("..") {
      points.append(try number())
      skipSpace()
      if points.count > 3 {
        throw failure(
          "estimate", "an estimate has two or three points: low .. high, or low .. best .. high")
      }
    }
    for (left, right) in zip(points, points.dropFirst()) where left > right {
      throw Failure(
        code: "estimate-order", offset: 0, length: text.count,
        message: "the points of an estimate rise from low to high",
        remedy: points.count == 3
          ? "write 5th percentile .. best estimate .. 95th percentile" : "write low .. high")
    }
    return points
  }

  mutating func number() throws(Failure) -> Double {
    skipSpace()
    var sign = 1.0
    if eat("-") { sign = -1 } else { _ = eat("+") }
    // No number is longer than this; the rest of the text may be very long.
    let bytes = text[position...].prefix(400).map { $0.asciiValue ?? 0 }
    guard !bytes.isEmpty, let (value, length) = numberPrefix(bytes) else {
      throw failure("estimate", "a number is wanted here")
    }
    if bytes[length - 1] == UInt8(ascii: "%") { sawPercent = true }
    position += length
    return sign * value
  }

  /// A number at the start. Unlike in an expression `2..4` is a number and a range.
  func numberPrefix(_ bytes: [UInt8]) -> (Double, Int)? {
    var end = 0
    func digit(_ index: Int) -> Bool {
      index < bytes.count && (48...57).contains(bytes[index])
    }
    while digit(end) { end += 1 }
    let whole = end
    if end < bytes.count, bytes[end] == 0x2e, digit(end + 1) {
      end += 1
      while digit(end) { end += 1 }
    }
    if whole == 0 && end == 0 { return nil }
    if end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
      var exponent = end + 1
      if exponent < bytes.count, bytes[exponent] == 0x2b || bytes[exponent] == 0x2d {
        exponent += 1
      }
      if digit(exponent) {
        end = exponent
        while digit(end) { end += 1 }
      }
    }
    guard let value = Double(String(decoding: bytes[..<end], as: UTF8.self)), value.isFinite else {
      return nil
    }
    if end < bytes.count, bytes[end] == UInt8(ascii: "%") { return (value / 100, end + 1) }
    return (value, end)
  }

  // MARK: Making distributions

  func constant(_ value: Double) throws(Failure) -> Distribution {
    try made(0) { () throws(DistributionError) in try .constant(value) }
  }

  func fit(_ points: [Double], support: Distribution.Support) throws(Failure)
    -> Distribution
  {
    try made(0) { () throws(DistributionError) in
      try Distribution.fit(
        low: points[0], best: points.count == 3 ? points[1] : nil, high: points[points.count - 1],
        support: support)
    }
  }

  func made(
    _ start: Int, _ make: () throws(DistributionError) -> Distribution
  ) throws(Failure) -> Distribution {
    do {
      return try make()
    } catch {
      throw Failure(
        code: "estimate-infeasible", offset: start, length: max(text.count - start, 1),
        message: error.message, remedy: error.remedy ?? "change these numbers")
    }
  }

  func isConstant(_ distribution: Distribution) -> Bool {
    distribution.support.lowerBound == distribution.support.upperBound
  }

  func check(_ value: Double, within support: Distribution.Support) throws(Failure) {
    let range = bounds(support)
    if value < range.lowerBound || value > range.upperBound {
      throw outside(range)
    }
  }

  func check(_ distribution: Distribution, within support: Distribution.Support)
    throws(Failure)
  {
    let range = bounds(support)
    if distribution.support.lowerBound < range.lowerBound
      || distribution.support.upperBound > range.upperBound
    {
      throw Failure(
        code: "outside-support", offset: 0, length: text.count,
        message: "this distribution can leave the range that the quantity may have",
        remedy: "cut it with truncate(…, low, high), or change 'kind', 'at least' or 'at most'")
    }
  }

  func outside(_ range: ClosedRange<Double>) -> Failure {
    Failure(
      code: "outside-support", offset: 0, length: text.count,
      message: "this number is outside the range that the quantity may have",
      remedy: range == 0...1
        ? "probabilities lie between 0% and 100%; if it is none, say 'kind: real'"
        : "change the number, or 'kind', 'at least' or 'at most'")
  }

  func bounds(_ support: Distribution.Support) -> ClosedRange<Double> {
    switch support {
    case .real: -Double.infinity...Double.infinity
    case .positive: 0...Double.infinity
    case .probability: 0...1
    case .bounded(let low, let high): (low ?? -.infinity)...(high ?? .infinity)
    }
  }

  // MARK: Characters

  mutating func skipSpace() {
    while position < text.count, text[position].isWhitespace { position += 1 }
  }

  mutating func eat(_ symbol: String) -> Bool {
    skipSpace()
    guard text[position...].starts(with: symbol) else { return false }
    position += symbol.count
    return true
  }

  mutating func eatComma() -> Bool { eat(",") }

  mutating func expect(_ symbol: String) throws(Failure) {
    if !eat(symbol) { throw failure("estimate", "'\(symbol)' is wanted here") }
  }

  mutating func expectWord(_ word: String) throws(Failure) {
    skipSpace()
    let end = position + word.count
    guard text[position...].starts(with: word), end >= text.count || !text[end].isLetter else {
      throw failure("estimate", "'\(word)' and odds are wanted here, such as '1 at 20%'")
    }
    position = end
  }

  mutating func expectEnd() throws(Failure) {
    skipSpace()
    if position < text.count {
      throw failure("estimate", "the estimate should end here")
    }
  }

  func failure(_ code: String, _ message: String, remedy: String? = nil) -> Failure {
    Failure(
      code: code, offset: position, length: 1, message: message,
      remedy: remedy ?? "write a number, 'low .. high', 'low .. best .. high' or a family such as "
        + "'normal(0, 1)'")
  }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    var characters = self[...]
    while characters.first?.isWhitespace == true { characters.removeFirst() }
    while characters.last?.isWhitespace == true { characters.removeLast() }
    return String(characters)
  }
}
