import Games
import Mathematics

/// Which refinements the equilibria of a tree survive.
struct TreeRefinements {
  private let game: ExtensiveGame
  private let signaling: SignalingGame?
  /// Every information set is one node.
  private let isOpen: Bool
  /// The limit of the principal branch of agent logit equilibria.
  private let limit: BehaviorProfile?
  /// In larger trees the logit path is not traced, nor are beliefs sought, for the sake of a
  /// remark.
  private static let mostNodes = 2_000
  /// How near a profile must be to the limit to be it.
  private static let nearness = 1e-6

  init(_ game: ExtensiveGame) {
    self.game = game
    signaling = SignalingGame(game)
    isOpen = game.tree.informationSets.allSatisfy { $0.nodes.count == 1 }
    limit = TreeRefinements.logitLimit(of: game)
  }

  private static func logitLimit(of game: ExtensiveGame) -> BehaviorProfile? {
    guard game.tree.nodes.count <= mostNodes,
      let solver = try? SequentialSolver(tree: game.tree, symbols: GameSymbols(numbersOf: game))
    else { return nil }
    var workspace = solver.makeWorkspace()
    let result = solver.solve(game, workspace: &workspace)
    return result.failure == nil ? result.assessment.profile : nil
  }

  /// What a Nash equilibrium survives besides.
  ///
  /// - Parameters:
  ///   - isSequential: it is known to be a sequential equilibrium.
  ///   - tolerance: the largest regret that counts as none, relative to payoff ranges, where the
  ///     profile is not exact.
  func survived(
    by profile: StrategyProfile, isSequential: Bool, tolerance: Double
  ) -> Set<Refinement> {
    var survived: Set<Refinement> = []
    var isSequential = isSequential
    if isSubgamePerfect(profile, tolerance: tolerance) {
      survived.insert(.subgamePerfect)
      // Where everybody sees everything there is nothing to believe.
      if isOpen { isSequential = true }
    }
    if isSequential {
      survived.formUnion([.subgamePerfect, .sequential])
      survived.formUnion(signals(profile))
    }
    if let limit {
      let distance = zip(profile.numeric.joined(), limit.probabilities).map { abs($0 - $1) }.max()
      if distance ?? 0 <= TreeRefinements.nearness { survived.insert(.logitLimit) }
    }
    return survived
  }

  private func isSubgamePerfect(_ profile: StrategyProfile, tolerance: Double) -> Bool {
    switch profile {
    case .exact(let shares):
      let certificate = try? SubgamePerfectVerifier.certificate(
        of: ExactBehaviorProfile(shares.flatMap { $0 }), in: game, numbers: .decimals)
      return certificate?.isSubgamePerfect() == true
    case .numeric(let shares):
      guard
        let certificate = try? SubgamePerfectVerifier.certificate(
          of: BehaviorProfile(shares.flatMap { $0 }), in: game)
      else { return false }
      let ranges = game.payoffRanges()
      return certificate.regrets.allSatisfy { regrets in
        zip(regrets, ranges).allSatisfy { $0 <= tolerance * $1 }
      }
    }
  }

  /// Beliefs and trembles that make an exact profile a sequential equilibrium, where there are any
  /// and they are found within a moderate number of steps.
  func assessment(of profile: StrategyProfile) -> ExactAssessment? {
    guard !isOpen, game.tree.nodes.count <= TreeRefinements.mostNodes,
      case .exact(let shares) = profile,
      case .sequential(let assessment) = try? SequentialTest.decide(
        ExactBehaviorProfile(shares.flatMap { $0 }), in: game, numbers: .decimals)
    else { return nil }
    return assessment
  }

  private func signals(_ profile: StrategyProfile) -> Set<Refinement> {
    guard let signaling else { return [] }
    var slack = Rational.zero
    let exact: [[Rational]]
    switch profile {
    case .exact(let shares): exact = shares
    case .numeric(let shares):
      exact = shares.map { $0.compactMap { Rational(exactly: $0) } }
      slack = Rational(exactly: 1e-9 * game.payoffRanges()[signaling.sender]) ?? .zero
    }
    let refinements = SignalingRefinements(signaling, profile: exact, slack: slack)
    var survived: Set<Refinement> = []
    if refinements.surviveIntuitiveCriterion { survived.insert(.intuitiveCriterion) }
    if refinements.survivesD1 == true { survived.insert(.d1) }
    return survived
  }
}
