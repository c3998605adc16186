public import Forecasts
public import Scenarios

/// What evidence did to a scenario's answers, as JSON.
public enum EvidenceJSON {
  /// The member `evidence` of `ask --json`.
  public static func evidence(_ posterior: Posterior, scenario: Scenario) -> JSONValue {
    .object([
      ("play", .string(posterior.selection.rawValue)),
      ("items", .array(posterior.items.map(item))),
      ("effective_draws", .number(posterior.effectiveDraws)),
      ("requested_draws", .integer(posterior.requestedDraws)),
      ("enough_draws", .bool(!posterior.isThin)),
      (
        "conflicts",
        .array(
          posterior.conflicts.map {
            .object([("items", numbers($0.items)), ("factor", .number($0.factor))])
          })
      ),
      (
        "suppositions",
        .array(
          posterior.suppositions.map {
            .object([
              ("question", .string(scenario.questions[$0.question].id)),
              ("set_aside", numbers($0.setAside)), ("contradicted", numbers($0.contradicted)),
            ])
          })
      ),
      (
        "types",
        .array(
          posterior.types.map {
            .object([
              ("type", .string($0.type)), ("value", .string($0.value)),
              ("prior", .number($0.prior)), ("posterior", .number($0.posterior)),
            ])
          })
      ),
      ("quantities", .array(posterior.quantities.map { quantity($0, scenario) })),
      ("outcomes", .array(outcomes(posterior))),
      ("timeline", .array(posterior.timeline.map { moment($0, posterior) })),
    ])
  }

  /// The member `prior` of a question: the answer before the evidence.
  static func prior(_ answer: Answer) -> JSONValue {
    var members = estimate(answer.estimate)
    members.append(("inside_the_story", number(answer.estimate?.insideTheStory)))
    members.append(("condition_probability", number(answer.conditionProbability)))
    members.append(("off_path", .bool(answer.isOffPath)))
    return .object(members)
  }

  private static func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }

  private static func numbers(_ values: [Int]) -> JSONValue { .array(values.map { .integer($0) }) }

  private static func estimate(_ estimate: Estimate?) -> [(String, JSONValue)] {
    [
      ("probability", number(estimate?.probability)),
      (
        "band",
        .object([
          ("level", .number(0.9)), ("low", number(estimate?.band.lowerBound)),
          ("high", number(estimate?.band.upperBound)),
        ])
      ),
      ("sampling_error", number(estimate?.samplingError)),
    ]
  }

  private static func item(_ item: Posterior.Item) -> JSONValue {
    .object([
      ("on", item.on.map { .string("\($0)") } ?? .null),
      ("kind", .string(item.isMove ? "happened" : "reported")),
      ("observed", .string(item.text)), ("likelihood", .number(item.likelihood)),
    ])
  }

  private static func quantity(
    _ change: Posterior.QuantityChange, _ scenario: Scenario
  ) -> JSONValue {
    func spread(_ values: [Double]) -> JSONValue {
      .object([
        ("low", .number(values[0])), ("median", .number(values[1])), ("high", .number(values[2])),
      ])
    }
    return .object([
      ("quantity", .string(scenario.inputs[change.input].name)), ("prior", spread(change.prior)),
      ("posterior", spread(change.posterior)), ("shift", .number(change.shift)),
    ])
  }

  private static func outcomes(_ posterior: Posterior) -> [JSONValue] {
    zip(posterior.prior.outcomes, posterior.forecast.outcomes).map { prior, outcome in
      .object([
        ("outcome", .string(outcome.outcome)), ("prior", .number(prior.probability)),
        ("posterior", .number(outcome.probability)),
      ])
    }
  }

  private static func moment(_ moment: Posterior.Moment, _ posterior: Posterior) -> JSONValue {
    .object([
      ("date", moment.date.map { .string("\($0)") } ?? .null),
      (
        "questions",
        .array(
          zip(posterior.forecast.answers, moment.answers).map { answer, estimate in
            .object([("id", .string(answer.id))] + self.estimate(estimate))
          })
      ),
    ])
  }
}
