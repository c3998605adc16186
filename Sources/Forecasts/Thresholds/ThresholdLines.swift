import Mathematics

/// Answers along lines on which one quantity moves and the draws of the others stay the same.
///
/// Most worlds have the same play on both sides of a threshold, so a value between two others is
/// first taken to leave alone the draws that agree at both, and only the rest are solved; before a
/// crossing counts, all draws are solved at its two values. Where that refutes it, the search starts
/// over and takes nothing for granted.
struct ThresholdLines: Sendable {
  /// One quantity's line.
  struct Line: Sendable {
    let input: Int
    let grid: ValueGrid
    /// The draws of the others; the quantity's own value is replaced.
    let points: [[Double]]
    /// By place of the grid.
    var columns: [Int: Column] = [:]
  }

  /// The draws at one value.
  struct Column: Sendable {
    var query: Responses.Query
    /// Draws that have been solved; the others are not there, or taken from neighbors.
    var isKnown: [Bool]
    var isComplete: Bool { !isKnown.contains(false) }
  }

  /// Two places between which the level is crossed.
  struct Bracket: Sendable {
    let line: Int
    var low: Int
    var high: Int
    fileprivate let start: (low: Int, high: Int)
    fileprivate var isExact = false

    init(line: Int, low: Int, high: Int) {
      self.line = line
      self.low = low
      self.high = high
      start = (low, high)
    }
  }

  /// What is to be solved.
  struct Order {
    var line: Int
    var place: Int
    var draws: [Int]
  }

  let level: Double
  var lines: [Line]
  private(set) var runs = 0

  init(level: Double, lines: [Line]) {
    self.level = level
    self.lines = lines
  }

  /// The answer at a place, by what is known of its draws; `nil` where there is none.
  func mean(_ line: Int, _ place: Int) -> Double? { lines[line].columns[place]?.query.mean }

  /// Whether the answer at a place is at the level or above it.
  func isAbove(_ line: Int, _ place: Int) -> Bool? { mean(line, place).map { $0 >= level } }

  /// The draws that are still to be solved at a place.
  func unknown(_ line: Int, _ place: Int) -> [Int] {
    guard let column = lines[line].columns[place] else {
      return Array(lines[line].points.indices)
    }
    return column.isKnown.indices.filter { !column.isKnown[$0] }
  }

  /// Solves draws at places, all in one go.
  mutating func solve(_ orders: [Order], _ response: some ResponseFunction) async throws {
    var points: [[Double]] = []
    for order in orders {
      let line = lines[order.line]
      let value = line.grid.value(order.place)
      for draw in order.draws {
        var point = line.points[draw]
        point[line.input] = value
        points.append(point)
      }
    }
    if points.isEmpty { return }
    let values = try await response.values(at: points)
    runs += points.count
    var next = 0
    for order in orders {
      let count = lines[order.line].points.count
      let empty = [Double](repeating: .nan, count: count)
      var column =
        lines[order.line].columns[order.place]
        ?? Column(query: .init(empty), isKnown: Array(repeating: false, count: count))
      for draw in order.draws {
        column.query.joint[draw] = values.joint[next]
        column.query.condition[draw] = values.condition[next]
        column.query.limit[draw] = values.limit[next]
        column.isKnown[draw] = true
        next += 1
      }
      lines[order.line].columns[order.place] = column
    }
  }

  // MARK: - Bisection

