public import Forecasts
import Mathematics
public import Scenarios

/// What the workbench shows, as JSON: forecasts with the words of `ask` beside their numbers, and
/// what can be moved in a scenario. `Docs/workbench.md` documents the shapes.
public enum WorkbenchJSON {
  /// A forecast: `ask` is what `ask --json` writes, `shown` the same as people read it.
  /// With evidence, `evidence` says what it did; else it is null.
  public static func forecast(
    _ forecast: Forecast, posterior: Posterior? = nil, scenario: Scenario
  ) -> JSONValue {
    .object([
      ("ask", ForecastJSON.ask(forecast, posterior: posterior, scenario: scenario)),
      (
        "shown",
        .array(
          forecast.answers.indices.map { shown($0, forecast, posterior, scenario) })
      ),
      ("outcomes", .array(forecast.outcomes.map { .string(NumberFormat.percent($0.probability)) })),
      ("line", .array(forecast.mainLine.map { .string(NumberFormat.percent($0.probability)) })),
      ("method", paragraph(ForecastText.method(forecast, scenario: scenario))),
      ("evidence", posterior.map { evidence($0, scenario) } ?? .null),
    ])
  }

  private static func shown(
    _ place: Int, _ forecast: Forecast, _ posterior: Posterior?, _ scenario: Scenario
  ) -> JSONValue {
    let answer = forecast.answers[place]
    let isBest = forecast.isBest
    let question = scenario.questions[answer.question]
    let hasRanges = !scenario.uncertainInputs.isEmpty
    let conditions = ForecastText.conditionSentences(of: question, in: scenario)
    var notes: [JSONValue] = []
    if let posterior, let note = EvidenceText.setAsideNote(answer.question, posterior) {
      notes.append(.string(note))
    }
    if let estimate = answer.estimate, let inside = estimate.insideTheStory {
      notes.append(.string("Within the story alone: \(NumberFormat.percent(inside))."))
    }
    if let bounds = answer.estimate?.bounds, bounds.lowerBound < bounds.upperBound {
      notes.append(
        .string("With the draws that could not be certified: \(NumberFormat.range(bounds))."))
    }
    if answer.isOffPath {
      notes.append(
        .string(
          "Off the path: the condition never holds in equilibrium; what parties would then believe "
            + "decides."))
    } else if let condition = answer.conditionProbability {
      notes.append(.string("The condition itself: \(NumberFormat.percent(condition))."))
    }
    return .object([
      ("id", .string(answer.id)), ("ask", .string(answer.ask)),
      ("conditions", .array(conditions.map { .string($0) })),
      ("percent", .string(answer.estimate.map { NumberFormat.percent($0.probability) } ?? "—")),
      ("words", .string(answer.estimate?.words ?? "undefined: the condition is impossible")),
      (
        "band",
        answer.estimate.flatMap {
          hasRanges && !isBest ? .string(NumberFormat.range($0.band)) : nil
        } ?? .null
      ),
      (
        "sampling",
        answer.estimate.flatMap {
          hasRanges && !isBest ? .string(NumberFormat.points($0.samplingError)) : nil
        } ?? .null
      ),
      ("before", before(posterior?.prior.answers[place].estimate, isBest: isBest)),
      ("by", answer.by.map { .string("\($0)") } ?? .null),
      ("resolves", question.resolves.map { .string(TextLayout.oneLine($0)) } ?? .null),
      ("notes", .array(notes)),
    ])
  }

  /// The answer before the evidence, such as "17% (<1% to 43%)".
  private static func before(_ estimate: Estimate?, isBest: Bool) -> JSONValue {
    guard let estimate else { return .null }
    let band = isBest ? "" : " (\(NumberFormat.range(estimate.band)))"
    return .string(NumberFormat.percent(estimate.probability) + band)
  }

  // MARK: - What was observed

  /// What the evidence did: its pieces, what it changed, and the answers day by day.
  private static func evidence(_ posterior: Posterior, _ scenario: Scenario) -> JSONValue {
    let changes = EvidenceText.allChanges(posterior, scenario)
    return .object([
      (
        "items",
        .array(
          posterior.items.map { item in
            .object([
              (
                "before",
                item.isMove ? .string(NumberFormat.percent(item.likelihood)) : .null
              )
            ])
          })
      ),
      ("weight", paragraph(EvidenceText.weight(posterior))),
      ("conflicts", .array(EvidenceText.conflictSentences(posterior).map { .string($0) })),
      (
        "changes",
        .array(
          changes.filter(\.isMove).map {
            .object([
              ("name", .string($0.name)), ("before", .string($0.before)),
              ("after", .string($0.after)), ("word", .string($0.word)),
            ])
          })
      ),
      ("unchanged", .integer(changes.count { !$0.isMove })),
      (
        "timeline",
        .array(
          posterior.timeline.map { moment in
            .object([
              ("on", moment.date.map { .string("\($0)") } ?? .null),
              (
                "percents",
                .array(
                  moment.answers.map {
                    .string($0.map { NumberFormat.percent($0.probability) } ?? "—")
                  })
              ),
            ])
          })
      ),
    ])
  }

