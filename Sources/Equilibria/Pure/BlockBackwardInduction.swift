public import Games
public import Mathematics

/// Backward induction in a game with perfect information, for blocks of draws of its numbers.
///
/// The rule is that of ``SequentialSolver``, whose choices are the same bit by bit: payoffs are
/// divided by each player's range; actions that are worth as much as the best, to within 1e-12, are
/// chosen with equal odds; each player weighs chance by its own odds. What costs that solver some
/// microseconds for each draw costs tens of nanoseconds here, for the game becomes a program of
/// loops over columns of draws, without a branch or a look-up for any one draw. Draws are
/// first solved as if there were no ties, and again with them where a choice was close.
///
/// ```swift
/// let induction = try BlockBackwardInduction(tree: game.tree, columns: columns)
/// var solution = induction.makeSolution(draws: 256)
/// var scratch = induction.makeScratch()
/// induction.solve(numbers, draws: 256, into: &solution, scratch: &scratch)
/// solution.probabilities[game.tree.informationSets[0].firstAction, 17]  // in draw 17
/// ```
///
/// The numbers of a draw are not looked at: where payoffs or odds are not finite its results mean
/// nothing.
public struct BlockBackwardInduction: Sendable {
  /// What each draw's game comes to.
  public struct Solution: Sendable {
    /// The probability of each action at its information set, by ``GameTree/actionCount``.
    public var probabilities: Columns
    /// What each player expects, in its own units and by its own odds; empty if not asked for.
    public var values: Columns
  }

  /// Memory for one thread.
  public struct Scratch: Sendable {
    fileprivate var registers: Columns
    /// By player and group of draws: by how much the closest choice was decided.
    fileprivate var gaps: [BlockLanes]
  }

  /// The structure that was compiled.
  public let tree: GameTree
  private let program: BlockProgram
  private let quick: (picks: BlockProgram, bounds: BlockProgram)
  private let valueCount: Int

  /// Compiles a structure.
  ///
  /// - Parameters:
  ///   - columns: which column has each number; -1 at branches of decisions. Equal columns are
  ///     equal numbers in every draw.
  ///   - values: whether to compute what players expect.
  /// - Throws: ``TreeDefect`` if information is not perfect or two players bargain.
  /// - Complexity: linear in nodes × players.
  public init(
    tree: GameTree, columns: GameSymbols, values: Bool = true
  ) throws(TreeDefect) {
    for set in tree.informationSets {
      if set.bargain != nil { throw .bargain(informationSet: set.displayLabel) }
      if set.actions.isEmpty { throw .noActions(informationSet: set.displayLabel) }
      if set.nodes.count > 1 { throw .imperfectInformation(informationSet: set.displayLabel) }
    }
    self.tree = tree
    program = BlockInductionCompiler.program(tree, columns, values: values)
    quick = BlockInductionCompiler.quickPrograms(tree, columns, values: values)
    valueCount = values ? tree.players.count : 0
  }

  /// Room for the solutions of a block of draws.
  public func makeSolution(draws: Int) -> Solution {
    Solution(
      probabilities: Columns(count: tree.actionCount, draws: draws),
      values: Columns(count: valueCount, draws: draws))
  }

  /// Memory for one thread.
  public func makeScratch() -> Scratch {
    Scratch(
      registers: LaneTiles.registers(max(program.registerCount, quick.picks.registerCount)),
      gaps: Array(repeating: .zero, count: tree.players.count * LaneTiles.groups))
  }

  /// Solves the games of a block of draws.
  ///
  /// - Parameters:
  ///   - numbers: the columns that were named when the structure was compiled.
  ///   - draws: how many draws there are.
  ///   - bound: what no payoff exceeds in size, if it is known; it saves a look at all of them.
  ///   - solution: room as ``makeSolution(draws:)`` makes it.
  ///   - scratch: memory as ``makeScratch()`` makes it.
  /// - Complexity: linear in branches × players × draws; allocates nothing unless some node has
  ///   dozens of branches.
  public func solve(
    _ numbers: Columns, draws: Int, bound: Double = .infinity, into solution: inout Solution,
    scratch: inout Scratch
  ) {
    precondition(numbers.count >= program.numberCount)
    precondition(solution.probabilities.count >= tree.actionCount)
    precondition(solution.values.count >= valueCount)
    precondition(solution.values.stride >= draws || valueCount == 0)
    precondition(scratch.registers.count >= max(program.registerCount, quick.picks.registerCount))
    let players = tree.players.count
    let most = max(
      program.mostOperands, quick.picks.mostOperands, quick.bounds.mostOperands)
    let gapCount = players * LaneTiles.groups
    precondition(scratch.gaps.count >= gapCount)
    // Moved out and back, so that the registers may be written beside them.
    var gaps: [BlockLanes] = []
    swap(&gaps, &scratch.gaps)
    defer { swap(&gaps, &scratch.gaps) }
    withUnsafeTemporaryAllocation(of: LaneOperand.self, capacity: most) { room in
      withUnsafeTemporaryAllocation(of: BlockProgram.Note.self, capacity: players) { notes in
        gaps.withUnsafeMutableBufferPointer { gaps in
          guard let room = room.baseAddress, let notes = notes.baseAddress,
            let gaps = gaps.baseAddress
          else { return }
          LaneTiles.run(
            draws: draws, numbers, &solution.probabilities, &scratch.registers,
            &solution.values, isConstant: valueCount == 0
          ) { spaces, groups in
            gaps.update(repeating: BlockLanes(repeating: .infinity), count: gapCount)
            for player in 0..<players {
              (notes + player).initialize(
                to: BlockProgram.Note(gaps: gaps + player * LaneTiles.groups))
            }
            quick.picks.run(spaces, groups: groups, room: room, notes: notes)
            solveTies(spaces, groups: groups, room: room, notes: notes, bound: bound)
          }
        }
      }
    }
  }

  /// Solves again where a choice was so close that it may have been a tie: by far closer than
  /// rounding and the rule for ties can make it.
  private func solveTies(
    _ spaces: UnsafePointer<LaneSpace>, groups: Int, room: UnsafeMutablePointer<LaneOperand>,
    notes: UnsafeMutablePointer<BlockProgram.Note>, bound: Double
  ) {
    let players = tree.players.count
    var least = BlockLanes(repeating: .infinity)
    for player in 0..<players {
      for group in 0..<groups {
        let gap = notes[player].gaps[group]
        least = least.replacing(with: gap, where: gap .< least)
      }
    }
    if least.min() > 1e-11 * bound { return }
    quick.bounds.run(spaces, groups: groups, room: room, notes: notes)
    for player in 0..<players {
      let least = 1e-11 * notes[player].size.max()
      // Marks in the first player's gaps.
      for group in 0..<groups where !(notes[player].gaps[group].min() > least) {
        notes[0].gaps[group] = BlockLanes(repeating: -1)
      }
    }
    for group in 0..<groups where notes[0].gaps[group][0] < 0 {
      withUnsafeTemporaryAllocation(of: LaneSpace.self, capacity: 4) { later in
        for space in 0..<4 {
          later.initializeElement(at: space, to: spaces[space].advanced(by: group))
        }
        guard let later = later.baseAddress else { return }
        program.run(later, groups: 1, room: room, notes: notes)
      }
    }
  }
}
