import Mathematics

extension ResponseFunction {
  /// The thresholds of all quantities with the others as they are drawn, to three digits of each
  /// quantity's range.
  ///
  /// A quantity is searched if the mean answer over the draws in which it is low or high suggests
  /// that it may reach the level; then a first look with some draws at nine of its values finds
  /// where, and bisection over all draws narrows each crossing.
  ///
  /// - Parameters:
  ///   - level: the level.
  ///   - sample: draws of the forecast that have been worked out already.
  ///   - options: how many draws, and what to leave out.
  /// - Throws: ``AnalysisError`` if no draw is certified.
  /// - Complexity: some 5,000 worlds for each quantity with a threshold, 300 for each that comes
  ///   near; about as many as the options allow.
  public func thresholds(
    level: Double = 0.5, reusing sample: ResponseSample? = nil,
    _ options: Thresholds.Options = .init()
  ) async throws -> Thresholds {
    var made = 0
    let known: ResponseSample
    if let sample, sample.points.count >= options.draws {
      known = sample
    } else {
      known = try await self.sample(options.draws)
      made = options.draws
    }
    var search = try DrawnThresholdSearch(self, level: level, sample: known, options)
    try await search.takeFirstLook()
    try await search.lookBetween()
    var brackets = try await search.findBrackets()
    brackets = try await search.lines.narrow(brackets, self)
    var result = Thresholds(
      level: level, draws: options.draws, response: search.base, found: [],
      passedOver: search.passedOver, runs: 0)
    result.unfinished = search.unfinished.sorted()
    result.found = search.lines.lines.indices.compactMap { line in
      search.lines.threshold(
        line, brackets.filter { $0.line == line }, in: space, verdict: search.base >= level)
    }
    if result.found.isEmpty { result.closest = try await search.findClosest() }
    result.runs = search.lines.runs + made
    result.sort()
    return result
  }
}

/// The steps of a search for thresholds over draws.
private struct DrawnThresholdSearch<Function: ResponseFunction> {
  /// The percentiles of a first look; the ends come first.
  private static var shares: [Double] { [0.005, 0.1, 0.3, 0.5, 0.7, 0.9, 0.995] }

  private let function: Function
  private let options: Thresholds.Options
  /// All draws as they are, and those of the first look.
  private let drawn: Responses.Query
  private let few: [Int]
  /// The answer as things stand.
  let base: Double
  private(set) var passedOver: [Int] = []
  private(set) var unfinished: Set<Int> = []
  var lines: ThresholdLines
  /// By line: the places of a first look in rising order.
  private var places: [[Int]] = []
  /// Lines whose mean answer over the draws suggests a turn.
  private var turning: Set<Int> = []
  private var level: Double { lines.level }

  init(
    _ function: Function, level: Double, sample: ResponseSample, _ options: Thresholds.Options
  ) throws {
    self.function = function
    self.options = options
    drawn = sample.values.selecting(0..<options.draws)
    few = Array(0..<min(options.firstLook, options.draws))
    guard let base = drawn.mean else { throw AnalysisError.noCertifiedWorld }
    self.base = base
    lines = ThresholdLines(level: level, lines: [])
    let points = Array(sample.points.prefix(options.draws))
    try choose(sample, points)
  }

