public import Games
public import Mathematics

/// ``CFRPlus`` for many sets of payoffs on one tree at once: a sweep over draws of a model.
///
/// Each draw is a game of its own and is played from a fresh start; several lie side by side in the
/// lanes of a processor's registers, where the same operations serve all, since what CFR+ does does
/// not depend on the numbers (Tammelin 2014; Zinkevich, Johanson, Bowling & Piccione 2007). A draw's
/// iterates are those of ``CFRPlus`` on it alone, bit for bit, whatever stands beside it; so a sweep
/// may be cut into parts anywhere and its parts run in any order.
///
/// As for a single game, convergence is known for two players with payoffs of constant sum only, and
/// every draw is measured.
public struct BatchedCFRPlus: Sendable {
  /// The numbers of players, of ends and of a behavior profile's probabilities.
  private let players: Int
  private let endCount: Int
  private let actionCount: Int
  private let sequences: BatchedSequences

  /// Compiles the tree and the odds of a game, which all draws share; its payoffs do not matter.
  ///
  /// - Throws: ``LearningError`` if a player forgets, two players bargain, or odds are unfit.
  /// - Complexity: nodes × players, and sorting the ends for each player.
  public init(_ game: ExtensiveGame) throws(LearningError) {
    var unit = game
    unit.payoffs = Array(repeating: 1, count: game.payoffs.count)
    let order = try CompiledSequenceGame(unit).order
    players = game.tree.players.count
    endCount = game.tree.terminals.count
    actionCount = game.tree.actionCount
    var reached = unit.payoffs
    for player in 0..<players {
      let odds = try CompiledSequenceGame.reach(by: game.odds(heldBy: player), in: game.tree)
      for end in odds.indices { reached[end * players + player] = odds[end] }
    }
    sequences = BatchedSequences(order, reached: reached, players: players)
  }

  /// Plays every draw so often and measures the average of its play.
  ///
  /// - Parameters:
  ///   - payoffs: draw after draw, each as ``ExtensiveGame/payoffs``: by end × player.
  ///   - iterations: how often every player learns, in every draw.
  ///   - limit: counts draws, as for columns.
  /// - Throws: ``LearningError/notFinite(terminal:)`` if a payoff is not a number.
  public func solve(
    payoffs: [Double], iterations: Int = 1000, limit: WorkLimit = .none
  ) throws(LearningError) -> BatchedLearningResult {
    let size = endCount * players
    precondition(payoffs.count.isMultiple(of: size))
    let draws = payoffs.count / size
    var columns = Columns(count: size, draws: draws)
    for draw in 0..<draws {
      for number in 0..<size { columns[number, draw] = payoffs[draw * size + number] }
    }
    return try solve(columns, draws: draws, iterations: iterations, limit: limit)
  }

  /// Plays every draw so often and measures the average of its play.
  ///
  /// - Parameters:
  ///   - payoffs: by end × player, in the order of ``ExtensiveGame/payoffs``.
  ///   - draws: how many draws the columns hold.
  ///   - iterations: how often every player learns, in every draw.
  ///   - limit: counts draws. It is looked at between blocks of eight; those that were begun are
  ///     finished.
  /// - Throws: ``LearningError/notFinite(terminal:)`` if a payoff is not a number.
  /// - Complexity: draws × iterations × the size of the compiled game.
  public func solve(
    _ payoffs: Columns, draws: Int, iterations: Int = 1000, limit: WorkLimit = .none
  ) throws(LearningError) -> BatchedLearningResult {
    precondition(payoffs.count == endCount * players && draws <= payoffs.stride)
    for number in 0..<payoffs.count {
      for draw in 0..<draws where !payoffs[number, draw].isFinite {
        throw .notFinite(terminal: number / players)
      }
    }
    var result = BatchedLearningResult(
      iterations: max(iterations, 0), players: players, actionCount: actionCount)
    var tables = BatchedTables(sequences)
    while result.count < draws {
      result.stop = limit.stop(after: result.count, interval: 1)
      if result.stop != nil { break }
      let first = result.count
      let outcome = tables.solve(payoffs, first: first, iterations: iterations)
      for lane in 0..<min(draws - first, Lanes.width) {
        result.append(outcome, lane: lane, action: sequences.action, payoffs, draw: first + lane)
      }
    }
    return result
  }
}

/// What ``BatchedCFRPlus`` has learned of each draw.
public struct BatchedLearningResult: Sendable, Equatable {
  /// How often every player has learned.
  public let iterations: Int
  /// Why the last draws are missing; nil if all are here.
  public internal(set) var stop: WorkLimit.Stop?
  /// The number of draws that were played.
  public private(set) var count = 0
  /// By draw × action: the average of play.
  public private(set) var probabilities: [Double] = []

  private let players: Int
  private let actionCount: Int
  /// By draw × player, as in ``Exploitability``.
  private var values: [Double] = []
  private var bestResponseValues: [Double] = []
  private var payoffRanges: [Double] = []

  init(iterations: Int, players: Int, actionCount: Int) {
    self.iterations = iterations
    self.players = players
    self.actionCount = actionCount
  }

  /// The average of play in one draw.
  public func profile(ofDraw draw: Int) -> BehaviorProfile {
    BehaviorProfile(Array(probabilities[(draw * actionCount)..<((draw + 1) * actionCount)]))
  }

  /// How far ``profile(ofDraw:)`` is from equilibrium.
  public func exploitability(ofDraw draw: Int) -> Exploitability {
    let own = (draw * players)..<((draw + 1) * players)
    return Exploitability(
      values: Array(values[own]), bestResponseValues: Array(bestResponseValues[own]),
      payoffRanges: Array(payoffRanges[own]))
  }

  /// Adds the draw in a lane.
  mutating func append(
    _ outcome: BatchedTables.Outcome, lane: Int, action: [Int32], _ payoffs: Columns, draw: Int
  ) {
    let first = probabilities.count
    probabilities += repeatElement(0, count: actionCount)
    for (sequence, action) in action.enumerated() where action >= 0 {
      probabilities[first + Int(action)] = outcome.play[sequence][lane]
    }
    for player in 0..<players {
      values.append(outcome.values[player].expected[lane])
      bestResponseValues.append(outcome.values[player].best[lane])
      var (low, high) = (Double.infinity, -Double.infinity)
      for number in stride(from: player, to: payoffs.count, by: players) {
        (low, high) = (min(low, payoffs[number, draw]), max(high, payoffs[number, draw]))
      }
      payoffRanges.append(high > low ? high - low : 1)
    }
    count += 1
  }
}

extension Exploitability {
  /// What was measured elsewhere.
  fileprivate init(values: [Double], bestResponseValues: [Double], payoffRanges: [Double]) {
    self.values = values
    self.bestResponseValues = bestResponseValues
    self.payoffRanges = payoffRanges
  }
}
