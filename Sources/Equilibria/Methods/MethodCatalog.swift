public import Games

/// All methods by name, and the rule that chooses one.
public enum MethodCatalog {
  /// All methods, in the order in which help lists them.
  public static let all: [any EquilibriumMethod] =
    [
      DominanceMethod(), PureNashMethod(), BackwardInductionMethod(), PureSubgamePerfectMethod(),
      PureSequentialMethod(), ZeroSumMethod(), LemkeHowsonMethod(), AccessibleMethod(),
      ExtremeEquilibriaMethod(), SequenceLemkeMethod(), SupportEnumerationMethod(), LogitMethod(),
      GlobalNewtonMethod(), IteratedPolymatrixMethod(),
      CorrelatedMethod(kind: .correlated), CorrelatedMethod(kind: .coarse),
    ] + LearningMethod.Rule.allCases.map { LearningMethod(rule: $0) }

  /// The name of the method that selects one sequential equilibrium of a tree.
  public static let selected = LogitMethod().name

  /// The method of a name.
  public static func method(named name: String) -> (any EquilibriumMethod)? {
    all.first { $0.name == name }
  }

  /// The method for a game for which none was asked.
  ///
  /// One equilibrium of a tree is the limit of the logit path, which is sequential, up to
  /// ``mostTraced`` nodes; beyond, that of the linear program of a constant-sum game of two players,
  /// and else of average play. One of a table is that of the linear program where it is constant-sum,
  /// that of Lemke & Howson for other games of two, and the limit of the logit path for more.
  ///
  /// Where exact arithmetic is asked for, one of a tree is that of Lemke's path on the sequence form
  /// for two players, and the pure sequential ones for more; of a table of more players the pure
  /// ones.
  ///
  /// All equilibria are the extreme ones for two players (of a tree, where its reduced strategic
  /// form has at most ``mostCells`` profiles), for more players those of all supports (where the
  /// table has as few), else the pure ones: subgame-perfect by backward induction where information
  /// is perfect, sequential on other trees, Nash of tables.
  ///
  /// A rationality in the request asks for the logit equilibrium there, whatever the game.
  public static func fallback(
    for game: GameForm, _ request: SolveRequest
  ) -> any EquilibriumMethod {
    if request.lambda != nil { return LogitMethod() }
    return switch game {
    case .strategic(let game):
      request.all ? allOf(game) : oneOf(game, isExact: request.exact == true)
    case .extensive(let game):
      request.all ? allOf(game) : oneOf(game, isExact: request.exact == true)
    }
  }

  private static func oneOf(
    _ game: StrategicGame, isExact: Bool
  ) -> any EquilibriumMethod {
    if game.players.count != 2 { return isExact ? PureNashMethod() : LogitMethod() }
    return (try? ZeroSumStrategic.constantSum(of: game)) == nil
      ? LemkeHowsonMethod() : ZeroSumMethod()
  }

  private static func allOf(_ game: StrategicGame) -> any EquilibriumMethod {
    if game.players.count == 2 { return ExtremeEquilibriaMethod() }
    return game.profileCount <= mostCells ? SupportEnumerationMethod() : PureNashMethod()
  }

  private static func oneOf(
    _ game: ExtensiveGame, isExact: Bool
  ) -> any EquilibriumMethod {
    if isExact {
      return game.tree.players.count == 2 ? SequenceLemkeMethod() : PureSequentialMethod()
    }
    if game.tree.nodes.count <= mostTraced { return LogitMethod() }
    let compiled = try? CompiledSequenceGame(game)
    return compiled?.isTwoPlayerConstantSum == true && game.tree.actionCount <= 5_000
      ? ZeroSumMethod() : LearningMethod(rule: .cfrPlus)
  }

  private static func allOf(_ game: ExtensiveGame) -> any EquilibriumMethod {
    if game.tree.informationSets.allSatisfy({ $0.nodes.count == 1 }) {
      return BackwardInductionMethod()
    }
    let limits = ReducedStrategicForm.Limits(payoffs: 2 * mostCells)
    return game.tree.players.count == 2 && ReducedStrategicForm.fits(game.tree, limits)
      ? ExtremeEquilibriaMethod() : PureSequentialMethod()
  }

  /// The most nodes of a tree for which the logit path is followed by default.
  public static let mostTraced = 5_000

  /// The most profiles of a reduced strategic form all of whose equilibria are sought by default.
  public static let mostCells = 400

  /// Whether the method of this name finds logit equilibria at a stated rationality; others take
  /// none.
  public static func takesLambda(_ name: String) -> Bool { name == LogitMethod().name }

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
    if request.lambda != nil, !takesLambda(method.name) {
      throw .notApplicable(
        "a rationality is for the method '\(selected)', not for '\(method.name)'")
    }
    var solution = try method.solve(game, request)
    if request.exact == true, solution.equilibria.contains(where: { !$0.certificate.isExact }) {
      solution.notes.append("This method works in floating point.")
    }
    solution.noteRefinements(of: game, tolerance: request.tolerance)
    return solution
  }
}
