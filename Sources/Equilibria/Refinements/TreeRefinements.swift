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

  /// What is known of the refinements of one equilibrium.
  struct Verdict {
    var survived: Set<Refinement> = []
    var undecided: Set<Refinement> = []
  }

  /// What a Nash equilibrium survives besides.
  ///
  /// - Parameters:
  ///   - isSequential: whether it is a sequential equilibrium; nil if that is not known.
  ///   - tolerance: the largest regret that counts as none, relative to payoff ranges, where the
  ///     profile is not exact.
  func verdict(
    on profile: StrategyProfile, isSequential: Bool?, tolerance: Double
  ) -> Verdict {
    var verdict = Verdict()
    let isPerfect = isSequential == true ? true : isSubgamePerfect(profile, tolerance: tolerance)
    verdict.note(.subgamePerfect, isPerfect)
    // Where everybody sees everything there is nothing to believe.
    let isSequential = isSequential ?? (isOpen || isPerfect == false ? isPerfect : nil)
    verdict.note(.sequential, isSequential)
    if signaling != nil {
      if isSequential == true {
        signals(profile, &verdict)
      } else if isSequential == nil {
        verdict.undecided.formUnion([.intuitiveCriterion, .d1])
      }
    }
    let distance = limit.map { limit in
      zip(profile.numeric.joined(), limit.probabilities).map { abs($0 - $1) }.max() ?? 0
    }
    verdict.note(.logitLimit, distance.map { $0 <= TreeRefinements.nearness })
    return verdict
  }

  /// Nil where the profile cannot be checked.
  private func isSubgamePerfect(_ profile: StrategyProfile, tolerance: Double) -> Bool? {
    switch profile {
    case .exact(let shares):
      let certificate = try? SubgamePerfectVerifier.certificate(
        of: ExactBehaviorProfile(shares.flatMap { $0 }), in: game, numbers: .decimals)
      return certificate?.isSubgamePerfect()
    case .numeric(let shares):
      let certificate = try? SubgamePerfectVerifier.certificate(
        of: BehaviorProfile(shares.flatMap { $0 }), in: game)
      let ranges = game.payoffRanges()
      return certificate?.regrets.allSatisfy { regrets in
        zip(regrets, ranges).allSatisfy { $0 <= tolerance * $1 }
      }
    }
  }

  /// Whether beliefs and trembles make an exact profile a sequential equilibrium, within a moderate
  /// number of steps; where everybody sees everything, this is not asked.
  func answer(on profile: StrategyProfile) -> SequentialTest.Answer {
    guard !isOpen, game.tree.nodes.count <= TreeRefinements.mostNodes,
      case .exact(let shares) = profile
    else { return .undecided }
    let answer = try? SequentialTest.decide(
      ExactBehaviorProfile(shares.flatMap { $0 }), in: game, numbers: .decimals)
    return answer ?? .undecided
  }

  private func signals(_ profile: StrategyProfile, _ verdict: inout Verdict) {
    guard let signaling else { return }
    var slack = Rational.zero
    let exact: [[Rational]]
    switch profile {
    case .exact(let shares): exact = shares
    case .numeric(let shares):
      exact = shares.map { $0.compactMap { Rational(exactly: $0) } }
      slack = Rational(exactly: 1e-9 * game.payoffRanges()[signaling.sender]) ?? .zero
    }
    let refinements = SignalingRefinements(signaling, profile: exact, slack: slack)
    verdict.note(.intuitiveCriterion, refinements.surviveIntuitiveCriterion)
    verdict.note(.d1, refinements.survivesD1)
  }
}

extension TreeRefinements.Verdict {
  /// Notes whether one refinement is survived; nil if that could not be decided.
  mutating func note(_ refinement: Refinement, _ isSurvived: Bool?) {
    switch isSurvived {
    case true?: survived.insert(refinement)
    case false?: break
    case nil: undecided.insert(refinement)
    }
  }
}
