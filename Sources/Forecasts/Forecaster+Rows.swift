import Mathematics
import Scenarios

/// The answers at one point of a sweep, each an average over the same number of draws.
public struct SweepRow: Sendable, Equatable {
  /// One question's answer.
  public struct Answer: Sendable, Equatable {
    /// P(event | condition); nil where no draw gives it one.
    public var probability: Double?
    /// The standard error of the sampling; nil where there is no probability.
    public var samplingError: Double?
  }

  /// The row's number, from 0.
  public var number: Int
  /// One for each question asked, in the order of the scenario.
  public var answers: [Answer]
  /// How many draws have no game.
  public var invalid: Int
  /// How many draws could not be certified.
  public var uncertified: Int
}

extension Forecaster {
  /// Answers the questions once for each row, over `draws` draws a row: draw *d* of row *r* is draw
  /// *r* × `draws` + *d* of `inputs`.
  ///
  /// The rows of each block of draws are handed to `body` in their order. Blocks begin at multiples
  /// of 256 draws whatever row comes first, so that a row has the same bits in any range of rows.
  /// `progress` is told how many draws are done. Memory does not grow with the number of rows.
  public func rows(
    _ rows: Range<Int>, draws: Int, of inputs: any InputSource,
    progress: (@Sendable (Int) -> Void)? = nil,
    _ body: @escaping @Sendable ([SweepRow]) throws -> Void
  ) async throws {
    if rows.isEmpty { return }
    let size = Forecaster.blockSize
    let first = rows.lowerBound * draws / size * size
    let end = rows.upperBound * draws
    _ = try await fold(
      end - first, of: ShiftedInputs(source: inputs, shift: first),
      from: RowTally(rows: rows, draws: draws, first: first, forecaster: self),
      progress: progress
    ) { tally, block in
      let done = tally.add(block)
      if !done.isEmpty { try body(done) }
    }
  }
}

/// Another source's draws, counted from a later one.
private struct ShiftedInputs: InputSource {
  let source: any InputSource
  let shift: Int

  func fill(_ draws: Range<Int>, into inputs: inout Columns) {
    source.fill(draws.lowerBound + shift..<draws.upperBound + shift, into: &inputs)
  }
}

/// The row that is being summed. Blocks are added in their order.
private struct RowTally: Sendable {
  private struct Query {
    var world: Int
    var sums: QuerySums
    var isConditional: Bool
    /// Its place among the answers.
    var place: Int
  }

  private let rows: Range<Int>
  private let draws: Int
  private let first: Int
  private var queries: [Query] = []
  private var invalid = 0
  private var uncertified = 0

  init(rows: Range<Int>, draws: Int, first: Int, forecaster: Forecaster) {
    self.rows = rows
    self.draws = draws
    self.first = first
    let scenario = forecaster.scenario
    let order = forecaster.questions.sorted()
    for (index, world) in forecaster.worlds.enumerated() {
      for query in world.queries {
        queries.append(
          Query(
            world: index, sums: QuerySums(of: query.question, scenario: scenario),
            isConditional: query.given != nil,
            place: order.firstIndex(of: query.question) ?? 0))
      }
    }
  }

  /// Adds a block, and returns the rows that it completes.
  mutating func add(_ block: BlockResult) -> [SweepRow] {
    var done: [SweepRow] = []
    for place in 0..<block.draws.count {
      let (row, draw) = (first + block.draws.lowerBound + place).quotientAndRemainder(
        dividingBy: draws)
      // A block may begin before the first row.
      if row < rows.lowerBound { continue }
      add(block, place: place, draw: draw)
      if draw == draws - 1 { done.append(finish(row)) }
    }
    return done
  }

  private mutating func add(_ block: BlockResult, place: Int, draw: Int) {
    guard block.invalid[place] == nil else {
      invalid += 1
      return
    }
    if block.failures.contains(where: { $0[place] != nil }) { uncertified += 1 }
    for query in queries.indices where block.isCertified(place, world: queries[query].world) {
      queries[query].sums.add(
        block, query: query, place: place, replicate: DrawSource.replicate(of: draw))
    }
  }

  private mutating func finish(_ number: Int) -> SweepRow {
    var row = SweepRow(
      number: number, answers: Array(repeating: .init(), count: queries.count),
      invalid: invalid, uncertified: uncertified)
    for index in queries.indices {
      let query = queries[index]
      let ratio = query.sums.ratio(isOffPath: query.isConditional && query.sums.weight == 0)
      let weight = Statistics.sum(ratio.denominators)
      if weight > 0 {
        row.answers[query.place].probability = Statistics.sum(ratio.numerators) / weight
        row.answers[query.place].samplingError =
          Statistics.ratioStandardError(
            numerators: ratio.numerators, denominators: ratio.denominators) ?? 0
      }
      queries[index].sums.reset()
    }
    invalid = 0
    uncertified = 0
    return row
  }
}
