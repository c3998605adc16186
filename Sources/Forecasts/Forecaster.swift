public import Scenarios

/// Answers a scenario's questions: draws its quantities, solves each world in each draw, certifies
/// it, and averages.
///
/// Draws are worked in blocks of 256, in any order and by any number of threads; results are put
/// together in the order of the draws, so that they do not depend on it.
public struct Forecaster: Sendable {
  /// How many draws a block holds.
  public static let blockSize = 256

  /// What is asked and how.
  public struct Options: Sendable {
    /// The seed of the draws.
    public var seed: UInt64 = 1
    /// How many draws.
    public var draws = 4096
    /// Solve once, with every quantity at its best estimate.
    public var isBest = false
    /// How many threads work.
    public var threads = 2
    /// How large it may become.
    public var limits = GameCompiler.Limits()

    /// 4,096 draws under seed 1.
    public init() {}
  }

  /// Why there is no forecast.
  public enum Defect: Error, Sendable {
    case diagnostics([Diagnostic])
    case unsolvable(String)
    /// No draw gave a game.
    case allInvalid(Forecast.DrawProblem)
    /// No draw could be certified.
    case allUncertified(Forecast.DrawProblem)
  }

  let scenario: Scenario
  let options: Options
  let questions: [Int]
  let worlds: [World]
  let source: DrawSource

  /// Prepares the worlds that the questions need: the story as it stands, and one for each
  /// different supposition. `questions` are indices of probability questions.
  public init(
    _ scenario: Scenario, questions: [Int], options: Options
  ) throws(Defect) {
    self.scenario = scenario
    self.questions = questions
    var options = options
    // Without ranges every draw is the same world: one is enough.
    if scenario.uncertainInputs.isEmpty { options.isBest = true }
    self.options = options
    do {
      source = try DrawSource(scenario, seed: options.seed)
    } catch {
      throw .diagnostics([error])
    }
    var groups: [(supposing: [Supposition], whereCondition: Expression?, questions: [Int])] = [
      ([], nil, [])
    ]
    for index in questions {
      let question = scenario.questions[index]
      let supposing = question.isSecret ? [] : question.supposing
      let condition = question.isSecret ? nil : question.whereCondition
      if let known = groups.firstIndex(where: {
        $0.supposing == supposing && $0.whereCondition == condition
      }) {
        groups[known].questions.append(index)
      } else {
        groups.append((supposing, condition, [index]))
      }
    }
    var worlds: [World] = []
    for group in groups {
      do {
        worlds.append(
          try World(
            scenario, supposing: group.supposing, whereCondition: group.whereCondition,
            questions: group.questions, limits: options.limits))
      } catch {
        switch error {
        case .diagnostics(let diagnostics): throw .diagnostics(diagnostics)
        case .unsolvable(let message): throw .unsolvable(message)
        }
      }
    }
    self.worlds = worlds
  }

  /// What a block of draws gives.
  struct Block: Sendable {
    var results: [DrawResult]
    var terminalSums: [Double]
    var highestProbability: [Double]
  }

  /// Solves all draws.
  ///
  /// `progress` is told how many draws are done. The work stops when the task is cancelled.
  public func run(
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> Forecast {
    let draws = options.isBest ? 1 : options.draws
    let blocks = (draws + Forecaster.blockSize - 1) / Forecaster.blockSize
    var done: [Block?] = Array(repeating: nil, count: blocks)
    var finished = 0
    let threads = max(1, min(options.threads, blocks))
    try await withThrowingTaskGroup(of: [(Int, Block)].self) { group in
      // Each task takes every so many blocks, so that a worker's memory serves many of them.
      for thread in 0..<threads {
        group.addTask {
          var worker = DrawWorker(worlds: worlds, scenario: scenario, source: source)
          var results: [(Int, Block)] = []
          for block in stride(from: thread, to: blocks, by: threads) {
            try Task.checkCancellation()
            results.append((block, try work(&worker, block: block, draws: draws, progress)))
          }
          return results
        }
      }
      for try await part in group {
        for (index, block) in part {
          done[index] = block
          finished += block.results.count
        }
      }
    }
    return try summarize(done.compactMap { $0 })
  }

  private func work(
    _ worker: inout DrawWorker, block: Int, draws: Int, _ progress: (@Sendable (Int) -> Void)?
  ) throws -> Block {
    worker.beginBlock()
    let first = block * Forecaster.blockSize
    var results: [DrawResult] = []
    results.reserveCapacity(Forecaster.blockSize)
    for draw in first..<min(first + Forecaster.blockSize, draws) {
      if Task.isCancelled { throw CancellationError() }
      results.append(worker.solve(draw: options.isBest ? nil : draw))
    }
    progress?(results.count)
    return Block(
      results: results, terminalSums: worker.terminalSums[0],
      highestProbability: worker.highestProbability)
  }
}
