import Games
import Mathematics

/// Regret minimization in self-play, for large two-player zero-sum trees: see ``SelfPlay``.
struct LearningMethod: EquilibriumMethod {
  /// Which rule learns.
  enum Rule: String, CaseIterable {
    case cfr
    case cfrPlus = "cfr+"
    case discounted = "dcfr"
    case predictive = "pcfr+"
    case externalSampling = "mccfr"
  }

  let rule: Rule
  var name: String { rule.rawValue }
  var summary: String {
    switch rule {
    case .cfr: "counterfactual regret minimization, large trees; to --exploitability"
    case .cfrPlus: "CFR+, large trees; to --exploitability"
    case .discounted: "discounted CFR, large trees; to --exploitability"
    case .predictive: "predictive CFR+, large trees; to --exploitability"
    case .externalSampling: "external-sampling CFR from --seed, very large trees"
    }
  }

  func solve(_ game: GameForm, _ request: SolveRequest) throws(MethodError) -> Solution {
    guard case .extensive(let tree) = game else { throw .treeWanted }
    let result: LearningResult
    let isConstantSum: Bool
    do {
      let compiled = try CompiledSequenceGame(tree)
      isConstantSum = compiled.isTwoPlayerConstantSum
      result = try learn(compiled, tree, request)
    } catch {
      throw .notApplicable("\(error)")
    }
    var solution = Solution(method: name, concept: .nash)
    let gain = result.exploitability.relativeGain
    solution.equilibria = [
      Equilibrium(
        profile: StrategyProfile(result.profile, of: tree.tree),
        payoffs: result.exploitability.values, survives: [],
        certificate: EquilibriumCertificate(
          maximumRegret: max(0, gain), isExact: false, holds: result.converged))
    ]
    solution.notes.append("Average play of \(result.iterations) iterations.")
    if !isConstantSum {
      solution.notes.append(
        "The game is not a two-player zero-sum game, where alone average play is known to approach "
          + "equilibrium; what it reached is measured.")
    }
    if !result.converged {
      solution.notes.append("Not converged to the share of \(request.exploitability) asked for.")
    }
    return solution
  }

  private func learn(
    _ compiled: CompiledSequenceGame, _ tree: ExtensiveGame, _ request: SolveRequest
  ) throws(LearningError) -> LearningResult {
    let goal = LearningGoal(
      .relativeGain(request.exploitability), iterations: request.limit.steps)
    func run(_ method: some SelfPlay) -> LearningResult {
      var method = method
      return method.run(goal, limit: request.limit)
    }
    switch rule {
    case .cfr: return run(CFR(compiled))
    case .cfrPlus: return run(CFRPlus(compiled))
    case .discounted: return run(DiscountedCFR(compiled))
    case .predictive: return run(PredictiveCFRPlus(compiled))
    case .externalSampling:
      return run(try ExternalSamplingCFR(tree, seed: request.seed))
    }
  }
}