  /// Sets up the lines of quantities that may reach the level, and of the three that come closest.
  private mutating func choose(_ sample: ResponseSample, _ points: [[Double]]) throws {
    let space = function.space
    var prospects: [(input: Int, distance: Double, turns: Bool)] = []
    for input in function.drivers where !options.ignoring.contains(input) {
      let curve = sample.partialDependence(of: input, bins: 8, in: space)
      let means = curve.bins.map(\.mean)
      guard let least = means.min(), let greatest = means.max() else { continue }
      // The outer bins do not reach the ends, and a conditional mean is not what setting gives.
      let error = curve.bins.map(\.standardError).max() ?? 0
      let slack = (greatest - least) * (curve.isConditional ? 1 : 0.5) + 3 * error
      let distance = max(least - slack - level, level - greatest - slack)
      let outer = [means.first, means.last].compactMap(\.self)
      let turns = means.contains { mean in
        outer.allSatisfy {
          abs($0 - level) > abs(mean - level) + error || ($0 >= level) != (mean >= level)
        }
      }
      prospects.append((input, distance, turns))
    }
    prospects.sort { ($0.distance, $0.input) < ($1.distance, $1.input) }
    let ignored = Set(prospects.map(\.input))
    passedOver = function.drivers.filter { !ignored.contains($0) }
    let most = max(3, options.budget / (8 * few.count))
    for (rank, prospect) in prospects.enumerated() {
      if rank >= most, prospect.distance <= 0 {
        unfinished.insert(prospect.input)
        continue
      }
      let range = space.range(of: prospect.input)
      guard rank < 3 || prospect.distance <= 0,
        let grid = ValueGrid(range.low, range.high, digits: 3)
      else {
        passedOver.append(prospect.input)
        continue
      }
      if prospect.turns { turning.insert(lines.lines.count) }
      let isCorrelated = space.correlations.contains {
        [$0.first, $0.second].contains(prospect.input)
      }
      // Once it is set, what was correlated with it is drawn without it.
      let own =
        isCorrelated
        ? try space.fixing(prospect.input, at: space.best[prospect.input])
          .points(options.draws, seed: function.seed) : points
      lines.lines.append(ThresholdLines.Line(input: prospect.input, grid: grid, points: own))
      places.append(
        Set(Self.shares.map { grid.place(space.distributions[prospect.input].quantile($0)) })
          .sorted())
    }
    passedOver.sort()
  }

  /// Solves some draws at the ends of every line.
  mutating func takeFirstLook() async throws {
    var orders: [ThresholdLines.Order] = []
    for line in places.indices {
      for place in Set([places[line].first, places[line].last].compactMap(\.self)).sorted() {
        orders.append(ThresholdLines.Order(line: line, place: place, draws: few))
      }
    }
    try await lines.solve(orders, function)
  }

  /// Solves some draws between the ends where there is or may be a crossing.
  mutating func lookBetween() async throws {
    var orders: [ThresholdLines.Order] = []
    var looks = 0
    for line in places.indices {
      let ends = [places[line].first, places[line].last].compactMap(\.self)
      let views = ends.compactMap { view(line, $0) }
      let isNear = views.contains { abs($0.estimate - level) <= 2 * $0.error }
      let isCrossed = Set(views.map { $0.estimate >= level }).count > 1
      guard isNear || isCrossed || turning.contains(line) || isChanged(views) else { continue }
      guard looks * few.count < options.budget / 4 else {
        unfinished.insert(lines.lines[line].input)
        places[line] = []
        continue
      }
      for place in places[line].dropFirst().dropLast() {
        orders.append(ThresholdLines.Order(line: line, place: place, draws: few))
        looks += 1
      }
    }
    try await lines.solve(orders, function)
    leaveUnlikely()
  }

  /// Keeps the lines whose crossings are likeliest to be passed, as many as can be narrowed.
  private mutating func leaveUnlikely() {
    let remaining = max(0, options.budget - lines.runs)
    let affordable = max(1, remaining / (4 * options.draws))
    let shares = places.indices.map { (line: $0, share: shareBeyond($0)) }
      .filter { $0.share > 0 }
      .sorted { (-$0.share, $0.line) < (-$1.share, $1.line) }
    for (line, _) in shares.dropFirst(affordable) {
      unfinished.insert(lines.lines[line].input)
      places[line] = []
    }
  }

  /// About what share of a quantity's distribution has the other verdict.
  private func shareBeyond(_ line: Int) -> Double {
    let own = lines.lines[line]
    let distribution = function.space.distributions[own.input]
    let seen = places[line].compactMap { place in
      view(line, place).map { (share: distribution.cumulative(own.grid.value(place)), view: $0) }
    }
    var sum = 0.0
    for (index, one) in seen.enumerated() where (one.view.estimate >= level) != (base >= level) {
      // Each place stands for what is nearer to it than to others.
      let low = index > 0 ? (seen[index - 1].share + one.share) / 2 : 0
      let high = index + 1 < seen.count ? (one.share + seen[index + 1].share) / 2 : 1
      sum += high - low
    }
    return sum
  }

