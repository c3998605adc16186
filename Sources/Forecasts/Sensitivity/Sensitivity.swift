public import Mathematics

/// How much of the variance of an answer over the assumptions each quantity explains.
///
/// Both indices are shares of the variance of P(event | θ), or of a payoff, over the draws:
///
/// - *first*: what vanishes, on average, once the quantity is known: Var E[Y | X] / Var Y.
/// - *total*: what is left, on average, once all others are known: E Var[Y | others] / Var Y.
///
/// For an independent quantity the total is never below the first, and what lies between is what it
/// does together with others. For a correlated one the two are ends of a different kind: the first
/// counts everything that the quantity tells, also by way of its companions, and the total only what
/// it does on its own. One that does nothing itself but moves along with one that matters has a
/// high first and a total of 0.
///
/// With a condition the answer is a ratio, p = E[J] / E[C], and what is analyzed is its influence
/// function (J − p C) / E[C]. Its mean over the worlds with one value of the quantity is by how much
/// the published ratio moves when that value is known, p(x) − p, times how much likelier the
/// condition is then, E[C | x] / E[C]: a world counts as far as the condition holds in it, as in the
/// ratio itself. Where the condition holds in no world, the limits are analyzed.
public struct Sensitivity: Sendable, Equatable {
  /// One quantity's part.
  public struct Input: Sendable, Equatable {
    /// The input's index.
    public var input: Int
    /// The share of the variance that knowing it removes.
    public var first: SensitivityIndices.Index
    /// The share of the variance that is left when all others are known; nil in the light of
    /// evidence, which ties quantities to each other, so that none can be held.
    public var total: SensitivityIndices.Index?
    /// The variance that knowing it removes, in the units of the answer squared.
    public var explained: SensitivityIndices.Index
    /// It is correlated with others, so that its two indices are ends of different kinds.
    public var isCorrelated: Bool
    /// Rows without a certified play in some sample.
    public var rowsLeftOut: Int
    /// In words, what the intervals allow to be said.
    public var finding: Finding
  }

  /// What can be said of a quantity's effect.
  public enum Finding: Sendable, Equatable {
    /// The answer was the same in every row: no effect with so many base points.
    case none
    /// The intervals of both indices cover 0: no effect detected with so many base points. An
    /// estimate below 0 is such a case: chance, not an effect.
    case notDetected
    /// The total index is above 0, the first may be 0: it acts, if at all, together with others.
    case onlyTogether
    /// The first index is above 0, the total may be 0: it tells something of others that act.
    case onlyByCompanions
    /// Both indices are above 0.
    case detected
  }

  /// How many rows each sample has.
  public var basePoints: Int
  /// How many worlds were solved.
  public var runs: Int
  /// The mean of the answer, as it is published.
  public var mean: Double
  /// The variance of the answer over the assumptions.
  public var variance: Double
  /// The level of all intervals.
  public var level: Double
  /// The quantities that the answer depends on, in the order of the scenario.
  public var inputs: [Input]
  /// Uncertain quantities that appear nowhere in what decides: their indices are 0 by construction.
  public var bystanders: [Int]
  /// Positions in ``inputs``, from the highest to the lowest total index.
  public var ranking: [Int]
  /// How many leading places of the ranking are certain: the interval of each lies above those of
  /// all that follow. Those behind may change their order with more base points.
  public var settledRanks: Int
  /// The first places of the ranking are settled as far as the intervals tell.
  public var isRankingStable: Bool { settledRanks >= min(3, ranking.count) }
  /// The sum of the first-order indices of independent quantities, at most 1 but for errors; `nil` if
  /// some are correlated.
  public var sumOfFirst: Double? {
    inputs.contains(where: \.isCorrelated)
      ? nil : Statistics.sum(inputs.lazy.map(\.first.estimate))
  }

