import Mathematics

/// Distributions by name: `normal(0, 1)`, `mixture(1 .. 2 at 30%, 5 at 70%)`.
extension EstimateParser {
  mutating func family() throws(Failure) -> Distribution {
    depth += 1
    defer { depth -= 1 }
    skipSpace()
    let start = position
    while position < text.count, text[position].isLetter { position += 1 }
    let name = String(text[start..<position])
    guard EstimateParser.families.contains(name), depth < 8 else {
      let known = EstimateParser.families.sorted()
      throw Failure(
        code: "unknown-family", offset: start, length: max(name.count, 1),
        message: "'\(name)' is not a number or a family of distributions",
        remedy: Spelling.suggestion(for: name, among: known).map { "did you mean '\($0)'?" }
          ?? "the families are: \(listed(known, limit: 20))")
    }
    try expect("(")
    let result: Distribution
    switch name {
    case "discrete":
      var outcomes: [(value: Double, weight: Double)] = []
      repeat {
        let value = try number()
        try expectWord("at")
        outcomes.append((value, try weight()))
      } while eatComma()
      result = try made(start) { () throws(DistributionError) in try .discrete(outcomes) }
    case "mixture":
      var parts: [(weight: Double, distribution: Distribution)] = []
      repeat {
        let part = try part()
        try expectWord("at")
        parts.append((try weight(), part))
      } while eatComma()
      result = try made(start) { () throws(DistributionError) in try .mixture(parts) }
    case "truncate":
      let inner = try part()
      guard eatComma() else { throw wrongCount(name, start) }
      let low = try number()
      guard eatComma() else { throw wrongCount(name, start) }
      let high = try number()
      result = try made(start) { () throws(DistributionError) in
        try .truncated(inner, low: low, high: high)
      }
    default:
      var numbers: [Double] = []
      repeat { numbers.append(try number()) } while eatComma()
      result = try simple(name, numbers, at: start)
    }
    try expect(")")
    return result
  }

  func simple(
    _ name: String, _ n: [Double], at start: Int
  ) throws(Failure) -> Distribution {
    switch (name, n.count) {
    case ("normal", 2):
      try made(start) { () throws(DistributionError) in
        try .normal(mean: n[0], standardDeviation: n[1])
      }
    case ("lognormal", 2):
      try made(start) { () throws(DistributionError) in
        try .lognormal(mu: n[0], sigma: n[1])
      }
    case ("uniform", 2):
      try made(start) { () throws(DistributionError) in try .uniform(low: n[0], high: n[1]) }
    case ("triangular", 3):
      try made(start) { () throws(DistributionError) in
        try .triangular(low: n[0], mode: n[1], high: n[2])
      }
    case ("pert", 3):
      try made(start) { () throws(DistributionError) in
        try .pert(low: n[0], mode: n[1], high: n[2])
      }
    case ("beta", 2):
      try made(start) { () throws(DistributionError) in try .beta(alpha: n[0], beta: n[1]) }
    case ("gamma", 2):
      try made(start) { () throws(DistributionError) in try .gamma(shape: n[0], scale: n[1]) }
    case ("exponential", 1):
      try made(start) { () throws(DistributionError) in try .exponential(mean: n[0]) }
    case ("student", 3):
      try made(start) { () throws(DistributionError) in
        try .student(degreesOfFreedom: n[0], location: n[1], scale: n[2])
      }
    case ("metalog", 3):
      try fit(n, support: sawPercent ? .probability : (n.allSatisfy { $0 > 0 } ? .positive : .real))
    default: throw wrongCount(name, start)
    }
  }

  func wrongCount(_ name: String, _ start: Int) -> Failure {
    let forms = [
      "normal": "normal(mean, standard deviation)", "lognormal": "lognormal(mu, sigma)",
      "uniform": "uniform(low, high)", "triangular": "triangular(low, mode, high)",
      "pert": "pert(low, mode, high)", "beta": "beta(alpha, beta)",
      "gamma": "gamma(shape, scale)", "exponential": "exponential(mean)",
      "student": "student(degrees of freedom, location, scale)",
      "metalog": "metalog(5th percentile, median, 95th percentile)",
      "truncate": "truncate(family(…), low, high)",
    ]
    return Failure(
      code: "wrong-argument-count", offset: start, length: name.count,
      message: "'\(name)' has the wrong number of arguments",
      remedy: forms[name].map { "write \($0)" })
  }

  /// A family, or points with a range, inside a mixture.
  mutating func part() throws(Failure) -> Distribution {
    skipSpace()
    if position < text.count, text[position].isLetter { return try family() }
    let points = try self.points()
    if points.count == 1 { return try constant(points[0]) }
    return try fit(points, support: chosen(nil, nil, nil, points: points))
  }

  /// Weights are odds: their percent signs do not make the quantity a probability.
  mutating func weight() throws(Failure) -> Double {
    let before = sawPercent
    let value = try number()
    sawPercent = before
    return value
  }
}
