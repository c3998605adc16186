public import Games
import Mathematics

/// Looks for the sequential equilibria of a game, pure and mixed, within a budget.
///
/// The way to others than the selected one is to change what players get for their own actions and
/// to trace the logit path again. Where all actions that an equilibrium excludes have a price beyond
/// what they could bring, the path can only lead there; the prices' order decides which of them are
/// the rarer, and so what is believed off the path of play. Where a player's gains count as losses,
/// its mixture between actions that it is indifferent between becomes the limit of a path although
/// in the game itself the path avoids it (in a game of coordination, say). What such a path comes to
/// is an equilibrium of the game as it is only if ``Verifier``'s conditions hold there, which is
/// checked for every one, under the beliefs that follow from the path's own witness.
///
/// The search begins with the selected equilibrium and tries single actions at single sets, one
/// action at all sets of a player that differ in what it knows alone, and mixtures; from what is
/// found, those that are extreme by some objective first, it goes on in the same way; what remains of
/// the budget goes to choices by chance. Prices at different subgames act one by one, so that what
/// is found in one subgame combines with what is found in another.
///
/// The list is complete only if iterated conditional dominance leaves a single action at every
/// information set: then there is exactly one sequential equilibrium. The work is a function of the
/// game, the objectives and the options: no clock, no threads.
///
/// ```swift
/// var search = try SequentialSearch(tree: game.tree, symbols: GameSymbols(numbersOf: game))
/// let found = search.equilibria(of: game)
/// found.equilibria.count      // the selected one first
/// found.isComplete            // no other exists: proved
/// ```
///
/// Sources: McKelvey & Palfrey (1998) for the path and why its limit is sequential; Kreps & Wilson
/// (1982) for what is checked; Shimoji & Watson (1998) for conditional dominance.
public struct SequentialSearch: Sendable {
  /// How much work, and how exact.
  public struct Options: Sendable {
    /// The most paths to trace.
    public var paths = 256
    /// The most equilibria to keep; beyond it only those more extreme than all others.
    public var equilibria = 128
    /// The seed of the choices by chance.
    public var seed: UInt64 = 1
    /// The largest regret that counts as none, relative to payoff ranges.
    public var tolerance = 1e-8

    /// 256 paths, 128 equilibria, seed 1.
    public init() {}
  }

  /// A sequential equilibrium that was found and checked.
  public struct Equilibrium: Sendable {
    /// The profile with the witness of its beliefs.
    public var assessment: Assessment
    /// What the verifier said.
    public var certificate: Certificate
    /// By objective, its expected value under the common odds.
    public var objectives: [Double]
  }

  /// What was found.
  public struct Result: Sendable {
    /// The selected equilibrium first, unless it could not be certified; then others, as they were
    /// found. No two of them are alike at all information sets.
    public var equilibria: [Equilibrium]
    /// Whether the selected equilibrium could be certified.
    public var holdsSelected: Bool
    /// No other sequential equilibrium exists: proved.
    public var isComplete: Bool
    /// Paths that were traced.
    public var paths: Int
    /// Evaluations of the paths' equations.
    public var evaluations: Int
  }

  /// The tree that was compiled.
  public let tree: GameTree
  let priced: PricedGame
  let dominance: ConditionalDominance
  /// By kin: the sets of one player that differ in what it knows about itself alone.
  let kins: [[Int]]
  private let plainSolver: SequentialSolver
  private var plainWorkspace: Workspace
  let solver: SequentialSolver
  var workspace: BlockWorkspace
  var verifier: BlockVerifier
  var columns: Columns
  var certificates: [Certificate] = []

  /// How many paths are traced side by side.
  static let batch = 64

  /// Compiles a structure.
  ///
  /// - Parameter symbols: which numbers are equal in every game that will be searched; nil if none
  ///   need be.
  /// - Throws: ``SolverError`` if recall is not perfect or a set has no actions.
  public init(tree: GameTree, symbols: GameSymbols? = nil) throws(SolverError) {
    let symbols = symbols ?? SequentialSearch.distinctSymbols(of: tree)
    self.tree = tree
    plainSolver = try SequentialSolver(tree: tree, symbols: symbols)
    plainWorkspace = plainSolver.makeWorkspace()
    priced = PricedGame(tree: tree, symbols: symbols)
    dominance = ConditionalDominance(tree: tree)
    kins = SequentialSearch.kins(of: tree)
    solver = try SequentialSolver(tree: tree, symbols: priced.symbols)
    workspace = solver.makeBlockWorkspace(draws: SequentialSearch.batch)
    verifier = BlockVerifier(tree: tree, symbols: priced.plain, power: priced.power)
    columns = Columns(count: priced.columnCount, draws: SequentialSearch.batch)
  }

