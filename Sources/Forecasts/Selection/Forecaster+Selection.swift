import Equilibria
import Mathematics
import Scenarios

extension Forecaster {
  /// How much work goes into the question how far answers depend on which equilibrium is played.
  public struct SelectionOptions: Sendable {
    /// How many draws are sampled: the first ones of the forecast.
    public var draws: Int
    /// The most paths to trace for each view of each world in each draw.
    public var paths: Int

    /// 32 draws with 128 paths each.
    public init(draws: Int = 32, paths: Int = 128) {
      self.draws = draws
      self.paths = paths
    }
  }

  /// Adds to each answer of a forecast how far it depends on which equilibrium is played; see
  /// ``SelectionRange``. Nothing is added to logit equilibria at a fixed rationality, nor to answers
  /// without a number.
  ///
  /// `progress` is told how many draws of a world are done, of draws × worlds with questions. The
  /// result does not depend on the number of threads. The work stops when the task is cancelled.
  public func addSelection(
    to forecast: inout Forecast, options: SelectionOptions = SelectionOptions(),
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws {
    let draws = self.options.isBest ? 1 : min(options.draws, self.options.draws)
    var inputs = Columns(count: scenario.inputs.count, draws: draws)
    if self.options.isBest {
      FixedInputs(values: source.bestEstimates).fill(0..<1, into: &inputs)
    } else {
      source.fill(0..<draws, into: &inputs)
    }
    for world in worlds where world.selection == .logitLimit {
      let asked = world.queries.indices.filter { world.queries[$0].question != nil }
      if asked.isEmpty { continue }
      let found = try await plays(of: world, inputs, draws: draws, options, progress)
      for query in asked {
        guard
          let place = forecast.answers.firstIndex(
            where: { $0.question == world.queries[query].question }),
          let answer = forecast.answers[place].estimate?.probability
        else { continue }
        forecast.answers[place].selection = SelectionRange(
          of: found.map { $0[query] }, around: answer)
      }
    }
  }

  /// By draw and query, the plays of a world.
  private func plays(
    of world: World, _ inputs: Columns, draws: Int, _ options: SelectionOptions,
    _ progress: (@Sendable (Int) -> Void)?
  ) async throws -> [[SelectionRange.Draw]] {
    let worker: SelectionWorker
    do {
      worker = try SelectionWorker(world, paths: options.paths, outside: scenario.outside)
    } catch {
      throw Defect.unsolvable("\(error)")
    }
    let threads = max(1, min(self.options.threads, draws))
    return try await withThrowingTaskGroup(of: [(Int, [SelectionRange.Draw])].self) { group in
      for thread in 0..<threads {
        group.addTask {
          var own = worker
          var done: [(Int, [SelectionRange.Draw])] = []
          for draw in stride(from: thread, to: draws, by: threads) {
            done.append((draw, own.plays(inputs.row(draw))))
            // What is cut short is thrown away.
            try Task.checkCancellation()
            progress?(1)
          }
          return done
        }
      }
      var all = [[SelectionRange.Draw]](repeating: [], count: draws)
      for try await done in group {
        for (draw, plays) in done { all[draw] = plays }
      }
      return all
    }
  }
}
