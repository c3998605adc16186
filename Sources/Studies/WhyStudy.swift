public import Forecasts
public import Scenarios

/// `why`: what lies behind the answer to a question, and what would change it.
public enum WhyStudy {
  /// How much is looked at.
  public struct Options: Sendable {
    /// The draws of the answer itself.
    public var forecast = Forecaster.Options()
    /// The draws in which reasons, suppositions and variants are compared; no more than those of the
    /// answer.
    public var comparisonDraws = 512

    /// The usual effort.
    public init() {}
  }

  /// What is known about an answer.
  public struct Explanation: Sendable {
    /// What was asked.
    public var scenario: Scenario
    /// The question, by its index.
    public var question: Int
    /// The answer, with the main line of play in the question's own world.
    public var forecast: Forecast
    /// How many draws the comparisons rest on.
    public var comparisonDraws: Int
    /// Why the parties choose as they do on the main line.
    public var reasons: [ChoiceReason]
    /// The answer within the story as it stands, by the draws of the comparisons.
    public var base: Double?
    /// What the answer would be if a step could only go one way.
    public var counterfactuals: [Counterfactual]
    /// What it would be under the scenario's variants.
    public var variants: [VariantAnswer]

    /// The answer to the question; a forecast of `why` has one.
    public var answer: Answer? { forecast.answers.first }
  }

  /// Explains the answer to the question with this id, or to the first question.
  public static func run(
    _ scenario: Scenario, question id: String?, options: Options,
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws(AskStudy.Failure) -> Explanation {
    let question = try choose(scenario, id)
    try AskStudy.refuseUnsupported(scenario)
    do {
      return try await explain(scenario, question, options, progress)
    } catch let defect as Forecaster.Defect {
      throw AskStudy.failure(defect, scenario)
    } catch {
      throw .cancelled
    }
  }

  private static func explain(
    _ scenario: Scenario, _ question: Int, _ options: Options,
    _ progress: (@Sendable (Int) -> Void)?
  ) async throws -> Explanation {
    let asked = scenario.questions[question]
    var request = WorldRequest(scenario)
    request.supposing = asked.openlySupposed
    request.whereCondition = asked.isSecret ? nil : asked.whereCondition
    request.queries = [WorldRequest.Query(question: question, of: scenario)]
    request.lineCondition = asked.given
    request.wantsTerms = true
    let forecaster = try Forecaster(scenario, worlds: [request], options: options.forecast)
    let forecast = try await forecaster.run(progress: progress)
    var comparison = options.forecast
    comparison.draws = min(options.comparisonDraws, options.forecast.draws)
    let reasons = try await forecaster.reasons(
      for: forecast.mainLine, draws: comparison.draws, progress: progress)
    let whatIf = WhatIf(scenario, question: question, options: comparison)
    let suppositions = whatIf.suppositions.prefix(24)
    let (base, counterfactuals) = try await whatIf.counterfactuals(
      Array(suppositions), progress: progress)
    return Explanation(
      scenario: scenario, question: question, forecast: forecast,
      comparisonDraws: comparison.draws, reasons: reasons, base: base,
      counterfactuals: counterfactuals, variants: try await whatIf.variants(progress: progress))
  }

  /// The index of the question with an id, of any kind, or of the first.
  static func choose(_ scenario: Scenario, _ id: String?) throws(AskStudy.Failure) -> Int {
    guard let id else { return try AskStudy.choose(scenario, nil)[0] }
    if let index = scenario.questions.firstIndex(where: { $0.id == id || $0.ask == id }) {
      return index
    }
    let known = scenario.questions.map(\.id)
    throw .input([
      Diagnostic(
        code: "unknown-question", file: scenario.file, message: "there is no question '\(id)'",
        remedy: Spelling.suggestion(for: id, among: known).map { "did you mean '\($0)'?" }
          ?? "the questions are: \(known.joined(separator: ", "))")
    ])
  }
}
