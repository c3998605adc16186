public import Games
public import Mathematics

/// What an exact check of sequential equilibrium found.
public struct SequentialCertificate: Sendable {
  /// The beliefs that follow from the witness, by information set and node.
  public let beliefs: [[Rational]]
  /// `actionValues[set][action]`: what an action is worth under these beliefs.
  public let actionValues: [[Rational]]
  /// By information set, the best of these less what the choice there yields.
  public let regrets: [Rational]

  /// The largest regret at any information set.
  public var regret: Rational { regrets.max() ?? .zero }
  /// Nobody can gain by another action at any information set, reached or not.
  public var isSequential: Bool { regret.signum == 0 }
}

/// Checks assessments against the definition of sequential equilibrium in exact arithmetic: beliefs
/// that follow from a witness of trembles, and at every information set, reached or not, no better
/// action (Kreps & Wilson 1982, Sequential equilibria).
///
/// By the one-shot deviation principle, which holds with perfect recall and consistent beliefs, it
/// is enough to compare single actions (Hendon, Jacobsen & Sloth 1996). Each player weighs moves of
/// chance by its own odds. A branch of chance with odds 0 is rarer than any tremble: among the nodes
/// of a set only those with the fewest such branches on their path count.
public enum SequentialVerifier {
  /// Why an assessment is broken in itself.
  public enum Defect: Error, Equatable, Sendable, CustomStringConvertible {
    /// The game cannot be checked, or this is no profile of it.
    case tree(TreeDefect)
    /// The witness has not one order and coefficient for each action.
    case witnessLength(expected: Int, found: Int)
    /// An action has positive probability and an order above 0, or the other way round, or its
    /// coefficient is not its probability, or not positive.
    case witness(informationSet: String, action: String)
    /// The beliefs at an information set do not follow from the witness.
    case beliefs(informationSet: String)

    /// What is wrong, as a sentence without a full stop.
    public var description: String {
      switch self {
      case .tree(let defect): defect.description
      case .witnessLength(let expected, let found):
        "the game has \(expected) actions, the witness \(found) entries"
      case .witness(let label, let action):
        "the tremble of '\(action)' at '\(label)' does not fit its probability"
      case .beliefs(let label): "the beliefs at '\(label)' do not follow from the trembles"
      }
    }
  }

  /// Checks an assessment with the beliefs that it states.
  ///
  /// - Parameter numbers: what the doubles of the game stand for.
  /// - Throws: ``Defect`` if it is broken in itself; regrets are in the certificate.
  /// - Complexity: linear in nodes × players.
  public static func certificate(
    of assessment: ExactAssessment, in game: ExtensiveGame,
    numbers: ReducedStrategicForm.Numbers = .doubles
  ) throws(Defect) -> SequentialCertificate {
    let certificate = try certificate(
      of: assessment.profile, witness: assessment.witness, in: game, numbers: numbers)
    for (set, beliefs) in certificate.beliefs.enumerated() {
      guard set < assessment.beliefs.count, assessment.beliefs[set] == beliefs else {
        throw .beliefs(informationSet: game.tree.informationSets[set].displayLabel)
      }
    }
    return certificate
  }

  /// Checks a profile under the beliefs that follow from a witness.
  ///
  /// - Parameter numbers: what the doubles of the game stand for.
  /// - Throws: ``Defect`` if it is broken in itself; regrets are in the certificate.
  /// - Complexity: linear in nodes × players.
  public static func certificate(
    of profile: ExactBehaviorProfile, witness: TrembleWitness, in game: ExtensiveGame,
    numbers: ReducedStrategicForm.Numbers = .doubles
  ) throws(Defect) -> SequentialCertificate {
    let tree = game.tree
    let exact: TreeNumbers<Rational>
    do {
      try tree.checkRecall()
      try TreeNumbers.check(profile.probabilities, in: tree, slack: .zero)
      exact = try TreeNumbers(of: game, reading: numbers)
    } catch { throw .tree(error) }
    try check(witness, for: profile, in: tree)
    let evaluation = ProfileEvaluation(
      tree: tree, numbers: exact, probabilities: profile.probabilities)
    let beliefs = beliefs(from: witness, in: tree, numbers: exact)
    return SequentialCertificate(
      beliefs: beliefs,
      actionValues: beliefs.enumerated().map { evaluation.actionValues(at: $0, beliefs: $1) },
      regrets: beliefs.enumerated().map { evaluation.regret(at: $0, beliefs: $1) })
  }

  private static func check(
    _ witness: TrembleWitness, for profile: ExactBehaviorProfile, in tree: GameTree
  ) throws(Defect) {
    for count in [witness.orders.count, witness.coefficients.count] where count != tree.actionCount
    {
      throw .witnessLength(expected: tree.actionCount, found: count)
    }
    for set in tree.informationSets {
      for action in set.actionRange {
        let probability = profile.probabilities[action]
        let order = witness.orders[action]
        let coefficient = witness.coefficients[action]
        let fits =
          probability.signum > 0
          ? order == 0 && coefficient == probability : order > 0 && coefficient.signum > 0
        if !fits {
          throw .witness(
            informationSet: set.displayLabel, action: set.actions[action - set.firstAction])
        }
      }
    }
  }

  /// The probability of a node in the limit of trembles: first the number of branches with odds 0,
  /// then the order, then the coefficient decide.
  private struct Weight {
    var excluded = 0
    var order = 0
    var coefficient = Rational.one
  }

  static func beliefs(
    from witness: TrembleWitness, in tree: GameTree, numbers: TreeNumbers<Rational>
  ) -> [[Rational]] {
    var beliefs = [[Rational]](repeating: [], count: tree.informationSets.count)
    var weights = [Weight](repeating: Weight(), count: tree.nodes.count)
    for player in tree.players.indices {
      let odds = numbers.odds(heldBy: player)
      for id in tree.nodes.indices.dropFirst() where tree.nodes[id].kind != .terminal {
        let parent = Int(tree.nodes[id].parent)
        let branch = Int(tree.nodes[id].incoming)
        let above = tree.nodes[parent]
        var weight = weights[parent]
        if above.kind == .decision {
          let set = tree.informationSets[Int(above.index)]
          // With perfect recall a player's own past is the same at all nodes of its sets.
          if set.player != player {
            let action = set.firstAction + branch - Int(above.firstBranch)
            weight.order += witness.orders[action]
            weight.coefficient *= witness.coefficients[action]
          }
        } else if odds[branch].signum > 0 {
          weight.coefficient *= odds[branch]
        } else {
          weight.excluded += 1
        }
        weights[id] = weight
      }
      for (set, information) in tree.informationSets.enumerated()
      where information.player == player {
        beliefs[set] = shares(information.nodes.map { weights[$0] })
      }
    }
    return beliefs
  }

  private static func shares(_ weights: [Weight]) -> [Rational] {
    let least = weights.map { ($0.excluded, $0.order) }.min { $0 < $1 } ?? (0, 0)
    let parts = weights.map {
      ($0.excluded, $0.order) == least ? $0.coefficient : Rational.zero
    }
    let total = parts.reduce(.zero, +)
    return parts.map { $0 / total }
  }
}
