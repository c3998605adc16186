/// The ends of a game by each player's sequence and by those of the others, for ``SequenceRows``.
struct SequenceEntries {
  private let players: Int
  private let leaves: [Int32]
  /// For each sequence the beginning of its row, and last the number of entries.
  private var begin: [Int]
  /// For each entry its column: a number for the others' sequences, ascending in each row.
  private(set) var column: [Int32] = []
  private var coefficient: [Double] = []
  /// For each column a place in `leaves` beside which its sequences stand.
  private var example: [Int32] = []

  /// As for ``SequenceRows``.
  init(worth: [Double], leaves: [Int32], owner: [Int32], players: Int) {
    self.players = players
    self.leaves = leaves
    begin = Array(repeating: 0, count: owner.count + 1)
    // By the others' sequences in order, which also tell the owner: stable passes, the last first.
    var places = worth.indices.filter { worth[$0] != 0 }
    for other in (0..<max(players - 1, 0)).reversed() {
      places = SequenceEntries.sorted(places, below: owner.count) { [players] place in
        Int(leaves[SequenceEntries.place(of: other, beside: place, players)])
      }
    }
    var columns = [Int32](repeating: 0, count: worth.count)
    for (ordinal, place) in places.enumerated() {
      if ordinal == 0 || !isSameColumn(places[ordinal - 1], place) {
        example.append(Int32(place))
      }
      columns[place] = Int32(example.count - 1)
    }
    var last = -1
    for place in SequenceEntries.sorted(places, below: owner.count, by: { Int(leaves[$0]) }) {
      if last >= 0, leaves[last] == leaves[place], columns[last] == columns[place] {
        coefficient[coefficient.count - 1] += worth[place]
      } else {
        column.append(columns[place])
        coefficient.append(worth[place])
        begin[Int(leaves[place]) + 1] += 1
      }
      last = place
    }
    for own in owner.indices { begin[own + 1] += begin[own] }
  }

  /// Adds the sequences of the other players in a column to a list.
  func appendOthers(ofColumn column: Int32, to list: inout [Int32]) {
    for other in 0..<(players - 1) {
      let beside = Int(example[Int(column)])
      list.append(leaves[SequenceEntries.place(of: other, beside: beside, players)])
    }
  }

  /// The number of entries of some rows.
  func entryCount(of rows: ArraySlice<Int>) -> Int {
    rows.reduce(0) { $0 + begin[$1 + 1] - begin[$1] }
  }

  /// Sequences in parts of as many as there are lanes: those whose rows share columns, be it by way
  /// of other rows, are together as far as possible.
  func related(_ sequences: [Int]) -> [ArraySlice<Int>] {
    // Each sequence points to a related one before it, or to itself.
    var link = Array(begin.indices)
    func root(_ sequence: Int) -> Int {
      var place = sequence
      while link[place] != place {
        link[place] = link[link[place]]
        place = link[place]
      }
      return place
    }
    var last = [Int](repeating: -1, count: example.count)
    for sequence in sequences {
      for entry in begin[sequence]..<begin[sequence + 1] {
        let column = Int(column[entry])
        if last[column] >= 0 {
          let (one, two) = (root(sequence), root(last[column]))
          link[max(one, two)] = min(one, two)
        }
        last[column] = sequence
      }
    }
    for sequence in sequences { link[sequence] = root(sequence) }
    let ordered = SequenceEntries.sorted(sequences, below: begin.count) { link[$0] }
    var parts: [ArraySlice<Int>] = []
    var first = 0
    for place in 1..<(ordered.count + 1)
    where place == ordered.count || link[ordered[place]] != link[ordered[first]]
      || place - first == SequenceLanes.scalarCount
    {
      parts.append(ordered[first..<place])
      first = place
    }
    return parts
  }

  /// Every column of some rows, no more than there are lanes, with the coefficient of each row.
  @inline(__always)
  func forEachColumn(of rows: ArraySlice<Int>, _ body: (Int32, SequenceLanes) -> Void) {
    var next = SIMD4<Int>.zero
    var end = SIMD4<Int>.zero
    for (lane, row) in rows.enumerated() { (next[lane], end[lane]) = (begin[row], begin[row + 1]) }
    while true {
      var least = Int32.max
      for lane in 0..<rows.count where next[lane] < end[lane] {
        least = min(least, column[next[lane]])
      }
      if least == .max { return }
      var numbers = SequenceLanes.zero
      for lane in 0..<rows.count where next[lane] < end[lane] && column[next[lane]] == least {
        numbers[lane] = coefficient[next[lane]]
        next[lane] += 1
      }
      body(least, numbers)
    }
  }

  private func isSameColumn(_ one: Int, _ two: Int) -> Bool {
    one % players == two % players
      && (0..<(players - 1)).allSatisfy {
        leaves[SequenceEntries.place(of: $0, beside: one, players)]
          == leaves[SequenceEntries.place(of: $0, beside: two, players)]
      }
  }

  /// Where the sequence of another player stands, counted without the owner of a place.
  private static func place(of other: Int, beside place: Int, _ players: Int) -> Int {
    let player = place % players
    return place - player + (other < player ? other : other + 1)
  }

  /// A stable sort by a key from 0 to below a limit.
  static func sorted(_ items: [Int], below limit: Int, by key: (Int) -> Int) -> [Int] {
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
