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
  let measures: [Measure]
  /// The number by which each end is weighed once more.
  let weight: Int?
  let selection: SolveSettings.Selection
  let tolerance: Double

  /// An event with its condition and its weight, as indices of the game's events.
  struct Query: Sendable {
    var question: Int?
    var mixesOutside: Bool
    var event: Int
    var given: Int?
    var weight: Int?
    var secret: Int?
  }

  /// A sum over the ends: of a party's payoff or 1, where one of the game's events holds.
  struct Measure: Sendable {
    var party: Int?
    var condition: Int?
  }

  /// Why a world cannot be solved.
  public enum Defect: Error, Sendable {
    case diagnostics([Diagnostic])
    case unsolvable(String)
  }

  /// Compiles the game of a request, and prepares its solvers.
  public init(_ request: WorldRequest, limits: GameCompiler.Limits) throws(Defect) {
    let scenario = request.scenario
    var order = GameCompiler.Order()
    order.supposing = request.supposing
    order.whereCondition = request.whereCondition
    order.limits = limits
    func event(_ condition: Expression?) -> Int? {
      guard let condition else { return nil }
      order.events.append(GameCompiler.Event(condition))
      return order.events.count - 1
    }
    queries = request.queries.map { asked in
      order.events.append(asked.event)
      var query = Query(
        question: asked.question, mixesOutside: asked.mixesOutside, event: order.events.count - 1)
      query.given = event(asked.given)
      query.weight = event(asked.weight)
      if let secret = asked.secret {
        query.secret = order.secrets.count
        order.secrets.append(secret)
      }
      return query
    }
    measures = request.measures.map { Measure(party: $0.party, condition: event($0.condition)) }
    weight = event(request.weight)
    order.numbers = scenario.outside.map { [$0.then] } ?? []
    let (compiled, diagnostics) = GameCompiler.compile(scenario, order)
    guard let game = compiled else { throw .diagnostics(diagnostics) }
    supposing = request.supposing
    self.game = game
    let block = BlockGame(game)
    self.block = block
    selection = request.selection
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
