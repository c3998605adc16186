import Mathematics

/// The answer for each pair of values of two quantities: what it would be if both were known, the
/// others as drawn.
///
/// Every cell rests on the same draws of the others (common random numbers), so that cells differ by
/// the two quantities alone. A cell is what `ask --set` says with both set to its values under the
/// same seed and draws: what was correlated with a quantity that is set no longer knows of it.
public struct ProbabilityMap: Sendable, Equatable {
  /// One of the two quantities.
  public struct Axis: Sendable, Equatable {
    /// The input's index.
    public var input: Int
    /// Evenly spaced, ascending, with few digits, from about the 5th to the 95th percentile.
    public var values: [Double]
  }

  /// The quantity that counts most.
  public var x: Axis
  /// The next.
  public var y: Axis
  /// The answers, row by row from the lowest value of ``y``, ``x`` varying fastest; nil where the
  /// question has no answer.
  public var probabilities: [Double?]
  /// The largest standard error of an answer over the scramblings.
  public var samplingError: Double
  /// Draws for each cell.
  public var draws: Int
  /// How many worlds were solved.
  public var runs: Int

  /// How fine a map is.
  public struct Options: Sendable {
    /// Values of each quantity.
    public var side = 7
    /// Draws for each cell.
    public var draws = 128

    /// 7 by 7 cells of 128 draws each.
    public init() {}
  }
}

extension ResponseFunction {
  /// The map of the answer over two uncertain inputs; nil where one of them has no range to speak of.
  ///
  /// - Complexity: `side`² × `draws` worlds, a row of cells at a time in memory.
  public func map(
    of first: Int, _ second: Int, _ options: ProbabilityMap.Options = .init()
  ) async throws -> ProbabilityMap? {
    guard let xs = values(along: first, options.side), let ys = values(along: second, options.side)
    else { return nil }
    var map = ProbabilityMap(
      x: .init(input: first, values: xs), y: .init(input: second, values: ys), probabilities: [],
      samplingError: 0, draws: options.draws, runs: 0)
    let drawn = try space.fixing(first, at: xs[0]).fixing(second, at: ys[0])
      .points(options.draws, seed: seed)
    for y in ys {
      let points = xs.flatMap { x in
        drawn.map { point in
          var point = point
          (point[first], point[second]) = (x, y)
          return point
        }
      }
      let row = try await values(at: points)
      for cell in xs.indices {
        let answer = row.selecting(cell * options.draws..<(cell + 1) * options.draws)
        map.probabilities.append(answer.mean)
        map.samplingError = max(map.samplingError, answer.error)
      }
      map.runs += points.count
    }
    return map
  }

  /// Evenly spaced values of an input within its 5th to 95th percentile, rounded to a hundredth of
  /// their distance.
  private func values(along input: Int, _ count: Int) -> [Double]? {
    let low = space.distributions[input].quantile(0.05)
    let high = space.distributions[input].quantile(0.95)
    let step = (high - low) / Double(max(count - 1, 1))
    guard step.isFinite, step > 1e-9 * max(abs(low), abs(high)), count > 1 else { return nil }
    // Units of one decimal digit: whole numbers over a power of ten, or times one.
    var (scale, unit) = (1.0, 1.0)
    while step * scale < 100 { scale *= 10 }
    while step / unit >= 1000 { unit *= 10 }
    func grid(_ value: Double) -> Double { value * scale / unit }
    let first = grid(low).rounded(.up)
    let distance = ((grid(high) - first) / Double(count - 1)).rounded(.down)
    return (0..<count).map { (first + Double($0) * distance) * unit / scale }
  }
}
