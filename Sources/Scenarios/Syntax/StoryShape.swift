/// The steps of a story as shapes.
enum StoryShape {
  static let story = Shape.list(of: .reference("steps"), count: 1...Int.max)

  static let step = Shape.variants(
    [choice, chance, signal, bargain, clause, reveal, round], noun: "a step")

  private static let name = Field("step", .name, isRequired: true, "the step's name")

  private static let names = Shape.oneOrMore(of: .name)

  /// Clauses by name, those with amounts as `name: amount`.
  private static let bundle = Shape.oneOrMore(
    of: .oneOf([.name, .mapping(of: .number, about: "the clause, with its amount")]))

  private static let common: [Field] = [
    Field("when", .expression, "the step is skipped unless this holds"),
    Field("hidden from", names, "the parties that do not see it"),
    Field("seen by", names, "the only parties that see it"),
    Field("until", .name, "the step at which it comes out, or 'round ends'"),
    Field("between", .dateRange, "when it can happen", example: "2024-10-11 .. 2024-12-31"),
    Field("text", .text, "what the step is, in words"),
    ScenarioShape.because, ScenarioShape.source,
  ]

  private static let option = Record(
    "an option",
    fields: [
      Field("offers", bundle, "the clauses that it proposes"),
      Field(
        "enacts", bundle, "the clauses that it puts in force, or 'the offer'",
        example: "the offer"),
      Field("only if", .expression, "the option exists only if this holds"),
      Field("text", .text, "what it means, in words"),
      ScenarioShape.because, ScenarioShape.source,
    ])

  private static let options = Shape.oneOf([
    .list(of: .name, count: 1...Int.max),
    .record(ScenarioShape.grid("a range of options")),
    .mapping(of: .record(option), about: "the option's name"),
  ])

  private static let choice = Record(
    "a choice", markers: ["by"], hints: ["options", "bundles of"],
    needsOneOf: ["options", "bundles of"],
    fields: [
      name,
      Field(
        "by", names, isRequired: true, "who chooses; of several, each in turn, round by round",
        example: "Iran"),
      Field("options", options, "what can be chosen", example: "[hold, strike]"),
      Field(
        "bundles of", .list(of: .name, count: 1...Int.max),
        "the clauses from which a proposal is put together"),
      Field("at most", .integer(0...64), "how many clauses a proposal can have"),
      Field("at least", .integer(0...64), "how many clauses it must have"),
      Field(
        "not both", .list(of: .list(of: .name, count: 2...Int.max)),
        "clauses that exclude each other"),
      Field("or", names, "options besides the bundles"),
    ] + common)

  private static let chance = Record(
    "a chance step", markers: ["chance"],
    fields: [
      name,
      Field(
        "chance", .mapping(of: .estimate, about: "what can happen, with its odds or 'rest'"),
        isRequired: true, "what can happen, with odds", example: "{rain: 30%, sun: rest}"),
    ] + common)

  private static let signal = Record(
    "a signal", markers: ["signal to"], hints: ["says"],
    fields: [
      name,
      Field("signal to", names, isRequired: true, "the parties that get it", example: "[Israel]"),
      Field(
        "says",
        .mapping(
          of: .record(
            Record(
              "a message",
              fields: [
                Field("when", .expression, "the message can come only if this holds"),
                Field("odds", .estimate, "how likely it then is; else certain"),
                Field("text", .text, "what it means, in words"),
                ScenarioShape.because, ScenarioShape.source,
              ])),
          about: "the message"), isRequired: true, "the messages; the first that applies is sent",
        example: "{alarm: {when: invest = build, odds: hit rate}, quiet: {}}"),
    ] + common)

  private static let bargain = Record(
    "a bargain", markers: ["bargain"],
    fields: [
      name,
      Field(
        "bargain",
        .record(
          Record(
            "the terms of a bargain",
            fields: [
              Field(
                "between", .list(of: .name, count: 2...2), isRequired: true, "the two bargainers"),
              Field(
                "over", .expression, isRequired: true, "what is divided",
                example: "amount of missile sale"),
              Field("rule", .keyword(["nash"]), "how it is divided"),
              Field(
                "power", .mapping(of: .estimate, about: "the party"), "the parties' weights"),
              Field("if it fails", .name, isRequired: true, "what happens without agreement"),
              ScenarioShape.because, ScenarioShape.source,
            ])),
        isRequired: true, "who bargains over what"),
    ] + common)

  private static let clause = Record(
    "a clause falling due", markers: ["clause"],
    fields: [
      Field("clause", .name, isRequired: true, "the clause whose promise falls due here")
    ] + common)

  private static let reveal = Record(
    "a reveal", markers: ["reveal"],
    fields: [
      Field("reveal", .name, isRequired: true, "the earlier step that comes out"),
      Field("to", names, isRequired: true, "the parties that get to see it", example: "[Israel]"),
      Field("when", .expression, "it comes out only if this holds"),
      Field("text", .text, "how it comes out, in words"),
      ScenarioShape.because, ScenarioShape.source,
    ])

  private static let round = Record(
    "a repeated round", markers: ["repeat", "repeat for"], hints: ["story", "stop when"],
    needsOneOf: ["repeat", "repeat for"],
    fields: [
      Field("repeat", .integer(1...1000), "how many rounds", example: "3"),
      Field(
        "repeat for", .list(of: .name, count: 1...Int.max), "a round for each of these",
        example: "[first, second]"),
      Field("as", .name, isRequired: true, "the name of the round in formulas", example: "round"),
      Field("stop when", .expression, "no further round once this holds"),
      Field("story", .reference("story"), isRequired: true, "the steps of each round"),
      Field("text", .text, "what the rounds are, in words"),
      ScenarioShape.because, ScenarioShape.source,
    ])
}
