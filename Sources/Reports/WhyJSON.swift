public import Forecasts
import Mathematics
public import Scenarios

/// An explanation as JSON, for programs and figures.
public enum WhyJSON {
  /// The whole of `why --json`.
  public static func why(_ found: Explanation, seconds: Double? = nil) -> JSONValue {
    let scenario = found.scenario
    let question = scenario.questions[found.question]
    var members: [(String, JSONValue)] = [
      ("entente", .integer(1)),
      ("scenario", .string(scenario.title)),
      ("question", .string(question.id)),
      ("forecast", ForecastJSON.ask(found.forecast, scenario: scenario)),
      ("level", .number(found.level)),
      ("comparison_draws", .integer(found.comparisonDraws)),
      ("reasons", .array(found.reasons.map(reason))),
      ("in_the_story", number(found.base)),
      ("counterfactuals", .array(found.counterfactuals.map(counterfactual))),
      ("variants", .array(found.variants.map(variant))),
    ]
    if let dependence = found.dependence {
      members += [
        ("sensitivity", sensitivity(dependence.sensitivity, scenario)),
        ("value_of_information", information(dependence.information, scenario)),
        ("tornado", tornado(dependence.tornado, scenario)),
        ("curves", .array(dependence.curves.map { curve($0, scenario) })),
        ("scatter", .array(dependence.scatters.map { scatter($0, scenario) })),
        ("map", dependence.map.map { map($0, scenario) } ?? .null),
        ("thresholds", thresholds(dependence.thresholds, scenario)),
        ("nearest_flip", flip(dependence.flip, scenario)),
        ("robustness", robustness(dependence.robustness)),
      ]
    }
    if let seconds { members.append(("seconds", .number(seconds))) }
    return .object(members)
  }

