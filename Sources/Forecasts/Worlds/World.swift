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
  let standpoints: [Standpoint]
  /// The event that must hold at an end for it to count in the main line of play.
  let lineCondition: Int?
  /// Whether the terms of payoffs are known one by one.
  let hasTerms: Bool
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

  /// A sum over the ends: of a party's payoff, one of its terms, or 1, where one of the game's events
  /// holds.
  struct Measure: Sendable {
    var party: Int?
    var term: Int?
    var condition: Int?
    /// The index of the standpoint; nil for the analyst's.
    var standpoint: Int?
  }

  /// How a party sees what will happen, where that is not as the analyst does.
  struct Standpoint: Sendable, Equatable {
    var party: Int
    /// The view whose equilibrium it expects.
    var view: Int
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
    weight = event(request.weight)
    var measures = request.measures.map {
      Measure(party: $0.party, term: $0.term, condition: event($0.condition))
    }
    lineCondition = event(request.lineCondition)
    hasTerms = request.wantsTerms || measures.contains { $0.term != nil }
    order.wantsTerms = hasTerms
    order.numbers = scenario.outside.map { [$0.then] } ?? []
    let (compiled, diagnostics) = GameCompiler.compile(scenario, order)
    guard let game = compiled else { throw .diagnostics(diagnostics) }
    var standpoints: [Standpoint] = []
    for (index, asked) in request.measures.enumerated() {
      guard let seen = asked.viewer.flatMap({ World.standpoint(of: $0, in: game) }) else {
        continue
      }
      measures[index].standpoint =
        standpoints.firstIndex(of: seen)
        ?? {
          standpoints.append(seen)
          return standpoints.count - 1
        }()
    }
    self.measures = measures
    self.standpoints = standpoints
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

  /// How a party sees the game; nil if as the analyst does.
  private static func standpoint(of party: Int, in game: ParametricGame) -> Standpoint? {
    let view = game.views.firstIndex { $0.party == party } ?? 0
    if view == 0, game.views[0].subjectiveOdds[party] == nil { return nil }
    return Standpoint(party: party, view: view)
  }

  /// By terminal, the column of a party's payoff or of one of its terms in a view.
  func columns(of party: Int, term: Int?, view: Int) -> [Int] {
    let terminals = game.tree.terminals.indices
    guard let term else {
      let players = game.tree.players.count
      return terminals.map { Int(block.symbols[view].payoffs[$0 * players + party]) }
    }
    let terms = block.terms[view][party]
    let count = terms.count / max(terminals.count, 1)
    return terminals.map { Int(terms[$0 * count + term]) }
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
