public import Games
public import Mathematics

/// What a behavior profile of an extensive game is worth.
public struct NashCertificate<Number: Sendable & Equatable>: Sendable, Equatable {
  /// What each player expects.
  public let values: [Number]
  /// What each player could gain by a change of its own strategy alone; 0 at a Nash equilibrium.
  public let regrets: [Number]
}

extension NashCertificate<Rational> {
  /// Nobody can gain by a change of its own strategy alone.
  public var isNash: Bool { regrets.allSatisfy { $0.signum == 0 } }
}

/// Checks behavior profiles of extensive games with perfect recall against the definition of Nash
/// equilibrium (Nash 1951), on the tree and without any solver: each player's best reply to the
/// others is found by backward induction over the player's own information sets.
///
/// Unlike ``Verifier`` it asks for nothing at information sets that are not reached.
public enum NashVerifier {
  /// Why something cannot be checked.
  public enum Defect: Error, Equatable, Sendable, CustomStringConvertible {
    /// The number of probabilities is not that of the game's actions.
    case wrongLength(expected: Int, found: Int)
    /// Probabilities at this information set are negative or do not add up to 1.
    case notADistribution(informationSet: String)
    /// A player forgets what it knew or did.
    case imperfectRecall(informationSet: String)
    /// Two players choose together here, which is not a game in the sense of Nash.
    case bargain(informationSet: String)
    /// The game's numbers are not finite, or odds are no odds.
    case numbers(ReducedStrategicForm.Defect)

    /// What is wrong, as a sentence without a full stop.
    public var description: String {
      switch self {
      case .wrongLength(let expected, let found):
        "the game has \(expected) actions, but the profile has \(found) probabilities"
      case .notADistribution(let label):
        "the probabilities at '\(label)' are negative or do not add up to 1"
      case .imperfectRecall(let label):
        "the player who moves at '\(label)' forgets what it knew or did"
      case .bargain(let label):
        "the bargain at '\(label)' is a joint choice"
      case .numbers(let defect):
        "\(defect)"
      }
    }
  }

  /// The exact values and regrets of a profile.
  ///
  /// - Parameter numbers: what a double of the game stands for where its exact number is not kept.
  /// - Complexity: nodes × players.
  public static func certificate(
    of profile: ExactBehaviorProfile, in game: ExtensiveGame,
    numbers: ReducedStrategicForm.Numbers = .doubles
  ) throws(Defect) -> NashCertificate<Rational> {
    let tree = game.tree
    try check(profile.probabilities, in: tree) { $0 == .one }
    let odds: PathOdds
    do { odds = try PathOdds(of: game, numbers: numbers) } catch { throw .numbers(error) }
    var payoffs: [Rational] = []
    for place in game.payoffs.indices {
      guard let payoff = game.exactPayoff(place, numbers) else { throw .numbers(.notFinite) }
      payoffs.append(payoff)
    }
    return certificate(profile.probabilities, in: tree) { terminal, player in
      payoffs[terminal * tree.players.count + player]
        * odds.odds(heldBy: player, of: tree.terminals[terminal].node)
    }
  }

  /// The values and regrets of a profile in floating point.
  ///
  /// - Complexity: nodes × players.
  public static func certificate(
    of profile: BehaviorProfile, in game: ExtensiveGame
  ) throws(Defect) -> NashCertificate<Double> {
    let tree = game.tree
    try check(profile.probabilities, in: tree) { abs($0 - 1) <= 1e-9 }
    let players = tree.players.count
    let reached = tree.players.indices.map { player in
      let odds = game.odds(heldBy: player)
      var reached = [Double](repeating: 1, count: tree.nodes.count)
      for id in tree.nodes.indices where tree.nodes[id].parent >= 0 {
        let parent = Int(tree.nodes[id].parent)
        let isChance = tree.nodes[parent].kind == .chance
        reached[id] = reached[parent] * (isChance ? odds[Int(tree.nodes[id].incoming)] : 1)
      }
      return reached
    }
    // Counted from the lowest, so that a large common part of payoffs costs no digits.
    let lowest = tree.players.indices.map { player in
      tree.terminals.indices.reduce(Double.infinity) {
        min($0, game.payoffs[$1 * players + player])
      }
    }
    let above = certificate(profile.probabilities, in: tree) { terminal, player in
      (game.payoffs[terminal * players + player] - lowest[player])
        * reached[player][tree.terminals[terminal].node]
    }
    return NashCertificate(
      values: zip(above.values, lowest).map { $0 + $1 }, regrets: above.regrets)
  }

