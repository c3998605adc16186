import Equilibria
import Games
public import Mathematics
public import Scenarios

/// What a block of draws gives.
public struct BlockResult: Sendable {
  /// The draws of the block.
  public let draws: Range<Int>
  /// By query, over all worlds: P(event and condition), and P(condition); both weighted where the
  /// query has weights.
  public internal(set) var joint: Columns
  /// By query: P(condition), 1 where there is none.
  public internal(set) var condition: Columns
  /// By query: the limit of P(event | condition) where the condition has probability 0; not a number
  /// where even the limit has none.
  var limit: Columns
  /// By measure, over all worlds.
  public internal(set) var measures: Columns
  /// By draw: the probability that the story leaves out what decides, and the odds then.
  var outside: [Double]
  var outsideThen: [Double]
  /// By place in the block: why a draw has no game.
  public internal(set) var invalid: [Int: ParametricGame.InvalidDraw] = [:]
  /// By world, by place in the block: why a draw could not be certified.
  public internal(set) var failures: [[Int: String]]
  /// The largest regret of any certified world.
  var largestRegret = 0.0
  /// By terminal of the first world: the sum of its probabilities over the certified draws, where
  /// the condition on the main line holds.
  var terminalSums: [Double]
  /// The same, each probability times the weight of its end; empty where there are no weights.
  var weightedSums: [Double] = []
  /// By action of the first world: the highest conditional probability in any certified draw.
  var highestProbability: [Double]
  /// By decision of a plan: why it is made, in the first world.
  var choices: [ChoiceSums] = []
  /// What the solves took.
  var statistics = BlockStatistics()

  init(draws: Range<Int>, worlds: [World]) {
    self.draws = draws
    let queries = worlds.reduce(0) { $0 + $1.queries.count }
    joint = Columns(count: queries, draws: draws.count)
    condition = Columns(count: queries, draws: draws.count)
    limit = Columns(count: queries, draws: draws.count)
    measures = Columns(
      count: worlds.reduce(0) { $0 + $1.measures.count }, draws: draws.count)
    outside = Array(repeating: 0, count: draws.count)
    outsideThen = Array(repeating: 0, count: draws.count)
    failures = worlds.map { _ in [:] }
    terminalSums = Array(repeating: 0, count: worlds[0].game.tree.terminals.count)
    if worlds[0].weight != nil { weightedSums = terminalSums }
    highestProbability = Array(repeating: 0, count: worlds[0].game.tree.actionCount)
  }

  /// Whether a world's play in a draw, by its place in the block, is certified.
  public func isCertified(_ place: Int, world: Int) -> Bool {
    invalid[place] == nil && failures[world][place] == nil
  }
}
