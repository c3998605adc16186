public import Mathematics

/// A node of a game tree with all that follows, written down as the tree is drawn.
///
/// A game of perfect information (Selten 1978, The chain store paradox, one market). Who sees all
/// that has happened needs no name for what it knows:
///
/// ```swift
/// let game = try ExtensiveGame(
///   "Entry deterrence", players: ["Entrant", "Incumbent"],
///   .decision("Entrant", [
///     "stay out": .end("monopoly", [1, 5]),
///     "enter": .decision("Incumbent", [
///       "fight": .end("price war", [0, 0]),
///       "share": .end("duopoly", [2, 2]),
///     ]),
///   ]))
/// ```
///
/// A game of imperfect information. Nodes with the same `set` are one information set: here the
/// second does not see the first's choice (Luce & Raiffa 1957, Games and Decisions, section 5.3,
/// battle of the sexes, after a choice to stay at home instead, van Damme 1989):
///
/// ```swift
/// func second(_ opera: [Rational], _ fight: [Rational]) -> GameNode {
///   .decision("Second", set: "evening", ["opera": .end(opera), "fight": .end(fight)])
/// }
/// let game = try ExtensiveGame(
///   "An evening out, or a book", players: ["First", "Second"],
///   .decision("First", set: "book", [
///     "read": .end("at home", [2, 2]),
///     "go out": .decision("First", set: "where", [
///       "opera": second([3, 1], [0, 0]),
///       "fight": second([0, 0], [1, 3]),
///     ]),
///   ]))
/// ```
///
/// Types are moves of chance that only their owner sees (Harsanyi 1967). Odds are exact numbers,
/// `1 / 3` a third and `0.9` nine tenths (Cho & Kreps 1987, Signaling games and stable equilibria,
/// figure I, beer and quiche):
///
/// ```swift
/// func breakfast(_ food: String, _ duel: [Rational], _ peace: [Rational]) -> GameNode {
///   .decision("B", set: food, ["duel": .end(duel), "walk on": .end(peace)])
/// }
/// let game = try ExtensiveGame(
///   "Beer and quiche", players: ["A", "B"],
///   .chance("nerve", [
///     "wimp": (0.1, .decision("A", set: "wimp", [
///       "beer": breakfast("beer", [0, 1], [2, 0]),
///       "quiche": breakfast("quiche", [1, 1], [3, 0]),
///     ])),
///     "surly": (0.9, .decision("A", set: "surly", [
///       "beer": breakfast("beer", [1, 0], [3, 1]),
///       "quiche": breakfast("quiche", [0, 0], [2, 1]),
///     ])),
///   ]))
/// ```
///
/// Many like actions come from a function (Güth, Schmittberger & Schwarze 1982, ultimatum):
///
/// ```swift
/// let game = try ExtensiveGame(
///   "Ultimatum over three coins", players: ["Proposer", "Responder"],
///   .decision("Proposer", actions: (0...3).map { "offer \($0)" }) { offer in
///     .decision("Responder", [
///       "accept": .end([Rational(3 - offer), Rational(offer)]),
///       "reject": .end([0, 0]),
///     ])
///   })
/// ```
///
/// For choices made at once, without a tree, see ``StrategicGame``.
public struct GameNode: Sendable {
  indirect enum Kind: Sendable {
    case end(outcome: String?, payoffs: [Rational])
    case decision(player: String, set: String?, branches: [(action: String, node: GameNode)])
    case chance(label: String?, branches: [(branch: String, odds: Rational, node: GameNode)])
  }

  let kind: Kind

  /// The end of play, with one payoff for each player.
  public static func end(_ outcome: String, _ payoffs: [Rational]) -> GameNode {
    GameNode(kind: .end(outcome: outcome, payoffs: payoffs))
  }

  /// The end of play, named by the moves that lead to it, with one payoff for each player.
  public static func end(_ payoffs: [Rational]) -> GameNode {
    GameNode(kind: .end(outcome: nil, payoffs: payoffs))
  }

  /// A player's choice.
  ///
  /// - Parameters:
  ///   - player: who chooses.
  ///   - set: what it knows then: nodes with the same name are one information set. Without a name
  ///     the player knows all that has happened.
  ///   - branches: what it can do, and what follows.
  public static func decision(
    _ player: String, set: String? = nil, _ branches: KeyValuePairs<String, GameNode>
  ) -> GameNode {
    GameNode(
      kind: .decision(player: player, set: set, branches: branches.map { ($0.key, $0.value) }))
  }

  /// A player's choice among many like actions.
  ///
  /// - Parameters:
  ///   - player: who chooses.
  ///   - set: what it knows then, as above.
  ///   - actions: what it can do.
  ///   - node: what follows an action, by its ordinal.
  public static func decision(
    _ player: String, set: String? = nil, actions: [String], _ node: (Int) -> GameNode
  ) -> GameNode {
    GameNode(
      kind: .decision(
        player: player, set: set, branches: actions.enumerated().map { ($1, node($0)) }))
  }

  /// A move of chance, with the odds of each branch and what follows. The odds add up to 1.
  public static func chance(
    _ label: String, _ branches: KeyValuePairs<String, (Rational, GameNode)>
  ) -> GameNode {
    GameNode(
      kind: .chance(
        label: label, branches: branches.map { ($0.key, $0.value.0, $0.value.1) }))
  }

  /// A move of chance, named by the moves that lead to it.
  public static func chance(
    _ branches: KeyValuePairs<String, (Rational, GameNode)>
  ) -> GameNode {
    GameNode(
      kind: .chance(label: nil, branches: branches.map { ($0.key, $0.value.0, $0.value.1) }))
  }

  /// A move of chance with many like branches.
  ///
  /// - Parameters:
  ///   - label: the name of the move.
  ///   - branches: the names of the branches, with their odds.
  ///   - node: what follows a branch, by its ordinal.
  public static func chance(
    _ label: String, branches: [(String, Rational)], _ node: (Int) -> GameNode
  ) -> GameNode {
    GameNode(
      kind: .chance(
        label: label, branches: branches.enumerated().map { ($1.0, $1.1, node($0)) }))
  }
}
