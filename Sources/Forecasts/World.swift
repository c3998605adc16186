import Equilibria
import Games
public import Scenarios

/// One game structure with what is asked of it: the story as it stands, or under a supposition
/// that all know.
public struct World: Sendable {
  /// The suppositions that make it.
  public let supposing: [Supposition]
  /// The game.
  public let game: ParametricGame
  /// One solver for each view of the game.
  let solvers: [SequentialSolver]
  /// For each information set, the view whose equilibrium its mover plays.
  let viewOfSet: [Int]
  let queries: [Query]
  let selection: SolveSettings.Selection
  let tolerance: Double

  /// A question's event and condition, as indices of the game's events.
  struct Query: Sendable {
    var question: Int
    var event: Int
    var given: Int?
    var secret: Int?
  }

  /// Why a world cannot be solved.
  public enum Defect: Error, Sendable {
    case diagnostics([Diagnostic])
    case unsolvable(String)
  }

  /// Compiles the game that a supposition makes, and prepares its solvers.
  ///
  /// `questions` are indices of the scenario's questions; each must have this supposition, or a
  /// secret one where this is the story as it stands.
  public init(
    _ scenario: Scenario, supposing: [Supposition], whereCondition: Expression?,
    questions: [Int], limits: GameCompiler.Limits
  ) throws(Defect) {
    var order = GameCompiler.Order()
    order.supposing = supposing
    order.whereCondition = whereCondition
    order.limits = limits
    var queries: [Query] = []
    for index in questions {
      let question = scenario.questions[index]
      var query = Query(question: index, event: order.events.count, given: nil, secret: nil)
      order.events.append(GameCompiler.Event(question.event, by: question.by))
      if let given = question.given {
        query.given = order.events.count
        order.events.append(GameCompiler.Event(given))
      }
      if question.isSecret {
        query.secret = order.secrets.count
        order.secrets.append(
          GameCompiler.SecretSupposition(
            choices: question.supposing, whereCondition: question.whereCondition))
      }
      queries.append(query)
    }
    order.numbers = scenario.outside.map { [$0.then] } ?? []
    let (compiled, diagnostics) = GameCompiler.compile(scenario, order)
    guard let game = compiled else { throw .diagnostics(diagnostics) }
    self.supposing = supposing
    self.game = game
    self.queries = queries
    selection = scenario.solve.selection
    tolerance = scenario.solve.tolerance
    do {
      solvers = try game.views.map { view throws(SolverError) in
        try SequentialSolver(tree: game.tree, symbols: view.symbols)
      }
    } catch {
      throw .unsolvable("\(error)")
    }
    viewOfSet = game.tree.informationSets.map { set in
      guard set.bargain == nil else { return 0 }
      return game.views.firstIndex { $0.party == set.player } ?? 0
    }
  }

  /// What solving one view comes to.
  enum Solution {
    case success(Assessment, regret: Double)
    case failure(String)
  }

  /// Solves one view of the game with a draw's numbers, and certifies it.
  func solve(
    view: Int, _ numbers: ExtensiveGame, rationality: Double?, workspace: inout Workspace,
    verifier: inout Verifier
  ) -> Solution {
    if selection == .fixedRationality, let rationality {
      let result = solvers[view].logitEquilibrium(
        of: numbers, lambda: rationality, workspace: &workspace)
      if let failure = result.failure { return .failure("\(failure)") }
      let certificate = verifier.logitCertificate(
        for: result.assessment, of: numbers, lambda: rationality, tolerance: tolerance)
      guard certificate.holds else {
        return .failure("the logit equations hold only to \(certificate.maximumRegret)")
      }
      return .success(result.assessment, regret: certificate.maximumRegret)
    }
    let result = solvers[view].solve(numbers, workspace: &workspace)
    if let failure = result.failure { return .failure("\(failure)") }
    let certificate = verifier.certificate(
      for: result.assessment, of: numbers, tolerance: tolerance)
    guard certificate.holds else {
      let label =
        game.tree.informationSets.indices.contains(certificate.informationSet)
        ? game.tree.informationSets[certificate.informationSet].label : "an information set"
      return .failure(
        "a party could gain \(certificate.maximumRegret) of its payoff range at '\(label)'")
    }
    return .success(result.assessment, regret: certificate.maximumRegret)
  }

  /// The play that results: each party's part of the equilibrium of the game that it sees.
  func combined(_ assessments: [Assessment]) -> Assessment {
    guard assessments.count > 1, var result = assessments.first else {
      return assessments.first ?? Assessment(profile: BehaviorProfile([]), logTrembles: [])
    }
    for (index, set) in game.tree.informationSets.enumerated() where viewOfSet[index] != 0 {
      let own = assessments[viewOfSet[index]]
      for action in set.actionRange {
        result.profile.probabilities[action] = own.profile.probabilities[action]
        result.logTrembles[action] = own.logTrembles[action]
      }
    }
    return result
  }
}
