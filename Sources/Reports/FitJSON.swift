public import Forecasts
public import Scenarios

/// What past plays say of a scenario's quantities, as JSON.
public enum FitJSON {
  /// The whole of `fit --json`.
  public static func fit(
    _ outcome: PlayFitting, scenario: Scenario, seconds: Double? = nil
  ) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("entente", .integer(1)), ("scenario", .string(scenario.title)),
    ]
    switch outcome {
    case .likeliest(let fit): members += likeliest(fit, scenario)
    case .posterior(let posterior): members += self.posterior(posterior, scenario)
    }
    if let seconds { members.append(("seconds", .number(seconds))) }
    return .object(members)
  }

  private static func likeliest(
    _ fit: PlayFit, _ scenario: Scenario
  ) -> [(String, JSONValue)] {
    [
      ("method", .string("maximum likelihood")), ("plays", .number(fit.plays)),
      ("rows", .integer(fit.rows)), ("games", .integer(fit.games)),
      (
        "estimates",
        .array(
          fit.estimates.map { estimate in
            .object([
              ("quantity", .string(scenario.inputs[estimate.input].name)),
              ("value", .number(estimate.value)),
              (
                "interval",
                .object([
                  ("level", .number(0.9)), ("low", .number(estimate.interval.lowerBound)),
                  ("high", .number(estimate.interval.upperBound)),
                  ("open_below", .bool(estimate.isOpenBelow)),
                  ("open_above", .bool(estimate.isOpenAbove)),
                ])
              ),
            ])
          })
      ),
      ("log_likelihood", .number(fit.logLikelihood)),
      ("log_likelihood_at_best_estimates", number(fit.unfitted)),
      ("log_likelihood_of_blind_choice", number(fit.blind)),
      (
        "steps",
        .array(
          fit.steps.map { step in
            .object([
              ("step", .string(step.name)),
              (
                "values",
                .array(
                  step.frequencies.map {
                    .object([
                      ("value", .string($0.value)), ("observed", .number($0.observed)),
                      ("expected", .number($0.expected)),
                    ])
                  })
              ),
            ])
          })
      ),
    ]
  }

  private static func posterior(
    _ posterior: PlayPosterior, _ scenario: Scenario
  ) -> [(String, JSONValue)] {
    func spread(_ values: [Double]) -> JSONValue {
      guard values.count == 3 else { return .null }
      return .object([
        ("low", .number(values[0])), ("median", .number(values[1])), ("high", .number(values[2])),
      ])
    }
    return [
      ("method", .string("posterior")), ("plays", .number(posterior.plays)),
      ("rows", .integer(posterior.rows)), ("games", .integer(posterior.games)),
      ("samples", .integer(posterior.samples)),
      ("effective_samples", .number(posterior.effectiveSamples)),
      ("stages", .integer(posterior.stages)), ("complete", .bool(posterior.isComplete)),
      (
        "quantities",
        .array(
          posterior.quantities.map {
            .object([
              ("quantity", .string(scenario.inputs[$0.input].name)), ("prior", spread($0.prior)),
              ("posterior", spread($0.posterior)),
            ])
          })
      ),
    ]
  }

  /// Minus infinity, where some play has probability 0, is no JSON number.
  private static func number(_ value: Double) -> JSONValue {
    value.isFinite ? .number(value) : .null
  }
}