  /// What a scenario says has been observed, each piece with its place in the text.
  private static func observed(_ scenario: Scenario) -> JSONValue {
    .array(
      scenario.evidence.map { item in
        .object([
          ("on", item.on.map { .string("\($0)") } ?? .null),
          ("kind", .string(item.isMove ? "happened" : "reported")),
          ("observed", .string(TextLayout.oneLine(item.written))),
          ("source", item.source.map { .string(TextLayout.oneLine($0)) } ?? .null),
          ("line", .integer(item.place.line)),
        ])
      })
  }

  // MARK: - What can be moved

  /// What can be moved and supposed in a scenario.
  public static func scenario(_ scenario: Scenario) -> JSONValue {
    .object([
      ("title", .string(scenario.title)),
      ("as_of", scenario.asOf.map { .string("\($0)") } ?? .null),
      (
        "questions",
        .array(
          scenario.questions.map {
            .object([
              ("id", .string($0.id)), ("ask", .string($0.ask)),
              ("probability", .bool($0.asksProbability)), ("line", .integer($0.place.line)),
            ])
          })
      ),
      ("quantities", .array(scenario.inputs.map { quantity($0, in: scenario) })),
      ("steps", .array(steps(scenario.story, in: scenario))),
      ("evidence", observed(scenario)),
      ("rationality", .bool(scenario.solve.rationality != nil)),
      (
        "variants",
        .array(
          scenario.variants.map { variant in
            .object([
              ("name", .string(variant.name)),
              (
                "settings",
                .array(
                  variant.settings.map {
                    .object([("name", .string($0.name)), ("value", .string($0.estimate))])
                  })
              ),
            ])
          })
      ),
    ])
  }

  private static func quantity(_ input: Input, in scenario: Scenario) -> JSONValue {
    func text(_ value: String?) -> JSONValue {
      value.map { .string(TextLayout.oneLine($0)) } ?? .null
    }
    var members: [(String, JSONValue)] = [
      ("name", .string(input.name)), ("is", .string(TextLayout.oneLine(input.written))),
      ("fixed", .bool(input.isFixed)), ("best", .number(input.best)),
      ("percent", .bool(input.isProbability)), ("unit", text(input.unit)),
      ("because", text(input.because)), ("source", text(input.source)),
      ("grade", .string(SourceGrade(input, in: scenario).rawValue)),
      ("line", .integer(input.place.line)), ("column", .integer(input.place.column)),
    ]
    if !input.isFixed {
      members.append(("low", .number(input.distribution.quantile(0.01))))
      members.append(("high", .number(input.distribution.quantile(0.99))))
    }
    return .object(members)
  }

  /// What parties choose and what chance decides (`party` is null), in the order of the story.
  private static func steps(_ story: [StoryElement], in scenario: Scenario) -> [JSONValue] {
    story.flatMap { element -> [JSONValue] in
      switch element {
      case .reveal: return []
      case .round(let round): return steps(round.story, in: scenario)
      case .step(let step):
        var party: String?
        switch step.kind {
        case .choice(let movers, _):
          party = movers.map { scenario.parties[$0].name }.joined(separator: ", ")
        case .clause(let clause):
          guard let duty = scenario.clauses[clause].duty else { return [] }
          party = scenario.parties[duty.obliged].name
        case .chance, .signal: party = nil
        case .bargain: return []
        }
        let fact = scenario.names.facts[step.fact]
        let rounds = fact.loop.map { scenario.names.loops[$0].rounds } ?? []
        return [
          .object([
            ("name", .string(step.name)), ("party", party.map { .string($0) } ?? .null),
            ("options", .array(fact.values.map { .string($0) })),
            ("rounds", .array(rounds.map { .string($0) })),
            ("line", .integer(step.place.line)),
          ])
        ]
      }
    }
  }

  // MARK: - What lies behind it

  /// The sections of a report that a page shows below its answer: reasons, what would change it and
  /// deals in full, and of what the page itself shows in words the drawings.
  public static func sections(_ document: Document) -> [Document.Section] {
    func drawings(_ blocks: [Document.Block]) -> [Document.Block] {
      blocks.filter { if case .picture = $0 { true } else { false } }
    }
    let spread = Document.Section(
      id: "spread", heading: "How far the assumptions spread the answer",
      blocks: drawings(document.opening))
    let sections = document.sections.compactMap { section -> Document.Section? in
      var section = section
      switch section.id {
      case "why", "change", "deals": return section
      case "evidence": section.heading = "The answer as evidence came in"
      case "assumptions": section.heading = "What the answer rests on"
      default: return nil
      }
      section.blocks = drawings(section.blocks)
      return section
    }
    return ([spread] + sections).filter { !$0.blocks.isEmpty }
  }

  // MARK: - Text

  private static func paragraph(_ lines: [String]) -> JSONValue {
    .string(TextLayout.oneLine(lines.joined(separator: " ")))
  }
}