  /// Searches one game of this structure.
  ///
  /// - Parameters:
  ///   - selected: the equilibrium to begin with; nil for the one of ``SequentialSolver``.
  ///   - objectives: weights by terminal; the search looks for equilibria with a low and a high
  ///     expected weight under the common odds. Without any it goes on in the order of discovery.
  ///   - options: the budget.
  /// - Complexity: paths × (a path through the game, and nodes × players).
  public mutating func equilibria(
    of game: ExtensiveGame, selected: Assessment? = nil, objectives: [[Double]] = [],
    options: Options = Options()
  ) -> Result {
    let first =
      selected ?? plainSolver.solve(game, workspace: &plainWorkspace).assessment
    let scale = SequentialSearch.scale(of: game)
    priced.fill(game, into: &columns)
    let isLeft = dominance.actionsLeft(in: game, scale: scale)
    var run = SearchRun(
      game: game, scale: scale, isLeft: isLeft, objectives: objectives, options: options,
      search: self)
    let certificate = certify(first, tolerance: options.tolerance)
    run.begin(with: first, certificate: certificate)
    if run.isSolved {
      return Result(
        equilibria: run.equilibria, holdsSelected: certificate.holds,
        isComplete: certificate.holds, paths: 0, evaluations: 0)
    }
    let before = workspace.statistics
    while let batch = run.nextBatch() { trace(batch, &run) }
    return Result(
      equilibria: run.equilibria, holdsSelected: certificate.holds, isComplete: false,
      paths: run.paths,
      evaluations: workspace.statistics.since(before).evaluations)
  }

  /// The certificate of one assessment in the game whose numbers stand in the columns.
  private mutating func certify(_ assessment: Assessment, tolerance: Double) -> Certificate {
    var profile = Columns(count: tree.actionCount, draws: 1)
    var trembles = profile
    for action in assessment.profile.probabilities.indices {
      profile[action, 0] = assessment.profile.probabilities[action]
      trembles[action, 0] = assessment.logTrembles[action]
    }
    var certificates: [Certificate] = []
    verifier.check(
      profile: profile, logTrembles: trembles, numbers: columns, draws: 1,
      tolerance: tolerance, into: &certificates)
    return certificates[0]
  }

  /// Traces paths under prices and hands on what they come to.
  private mutating func trace(_ batch: [PricedGame.Prices], _ run: inout SearchRun) {
    for (draw, prices) in batch.enumerated() {
      priced.fill(prices, draw: draw, of: run.game, scale: run.scale, into: &columns)
    }
    solver.solve(columns, power: priced.power, draws: batch.count, workspace: &workspace)
    verifier.check(
      profile: workspace.probabilities, logTrembles: workspace.logTrembles, numbers: columns,
      draws: batch.count, tolerance: run.options.tolerance, into: &certificates)
    for (draw, prices) in batch.enumerated()
    where workspace.failures[draw] == nil && certificates[draw].holds {
      run.add(workspace.assessment(of: draw), certificates[draw], under: prices)
    }
  }

  /// Each player's lowest payoff and payoff range.
  static func scale(of game: ExtensiveGame) -> [(low: Double, range: Double)] {
    let players = game.tree.players.count
    return game.payoffRanges().enumerated().map { player, range in
      let own = stride(from: player, to: game.payoffs.count, by: players)
      return (own.lazy.map { game.payoffs[$0] }.min() ?? 0, range)
    }
  }

  /// Symbols under which no two numbers are equal.
  private static func distinctSymbols(of tree: GameTree) -> GameSymbols {
    let payoffs = Int32(tree.terminals.count * tree.players.count)
    let branches = Int32(tree.branchTarget.count)
    let own = tree.players.indices.map { player -> [Int32]? in
      let first = payoffs + branches * Int32(player + 1)
      return Array(first..<(first + branches))
    }
    return GameSymbols(
      payoffs: Array(0..<payoffs), odds: Array(payoffs..<(payoffs + branches)), subjectiveOdds: own)
  }

  /// Groups of at least two sets of one player with the same actions after the same moves.
  private static func kins(of tree: GameTree) -> [[Int]] {
    struct Key: Hashable {
      var player: Int
      var actions: [String]
      var moves: [String]
    }
    var known: [Key: Int] = [:]
    var kins: [[Int]] = []
    for (id, set) in tree.informationSets.enumerated()
    where set.bargain == nil && set.actions.count > 1 {
      var moves: [String] = []
      var below = tree.nodes[set.nodes[0]]
      while below.parent >= 0 {
        let above = tree.nodes[Int(below.parent)]
        if above.kind == .decision {
          let other = tree.informationSets[Int(above.index)]
          moves.append("\(other.player) " + other.actions[Int(below.incoming - above.firstBranch)])
        }
        below = above
      }
      let key = Key(player: set.player, actions: set.actions, moves: moves)
      if let place = known[key] {
        kins[place].append(id)
      } else {
        known[key] = kins.count
        kins.append([id])
      }
    }
    return kins.filter { $0.count > 1 }
  }
}
