public import Games

/// All methods by name, and the rule that chooses one.
public enum MethodCatalog {
  /// All methods, in the order in which help lists them.
  public static let all: [any EquilibriumMethod] = [
    PureNashMethod(), LemkeHowsonMethod(), ExtremeEquilibriaMethod(), SequentialMethod(),
  ]

  /// The name of the method that selects one sequential equilibrium of a tree.
  public static let selected = SequentialMethod().name

  /// The method of a name.
  public static func method(named name: String) -> (any EquilibriumMethod)? {
    all.first { $0.name == name }
  }

  /// The method for a game for which none was asked.
  public static func fallback(
    for game: GameForm, _ request: SolveRequest
  ) -> any EquilibriumMethod {
    switch game {
    case .extensive: return SequentialMethod()
    case .strategic(let game):
      if game.players.count != 2 { return PureNashMethod() }
      return request.all ? ExtremeEquilibriaMethod() : LemkeHowsonMethod()
    }
  }
}
