/// What each sequence of each player is worth against the others, as compressed rows.
///
/// The row of a sequence holds the ends that it leads to: the player's payoff times the odds of
/// chance, and the sequences of the others, its column. Ends with the same sequences of all players
/// are one entry, and those that are worth nothing none. Rows that share most of their columns, as
/// those of sequences that differ in what was dealt in secret, stand side by side as ``SequenceLanes`` and
/// look up each column once. All strips have rows of one length, so that the inner loop of a pass
/// has a fixed number of turns, which processors predict.
struct SequenceRows: Sendable {
  /// Rows of one length, one after the other.
  struct Strip: Sendable {
    /// Whether rows stand side by side, or each alone.
    var isWide: Bool
    /// The number of columns.
    var length: Int32
    /// The number of rows, or of ``SequenceLanes`` of them.
    var count: Int32
  }

  /// Where a player's part of the arrays begins.
  struct Start: Sendable {
    var strip: Int
    var row: Int
    var coefficient: Int
    var column: Int
  }

  /// By player, and at last their end.
  private(set) var starts: [Start] = []
  private(set) var strips: [Strip] = []
  /// For each row its sequence.
  private(set) var sequence: [Int32] = []
  /// For each strip, row and column the payoff × odds of chance; those of rows side by side too.
  private(set) var coefficient: [Double] = []
  /// For each strip, row and column the sequences of the other players; once for rows side by side.
  private(set) var others: [Int32] = []
  /// The number of entries that are not zero.
  let entryCount: Int

  /// The least share of true entries among the lanes of rows that are put side by side.
  static let leastDensity = 0.4

  /// - Parameters:
  ///   - worth: by end × player: payoff × odds of chance.
  ///   - leaves: by end × player: the player's sequence on the way to the end.
  ///   - owner: by sequence: whose it is; -1 for those that do not exist.
  /// - Complexity: linear in ends × players² and sequences × players.
  init(worth: [Double], leaves: [Int32], owner: [Int32], players: Int) {
    let entries = SequenceEntries(worth: worth, leaves: leaves, owner: owner, players: players)
    entryCount = entries.column.count
    coefficient.reserveCapacity(entryCount)
    others.reserveCapacity(entryCount * max(players - 1, 0))
    let related = entries.related(owner.indices.filter { owner[$0] >= 0 })
    for player in 0..<players {
      starts.append(end)
      var wide: [Block] = []
      var alone: [Block] = []
      for rows in related where owner[rows[rows.startIndex]] == player {
        let block = Block(rows, entries)
        if block.density >= SequenceRows.leastDensity {
          wide.append(block)
        } else {
          alone += rows.map { Block([$0], entries) }
        }
      }
      append(wide, isWide: true, entries)
      append(alone, isWide: false, entries)
    }
    starts.append(end)
  }

  private var end: Start {
    Start(
      strip: strips.count, row: sequence.count, coefficient: coefficient.count,
      column: others.count)
  }

  private mutating func append(_ blocks: [Block], isWide: Bool, _ entries: SequenceEntries) {
    let longest = blocks.map(\.columnCount).max() ?? 0
    let byLength = SequenceEntries.sorted(Array(blocks.indices), below: longest + 1) {
      blocks[$0].columnCount
    }
    let lanes = isWide ? SequenceLanes.scalarCount : 1
    var last = -1
    for index in byLength {
      let (rows, length) = (blocks[index].rows, blocks[index].columnCount)
      if length == last {
        strips[strips.count - 1].count += 1
      } else {
        strips.append(Strip(isWide: isWide, length: Int32(length), count: 1))
        last = length
      }
      // A lane without a row repeats the first.
      for lane in 0..<lanes {
        sequence.append(Int32(rows[rows.startIndex + (lane < rows.count ? lane : 0)]))
      }
      entries.forEachColumn(of: rows) { column, numbers in
        entries.appendOthers(ofColumn: column, to: &others)
        for lane in 0..<lanes { coefficient.append(numbers[lane < rows.count ? lane : 0]) }
      }
    }
  }
}

/// A few rows side by side.
private struct Block {
  let rows: ArraySlice<Int>
  private(set) var columnCount = 0
  private var entryCount = 0

  init(_ rows: ArraySlice<Int>, _ entries: SequenceEntries) {
    self.rows = rows
    entryCount = entries.entryCount(of: rows)
    entries.forEachColumn(of: rows) { _, _ in columnCount += 1 }
  }

  /// The share of true entries if all lanes are computed; of rows without any that of rows.
  var density: Double {
    columnCount == 0
      ? Double(rows.count) / Double(SequenceLanes.scalarCount)
      : Double(entryCount) / Double(SequenceLanes.scalarCount * columnCount)
  }
}