  private static func check<Number: OrderedField>(
    _ probabilities: [Number], in tree: GameTree, isOne: (Number) -> Bool
  ) throws(Defect) {
    for set in tree.informationSets where set.bargain != nil {
      throw .bargain(informationSet: set.displayLabel)
    }
    if let lapse = Recall(of: tree).firstLapse {
      throw .imperfectRecall(informationSet: tree.informationSets[lapse].displayLabel)
    }
    guard probabilities.count == tree.actionCount else {
      throw .wrongLength(expected: tree.actionCount, found: probabilities.count)
    }
    for set in tree.informationSets {
      let shares = probabilities[set.actionRange]
      guard shares.allSatisfy({ $0 >= .zero }), isOne(shares.reduce(.zero, +)) else {
        throw .notADistribution(informationSet: set.displayLabel)
      }
    }
  }

  /// - Parameter worth: a player's payoff at an end times the odds that chance leads there.
  private static func certificate<Number: OrderedField & Equatable>(
    _ probabilities: [Number], in tree: GameTree, worth: (Int, Int) -> Number
  ) -> NashCertificate<Number> {
    var values: [Number] = []
    var regrets: [Number] = []
    for player in tree.players.indices {
      let (gains, past) = gains(of: player, probabilities, in: tree, worth: worth)
      // What follows each action, and last what needs no action, when the player chooses best, and
      // when it follows the profile.
      var best = gains
      var mean = gains
      for set in tree.informationSets.reversed() where set.player == player {
        let before = past[set.nodes[0]] < 0 ? tree.actionCount : past[set.nodes[0]]
        var most = best[set.firstAction]
        var sum = Number.zero
        for action in set.actionRange {
          most = max(most, best[action])
          sum = sum + probabilities[action] * mean[action]
        }
        best[before] = best[before] + most
        mean[before] = mean[before] + sum
      }
      values.append(mean[tree.actionCount])
      regrets.append(best[tree.actionCount] - mean[tree.actionCount])
    }
    return NashCertificate(values: values, regrets: regrets)
  }

  /// For each of a player's actions, and last for none, the sum over the ends at which it is the
  /// player's last action of their worth times the others' probabilities; and for each node the
  /// player's last action before it, -1 where there is none.
  private static func gains<Number: OrderedField>(
    of player: Int, _ probabilities: [Number], in tree: GameTree, worth: (Int, Int) -> Number
  ) -> (gains: [Number], past: [Int]) {
    var gains = [Number](repeating: .zero, count: tree.actionCount + 1)
    var past = [Int](repeating: -1, count: tree.nodes.count)
    var weight = [Number](repeating: .one, count: tree.nodes.count)
    for (id, node) in tree.nodes.enumerated() {
      if node.parent >= 0 {
        let parent = Int(node.parent)
        let above = tree.nodes[parent]
        past[id] = past[parent]
        weight[id] = weight[parent]
        if above.kind == .decision {
          let set = tree.informationSets[Int(above.index)]
          let action = set.firstAction + Int(node.incoming - above.firstBranch)
          if set.player == player {
            past[id] = action
          } else if weight[id] != .zero {
            weight[id] = weight[id] * probabilities[action]
          }
        }
      }
      if node.kind == .terminal, weight[id] != .zero {
        let place = past[id] < 0 ? tree.actionCount : past[id]
        gains[place] = gains[place] + weight[id] * worth(Int(node.index), player)
      }
    }
    return (gains, past)
  }
}
