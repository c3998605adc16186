/// What is written as expressions: definitions, payoffs, outcomes and beliefs.
extension ScenarioReader {
  // MARK: Definitions

  mutating func readDefinitionNames(_ node: SyntaxNode?) {
    for entry in node?.entries ?? [] {
      guard let name = entry.key.text, declare(name, as: "definition", at: entry.key) else {
        continue
      }
      scenario.names.declare(name, as: .definition(scenario.definitions.count))
      scenario.definitions.append(
        Definition(
          name: name, expression: Expression(.number(0), at: entry.value.place), type: .number,
          place: entry.key.place))
    }
    definitions = Array(repeating: nil, count: scenario.definitions.count)
  }

  /// Reads definitions so that each comes after those that it uses; a circle is an error.
  mutating func readDefinitions(_ node: SyntaxNode?) {
    var nodes: [SyntaxNode?] = Array(repeating: nil, count: scenario.definitions.count)
    let indices = Dictionary(
      scenario.definitions.enumerated().map { ($1.place, $0) }, uniquingKeysWith: { $1 })
    for entry in node?.entries ?? [] {
      if let index = indices[entry.key.place] { nodes[index] = entry.value }
    }
    let uses = nodes.map { node in
      node.map { definitionsUsed(by: $0) } ?? []
    }
    // A name beside another word is a slip in a longer name, and no proof of a circle.
    var scatteredUses: Set<[Int]> = []
    for (index, node) in nodes.enumerated() {
      guard let node, !uses[index].isEmpty else { continue }
      for used in scattered(in: node) { scatteredUses.insert([index, used]) }
    }
    // Depth-first, with an explicit stack since a text may chain thousands of definitions.
    enum Mark { case new, open, done }
    var marks = Array(repeating: Mark.new, count: nodes.count)
    var levels = Array(repeating: 0, count: nodes.count)
    for start in nodes.indices where marks[start] == .new {
      var stack = [(index: start, next: 0)]
      marks[start] = .open
      while let top = stack.last {
        if top.next < uses[top.index].count {
          stack[stack.count - 1].next += 1
          let used = uses[top.index][top.next]
          switch marks[used] {
          case .new:
            marks[used] = .open
            stack.append((used, 0))
          case .open where scatteredUses.contains([top.index, used]): break
          case .open:
            let circle = stack.drop { $0.index != used }.map { scenario.definitions[$0.index].name }
            sink.error(
              "circular-definition", at: scenario.definitions[used].place,
              length: scenario.definitions[used].name.count,
              "'\(scenario.definitions[used].name)' is defined by way of itself: "
                + (circle + [scenario.definitions[used].name]).joined(separator: " → "),
              remedy: "break the circle: a definition can use only what does not use it")
          case .done: break
          }
        } else {
          stack.removeLast()
          marks[top.index] = .done
          levels[top.index] = 1 + (uses[top.index].map { levels[$0] }.max() ?? 0)
          if levels[top.index] > 100 {
            noteConsequence()
            if levels[top.index] == 101 {
              sink.error(
                "definition-too-deep", at: scenario.definitions[top.index].place,
                length: scenario.definitions[top.index].name.count,
                "'\(scenario.definitions[top.index].name)' builds on a chain of more than 100 "
                  + "definitions",
                remedy: "build on fewer at a time")
            }
          } else if let node = nodes[top.index] {
            readDefinition(top.index, node)
          }
        }
      }
    }
  }

  private mutating func readDefinition(_ index: Int, _ node: SyntaxNode) {
    guard readable(node) != nil else { return noteConsequence() }
    do {
      let (expression, interface) = try parseDefinition(node)
      scenario.definitions[index].expression = expression
      scenario.definitions[index].type = interface.type
      definitions[index] = interface
      noteUses(of: expression)
    } catch {
      report(error)
    }
  }

  /// Apart from what stores the result, so that the parser's copies are gone by then.
  private mutating func parseDefinition(
    _ node: SyntaxNode
  ) throws(ExpressionError) -> (Expression, ExpressionParser.DefinitionInterface) {
    var parser = self.parser(node, allowsFreeLoops: true)
    let (expression, type) = try parser.whole()
    return (
      expression,
      ExpressionParser.DefinitionInterface(
        type: type, neededLoops: parser.neededLoops, height: expression.height)
    )
  }

