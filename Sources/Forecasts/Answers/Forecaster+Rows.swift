import Mathematics
import Scenarios

/// The answers at one point of a sweep, each an average over the same number of draws.
public struct SweepRow: Sendable, Equatable {
  /// One question's answer.
  public struct Answer: Sendable, Equatable {
    /// P(event | condition); nil where no draw gives it one.
    public var probability: Double?
    /// The standard error of the sampling; nil for a single draw, and where there is no probability.
    public var samplingError: Double?
  }

  /// The row's number, from 0.
  public var number: Int
  /// One for each question asked, in the order of the scenario.
  public var answers: [Answer]
  /// How many draws have no game.
  public var invalid: Int
  /// Why the first of them has none.
  public var invalidReason: Forecast.DrawProblem?
  /// How many draws could not be certified.
  public var uncertified: Int
  /// Why the first of them could not.
  public var uncertifiedReason: Forecast.DrawProblem?
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
  /// The row that is being summed.
  private var current: SweepRow

  init(rows: Range<Int>, draws: Int, first: Int, forecaster: Forecaster) {
    self.rows = rows
    self.draws = draws
    self.first = first
    current = RowTally.emptyRow(forecaster.questions.count)
    let order = forecaster.questions.sorted()
    for (index, world) in forecaster.worlds.enumerated() {
      for query in world.queries {
        queries.append(
          Query(
            world: index, sums: QuerySums(of: query),
            isConditional: query.given != nil,
            place: query.question.flatMap(order.firstIndex(of:)) ?? 0))
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
    if let reason = block.invalid[place] {
      current.invalid += 1
      current.invalidReason =
        current.invalidReason
        ?? Forecast.DrawProblem(draw: draw, message: reason.message, place: reason.place)
      return
    }
    if let failure = block.failures.lazy.compactMap({ $0[place] }).first {
      current.uncertified += 1
      current.uncertifiedReason =
        current.uncertifiedReason
        ?? Forecast.DrawProblem(draw: draw, message: failure, place: nil)
    }
    for query in queries.indices where block.isCertified(place, world: queries[query].world) {
      queries[query].sums.add(
        block, query: query, place: place, replicate: DrawSource.replicate(of: draw))
    }
  }

  private mutating func finish(_ number: Int) -> SweepRow {
    var row = current
    row.number = number
    for index in queries.indices {
      let query = queries[index]
      let ratio = query.sums.ratio(isOffPath: query.isConditional && query.sums.weight == 0)
      let weight = Statistics.sum(ratio.denominators)
      if weight > 0 {
        row.answers[query.place].probability = Statistics.sum(ratio.numerators) / weight
        if draws > 1 {
          row.answers[query.place].samplingError =
            Statistics.ratioStandardError(
              numerators: ratio.numerators, denominators: ratio.denominators) ?? 0
        }
      }
      queries[index].sums.reset()
    }
    current = RowTally.emptyRow(queries.count)
    return row
  }

  private static func emptyRow(_ questions: Int) -> SweepRow {
    SweepRow(
      number: 0, answers: Array(repeating: .init(), count: questions), invalid: 0, uncertified: 0)
  }
}
