/// The language of scenarios as shapes: the sections in their canonical order, each with a line of
/// documentation. The steps of a story are in `StoryShape`.
public enum ScenarioShape {
  /// The versions of the language that this build reads.
  public static let versions = [1]

  /// The whole language.
  public static let grammar = Grammar(
    root: .record(Record("a scenario", fields: sections)),
    definitions: ["story": StoryShape.story, "steps": StoryShape.step])

  /// The keys of a scenario in the order in which the canonical form has them.
  public static let sections: [Field] = [
    Field(
      "entente", .version(versions), isRequired: true, "version of the language", example: "1"),
    Field("title", .text, isRequired: true, "the question or the story in one line"),
    Field(
      "as of", .date, "the day up to which the author knows what happened",
      example: "2024-10-08"),
    Field("about", .text, "what the scenario is about, in prose"),
    Field("sources", .mapping(of: .text, about: "a short name of the work"), "works cited"),
    Field(
      "parties", .mapping(of: .remark, about: "the party's name"), isRequired: true,
      "who decides, with a line on each",
      example: "{Iran: Wants an ally., Russia: Has one to give.}"
    ),
    Field(
      "private types",
      .mapping(
        of: .mapping(
          of: .mapping(of: .estimate, about: "a value of the type, with its odds or 'rest'"),
          about: "the type's name"),
        about: "the party"), "what only the party itself knows, with the analyst's odds"),
    Field(
      "quantities", .mapping(of: quantity, about: "the quantity's name"),
      "every number that anyone could dispute"),
    Field(
      "together", .list(of: .record(together)),
      "quantities that tend to be high or low together"),
    Field(
      "clauses", .mapping(of: clause, about: "the clause's name"), "what an agreement can contain"),
    Field("story", .reference("story"), isRequired: true, "the steps in their order"),
    Field(
      "define", .mapping(of: .expression, about: "the formula's name"), "formulas with a name"),
    Field(
      "payoffs",
      .mapping(
        of: .mapping(of: .expression, about: "the term's name, with its formula"),
        about: "the party"), isRequired: true,
      "what each party gains or loses, in named terms that add up"),
    Field(
      "beliefs", .mapping(of: .record(beliefs), about: "the party"),
      "where a party sees the odds or a quantity otherwise than the analyst"),
    Field(
      "variants",
      .mapping(
        of: .mapping(of: .estimate, about: "the quantity, with its value in this variant"),
        about: "the variant's name"), "named sets of changed quantities, to be compared"),
    Field(
      "outcomes", .mapping(of: .expression, about: "the outcome's name, with its condition"),
      "names for the ways in which it can end; the first that applies counts"),
    Field(
      "questions", .list(of: .variants(questions, noun: "a question")), "what is asked"),
    Field(
      "outside the story", .record(outside),
      "how likely it is that the story leaves out what decides"),
    Field(
      "evidence", .list(of: .variants(evidence, noun: "an entry of the evidence")),
      "what has been observed since, and bears on the odds"),
    Field("solve", .record(solve), "how to solve"),
    Field("record", .list(of: .record(record)), "what happened; used to score, never to solve"),
  ]

  static let because = Field("because", .text, "why the author thinks so")
  static let source = Field("source", .text, "a name from 'sources', a work, or 'judgment'")

  private static let quantity = Shape.oneOf([
    .estimate,
    .record(
      Record(
        "a quantity",
        fields: [
          Field("is", .estimate, isRequired: true, "its value", example: "2% .. 10% .. 25%"),
          Field(
            "kind", .keyword(["probability", "positive", "real"]), "which values are possible"),
          Field("at least", .number, "no value below this"),
          Field("at most", .number, "no value above this"),
          because, source,
          Field("unit", .text, "what it is counted in"),
        ])),
  ])

  private static let together = Record(
    "an entry of 'together'",
    fields: [
      Field(
        "quantities", .list(of: .name, count: 2...Int.max), isRequired: true,
        "the quantities that move together"),
      Field(
        "correlation", .number, isRequired: true, "rank correlation, from -1 to 1", example: "0.5"),
      because, source,
    ])

  /// From, to, by: a grid of amounts.
  static func grid(_ noun: String) -> Record {
    Record(
      noun,
      fields: [
        Field("from", .number, isRequired: true, "the least amount"),
        Field("to", .number, isRequired: true, "the greatest amount"),
        Field("by", .number, isRequired: true, "the distance from one amount to the next"),
        Field("unit", .text, "what it is counted in"),
      ])
  }

