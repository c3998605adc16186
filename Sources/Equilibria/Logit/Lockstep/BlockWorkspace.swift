internal import Games
public import Mathematics

/// One thread's memory for solving blocks of draws with a ``SequentialSolver``, and what it found:
/// made once, reused by every block.
public struct BlockWorkspace: Sendable {
  /// By action of the tree: the choice in each draw.
  public internal(set) var probabilities: Columns
  /// By action of the tree: the logarithm of the witness's probability in each draw.
  public internal(set) var logTrembles: Columns
  /// By draw: why no equilibrium was found.
  public internal(set) var failures: [SequentialSolver.Failure?]
  /// What the solves took, over all blocks so far.
  public internal(set) var statistics = BlockStatistics()

  /// By player: the lowest payoff, and 1 / range.
  var lowest: Columns
  var scale: Columns
  /// By subgame × player: the value at its root.
  var subgameValues: Columns
  /// By input of a program: what the draws' paths start from.
  var inputs: [Lanes]
  var memory: [Lanes]
  var vectors: [Lanes]
  var system: [Lanes]
  var denseSide: [Double]
  var paths: [LockstepPaths.Path]
  var alone: LogitMemory

  init(_ solver: SequentialSolver, draws: Int) {
    let programs = solver.compiled.subgames + [solver.compiled.whole]
    let plans = solver.compiled.plans
    let tree = solver.tree
    let players = tree.players.count
    probabilities = Columns(count: tree.actionCount, draws: draws)
    logTrembles = Columns(count: tree.actionCount, draws: draws)
    failures = Array(repeating: nil, count: probabilities.stride)
    lowest = Columns(count: players, draws: draws)
    scale = Columns(count: players, draws: draws)
    subgameValues = Columns(count: solver.compiled.subgames.count * players, draws: draws)
    let groups = probabilities.stride / Lanes.width
    inputs = Array(
      repeating: Lanes(), count: groups * (programs.map(\.inputCount).max() ?? 0))
    memory = Array(repeating: Lanes(), count: programs.map(\.layout.count).max() ?? 0)
    let logits = programs.map(\.logitCount).max() ?? 0
    let actions = programs.map(\.actionCount).max() ?? 0
    let sets = programs.map(\.sets.count).max() ?? 0
    vectors = Array(
      repeating: Lanes(), count: LockstepPaths.Vectors.count * logits + 3 * actions + sets)
    let entries = plans.map(\.elimination.entryCount).max() ?? 0
    let unknowns = plans.map(\.elimination.count).max() ?? 0
    system = Array(repeating: Lanes(), count: 2 * entries + 4 * unknowns)
    denseSide = Array(repeating: 0, count: 2 * unknowns)
    paths = Array(repeating: LockstepPaths.Path(), count: Lanes.width)
    alone = LogitMemory(programs)
  }

  /// The assessment of one draw of the last block.
  public func assessment(of draw: Int) -> Assessment {
    Assessment(
      profile: BehaviorProfile((0..<probabilities.count).map { probabilities[$0, draw] }),
      logTrembles: (0..<logTrembles.count).map { logTrembles[$0, draw] })
  }

  /// Takes an assessment found otherwise for one draw of the last block.
  package mutating func replace(_ draw: Int, by assessment: Assessment) {
    for action in 0..<probabilities.count {
      probabilities[action, draw] = assessment.profile.probabilities[action]
      logTrembles[action, draw] = assessment.logTrembles[action]
    }
    statistics.alone += 1
  }
}

/// What solving blocks took.
public struct BlockStatistics: Sendable, Equatable {
  /// Paths of subgames followed in lockstep.
  public var lockstep = 0
  /// Paths of subgames that were followed alone.
  public var alone = 0
  /// Evaluations of the equations, each of one draw, those of paths alone included.
  public var evaluations = 0

  /// Nothing done yet.
  public init() {}

  /// Adds what another worker has done.
  public mutating func add(_ other: BlockStatistics) {
    lockstep += other.lockstep
    alone += other.alone
    evaluations += other.evaluations
  }

  /// What has been done since.
  public func since(_ before: BlockStatistics) -> BlockStatistics {
    var result = self
    result.lockstep -= before.lockstep
    result.alone -= before.alone
    result.evaluations -= before.evaluations
    return result
  }
}

extension LogitProgram {
  /// Terminals, leaves, odds, their logarithms, and the constants of belief terms twice.
  var inputCount: Int {
    terminals.count + leaves.count + 2 * odds.count + 2 * terms.count + powers.count
  }
}
