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

    init(_ defect: World.Defect) {
      switch defect {
      case .diagnostics(let diagnostics): self = .diagnostics(diagnostics)
      case .unsolvable(let message): self = .unsolvable(message)
      }
    }
  }

  let scenario: Scenario
  let options: Options
  let questions: [Int]
  let worlds: [World]
  /// The story of the first world.
  let shape: StoryShape
  let source: DrawSource

  /// Prepares the worlds that the questions need: the story as it stands, and one for each
  /// different supposition. `questions` are indices of the scenario's questions.
  public init(
    _ scenario: Scenario, questions: [Int], options: Options
  ) throws(Defect) {
    try self.init(
      scenario, worlds: WorldRequest.worlds(scenario, questions: questions), options: options)
  }

  /// Prepares worlds that share a scenario's quantities.
  public init(
    _ scenario: Scenario, worlds requests: [WorldRequest], options: Options
  ) throws(Defect) {
    var worlds: [World] = []
    for request in requests {
      do {
        worlds.append(try World(request, limits: options.limits))
      } catch {
        throw Defect(error)
      }
    }
    try self.init(scenario, compiled: worlds, options: options)
  }

  /// Prepares worlds that have been compiled already.
  init(_ scenario: Scenario, compiled worlds: [World], options: Options) throws(Defect) {
    self.scenario = scenario
    self.worlds = worlds
    shape = StoryShape(worlds[0].game, scenario: scenario)
    questions = worlds.flatMap { $0.queries.compactMap(\.question) }.sorted()
    var options = options
    // Without ranges every draw is the same world: one is enough.
    if scenario.uncertainInputs.isEmpty { options.isBest = true }
    self.options = options
    do {
      source = try DrawSource(scenario, seed: options.seed)
    } catch {
      throw .diagnostics([error])
    }
  }

  /// Solves all draws.
  ///
  /// `progress` is told how many draws are done. The work stops when the task is cancelled.
  public func run(
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> Forecast {
    try await run(of: source, draws: options.draws, progress: progress)
  }

  /// Solves so many draws of a scenario with the same games, whose quantities may be known
  /// otherwise.
  public func run(
    of source: DrawSource, draws: Int, progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> Forecast {
    let isBest = options.isBest || source.isCertain
    let inputs: any InputSource = isBest ? FixedInputs(values: source.bestEstimates) : source
    let tally = try await fold(
      isBest ? 1 : draws, of: inputs, from: Tally(worlds: worlds), progress: progress
    ) { $0.add($1) }
    return try summarize(tally, isBest: isBest)
  }

  /// What ``run(progress:)`` gives, and what each of its draws comes to.
  func runKeepingResponses(
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> (forecast: Forecast, responses: Responses) {
    let draws = options.isBest ? 1 : options.draws
    let inputs: any InputSource =
      options.isBest ? FixedInputs(values: source.bestEstimates) : source
    let state = try await fold(
      draws, of: inputs,
      from: (tally: Tally(worlds: worlds), responses: Responses(worlds: worlds, draws: draws)),
      progress: progress
    ) {
      $0.tally.add($1)
      $0.responses.add($1)
    }
    return (try summarize(state.tally, isBest: options.isBest), state.responses)
  }

  /// Solves draws block by block on all threads, and folds the blocks in their order: the result has
  /// the same bits whatever the number of threads. The work stops when the task is cancelled, or with
  /// the first error of the fold.
  public func fold<State: Sendable>(
    _ draws: Int, of inputs: any InputSource, from initial: State,
    progress: (@Sendable (Int) -> Void)? = nil,
    _ body: @escaping @Sendable (inout State, BlockResult) throws -> Void
  ) async throws -> State {
    try await fold(draws, of: inputs, from: initial, explaining: nil, progress: progress, body)
  }

  /// The same, with the choices of a plan explained.
  func fold<State: Sendable>(
    _ draws: Int, of inputs: any InputSource, from initial: State, explaining plan: ChoicePlan?,
    progress: (@Sendable (Int) -> Void)? = nil,
    _ body: @escaping @Sendable (inout State, BlockResult) throws -> Void
  ) async throws -> State {
    let size = Forecaster.blockSize
    let blocks = (draws + size - 1) / size
    let queue = BlockQueue(count: blocks, initial: initial, fold: body)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<max(1, min(options.threads, blocks)) {
        group.addTask {
          var worker = BlockWorker(
            worlds: worlds, scenario: scenario, source: inputs, draws: min(size, draws),
            explaining: plan)
          while let block = queue.next() {
            try Task.checkCancellation()
            let result = worker.solve(block * size..<min((block + 1) * size, draws))
            try Task.checkCancellation()
            try queue.put(result, for: block)
            progress?(result.draws.count)
          }
        }
      }
      try await group.waitForAll()
    }
    return queue.state
  }
}
