public import Games
public import Mathematics

/// How likely each end of a game is, for blocks of draws of its odds and of its players' choices.
public struct BlockPlay: Sendable {
  private let program: BlockProgram
  private let terminalCount: Int
  private let actionCount: Int

  /// Memory for one thread.
  public struct Scratch: Sendable {
    fileprivate var registers: Columns
  }

  /// Compiles a structure.
  ///
  /// - Parameter odds: by branch of a move of chance, the column of its odds.
  /// - Complexity: linear in the number of nodes.
  public init(tree: GameTree, odds: [Int32]) {
    var draft = BlockDraft()
    var reach = [BlockDraft.Place?](repeating: nil, count: tree.nodes.count)
    for (id, node) in tree.nodes.enumerated() {
      for (ordinal, branch) in tree.branches(of: id).enumerated() {
        let child = Int(tree.branchTarget[branch])
        let share: BlockDraft.Place =
          node.kind == .chance
          ? .number(Int(odds[branch]))
          : .player(tree.informationSets[Int(node.index)].firstAction + ordinal)
        let next = tree.nodes[child]
        if next.kind == .terminal {
          let target = BlockDraft.Place.result(Int(next.index))
          if let before = reach[id] {
            draft.product(target, before, share)
          } else {
            draft.add(.copy, [target], [share])
          }
        } else {
          reach[child] = share
          if let before = reach[id] {
            let product = draft.newValue()
            draft.product(product, before, share)
            reach[child] = product
          }
        }
      }
      if node.parent < 0, node.kind == .terminal { draft.add(.certain, [.result(0)], []) }
    }
    program = BlockProgram(draft.steps)
    terminalCount = tree.terminals.count
    actionCount = tree.actionCount
  }

  /// Columns for the ends of a block of draws.
  public func makeColumns(draws: Int) -> Columns { Columns(count: terminalCount, draws: draws) }

  /// Memory for one thread.
  public func makeScratch() -> Scratch {
    Scratch(registers: LaneTiles.registers(program.registerCount))
  }

  /// The probability of each end.
  ///
  /// - Parameters:
  ///   - numbers: the columns of odds that were named when the structure was compiled.
  ///   - probabilities: by action, as in ``BlockBackwardInduction/Solution``; only read, but lent.
  ///   - ends: columns as ``makeColumns(draws:)`` makes them.
  ///   - scratch: memory as ``makeScratch()`` makes it.
  /// - Complexity: linear in branches × draws; allocates nothing.
  public func run(
    _ numbers: Columns, probabilities: inout Columns, draws: Int, into ends: inout Columns,
    scratch: inout Scratch
  ) {
    precondition(numbers.count >= program.numberCount && probabilities.count >= actionCount)
    precondition(ends.count >= terminalCount && scratch.registers.count >= program.registerCount)
    withUnsafeTemporaryAllocation(of: LaneOperand.self, capacity: program.mostOperands) { room in
      guard let room = room.baseAddress else { return }
      LaneTiles.run(
        draws: draws, numbers, &ends, &scratch.registers, &probabilities, isConstant: false
      ) { spaces, groups in
        program.run(spaces, groups: groups, room: room, notes: nil)
      }
    }
  }
}
