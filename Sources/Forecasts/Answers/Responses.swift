import Mathematics
import Scenarios

/// What each draw of the quantities comes to, query by query and measure by measure: the raw
/// material of every analysis.
public struct Responses: Sendable {
  /// One query's numbers by draw; not a number where the draw has no certified play.
  public struct Query: Sendable {
    /// P(event and condition), with what lies outside the story mixed in where the query asks for it.
    public internal(set) var joint: [Double] = []
    /// P(condition), 1 without one.
    public internal(set) var condition: [Double] = []
    /// The limit of P(event | condition) where the condition has probability 0; else not a number.
    public internal(set) var limit: [Double] = []

    /// No draws.
    public init() {}

    /// Plain numbers by draw, such as payoffs: joint probabilities under a condition that always
    /// holds.
    public init(_ values: [Double]) {
      joint = values
      condition = values.map { $0.isNaN ? .nan : 1 }
      limit = values.map { _ in .nan }
    }

    /// Numbers by draw, each for so much of another, such as payoffs where a condition holds with its
    /// probability.
    public init(_ values: [Double], per weights: [Double]) {
      precondition(values.count == weights.count, "one weight for each value")
      joint = values
      condition = zip(values, weights).map { $0.isNaN ? .nan : $1 }
      limit = values.map { _ in .nan }
    }

    /// Some of the draws, in the order given.
    public func selecting(_ draws: some Sequence<Int>) -> Query {
      var result = Query()
      for draw in draws {
        result.joint.append(joint[draw])
        result.condition.append(condition[draw])
        result.limit.append(limit[draw])
      }
      return result
    }

    /// How many draws.
    public var count: Int { joint.count }

    /// P(event | condition) in a draw, in the limit where the condition has probability 0; not a
    /// number where there is none.
    public func probability(_ draw: Int) -> Double {
      condition[draw] > 0 ? joint[draw] / condition[draw] : limit[draw]
    }

    /// P(event | condition) over all draws that are certified; nil where the condition never holds.
    public var mean: Double? {
      mean(of: Array(joint.indices))
    }

    /// The same over the draws of one scrambled sequence.
    public func mean(ofReplicate replicate: Int) -> Double? {
      mean(of: Array(stride(from: replicate, to: joint.count, by: DrawSource.replicates)))
    }

    /// The standard error of the mean, over the scramblings.
    public var error: Double {
      let means = (0..<DrawSource.replicates).compactMap { mean(ofReplicate: $0) }
      return means.count < 2 ? 0 : Statistics.standardError(replicates: means) ?? 0
    }

    private func mean(of draws: [Int]) -> Double? {
      let certified = draws.filter { !joint[$0].isNaN }
      let weight = Statistics.sum(certified.lazy.map { condition[$0] })
      if weight > 0 { return Statistics.sum(certified.lazy.map { joint[$0] }) / weight }
      let limits = certified.lazy.map { limit[$0] }.filter { !$0.isNaN }
      return limits.isEmpty ? nil : Statistics.sum(limits) / Double(limits.count)
    }
  }

  /// How many draws.
  public internal(set) var draws = 0
  /// By query, in the order of the worlds.
  public internal(set) var queries: [Query]
  /// By measure, in the order of the worlds, by draw; not a number where there is no certified play.
  public internal(set) var measures: [[Double]]
  /// Draws that have no game.
  public internal(set) var invalid = 0
  /// Why the first of them has none.
  public internal(set) var invalidReason: Forecast.DrawProblem?
  /// Draws with a world that could not be certified.
  public internal(set) var uncertified = 0
  /// Why the first of them could not.
  public internal(set) var uncertifiedReason: Forecast.DrawProblem?

  private let queryWorlds: [Int]
  private let measureWorlds: [Int]
  private let mixes: [Bool]

  init(worlds: [World], draws: Int) {
    queryWorlds = worlds.enumerated().flatMap { index, world in world.queries.map { _ in index } }
    measureWorlds = worlds.enumerated().flatMap { index, world in world.measures.map { _ in index }
    }
    mixes = worlds.flatMap { $0.queries.map(\.mixesOutside) }
    queries = queryWorlds.map { _ in Query() }
    measures = measureWorlds.map { _ in [] }
    for index in queries.indices {
      queries[index].joint.reserveCapacity(draws)
      queries[index].condition.reserveCapacity(draws)
      queries[index].limit.reserveCapacity(draws)
    }
    for index in measures.indices { measures[index].reserveCapacity(draws) }
  }

  /// Adds the next block.
  mutating func add(_ block: BlockResult) {
    draws += block.draws.count
    for place in 0..<block.draws.count {
      note(block, place)
      for index in queries.indices {
        let isCertified = block.isCertified(place, world: queryWorlds[index])
        var joint = block.joint[index, place]
        let weight = block.condition[index, place]
        if mixes[index] {
          let outside = block.outside[place]
          joint = (1 - outside) * joint + outside * block.outsideThen[place] * weight
        }
        queries[index].joint.append(isCertified ? joint : .nan)
        queries[index].condition.append(isCertified ? weight : .nan)
        queries[index].limit.append(
          isCertified && !(weight > 0) ? block.limit[index, place] : .nan)
      }
      for index in measures.indices {
        measures[index].append(
          block.isCertified(place, world: measureWorlds[index])
            ? block.measures[index, place] : .nan)
      }
    }
  }

  private mutating func note(_ block: BlockResult, _ place: Int) {
    let draw = block.draws.lowerBound + place
    if let reason = block.invalid[place] {
      invalid += 1
      invalidReason =
        invalidReason
        ?? Forecast.DrawProblem(draw: draw, message: reason.message, place: reason.place)
    } else if let failure = block.failures.lazy.compactMap({ $0[place] }).first {
      uncertified += 1
      uncertifiedReason =
        uncertifiedReason ?? Forecast.DrawProblem(draw: draw, message: failure, place: nil)
    }
  }
}

extension Forecaster {
  /// What each draw that ``run(progress:)`` solves comes to.
  public func responses(
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> Responses {
    if options.isBest {
      return try await responses(
        1, of: FixedInputs(values: source.bestEstimates), progress: progress)
    }
    return try await responses(options.draws, of: source, progress: progress)
  }

  /// What each of the first draws of a source comes to.
  ///
  /// `progress` is told how many draws are done. The work stops when the task is cancelled.
  ///
  /// - Complexity: memory of O(draws × (queries + measures)).
  public func responses(
    _ draws: Int, of inputs: any InputSource, progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> Responses {
    // What a draw comes to does not depend on its block, and nothing is summed here: a few points are
    // split so that all threads have some.
    let share = (draws + options.threads - 1) / max(options.threads, 1)
    let least = 4 * Lanes.width
    let size = min(Forecaster.blockSize, max(least, (share + 7) / 8 * 8))
    return try await fold(
      draws, of: inputs, from: Responses(worlds: worlds, draws: draws), explaining: nil,
      blocksOf: size, progress: progress
    ) { $0.add($1) }
  }
}
