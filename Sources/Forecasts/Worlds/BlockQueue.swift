import Synchronization

/// Hands out blocks of draws to workers, and takes their results in the order of the blocks.
///
/// A result that comes early waits for those before it, so that a fold over them gives the same bits
/// whatever the number of workers; what waits is about as many blocks as there are workers.
final class BlockQueue<Result: Sendable, State: Sendable>: Sendable {
  private struct Progress {
    var nextBlock = 0
    var nextResult = 0
    var waiting: [Int: Result] = [:]
    var state: State
  }

  private let count: Int
  private let progress: Mutex<Progress>
  private let fold: @Sendable (inout State, Result) throws -> Void

  init(
    count: Int, initial: State, fold: @escaping @Sendable (inout State, Result) throws -> Void
  ) {
    self.count = count
    self.fold = fold
    progress = Mutex(Progress(state: initial))
  }

  /// The next block to work on, or `nil` if there is none left.
  func next() -> Int? {
    progress.withLock { progress in
      guard progress.nextBlock < count else { return nil }
      defer { progress.nextBlock += 1 }
      return progress.nextBlock
    }
  }

  /// Takes a block's result. After an error of the fold nothing more is folded.
  func put(_ result: Result, for block: Int) throws {
    try progress.withLock { progress in
      progress.waiting[block] = result
      while let next = progress.waiting.removeValue(forKey: progress.nextResult) {
        try fold(&progress.state, next)
        progress.nextResult += 1
      }
    }
  }

  /// What the results so far come to.
  var state: State { progress.withLock { $0.state } }
}
