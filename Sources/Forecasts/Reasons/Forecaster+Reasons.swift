import Mathematics
import Scenarios

extension Forecaster {
  /// Why the parties choose as they do on a line of play of the first world, which must have been
  /// requested with the terms of its payoffs.
  ///
  /// - Parameters:
  ///   - line: as ``Forecast/mainLine`` has it.
  ///   - draws: how many draws are looked at.
  /// - Returns: a reason for each choice of a party among several options, in the order of the line;
  ///   forced choices, chance and bargains have none.
  public func reasons(
    for line: [Forecast.PlayedStep], draws: Int, progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> [ChoiceReason] {
    guard let world = worlds.first, world.hasTerms else { return [] }
    let plan = ChoicePlan(line, in: world, scenario: scenario)
    if plan.decisions.isEmpty { return [] }
    let names = plan.decisions.map { scenario.payoffTerms(of: $0.party) }
    let empty = zip(plan.decisions, names).map {
      ChoiceSums(options: $0.options.count, terms: $1.count)
    }
    let inputs: any InputSource =
      options.isBest ? FixedInputs(values: source.bestEstimates) : source
    let sums = try await fold(
      options.isBest ? 1 : draws, of: inputs, from: empty, explaining: plan, progress: progress
    ) { sums, block in
      for index in sums.indices { sums[index].add(block.choices[index]) }
    }
    return zip(plan.decisions, zip(sums, names)).map { decision, found in
      found.0.reason(
        decision, line: line[decision.step],
        party: scenario.parties[decision.party].name, terms: found.1)
    }
  }
}
