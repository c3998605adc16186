public import Forecasts
public import Scenarios

/// `why`: what lies behind the answer to a question, and what would change it.
public enum WhyStudy {
  /// Explains the answer to the question with this id, of any kind, or to the first that asks for a
  /// probability.
  public static func run(
    _ scenario: Scenario, question id: String?, options: Explainer.Options,
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws(AskStudy.Failure) -> Explanation {
    let question = try choose(scenario, id)
    try AskStudy.refuseUnsupported(scenario)
    do {
      return try await Explainer(
        scenario, question: question, options: options, progress: progress
      ).explain()
    } catch let defect as Forecaster.Defect {
      throw AskStudy.failure(defect, scenario)
    } catch is AnalysisError {
      throw notCertified(scenario, question)
    } catch {
      throw .cancelled
    }
  }

  /// Finds what moves the payoff of the party with this name; with a question's id, in the story that
  /// the question supposes, where its condition holds.
  public static func payoff(
    _ scenario: Scenario, of name: String, question id: String?, options: Explainer.Options,
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws(AskStudy.Failure) -> PayoffExplanation {
    func fail(_ code: String, _ place: Place?, _ message: String, _ remedy: String)
      -> AskStudy.Failure
    {
      .input([
        Diagnostic(
          code: code, file: scenario.file, place: place, message: message, remedy: remedy)
      ])
    }
    let names = scenario.parties.map(\.name)
    guard let party = names.firstIndex(of: name) else {
      throw fail(
        "unknown-party", nil, "there is no party '\(name)'",
        Spelling.suggestion(for: name, among: names).map { "did you mean '\($0)'?" }
          ?? "the parties are: \(names.joined(separator: ", "))")
    }
    let question = id == nil ? nil : try choose(scenario, id)
    if let question, scenario.questions[question].isSecret {
      throw fail(
        "payoff-in-secret", scenario.questions[question].place,
        "'\(scenario.questions[question].id)' supposes in secret, and payoffs are not expected so",
        "name a question that supposes openly, or none")
    }
    try AskStudy.refuseUnsupported(scenario)
    do {
      return try await PayoffExplainer(
        scenario, party: party, question: question, options: options, progress: progress
      ).explain()
    } catch let defect as Forecaster.Defect {
      throw AskStudy.failure(defect, scenario)
    } catch is AnalysisError {
      throw notCertified(scenario, question)
    } catch {
      throw .cancelled
    }
  }

  private static func notCertified(_ scenario: Scenario, _ question: Int?) -> AskStudy.Failure {
    .refused([
      Diagnostic(
        code: "not-certified", file: scenario.file,
        place: question.map { scenario.questions[$0].place },
        message: question == nil
          ? "no world could be certified"
          : "no world in which the question has an answer could be certified")
    ])
  }

  /// The index of the question with an id, of any kind, or of the first probability question.
  static func choose(_ scenario: Scenario, _ id: String?) throws(AskStudy.Failure) -> Int {
    guard let id else {
      if let first = scenario.questions.indices.first(where: {
        scenario.questions[$0].asksProbability
      }) {
        return first
      }
      if !scenario.questions.isEmpty { return 0 }
      return try AskStudy.choose(scenario, nil)[0]
    }
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
