public import Forecasts
public import Scenarios

/// `ask`: the probabilities of a scenario's questions.
public enum AskStudy {
  /// What was asked and what came of it.
  public struct Result: Sendable {
    /// What was asked, with the evidence that counts and the play that it calls for.
    public var scenario: Scenario
    /// The answer, in the light of the evidence if there is any.
    public var forecast: Forecast
    /// What the evidence changed; nil without any.
    public var posterior: Posterior?
    /// Questions that another command answers.
    public var skipped: [Question]
  }

  /// Why there is no answer.
  public enum Failure: Error, Sendable {
    /// The input is wrong.
    case input([Diagnostic])
    /// The method refuses the game, or nothing could be certified.
    case refused([Diagnostic])
    case cancelled
  }

  /// Answers the question with this id, or all probability questions; with a day, as it was known
  /// at its end. Other equilibria are looked for where `selection` is given and there is no evidence,
  /// whose play at a fixed rationality leaves nothing to select. `progress` is told how many draws are
  /// done, `more` how many there are to be beyond those asked for, where evidence calls for them.
  public static func run(
    _ scenario: Scenario, question id: String?, options: Forecaster.Options,
    asOf day: CalendarDate? = nil, selection: Forecaster.SelectionOptions? = nil,
    progress: (@Sendable (Int) -> Void)? = nil, extension more: (@Sendable (Int) -> Void)? = nil
  ) async throws(Failure) -> Result {
    let questions = try choose(scenario, id)
    try refuseUnsupported(scenario)
    var scenario = scenario
    if let day { scenario = scenario.asKnown(on: day) }
    let skipped = id == nil ? scenario.questions.filter { !$0.asksProbability } : []
    do {
      if scenario.evidence.isEmpty {
        let forecaster = try Forecaster(scenario, questions: questions, options: options)
        var forecast = try await forecaster.run(progress: progress)
        if let selection {
          try await forecaster.addSelection(to: &forecast, options: selection)
        }
        return Result(scenario: scenario, forecast: forecast, posterior: nil, skipped: skipped)
      }
      scenario.asOf = day ?? scenario.lastKnownDay
      let posterior = try await EvidenceForecaster(
        scenario, questions: questions, options: options
      ).run(progress: progress, extension: more)
      scenario.solve.selection = posterior.selection
      return Result(
        scenario: scenario, forecast: posterior.forecast, posterior: posterior, skipped: skipped)
    } catch let defect as Forecaster.Defect {
      throw failure(defect, scenario)
    } catch {
      throw .cancelled
    }
  }

  /// The indices of the question with an id, or of all that ask for a probability.
  static func choose(_ scenario: Scenario, _ id: String?) throws(Failure) -> [Int] {
    let indices = scenario.questions.indices.filter { scenario.questions[$0].asksProbability }
    guard let id else {
      if indices.isEmpty {
        throw .input([
          Diagnostic(
            code: "no-question", file: scenario.file,
            message: "the scenario asks for no probability",
            remedy: "add under 'questions': - {ask: \"…\", probability of: CONDITION}")
        ])
      }
      return Array(indices)
    }
    if let index = scenario.questions.firstIndex(where: { $0.id == id || $0.ask == id }) {
      if scenario.questions[index].asksProbability { return [index] }
      throw .input([
        Diagnostic(
          code: "not-a-probability", file: scenario.file, place: scenario.questions[index].place,
          message: "'\(id)' does not ask for a probability",
          remedy: "`entente why FILE \(id)` answers it")
      ])
    }
    let known = scenario.questions.filter(\.asksProbability).map(\.id)
    throw .input([
      Diagnostic(
        code: "unknown-question", file: scenario.file, message: "there is no question '\(id)'",
        remedy: Spelling.suggestion(for: id, among: known).map { "did you mean '\($0)'?" }
          ?? "the questions are: \(known.joined(separator: ", "))")
    ])
  }

  /// Refuses what the scenario asks of the solver and it does not offer.
  static func refuseUnsupported(_ scenario: Scenario) throws(Failure) {
    switch scenario.solve.selection {
    case .logitLimit, .fixedRationality: break
    case .allEquilibria, .payoffDominance, .intuitiveCriterion, .d1:
      throw .refused([
        Diagnostic(
          code: "selection-not-offered", file: scenario.file, place: scenario.solve.place,
          message: "'select: \(scenario.solve.selection.rawValue)' is not offered by this version",
          remedy: "use 'logit limit' or 'fixed rationality'")
      ])
    }
    if let method = scenario.solve.method, method != "logit" {
      throw .refused([
        Diagnostic(
          code: "method-not-offered", file: scenario.file, place: scenario.solve.place,
          message: "the method '\(method)' is not offered by this version",
          remedy: "leave 'method' out, or write 'method: logit'")
      ])
    }
  }

  static func failure(_ defect: Forecaster.Defect, _ scenario: Scenario) -> Failure {
    switch defect {
    case .diagnostics(let diagnostics): return .input(diagnostics)
    case .unsolvable(let message):
      return .refused([
        Diagnostic(code: "not-solvable", file: scenario.file, message: message)
      ])
    case .allInvalid(let problem):
      return .input([
        Diagnostic(
          code: "all-draws-invalid", file: scenario.file, place: problem.place,
          message: "no draw of the quantities gives a game: \(problem.message)",
          remedy: "mend the expression or the ranges of its quantities")
      ])
    case .allUncertified(let problem):
      return .refused([
        Diagnostic(
          code: "not-certified", file: scenario.file, place: problem.place,
          message: "no draw could be certified: \(problem.message)")
      ])
    }
  }
}
