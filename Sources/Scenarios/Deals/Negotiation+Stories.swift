/// A bundle, brought into the story in two ways.
public struct DealStory: Sendable {
  /// What is agreed on.
  public var bundle: Bundle
  /// It is on the table, and the answer is free. Where nothing is offered, the story as it stands.
  public var offered: SettledStory
  /// It is in force: nobody can choose what would rule it out. Nil where the story cannot put it into
  /// force.
  public var signed: SettledStory?
  /// That it is in force.
  public var isInForce: Expression
}

/// Why a bundle cannot be brought into a story.
public enum DealDefect: Error, Sendable {
  case diagnostics([Diagnostic])
}

extension Negotiation {
  /// Brings a bundle into the story.
  ///
  /// An option of the table that offers the same clauses takes the bundle's amounts, so that whatever
  /// the story says of that option still holds; else one more option offers the bundle.
  ///
  /// - Complexity: compiles the story's game once.
  public func story(
    of bundle: Bundle, limits: GameCompiler.Limits
  ) throws(DealDefect) -> DealStory {
    let event = isInForce(bundle)
    let offered = placing(bundle)
    let signed = try offered.leading(to: event, limits: limits)
    return DealStory(bundle: bundle, offered: offered, signed: signed, isInForce: event)
  }

  /// The story in which nothing is agreed: nothing is offered where one can do without, and nothing
  /// enacted.
  public func withoutDeal(limits: GameCompiler.Limits) throws(DealDefect) -> SettledStory {
    var story = SettledStory(scenario: scenario)
    for step in scenario.story.steps {
      let silent = step.options.indices.filter {
        step.options[$0].offers == nil && step.options[$0].enacts == nil
      }
      if !silent.isEmpty, step.options.contains(where: { $0.offers != nil }) {
        story.settle(step.fact, round: nil, on: silent)
      }
    }
    if let result = try story.leading(to: isInForce(Bundle([])), limits: limits) { return result }
    throw .diagnostics([
      Diagnostic(
        code: "no-refusal", file: scenario.file, place: scenario.clauses.first?.place,
        message: "in every line of play something is signed, so no deal can be compared with none",
        remedy: "give the one who answers an option that enacts nothing, such as 'decline: {}'")
    ])
  }

  /// The story with a bundle on the table.
  private func placing(_ bundle: Bundle) -> SettledStory {
    var story = SettledStory(scenario: scenario)
    guard var step = table, case .choice(let movers, var options) = step.kind else {
      for step in scenario.story.steps {
        story.scenario.story = story.scenario.story.replacing(step.enacting(bundle))
      }
      return story
    }
    let value: Int
    if let exact = options.firstIndex(where: { $0.offers?.normalized == bundle.normalized }) {
      value = exact
    } else if let similar = options.firstIndex(where: {
      $0.offers?.clauseSet == bundle.clauseSet
    }) {
      value = similar
      options[similar].offers = bundle
    } else {
      let name = scenario.name(of: bundle)
      value = story.scenario.names.add(value: name, to: step.fact)
      options.append(ChoiceOption(name: name, offers: bundle, place: step.place))
    }
    step.kind = .choice(movers: movers, options: options)
    story.scenario.story = story.scenario.story.replacing(step)
    story.supposing = [Supposition(fact: step.fact, value: value)]
    return story
  }
}

extension Step {
  /// The step with a bundle in place of those with the same clauses that its options enact.
  fileprivate func enacting(_ bundle: Bundle) -> Step {
    guard case .choice(let movers, var options) = kind else { return self }
    func enacted(_ option: ChoiceOption) -> Bundle? {
      if case .bundle(let bundle)? = option.enacts { bundle } else { nil }
    }
    if options.contains(where: { enacted($0)?.normalized == bundle.normalized }) { return self }
    for index in options.indices where enacted(options[index])?.clauseSet == bundle.clauseSet {
      options[index].enacts = .bundle(bundle)
    }
    var step = self
    step.kind = .choice(movers: movers, options: options)
    return step
  }
}
