public import Forecasts
public import Scenarios

/// What a party's payoff comes to, as JSON, for programs and figures.
public enum PayoffJSON {
  /// What is left out of the analyses of an answer, because a payoff has no verdict.
  static let leftOut = [
    "level", "reasons", "counterfactuals", "variants", "thresholds", "nearest_flip", "robustness",
  ]

  /// The whole of `why --payoff --json`.
  public static func payoff(_ found: PayoffExplanation, seconds: Double? = nil) -> JSONValue {
    let scenario = found.scenario
    let forecast = found.forecast
    var members: [(String, JSONValue)] = [
      ("entente", .integer(1)),
      ("scenario", .string(scenario.title)),
      ("as_of", scenario.asOf.map { .string("\($0)") } ?? .null),
      ("party", .string(scenario.parties[found.party].name)),
      ("question", found.question.map { .string(scenario.questions[$0].id) } ?? .null),
      ("seed", .integer(Int(truncatingIfNeeded: forecast.seed))),
      ("draws", .integer(forecast.draws)),
      ("invalid", .integer(forecast.invalid)), ("uncertified", .integer(forecast.uncertified)),
      ("max_regret", .number(forecast.largestRegret)),
      (
        "payoff",
        .object([
          ("mean", WhyJSON.number(found.mean)),
          (
            "band",
            found.band.map {
              .object([
                ("level", .number(0.9)), ("low", .number($0.lowerBound)),
                ("high", .number($0.upperBound)),
              ])
            } ?? .null
          ),
          ("sampling_error", .number(found.samplingError)),
        ])
      ),
    ]
    if let dependence = found.dependence {
      members += [
        ("sensitivity", WhyJSON.sensitivity(dependence.sensitivity, scenario)),
        ("value_of_information", WhyJSON.information(dependence.information, scenario)),
        ("tornado", WhyJSON.tornado(dependence.tornado, scenario, answers: "payoffs")),
        (
          "curves",
          .array(dependence.curves.map { WhyJSON.curve($0, scenario, answer: "payoff") })
        ),
        (
          "scatter",
          .array(dependence.scatters.map { WhyJSON.scatter($0, scenario, answers: "payoffs") })
        ),
      ]
    }
    members.append(("left_out", .array(leftOut.map { .string($0) })))
    if let seconds { members.append(("seconds", .number(seconds))) }
    return .object(members)
  }
}
