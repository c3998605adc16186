import Mathematics

extension ResponseFunction {
  /// The thresholds of all quantities with the others at their best estimates: of a single world,
  /// whose answer mostly jumps.
  ///
  /// Each line is looked at in 17 places, from the 0.5th to the 99.5th percentile, and every change
  /// of sides is narrowed to six digits of the quantity's range; two changes between neighboring
  /// places can be missed. The answer at a value is what `ask --best` gives with the quantity set to
  /// it.
  ///
  /// - Throws: ``AnalysisError`` if the world of best estimates is not certified.
  /// - Complexity: 17 worlds for each quantity and 20 for each crossing.
  public func thresholdsAtBest(level: Double = 0.5) async throws -> Thresholds {
    var lines: [ThresholdLines.Line] = []
    for input in drivers {
      let range = space.range(of: input)
      guard let grid = ValueGrid(range.low, range.high, digits: 6) else { continue }
      lines.append(ThresholdLines.Line(input: input, grid: grid, points: [space.best]))
    }
    guard let response = try await values(at: [space.best]).mean else {
      throw AnalysisError.noCertifiedWorld
    }
    var search = ThresholdLines(level: level, lines: lines)
    let places = lines.map { line in
      let shares = [0.005] + (1...15).map { Double($0) / 16 } + [0.995]
      return Set(shares.map { line.grid.place(space.distributions[line.input].quantile($0)) })
        .sorted()
    }
    var orders: [ThresholdLines.Order] = []
    for (line, places) in places.enumerated() {
      orders += places.map { ThresholdLines.Order(line: line, place: $0, draws: [0]) }
    }
    try await search.solve(orders, self)
    var brackets: [ThresholdLines.Bracket] = []
    for (line, places) in places.enumerated() {
      for (low, high) in zip(places, places.dropFirst()) {
        guard let one = search.isAbove(line, low), let other = search.isAbove(line, high),
          one != other
        else { continue }
        brackets.append(ThresholdLines.Bracket(line: line, low: low, high: high))
      }
    }
    brackets = try await search.narrow(brackets, self)
    var result = Thresholds(
      level: level, draws: 1, response: response, found: [], passedOver: [], runs: 0)
    result.found = lines.indices.compactMap { line in
      search.threshold(
        line, brackets.filter { $0.line == line }, in: space, verdict: response >= level)
    }
    result.closest = result.found.isEmpty ? search.closest(places) : nil
    result.runs = search.runs + 1
    result.sort()
    return result
  }
}

extension Thresholds {
  /// Puts first what is likeliest to be passed.
  mutating func sort() {
    found.sort { ($1.shareBeyond, $0.input) < ($0.shareBeyond, $1.input) }
  }
}

extension ThresholdLines {
  /// The line and place whose answer is closest to the level, among those given by line.
  func closest(_ places: [[Int]]) -> Thresholds.Extreme? {
    var best: Thresholds.Extreme?
    for (line, places) in places.enumerated() {
      for place in places {
        guard let mean = mean(line, place) else { continue }
        if abs(mean - level) < best.map({ abs($0.response - level) }) ?? .infinity {
          best = Thresholds.Extreme(
            input: lines[line].input, value: lines[line].grid.value(place), response: mean)
        }
      }
    }
    return best
  }
}
