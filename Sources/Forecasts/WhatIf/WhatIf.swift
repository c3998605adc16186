import Games
import Mathematics
public import Scenarios

/// Answers to a question under other rules and other quantities, each by the same draws.
public struct WhatIf: Sendable {
  private let scenario: Scenario
  private let question: Int
  private let options: Forecaster.Options

  /// What-ifs about a question of a scenario. `options` says how many draws, under which seed.
  public init(_ scenario: Scenario, question: Int, options: Forecaster.Options) {
    self.scenario = scenario
    self.question = question
    self.options = options
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
  /// - Returns: the story's own probability, not mixed with what lies outside it; nil where the
  ///   question's condition never holds.
  public func counterfactuals(
    _ suppositions: [Supposition], progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> (base: Double?, answers: [Counterfactual]) {
    var worlds: [World] = []
    var kept: [Supposition] = []
    for supposition in [nil] + suppositions.map(Optional.some) {
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
    let forecaster = try Forecaster(scenario, compiled: worlds, options: options)
    let found = try await forecaster.responses(progress: progress)
    let base = found.queries[0]
    let answers = zip(kept, found.queries.dropFirst()).map { supposition, query in
      let fact = scenario.names.facts[supposition.fact]
      return Counterfactual(
        supposition: supposition, party: party(choosing: supposition.fact), step: fact.name,
        option: fact.values[supposition.value], probability: query.mean,
        differenceError: WhatIf.errorOfDifference(query, base))
    }
    return (base.mean, answers)
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
    let forecaster = try Forecaster(
      open, worlds: [request(adding: [], to: open)], options: options)
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
      let found = try await forecaster.responses(
        isOne ? 1 : options.draws, of: inputs, progress: progress)
      let query = found.queries[0]
      answers.append(
        VariantAnswer(
          name: variant.name, probability: query.mean, samplingError: isOne ? 0 : query.error,
          problem: query.mean == nil
            ? found.invalidReason?.message ?? found.uncertifiedReason?.message : nil))
    }
    return answers
  }
}
