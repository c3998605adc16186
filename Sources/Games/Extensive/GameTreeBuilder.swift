/// Builds a ``GameTree`` in depth-first order: begin a node, descend into each of its branches in
/// turn, end with a terminal.
///
/// ```swift
/// var builder = GameTreeBuilder(players: ["Entrant", "Incumbent"])
/// let entry = builder.decision(player: 0, informationSet: "entry", actions: ["enter", "stay out"])
/// let fight = builder.decision(
///   player: 1, informationSet: "response", actions: ["fight", "share"], at: entry.branch(0))
/// builder.terminal(outcome: "war", at: fight.branch(0))
/// builder.terminal(outcome: "shared", at: fight.branch(1))
/// builder.terminal(outcome: "monopoly", at: entry.branch(1))
/// let tree = try builder.tree()
/// ```
///
/// Nodes must be begun in preorder: all of a branch's descendants before the next branch.
public struct GameTreeBuilder: Sendable {
  /// The place below one branch of a node, where the next node goes.
  public struct Place: Sendable {
    var node: Int32
    var branch: Int32
    /// Above the root.
    public static let root = Place(node: -1, branch: -1)
  }

  /// A node that has been begun.
  public struct Started: Sendable {
    /// The node's id.
    public let node: Int
    let firstBranch: Int32
    /// The place below the branch with this ordinal.
    public func branch(_ ordinal: Int) -> Place {
      Place(node: Int32(node), branch: firstBranch + Int32(ordinal))
    }
  }

  /// What can be wrong with a tree that is being built.
  public enum Defect: Error, Equatable, Sendable {
    /// A branch was left without a node.
    case unfinishedBranch(node: Int)
    /// Two nodes of one information set differ in player or actions.
    case inconsistentInformationSet(label: String)
    /// Nothing was built.
    case empty
  }

  private let players: [String]
  private var nodes: [GameTree.Node] = []
  private var branchTarget: [Int32] = []
  private var informationSets: [GameTree.InformationSet] = []
  private var chanceMoves: [GameTree.ChanceMove] = []
  private var terminals: [GameTree.Terminal] = []
  private var outcomes: [String] = []
  private var informationSetIDs: [String: Int] = [:]
  private var outcomeIDs: [String: Int] = [:]
  private var setsPerPlayer: [Int]
  private var actionCount = 0
  private var defect: Defect?

  /// A builder for a game between these players.
  public init(players: [String]) {
    self.players = players
    self.setsPerPlayer = Array(repeating: 0, count: players.count)
  }

  /// The number of nodes begun so far.
  public var nodeCount: Int { nodes.count }

  /// Begins a decision node. Nodes with the same label are one information set.
  @discardableResult
  public mutating func decision(
    player: Int, informationSet label: String, actions: [String],
    bargain: GameTree.Bargain? = nil, number: Int? = nil, displayLabel: String? = nil,
    at place: Place = .root
  ) -> Started {
    let set: Int
    if let known = informationSetIDs[label] {
      set = known
      if informationSets[set].player != player || informationSets[set].actions != actions {
        defect = defect ?? .inconsistentInformationSet(label: label)
      }
    } else {
      set = addInformationSet(
        player: player, label: label, actions: actions, bargain: bargain, number: number,
        displayLabel: displayLabel)
      informationSetIDs[label] = set
    }
    return decision(inSet: set, at: place)
  }

  /// Adds an information set, whose first node must be begun before another set is added. Returns
  /// its id, for ``decision(inSet:at:)``: a way around the look-up of labels for games that know
  /// their sets by number. Labels must differ.
  public mutating func addInformationSet(
    player: Int, label: String, actions: [String], bargain: GameTree.Bargain? = nil,
    number: Int? = nil, displayLabel: String? = nil
  ) -> Int {
    setsPerPlayer[player] += 1
    informationSets.append(
      GameTree.InformationSet(
        player: player, label: label, actions: actions, nodes: [],
        number: number ?? setsPerPlayer[player], firstAction: actionCount, bargain: bargain,
        displayLabel: displayLabel))
    actionCount += actions.count
    return informationSets.count - 1
  }

  /// Begins a decision node of an information set that was added.
  @discardableResult
  public mutating func decision(inSet set: Int, at place: Place = .root) -> Started {
    let branches = informationSets[set].actions.count
    let started = begin(.decision, branches: branches, index: set, at: place)
    informationSets[set].nodes.append(started.node)
    return started
  }

  /// Begins a chance node.
  @discardableResult
  public mutating func chance(
    label: String, branches: [String], at place: Place = .root
  ) -> Started {
    let index = chanceMoves.count
    let started = begin(.chance, branches: branches.count, index: index, at: place)
    chanceMoves.append(
      GameTree.ChanceMove(node: started.node, label: label, branches: branches))
    return started
  }

  /// Ends a branch. Returns the terminal's id.
  @discardableResult
  public mutating func terminal(outcome: String, at place: Place = .root) -> Int {
    terminal(outcomeID: addOutcome(outcome), at: place)
  }

  /// The id of a way in which play can end, for ``terminal(outcomeID:at:)``; the same for the same
  /// name.
  public mutating func addOutcome(_ name: String) -> Int {
    if let id = outcomeIDs[name] { return id }
    outcomeIDs[name] = outcomes.count
    outcomes.append(name)
    return outcomes.count - 1
  }

  /// Ends a branch with an outcome that was added. Returns the terminal's id.
  @discardableResult
  public mutating func terminal(outcomeID: Int, at place: Place = .root) -> Int {
    let index = terminals.count
    let started = begin(.terminal, branches: 0, index: index, at: place)
    terminals.append(GameTree.Terminal(node: started.node, outcome: outcomeID))
    return index
  }

  /// The finished tree.
  public func tree() throws(Defect) -> GameTree {
    if let defect { throw defect }
    if nodes.isEmpty { throw .empty }
    for (id, node) in nodes.enumerated() {
      let first = Int(node.firstBranch)
      for branch in first..<(first + Int(node.branchCount)) where branchTarget[branch] < 0 {
        throw .unfinishedBranch(node: id)
      }
    }
    return GameTree(
      players: players, nodes: nodes, branchTarget: branchTarget,
      informationSets: informationSets, chanceMoves: chanceMoves, terminals: terminals,
      outcomes: outcomes)
  }

  private mutating func begin(
    _ kind: GameTree.Kind, branches: Int, index: Int, at place: Place
  ) -> Started {
    let id = nodes.count
    let first = Int32(branchTarget.count)
    nodes.append(
      GameTree.Node(
        kind: kind, parent: place.node, incoming: place.branch, firstBranch: first,
        branchCount: Int32(branches), index: Int32(index)))
    if place.branch >= 0 { branchTarget[Int(place.branch)] = Int32(id) }
    branchTarget.append(contentsOf: repeatElement(-1, count: branches))
    return Started(node: id, firstBranch: first)
  }
}
