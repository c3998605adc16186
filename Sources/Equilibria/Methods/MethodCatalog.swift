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

  /// Equilibria of a game by a method, or by the one that the game calls for, each with its
  /// certificate and the refinements that it survives.
  ///
  /// - Throws: ``MethodError`` where there is no such method, it does not apply, or it stops before
  ///   it has a result.
  public static func solve(
    _ game: GameForm, method name: String? = nil, _ request: SolveRequest = SolveRequest()
  ) throws(MethodError) -> Solution {
    var method = fallback(for: game, request)
    if let name {
      guard let named = self.method(named: name) else {
        throw .notApplicable("there is no method '\(name)'")
      }
      method = named
    }
    var solution = try method.solve(game, request)
    solution.noteRefinements(of: game, tolerance: request.tolerance)
    return solution
  }
}
