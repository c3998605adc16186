public import Games
public import Mathematics

/// What a behavior profile is worth and makes believed, at every node and information set.
///
/// Each player weighs moves of chance by its own odds. Beliefs and what rests on them exist where a
/// set is reached under them; elsewhere they are a matter of trembles: see ``SequentialVerifier``.
///
/// ```swift
/// let evaluation = try ProfileEvaluation(of: profile, in: game)
/// evaluation.values                 // what each player expects
/// evaluation.beliefs(at: 3)         // by node of the set, nil if it is not reached
/// evaluation.actionValues(at: 3)    // by action, given that the set is reached
/// evaluation.regret(at: 3)          // the best of these less what the choice there yields
/// ```
public struct ProfileEvaluation<Number: OrderedField>: Sendable {
  /// The probability of reaching each node, under the odds that are the game's.
  public let realization: [Number]
  /// `nodeValues[node * players + player]`: what the player expects from there.
  public let nodeValues: [Number]

  private let tree: GameTree
  private let probabilities: [Number]
  /// By node of an information set, its probability in its player's view.
  private let ownRealization: [Number]

  /// What each player expects at the beginning.
  public var values: [Number] { Array(nodeValues.prefix(tree.players.count)) }

  /// - Complexity: linear in nodes × players.
  init(tree: GameTree, numbers: TreeNumbers<Number>, probabilities: [Number]) {
    self.tree = tree
    self.probabilities = probabilities
    let players = tree.players.count
    realization = ProfileEvaluation.reach(tree, numbers.odds, probabilities)
    var values = [Number](repeating: Number(0), count: tree.nodes.count * players)
    var own = realization
    for player in 0..<players {
      let odds = numbers.odds(heldBy: player)
      ProfileEvaluation.fold(tree, numbers.payoffs, odds, probabilities, player, into: &values)
      if odds == numbers.odds { continue }
      let reach = ProfileEvaluation.reach(tree, odds, probabilities)
      for set in tree.informationSets where set.player == player {
        for node in set.nodes { own[node] = reach[node] }
      }
    }
    nodeValues = values
    ownRealization = own
  }

  /// The probability of each node of a set, given that the set is reached, in the player's own
  /// view; nil if it is not reached.
  public func beliefs(at set: Int) -> [Number]? {
    let nodes = tree.informationSets[set].nodes
    let total = nodes.reduce(Number(0)) { $0 + ownRealization[$1] }
    return total > Number(0) ? nodes.map { ownRealization[$0] / total } : nil
  }

  /// What each action of a set is worth to its player, given that the set is reached and the
  /// profile followed afterwards; nil if it is not reached.
  public func actionValues(at set: Int) -> [Number]? {
    beliefs(at: set).map { actionValues(at: set, beliefs: $0) }
  }

  /// What each action of a set is worth to its player under beliefs of any origin.
  public func actionValues(at set: Int, beliefs: [Number]) -> [Number] {
    let information = tree.informationSets[set]
    let players = tree.players.count
    return information.actions.indices.map { action in
      zip(information.nodes, beliefs).reduce(Number(0)) { sum, entry in
        let child = tree.child(of: entry.0, action: action)
        return sum + entry.1 * nodeValues[child * players + information.player]
      }
    }
  }

  /// What the best action of a set yields over the choice there; nil if it is not reached.
  public func regret(at set: Int) -> Number? {
    beliefs(at: set).map { regret(at: set, beliefs: $0) }
  }

  /// What the best action of a set yields over the choice there, under beliefs of any origin.
  public func regret(at set: Int, beliefs: [Number]) -> Number {
    let worths = actionValues(at: set, beliefs: beliefs)
    let mean = zip(tree.informationSets[set].actionRange, worths).reduce(Number(0)) {
      $0 + probabilities[$1.0] * $1.1
    }
    return (worths.max() ?? mean) - mean
  }

  private static func reach(
    _ tree: GameTree, _ odds: [Number], _ probabilities: [Number]
  ) -> [Number] {
    var reach = [Number](repeating: Number(0), count: tree.nodes.count)
    reach[0] = Number(1)
    for id in tree.nodes.indices.dropFirst() {
      let node = tree.nodes[id]
      let parent = Int(node.parent)
      let branch = Int(node.incoming)
      let above = tree.nodes[parent]
      if above.kind == .chance {
        reach[id] = reach[parent] * odds[branch]
      } else {
        let first = tree.informationSets[Int(above.index)].firstAction
        reach[id] = reach[parent] * probabilities[first + branch - Int(above.firstBranch)]
      }
    }
    return reach
  }

  private static func fold(
    _ tree: GameTree, _ payoffs: [Number], _ odds: [Number], _ probabilities: [Number],
    _ player: Int, into values: inout [Number]
  ) {
    let players = tree.players.count
    for id in tree.nodes.indices.reversed() {
      let node = tree.nodes[id]
      if node.kind == .terminal {
        values[id * players + player] = payoffs[Int(node.index) * players + player]
        continue
      }
      let first =
        node.kind == .decision ? tree.informationSets[Int(node.index)].firstAction : 0
      var sum = Number(0)
      for (ordinal, branch) in tree.branches(of: id).enumerated() {
        let share = node.kind == .chance ? odds[branch] : probabilities[first + ordinal]
        sum = sum + share * values[Int(tree.branchTarget[branch]) * players + player]
      }
      values[id * players + player] = sum
    }
  }
}

extension ProfileEvaluation where Number == Rational {
  /// The exact evaluation of an exact profile.
  ///
  /// - Parameter numbers: what the doubles of the game stand for.
  /// - Throws: ``TreeDefect`` if the game cannot be evaluated or this is no profile of it.
  /// - Complexity: linear in nodes × players.
  public init(
    of profile: ExactBehaviorProfile, in game: ExtensiveGame,
    numbers: ReducedStrategicForm.Numbers = .doubles
  ) throws(TreeDefect) {
    try game.tree.checkRecall()
    try TreeNumbers.check(profile.probabilities, in: game.tree, slack: .zero)
    let numbers = try TreeNumbers(of: game, reading: numbers)
    self.init(tree: game.tree, numbers: numbers, probabilities: profile.probabilities)
  }
}

extension ProfileEvaluation where Number == Double {
  /// The evaluation of a profile in floating point.
  ///
  /// - Throws: ``TreeDefect`` if the game cannot be evaluated or this is no profile of it.
  /// - Complexity: linear in nodes × players.
  public init(of profile: BehaviorProfile, in game: ExtensiveGame) throws(TreeDefect) {
    try game.tree.checkRecall()
    try TreeNumbers.check(profile.probabilities, in: game.tree, slack: 1e-9)
    let numbers = try TreeNumbers(of: game)
    self.init(tree: game.tree, numbers: numbers, probabilities: profile.probabilities)
  }
}
