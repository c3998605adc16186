import Scenarios

extension Forecaster {
  /// Solves so many draws, and tells what those so far come to each time that a block more of them
  /// is done: a first answer for somebody who waits. The result is that of ``run(of:draws:progress:)``
  /// to the last bit, and nothing is solved twice.
  ///
  /// `partial` is called in the order of the blocks, one call at a time; not with the last of them,
  /// nor while no draw could be certified.
  public func run(
    of source: DrawSource, draws: Int, partial: @escaping @Sendable (Forecast) -> Void
  ) async throws -> Forecast {
    let isBest = options.isBest || source.isCertain
    let inputs: any InputSource = isBest ? FixedInputs(values: source.bestEstimates) : source
    let count = isBest ? 1 : draws
    let tally = try await fold(count, of: inputs, from: Tally(worlds: worlds)) { tally, block in
      tally.add(block)
      if tally.draws < count, let forecast = try? summarize(tally, isBest: isBest) {
        partial(forecast)
      }
    }
    return try summarize(tally, isBest: isBest)
  }
}