  /// How indices are worked out.
  public struct Options: Sendable, Equatable {
    /// Rows of each sample, a power of two.
    public var basePoints = 512
    /// The level of the intervals.
    public var level = 0.9
    /// How many bootstrap samples the intervals rest on.
    public var resamples = 500
    /// How first-order indices are estimated.
    public var firstOrder = FirstOrderEstimator.conditionalMeans

    /// 512 rows, intervals of 90%.
    public init() {}
  }
}

extension Sensitivity {
  /// How first-order indices are estimated. Total indices are Jansen's in either case.
  public enum FirstOrderEstimator: Sendable, Equatable {
    /// From the means of all plain draws binned by the quantity (``FirstOrderIndices``): much
    /// sharper where effects are small, and the same draws do for all quantities.
    case conditionalMeans
    /// From the mixed samples (Saltelli et al. 2010).
    case pickFreeze
  }
}

extension ResponseFunction {
  /// The Sobol' indices of every quantity that the answer depends on.
  ///
  /// - Parameters:
  ///   - sample: draws of the forecast that have been worked out already: the first of them are the
  ///     sample A, and all count for the mean and for conditional means.
  ///   - options: how many rows, and the level of the intervals.
  /// - Throws: ``AnalysisError`` if no world is certified; an error of the work, such as its
  ///   cancellation.
  /// - Complexity: rows × (2 + quantities + correlated quantities) worlds.
  public func sensitivity(
    reusing sample: ResponseSample? = nil, _ options: Sensitivity.Options = .init()
  ) async throws -> Sensitivity {
    let rows = options.basePoints
    precondition(rows > 1 && rows & (rows - 1) == 0, "base points must be a power of two")
    let design = PickFreezeDesign(space, rows: rows, seed: seed)
    var points: [[Double]] = []
    let known = sample.flatMap { $0.points.count >= rows ? $0 : nil }
    if known == nil { points += design.a }
    points += design.b
    for input in drivers {
      // Plain draws say of a correlated quantity all that its first sample would.
      let needsBoth = design.isCorrelated(input) && options.firstOrder == .pickFreeze
      points += design.isCorrelated(input) ? design.total(input) : design.first(input)
      if needsBoth { points += design.first(input) }
    }
    let values = try await self.values(at: points)
    var offset = 0
    func next() -> Responses.Query {
      offset += rows
      return values.selecting(offset - rows..<offset)
    }
    let drawn = known ?? ResponseSample(points: design.a, values: next())
    let a = drawn.prefix(rows).values
    let b = next()
    let influence = try Influence(drawn.values, b)
    let (fa, fb) = (influence.values(a), influence.values(b))
    // What differs by rounding only is the same.
    let rounding = 1e-9 * (fa + fb).reduce(0) { $1.isNaN ? $0 : max($0, abs($1)) }
    func change() -> [Double] {
      zip(influence.values(next()), fa).map { abs($0 - $1) <= rounding ? $1 : $0 }
    }
    let mixed = drivers.map { input -> SensitivityIndices.Mixed in
      let total = change()
      guard design.isCorrelated(input) else {
        return SensitivityIndices.Mixed(first: total, total: nil)
      }
      return SensitivityIndices.Mixed(
        first: options.firstOrder == .pickFreeze ? change() : total, total: total)
    }
    let indices = SensitivityIndices(
      a: fa, b: fb, mixed: mixed, level: options.level, resamples: options.resamples,
      seed: SplitMix64.hash(seed, 0x5e45))
    var plain: FirstOrderIndices?
    if options.firstOrder == .conditionalMeans {
      plain = conditionalMeans(
        drawn.points + design.b, influence.values(drawn.values) + fb, options)
    }
    var result = Sensitivity(
      basePoints: rows, runs: points.count, mean: influence.mean, variance: indices?.variance ?? 0,
      level: options.level, inputs: [], bystanders: bystanders, ranking: [], settledRanks: 0)
    let zero = SensitivityIndices.Index(estimate: 0, interval: 0...0)
    for (place, input) in drivers.enumerated() {
      var first = indices?.first[place] ?? zero
      var explained = indices?.explained[place] ?? zero
      let total = indices?.total[place] ?? zero
      // A correlated quantity that does nothing may still tell something.
      let isIdle =
        first.interval == 0...0 && total.interval == 0...0
        && !(plain != nil && design.isCorrelated(input))
      if let plain, !isIdle { (first, explained) = (plain.first[place], plain.explained[place]) }
      result.inputs.append(
        Sensitivity.Input(
          input: input, first: first, total: total, explained: explained,
          isCorrelated: design.isCorrelated(input), rowsLeftOut: indices?.leftOut[place] ?? 0,
          finding: isIdle ? .none : Sensitivity.Finding(first, total)))
    }
    result.rank()
    return result
  }

