public import Games
public import Mathematics

/// Finds the selected sequential equilibrium of games that share one structure.
///
/// The rule: payoffs are divided by each player's range. The game splits into its proper subgames,
/// solved from the leaves, each replaced by its values; where a subgame needs no belief or guess
/// about simultaneous choices this is backward induction with ties split equally; the rest is the
/// limit of the principal branch of agent logit equilibria (McKelvey & Palfrey 1998), polished.
/// Each player weighs chance by its own odds, in its values and its beliefs.
///
/// The structure is compiled once; a solver is immutable and may be shared by threads, each with a
/// ``Workspace`` of its own. A solve allocates its result only.
public struct SequentialSolver: Sendable {
  /// How an equilibrium was found.
  public enum Method: Sendable, Equatable {
    /// No set's choice depends on an unknown choice: backward induction with ties split equally.
    case backwardInduction
    /// Some subgame needed the path of logit equilibria.
    case logitLimit
    /// Logit equilibrium at a fixed λ.
    case logitEquilibrium

    /// As reports write it.
    public var name: String {
      switch self {
      case .backwardInduction: "backward induction"
      case .logitLimit: "limit of the agent logit path"
      case .logitEquilibrium: "agent logit path, followed to the stated rationality"
      }
    }
  }

  /// Why no equilibrium was found.
  public enum Failure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The numbers do not fit the structure (counts, or a player's own odds without symbols).
    case malformed
    /// A payoff or an odds value is not finite.
    case notFinite
    /// The path's steps became too small, at this λ in the subgame that begins at this node.
    case stepUnderflow(lambda: Double, node: Int)
    /// The path had too many steps.
    case stepLimit(lambda: Double, node: Int)
    /// Newton's method did not converge at the wanted λ.
    case notConverged(lambda: Double, node: Int)
    /// The limit of work was reached on the path, at this λ.
    case stopped(WorkLimit.Stop, lambda: Double, node: Int)

    /// The failure as a sentence without a full stop.
    public var description: String {
      switch self {
      case .malformed: "the numbers do not fit the game"
      case .notFinite: "a payoff or odds are not finite"
      case .stepUnderflow(let lambda, _):
        "the logit path could not be followed beyond rationality \(Failure.text(lambda))"
      case .stepLimit(let lambda, _):
        "the logit path took too many steps; it reached rationality \(Failure.text(lambda))"
      case .notConverged(let lambda, _):
        "the equations did not converge at rationality \(Failure.text(lambda))"
      case .stopped(let stop, let lambda, _):
        "the logit path \(stop); it reached rationality \(Failure.text(lambda))"
      }
    }

    /// The failure with λ divided by a unit of payoffs.
    func inUnits(of unit: Double) -> Failure {
      switch self {
      case .malformed, .notFinite: self
      case .stepUnderflow(let lambda, let node): .stepUnderflow(lambda: lambda / unit, node: node)
      case .stepLimit(let lambda, let node): .stepLimit(lambda: lambda / unit, node: node)
      case .notConverged(let lambda, let node): .notConverged(lambda: lambda / unit, node: node)
      case .stopped(let stop, let lambda, let node):
        .stopped(stop, lambda: lambda / unit, node: node)
      }
    }

    /// A rationality to the thousandth, or to the unit where it is large.
    static func text(_ lambda: Double) -> String {
      if lambda < 1_000 { return "\((lambda * 1_000).rounded() / 1_000)" }
      return lambda < 1e15 ? "\(Int(lambda))" : "\(lambda)"
    }
  }

  /// What the solve took.
  public struct Statistics: Sendable, Equatable {
    /// Steps along paths, tried ones included.
    public var steps = 0
    /// Evaluations of the equations with derivatives.
    public var evaluations = 0
    /// The largest λ reached.
    public var lambda = 0.0
    /// Bifurcations passed on symmetric ground.
    public var bifurcations = 0
    /// Subgames that needed the second, cautious attempt.
    public var retries = 0
    /// Subgames whose choices were not decided at the largest λ.
    public var undecided = 0
  }

  /// The equilibrium, or where the search stopped and why.
  public struct Result: Sendable {
    /// The profile with its witness for all information sets; after a failure the last point.
    public var assessment: Assessment
    /// How it was found.
    public var method: Method
    /// What the solve took.
    public var statistics: Statistics
    /// `nil` if solved.
    public var failure: Failure?
  }

  /// The numbers of one game, by reference.
  struct Numbers {
    var payoffs: [Double]
    var odds: [Double]
    var subjectiveOdds: [[Double]?]
    var power: [Double]
  }

  /// The structure that was compiled.
  public let tree: GameTree
  let compiled: Compiled

  /// The compiled structure.
  struct Compiled: Sendable {
    /// From the leaves to the root.
    var subgames: [LogitProgram] = []
    var whole: LogitProgram
    var wholeIsLast: Bool
    var hasSymbols: Bool
    /// Which players may hold odds of their own.
    var ownOdds: [Bool]
  }

  /// Compiles a structure.
  ///
  /// - Parameter symbols: which numbers are equal in every draw; without them nothing is assumed.
  /// - Throws: ``SolverError`` if recall is not perfect or a set has no actions.
  /// - Complexity: about linear in nodes × players.
  public init(tree: GameTree, symbols: GameSymbols? = nil) throws(SolverError) {
    self.tree = tree
    if let lapse = Recall(of: tree).firstLapse {
      throw .imperfectRecall(informationSet: tree.informationSets[lapse].label)
    }
    for set in tree.informationSets where set.actions.isEmpty {
      throw .noActions(informationSet: set.label)
    }
    let regions = Regions(of: tree)
    let subgames = regions.lists.reversed().map { region in
      regions.program(region, tree: tree, symbols: symbols)
    }
    let single = regions.lists.count == 1
    let whole =
      single
      ? subgames[0]
      : Regions(wholeOf: tree).program(
        Array(tree.nodes.indices), tree: tree, symbols: symbols)
    compiled = Compiled(
      subgames: subgames, whole: whole, wholeIsLast: single, hasSymbols: symbols != nil,
      ownOdds: symbols.map { $0.subjectiveOdds.map { $0 != nil } }
        ?? tree.players.map { _ in true })
  }

