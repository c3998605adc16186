import Mathematics
public import Scenarios

/// Answers to questions in the light of a scenario's evidence, draw by draw.
///
/// A draw counts by how likely it makes the evidence, so an answer is a ratio: over the draws,
/// Σ P(event, condition and evidence) / Σ P(condition and evidence). Whatever analyzes ratios, such as
/// those of questions with a condition, analyzes these.
struct EvidenceAnswers: Sendable {
  let forecaster: Forecaster
  private let plan: EvidencePlan
  private let isOffPath: Bool
  private let mixesOutside: Bool

  /// - Parameters:
  ///   - scenario: the scenario with its evidence.
  ///   - questions: which, by their indices.
  ///   - selection: the play that the evidence calls for.
  ///   - isOffPath: the questions' conditions never happen, so that limits count.
  ///   - mixesOutside: whether what lies outside the story is mixed in where a question asks for it.
  init(
    _ scenario: Scenario, questions: [Int], selection: SolveSettings.Selection,
    isOffPath: Bool = false, mixesOutside: Bool = true, options: Forecaster.Options
  ) throws(Forecaster.Defect) {
    self.isOffPath = isOffPath
    self.mixesOutside = mixesOutside
    plan = EvidencePlan(scenario, answering: questions, selection: selection)
    forecaster = try Forecaster(scenario, worlds: plan.requests, options: options)
  }

  /// By question, in rising order, what each of the first draws of a source comes to; and all that was
  /// found on the way.
  func answers(
    _ draws: Int, of inputs: any InputSource, progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> (queries: [Responses.Query], responses: Responses) {
    let responses = try await forecaster.responses(draws, of: inputs, progress: progress)
    let weights = responses.queries[plan.position(plan.total)].condition
    let reader = PosteriorReader(
      plan: plan, responses: responses, weights: weights.map { $0.isNaN ? 0 : $0 }, isBest: false)
    return (
      plan.answers.map {
        reader.query($0, isOffPath: isOffPath, mixesOutside: mixesOutside)
      }, responses
    )
  }
}

/// A question's answer in the light of the evidence as a function of the quantities.
public struct EvidenceResponse: ResponseFunction {
  /// The quantities of the scenario.
  public let space: InputSpace
  /// The quantities in the formulas of the games, the events and the evidence.
  public let reads: [Int]
  /// Told how many worlds have been solved since it was last told.
  public var progress: (@Sendable (Int) -> Void)?

  private let answers: EvidenceAnswers

  /// The seed of the forecast.
  public var seed: UInt64 { answers.forecaster.options.seed }

  /// The answer to a question under the play that the evidence calls for.
  ///
  /// - Parameter isOffPath: the question's condition never happens, so that limits count.
  public init(
    _ scenario: Scenario, question: Int, selection: SolveSettings.Selection,
    isOffPath: Bool = false, options: Forecaster.Options
  ) throws(Forecaster.Defect) {
    do {
      space = try InputSpace(scenario)
    } catch {
      throw .diagnostics([error])
    }
    answers = try EvidenceAnswers(
      scenario, questions: [question], selection: selection, isOffPath: isOffPath,
      options: options)
    var found: Set<Int> = []
    for world in answers.forecaster.worlds {
      found.formUnion(
        world.inputs(
          of: world.queries.flatMap { [$0.event, $0.given, $0.weight] },
          mixesOutside: world.queries.contains(where: \.mixesOutside), in: scenario))
    }
    reads = found.sorted()
  }

  /// Solves the worlds at points, in blocks on all threads.
  public func values(at points: [[Double]]) async throws -> Responses.Query {
    try await answers.answers(points.count, of: ListedInputs(points), progress: progress)
      .queries[0]
  }
}
