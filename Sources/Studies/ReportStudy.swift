public import Forecasts
public import Reports
public import Scenarios

/// `report`: everything that is known about a scenario's answer, as one document.
public enum ReportStudy {
  /// The version of the program, as reports and the command line state it.
  public static let version = "0.1.0"

  /// What a report is made of.
  public struct Request: Sendable {
    /// The question to be explained; the first by default.
    public var question: String?
    /// How much is looked at.
    public var options = Explainer.Options()
    /// The commands that give the report and its numbers again.
    public var commands: [String] = []

    /// A report on the first question.
    public init() {}
  }

  /// Finds out everything and writes the document.
  ///
  /// - Parameter text: the scenario's text, for its fingerprint.
  public static func run(
    _ scenario: Scenario, text: [UInt8], request: Request,
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws(AskStudy.Failure) -> Document {
    let explanation = try await WhyStudy.run(
      scenario, question: request.question, options: request.options, progress: progress)
    let asked = try await allAnswers(scenario, explanation, request, progress)
    let deals = try await deals(scenario, request, progress)
    let report = ReportDocument(
      asked.scenario, forecast: asked.forecast, posterior: asked.posterior,
      explanation: explanation,
      pictures: ReportFigures(explanation).pictures(deals: deals, posterior: asked.posterior),
      reproduction: ReportDocument.Reproduction(
        commands: request.commands, version: version, fingerprint: Fingerprint.sha256(text)))
    return report.document(
      deals: deals.map { DealsDocument($0, scenario: scenario).blocks } ?? [])
  }

  /// The deals of a scenario in which something can be agreed on.
  private static func deals(
    _ scenario: Scenario, _ request: Request, _ progress: (@Sendable (Int) -> Void)?
  ) async throws(AskStudy.Failure) -> Deals? {
    var options = DealFinder.Options()
    let draws = min(options.forecast.draws, request.options.forecast.draws)
    options.forecast = request.options.forecast
    options.forecast.draws = draws
    if scenario.clauses.isEmpty { return nil }
    let finder: DealFinder
    do {
      finder = try DealsStudy.plan(scenario, options: options)
    } catch {
      // Clauses that nobody proposes are no deals; the rest of the report stands.
      if case .cancelled = error { throw error }
      return nil
    }
    return try await DealsStudy.run(finder, of: scenario) { progress?($0 * draws) }
  }

  /// The answers to all questions for a probability; that of the explanation where there is no other.
  private static func allAnswers(
    _ scenario: Scenario, _ explanation: Explanation, _ request: Request,
    _ progress: (@Sendable (Int) -> Void)?
  ) async throws(AskStudy.Failure) -> AskStudy.Result {
    guard scenario.questions.contains(where: \.asksProbability) else {
      return AskStudy.Result(
        scenario: scenario, forecast: explanation.forecast, posterior: nil, skipped: [])
    }
    return try await AskStudy.run(
      scenario, question: nil, options: request.options.forecast, progress: progress)
  }
}
