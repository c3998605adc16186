internal import Games

/// So many numbers are learned at once.
typealias SequenceLanes = SIMD4<Double>

/// Information sets of one player that have as many of its own moves before them and as many
/// actions, and their sequences, action by action: the sequences of the same action of neighboring
/// sets are neighbors, so that a pass handles several sets at once. The group is filled up with
/// empty places to a multiple of ``SequenceLanes``.
struct SetGroup: Sendable {
  /// Where its sets begin.
  var firstSet: Int
  /// How many sets it has, the empty places included.
  var setCount: Int
  /// Where its sequences begin.
  var firstSequence: Int
  /// The number of actions at each set.
  var width: Int

  /// All its sequences, those of empty places included.
  var sequences: Range<Int> { firstSequence..<(firstSequence + width * setCount) }

  /// The sequences of the set in this place of the group.
  func sequences(at place: Int) -> StrideTo<Int> {
    let first = firstSequence + place
    return stride(from: first, to: first + width * setCount, by: setCount)
  }
}

/// The common numbers of all players' sequences in a ``CompiledSequenceGame``.
struct SequenceOrder {
  /// By player, and at last their end: where its groups begin.
  private(set) var firstGroup = [0]
  private(set) var groups: [SetGroup] = []
  /// For each set the sequence that leads there; for an empty place the player's empty one.
  private(set) var parent: [Int32] = []
  /// For each sequence the action that is its last move; -1 for the empty ones and empty places.
  private(set) var action: [Int32]
  /// By sequence: whose it is; -1 for empty places.
  private(set) var owner: [Int32]
  /// By end × player: the player's sequence on the way to the end.
  private(set) var leaves: [Int32]

  init(of form: SequenceForm) {
    let players = form.sides.count
    action = Array(repeating: -1, count: players)
    owner = (0..<players).map { Int32($0) }
    leaves = form.leaves
    for (player, side) in form.sides.enumerated() {
      var depth = [Int](repeating: 0, count: side.count)
      for position in side.informationSets.indices {
        for sequence in side.sequences(at: position) {
          depth[sequence] = depth[side.parent[position]] + 1
        }
      }
      let keys = side.informationSets.indices.map {
        (depth: depth[side.parent[$0]], width: side.sequences(at: $0).count, position: $0)
      }.sorted { $0 < $1 }
      var number = [Int32](repeating: Int32(player), count: side.count)
      var next = keys.startIndex
      while next < keys.endIndex {
        let key = keys[next]
        let end =
          keys[next...].firstIndex { $0.depth != key.depth || $0.width != key.width }
          ?? keys.endIndex
        append(keys[next..<end].map(\.position), width: key.width, of: side, player, &number)
        next = end
      }
      firstGroup.append(groups.count)
      for place in stride(from: player, to: leaves.count, by: players) {
        leaves[place] = number[Int(leaves[place])]
      }
    }
  }

  private mutating func append(
    _ positions: [Int], width: Int, of side: SequenceForm.Side, _ player: Int,
    _ number: inout [Int32]
  ) {
    let lanes = SequenceLanes.scalarCount
    let group = SetGroup(
      firstSet: parent.count, setCount: (positions.count + lanes - 1) / lanes * lanes,
      firstSequence: action.count, width: width)
    groups.append(group)
    parent += positions.map { number[side.parent[$0]] }
    parent += repeatElement(Int32(player), count: group.setCount - positions.count)
    action += repeatElement(-1, count: group.setCount * width)
    owner += repeatElement(-1, count: group.setCount * width)
    for (place, position) in positions.enumerated() {
      for (sequence, own) in zip(group.sequences(at: place), side.sequences(at: position)) {
        action[sequence] = Int32(side.action[own])
        owner[sequence] = Int32(player)
        number[own] = Int32(sequence)
      }
    }
  }
}
