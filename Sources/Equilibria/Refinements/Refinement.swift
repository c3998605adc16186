/// What an equilibrium may survive besides being one. A refinement that an equilibrium is not
/// said to survive was failed, or could not be decided for a game of its kind.
public enum Refinement: String, Sendable, CaseIterable, Hashable {
  /// Every player has one best reply alone (Harsanyi 1973).
  case strict
  /// Every best reply is played (Harsanyi 1973).
  case quasiStrict = "quasi-strict"
  /// No player's strategy is weakly dominated, by a mixture either.
  case undominated
  /// A limit of best replies to ever smaller mistakes (Selten 1975). Decided for two players, where
  /// it is the same as undominated (van Damme 1987, theorem 3.2.2).
  case perfect
  /// No other equilibrium that was found is better for everybody (Harsanyi & Selten 1988).
  case payoffDominance = "payoff dominance"
  /// Of two strict equilibria of a 2×2 game, the one whose product of losses from deviating is the
  /// larger (Harsanyi & Selten 1988, section 3.9).
  case riskDominance = "risk dominance"
  /// A Nash equilibrium in every proper subgame (Selten 1965).
  case subgamePerfect = "subgame perfect"
  /// Best at every information set under consistent beliefs (Kreps & Wilson 1982).
  case sequential
  /// In a signaling game: no type would surely gain by an unsent message that only types which
  /// cannot lose by it would think of (Cho & Kreps 1987).
  case intuitiveCriterion = "intuitive criterion"
  /// In a signaling game: unsent messages are ascribed only to the types that gain by them for the
  /// most replies (Cho & Kreps 1987; Banks & Sobel 1987).
  case d1 = "D1"
  /// The limit of the principal branch of logit equilibria (McKelvey & Palfrey 1995, 1998).
  case logitLimit = "logit limit"
}
