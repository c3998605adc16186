public import Mathematics
public import Scenarios

/// What is known of a scenario's inputs together: a distribution for each, and rank correlations.
public struct InputSpace: Sendable {
  /// What is known of each input.
  public let distributions: [Distribution]
  /// The medians.
  public let best: [Double]
  /// Inputs that are the same in every draw.
  public let isFixed: [Bool]
  /// Rank correlations between inputs that are not fixed.
  public let correlations: [RankCorrelation]
  let copula: GaussianCopula?

  /// Inputs with these distributions and rank correlations; constants are fixed, and so are those
  /// said to be.
  public init(
    _ distributions: [Distribution], best: [Double]? = nil, isFixed: [Bool]? = nil,
    correlations: [RankCorrelation] = []
  ) throws(CopulaError) {
    let fixed =
      isFixed
      ?? distributions.map {
        if case .constant = $0 { true } else { false }
      }
    self.distributions = distributions
    self.best = best ?? distributions.map(\.median)
    self.isFixed = fixed
    self.correlations = correlations.filter { pair in
      ![pair.first, pair.second].contains { fixed.indices.contains($0) && fixed[$0] }
    }
    copula =
      self.correlations.isEmpty
      ? nil
      : try GaussianCopula(dimensions: distributions.count, correlations: self.correlations)
  }

  /// The inputs of a scenario.
  ///
  /// - Throws: a diagnostic if the stated correlations contradict each other.
  public init(_ scenario: Scenario) throws(Diagnostic) {
    let pairs = scenario.correlations.flatMap { stated in
      stated.inputs.enumerated().flatMap { ordinal, one in
        stated.inputs.dropFirst(ordinal + 1).map {
          RankCorrelation(one, $0, stated.coefficient)
        }
      }
    }
    do {
      try self.init(
        scenario.inputs.map(\.distribution), best: scenario.inputs.map(\.best),
        isFixed: scenario.inputs.map(\.isFixed), correlations: pairs)
    } catch {
      throw Diagnostic(
        code: "correlations-contradict", severity: .error, file: scenario.file,
        place: scenario.correlations.first?.place,
        message: error.message { "'\(scenario.inputs[$0].name)'" })
    }
  }

  /// The inputs that differ between draws.
  public var uncertain: [Int] { isFixed.indices.filter { !isFixed[$0] } }

  /// The same with one input fixed, as a scenario has it that sets it: its correlations are gone, the
  /// others stay.
  public func fixing(_ input: Int, at value: Double) throws(CopulaError) -> InputSpace {
    var (best, isFixed) = (best, isFixed)
    best[input] = value
    isFixed[input] = true
    return try InputSpace(
      distributions, best: best, isFixed: isFixed, correlations: correlations)
  }

  /// The same without correlations to any but some inputs: what is known of these alone.
  func restricted(to inputs: [Int]) throws(CopulaError) -> InputSpace {
    let kept = Set(inputs)
    return try InputSpace(
      distributions, best: best, isFixed: isFixed,
      correlations: correlations.filter { kept.contains($0.first) && kept.contains($0.second) })
  }

  /// The value of an input at a normal score: at 0 its median.
  public func value(of input: Int, score: Double) -> Double {
    score == 0
      ? best[input] : distributions[input].quantile(StandardNormal.cumulative(score))
  }

  /// All inputs at normal scores for some, the others at their medians.
  public func point(_ inputs: [Int], scores: [Double]) -> [Double] {
    var point = best
    for (input, score) in zip(inputs, scores) { point[input] = value(of: input, score: score) }
    return point
  }
}

extension InputSpace {
  /// Inputs that hang together by correlations, and what their normal scores tell of each other.
  struct DependentGroup: Sendable {
    /// The inputs in rising order.
    let members: [Int]
    /// The correlations of their normal scores, row by row.
    let correlation: [Double]
    /// The inverse of the correlations.
    let precision: [Double]

    init(_ block: GaussianCopula.Block) {
      members = block.variables
      let n = members.count
      let factor = block.factor
      // The inverse of the lower triangle, column by column.
      var inverse = [Double](repeating: 0, count: n * n)
      for column in 0..<n {
        for row in column..<n {
          var value = row == column ? 1.0 : 0
          for k in column..<max(row, column) {
            value -= factor[row * n + k] * inverse[k * n + column]
          }
          inverse[row * n + column] = value / factor[row * n + row]
        }
      }
      var correlation = inverse
      var precision = inverse
      for row in 0..<n {
        for column in 0..<n {
          var (forward, backward) = (0.0, 0.0)
          for k in 0..<n {
            forward += factor[row * n + k] * factor[column * n + k]
            backward += inverse[k * n + row] * inverse[k * n + column]
          }
          correlation[row * n + column] = forward
          precision[row * n + column] = backward
        }
      }
      self.correlation = correlation
      self.precision = precision
    }

    /// What is left of a member's score once the others' are known: its distance from their
    /// prediction.
    func residual(_ place: Int, _ scores: [Double]) -> Double {
      let n = members.count
      var sum = 0.0
      for other in 0..<n { sum += precision[place * n + other] * scores[other] }
      return sum / precision[place * n + place]
    }
  }

  /// The groups of inputs that are not independent.
  var dependentGroups: [DependentGroup] { copula?.blocks.map(DependentGroup.init) ?? [] }

  /// The squared Mahalanobis distance of normal scores of some inputs from the medians, the other
  /// inputs being at theirs.
  func squaredDistance(_ inputs: [Int], scores: [Double], groups: [DependentGroup]) -> Double {
    var sum = 0.0
    var isGrouped = [Bool](repeating: false, count: inputs.count)
    for group in groups {
      let n = group.members.count
      let places = inputs.map { group.members.firstIndex(of: $0) }
      for (one, place) in places.enumerated() {
        guard let place else { continue }
        isGrouped[one] = true
        for (other, second) in places.enumerated() {
          guard let second else { continue }
          sum += group.precision[place * n + second] * scores[one] * scores[other]
        }
      }
    }
    for (one, score) in scores.enumerated() where !isGrouped[one] { sum += score * score }
    return sum
  }
}
