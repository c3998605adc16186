import Games

/// What the mover at an information set needs to know of where it is.
///
/// Nodes whose actions lead to the same classes form a group: the mover's worth depends on the
/// weight of the group alone. Moves common to all nodes' pasts cancel out of beliefs. Nodes of one
/// group with the same remaining moves of players differ by chance alone and form one term.
struct BeliefGroups {
  /// A group's share in the weight of the set: chance odds times these actions.
  struct Term {
    var group: Int
    /// Flat action ids of the tree.
    var factors: [Int]
    /// For each node: the ids of its odds.
    var odds: [[Int32]]
  }

  /// For each group the class that each action leads to; at a bargain those of the first
  /// bargainer, then those of the second.
  private(set) var groups: [[Int32]] = []
  private(set) var terms: [Term] = []
  /// All classes and all factors that occur, without repetition.
  private(set) var allClasses: [Int32] = []
  private(set) var factorActions: [Int] = []
  /// Whether the actions are alike at every node.
  private(set) var actionsAreAlike = false

  init(
    of id: Int, tree: GameTree, region: [Int], position: [Int32], symbols: GameSymbols?,
    classes: inout ValueClasses
  ) {
    let set = tree.informationSets[id]
    let valuers = set.bargain.map { $0.between } ?? [set.player]
    var groupOf: [[Int32]: Int] = [:]
    var membership: [Int] = []
    for node in set.nodes {
      var key: [Int32] = []
      for player in valuers {
        for action in set.actions.indices {
          let child = tree.child(of: node, action: action)
          let place = Int(position[child])
          key.append(
            place >= 0
              ? classes.valueClass(of: place, for: player)
              : classes.leafClass(of: child, for: player))
        }
      }
      if let known = groupOf[key] {
        membership.append(known)
      } else {
        groupOf[key] = groups.count
        membership.append(groups.count)
        groups.append(key)
      }
    }
    allClasses = Array(Set(groups.joined())).sorted()
    actionsAreAlike = groups.allSatisfy { key in
      valuers.indices.allSatisfy { valuer in
        let first = valuer * set.actions.count
        return (first..<(first + set.actions.count)).allSatisfy { key[$0] == key[first] }
      }
    }
    if groups.count <= 1 || actionsAreAlike { return }
    collectTerms(
      of: set, membership: membership, tree: tree, root: region[0], symbols: symbols,
      classes: &classes)
  }

  private mutating func collectTerms(
    of set: GameTree.InformationSet, membership: [Int], tree: GameTree, root: Int,
    symbols: GameSymbols?, classes: inout ValueClasses
  ) {
    var moves: [[Int]] = []
    var chance: [[Int32]] = []
    var occurrences: [Int: Int] = [:]
    for node in set.nodes {
      var actions: [Int] = []
      var odds: [Int32] = []
      var below = node
      while below != root {
        let parent = Int(tree.nodes[below].parent)
        let branch = Int(tree.nodes[below].incoming)
        let above = tree.nodes[parent]
        if above.kind == .chance {
          odds.append(classes.oddsID(branch: branch, player: set.player, symbols: symbols))
        } else {
          let other = tree.informationSets[Int(above.index)]
          if other.actions.count > 1 {
            actions.append(other.firstAction + branch - Int(above.firstBranch))
          }
        }
        below = parent
      }
      for action in actions { occurrences[action, default: 0] += 1 }
      moves.append(actions.sorted())
      chance.append(odds)
    }
    var termOf: [[Int]: Int] = [:]
    for place in set.nodes.indices {
      let factors = moves[place].filter { occurrences[$0] != set.nodes.count }
      let key = [membership[place]] + factors
      if let known = termOf[key] {
        terms[known].odds.append(chance[place])
      } else {
        termOf[key] = terms.count
        terms.append(Term(group: membership[place], factors: factors, odds: [chance[place]]))
      }
    }
    factorActions = Array(Set(terms.map(\.factors).joined())).sorted()
  }
}
