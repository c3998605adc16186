import Games
import Mathematics

/// The equilibria of a game as its pieces make them up: for each piece, by vector of values, the
/// ways to play it, each with the classes of the subgames inside that it rests on.
struct SubgameSolutions<Detail: Sendable>: Sendable {
  /// A way to play a piece.
  struct Member: Sendable {
    /// By information set of the piece the ordinal of the action, -1 if any will do.
    var choices: [Int]
    /// By inner subgame the class, -1 if any will do.
    var classes: [Int]
    /// What else is known of it.
    var detail: Detail
  }

  /// The ways with one vector of values.
  struct Group: Sendable {
    var values: [Rational]
    var members: [Member]
  }

  let tree: GameTree
  let pieces: SubgamePieces
  /// By piece.
  private(set) var groups: [[Group]]

  init(tree: GameTree, pieces: SubgamePieces) {
    self.tree = tree
    self.pieces = pieces
    groups = Array(repeating: [], count: pieces.roots.count)
  }

  /// The vectors of values of a piece.
  func values(of piece: Int) -> [[Rational]] { groups[piece].map(\.values) }

  /// Adds a way to play a piece.
  mutating func add(_ member: Member, values: [Rational], to piece: Int) {
    if let known = groups[piece].firstIndex(where: { $0.values == values }) {
      groups[piece][known].members.append(member)
    } else {
      groups[piece].append(Group(values: values, members: [member]))
    }
  }

  /// The number of equilibria; nil if it is more than the largest machine integer.
  func count() -> Int? {
    var counts = [[Int?]](repeating: [], count: groups.count)
    for piece in groups.indices.reversed() {
      let inner = Array(pieces.inner(of: piece))
      counts[piece] = groups[piece].map { group in
        group.members.reduce(Optional(0)) { total, member in
          var ways: Int? = 1
          for (set, choice) in zip(pieces.informationSets(of: piece), member.choices)
          where choice < 0 {
            ways = Counting.product(ways, tree.informationSets[set].actions.count)
          }
          for (place, group) in zip(inner, member.classes) {
            let all = counts[place]
            ways = Counting.product(ways, group < 0 ? Counting.sum(all) : all[group])
          }
          return Counting.sum(total, ways)
        }
      }
    }
    return Counting.sum(counts[0])
  }

  /// Calls `body` with each equilibrium: the choice at each information set, and by piece the way
  /// it is played; stops where `body` says false.
  ///
  /// - Complexity: for each equilibrium, linear in the size of the game.
  func forEach(_ body: (_ choices: [Int], _ members: [Member]) -> Bool) {
    if groups.isEmpty || groups.contains(where: \.isEmpty) { return }
    var odometer = Odometer()
    repeat {
      var choices = [Int](repeating: 0, count: tree.informationSets.count)
      // Inner pieces follow those that hold them.
      var chosen = [Int](repeating: -1, count: groups.count)
      var members: [Member] = []
      for piece in groups.indices {
        let group =
          groups[piece][
            chosen[piece] < 0 ? odometer.digit(below: groups[piece].count) : chosen[piece]]
        let member = group.members[odometer.digit(below: group.members.count)]
        for (set, choice) in zip(pieces.informationSets(of: piece), member.choices) {
          choices[set] =
            choice < 0 ? odometer.digit(below: tree.informationSets[set].actions.count) : choice
        }
        for (place, group) in zip(pieces.inner(of: piece), member.classes) {
          chosen[place] = group
        }
        members.append(member)
      }
      if !body(choices, members) { return }
    } while odometer.advance()
  }
}
