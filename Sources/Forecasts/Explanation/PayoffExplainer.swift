import Mathematics
public import Scenarios

/// Explains a party's expected payoff: what it comes to, and which quantities move it.
public struct PayoffExplainer: Sendable {
  private let scenario: Scenario
  private let party: Int
  private let question: Int?
  private let options: Explainer.Options
  private let progress: (@Sendable (Int) -> Void)?

  /// An explainer of a party's payoff. With a question it is expected in the story that the question
  /// supposes, where its condition holds; the question may not suppose in secret. `progress` is told
  /// how many more worlds are solved.
  public init(
    _ scenario: Scenario, party: Int, question: Int? = nil, options: Explainer.Options,
    progress: (@Sendable (Int) -> Void)? = nil
  ) {
    self.scenario = scenario
    self.party = party
    self.question = question
    self.options = options
    self.progress = progress
  }

  /// The payoff with the probability of its condition: two measures of one world.
  private var request: WorldRequest {
    var request = WorldRequest(scenario)
    let asked = question.map { scenario.questions[$0] }
    if let asked {
      request.supposing += asked.openlySupposed
      request.whereCondition = asked.whereCondition
      request.lineCondition = asked.given
    }
    request.measures = [
      WorldRequest.Measure(payoffOf: party, where: asked?.given),
      WorldRequest.Measure(where: asked?.given),
    ]
    return request
  }

  /// Finds out everything that ``PayoffExplanation`` holds.
  ///
  /// - Throws: ``Forecaster/Defect``, ``AnalysisError``, or the cancellation of the task.
  public func explain() async throws -> PayoffExplanation {
    let forecaster = try Forecaster(scenario, worlds: [request], options: options.forecast)
    let (forecast, responses) = try await forecaster.runKeepingResponses(progress: progress)
    let drawn = Responses.Query(responses.measures[0], per: responses.measures[1])
    let counted = drawn.joint.indices.filter { drawn.condition[$0] > 0 }
    let ends = Statistics.quantiles(
      counted.map(drawn.probability), weights: counted.map { drawn.condition[$0] },
      at: [0.05, 0.95])
    var found = PayoffExplanation(
      scenario: scenario, party: party, question: question, forecast: forecast, mean: drawn.mean,
      band: ends.map { $0[0]...$0[1] }, samplingError: forecast.isBest ? 0 : drawn.error)
    if !forecast.isBest, found.mean != nil {
      found.dependence = try await dependence(drawn)
    }
    return found
  }

  private func dependence(
    _ drawn: Responses.Query
  ) async throws -> PayoffExplanation.Dependence? {
    var response = try ScenarioResponse(
      request, .ratio(of: 0, per: 1), options: options.forecast)
    response.progress = progress
    if response.drivers.isEmpty { return nil }
    let sample = response.sample(of: drawn)
    var indices = Sensitivity.Options()
    indices.basePoints = options.basePoints
    let sensitivity = try await response.sensitivity(reusing: sample, indices)
    let leading = sensitivity.ranking.prefix(options.mostCurves).map {
      sensitivity.inputs[$0].input
    }
    return PayoffExplanation.Dependence(
      sensitivity: sensitivity,
      information: ValueOfInformation(sensitivity, isProbability: false),
      tornado: try await response.tornado(),
      curves: leading.map {
        sample.partialDependence(of: $0, in: response.space, isProbability: false)
      },
      scatters: leading.map { sample.scatter(of: $0) })
  }
}
