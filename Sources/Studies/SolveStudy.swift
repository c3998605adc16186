public import Equilibria
import Forecasts
public import Games
public import Scenarios

/// `solve`: one game of a scenario, with its equilibrium and the certificate.
public enum SolveStudy {
  /// A solved game.
  public struct Result: Sendable {
    /// The game.
    public var game: GameForm
    /// What the method found, each equilibrium with its certificate.
    public var solution: Solution
    /// What is decided at each information set; empty for a game that is no scenario's.
    public var decisions: [ParametricGame.Decision] = []
    /// Parties that see another game, which `--as` shows.
    public var misperceivers: [String] = []

    /// Every certificate holds.
    public var isCertified: Bool {
      solution.equilibria.allSatisfy(\.certificate.holds)
        && solution.correlated?.certificate.holds != false
    }
  }

  /// The game at the best estimates, as all know it or as a party sees it.
  public static func game(
    of scenario: Scenario, seenBy party: String?, limits: GameCompiler.Limits
  ) throws(AskStudy.Failure) -> (game: ExtensiveGame, parametric: ParametricGame, view: Int) {
    var order = GameCompiler.Order()
    order.limits = limits
    let (compiled, diagnostics) = GameCompiler.compile(scenario, order)
    guard let parametric = compiled else { throw .input(diagnostics) }
    var view = 0
    if let party {
      guard let index = scenario.parties.firstIndex(where: { $0.name == party }) else {
        throw .input([
          Diagnostic(
            code: "unknown-party", file: scenario.file, message: "'\(party)' is not a party",
            remedy: "the parties are: \(scenario.parties.map(\.name).joined(separator: ", "))")
        ])
      }
      view = parametric.views.firstIndex { $0.party == index } ?? 0
    }
    var values: [Double] = []
    parametric.graph.evaluate(inputs: scenario.inputs.map(\.best), into: &values)
    do {
      return (try parametric.game(view: view, values: values), parametric, view)
    } catch {
      throw .input([
        Diagnostic(
          code: "invalid-numbers", file: scenario.file, place: error.place,
          message: "at the best estimates \(error.message)")
      ])
    }
  }

  /// Solves the game at the best estimates.
  ///
  /// Without a method it is the selected sequential equilibrium, or the logit equilibrium at the
  /// rationality that the scenario fixes.
  public static func run(
    _ scenario: Scenario, seenBy party: String?, method: String? = nil,
    request: SolveRequest = SolveRequest(), limits: GameCompiler.Limits
  ) throws(AskStudy.Failure) -> Result {
    let (game, parametric, view) = try self.game(of: scenario, seenBy: party, limits: limits)
    var request = request
    if method == nil, !request.all, request.lambda == nil,
      scenario.solve.selection == .fixedRationality
    {
      request.lambda = scenario.solve.rationality.map { scenario.inputs[$0].best }
      request.isNormalized = true
    }
    request.symbols = parametric.views[view].symbols
    request.tolerance = scenario.solve.tolerance
    var result = try solve(
      .extensive(game), method: method ?? (request.all ? nil : MethodCatalog.selected), request,
      file: scenario.file)
    result.decisions = parametric.decisions
    result.misperceivers = parametric.views.compactMap { view in
      view.party.map { scenario.parties[$0].name }
    }
    return result
  }

  /// Solves one game by a method, or by the one that the game calls for.
  static func solve(
    _ game: GameForm, method: String?, _ request: SolveRequest, file: String
  ) throws(AskStudy.Failure) -> Result {
    do {
      return Result(game: game, solution: try MethodCatalog.solve(game, method: method, request))
    } catch {
      switch error {
      case .notApplicable: throw refusal(code: "not-solvable", error, file)
      case .stopped: throw refusal(code: "stopped", error, file)
      case .notConverged: throw refusal(code: "not-converged", error, file)
      }
    }
  }

  private static func refusal(
    code: String, _ error: MethodError, _ file: String
  ) -> AskStudy.Failure {
    .refused([Diagnostic(code: code, file: file, message: "\(error)")])
  }
}