  /// Both ends are on the other side than the answer as things stand.
  private func isChanged(_ views: [(estimate: Double, error: Double)]) -> Bool {
    !views.isEmpty && views.allSatisfy { ($0.estimate >= level) != (base >= level) }
  }

  /// The answer at a place: of all draws where they are solved, else an estimate from some of them,
  /// as the change from those same draws at the nearest place where all are, or as they are drawn.
  private func view(_ line: Int, _ place: Int) -> (estimate: Double, error: Double)? {
    let columns = lines.lines[line].columns
    guard let column = columns[place] else { return nil }
    if column.isComplete { return column.query.mean.map { ($0, 0) } }
    var (full, mean) = (drawn, base)
    let complete = places[line].filter { columns[$0]?.isComplete ?? false }
    if let nearest = complete.min(by: { (abs($0 - place), $0) < (abs($1 - place), $1) }),
      let other = columns[nearest]?.query, let value = other.mean
    {
      (full, mean) = (other, value)
    }
    let some = column.query.selecting(few)
    let before = full.selecting(few)
    guard let now = some.mean, let then = before.mean, let one = try? Influence(some),
      let other = try? Influence(before)
    else { return nil }
    let changes = zip(one.values(some), other.values(before)).map { $0 - $1 }.filter { !$0.isNaN }
    return (mean + now - then, (Statistics.standardError(replicates: changes) ?? 0) + 1e-9)
  }

  /// Solves all draws at places that may be ends of a bracket, until every change of sides has both
  /// its ends solved in full, and what is left is not close to the level.
  mutating func findBrackets() async throws -> [ThresholdLines.Bracket] {
    while true {
      var orders: [ThresholdLines.Order] = []
      var brackets: [ThresholdLines.Bracket] = []
      for line in places.indices {
        let seen = places[line].compactMap { place in view(line, place).map { (place, $0) } }
        var wanted: Set<Int> = []
        for ((low, one), (high, other)) in zip(seen, seen.dropFirst())
        where (one.estimate >= level) != (other.estimate >= level) {
          brackets.append(ThresholdLines.Bracket(line: line, low: low, high: high))
          wanted.formUnion([low, high].filter { !lines.unknown(line, $0).isEmpty })
        }
        if wanted.isEmpty {
          // The most doubtful place.
          let doubts = seen.filter { $0.1.error > 0 }
            .map { (place: $0.0, doubt: abs($0.1.estimate - level) / $0.1.error) }
            .filter { $0.doubt <= 2 }
          if let first = doubts.min(by: { ($0.doubt, $0.place) < ($1.doubt, $1.place) }) {
            wanted = [first.place]
          }
        }
        orders += wanted.sorted().map {
          ThresholdLines.Order(line: line, place: $0, draws: lines.unknown(line, $0))
        }
      }
      if orders.isEmpty { return brackets }
      try await lines.solve(orders, function)
    }
  }

  /// The place closest to the level, over all draws.
  mutating func findClosest() async throws -> Thresholds.Extreme? {
    var best: (line: Int, place: Int, distance: Double)?
    for line in places.indices {
      for place in places[line] {
        guard let view = view(line, place) else { continue }
        let distance = abs(view.estimate - level)
        if distance < best?.distance ?? .infinity { best = (line, place, distance) }
      }
    }
    guard let best else { return nil }
    let order = ThresholdLines.Order(
      line: best.line, place: best.place, draws: lines.unknown(best.line, best.place))
    try await lines.solve([order], function)
    return lines.mean(best.line, best.place).map {
      Thresholds.Extreme(
        input: lines.lines[best.line].input,
        value: lines.lines[best.line].grid.value(best.place), response: $0)
    }
  }
}