  private func definitionsUsed(by node: SyntaxNode) -> [Int] {
    guard let text = node.text else { return [] }
    var result: [Int] = []
    var seen: Set<Int> = []
    for token in ExpressionLexer.tokens(of: text, names: scenario.names) {
      guard case .name(let name) = token.kind else { continue }
      for case .definition(let index) in scenario.names.meanings(of: name)
      where seen.insert(index).inserted { result.append(index) }
    }
    return result
  }

  /// Definitions whose names stand right beside another name or an unknown word.
  private func scattered(in node: SyntaxNode) -> [Int] {
    let tokens = ExpressionLexer.tokens(of: node.text ?? "", names: scenario.names)
    func isWord(_ index: Int) -> Bool {
      guard tokens.indices.contains(index) else { return false }
      switch tokens[index].kind {
      case .name, .unknown: return true
      default: return false
      }
    }
    var result: [Int] = []
    for (index, token) in tokens.enumerated() where isWord(index - 1) || isWord(index + 1) {
      guard case .name(let name) = token.kind else { continue }
      for case .definition(let definition) in scenario.names.meanings(of: name) {
        result.append(definition)
      }
    }
    return result
  }

  // MARK: Payoffs and outcomes

  mutating func readPayoffs(_ node: SyntaxNode?) {
    for entry in node?.entries ?? [] {
      guard let party = party(entry.key) else { continue }
      var seen: Set<String> = []
      for term in entry.value.entries ?? [] {
        guard let name = term.key.text, let value = number(term.value) else { continue }
        if !seen.insert(name).inserted { continue }
        scenario.payoffs[party].append(
          PayoffTerm(name: name, expression: value, place: term.value.place))
      }
    }
    guard !sink.hasErrors, !isDamaged else { return }
    let movers = self.movers(scenario.story)
    for (index, party) in scenario.parties.enumerated()
    where scenario.payoffs[index].isEmpty && movers.contains(index) {
      sink.warning(
        "no-payoff", at: party.place, length: party.name.count,
        "\(party.name) chooses but has no payoffs, so it is indifferent to everything",
        remedy: "add its terms under 'payoffs'")
    }
  }

  private func movers(_ elements: [StoryElement]) -> Set<Int> {
    var result: Set<Int> = []
    for element in elements {
      switch element {
      case .step(let step):
        switch step.kind {
        case .choice(let movers, _): result.formUnion(movers)
        case .clause(let clause):
          if let obliged = scenario.clauses[clause].duty?.obliged { result.insert(obliged) }
        default: break
        }
      case .reveal: break
      case .round(let part): result.formUnion(movers(part.story))
      }
    }
    return result
  }

  mutating func readOutcomes(_ node: SyntaxNode?) {
    for entry in node?.entries ?? [] {
      guard let name = entry.key.text, let condition = condition(entry.value) else { continue }
      scenario.outcomes.append(
        Outcome(name: name, condition: condition, place: entry.key.place))
    }
    if let last = scenario.outcomes.last, !sink.hasErrors, !isDamaged {
      if case .otherwise = last.condition.kind { return }
      sink.warning(
        "outcomes-open", at: last.place, length: last.name.count,
        "the story may end in a way that none of the outcomes names",
        remedy: "end with a line such as 'something else: otherwise'")
    }
  }

  // MARK: Beliefs

  mutating func readBeliefs(_ node: SyntaxNode?) {
    for owner in node?.entries ?? [] {
      guard let party = party(owner.key) else { continue }
      var known = true
      var alone = false
      if let flag = owner.value["known to others"] { known = self.flag(flag) ?? true }
      if let flag = owner.value["others think otherwise"] { alone = self.flag(flag) ?? false }
      for entry in owner.value.entries ?? [] {
        guard let key = entry.key.text, key != "known to others", key != "others think otherwise"
        else { continue }
        readBelief(entry, key, party: party, known: known, alone: alone)
      }
    }
  }