  /// The first-order indices from plain draws.
  private func conditionalMeans(
    _ points: [[Double]], _ values: [Double], _ options: Sensitivity.Options
  ) -> FirstOrderIndices? {
    let draws = values.indices.filter { !values[$0].isNaN }
    let count = FirstOrderIndices.bins(for: draws.count)
    let bins = drivers.map { input in
      var number = [Int](repeating: 0, count: draws.count)
      let sorted = ResponseSample.bins(Array(draws.indices), count) { points[draws[$0]][input] }
      for (bin, members) in sorted.enumerated() { for draw in members { number[draw] = bin } }
      return number
    }
    return FirstOrderIndices(
      values: draws.map { values[$0] }, bins: bins, level: options.level,
      resamples: options.resamples, seed: SplitMix64.hash(seed, 0xb145))
  }
}

extension Sensitivity.Finding {
  init(_ first: SensitivityIndices.Index, _ total: SensitivityIndices.Index) {
    switch (first.interval.lowerBound > 0, total.interval.lowerBound > 0) {
    case (true, true): self = .detected
    case (true, false): self = .onlyByCompanions
    case (false, true): self = .onlyTogether
    case (false, false): self = .notDetected
    }
  }
}

extension Sensitivity {
  mutating func rank() {
    let decisive = inputs.map { $0.total ?? $0.first }
    ranking = inputs.indices.sorted {
      (-decisive[$0].estimate, $0) < (-decisive[$1].estimate, $1)
    }
    settledRanks = 0
    while settledRanks < ranking.count {
      let low = decisive[ranking[settledRanks]].interval.lowerBound
      let rest = ranking[(settledRanks + 1)...]
      guard low > 0, rest.allSatisfy({ decisive[$0].interval.upperBound < low }) else { break }
      settledRanks += 1
    }
  }
}

/// What each world adds to a published number: the plain number, or of a ratio the influence
/// function.
struct Influence {
  let mean: Double
  /// The mean of the condition; `nil` where it never holds and limits count.
  private let condition: Double?

  init(_ samples: Responses.Query...) throws(AnalysisError) {
    let joint = samples.flatMap(\.joint)
    let condition = samples.flatMap(\.condition)
    let certified = joint.indices.filter { !joint[$0].isNaN }
    let weight = Statistics.sum(certified.lazy.map { condition[$0] })
    if weight > 0 {
      self.condition = weight / Double(certified.count)
      mean = Statistics.sum(certified.lazy.map { joint[$0] }) / weight
      return
    }
    let limits = samples.flatMap(\.limit).filter { !$0.isNaN }
    guard let mean = Statistics.mean(limits) else { throw .noCertifiedWorld }
    self.mean = mean
    self.condition = nil
  }

  /// By draw, around the mean; not a number where there is no certified play.
  func values(_ query: Responses.Query) -> [Double] {
    guard let condition else { return query.limit }
    return query.joint.indices.map {
      mean + (query.joint[$0] - mean * query.condition[$0]) / condition
    }
  }
}
