public import Forecasts
public import Scenarios

/// Deals as JSON: everything that was found, in the order of the bundles.
public enum DealsJSON {
  /// The whole of `deals --json`. `seconds` is present only where it is asked for.
  public static func deals(
    _ found: Deals, scenario: Scenario, seconds: Double? = nil
  ) -> JSONValue {
    let writer = Writer(found: found, scenario: scenario)
    var members: [(String, JSONValue)] = [
      ("entente", .integer(1)),
      ("scenario", .string(scenario.title)),
      ("as_of", scenario.asOf.map { .string("\($0)") } ?? .null),
      ("seed", .integer(Int(truncatingIfNeeded: found.seed))),
      ("draws", .integer(found.draws)),
      ("left_out", .integer(found.leftOut)),
      ("signatories", .array(found.signatories.map(writer.party))),
      (
        "some_deal_gains_all",
        .object([
          ("probability", .number(found.someIsGood.value)),
          ("sampling_error", .number(found.someIsGood.error)),
          ("as_they_see_it", .number(found.someIsWanted.value)),
          ("as_they_see_it_sampling_error", .number(found.someIsWanted.error)),
        ])
      ),
      (
        "no_deal",
        .object([
          (
            "payoffs",
            .array(
              found.withoutDeal.enumerated().map { party, spread in
                .object([("party", writer.party(party))] + writer.spread(spread))
              })
          ),
          ("efficient", .bool(found.isNoDealEfficient)),
          ("moves", .array(found.movesWithoutDeal.map(writer.move))),
        ])
      ),
      ("deals", .array(found.deals.map(writer.deal))),
      ("families", .array(found.families.map(writer.family))),
      (
        "points",
        .array(
          found.points.map { point in
            .object([
              ("rule", .string(point.rule.rawValue)),
              ("deals", .array(point.deals.map { .string(found.deals[$0].name) })),
            ])
          })
      ),
      ("impossible", .array(found.impossible.map { .string(scenario.name(of: $0)) })),
    ]
    if let reason = found.leftOutReason {
      members.append(("left_out_reason", ForecastJSON.problem(reason)))
    }
    if let seconds { members.append(("seconds", .number(seconds))) }
    return .object(members)
  }

  private struct Writer {
    let found: Deals
    let scenario: Scenario

    func party(_ index: Int) -> JSONValue { .string(scenario.parties[index].name) }

    func spread(_ spread: Deals.Spread) -> [(String, JSONValue)] {
      [
        ("mean", .number(spread.mean)), ("low", .number(spread.low)),
        ("median", .number(spread.median)), ("high", .number(spread.high)),
      ]
    }

    func move(_ move: Deals.Move) -> JSONValue {
      .object([
        ("parties", .array(move.parties.map(party))), ("step", .string(move.step)),
        ("happens", .number(move.happens)),
        (
          "options",
          .array(
            move.options.map {
              .object([("option", .string($0.name)), ("probability", .number($0.probability))])
            })
        ),
      ])
    }

    func deal(_ deal: Deals.Deal) -> JSONValue {
      .object([
        ("deal", .string(deal.name)),
        (
          "clauses",
          .array(
            deal.bundle.clauses.map { item in
              let clause = scenario.clauses[item.clause]
              return .object([
                ("clause", .string(clause.name)),
                (
                  "amount",
                  item.amount.flatMap { clause.amounts?.values[$0] }.map { .number($0) } ?? .null
                ),
              ])
            })
        ),
        ("in_force", .number(deal.inForce)),
        ("signed_if_offered", .number(deal.signed)),
        ("gains_all", .number(deal.goodForAll)),
        ("gains_all_as_they_see_it", .number(deal.wantedByAll)),
        ("efficient", .bool(deal.isEfficient)),
        ("nash", .number(deal.nashShare)),
        ("kalai_smorodinsky", .number(deal.kalaiSmorodinskyShare)),
        (
          "gains",
          .array(
            deal.gains.enumerated().map { party, spread in
              .object([("party", self.party(party))] + self.spread(spread))
            })
        ),
        (
          "signatories",
          .array(found.signatories.indices.map { signatory(deal, $0) })
        ),
        ("moves", .array(deal.moves.map(move))),
      ])
    }

    private func signatory(_ deal: Deals.Deal, _ index: Int) -> JSONValue {
      .object([
        ("party", party(found.signatories[index])),
        ("own_gain", .object(spread(deal.ownGains[index]))),
        ("gains_as_it_sees_it", .number(deal.wanted[index])),
        (
          "types",
          .array(
            deal.byType[index].map {
              .object([
                ("type", .string($0.type)), ("own_gain", .number($0.gain)),
                ("gains_as_it_sees_it", .number($0.wanted)),
                ("signed_if_offered", .number($0.signed)),
              ])
            })
        ),
        (
          "terms",
          .array(
            deal.terms[index].map {
              .object([("term", .string($0.name)), ("gain", .number($0.gain))])
            })
        ),
      ])
    }

    func family(_ family: Deals.Family) -> JSONValue {
      .object([
        ("clauses", .string(family.name)),
        ("deals", .array(family.deals.map { .string(found.deals[$0].name) })),
        ("best", .string(found.deals[family.best].name)),
        ("gains_all", .number(family.goodForAll)),
        ("gains_all_as_they_see_it", .number(family.wantedByAll)),
        (
          "amount_of",
          family.priced.map { .string(scenario.clauses[$0].name) } ?? .null
        ),
        (
          "prices",
          .array(
            family.prices.enumerated().map { index, price in
              .object([
                ("party", party(found.signatories[index])),
                ("signs_at", .string(price.wantsMore ? "at least" : "at most")),
                ("limit", limit(price.limit)),
                (
                  "types",
                  .array(
                    zip(found.types[index], price.byType).map { type, limit in
                      .object([("type", .string(type)), ("limit", self.limit(limit))])
                    })
                ),
              ])
            })
        ),
      ])
    }

    private func limit(_ limit: Deals.Limit) -> JSONValue {
      func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
      return .object([
        ("signs", .number(limit.signs)), ("easy", number(limit.easy)),
        ("median", number(limit.median)), ("hard", number(limit.hard)),
      ])
    }
  }
}