  static func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }

  private static func name(_ input: Int, _ scenario: Scenario) -> (String, JSONValue) {
    ("quantity", .string(scenario.inputs[input].name))
  }

  private static func reason(_ reason: ChoiceReason) -> JSONValue {
    .object([
      ("party", .string(reason.party)), ("step", .string(reason.step)),
      ("option", .string(reason.option)), ("probability", .number(reason.probability)),
      ("share_of_draws", .number(reason.shareOfDraws)),
      ("payoff_range", .number(reason.payoffRange)),
      (
        "alternatives",
        .array(
          reason.alternatives.map { other in
            .object([
              ("option", .string(other.option)), ("gain", .number(other.gain)),
              ("sampling_error", .number(other.error)),
              (
                "terms",
                .array(
                  other.terms.map {
                    .object([("term", .string($0.name)), ("gain", .number($0.gain))])
                  })
              ),
            ])
          })
      ),
    ])
  }

  private static func counterfactual(_ one: Counterfactual) -> JSONValue {
    .object([
      ("party", one.party.map { .string($0) } ?? .null), ("step", .string(one.step)),
      ("option", .string(one.option)), ("probability", number(one.probability)),
      ("difference_error", .number(one.differenceError)),
    ])
  }

  private static func variant(_ one: VariantAnswer) -> JSONValue {
    .object([
      ("variant", .string(one.name)), ("probability", number(one.probability)),
      ("sampling_error", .number(one.samplingError)),
      ("problem", one.problem.map { .string($0) } ?? .null),
    ])
  }

  // MARK: - Quantities

  private static func index(_ index: SensitivityIndices.Index) -> JSONValue {
    .object([
      ("estimate", .number(index.estimate)), ("low", .number(index.interval.lowerBound)),
      ("high", .number(index.interval.upperBound)),
    ])
  }

  private static func sensitivity(_ found: Sensitivity, _ scenario: Scenario) -> JSONValue {
    .object([
      ("base_points", .integer(found.basePoints)), ("worlds", .integer(found.runs)),
      ("interval_level", .number(found.level)), ("variance", .number(found.variance)),
      ("settled_ranks", .integer(found.settledRanks)),
      (
        "quantities",
        .array(
          found.ranking.map { place in
            let one = found.inputs[place]
            return .object([
              name(one.input, scenario), ("first", index(one.first)), ("total", index(one.total)),
              ("correlated", .bool(one.isCorrelated)),
              ("finding", .string(word(one.finding))),
              ("rows_left_out", .integer(one.rowsLeftOut)),
            ])
          })
      ),
      (
        "without_effect",
        .array(found.bystanders.map { .string(scenario.inputs[$0].name) })
      ),
    ])
  }

  private static func word(_ finding: Sensitivity.Finding) -> String {
    switch finding {
    case .none: "none"
    case .notDetected: "not detected"
    case .onlyTogether: "only together with others"
    case .onlyByCompanions: "only by way of what it moves with"
    case .detected: "detected"
    }
  }

  private static func information(_ found: ValueOfInformation, _ scenario: Scenario) -> JSONValue {
    .object([
      ("brier_score", number(found.brierScore)), ("variance", .number(found.variance)),
      (
        "quantities",
        .array(
          found.items.map {
            .object([
              name($0.input, scenario), ("reduction", index($0.reduction)),
              ("share", index($0.share)),
            ])
          })
      ),
    ])
  }

  private static func tornado(_ found: Tornado, _ scenario: Scenario) -> JSONValue {
    .object([
      ("base", number(found.base)),
      ("percentiles", .array(Tornado.percentiles.map { .number($0) })),
      (
        "bars",
        .array(
          found.bars.map { bar in
            .object([
              name(bar.input, scenario), ("values", .array(bar.values.map { .number($0) })),
              ("probabilities", .array(bar.responses.map { number($0) })),
              ("monotone", .bool(bar.isMonotone)),
            ])
          })
      ),
    ])
  }

  private static func curve(_ found: PartialDependence, _ scenario: Scenario) -> JSONValue {
    .object([
      name(found.input, scenario), ("conditional", .bool(found.isConditional)),
      (
        "bins",
        .array(
          found.bins.map {
            .object([
              ("low", .number($0.range.lowerBound)), ("high", .number($0.range.upperBound)),
              ("center", .number($0.center)), ("draws", .integer($0.count)),
              ("probability", .number($0.mean)), ("standard_error", .number($0.standardError)),
            ])
          })
      ),
    ])
  }

  private static func scatter(_ found: Scatter, _ scenario: Scenario) -> JSONValue {
    .object([
      name(found.input, scenario), ("values", .array(found.values.map { .number($0) })),
      ("probabilities", .array(found.responses.map { .number($0) })),
    ])
  }

  private static func map(_ found: ProbabilityMap, _ scenario: Scenario) -> JSONValue {
    func axis(_ axis: ProbabilityMap.Axis) -> JSONValue {
      .object([
        name(axis.input, scenario), ("values", .array(axis.values.map { .number($0) })),
      ])
    }
    return .object([
      ("x", axis(found.x)), ("y", axis(found.y)),
      ("probabilities", .array(found.probabilities.map { number($0) })),
      ("sampling_error", .number(found.samplingError)), ("draws", .integer(found.draws)),
      ("worlds", .integer(found.runs)),
    ])
  }

  private static func flip(_ found: NearestFlip, _ scenario: Scenario) -> JSONValue {
    func world(_ world: NearestFlip.World?) -> JSONValue {
      guard let world else { return .null }
      return .object([
        (
          "moves",
          .array(
            world.moves.map {
              .object([
                name($0.input, scenario), ("from", .number($0.from)), ("to", .number($0.to)),
                ("score", .number($0.score)),
              ])
            })
        ),
        ("distance", .number(world.distance)), ("probability", .number(world.response)),
        ("share_as_far", .number(world.shareAsFar)),
        ("share_beyond", .number(world.shareBeyond)),
      ])
    }
    return .object([
      ("level", .number(found.level)), ("at_best_estimates", .number(found.before)),
      ("world", world(found.world)), ("single", world(found.single)),
      ("searched_to", .number(found.searchedTo)), ("worlds", .integer(found.runs)),
    ])
  }

  private static func robustness(_ found: Robustness) -> JSONValue {
    .object([
      ("level", .number(found.level)), ("at_best_estimates", .number(found.response)),
      (
        "shells",
        .array(
          found.shells.map {
            .object([
              ("distance", .number($0.distance)), ("worlds", .integer($0.worlds)),
              ("share", .number($0.share)), ("standard_error", .number($0.standardError)),
            ])
          })
      ),
      ("share_of_draws", number(found.shareOfDraws)),
    ])
  }

  private static func thresholds(_ found: Thresholds, _ scenario: Scenario) -> JSONValue {
    func side(_ side: Threshold.Side) -> JSONValue {
      .object([("value", .number(side.value)), ("probability", .number(side.response))])
    }
    return .object([
      ("level", .number(found.level)), ("draws", .integer(found.draws)),
      ("probability", .number(found.response)), ("worlds", .integer(found.runs)),
      (
        "quantities",
        .array(
          found.found.map { one in
            .object([
              name(one.input, scenario), ("share_beyond", .number(one.shareBeyond)),
              (
                "crossings",
                .array(
                  one.crossings.map {
                    .object([("below", side($0.lower)), ("above", side($0.upper))])
                  })
              ),
            ])
          })
      ),
      (
        "closest",
        found.closest.map { one in
          .object([
            name(one.input, scenario), ("value", .number(one.value)),
            ("probability", .number(one.response)),
          ])
        } ?? .null
      ),
      (
        "passed_over",
        .array(found.passedOver.map { .string(scenario.inputs[$0].name) })
      ),
    ])
  }
}
