public import Scenarios

/// Explains the answer to a question.
public struct Explainer: Sendable {
  /// How much is looked at.
  public struct Options: Sendable {
    /// The draws of the answer itself.
    public var forecast = Forecaster.Options()
    /// The draws in which reasons, suppositions and variants are compared; no more than those of the
    /// answer.
    public var comparisonDraws = 512
    /// The base points of the sensitivity indices, a power of two.
    public var basePoints = 512
    /// The draws of a threshold's answers.
    public var thresholdDraws = 1024
    /// The most suppositions that are tried.
    public var mostSuppositions = 24
    /// The draws in which other equilibria are sought; 0 for none.
    public var selectionDraws = 16
    /// The worlds in which the nearest flip is searched.
    public var flipBudget = 4_000
    /// The quantities whose curves are kept.
    public var mostCurves = 8
    /// How fine the map over the two quantities that matter most is; nil for no map.
    public var map: ProbabilityMap.Options? = ProbabilityMap.Options()

    /// The usual effort.
    public init() {}
  }

  /// The most draws whose answers are kept for the analyses.
  static let mostKept = 16_384

  let scenario: Scenario
  let question: Int
  let options: Options
  let progress: (@Sendable (Int) -> Void)?

  /// An explainer of one question's answer. `progress` is told how many more worlds are solved.
  public init(
    _ scenario: Scenario, question: Int, options: Options,
    progress: (@Sendable (Int) -> Void)? = nil
  ) {
    self.scenario = scenario
    self.question = question
    self.options = options
    self.progress = progress
  }

  /// The level at which the verdict changes: that of a question with 'flip', else one half.
  var level: Double {
    if case .flip(_, let stated) = scenario.questions[question].kind { return stated }
    return 0.5
  }

  /// The question's own world, with the terms of its payoffs.
  var request: WorldRequest {
    let asked = scenario.questions[question]
    var request = WorldRequest(scenario)
    request.supposing += asked.openlySupposed
    request.whereCondition = asked.isSecret ? nil : asked.whereCondition
    request.lineCondition = asked.given
    request.wantsTerms = true
    return request
  }

  /// Finds out everything that ``Explanation`` holds, in the light of the evidence if there is any.
  ///
  /// - Throws: ``Forecaster/Defect``, ``AnalysisError``, or the cancellation of the task.
  public func explain() async throws -> Explanation {
    scenario.evidence.isEmpty ? try await explainStory() : try await explainPosterior()
  }

  private func explainStory() async throws -> Explanation {
    var request = request
    request.queries = [WorldRequest.Query(question: question, of: scenario)]
    // The same within the story, to compare suppositions with.
    var inside = request.queries[0]
    inside.question = nil
    inside.mixesOutside = false
    request.queries.append(inside)
    let forecaster = try Forecaster(scenario, worlds: [request], options: options.forecast)
    var (forecast, responses) = try await forecaster.runKeepingResponses(progress: progress)
    if options.selectionDraws > 0 {
      try await forecaster.addSelection(
        to: &forecast, options: Forecaster.SelectionOptions(draws: options.selectionDraws))
    }
    var comparison = options.forecast
    comparison.draws = min(options.comparisonDraws, options.forecast.draws)
    let reasons = try await forecaster.reasons(
      for: forecast.mainLine, draws: comparison.draws, progress: progress)
    let whatIf = WhatIf(scenario, question: question, options: comparison)
    let (base, counterfactuals) = try await whatIf.counterfactuals(
      Array(whatIf.suppositions.prefix(options.mostSuppositions)),
      base: responses.queries[1].selecting(0..<min(comparison.draws, responses.draws)),
      progress: progress)
    let variants = try await whatIf.variants(progress: progress)
    var response = try ScenarioResponse(scenario, question: question, options: options.forecast)
    response.progress = progress
    return Explanation(
      scenario: scenario, question: question, forecast: forecast, level: level,
      comparisonDraws: comparison.draws, reasons: reasons, base: base,
      counterfactuals: counterfactuals, variants: variants,
      dependence: try await dependence(
        of: response, level: level, responses.queries[0],
        published: forecast.answers.first?.estimate?.probability, options))
  }

  /// How an answer depends on the quantities, from draws that have been worked out.
  func dependence(
    of response: some ResponseFunction, level: Double, _ drawn: Responses.Query,
    published: Double?, _ options: Options
  ) async throws -> Explanation.Dependence? {
    if options.forecast.isBest || response.drivers.isEmpty { return nil }
    let sample = response.sample(of: drawn)
    var indices = Sensitivity.Options()
    indices.basePoints = options.basePoints
    let isWeighed = !scenario.evidence.isEmpty
    let sensitivity =
      isWeighed
      ? try response.posteriorSensitivity(of: sample, indices)
      : try await response.sensitivity(reusing: sample, indices)
    let leading = sensitivity.ranking.prefix(options.mostCurves).map {
      sensitivity.inputs[$0].input
    }
    var search = Thresholds.Options()
    search.draws = options.thresholdDraws
    let idle = Set(sensitivity.inputs.filter { $0.finding == .none }.map(\.input))
    search.ignoring = idle
    var thresholds = try await response.thresholds(level: level, reusing: sample, search)
    if isWeighed { thresholds.weigh(by: sample) }
    var flip = NearestFlip.Options()
    flip.budget = options.flipBudget
    flip.ignoring = idle
    let counted = sample.points.indices.filter { drawn.condition[$0] > 0 }
    return Explanation.Dependence(
      answers: counted.map { drawn.probability($0) }, weights: counted.map { drawn.condition[$0] },
      sensitivity: sensitivity,
      information: ValueOfInformation(
        sensitivity, isProbability: true, published: published),
      tornado: try await response.tornado(),
      curves: leading.map { sample.partialDependence(of: $0, in: response.space) },
      scatters: leading.map {
        isWeighed ? sample.weighedScatter(of: $0, seed: response.seed) : sample.scatter(of: $0)
      },
      map: try await map(response, sensitivity),
      thresholds: thresholds,
      flip: try await response.nearestFlip(
        level: level, guidedBy: sample, flip),
      robustness: try await response.robustness(level: level, drawn: sample))
  }
  /// The map over the two quantities that matter most, where two do and a map is wanted.
  private func map(
    _ response: some ResponseFunction, _ sensitivity: Sensitivity
  ) async throws -> ProbabilityMap? {
    guard let wanted = options.map else { return nil }
    let leading = sensitivity.ranking.map { sensitivity.inputs[$0] }
      .filter { $0.finding != .none && $0.finding != .notDetected }.map(\.input)
    return leading.count < 2 ? nil : try await response.map(of: leading[0], leading[1], wanted)
  }
}

extension ResponseFunction {
  /// The draws of an answer, which serve its analyses, too; not more than are kept.
  func sample(of drawn: Responses.Query) -> ResponseSample {
    let kept = min(drawn.count, Explainer.mostKept)
    return ResponseSample(
      points: space.points(kept, seed: seed), values: drawn.selecting(0..<kept))
  }
}
