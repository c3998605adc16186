/// The names that a story declares: steps with their values, and rounds.
extension ScenarioReader {
  mutating func readStoryNames(_ node: SyntaxNode?) {
    readStepNames(node?.items ?? [], loop: nil)
    checkLength(node)
  }

  /// Every round of every step is laid out when the game is built.
  private mutating func checkLength(_ node: SyntaxNode?) {
    let most = 20_000
    var count = 0
    for step in node?.items ?? [] {
      let rounds = loopsByPlace[step.place].map { scenario.names.loops[$0].rounds.count }
      count += (rounds ?? 1) * max(1, rounds == nil ? 1 : step["story"]?.items?.count ?? 0)
      if count > most {
        report(
          "story-too-long", at: step,
          "with this the story has more than 20,000 steps, each round counted",
          remedy: "repeat fewer times, or tell it in fewer steps")
        return
      }
    }
  }

  private mutating func readStepNames(_ steps: [SyntaxNode], loop: Int?) {
    for step in steps {
      if step["repeat"] != nil || step["repeat for"] != nil {
        readRounds(step, inside: loop)
      } else if let clause = step["clause"], let name = clause.text {
        readClauseStep(step, name, clause, loop: loop)
      } else if let nameNode = step["step"], let name = nameNode.text {
        guard declare(name, as: "step", at: nameNode, sharing: ["clause"]) else { continue }
        if let place = valuePlaces[name] {
          report(
            "fact-and-value", at: nameNode,
            "'\(name)' is both a step and a value (line \(place.line))",
            remedy: "give one of the two another name")
        }
        var (values, numbers, nodes) = stepValues(step)
        if tooMany(values, of: name, at: nameNode) { (values, numbers, nodes) = ([], nil, []) }
        let fact = scenario.names.declare(
          fact: Fact(name: name, values: values, numbers: numbers, loop: loop))
        // After a clause of the same name the step takes over the word.
        declared[name] = ("step", nameNode.place)
        for value in nodes { declareValue(value) }
        stepFacts[step.place] = fact
        checkDistinct(values, nodes, of: name, at: nameNode)
      }
    }
  }

  private mutating func readRounds(_ step: SyntaxNode, inside loop: Int?) {
    let key = step["repeat"] ?? step["repeat for"] ?? step
    if loop != nil {
      report(
        "nested-repeat", at: key, "a repeated part cannot hold another repeated part",
        remedy: "write the inner rounds out as steps")
      hasLostNames = true
      return
    }
    var rounds: [String] = []
    var isNumbered = false
    if let count = step["repeat"] {
      guard let number = readable(count).flatMap({ Int($0.trimmed) }), (1...1000).contains(number)
      else {
        hasLostNames = true
        return
      }
      rounds = (1...number).map(String.init)
      isNumbered = true
    } else {
      rounds = items(step["repeat for"]).compactMap(\.text)
    }
    guard let variableNode = step["as"], let variable = variableNode.text, !rounds.isEmpty else {
      hasLostNames = true
      return
    }
    guard declare(variable, as: "round", at: variableNode, sharing: ["round"]) else {
      hasLostNames = true
      return
    }
    var distinct: Set<String> = []
    for node in items(step["repeat for"]) where !distinct.insert(node.text ?? "").inserted {
      report(
        "value-twice", at: node, "'\(node.text ?? "")' stands twice among the rounds",
        remedy: "give each round a name of its own")
    }
    let index = scenario.names.declare(
      loop: Loop(variable: variable, rounds: rounds, isNumbered: isNumbered))
    loopsByPlace[step.place] = index
    readStepNames(step["story"]?.items ?? [], loop: index)
  }

  private mutating func readClauseStep(
    _ step: SyntaxNode, _ name: String, _ node: SyntaxNode, loop: Int?
  ) {
    guard self.clause(node) != nil else { return }
    if scenario.names.fact(named: name) != nil {
      report(
        "clause-falls-due-twice", at: node,
        "'\(name)' falls due at two places of the story",
        remedy: "let it fall due once, or put both into a repeated part")
      return
    }
    let values = clauseChoices[name] ?? []
    let fact = scenario.names.declare(fact: Fact(name: name, values: values, loop: loop))
    stepFacts[step.place] = fact
  }

  private mutating func checkDistinct(
    _ values: [String], _ nodes: [SyntaxNode], of step: String, at node: SyntaxNode
  ) {
    var seen: Set<String> = []
    for (ordinal, value) in values.enumerated() where !seen.insert(value).inserted {
      let place = ordinal < nodes.count ? nodes[ordinal] : node
      report(
        "value-twice", at: place, "'\(value)' stands twice among the values of '\(step)'",
        remedy: "remove one of the two, or rename it")
      if nodes.isEmpty { return }
    }
  }

