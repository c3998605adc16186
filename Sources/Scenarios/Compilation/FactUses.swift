/// Which steps something in the scenario asks about.
struct FactUses {
  private var facts: Set<Int> = []

  /// Collects every fact that an expression of the scenario or a reveal refers to.
  init(of scenario: Scenario) {
    for type in scenario.types { add(type.odds) }
    for clause in scenario.clauses {
      add(clause.duty?.fallsDue)
      add(clause.duty?.breachCosts)
    }
    add(scenario.story)
    for definition in scenario.definitions { add(definition.expression) }
    for term in scenario.payoffs.joined() { add(term.expression) }
    for belief in scenario.beliefs { add(belief.value) }
    for outcome in scenario.outcomes { add(outcome.condition) }
    for question in scenario.questions {
      add(question.event)
      add(question.given)
      add(question.whereCondition)
    }
    for evidence in scenario.evidence {
      switch evidence.kind {
      case .happened(let condition): add(condition)
      case .reported(_, let ratios): for ratio in ratios { add(ratio.condition) }
      }
    }
  }

  /// Whether what happens at a step can change anything: something asks about it, it changes what
  /// is offered or in force, or somebody who did not decide it can learn of it.
  func matters(_ step: Step, parties: Int) -> Bool {
    if facts.contains(step.fact) || step.visibility.until != nil { return true }
    let witnesses = step.visibility.seenBy.indices.filter { step.visibility.seenBy[$0] }
    switch step.kind {
    case .clause, .bargain: return true
    case .chance, .signal: return !witnesses.isEmpty
    case .choice(let movers, let options):
      return movers.count > 1 || witnesses.contains { !movers.contains($0) }
        || options.contains { $0.offers != nil || $0.enacts != nil }
    }
  }

  private mutating func add(_ story: [StoryElement]) {
    for element in story {
      switch element {
      case .reveal(let reveal):
        facts.insert(reveal.fact)
        add(reveal.when)
      case .round(let part):
        add(part.stopWhen)
        add(part.story)
      case .step(let step):
        add(step.when)
        switch step.kind {
        case .choice(_, let options): for option in options { add(option.onlyIf) }
        case .chance(let values): add(values.map(\.odds))
        case .signal(let lines):
          for line in lines {
            add(line.when)
            add(line.odds)
          }
        case .bargain(let rule): add(rule.power)
        case .clause: break
        }
      }
    }
  }

  private mutating func add(_ odds: [Odds]) {
    for case .expression(let expression) in odds { add(expression) }
  }

  private mutating func add(_ expression: Expression?) {
    guard let expression else { return }
    switch expression.kind {
    case .fact(let reference):
      facts.insert(reference.fact)
      if case .computed(let inner) = reference.round { add(inner) }
    case .negation(let inner), .not(let inner), .sum(_, let inner): add(inner)
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right),
      .and(let left, let right), .or(let left, let right):
      add(left)
      add(right)
    case .membership(let inner, let members):
      add(inner)
      for member in members { add(member) }
    case .conditional(let condition, let yes, let no):
      add(condition)
      add(yes)
      add(no)
    case .call(_, let arguments): for argument in arguments { add(argument) }
    case .number, .otherwise, .quantity, .definition, .loopValue, .value, .inForce, .offered,
      .amount:
      break
    }
  }
}

/// A set of values of facts, as one flat array of flags.
struct SlotValues {
  private var first: [Int] = []
  private var flags: [Bool] = []

  init(names: NameTable) {
    for fact in names.facts {
      first.append(flags.count)
      flags += Array(repeating: false, count: fact.values.count)
    }
  }

  mutating func insert(fact: Int, _ value: Int) { flags[first[fact] + value] = true }

  func contains(fact: Int, _ value: Int) -> Bool { flags[first[fact] + value] }
}
