import Games

/// The subtrees of a region of a tree, as each player values them, without repetition.
///
/// Two nodes get the same class for a player if that player's value is the same function of
/// everybody's choices there, whatever the numbers: same payoff symbols below, same odds symbols,
/// same information sets. A move whose branches are all of one class is that class: the player
/// does not care about it. Classes are hash-consed bottom up, so children have smaller ids.
struct ValueClasses {
  enum Kind {
    /// An end of play.
    case terminal(Int)
    /// The root of a subgame that has been solved before.
    case leaf(Int)
    /// Weights are ids of ``odds``.
    case chance(weights: [Int32])
    /// A choice at an information set (a global id).
    case decision(Int)
  }

  struct Class {
    var player: Int
    var kind: Kind
    var children: [Int32]
  }

  /// One number among the odds: a branch in the view of everybody (0) or of a player (1 + id).
  struct Odds: Hashable {
    var view: Int32
    var branch: Int32
  }

  private(set) var classes: [Class] = []
  private(set) var odds: [Odds] = []
  private var known: [[Int32]: Int32] = [:]
  private var knownOdds: [[Int32]: Int32] = [:]
  /// For each player, the class of each node of the region, by position in the region.
  private(set) var classOf: [[Int32]] = []

  /// The class of a node for a player.
  func valueClass(of position: Int, for player: Int) -> Int32 { classOf[player][position] }

  /// The class of the root of a subgame that has been solved before.
  mutating func leafClass(of node: Int, for player: Int) -> Int32 {
    intern(
      [Int32(player), 1, Int32(node)], Class(player: player, kind: .leaf(node), children: []))
  }

  /// - Parameters:
  ///   - region: node ids in preorder.
  ///   - position: for each node of the tree, its position in the region, or -1.
  init(tree: GameTree, symbols: GameSymbols?, region: [Int], position: [Int32]) {
    for player in tree.players.indices {
      var classOf = [Int32](repeating: -1, count: region.count)
      for place in region.indices.reversed() {
        let node = tree.nodes[region[place]]
        if node.kind == .terminal {
          let terminal = Int(node.index)
          let symbol = symbols.map { $0.payoffs[terminal * tree.players.count + player] }
          classOf[place] = intern(
            [Int32(player), 0, symbol ?? node.index],
            Class(player: player, kind: .terminal(terminal), children: []))
          continue
        }
        var children: [Int32] = []
        for branch in tree.branches(of: region[place]) {
          let child = Int(tree.branchTarget[branch])
          if position[child] >= 0 {
            children.append(classOf[Int(position[child])])
          } else {
            children.append(
              intern(
                [Int32(player), 1, Int32(child)],
                Class(player: player, kind: .leaf(child), children: [])))
          }
        }
        if let first = children.first, children.allSatisfy({ $0 == first }) {
          classOf[place] = first
        } else if node.kind == .chance {
          let weights = tree.branches(of: region[place]).map {
            oddsID(branch: $0, player: player, symbols: symbols)
          }
          classOf[place] = intern(
            [Int32(player), 2] + weights + children,
            Class(player: player, kind: .chance(weights: weights), children: children))
        } else {
          classOf[place] = intern(
            [Int32(player), 3, node.index] + children,
            Class(player: player, kind: .decision(Int(node.index)), children: children))
        }
      }
      self.classOf.append(classOf)
    }
  }

  /// The id of the odds of a branch as a player sees them.
  mutating func oddsID(branch: Int, player: Int, symbols: GameSymbols?) -> Int32 {
    var view = Int32(0)
    var symbol = Int32(branch)
    if let symbols {
      symbol = symbols.odds[branch]
      if let own = symbols.subjectiveOdds[player] {
        view = Int32(1 + player)
        symbol = own[branch]
      }
    } else {
      view = Int32(1 + player)
    }
    if let id = knownOdds[[view, symbol]] { return id }
    let id = Int32(odds.count)
    knownOdds[[view, symbol]] = id
    odds.append(Odds(view: view, branch: Int32(branch)))
    return id
  }

  private mutating func intern(_ key: [Int32], _ value: @autoclosure () -> Class) -> Int32 {
    if let id = known[key] { return id }
    let id = Int32(classes.count)
    known[key] = id
    classes.append(value())
    return id
  }
}
