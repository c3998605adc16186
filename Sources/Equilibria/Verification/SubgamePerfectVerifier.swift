public import Games
public import Mathematics

/// What each player could gain in each proper subgame.
public struct SubgamePerfectCertificate<Number: OrderedField>: Sendable {
  /// The nodes that begin the subgames, in preorder; the first is the root of the game.
  public let roots: [Int]
  /// `values[subgame][player]`: what the player expects when the subgame begins.
  public let values: [[Number]]
  /// `regrets[subgame][player]`: what it could gain there by a change of its own strategy alone.
  public let regrets: [[Number]]

  /// The largest regret of any player in any subgame.
  public var regret: Number { regrets.joined().max() ?? Number(0) }
  /// The subgame and the player with the largest regret; nil if there is no player.
  public var worst: (subgame: Int, player: Int)? {
    var found: (subgame: Int, player: Int)?
    for subgame in regrets.indices {
      for player in regrets[subgame].indices
      where found.map({ regrets[$0.subgame][$0.player] < regrets[subgame][player] }) ?? true {
        found = (subgame, player)
      }
    }
    return found
  }
  /// Nobody can gain anywhere more than a tolerance in payoff.
  public func isSubgamePerfect(tolerance: Number = Number(0)) -> Bool { regret <= tolerance }
}

/// Checks behavior profiles against the definition of subgame-perfect equilibrium: a Nash
/// equilibrium in every proper subgame, reached or not (Selten 1965, Spieltheoretische Behandlung
/// eines Oligopolmodells mit Nachfrageträgheit; 1975).
public enum SubgamePerfectVerifier {
  /// The exact certificate of an exact profile.
  ///
  /// - Parameter numbers: what the doubles of the game stand for.
  /// - Throws: ``TreeDefect`` if the game cannot be checked or this is no profile of it.
  /// - Complexity: linear in nodes × players, however deep subgames are nested.
  public static func certificate(
    of profile: ExactBehaviorProfile, in game: ExtensiveGame,
    numbers: ReducedStrategicForm.Numbers = .doubles
  ) throws(TreeDefect) -> SubgamePerfectCertificate<Rational> {
    try game.tree.checkRecall()
    try TreeNumbers.check(profile.probabilities, in: game.tree, slack: .zero)
    let numbers = try TreeNumbers(of: game, reading: numbers)
    return certificate(profile.probabilities, game.tree, numbers)
  }

  /// The certificate of a profile in floating point.
  ///
  /// - Throws: ``TreeDefect`` if the game cannot be checked or this is no profile of it.
  /// - Complexity: linear in nodes × players.
  public static func certificate(
    of profile: BehaviorProfile, in game: ExtensiveGame
  ) throws(TreeDefect) -> SubgamePerfectCertificate<Double> {
    try game.tree.checkRecall()
    try TreeNumbers.check(profile.probabilities, in: game.tree, slack: 1e-9)
    return certificate(profile.probabilities, game.tree, try TreeNumbers(of: game))
  }

  /// A best reply in a subgame is one in each piece of it: the subgames inside have no information
  /// set in common with the rest, so what is best there does not depend on how they are reached.
  private static func certificate<Number: OrderedField>(
    _ probabilities: [Number], _ tree: GameTree, _ numbers: TreeNumbers<Number>
  ) -> SubgamePerfectCertificate<Number> {
    let pieces = SubgamePieces(of: tree)
    let players = tree.players.count
    let evaluation = ProfileEvaluation(tree: tree, numbers: numbers, probabilities: probabilities)
    var search = ReplySearch(tree: tree, numbers: numbers, probabilities: probabilities)
    var regrets = [[Number]](
      repeating: Array(repeating: Number(0), count: players), count: pieces.roots.count)
    for player in 0..<players {
      for (terminal, end) in tree.terminals.enumerated() {
        search.endValue[end.node] = numbers.payoffs[terminal * players + player]
      }
      let odds = numbers.odds(heldBy: player)
      for piece in pieces.roots.indices.reversed() {
        let root = pieces.roots[piece]
        let best = search.best(
          for: player, nodes: pieces.nodes(of: piece), sets: pieces.informationSets(of: piece),
          odds: odds, isEnd: { Int(pieces.home[$0]) != piece })
        search.endValue[root] = best
        regrets[piece][player] = best - evaluation.nodeValues[root * players + player]
      }
    }
    return SubgamePerfectCertificate(
      roots: pieces.roots,
      values: pieces.roots.map { root in
        Array(evaluation.nodeValues[(root * players)..<((root + 1) * players)])
      },
      regrets: regrets)
  }
}
