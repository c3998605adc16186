internal import Games
public import Mathematics

/// Many draws of one game at once.
extension SequentialSolver {
  /// Memory for one thread's blocks of at most so many draws.
  public func makeBlockWorkspace(draws: Int) -> BlockWorkspace {
    BlockWorkspace(self, draws: draws)
  }

  /// The selected equilibrium of every draw of a block, by the rule of ``solve(_:workspace:)``; what
  /// is found stands in the workspace.
  ///
  /// The draws go side by side (``Lanes``): subgames without unknown choices without a branch, the
  /// rest along their logit paths in lockstep, each traced in full. What one draw comes to does not
  /// depend on its neighbors. Subgames with bargains are solved draw by draw. When the task is
  /// cancelled the draws that have not begun end as stopped.
  ///
  /// - Parameters:
  ///   - numbers: by symbol (``GameSymbols``), the number in each draw.
  ///   - power: by ``GameTree/Bargain/powerIndex``, the symbol of the first bargainer's power.
  ///   - draws: how many of the columns' draws there are.
  ///   - rationality: for each draw a λ at which to stop, in units of each player's payoff range;
  ///     `nil` for the limit.
  ///   - skipped: draws that have no game.
  /// - Precondition: the solver was made with symbols, all below `numbers.count`.
  public func solve(
    _ numbers: Columns, power: [Int32], draws: Int, rationality: [Double]? = nil,
    skipping skipped: [Bool] = [], workspace: inout BlockWorkspace
  ) {
    guard let symbols else { return }
    for draw in workspace.failures.indices {
      let isSkipped = skipped.indices.contains(draw) && skipped[draw]
      workspace.failures[draw] = draw >= draws || isSkipped ? .malformed : nil
    }
    workspace.findRanges(numbers, symbols: symbols, tree: tree, draws: draws)
    let block = BlockNumbers(numbers: numbers, symbols: symbols, power: power, draws: draws)
    if let rationality {
      // The wanted λ is one for all subgames: the whole tree is one region.
      let whole = compiled.subgames.count
      workspace.run(self, program: whole, block, rationality: rationality)
      return
    }
    for ordinal in compiled.subgames.indices {
      workspace.run(self, program: ordinal, block, rationality: nil)
    }
  }
}

/// The numbers of a block, and how to find those of a program.
struct BlockNumbers {
  let numbers: Columns
  let symbols: GameSymbols
  let power: [Int32]
  let draws: Int

  /// Eight draws' values of a symbol.
  @inline(__always)
  func lanes(_ symbol: Int32, group: Int) -> Lanes {
    numbers.lanes(Int(symbol), group: group)
  }
}