  private static let clause = Shape.oneOf([
    .text,
    .record(
      Record(
        "a clause",
        fields: [
          Field("text", .text, isRequired: true, "what is agreed"),
          Field("amount", .record(grid("an amount")), "how much of it there can be"),
          Field("falls due", .expression, "when the promise must be kept"),
          Field("obliges", .name, "the party that must keep it"),
          Field(
            "choice", .list(of: .name, count: 2...2),
            "what that party can do: first keep the promise, then break it",
            example: "[honor, stand aside]"),
          Field("breach costs", .expression, "what breaking it costs that party"),
          because, source,
        ])),
  ])

  private static let beliefs = Record(
    "a party's beliefs",
    fields: [
      Field("known to others", .flag, "whether the others know of all these beliefs"),
      Field(
        "others think otherwise", .flag,
        "whether the party thinks that it alone holds these odds"),
    ],
    others: Record.Others(
      .oneOf([
        .estimate,
        .record(
          Record(
            "a belief",
            fields: [
              Field("is", .estimate, isRequired: true, "the odds or the value that it believes"),
              Field("known to others", .flag, "whether the others know of this belief"),
              Field(
                "others think otherwise", .flag,
                "whether the party thinks that it alone holds this belief"),
              because, source,
            ])),
      ]), about: "'FACT = VALUE' or a quantity"))

  private static let asked: [Field] = [
    Field("ask", .text, isRequired: true, "the question in words", example: "Will it sign?"),
    Field("id", .name, "a short name for the ledger"),
    Field("by", .date, "the day by which it must happen", example: "2025-03-31"),
    Field("resolves", .text, "the criteria by which the answer will be judged"),
    Field("given", .expression, "what is known to have happened in play"),
    Field("supposing", .expression, "a choice that the rules impose, known to all"),
    Field(
      "supposing secretly", .expression, "a choice that is made without the others expecting it"),
    Field("where", .expression, "to which histories the supposition is limited"),
    because, source,
  ]

  private static let questions: [Record] = [
    Record(
      "a question on odds", markers: ["probability of"], hints: ["given", "by", "resolves"],
      fields: asked + [
        Field("probability of", .expression, isRequired: true, "the event whose odds are asked")
      ]),
    Record(
      "a question on flips", markers: ["flip"], hints: ["at"],
      fields: asked + [
        Field("flip", .expression, isRequired: true, "the event whose odds should cross a level"),
        Field("at", .number, "that level", example: "50%"),
      ]),
    Record(
      "a question on drivers", markers: ["drivers of"],
      fields: asked + [
        Field(
          "drivers of", .expression, isRequired: true,
          "the event whose odds the quantities are ranked by")
      ]),
  ]

  private static let outside = Record(
    "'outside the story'",
    fields: [
      Field("is", .estimate, isRequired: true, "how likely that is", example: "2% .. 5% .. 15%"),
      Field("then", .estimate, isRequired: true, "the odds of the event in that case"),
      because, source,
    ])

  private static let evidence: [Record] = [
    Record(
      "a move observed", markers: ["happened"],
      fields: [
        Field("on", .date, isRequired: true, "the day"),
        Field("happened", .expression, isRequired: true, "the move that was made"),
        because, source,
      ]),
    Record(
      "a report", markers: ["reported"], hints: ["likelihood ratio"],
      fields: [
        Field("on", .date, isRequired: true, "the day"),
        Field("reported", .text, isRequired: true, "what was reported"),
        Field(
          "likelihood ratio", .mapping(of: .estimate, about: "'FACT = VALUE'"), isRequired: true,
          "how much likelier the report is if the fact holds than if not"),
        because, source,
      ]),
  ]

  private static let solve = Record(
    "'solve'",
    fields: [
      Field(
        "select",
        .keyword(SolveSettings.Selection.allCases.map(\.rawValue)),
        "which equilibrium counts where there are several"),
      Field(
        "rationality", .estimate,
        "how closely play follows gain, in units of a party's payoff range"),
      Field("method", .name, "the method of solution"),
      Field("tolerance", .number, "the greatest regret that a certificate allows", example: "1e-8"),
      because, source,
    ])

  private static let record = Record(
    "an entry of the record", needsOneOf: ["happened", "fact"],
    fields: [
      Field("on", .date, isRequired: true, "the day"),
      Field("fact", .text, "what happened, in words"),
      Field("happened", .expression, "what happened, in terms of the story"),
      Field("question", .name, "the id of the question that it resolves"),
      because, source,
    ])
}
