import Mathematics
import Scenarios

/// Solves blocks of draws one after the other, keeping its working memory.
struct BlockWorker {
  private let scenario: Scenario
  private let source: any InputSource
  private var inputs: Columns
  private var worlds: [WorldWorker]

  /// A worker for blocks of at most so many draws. A plan says which choices of the first world are
  /// to be explained.
  init(
    worlds: [World], scenario: Scenario, source: any InputSource, draws: Int,
    explaining plan: ChoicePlan? = nil
  ) {
    self.scenario = scenario
    self.source = source
    inputs = Columns(count: scenario.inputs.count, draws: draws)
    self.worlds = worlds.enumerated().map {
      WorldWorker($1, index: $0, draws: draws, explaining: $0 == 0 ? plan : nil)
    }
  }

  /// Solves the draws of a block.
  mutating func solve(_ draws: Range<Int>) -> BlockResult {
    var result = BlockResult(draws: draws, worlds: worlds.map(\.world))
    source.fill(draws, into: &inputs)
    for index in worlds.indices { worlds[index].evaluate(inputs, &result) }
    noteOutside(&result)
    let rationality = scenario.solve.rationality.map { input in
      draws.indices.map { inputs[input, $0 - draws.lowerBound] }
    }
    var offset = 0
    var measureOffset = 0
    for index in worlds.indices {
      // What is cut short is thrown away.
      if Task.isCancelled { return result }
      worlds[index].solve(rationality: rationality, &result)
      worlds[index].measure(offset: offset, &result)
      worlds[index].measureEnds(offset: measureOffset, &result)
      worlds[index].explain(&result)
      offset += worlds[index].world.queries.count
      measureOffset += worlds[index].world.measures.count
    }
    return result
  }

  private func noteOutside(_ result: inout BlockResult) {
    guard let outside = scenario.outside, let story = worlds.first else { return }
    for place in 0..<result.draws.count {
      result.outside[place] = inputs[outside.input, place]
      let then = story.firstNumber(place) ?? .nan
      result.outsideThen[place] = then
      if !(then >= 0 && then <= 1), result.invalid[place] == nil {
        result.invalid[place] = ParametricGame.InvalidDraw(
          message: "the odds outside the story are not between 0% and 100%", place: outside.place)
      }
    }
  }
}
