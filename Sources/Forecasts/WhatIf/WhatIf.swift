import Games
import Mathematics
public import Scenarios

/// Answers to a question under other rules and other quantities, each by the same draws.
public struct WhatIf: Sendable {
  private let scenario: Scenario
  private let question: Int
  private let options: Forecaster.Options
  /// The play that the scenario's evidence calls for; nil for answers before it.
  private let evidence: SolveSettings.Selection?

  /// What-ifs about a question of a scenario. `options` says how many draws, under which seed;
  /// `evidence` the play that it calls for, for answers in its light.
  public init(
    _ scenario: Scenario, question: Int, options: Forecaster.Options,
    evidence: SolveSettings.Selection? = nil
  ) {
    self.scenario = scenario
    self.question = question
    self.options = options
    self.evidence = evidence
  }

  /// The question's world with some more choices forced.
  private func request(adding suppositions: [Supposition], to scenario: Scenario) -> WorldRequest {
    let asked = scenario.questions[question]
    var request = WorldRequest(scenario)
    request.supposing += asked.openlySupposed + suppositions
    request.whereCondition = asked.isSecret ? nil : asked.whereCondition
    request.queries = [WorldRequest.Query(question: question, of: scenario)]
    return request
  }

  // MARK: - Other rules

  /// The choices that can be supposed one at a time: each option of each step at which a party
  /// chooses, but for steps that the question itself settles, those told in rounds, and grids of
  /// amounts.
  public var suppositions: [Supposition] {
    let asked = scenario.questions[question]
    let settled = Set((asked.supposing + scenario.imposed).map(\.fact))
    return scenario.story.flatMap { element -> [Supposition] in
      guard case .step(let step) = element, !settled.contains(step.fact) else { return [] }
      let fact = scenario.names.facts[step.fact]
      switch step.kind {
      case .choice, .clause:
        guard fact.numbers == nil, fact.values.count <= 8 else { return [] }
        return fact.values.indices.map {
          Supposition(fact: step.fact, value: $0, isLimited: false)
        }
      case .chance, .signal, .bargain: return []
      }
    }
  }

