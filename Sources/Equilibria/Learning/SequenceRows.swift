/// The ends of a game by each player's sequence, in compressed rows; see ``CompiledSequenceGame``.
struct SequenceRows {
  /// For each sequence the beginning of its row, and last the number of entries.
  private(set) var first: [Int32]
  private(set) var coefficient: [Double] = []
  /// For each entry the sequences of the other players.
  private(set) var others: [Int32] = []

  /// - Parameters:
  ///   - worth: by end × player: payoff × odds of chance.
  ///   - leaves: by end × player: the player's sequence on the way to the end.
  /// - Complexity: linear in ends × players² and sequences.
  init(worth: [Double], leaves: [Int32], players: Int, sequences: Int) {
    first = Array(repeating: 0, count: sequences + 1)
    // By own sequence, then by those of the others in order: stable passes, the last key first.
    var places = worth.indices.filter { worth[$0] != 0 }
    for other in (0..<max(players - 1, 0)).reversed() {
      places = SequenceRows.sorted(places, below: sequences) { place in
        leaves[SequenceRows.place(of: other, beside: place, players)]
      }
    }
    places = SequenceRows.sorted(places, below: sequences) { leaves[$0] }
    var last = -1
    for place in places {
      let isSame =
        last >= 0 && leaves[last] == leaves[place]
        && (0..<(players - 1)).allSatisfy {
          leaves[SequenceRows.place(of: $0, beside: last, players)]
            == leaves[SequenceRows.place(of: $0, beside: place, players)]
        }
      last = place
      if isSame {
        coefficient[coefficient.count - 1] += worth[place]
        continue
      }
      coefficient.append(worth[place])
      for other in 0..<(players - 1) {
        others.append(leaves[SequenceRows.place(of: other, beside: place, players)])
      }
      first[Int(leaves[place]) + 1] += 1
    }
    for sequence in 0..<sequences { first[sequence + 1] += first[sequence] }
  }

  /// Where the sequence of another player stands, counted without the owner of a place.
  private static func place(of other: Int, beside place: Int, _ players: Int) -> Int {
    let player = place % players
    return place - player + (other < player ? other : other + 1)
  }

  /// A stable sort by a key from 0 to below a limit.
  private static func sorted(
    _ places: [Int], below limit: Int, by key: (Int) -> Int32
  ) -> [Int] {
    var next = [Int](repeating: 0, count: limit + 1)
    for place in places { next[Int(key(place)) + 1] += 1 }
    for value in 0..<limit { next[value + 1] += next[value] }
    var sorted = [Int](repeating: 0, count: places.count)
    for place in places {
      let value = Int(key(place))
      sorted[next[value]] = place
      next[value] += 1
    }
    return sorted
  }
}
