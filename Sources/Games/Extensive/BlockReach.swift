public import Mathematics

/// How likely each end of a tree is under a profile, for blocks of draws of odds and profiles.
///
/// Nodes stand in preorder, so the weights of those on the path to a node are all that must be kept:
/// a column for each depth, which stays in the cache. An end below a node that cannot be reached has
/// probability 0, whatever the numbers below it.
public struct BlockReach: Sendable {
  /// What leads to a node other than the root.
  private struct Move {
    /// The weight of the parent; the node's own stands after it.
    var depth: Int32
    var parent: Int32
    /// Its ordinal among the parent's branches.
    var ordinal: Int32
    /// The column of its share: of odds where chance moves, else of the profile.
    var column: Int32
    var isChance: Bool
    /// The end that it is, or -1.
    var terminal: Int32
  }

  private let moves: [Move]
  private let actionCount: Int
  private let oddsCount: Int
  private let terminalCount: Int
  /// By depth, ``groups`` weights.
  private var weights: [Lanes]

  /// How many groups of draws go through the tree together.
  private static let groups = 32

  /// Prepares a tree whose moves of chance have their odds in these columns, by branch.
  ///
  /// - Complexity: linear in nodes.
  public init(tree: GameTree, odds: [Int32]) {
    var moves: [Move] = []
    var depths = [Int32](repeating: 0, count: tree.nodes.count)
    for (id, node) in tree.nodes.enumerated() where node.parent >= 0 {
      let parent = tree.nodes[Int(node.parent)]
      depths[id] = depths[Int(node.parent)] + 1
      let ordinal = node.incoming - parent.firstBranch
      let isChance = parent.kind == .chance
      moves.append(
        Move(
          depth: depths[id] - 1, parent: node.parent, ordinal: ordinal,
          column: isChance
            ? odds[Int(node.incoming)]
            : Int32(tree.informationSets[Int(parent.index)].firstAction) + ordinal,
          isChance: isChance, terminal: node.kind == .terminal ? node.index : -1))
    }
    precondition(moves.allSatisfy { $0.column >= 0 }, "moves of chance have odds")
    self.moves = moves
    actionCount = tree.actionCount
    oddsCount = moves.map { $0.isChance ? Int($0.column) + 1 : 0 }.max() ?? 0
    terminalCount = tree.terminals.count
    weights = Array(
      repeating: Lanes(repeating: 1), count: (Int(depths.max() ?? 0) + 1) * BlockReach.groups)
  }

  /// Finds the probability of each terminal in each draw.
  ///
  /// - Parameters:
  ///   - profile: a column for each action.
  ///   - numbers: the columns with the odds.
  ///   - forced: by node, the branch that is taken whatever the profile says; -1 where play is free.
  ///   - ends: a column for each terminal.
  /// - Complexity: nodes × draws; allocates nothing.
  public mutating func findEnds(
    profile: Columns, numbers: Columns, forced: [Int32]? = nil, draws: Int, into ends: inout Columns
  ) {
    precondition(profile.count >= actionCount && profile.stride >= draws)
    precondition(numbers.count >= oddsCount && (oddsCount == 0 || numbers.stride >= draws))
    precondition(ends.count >= terminalCount && ends.stride >= draws)
    let groups = (draws + Lanes.width - 1) / Lanes.width
    if moves.isEmpty {
      for group in 0..<groups { ends.setLanes(0, group: group, Lanes(repeating: 1)) }
    }
    for first in stride(from: 0, to: groups, by: BlockReach.groups) {
      follow(
        profile, numbers, forced, first..<min(groups, first + BlockReach.groups), &ends)
    }
  }

  private mutating func follow(
    _ profile: Columns, _ numbers: Columns, _ forced: [Int32]?, _ groups: Range<Int>,
    _ ends: inout Columns
  ) {
    let start = groups.lowerBound * MemoryLayout<Lanes>.stride
    let endStride = ends.stride * MemoryLayout<Double>.stride
    let moves = moves
    weights.withUnsafeMutableBytes { weights in
      ends.values.withUnsafeMutableBytes { ends in
        profile.values.withUnsafeBytes { probabilities in
          numbers.values.withUnsafeBytes { odds in
            guard let weights = weights.baseAddress, let ends = ends.baseAddress else { return }
            let depth = BlockReach.groups * MemoryLayout<Lanes>.stride
            for move in moves {
              let parent = UnsafeRawPointer(weights + Int(move.depth) * depth)
              let own =
                move.terminal < 0
                ? weights + (Int(move.depth) + 1) * depth
                : ends + (Int(move.terminal) * endStride + start)
              let force = forced.map { $0[Int(move.parent)] } ?? -1
              if force >= 0 {
                let bytes = groups.count * MemoryLayout<Lanes>.stride
                if force == move.ordinal {
                  own.copyMemory(from: parent, byteCount: bytes)
                } else {
                  // The bits of 0 are all 0.
                  own.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
                }
                continue
              }
              let column =
                move.isChance
                ? Int(move.column) * numbers.stride : Int(move.column) * profile.stride
              guard let base = move.isChance ? odds.baseAddress : probabilities.baseAddress else {
                continue
              }
              multiply(
                parent, by: base + (column * MemoryLayout<Double>.stride + start), groups.count,
                into: own)
            }
          }
        }
      }
    }
  }
}

/// The shares of weights, none of those that are 0.
@inline(__always)
private func multiply(
  _ weights: UnsafeRawPointer, by shares: UnsafeRawPointer, _ groups: Int,
  into target: UnsafeMutableRawPointer
) {
  for group in 0..<groups {
    let place = group * MemoryLayout<Lanes>.stride
    let weight = weights.loadUnaligned(fromByteOffset: place, as: Lanes.self)
    let share = shares.loadUnaligned(fromByteOffset: place, as: Lanes.self)
    target.storeBytes(
      of: (weight * share).replacing(with: 0, where: weight .== 0), toByteOffset: place,
      as: Lanes.self)
  }
}
