internal import Games

/// What all draws of a game have in common, for ``BatchedKernel``: the sequences of all players and
/// what each is worth, as sums over ends. The sums run in the order of ``SequenceRows``, so that a
/// draw has the same iterates as the same game on its own.
///
/// First come the players' empty sequences, then, player by player and set by set, the
/// continuations, those of one set side by side.
struct BatchedSequences: Sendable {
  /// An information set.
  struct Set: Sendable {
    /// The sequence that leads there.
    var parent: Int32
    /// The first of its continuations.
    var first: Int32
    /// The number of its actions.
    var width: Int32
  }

  let players: Int
  /// The sets, every one after those that its continuations lead to.
  private(set) var sets: [Set] = []
  /// By player, and at last their end: where its sets begin.
  private(set) var firstSet = [0]
  /// By sequence: the action that is its last move; -1 for the empty ones.
  private(set) var action: [Int32]
  /// By player, and at last their end: where its continuations begin.
  private(set) var firstSequence: [Int]
  /// By sequence, and at last their end: where the entries of its row begin.
  private(set) var firstEntry: [Int32] = [0]
  /// By entry: the sequences of the other players.
  private(set) var others: [Int32] = []
  /// By entry, and at last their end: where its terms begin.
  private(set) var firstTerm: [Int32] = [0]
  /// By term: a payoff, by end × player.
  private(set) var payoff: [Int32] = []
  /// By term: the odds of chance on the way to the end.
  private(set) var odds: [Double] = []

  /// The number of sequences of all players.
  var count: Int { action.count }
  /// The number of entries of all rows.
  var entryCount: Int { firstTerm.count - 1 }

  /// - Parameter reached: by end × player: the odds of chance on the way to the end, as the player
  ///   holds them.
  init(_ order: SequenceOrder, reached: [Double], players: Int) {
    self.players = players
    action = Array(repeating: -1, count: players)
    firstSequence = [players]
    // The number of a sequence by that which it has in `order`.
    var number = Array(0..<Int32(order.action.count))
    for player in 0..<players {
      append(order.groups[order.firstGroup[player]..<order.firstGroup[player + 1]], order, &number)
    }
    append(order, number, reached)
  }

  /// Adds the sets of a player.
  private mutating func append(
    _ groups: ArraySlice<SetGroup>, _ order: SequenceOrder, _ number: inout [Int32]
  ) {
    var levels: [[Set]] = []
    for group in groups {
      var level: [Set] = []
      for place in 0..<group.setCount where order.action[group.firstSequence + place] >= 0 {
        let parent = number[Int(order.parent[group.firstSet + place])]
        level.append(Set(parent: parent, first: Int32(action.count), width: Int32(group.width)))
        for sequence in group.sequences(at: place) {
          number[sequence] = Int32(action.count)
          action.append(order.action[sequence])
        }
      }
      levels.append(level)
    }
    sets += levels.reversed().joined()
    firstSet.append(sets.count)
    firstSequence.append(action.count)
  }

  /// Adds the rows of all sequences.
  private mutating func append(_ order: SequenceOrder, _ number: [Int32], _ reached: [Double]) {
    let (players, beside, leaves) = (players, max(players - 1, 0), order.leaves)
    func other(_ ordinal: Int, beside place: Int) -> Int {
      let player = place % players
      return place - player + (ordinal < player ? ordinal : ordinal + 1)
    }
    // By the sequences of all in order: stable passes, the last key first.
    var places = reached.indices.filter { reached[$0] != 0 }
    for ordinal in (0..<beside).reversed() {
      places = SequenceEntries.sorted(places, below: order.action.count) {
        Int(leaves[other(ordinal, beside: $0)])
      }
    }
    places = SequenceEntries.sorted(places, below: count) { Int(number[Int(leaves[$0])]) }
    var last: [Int32] = []
    for place in places {
      let own = number[Int(leaves[place])]
      let column = (0..<beside).map { number[Int(leaves[other($0, beside: place)])] }
      if [own] + column != last {
        firstEntry += repeatElement(Int32(entryCount), count: Int(own) + 1 - firstEntry.count)
        others += column
        firstTerm.append(Int32(payoff.count))
        last = [own] + column
      }
      payoff.append(Int32(place))
      odds.append(reached[place])
      firstTerm[entryCount] = Int32(payoff.count)
    }
    firstEntry += repeatElement(Int32(entryCount), count: count + 1 - firstEntry.count)
  }
}
