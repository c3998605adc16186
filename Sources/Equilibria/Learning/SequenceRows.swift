/// What each sequence of each player is worth against the others, as compressed rows.
///
/// The row of a sequence holds the ends that it leads to: the player's payoff times the odds of
/// chance, and the sequences of the others. Ends with the same sequences of all players are one
/// entry, and those that are worth nothing none. Rows of equal length stand together in a strip, so
/// that the inner loop of a pass has a fixed number of turns, which processors predict.
struct SequenceRows: Sendable {
  /// Rows of one length, one after the other.
  struct Strip: Sendable {
    var length: Int32
    /// One past its last row.
    var end: Int32
  }

  /// By player, and at last their end: where its strips begin.
  private(set) var firstStrip = [0]
  /// By player: where its rows begin.
  private(set) var firstRow: [Int] = []
  /// By player: where its entries begin.
  private(set) var firstEntry: [Int] = []
  /// By length.
  private(set) var strips: [Strip] = []
  /// For each row its sequence.
  private(set) var sequence: [Int32] = []
  /// For each entry the payoff × odds of chance.
  private(set) var coefficient: [Double] = []
  /// For each entry the sequences of the other players, in order.
  private(set) var others: [Int32] = []

  /// - Parameters:
  ///   - worth: by end × player: payoff × odds of chance.
  ///   - leaves: by end × player: the player's sequence on the way to the end.
  ///   - owner: by sequence: whose it is; -1 for those that do not exist.
  /// - Complexity: linear in ends × players² and sequences × players.
  init(worth: [Double], leaves: [Int32], owner: [Int32], players: Int) {
    // By own sequence, then by those of the others in order: stable passes, the last key first.
    var places = worth.indices.filter { worth[$0] != 0 }
    for other in (0..<max(players - 1, 0)).reversed() {
      places = SequenceRows.sorted(places, below: owner.count) { place in
        Int(leaves[SequenceRows.place(of: other, beside: place, players)])
      }
    }
    places = SequenceRows.sorted(places, below: owner.count) { Int(leaves[$0]) }
    var merged: [(place: Int, worth: Double)] = []
    merged.reserveCapacity(places.count)
    var begin = [Int](repeating: 0, count: owner.count + 1)
    for place in places {
      if let last = merged.last?.place,
        SequenceRows.areSame(last, place, leaves: leaves, players)
      {
        merged[merged.count - 1].worth += worth[place]
      } else {
        merged.append((place, worth[place]))
        begin[Int(leaves[place]) + 1] += 1
      }
    }
    for own in owner.indices { begin[own + 1] += begin[own] }
    coefficient.reserveCapacity(merged.count)
    others.reserveCapacity(merged.count * max(players - 1, 0))

    let longest = owner.indices.map { begin[$0 + 1] - begin[$0] }.max() ?? 0
    let byLength = SequenceRows.sorted(
      owner.indices.filter { owner[$0] >= 0 }, below: longest + 1
    ) { begin[$0 + 1] - begin[$0] }
    for own in SequenceRows.sorted(byLength, below: players, by: { Int(owner[$0]) }) {
      let length = begin[own + 1] - begin[own]
      while firstRow.count <= owner[own] {
        if !firstRow.isEmpty { firstStrip.append(strips.count) }
        firstRow.append(sequence.count)
        firstEntry.append(coefficient.count)
      }
      sequence.append(Int32(own))
      if strips.count > (firstStrip.last ?? 0), let last = strips.last, last.length == length {
        strips[strips.count - 1].end += 1
      } else {
        strips.append(Strip(length: Int32(length), end: Int32(sequence.count)))
      }
      for entry in merged[begin[own]..<begin[own + 1]] {
        coefficient.append(entry.worth)
        for other in 0..<(players - 1) {
          others.append(leaves[SequenceRows.place(of: other, beside: entry.place, players)])
        }
      }
    }
    firstStrip.append(strips.count)
  }

  /// Whether two places have the same owner and the same sequences of all players.
  private static func areSame(_ one: Int, _ two: Int, leaves: [Int32], _ players: Int) -> Bool {
    let own = one % players
    if own != two % players { return false }
    return (0..<players).allSatisfy { leaves[one - own + $0] == leaves[two - own + $0] }
  }

  /// Where the sequence of another player stands, counted without the owner of a place.
  private static func place(of other: Int, beside place: Int, _ players: Int) -> Int {
    let player = place % players
    return place - player + (other < player ? other : other + 1)
  }

  /// A stable sort by a key from 0 to below a limit.
  private static func sorted(_ items: [Int], below limit: Int, by key: (Int) -> Int) -> [Int] {
    var next = [Int](repeating: 0, count: limit + 1)
    for item in items { next[key(item) + 1] += 1 }
    for value in 0..<limit { next[value + 1] += next[value] }
    var sorted = [Int](repeating: 0, count: items.count)
    for item in items {
      sorted[next[key(item)]] = item
      next[key(item)] += 1
    }
    return sorted
  }
}