  /// The answers under each supposition alone, with the answer of the story as it stands; those that
  /// no line of play allows are left out.
  ///
  /// - Parameter base: what the story as it stands comes to in the first draws, within the story, if it
  ///   is known.
  /// - Returns: the story's own probability, not mixed with what lies outside it; nil where the
  ///   question's condition never holds.
  public func counterfactuals(
    _ suppositions: [Supposition], base known: Responses.Query? = nil,
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> (base: Double?, answers: [Counterfactual]) {
    var (kept, queries) =
      if let evidence {
        try await posteriors(suppositions, evidence, progress)
      } else {
        try await responses((known == nil ? [nil] : []) + suppositions, progress)
      }
    let base = evidence == nil ? known ?? queries.removeFirst() : queries.removeFirst()
    let answers = zip(kept, queries).map { supposition, query in
      let fact = scenario.names.facts[supposition.fact]
      return Counterfactual(
        supposition: supposition, party: party(choosing: supposition.fact), step: fact.name,
        option: fact.values[supposition.value], probability: query.mean,
        differenceError: WhatIf.errorOfDifference(query, base))
    }
    return (base.mean, answers)
  }

  /// What each supposition comes to that some line of play allows, none being the story as it stands.
  private func responses(
    _ suppositions: [Supposition?], _ progress: (@Sendable (Int) -> Void)?
  ) async throws -> (kept: [Supposition], queries: [Responses.Query]) {
    var worlds: [World] = []
    var kept: [Supposition] = []
    for supposition in suppositions {
      try Task.checkCancellation()
      var request = request(adding: supposition.map { [$0] } ?? [], to: scenario)
      request.queries[0].mixesOutside = false
      do {
        worlds.append(try World(request, limits: options.limits))
      } catch {
        guard supposition == nil else { continue }
        throw Forecaster.Defect(error)
      }
      if let supposition { kept.append(supposition) }
    }
    if worlds.isEmpty { return ([], []) }
    let forecaster = try Forecaster(scenario, compiled: worlds, options: options)
    return (kept, try await forecaster.responses(progress: progress).queries)
  }

  /// The same in the light of the evidence: each supposition is a question of its own.
  private func posteriors(
    _ suppositions: [Supposition], _ selection: SolveSettings.Selection,
    _ progress: (@Sendable (Int) -> Void)?
  ) async throws -> (kept: [Supposition], queries: [Responses.Query]) {
    var asked = scenario
    asked.questions = [scenario.questions[question]]
    var kept: [Supposition] = []
    // What is supposed in secret cannot stand beside what all know.
    for supposition in scenario.questions[question].isSecret ? [] : suppositions {
      try Task.checkCancellation()
      let request = request(adding: [supposition], to: scenario)
      guard (try? World(request, limits: options.limits)) != nil else { continue }
      kept.append(supposition)
      asked.questions.append(scenario.questions[question])
      asked.questions[kept.count].supposing.append(supposition)
    }
    let answers = try EvidenceAnswers(
      asked, questions: Array(asked.questions.indices), selection: selection, mixesOutside: false,
      options: options)
    let isBest = answers.forecaster.options.isBest
    let source = answers.forecaster.source
    let inputs: any InputSource = isBest ? FixedInputs(values: source.bestEstimates) : source
    let found = try await answers.answers(
      isBest ? 1 : options.draws, of: inputs, progress: progress)
    return (kept, found.queries)
  }

  private func party(choosing fact: Int) -> String? {
    for case .step(let step) in scenario.story where step.fact == fact {
      switch step.kind {
      case .choice(let movers, _): return movers.first.map { scenario.parties[$0].name }
      case .clause(let clause):
        return scenario.clauses[clause].duty.map { scenario.parties[$0.obliged].name }
      default: return nil
      }
    }
    return nil
  }

  /// The standard error, over the scramblings, of the difference of two probabilities in the same
  /// draws.
  static func errorOfDifference(_ one: Responses.Query, _ other: Responses.Query) -> Double {
    var differences: [Double] = []
    for replicate in 0..<DrawSource.replicates {
      guard let first = one.mean(ofReplicate: replicate),
        let second = other.mean(ofReplicate: replicate)
      else { continue }
      differences.append(first - second)
    }
    return differences.count < 2 ? 0 : Statistics.standardError(replicates: differences) ?? 0
  }

  // MARK: - Other quantities

  /// The answers under each variant of the scenario.
  public func variants(progress: (@Sendable (Int) -> Void)? = nil) async throws -> [VariantAnswer] {
    // One structure serves all: what some variant changes is left open in it.
    var open = scenario
    for setting in scenario.variants.flatMap(\.settings) {
      if let index = open.input(named: setting.name) { open.inputs[index].isFixed = false }
    }
    let solve = try solver(of: open)
    var answers: [VariantAnswer] = []
    for variant in scenario.variants {
      let source: DrawSource
      do {
        source = try DrawSource(scenario.applying(variant), seed: options.seed)
      } catch {
        throw Forecaster.Defect.diagnostics([error])
      }
      let isOne = options.isBest || source.isCertain
      let inputs: any InputSource = isOne ? FixedInputs(values: source.bestEstimates) : source
      let (query, found) = try await solve(isOne ? 1 : options.draws, inputs, progress)
      answers.append(
        VariantAnswer(
          name: variant.name, probability: query.mean, samplingError: isOne ? 0 : query.error,
          problem: query.mean == nil
            ? found.invalidReason?.message ?? found.uncertifiedReason?.message : nil))
    }
    return answers
  }

  /// Answers the question for draws of the quantities of a scenario, in the light of the evidence if
  /// that is asked for.
  private func solver(
    of scenario: Scenario
  ) throws(Forecaster.Defect)
    -> @Sendable (
      Int, any InputSource, (@Sendable (Int) -> Void)?
    ) async throws -> (Responses.Query, Responses)
  {
    if let evidence {
      let answers = try EvidenceAnswers(
        scenario, questions: [question], selection: evidence, options: options)
      return {
        let found = try await answers.answers($0, of: $1, progress: $2)
        return (found.queries[0], found.responses)
      }
    }
    let forecaster = try Forecaster(
      scenario, worlds: [request(adding: [], to: scenario)], options: options)
    return {
      let found = try await forecaster.responses($0, of: $1, progress: $2)
      return (found.queries[0], found)
    }
  }
}
