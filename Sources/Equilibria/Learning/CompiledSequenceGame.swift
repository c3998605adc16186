public import Games

/// A game of perfect recall as flat arrays of its sequence form, for methods that pass over the
/// whole game again and again: regret minimization and best responses.
///
/// All players' sequences are numbered together: first the empty ones, by player, then player by
/// player the continuations at each of its information sets, after those that they continue (von
/// Stengel 1996). What a sequence is worth is the sum over its row of coefficient × product of the
/// others' realization probabilities: numbers are pulled in a fixed order and never scattered, so
/// that results are the same on every run and every processor.
///
/// Each player's coefficients hold its own odds of chance (subjective priors).
public struct CompiledSequenceGame: Sendable {
  /// The names of the players.
  public let players: [String]
  /// By player: the difference between its highest and its lowest payoff, 1 if there is none.
  public let payoffRanges: [Double]
  /// Whether there are two players whose payoffs add up to the same at every end that chance does
  /// not exclude: the games in which average play is known to approach equilibrium.
  public let isTwoPlayerConstantSum: Bool

  /// The information sets of each player, from its first moves on.
  let order: SequenceOrder
  /// For each sequence the ends that it leads to.
  let rows: SequenceRows

  /// The number of a behavior profile's probabilities.
  public let actionCount: Int
  /// The number of entries of all players' rows: a measure of the work of one pass.
  public var entryCount: Int { rows.entryCount }

  /// The number of a player's sequences, the empty one included.
  public func sequenceCount(of player: Int) -> Int { order.owner.count { $0 == player } }

  /// Compiles a game.
  ///
  /// - Throws: ``LearningError`` if a player forgets, two players bargain, or numbers are unfit.
  /// - Complexity: nodes × players, and sorting the ends for each player.
  public init(_ game: ExtensiveGame) throws(LearningError) {
    let tree = game.tree
    if let set = tree.informationSets.first(where: { $0.actions.isEmpty }) {
      throw .noActions(informationSet: set.displayLabel)
    }
    let form: SequenceForm
    do { form = try SequenceForm(of: tree) } catch { throw .structure(error) }
    players = tree.players
    actionCount = tree.actionCount
    payoffRanges = game.payoffRanges()
    order = SequenceOrder(of: form)
    let common = try CompiledSequenceGame.reach(by: game.odds, in: tree)
    var worth = game.payoffs
    for player in players.indices {
      var odds = common
      if let own = game.subjectiveOdds[player] {
        odds = try CompiledSequenceGame.reach(by: own, in: tree)
      }
      for end in odds.indices { worth[end * players.count + player] *= odds[end] }
    }
    if let place = worth.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(terminal: place / players.count)
    }
    rows = SequenceRows(
      worth: worth, leaves: order.leaves, owner: order.owner, players: players.count)
    isTwoPlayerConstantSum = CompiledSequenceGame.isConstantSum(game, reached: common)
  }

  /// The odds of chance on the way to each end.
  static func reach(
    by odds: [Double], in tree: GameTree
  ) throws(LearningError) -> [Double] {
    var reached = [Double](repeating: 1, count: tree.nodes.count)
    for (id, node) in tree.nodes.enumerated() where node.kind != .terminal {
      for branch in tree.branches(of: id) {
        let share = node.kind == .chance ? odds[branch] : 1
        guard share >= 0 else {
          throw .odds(move: tree.chanceMoves[Int(node.index)].label)
        }
        reached[Int(tree.branchTarget[branch])] = reached[id] * share
      }
    }
    return tree.terminals.map { reached[$0.node] }
  }

  private static func isConstantSum(_ game: ExtensiveGame, reached: [Double]) -> Bool {
    guard game.tree.players.count == 2, game.subjectiveOdds.allSatisfy({ $0 == nil }) else {
      return false
    }
    var low = Double.infinity
    var high = -Double.infinity
    var size = 0.0
    for end in reached.indices where reached[end] > 0 {
      let (one, other) = (game.payoffs[2 * end], game.payoffs[2 * end + 1])
      low = min(low, one + other)
      high = max(high, one + other)
      size = max(size, abs(one), abs(other))
    }
    return !(high - low > 1e-12 * size)
  }
}
