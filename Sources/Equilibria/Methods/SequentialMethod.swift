import Games
import Mathematics

/// The selected sequential equilibrium of a tree: see ``SequentialSolver``. With λ in the request,
/// the agent logit equilibrium on the principal branch.
struct SequentialMethod: EquilibriumMethod {
  let name = "logit"
  let summary =
    "the limit of the principal logit branch, or the point at --lambda, any number of players"

  func solve(_ game: GameForm, _ request: SolveRequest) throws(MethodError) -> Solution {
    guard case .extensive(let game) = game else {
      throw .notApplicable("not yet")
    }
    return try solve(game, request)
  }

  /// The equilibrium of a tree.
  func solve(
    _ game: ExtensiveGame, _ request: SolveRequest
  ) throws(MethodError) -> Solution {
    let solver: SequentialSolver
    do {
      solver = try SequentialSolver(
        tree: game.tree, symbols: request.symbols ?? GameSymbols(numbersOf: game))
    } catch {
      throw .notApplicable("\(error)")
    }
    var workspace = solver.makeWorkspace()
    let result =
      request.lambda.map {
        solver.logitEquilibrium(
          of: game, lambda: $0, normalized: request.isNormalized, workspace: &workspace)
      } ?? solver.solve(game, workspace: &workspace)
    if let failure = result.failure {
      throw .notConverged(
        "the path of logit equilibria could not be followed to its end: \(failure)")
    }
    var verifier = Verifier(tree: game.tree)
    let certificate =
      request.lambda.map {
        verifier.logitCertificate(
          for: result.assessment, of: game, lambda: $0, tolerance: request.tolerance)
      } ?? verifier.certificate(for: result.assessment, of: game, tolerance: request.tolerance)
    var solution = Solution(
      method: result.method.name, concept: request.lambda == nil ? .sequential : .logit)
    solution.approach = "the \(result.method.name)"
    solution.equilibria = [equilibrium(result.assessment, game, certificate, verifier)]
    if request.lambda == nil { solution.equilibria[0].survives = [.sequential, .logitLimit] }
    return solution
  }

  private func equilibrium(
    _ assessment: Assessment, _ game: ExtensiveGame, _ certificate: Certificate,
    _ verifier: Verifier
  ) -> Equilibrium {
    let tree = game.tree
    return Equilibrium(
      profile: StrategyProfile(assessment.profile, of: tree),
      payoffs: game.expectedPayoffs(of: assessment.profile),
      beliefs: tree.informationSets.indices.map { verifier.beliefs(at: $0) },
      logTrembles: tree.informationSets.map { Array(assessment.logTrembles[$0.actionRange]) },
      survives: [],
      certificate: EquilibriumCertificate(
        maximumRegret: certificate.maximumRegret, isExact: false,
        witness: "a fully mixed profile at a distance of \(certificate.distance)",
        holds: certificate.holds))
  }
}
