public import Games
public import Mathematics

/// What a behavior profile yields, and what each player could gain by another strategy.
public struct NashCertificate<Number: OrderedField>: Sendable, Equatable {
  /// What each player expects.
  public let values: [Number]
  /// The most that each player can get against the others.
  public let bestValues: [Number]
  /// By information set of the game, what its player does in the best reply that was found; nil
  /// where the others and chance never lead there.
  public let bestReplies: [Int?]

  /// What each player could gain by a change of its own strategy alone; 0 at a Nash equilibrium.
  public var regrets: [Number] { zip(bestValues, values).map { $0 - $1 } }
  /// The largest of these.
  public var regret: Number { regrets.max() ?? Number(0) }
  /// Nobody can gain as much as anything, or more than a tolerance in payoff.
  public func isNash(tolerance: Number = Number(0)) -> Bool { regret <= tolerance }
}

/// Checks behavior profiles against the definition of Nash equilibrium, on the tree and without any
/// solver: each player's expectation is compared with that of its best reply (Nash 1951,
/// Non-cooperative games; with perfect recall best replies follow from the last information sets to
/// the first, von Stengel 1996, Efficient computation of behavior strategies).
///
/// The reduced strategic form is never built. Where players hold odds of their own each one's values
/// are under its own.
///
/// - Note: An equilibrium of the agent form, in which each information set is a player of its own,
///   need not be a Nash equilibrium (Selten 1975; Myerson 1991, figure 4.2); such profiles have a
///   positive regret here, and no method of this library returns them.
public enum NashVerifier {
  /// The exact certificate of an exact profile.
  ///
  /// - Parameter numbers: what the doubles of the game stand for.
  /// - Throws: ``TreeDefect`` if the game cannot be checked or this is no profile of it.
  /// - Complexity: linear in nodes × players.
  public static func certificate(
    of profile: ExactBehaviorProfile, in game: ExtensiveGame,
    numbers: ReducedStrategicForm.Numbers = .doubles
  ) throws(TreeDefect) -> NashCertificate<Rational> {
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
  ) throws(TreeDefect) -> NashCertificate<Double> {
    try game.tree.checkRecall()
    try TreeNumbers.check(profile.probabilities, in: game.tree, slack: 1e-9)
    return certificate(profile.probabilities, game.tree, try TreeNumbers(of: game))
  }

  private static func certificate<Number: OrderedField>(
    _ probabilities: [Number], _ tree: GameTree, _ numbers: TreeNumbers<Number>
  ) -> NashCertificate<Number> {
    let evaluation = ProfileEvaluation(tree: tree, numbers: numbers, probabilities: probabilities)
    var search = ReplySearch(tree: tree, numbers: numbers, probabilities: probabilities)
    var best: [Number] = []
    let players = tree.players.count
    for player in 0..<players {
      for (terminal, end) in tree.terminals.enumerated() {
        search.endValue[end.node] = numbers.payoffs[terminal * players + player]
      }
      best.append(
        search.best(
          for: player, nodes: tree.nodes.indices, sets: tree.informationSets.indices,
          odds: numbers.odds(heldBy: player), isEnd: { _ in false }))
    }
    return NashCertificate(
      values: evaluation.values, bestValues: best, bestReplies: search.choices)
  }
}
