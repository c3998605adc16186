import Games
import Mathematics

/// The limit of the principal branch of logit equilibria, or with λ in the request the point there:
/// on a tree the agent form, see ``SequentialSolver``; else ``StrategicLogitPath``.
struct LogitMethod: EquilibriumMethod {
  let name = "logit"
  let summary = "the limit of the principal logit branch, or the point at --lambda"

  func solve(_ game: GameForm, _ request: SolveRequest) throws(MethodError) -> Solution {
    switch game {
    case .extensive(let game): try solve(game, request)
    case .strategic(let game): try solve(game, request)
    }
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
          of: game, lambda: $0, normalized: request.isNormalized, limit: request.limit,
          workspace: &workspace)
      } ?? solver.solve(game, limit: request.limit, workspace: &workspace)
    var verifier = Verifier(tree: game.tree)
    if let failure = result.failure { throw error(failure, at: result, game, &verifier) }
    let certificate =
      request.lambda.map {
        verifier.logitCertificate(
          for: result.assessment, of: game, lambda: $0, normalized: request.isNormalized,
          tolerance: request.tolerance)
      } ?? verifier.certificate(for: result.assessment, of: game, tolerance: request.tolerance)
    guard certificate.holds else {
      throw uncertified(
        certificate, lambda: result.statistics.lambda, isLimit: request.lambda == nil)
    }
    var solution = Solution(
      method: result.method.name, concept: request.lambda == nil ? .sequential : .logit)
    solution.approach = "the \(result.method.name)"
    solution.equilibria = [equilibrium(result.assessment, game, certificate, verifier)]
    if request.lambda == nil { solution.equilibria[0].survives = [.sequential, .logitLimit] }
    return solution
  }

  /// Where the path stopped, and what somebody could still gain there if all choices are known.
  private func error(
    _ failure: SequentialSolver.Failure, at result: SequentialSolver.Result,
    _ game: ExtensiveGame, _ verifier: inout Verifier
  ) -> MethodError {
    let certificate = verifier.certificate(for: result.assessment, of: game)
    let reached =
      certificate.defect == nil
      ? "\(failure), where somebody could still gain \(certificate.maximumRegret) of its payoff range"
      : "\(failure)"
    if case .stopped = failure { return .stopped(reached) }
    return .notConverged(reached)
  }

  /// What the check of the path's end has against it.
  private func uncertified(
    _ certificate: Certificate, lambda: Double, isLimit: Bool
  ) -> MethodError {
    let place = "at rationality \(SequentialSolver.Failure.text(lambda)), which the path reached,"
    if certificate.distance > Verifier.largestDistance {
      return .notConverged("\(place) the profile is \(certificate.distance) from its witness")
    }
    return .notConverged(
      isLimit
        ? "\(place) somebody would gain \(certificate.maximumRegret) of its payoff range"
        : "\(place) the logit equations hold only to \(certificate.maximumRegret)")
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

  private func solve(
    _ game: StrategicGame, _ request: SolveRequest
  ) throws(MethodError) -> Solution {
    let table = PayoffTable(game)
    do {
      let path = try StrategicLogitPath(table, units: request.isNormalized ? .normalized : .own)
      guard let lambda = request.lambda else {
        let limit = try path.limit(within: request.limit)
        var solution = Solution(method: "limit of the logit path", concept: .nash)
        solution.approach = "the limit of the logit path"
        solution.equilibria = [
          try Certification.nash(
            StrategyProfile(limit.profile), of: .strategic(game), tolerance: request.tolerance)
        ]
        solution.equilibria[0].survives = [.logitLimit]
        return solution
      }
      let point = try path.equilibrium(at: lambda, within: request.limit)
      guard point.residual <= request.tolerance else {
        throw MethodError.notConverged(
          "at rationality \(lambda) the logit equations hold only to \(point.residual)")
      }
      var solution = Solution(
        method: "logit path, followed to the stated rationality", concept: .logit)
      solution.approach = "the \(solution.method)"
      solution.equilibria = [
        Equilibrium(
          profile: StrategyProfile(point.profile),
          payoffs: table.sizes.indices.map { table.value(of: $0, in: point.profile) },
          survives: [],
          certificate: EquilibriumCertificate(
            maximumRegret: point.residual, isExact: false, holds: true))
      ]
      return solution
    } catch let error as StrategicPathError {
      switch error {
      case .notConverged(let reached):
        if case .stopped = reached.cause { throw .stopped("\(error)") }
        throw .notConverged("\(error)")
      case .game: throw .notApplicable("\(error)")
      }
    } catch let error as MethodError {
      throw error
    } catch {
      throw .notConverged("\(error)")
    }
  }
}
