import Equilibria
import Games
import Mathematics
public import Scenarios

/// Answers a scenario's questions in the light of its evidence: every draw of the quantities, and
/// every combination of the parties' types, counts by how likely it makes what was observed
/// (importance weighting: the prior is the proposal).
public struct EvidenceForecaster: Sendable {
  let scenario: Scenario
  let plan: EvidencePlan
  let forecaster: Forecaster
  let selection: SolveSettings.Selection
  private let options: Forecaster.Options

  /// Prepares the worlds of some questions, by their indices. The evidence is what the scenario
  /// holds; see ``Scenarios/Scenario/asKnown(on:)``.
  ///
  /// - Throws: a diagnostic where moves were observed and no rationality is stated, where the
  ///   evidence cannot be under the rules, and what ``Forecaster`` throws.
  public init(
    _ scenario: Scenario, questions: [Int], options: Forecaster.Options
  ) throws(Forecaster.Defect) {
    self.scenario = scenario
    self.options = options
    let move = scenario.evidence.first(where: \.isMove)
    if let move, scenario.solve.rationality == nil {
      throw .diagnostics([EvidenceForecaster.rationalityWanted(move, scenario)])
    }
    selection = move == nil ? scenario.solve.selection : .fixedRationality
    plan = EvidencePlan(scenario, questions: questions, selection: selection)
    forecaster = try Forecaster(scenario, worlds: plan.requests, options: options)
    let impossible = impossibleEvidence()
    if !impossible.isEmpty { throw .diagnostics(impossible) }
  }

  /// Solves all draws, and more where the evidence leaves too few that count.
  ///
  /// `progress` is told how many draws are done, `extension` how many there are to be more than was
  /// known before. The work stops when the task is cancelled.
  public func run(
    progress: (@Sendable (Int) -> Void)? = nil, extension more: (@Sendable (Int) -> Void)? = nil
  ) async throws -> Posterior {
    try summarize(try await solve(progress: progress, extension: more))
  }

  /// The draws that it takes.
  func solve(
    progress: (@Sendable (Int) -> Void)? = nil, extension more: (@Sendable (Int) -> Void)? = nil
  ) async throws -> EvidenceTally {
    let isBest = forecaster.options.isBest
    var draws = isBest ? 1 : options.draws
    let most = isBest ? 1 : draws * Posterior.largestGrowth
    let inputs: any InputSource =
      isBest ? FixedInputs(values: forecaster.source.bestEstimates) : forecaster.source
    var tally = EvidenceTally(worlds: forecaster.worlds, draws: draws)
    var done = 0
    while true {
      tally = try await forecaster.fold(
        draws, after: done, of: inputs, from: tally, explaining: nil, progress: progress
      ) { $0.add($1) }
      let effective = SystematicResampling.effectiveSize(weights(tally))
      if draws >= most || effective >= Posterior.enoughDraws || effective == 0 { return tally }
      // As many as it should take, by doubling; what is solved stays unless it ends within a block.
      let wanted = Double(draws) * Posterior.enoughDraws / effective
      done = draws % Forecaster.blockSize == 0 ? draws : 0
      repeat { draws *= 2 } while Double(draws) < wanted && draws < most
      if done == 0 { tally = EvidenceTally(worlds: forecaster.worlds, draws: draws) }
      more?(draws - done)
    }
  }

  /// By draw: the likelihood of the evidence.
  func weights(_ tally: EvidenceTally) -> [Double] {
    tally.responses.queries[plan.position(plan.total)].condition.map { $0.isNaN ? 0 : $0 }
  }

  // MARK: - What cannot be

  /// Evidence that no end of the story agrees with.
  private func impossibleEvidence() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for (number, slot) in plan.singles.enumerated() where isNever(slot) {
      let item = scenario.evidence[number]
      diagnostics.append(
        Diagnostic(
          code: "evidence-impossible", file: scenario.file, place: item.place,
          message: "what was observed, '\(item.written)', can never happen in this story",
          remedy: "mend the observation, or let the story allow it"))
    }
    if !diagnostics.isEmpty || !isNever(plan.total) { return diagnostics }
    let pair = plan.pairs.first { isNever($0.slot) }
    let numbers =
      pair.map { [$0.first, $0.second] }
      ?? scenario.evidence.indices.filter { scenario.evidence[$0].isMove }
    return [exclusive(numbers, "exclude each other in this story")]
  }

  func exclusive(_ numbers: [Int], _ what: String) -> Diagnostic {
    let items = numbers.map { scenario.evidence[$0] }
    let names = items.map { "'\($0.written)'" }
    let list =
      names.count == 1
      ? names[0] : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    return Diagnostic(
      code: "evidence-impossible", file: scenario.file, place: items.last?.place,
      message: "\(list) \(what)", remedy: "mend the observations, or let the story allow them all")
  }

  /// The weight of a query is 0 at every end, whatever the quantities.
  private func isNever(_ slot: EvidencePlan.Slot) -> Bool {
    let world = forecaster.worlds[slot.world]
    return world.queries[slot.place].weight.map { world.isNever($0) } ?? false
  }

  private static func rationalityWanted(_ item: Evidence, _ scenario: Scenario) -> Diagnostic {
    Diagnostic(
      code: "evidence-needs-rationality", file: scenario.file, place: item.place,
      message: "'\(item.written)' was observed, and how likely it was depends on how closely play "
        + "follows gain, which 'solve' does not say",
      remedy: "add solve: {rationality: 2 .. 8 .. 30}")
  }
}

extension World {
  /// An event or weight is 0 at every end, whatever the quantities.
  func isNever(_ event: Int) -> Bool {
    game.events[event].allSatisfy { game.graph.constantValue($0) == 0 }
  }
}

/// The draws so far: what a forecast without evidence comes to, and every draw's numbers.
struct EvidenceTally: Sendable {
  var tally: Tally
  var responses: Responses
  /// By terminal of the first world, weighed by the likelihood of the evidence.
  var weightedSums: [Double]

  init(worlds: [World], draws: Int) {
    tally = Tally(worlds: worlds)
    responses = Responses(worlds: worlds, draws: draws)
    weightedSums = tally.terminalSums
  }

  mutating func add(_ block: BlockResult) {
    tally.add(block)
    responses.add(block)
    for index in weightedSums.indices { weightedSums[index] += block.weightedSums[index] }
  }
}
