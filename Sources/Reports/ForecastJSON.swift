public import Forecasts
public import Scenarios

/// A forecast as JSON: the shape that DESIGN fixes for `ask --json`.
public enum ForecastJSON {
  /// The whole of `ask --json`. `seconds` is present only where it is asked for.
  public static func ask(
    _ forecast: Forecast, posterior: Posterior? = nil, scenario: Scenario, seconds: Double? = nil
  ) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("entente", .integer(1)),
      ("scenario", .string(scenario.title)),
      ("as_of", scenario.asOf.map { .string("\($0)") } ?? .null),
      ("seed", .integer(Int(truncatingIfNeeded: forecast.seed))),
      ("draws", .integer(forecast.draws)),
      ("invalid", .integer(forecast.invalid)),
      ("uncertified", .integer(forecast.uncertified)),
      ("max_regret", .number(forecast.largestRegret)),
      (
        "paths",
        .object([
          ("followed", .integer(forecast.paths)), ("alone", .integer(forecast.pathsAlone)),
        ])
      ),
      (
        "questions",
        .array(
          forecast.answers.enumerated().map { place, answer in
            self.answer(answer, prior: posterior?.prior.answers[place])
          })
      ),
      (
        "outcomes",
        .array(
          forecast.outcomes.map {
            .object([
              ("outcome", .string($0.outcome)), ("probability", .number($0.probability)),
            ])
          })
      ),
      (
        "main_line",
        .array(
          forecast.mainLine.map {
            .object([
              ("party", $0.party.map { .string($0) } ?? .null), ("step", .string($0.step)),
              ("value", .string($0.value)), ("probability", .number($0.probability)),
            ])
          })
      ),
      (
        "never_chosen",
        .array(
          forecast.idleOptions.map {
            .object([
              ("party", .string($0.party)), ("step", .string($0.step)),
              ("option", .string($0.option)),
            ])
          })
      ),
    ]
    if let posterior {
      members.append(("evidence", EvidenceJSON.evidence(posterior, scenario: scenario)))
    }
    if let reason = forecast.invalidReason { members.append(("invalid_reason", problem(reason))) }
    if let reason = forecast.uncertifiedReason {
      members.append(("uncertified_reason", problem(reason)))
    }
    if let seconds { members.append(("seconds", .number(seconds))) }
    return .object(members)
  }

  static func problem(_ problem: Forecast.DrawProblem) -> JSONValue {
    .object([
      ("draw", .integer(problem.draw)), ("message", .string(problem.message)),
      ("line", problem.place.map { .integer($0.line) } ?? .null),
      ("column", problem.place.map { .integer($0.column) } ?? .null),
    ])
  }

  private static func selection(_ range: SelectionRange) -> JSONValue {
    .object([
      ("low", .number(range.low)), ("high", .number(range.high)),
      ("complete", .bool(range.isComplete)), ("draws", .integer(range.draws)),
    ])
  }

  private static func answer(_ answer: Answer, prior: Answer?) -> JSONValue {
    let estimate = answer.estimate
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    var members: [(String, JSONValue)] = [
      ("id", .string(answer.id)),
      ("ask", .string(answer.ask)),
      ("by", answer.by.map { .string("\($0)") } ?? .null),
      ("probability", number(estimate?.probability)),
      (
        "bounds",
        .array([number(estimate?.bounds.lowerBound), number(estimate?.bounds.upperBound)])
      ),
      (
        "band",
        .object([
          ("level", .number(0.9)), ("low", number(estimate?.band.lowerBound)),
          ("high", number(estimate?.band.upperBound)),
          ("error", .number(estimate?.bandError ?? 0)),
        ])
      ),
      ("sampling_error", number(estimate?.samplingError)),
      ("selection", answer.selection.map(selection) ?? .null),
      ("words", estimate.map { .string($0.words) } ?? .null),
      ("condition_probability", number(answer.conditionProbability)),
      ("off_path", .bool(answer.isOffPath)),
      ("inside_the_story", number(estimate?.insideTheStory)),
    ]
    if let prior { members.append(("prior", EvidenceJSON.prior(prior))) }
    return .object(members)
  }
}