  /// Narrows brackets, whose ends are solved in full, to neighboring places.
  mutating func narrow(
    _ brackets: [Bracket], _ response: some ResponseFunction
  ) async throws -> [Bracket] {
    var brackets = brackets
    while true {
      var orders: [Order] = []
      var middles: [Int: Int] = [:]
      for index in brackets.indices {
        let bracket = brackets[index]
        let line = bracket.line
        if bracket.high - bracket.low > 1 {
          let middle = bracket.low + (bracket.high - bracket.low) / 2
          middles[index] = middle
          if !bracket.isExact { infer(bracket, middle) }
          let draws =
            bracket.isExact ? unknown(line, middle) : differing(bracket, middle)
          orders.append(Order(line: line, place: middle, draws: draws))
          continue
        }
        for place in [bracket.low, bracket.high] where !unknown(line, place).isEmpty {
          orders.append(Order(line: line, place: place, draws: unknown(line, place)))
        }
      }
      if orders.isEmpty { return brackets }
      try await solve(orders, response)
      for (index, middle) in middles.sorted(by: { $0.key < $1.key }) {
        let line = brackets[index].line
        if isAbove(line, middle) == isAbove(line, brackets[index].low) {
          brackets[index].low = middle
        } else {
          brackets[index].high = middle
        }
      }
      for index in brackets.indices where middles[index] == nil {
        let bracket = brackets[index]
        let line = bracket.line
        if isAbove(line, bracket.low) == isAbove(line, bracket.high), !bracket.isExact {
          brackets[index].isExact = true
          (brackets[index].low, brackets[index].high) = bracket.start
        }
      }
    }
  }

  /// Takes the draws at a place between two others from the lower one, as far as they are not known.
  private mutating func infer(_ bracket: Bracket, _ middle: Int) {
    guard let low = lines[bracket.line].columns[bracket.low] else { return }
    guard var column = lines[bracket.line].columns[middle] else {
      lines[bracket.line].columns[middle] = Column(
        query: low.query, isKnown: Array(repeating: false, count: low.isKnown.count))
      return
    }
    for draw in column.isKnown.indices where !column.isKnown[draw] {
      column.query.joint[draw] = low.query.joint[draw]
      column.query.condition[draw] = low.query.condition[draw]
      column.query.limit[draw] = low.query.limit[draw]
    }
    lines[bracket.line].columns[middle] = column
  }

  /// The draws that do not agree at the ends of a bracket and are not known between them.
  private func differing(_ bracket: Bracket, _ middle: Int) -> [Int] {
    let columns = lines[bracket.line].columns
    guard let low = columns[bracket.low], let high = columns[bracket.high] else { return [] }
    let known = columns[middle]?.isKnown
    func agree(_ one: Double, _ other: Double) -> Bool {
      one.isNaN ? other.isNaN : abs(one - other) <= 1e-9
    }
    return low.isKnown.indices.filter { draw in
      !(known?[draw] ?? false)
        && !(agree(low.query.joint[draw], high.query.joint[draw])
          && agree(low.query.condition[draw], high.query.condition[draw])
          && agree(low.query.limit[draw], high.query.limit[draw]))
    }
  }

  // MARK: - Results

  /// The threshold of a line whose crossings are these brackets, in order; `nil` without any.
  ///
  /// - Parameter verdict: whether the answer is above the level as things stand.
  func threshold(
    _ line: Int, _ brackets: [Bracket], in space: InputSpace, verdict: Bool
  ) -> Threshold? {
    let own = lines[line]
    var crossings: [Threshold.Crossing] = []
    // The share below each crossing belongs to the side that lies there.
    var beyond = 0.0
    var below = 0.0
    let distribution = space.distributions[own.input]
    for bracket in brackets {
      guard let low = mean(line, bracket.low), let high = mean(line, bracket.high),
        (low >= level) != (high >= level)
      else { continue }
      let lower = Threshold.Side(value: own.grid.value(bracket.low), response: low)
      let upper = Threshold.Side(value: own.grid.value(bracket.high), response: high)
      crossings.append(Threshold.Crossing(lower: lower, upper: upper))
      let share = distribution.cumulative((lower.value + upper.value) / 2)
      if (low >= level) != verdict { beyond += share - below }
      below = share
    }
    guard let last = crossings.last else { return nil }
    if (last.upper.response >= level) != verdict { beyond += 1 - below }
    return Threshold(
      input: own.input,
      range: own.grid.value(own.grid.range.lowerBound)...own.grid.value(own.grid.range.upperBound),
      crossings: crossings, shareBeyond: beyond)
  }
}

extension InputSpace {
  /// The least and the greatest value of an input that analyses look at.
  func range(of input: Int) -> (low: Double, high: Double) {
    (distributions[input].quantile(0.005), distributions[input].quantile(0.995))
  }
}
