package import Equilibria
import Games
import Mathematics
public import Scenarios

/// One game structure with what is asked of it: the story as it stands, or under a supposition
/// that all know.
public struct World: Sendable {
  /// The suppositions that make it.
  public let supposing: [Supposition]
  /// The game.
  public let game: ParametricGame
  /// The game's numbers for blocks of draws.
  package let block: BlockGame
  /// One solver for each view of the game.
  package let solvers: [SequentialSolver]
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
    let block = BlockGame(game)
    self.block = block
    self.queries = queries
    selection = scenario.solve.selection
    tolerance = scenario.solve.tolerance
    do {
      solvers = try block.symbols.map { symbols throws(SolverError) in
        try SequentialSolver(tree: game.tree, symbols: symbols)
      }
    } catch {
      throw .unsolvable("\(error)")
    }
    viewOfSet = game.tree.informationSets.map { set in
      guard set.bargain == nil else { return 0 }
      return game.views.firstIndex { $0.party == set.player } ?? 0
    }
  }

  /// The play that results: each party's part of the equilibrium of the game that it sees.
  func combine(_ views: [BlockWorkspace], into profile: inout Columns, _ trembles: inout Columns) {
    profile = views[0].probabilities
    trembles = views[0].logTrembles
    for (index, set) in game.tree.informationSets.enumerated() where viewOfSet[index] != 0 {
      let own = views[viewOfSet[index]]
      for action in set.actionRange {
        profile.copy(action, from: own.probabilities)
        trembles.copy(action, from: own.logTrembles)
      }
    }
  }
}