  /// The values that a step can have, the numbers they stand for, and where they are written.
  private mutating func stepValues(
    _ step: SyntaxNode
  ) -> (values: [String], numbers: [Double]?, nodes: [SyntaxNode]) {
    if let options = step["options"] {
      if options["from"] != nil || options["to"] != nil {
        let numbers = grid(options)
        return (numbers.map(shortNumber), numbers, [])
      }
      let nodes = options.items ?? (options.entries ?? []).map(\.key)
      return (nodes.compactMap(\.text), nil, nodes)
    }
    if let chance = step["chance"] {
      let nodes = (chance.entries ?? []).map(\.key)
      return (nodes.compactMap(\.text), nil, nodes)
    }
    if let says = step["says"] {
      let nodes = (says.entries ?? []).map(\.key)
      return (nodes.compactMap(\.text), nil, nodes)
    }
    if step["bundles of"] != nil {
      let options = bundleOptions(step)
      return (options.map(\.name), nil, [])
    }
    if let bargain = step["bargain"] {
      guard let clause = bargainedClause(bargain), let amounts = scenario.clauses[clause].amounts
      else { return ([], nil, []) }
      let failure = bargain["if it fails"]
      let names = amounts.values.map(shortNumber) + [failure?.text ?? "no agreement"]
      return (names, amounts.values + [.nan], failure.map { [$0] } ?? [])
    }
    return ([], nil, [])
  }

  /// The clause whose amount is bargained over.
  mutating func bargainedClause(_ bargain: SyntaxNode) -> Int? {
    guard let over = bargain["over"], let text = readable(over) else { return nil }
    let prefix = "amount of "
    let name = text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)).trimmed : text
    guard let clause = scenario.names.clause(named: name), scenario.clauses[clause].amounts != nil
    else {
      if reportedBargains.insert(over.place).inserted {
        reportUnknown(
          "bargain-over", at: over,
          "'\(text)' is not the amount of a clause",
          remedy: "write 'over: amount of CLAUSE' for a clause with 'amount: {from, to, by}'")
      }
      return nil
    }
    used.insert(name)
    return clause
  }

  /// The options of a proposal: every bundle of the clauses within its limits, with every amount,
  /// then the alternatives to a proposal.
  mutating func bundleOptions(_ step: SyntaxNode) -> [ChoiceOption] {
    var clauses: [Int] = []
    for node in items(step["bundles of"]) {
      guard let name = node.text else { continue }
      if let index = scenario.names.clause(named: name) {
        if clauses.contains(index) {
          if reportedBargains.insert(node.place).inserted {
            report(
              "value-twice", at: node, "'\(name)' stands twice among the clauses",
              remedy: "remove one of the two")
          }
          continue
        }
        clauses.append(index)
        used.insert(name)
      } else if reportedBargains.insert(node.place).inserted {
        _ = clause(node)
      }
    }
    let most = step["at most"]?.text.flatMap { Int($0.trimmed) } ?? clauses.count
    let least = step["at least"]?.text.flatMap { Int($0.trimmed) } ?? 1
    let exclusive: [Set<Int>] = (step["not both"]?.items ?? []).map { pair in
      Set(
        (pair.items ?? []).compactMap { node in
          node.text.flatMap { scenario.names.clause(named: $0) }
        })
    }
    for node in (step["not both"]?.items ?? []).flatMap({ $0.items ?? [] }) {
      if reportedBargains.insert(node.place).inserted { _ = clause(node) }
    }
    let menu = BundleMenu(
      clauses: clauses, atLeast: least, atMost: most, exclusive: exclusive,
      amounts: clauses.map { scenario.clauses[$0].amounts?.values.count })
    guard let bundles = menu.bundles(atMost: ScenarioReader.mostValues) else {
      if reportedBargains.insert(step.place).inserted {
        report(
          "too-many-bundles", at: step["bundles of"] ?? step,
          "there are more than 20,000 bundles to choose from, every amount counted",
          remedy: "limit them with 'at most' or 'not both', or take larger steps of amounts")
      }
      return []
    }
    var options = bundles.map { bundle in
      ChoiceOption(
        name: scenario.name(of: bundle), offers: bundle, isFromMenu: true, place: step.place)
    }
    if bundles.isEmpty, !clauses.isEmpty, reportedBargains.insert(step.place).inserted {
      report(
        "no-bundle", at: step["bundles of"] ?? step,
        "no bundle of these clauses keeps to 'at least', 'at most' and 'not both'",
        remedy: "loosen one of the three")
    }
    for node in items(step["or"]) {
      if let text = node.text { options.append(ChoiceOption(name: text, place: node.place)) }
    }
    return options
  }

}

extension Scenario {
  /// A bundle's clauses with their amounts, in its order.
  public func name(of bundle: Bundle) -> String {
    bundle.clauses.map { item in
      let clause = clauses[item.clause]
      guard let amount = item.amount, let values = clause.amounts?.values else {
        return clause.name
      }
      return "\(clause.name) \(shortNumber(values[amount]))"
    }.joined(separator: " + ")
  }
}

/// A number as a person writes it: no trailing zeros, no exponent for ordinary sizes.
func shortNumber(_ value: Double) -> String {
  if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
  return "\(value)"
}