  private mutating func readBelief(
    _ entry: SyntaxEntry, _ key: String, party: Int, known: Bool, alone: Bool
  ) {
    let valueNode = entry.value["is"] ?? entry.value
    var known = known
    var alone = alone
    if let flag = entry.value["known to others"] { known = self.flag(flag) ?? known }
    if let flag = entry.value["others think otherwise"] { alone = self.flag(flag) ?? alone }
    guard let subject = beliefSubject(entry.key, key) else { return }
    checkSource(entry.value["source"])
    let name = "\(scenario.parties[party].name): \(key)"
    var value: Expression?
    guard let text = readable(valueNode) else { return }
    if EstimateParser.looksLikeRange(text) || Double(text.trimmed.dropLastPercent) != nil {
      let kind: EstimateParser.Kind? = if case .odds = subject { .probability } else { nil }
      if let input = inlineInput(
        valueNode, name: name, kind: kind, because: entry.value["because"]?.text,
        source: entry.value["source"]?.text)
      {
        value = Expression(.quantity(input), at: valueNode.place)
      }
    } else {
      value = number(valueNode)
    }
    guard let value else { return }
    scenario.beliefs.append(
      Belief(
        party: party, subject: subject, value: value, isKnownToOthers: known,
        othersThinkOtherwise: alone, place: entry.key.place))
  }

  private mutating func beliefSubject(_ node: SyntaxNode, _ key: String) -> Belief.Subject? {
    if let separator = key.firstIndex(of: "=") {
      let name = String(key[..<separator]).trimmed
      let value = String(key[key.index(after: separator)...]).trimmed
      guard let fact = scenario.names.fact(named: name) else {
        reportUnknown(
          "unknown-step", at: node, "there is no type or step '\(name)'",
          remedy: remedy(for: name, among: scenario.names.facts.map(\.name)) {
            "the types and steps are: \(listed($0))"
          })
        return nil
      }
      if scenario.names.facts[fact].values.isEmpty {
        noteConsequence()
        return nil
      }
      guard let ordinal = scenario.names.facts[fact].values.firstIndex(of: value) else {
        reportUnknown(
          "unknown-value", at: node, "'\(value)' is not a value of '\(name)'",
          remedy: "its values are: \(listed(scenario.names.facts[fact].values))")
        return nil
      }
      guard isChance(fact) else {
        report(
          "belief-about-choice", at: node, "'\(name)' is a party's choice; nobody holds odds of it",
          remedy: "beliefs are about types, chance, signals and quantities")
        return nil
      }
      used.insert(name)
      return .odds(fact: fact, value: ordinal)
    }
    if let index = inputIndices[key], !scenario.inputs[index].isInline {
      used.insert(key)
      return .quantity(index)
    }
    if let fact = scenario.names.fact(named: key) {
      report(
        "unknown-belief", at: node, "'\(key)' alone says nothing of its odds",
        remedy: "write '\(key) = \(scenario.names.facts[fact].values.first ?? "VALUE")'")
      return nil
    }
    reportUnknown(
      "unknown-belief", at: node, "there is no quantity '\(key)'",
      remedy: remedy(for: key, among: scenario.inputs.filter { !$0.isInline }.map(\.name)) { _ in
        "a belief is about a quantity, or about odds: 'STEP = VALUE' or 'PARTY.TYPE = VALUE'"
      })
    return nil
  }

  private func isChance(_ fact: Int) -> Bool {
    if fact < scenario.types.count { return true }
    func find(_ elements: [StoryElement]) -> Bool {
      elements.contains { element in
        switch element {
        case .step(let step):
          guard step.fact == fact else { return false }
          switch step.kind {
          case .chance, .signal: return true
          default: return false
          }
        case .reveal: return false
        case .round(let part): return find(part.story)
        }
      }
    }
    return find(scenario.story)
  }

  /// Yes or no, however YAML would have it.
  mutating func flag(_ node: SyntaxNode) -> Bool? {
    switch node.text?.lowercased() {
    case "yes", "true": return true
    case "no", "false": return false
    default: return nil
    }
  }
}

extension String {
  /// Without a percent sign at its end.
  var dropLastPercent: String { hasSuffix("%") ? String(dropLast()) : self }
}