  /// Memory for one thread's solves.
  public func makeWorkspace() -> Workspace {
    Workspace(programs: compiled.subgames + [compiled.whole], tree: tree)
  }

  /// The selected equilibrium of one game.
  ///
  /// - Parameters:
  ///   - payoffs: by terminal × player, as ``ExtensiveGame/payoffs``.
  ///   - odds: by branch id, as ``ExtensiveGame/odds``.
  ///   - subjectiveOdds: for each player that holds its own odds, by branch id.
  ///   - power: by ``GameTree/Bargain/powerIndex``.
  ///   - limit: when to stop, counted in steps of all paths; nil for never, cancelled or not.
  public func solve(
    payoffs: [Double], odds: [Double], subjectiveOdds: [[Double]?], power: [Double],
    limit: WorkLimit? = nil, workspace: inout Workspace
  ) -> Result {
    let numbers = Numbers(
      payoffs: payoffs, odds: odds, subjectiveOdds: subjectiveOdds, power: power)
    if let failure = workspace.load(
      numbers, tree: tree, ownOdds: compiled.ownOdds, normalized: true)
    {
      return workspace.result(method: .logitLimit, failure: failure)
    }
    var method = Method.backwardInduction
    for program in compiled.subgames {
      if program.unknownCount > 0 { method = .logitLimit }
      if let failure = workspace.run(program, numbers, target: nil, limit: limit) {
        return workspace.result(method: method, failure: failure)
      }
    }
    return workspace.result(method: method, failure: nil)
  }

  /// The selected equilibrium of a game of this structure.
  ///
  /// - Parameter limit: when to stop, counted in steps of all paths; nil for never, cancelled or not.
  public func solve(
    _ game: ExtensiveGame, limit: WorkLimit? = nil, workspace: inout Workspace
  ) -> Result {
    solve(
      payoffs: game.payoffs, odds: game.odds, subjectiveOdds: game.subjectiveOdds,
      power: game.power, limit: limit, workspace: &workspace)
  }

  /// The agent logit equilibrium at a fixed λ on the principal branch: where the branch from λ = 0
  /// first gets there. Logarithms of probabilities hold to 1e-10.
  ///
  /// - Parameters:
  ///   - lambda: rationality, in units of each player's payoff range if `normalized`, else in the
  ///     game's own units.
  ///   - normalized: whether payoffs are divided by their range first.
  ///   - limit: when to stop, counted in steps of the path; nil for never, cancelled or not.
  public func logitEquilibrium(
    of game: ExtensiveGame, lambda: Double, normalized: Bool = true, limit: WorkLimit? = nil,
    workspace: inout Workspace
  ) -> Result {
    let numbers = Numbers(
      payoffs: game.payoffs, odds: game.odds, subjectiveOdds: game.subjectiveOdds,
      power: game.power)
    if let failure = workspace.load(
      numbers, tree: tree, ownOdds: compiled.ownOdds, normalized: normalized)
    {
      return workspace.result(method: .logitEquilibrium, failure: failure)
    }
    let unit = normalized ? 1 : workspace.measureAlike(numbers.payoffs)
    let failure = workspace.run(
      compiled.whole, numbers, target: max(0, lambda * unit), limit: limit)
    workspace.divideLambda(by: unit)
    return workspace.result(method: .logitEquilibrium, failure: failure?.inUnits(of: unit))
  }
}

/// The regions of a tree: its subgames, each without its own proper subgames.
private struct Regions {
  /// Node ids of each region in preorder; regions in preorder of their roots.
  var lists: [[Int]]
  var rootOf: [Int32]

  /// Regions that begin at subgames in which somebody decides.
  init(of tree: GameTree) {
    var decides = [Bool](repeating: false, count: tree.nodes.count)
    for id in tree.nodes.indices.reversed() {
      let node = tree.nodes[id]
      if node.kind == .decision { decides[id] = true }
      if decides[id], node.parent >= 0 { decides[Int(node.parent)] = true }
    }
    var regionOf = [Int32](repeating: 0, count: tree.nodes.count)
    var isRoot = [Bool](repeating: false, count: tree.nodes.count)
    for root in Subgames(of: tree).roots where root == 0 || decides[root] { isRoot[root] = true }
    lists = []
    for id in tree.nodes.indices {
      if isRoot[id] {
        regionOf[id] = Int32(lists.count)
        lists.append([])
      } else {
        regionOf[id] = regionOf[Int(tree.nodes[id].parent)]
      }
      lists[Int(regionOf[id])].append(id)
    }
    rootOf = regionOf
  }

  /// The whole tree as one region.
  init(wholeOf tree: GameTree) {
    lists = [Array(tree.nodes.indices)]
    rootOf = Array(repeating: 0, count: tree.nodes.count)
  }

  func program(_ region: [Int], tree: GameTree, symbols: GameSymbols?) -> LogitProgram {
    var position = [Int32](repeating: -1, count: tree.nodes.count)
    for (place, node) in region.enumerated() { position[node] = Int32(place) }
    return LogitProgramCompiler.program(
      tree: tree, symbols: symbols, region: region, position: position)
  }
}
