public import Equilibria
import Forecasts
public import Games
public import Scenarios

/// `solve`: one game of a scenario, with its equilibrium and the certificate.
public enum SolveStudy {
  /// A solved game.
  public struct Result: Sendable {
    /// The game.
    public var game: ExtensiveGame
    /// What is decided at each information set.
    public var decisions: [ParametricGame.Decision]
    /// The method, as a word.
    public var method: String
    /// `sequential`, or `logit` at a fixed rationality.
    public var concept: String
    /// The profile and the witness of its beliefs.
    public var assessment: Assessment
    /// What the verifier found.
    public var certificate: Certificate
    /// By information set, over its nodes.
    public var beliefs: [[Double]]
    /// Parties that see another game, which `--as` shows.
    public var misperceivers: [String]
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
  public static func run(
    _ scenario: Scenario, seenBy party: String?, limits: GameCompiler.Limits
  ) throws(AskStudy.Failure) -> Result {
    let (game, parametric, view) = try self.game(of: scenario, seenBy: party, limits: limits)
    let solver: SequentialSolver
    do {
      solver = try SequentialSolver(tree: game.tree, symbols: parametric.views[view].symbols)
    } catch {
      throw .refused([
        Diagnostic(code: "not-solvable", file: scenario.file, message: "\(error)")
      ])
    }
    var workspace = solver.makeWorkspace()
    let isLogit = scenario.solve.selection == .fixedRationality
    let lambda = scenario.solve.rationality.map { scenario.inputs[$0].best }
    let solution: SequentialSolver.Result
    if isLogit, let lambda {
      solution = solver.logitEquilibrium(of: game, lambda: lambda, workspace: &workspace)
    } else {
      solution = solver.solve(game, workspace: &workspace)
    }
    if let failure = solution.failure {
      throw .refused([
        Diagnostic(
          code: "not-converged", file: scenario.file,
          message: "the path of logit equilibria could not be followed to its end: "
            + World.sentence(failure))
      ])
    }
    var verifier = Verifier(tree: game.tree)
    let certificate: Certificate
    if isLogit, let lambda {
      certificate = verifier.logitCertificate(
        for: solution.assessment, of: game, lambda: lambda, tolerance: scenario.solve.tolerance)
    } else {
      certificate = verifier.certificate(
        for: solution.assessment, of: game, tolerance: scenario.solve.tolerance)
    }
    let beliefs = game.tree.informationSets.indices.map { verifier.beliefs(at: $0) }
    let misperceivers = parametric.views.compactMap { view in
      view.party.map { scenario.parties[$0].name }
    }
    return Result(
      game: game, decisions: parametric.decisions, method: solution.method.name,
      concept: isLogit ? "logit" : "sequential", assessment: solution.assessment,
      certificate: certificate, beliefs: beliefs, misperceivers: misperceivers)
  }
}

extension SequentialSolver.Method {
  /// As reports write it.
  var name: String {
    switch self {
    case .backwardInduction: "backward induction"
    case .logitLimit: "limit of the agent logit path"
    case .logitEquilibrium: "agent logit path, followed to the stated rationality"
    }
  }
}
