/// The structure of an extensive-form game: who moves where, knowing what. It carries no number.
///
/// A tree is an immutable value with dense ids. Nodes stand in depth-first preorder, so that a
/// parent always precedes its children: a loop over `nodes.indices` goes from the root to the
/// ends, the reversed loop from the ends to the root. Branches (moves) have ids of their own; the
/// branches of a node are consecutive, in the order of its actions.
///
/// The numbers (payoffs, odds) live in ``ExtensiveGame``, so that one structure serves many games.
public struct GameTree: Sendable, Equatable {
  /// What happens at a node.
  public enum Kind: UInt8, Sendable {
    case terminal, chance, decision
  }

  /// One node. `index` names the terminal, the chance move or the information set by `kind`.
  public struct Node: Sendable, Equatable {
    /// What happens here.
    public var kind: Kind
    /// The parent's node id, -1 at the root.
    public var parent: Int32
    /// The branch that leads here, -1 at the root.
    public var incoming: Int32
    /// The first of this node's branches; meaningless at a terminal.
    public var firstBranch: Int32
    /// How many branches it has; 0 at a terminal.
    public var branchCount: Int32
    /// The id of the terminal, chance move or information set.
    public var index: Int32

    /// A node with all that is known of it.
    public init(
      kind: Kind, parent: Int32, incoming: Int32, firstBranch: Int32, branchCount: Int32,
      index: Int32
    ) {
      self.kind = kind
      self.parent = parent
      self.incoming = incoming
      self.firstBranch = firstBranch
      self.branchCount = branchCount
      self.index = index
    }
  }

  /// Two parties that settle a point between them by the Nash bargaining solution: the option
  /// that maximizes the product of gains over the last option, which is the failure to agree.
  public struct Bargain: Sendable, Equatable {
    /// The two bargainers, as player ids.
    public var between: [Int]
    /// The first bargainer's power between 0 and 1 is payoff-like: see ``ExtensiveGame/power``.
    public var powerIndex: Int

    /// A bargain between two players.
    public init(between: [Int], powerIndex: Int) {
      self.between = between
      self.powerIndex = powerIndex
    }
  }

  /// The nodes that a player cannot tell apart when it moves.
  public struct InformationSet: Sendable, Equatable {
    /// The player's id. At a bargain, the first of the bargainers.
    public var player: Int
    /// Unique among all information sets of the game.
    public var label: String
    /// The label to show: the file's own where a file repeated labels or left them empty, else
    /// ``label``.
    public var displayLabel: String
    /// The names of its actions, in order.
    public var actions: [String]
    /// Node ids, in preorder.
    public var nodes: [Int]
    /// The number of this set for its player, from 1.
    public var number: Int
    /// Where this set's actions begin in a flat vector over all actions of the game.
    public var firstAction: Int
    /// Set where the choice is not one player's but a bargain.
    public var bargain: Bargain?

    /// A set with all that is known of it.
    public init(
      player: Int, label: String, actions: [String], nodes: [Int], number: Int, firstAction: Int,
      bargain: Bargain? = nil, displayLabel: String? = nil
    ) {
      self.player = player
      self.label = label
      self.displayLabel = displayLabel ?? label
      self.actions = actions
      self.nodes = nodes
      self.number = number
      self.firstAction = firstAction
      self.bargain = bargain
    }

    /// The range of this set's actions in a flat vector over all actions of the game.
    public var actionRange: Range<Int> { firstAction..<(firstAction + actions.count) }
  }

  /// A move of chance at one node.
  public struct ChanceMove: Sendable, Equatable {
    /// The node at which chance moves.
    public var node: Int
    /// The name of the move.
    public var label: String
    /// The names of its branches, in order.
    public var branches: [String]

    /// A move of chance.
    public init(node: Int, label: String, branches: [String]) {
      self.node = node
      self.label = label
      self.branches = branches
    }
  }

  /// An end of play. `outcome` is an index into ``GameTree/outcomes``.
  public struct Terminal: Sendable, Equatable {
    /// The node at which play ends.
    public var node: Int
    /// How it ends, as an index into the tree's outcomes.
    public var outcome: Int

    /// An end of play.
    public init(node: Int, outcome: Int) {
      self.node = node
      self.outcome = outcome
    }
  }

  /// The names of the players, in order.
  public let players: [String]
  /// All nodes, in depth-first preorder.
  public let nodes: [Node]
  /// The child that each branch leads to.
  public let branchTarget: [Int32]
  /// All information sets, in the order of their first node.
  public let informationSets: [InformationSet]
  /// All moves of chance, in preorder.
  public let chanceMoves: [ChanceMove]
  /// All ends, in preorder.
  public let terminals: [Terminal]
  /// Names of the ways in which play can end; several terminals may share one.
  public let outcomes: [String]
  /// The length of a flat vector over all actions of all information sets.
  public let actionCount: Int

  init(
    players: [String], nodes: [Node], branchTarget: [Int32], informationSets: [InformationSet],
    chanceMoves: [ChanceMove], terminals: [Terminal], outcomes: [String]
  ) {
    self.players = players
    self.nodes = nodes
    self.branchTarget = branchTarget
    self.informationSets = informationSets
    self.chanceMoves = chanceMoves
    self.terminals = terminals
    self.outcomes = outcomes
    self.actionCount = informationSets.reduce(0) { $0 + $1.actions.count }
  }

  /// The branch ids of a node, in the order of its actions.
  public func branches(of node: Int) -> Range<Int> {
    let first = Int(nodes[node].firstBranch)
    return first..<(first + Int(nodes[node].branchCount))
  }

  /// The child of a node by the ordinal of its action.
  public func child(of node: Int, action: Int) -> Int {
    Int(branchTarget[Int(nodes[node].firstBranch) + action])
  }
}
