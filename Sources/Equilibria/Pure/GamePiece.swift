import Games
import Mathematics

/// What the methods on pieces of a game share.
struct PieceContext {
  let tree: GameTree
  let numbers: TreeNumbers<Rational>
  let memory: OwnPast
  /// By player, the odds of each branch.
  let odds: [[Rational]]

  init(
    of game: ExtensiveGame, reading numbers: ReducedStrategicForm.Numbers
  ) throws(TreeDefect) {
    try game.tree.checkRecall()
    tree = game.tree
    self.numbers = try TreeNumbers(of: game, reading: numbers)
    memory = OwnPast(of: tree)
    let held = self.numbers
    odds = tree.players.indices.map { held.odds(heldBy: $0) }
  }
}

/// A piece of a game (or all of it) as a small tree with ids of its own: nodes in preorder,
/// information sets in the order of the tree, actions numbered set by set.
struct GamePiece {
  enum Kind: UInt8 {
    /// An end of play; the node's `index` is the terminal.
    case end
    /// The root of a subgame inside; `index` is its place among the inner ones.
    case inner
    /// A move of chance.
    case chance
    /// A choice; `index` is the set's place among the piece's.
    case decision
  }

  struct Node {
    var kind: Kind
    var parent: Int
    /// The branch of the game that leads here; meaningless at the root.
    var branch: Int
    var index: Int
    /// The children, as places in ``GamePiece/children``.
    var children: Range<Int>
    /// The action that leads here, -1 below chance and at the root.
    var action: Int
  }

  struct InformationSet {
    var id: Int
    var player: Int
    var actions: Range<Int>
    var nodes: [Int]
    /// The player's last action before, within the piece; -1 if there is none.
    var before: Int
  }

  let players: Int
  private(set) var nodes: [Node] = []
  private(set) var children: [Int] = []
  private(set) var sets: [InformationSet] = []
  /// By action, its set.
  private(set) var setOfAction: [Int] = []
  /// By action, its id in the game.
  private(set) var gameAction: [Int] = []
  /// The pieces whose roots are leaves here.
  let inner: [Int]
  /// `last[node * players + player]`: the player's last action, -1 if there is none in the piece.
  private(set) var last: [Int] = []

  /// A piece of a game.
  init(_ piece: Int, of pieces: SubgamePieces, in context: PieceContext) {
    let inner = Array(pieces.inner(of: piece))
    self.init(
      nodes: pieces.nodes(of: piece), sets: pieces.informationSets(of: piece), inner: inner,
      isInner: { Int(pieces.home[$0]) != piece }, in: context)
  }

  /// The whole game as one piece.
  init(wholeOf context: PieceContext) {
    self.init(
      nodes: context.tree.nodes.indices, sets: context.tree.informationSets.indices, inner: [],
      isInner: { _ in false }, in: context)
  }

  private init(
    nodes ids: some Collection<Int>, sets setIDs: some Collection<Int>, inner: [Int],
    isInner: (Int) -> Bool, in context: PieceContext
  ) {
    let tree = context.tree
    players = tree.players.count
    self.inner = inner
    var ownSet: [Int: Int] = [:]
    for id in setIDs {
      let set = tree.informationSets[id]
      ownSet[id] = sets.count
      let first = gameAction.count
      setOfAction += Array(repeating: sets.count, count: set.actions.count)
      gameAction += Array(set.actionRange)
      // The set of the player's last move, if it lies in the piece, has been added before.
      let before = context.memory.lastMove(before: id).flatMap { move in
        ownSet[move.set].map { sets[$0].actions.lowerBound + move.action }
      }
      sets.append(
        InformationSet(
          id: id, player: set.player, actions: first..<gameAction.count, nodes: [],
          before: before ?? -1))
    }
    var place: [Int: Int] = [:]
    var innerSeen = 0
    let root = ids.first ?? 0
    for id in ids {
      let node = tree.nodes[id]
      let own = nodes.count
      let parent = id == root ? -1 : place[Int(node.parent)] ?? -1
      var entry = Node(
        kind: .end, parent: parent, branch: Int(node.incoming), index: Int(node.index),
        children: 0..<0, action: -1)
      var before = Array(repeating: -1, count: players)
      if parent >= 0 {
        let above = tree.nodes[Int(node.parent)]
        let ordinal = Int(node.incoming) - Int(above.firstBranch)
        before = Array(last[(parent * players)..<((parent + 1) * players)])
        if nodes[parent].kind == .decision {
          let set = sets[nodes[parent].index]
          entry.action = set.actions.lowerBound + ordinal
          before[set.player] = entry.action
        }
        children[nodes[parent].children.lowerBound + ordinal] = own
      }
      last += before
      if id != root, isInner(id) {
        entry.kind = .inner
        entry.index = innerSeen
        innerSeen += 1
      } else {
        switch node.kind {
        case .terminal: break
        case .chance: entry.kind = .chance
        case .decision:
          entry.kind = .decision
          entry.index = ownSet[Int(node.index)] ?? 0
          sets[entry.index].nodes.append(own)
        }
        if node.kind != .terminal {
          let first = children.count
          children += Array(repeating: 0, count: Int(node.branchCount))
          entry.children = first..<children.count
          place[id] = own
        }
      }
      nodes.append(entry)
    }
  }
}
