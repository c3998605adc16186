import Equilibria
import Games
import Mathematics
import Scenarios

/// What the draws so far come to, in memory that does not grow with their number. Blocks are added
/// in their order.
struct Tally: Sendable {
  var draws = 0
  var invalid = 0
  var invalidReason: Forecast.DrawProblem?
  var uncertified = 0
  var uncertifiedReason: Forecast.DrawProblem?
  var largestRegret = 0.0
  /// By world: the draws that it has certified.
  var certified: [Int]
  /// By query, over all worlds.
  var queries: [QueryTally] = []
  /// By terminal and by action of the first world.
  var terminalSums: [Double]
  var highestProbability: [Double]
  var statistics = BlockStatistics()

  init(worlds: [World]) {
    certified = worlds.map { _ in 0 }
    terminalSums = Array(repeating: 0, count: worlds[0].game.tree.terminals.count)
    highestProbability = Array(repeating: 0, count: worlds[0].game.tree.actionCount)
    for (index, world) in worlds.enumerated() {
      for query in world.queries {
        queries.append(
          QueryTally(world: index, isAsked: query.question != nil, sums: QuerySums(of: query)))
      }
    }
  }

  /// Adds the next block.
  mutating func add(_ block: BlockResult) {
    draws += block.draws.count
    statistics.add(block.statistics)
    largestRegret = max(largestRegret, block.largestRegret)
    for place in block.draws.indices.map({ $0 - block.draws.lowerBound }) {
      let draw = block.draws.lowerBound + place
      if let reason = block.invalid[place] {
        invalid += 1
        invalidReason =
          invalidReason
          ?? Forecast.DrawProblem(draw: draw, message: reason.message, place: reason.place)
        continue
      }
      for world in certified.indices where block.failures[world][place] == nil {
        certified[world] += 1
      }
      if let failure = block.failures.lazy.compactMap({ $0[place] }).first {
        uncertified += 1
        uncertifiedReason =
          uncertifiedReason ?? Forecast.DrawProblem(draw: draw, message: failure, place: nil)
      }
    }
    for index in terminalSums.indices { terminalSums[index] += block.terminalSums[index] }
    for index in highestProbability.indices {
      highestProbability[index] = max(highestProbability[index], block.highestProbability[index])
    }
    for query in queries.indices where queries[query].isAsked {
      queries[query].add(block, query: query)
    }
  }
}

/// One question's part of a ``Tally``, over the draws that its own world has certified: a question
/// rests on its own world alone, so its answer does not depend on what else is asked.
struct QueryTally: Sendable {
  let world: Int
  /// It answers a question of the scenario; the others are for analyses of their own.
  let isAsked: Bool
  var sums: QuerySums
  /// P(event | condition) by P(condition), and its limits.
  var spread = QuantileSketch()
  var limitSpread = QuantileSketch()

  mutating func add(_ block: BlockResult, query: Int) {
    for draw in block.draws {
      let place = draw - block.draws.lowerBound
      guard block.isCertified(place, world: world) else { continue }
      let term = sums.add(
        block, query: query, place: place, replicate: DrawSource.replicate(of: draw))
      if term.weight > 0 {
        spread.add(term.value / term.weight, weight: term.weight)
      } else if !term.limit.isNaN {
        limitSpread.add(term.limit)
      }
    }
  }
}
