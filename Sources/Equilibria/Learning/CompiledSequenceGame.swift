public import Games

/// A game of perfect recall as flat arrays of its sequence form, for methods that pass over the
/// whole game again and again: regret minimization and best responses.
///
/// All players' sequences are numbered together: first the empty ones, by player, then player by
/// player the continuations at each of its information sets, in the order of the tree, so that a
/// set's sequences are consecutive and follow those that they continue (von Stengel 1996). For each
/// sequence of a player stand the ends that it leads to, in compressed rows: the player's payoff
/// times the odds of chance, and the sequences of the others. The worth of a sequence is then the
/// sum over its row of coefficient × product of the others' realization probabilities: numbers are
/// pulled in a fixed order and never scattered, so that results are the same on every run. Ends
/// with the same sequences of all players are one entry, and those that are worth nothing none.
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

  /// By player, and at last their end: where its information sets begin.
  let firstSet: [Int]
  /// For each set the sequence that leads there.
  let parent: [Int32]
  /// For each set its first sequence, and last the number of sequences.
  let first: [Int32]
  /// For each sequence the action of a behavior profile's flat vector; -1 for the empty ones.
  let action: [Int32]
  /// For each sequence the beginning of its row, and last the number of entries.
  let row: [Int32]
  /// For each entry of a row payoff × odds of chance.
  let coefficient: [Double]
  /// For each entry the sequences of the others, one after the other.
  let others: [Int32]

  /// The number of all players' sequences, the empty ones included.
  public var sequenceCount: Int { action.count }
  /// The number of information sets.
  public var informationSetCount: Int { parent.count }
  /// The number of entries of all players' rows.
  public var entryCount: Int { coefficient.count }

  /// The positions of a player's information sets.
  func sets(of player: Int) -> Range<Int> { firstSet[player]..<firstSet[player + 1] }

  /// The sequences at the information set in this position.
  func sequences(at set: Int) -> Range<Int> { Int(first[set])..<Int(first[set + 1]) }

  /// The number of a player's sequences, the empty one included.
  public func sequenceCount(of player: Int) -> Int {
    let sets = sets(of: player)
    return 1 + Int(first[sets.upperBound] - first[sets.lowerBound])
  }

  /// Compiles a game.
  ///
  /// - Throws: ``LearningError`` if a player forgets, two players bargain, or numbers are unfit.
  /// - Complexity: nodes × players, and sorting the ends for each player.
  public init(_ game: ExtensiveGame) throws(LearningError) {
    let tree = game.tree
    let form: SequenceForm
    do { form = try SequenceForm(of: tree) } catch { throw .structure(error) }
    players = tree.players
    payoffRanges = game.payoffRanges()
    var firstSet = [0]
    var parent: [Int32] = []
    var first = [Int32(players.count)]
    var action = [Int32](repeating: -1, count: players.count)
    // From a player's own numbers of sequences to the common ones: all but the empty one shift.
    var shift: [Int32] = []
    for (player, side) in form.sides.enumerated() {
      let base = Int32(action.count) - 1
      shift.append(base)
      for position in side.informationSets.indices {
        let before = Int32(side.parent[position])
        parent.append(before == 0 ? Int32(player) : base + before)
        first.append(base + Int32(side.first[position + 1]))
      }
      action += side.action.dropFirst().map { Int32($0) }
      firstSet.append(parent.count)
    }
    self.firstSet = firstSet
    self.parent = parent
    self.first = first
    self.action = action

    var leaves = form.leaves
    for place in leaves.indices {
      let player = place % players.count
      leaves[place] = leaves[place] == 0 ? Int32(player) : shift[player] + leaves[place]
    }
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
    let rows = SequenceRows(
      worth: worth, leaves: leaves, players: players.count, sequences: action.count)
    row = rows.first
    coefficient = rows.coefficient
    others = rows.others
    isTwoPlayerConstantSum = CompiledSequenceGame.isConstantSum(game, reached: common)
  }

  /// The odds of chance on the way to each end.
  private static func reach(
    by odds: [Double], in tree: GameTree
  ) throws(LearningError) -> [Double] {
    var reached = [Double](repeating: 1, count: tree.nodes.count)
    for (id, node) in tree.nodes.enumerated() where node.kind != .terminal {
      for branch in tree.branches(of: id) {
        let share = node.kind == .chance ? odds[branch] : 1
        guard share >= 0 else {
          throw .negativeOdds(move: tree.chanceMoves[Int(node.index)].label)
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
