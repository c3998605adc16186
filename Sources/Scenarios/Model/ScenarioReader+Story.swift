extension ScenarioReader {
  mutating func readStory(_ node: SyntaxNode?, loop: Int?) -> [StoryElement] {
    var result: [StoryElement] = []
    for step in node?.items ?? [] {
      if let element = readElement(step, loop: loop) { result.append(element) }
    }
    return result
  }

  private mutating func readElement(_ step: SyntaxNode, loop: Int?) -> StoryElement? {
    if step["repeat"] != nil || step["repeat for"] != nil {
      guard let index = loopsByPlace[step.place] else { return nil }
      boundLoops.insert(index)
      defer { boundLoops.remove(index) }
      let story = readStory(step["story"], loop: index)
      let stop = condition(step["stop when"])
      return .round(
        RepeatedStory(loop: index, story: story, stopWhen: stop, place: step.place))
    }
    if let node = step["reveal"] { return readReveal(step, node, loop: loop) }
    guard let fact = stepFacts[step.place] else { return nil }
    defer { toldFacts.insert(fact) }
    if step["clause"] != nil { return readClauseStep(step, fact: fact) }
    guard let kind = readKind(step, fact: fact, loop: loop) else { return nil }
    let mover: Int? =
      if case .choice(let movers, _) = kind, movers.count == 1 { movers[0] } else { nil }
    return .step(
      Step(
        name: scenario.names.facts[fact].name, kind: kind, when: condition(step["when"]),
        visibility: visibility(step, mover: mover), between: dateRange(step["between"]),
        fact: fact, place: (step["step"] ?? step).place))
  }

  private mutating func readClauseStep(_ step: SyntaxNode, fact: Int) -> StoryElement? {
    let name = scenario.names.facts[fact].name
    guard let index = scenario.names.clause(named: name) else { return nil }
    guard scenario.clauses[index].duty != nil else {
      if let node = step["clause"], !dutiesInError.contains(index), !hasLostNames {
        report(
          "clause-never-due", at: node,
          "the clause '\(name)' does not say when it falls due",
          remedy: "give it 'falls due', 'obliges' and 'choice'")
      }
      return nil
    }
    used.insert(name)
    return .step(
      Step(
        name: name, kind: .clause(index), when: condition(step["when"]),
        visibility: visibility(step, mover: scenario.clauses[index].duty?.obliged),
        between: dateRange(step["between"]), fact: fact, place: step.place))
  }

  private mutating func readReveal(
    _ step: SyntaxNode, _ node: SyntaxNode, loop: Int?
  ) -> StoryElement? {
    guard let name = readable(node) else { return nil }
    guard let fact = scenario.names.fact(named: name) else {
      reportUnknown(
        "unknown-step", at: node, "there is no step '\(name)' to reveal",
        remedy: remedy(for: name, among: scenario.names.facts.map(\.name)) { _ in
          "name an earlier step, or a type as PARTY.TYPE"
        })
      return nil
    }
    if let own = scenario.names.facts[fact].loop, own != loop {
      report(
        "reveal-outside-round", at: node,
        "'\(name)' happens in every '\(scenario.names.loops[own].variable)'",
        remedy: "reveal it in the part that is repeated")
      return nil
    }
    if fact >= scenario.types.count, !toldFacts.contains(fact) {
      report(
        "reveal-too-early", at: node, "'\(name)' has not happened yet when it is revealed here",
        remedy: "move the reveal behind the step, or give the step 'seen by' the party")
    }
    used.insert(name)
    let parties = items(step["to"])
    var to: [Int] = []
    for node in parties {
      if let index = party(node) { to.append(index) }
    }
    if step["to"] == nil { to = Array(scenario.parties.indices) }
    return .reveal(
      Reveal(fact: fact, to: to, when: condition(step["when"]), place: step.place))
  }

  // MARK: Kinds of step

  private mutating func readKind(_ step: SyntaxNode, fact: Int, loop: Int?) -> Step.Kind? {
    let name = scenario.names.facts[fact].name
    if let chance = step["chance"] {
      let entries = chance.entries ?? []
      let odds = readOdds(entries, of: name, at: chance)
      return .chance(
        zip(entries, odds).map { entry, odds in
          ChanceValue(name: entry.key.text ?? "", odds: odds, place: entry.key.place)
        })
    }
    if let says = step["says"] {
      var lines: [Message] = []
      for entry in says.entries ?? [] {
        let when = condition(entry.value["when"])
        var share: Expression?
        if let node = entry.value["odds"] {
          switch odds(node, name: "\(name) = \(entry.key.text ?? "")") {
          case .expression(let expression)?: share = expression
          case .rest?:
            report(
              "rest-in-signal", at: node, "the messages of a signal have no 'rest'",
              remedy: "leave 'odds' out: a message without odds is certain once it is its turn")
          case nil: break
          }
          if case .number(let odds)? = share?.kind, odds < 0 || odds > 1 {
            report(
              "odds-outside", at: node, "these odds are \(odds < 0 ? "below 0%" : "above 100%")",
              remedy: "write odds between 0% and 100%")
          }
        }
        lines.append(
          Message(name: entry.key.text ?? "", when: when, odds: share, place: entry.key.place))
      }
      return .signal(lines)
    }
    if let bargain = step["bargain"] { return readBargain(bargain, step) }
    guard let by = step["by"] else { return nil }
    let movers = self.movers(by, loop: loop)
    guard !movers.isEmpty else { return nil }
    if step["bundles of"] != nil {
      return .choice(movers: movers, options: bundleOptions(step))
    }
    let options = readOptions(step["options"], fact: fact)
    if options.isEmpty {
      if let node = step["options"], node.items?.isEmpty ?? true, node.entries?.isEmpty ?? true {
        report(
          "no-option", at: node, "the step '\(name)' has no options",
          remedy: "write options: [one, another]")
      }
      noteConsequence()
      return nil
    }
    return .choice(movers: movers, options: options)
  }

  /// Who moves: a party, parties in turn, or the party that the round is named after.
  private mutating func movers(_ node: SyntaxNode, loop: Int?) -> [Int] {
    if let loop, let name = node.text, name == scenario.names.loops[loop].variable {
      let rounds = scenario.names.loops[loop].rounds
      let movers = rounds.compactMap { partyIndices[$0] }
      if movers.count == rounds.count { return movers }
      let stranger = rounds.first { partyIndices[$0] == nil } ?? ""
      reportUnknown(
        "round-not-a-party", at: node,
        "'\(name)' cannot choose: its round '\(stranger)' is not a party",
        remedy: "name the party, or repeat for parties: 'repeat for: [ONE, OTHER]'")
      return []
    }
    let movers = items(node).compactMap { party($0) }
    if movers.count > 1, loop == nil {
      report(
        "turns-without-rounds", at: node,
        "parties take turns only in a repeated part",
        remedy: "name one party, or put the step under 'repeat'")
    }
    return movers
  }

  private mutating func readOptions(_ node: SyntaxNode?, fact: Int) -> [ChoiceOption] {
    guard let node else { return [] }
    let declared = scenario.names.facts[fact]
    if let numbers = declared.numbers {
      return zip(declared.values, numbers).map { name, number in
        ChoiceOption(name: name, number: number, place: node.place)
      }
    }
    if let items = node.items {
      return items.compactMap { item in item.text.map { ChoiceOption(name: $0, place: item.place) }
      }
    }
    var options: [ChoiceOption] = []
    for entry in node.entries ?? [] {
      guard let name = entry.key.text else { continue }
      var option = ChoiceOption(name: name, place: entry.key.place)
      if let offers = entry.value["offers"] { option.offers = bundle(offers) }
      if let enacts = entry.value["enacts"] {
        option.enacts = enacts.text == "the offer" ? .theOffer : .bundle(bundle(enacts))
      }
      option.onlyIf = condition(entry.value["only if"])
      options.append(option)
    }
    return options
  }

  /// Clauses by name; one with amounts says which: `missile sale: 1000`.
  private mutating func bundle(_ node: SyntaxNode) -> Bundle {
    var result: [Bundle.Item] = []
    var parts: [(name: SyntaxNode, amount: SyntaxNode?)] = []
    if let entries = node.entries {
      parts = entries.map { ($0.key, $0.value) }
    } else {
      for item in items(node) {
        if let entries = item.entries {
          parts += entries.map { ($0.key, $0.value) }
        } else {
          parts.append((item, nil))
        }
      }
    }
    for part in parts {
      guard let name = part.name.text else { continue }
      guard let clause = clause(part.name) else { continue }
      if result.contains(where: { $0.clause == clause }) {
        report(
          "value-twice", at: part.name, "'\(name)' stands twice among the clauses",
          remedy: "remove one of the two")
        continue
      }
      used.insert(name)
      result.append(
        Bundle.Item(clause: clause, amount: amount(of: clause, part.amount, at: part.name)))
    }
    return Bundle(result)
  }

  private mutating func amount(
    of clause: Int, _ node: SyntaxNode?, at name: SyntaxNode
  ) -> Int? {
    let declared = scenario.clauses[clause]
    guard let amounts = declared.amounts else {
      if let node {
        report(
          "no-amounts", at: node,
          "'\(declared.name)' has no amounts",
          remedy: "leave the number out, or give the clause 'amount: {from, to, by}'")
      }
      return nil
    }
    guard let node, let text = node.text, let value = Double(text.trimmed) else {
      report(
        "amount-wanted", at: name,
        "'\(declared.name)' comes in amounts; say how much",
        remedy: "write {\(declared.name): \(shortNumber(amounts.values.last ?? 1))}")
      return nil
    }
    if let ordinal = amounts.values.firstIndex(where: { abs($0 - value) < 1e-9 }) { return ordinal }
    report(
      "not-an-amount", at: node,
      "\(text) is not among the amounts of '\(declared.name)'",
      remedy: "the amounts are: \(listed(amounts.values.map(shortNumber)))")
    return nil
  }

  private mutating func readBargain(_ node: SyntaxNode, _ step: SyntaxNode) -> Step.Kind? {
    guard let clause = bargainedClause(node) else { return nil }
    let bargainers = items(node["between"])
    let between = bargainers.compactMap { party($0) }
    guard between.count == 2, between[0] != between[1] else {
      if between.count == bargainers.count {
        report(
          "bargain-between", at: node["between"] ?? node,
          "a bargain is between two different parties", remedy: "write 'between: [ONE, OTHER]'")
      }
      return nil
    }
    var power: Expression?
    for entry in node["power"]?.entries ?? [] {
      guard let party = party(entry.key) else { continue }
      let name = "power of \(scenario.parties[party].name)"
      guard case .expression(let value)? = odds(entry.value, name: name) else { continue }
      if party == between[0] {
        power = value
      } else if party == between[1] {
        if power == nil {
          let one = Expression(.number(1), at: entry.value.place)
          power = Expression(.arithmetic(.subtract, one, value), at: entry.value.place)
        } else {
          report(
            "bargain-power", at: entry.key, "both parties' power is given",
            remedy: "give one party's power; the other has the rest")
        }
      } else {
        report(
          "bargain-power", at: entry.key,
          "\(scenario.parties[party].name) is not one of the bargainers",
          remedy: "give the power of \(scenario.parties[between[0]].name) or "
            + scenario.parties[between[1]].name)
      }
    }
    return .bargain(
      BargainRule(
        between: between, clause: clause, power: power,
        failure: node["if it fails"]?.text ?? "no agreement"))
  }

  // MARK: Who sees it, and when it happens

  private mutating func visibility(_ step: SyntaxNode, mover: Int?) -> Visibility {
    var seenBy = Array(repeating: true, count: scenario.parties.count)
    if let signal = step["signal to"] {
      seenBy = Array(repeating: false, count: scenario.parties.count)
      for node in items(signal) { if let party = party(node) { seenBy[party] = true } }
    }
    if let only = step["seen by"] {
      seenBy = Array(repeating: false, count: scenario.parties.count)
      for node in items(only) { if let party = party(node) { seenBy[party] = true } }
      if let mover { seenBy[mover] = true }
    }
    if let hidden = step["hidden from"] {
      for node in items(hidden) {
        guard let party = party(node) else { continue }
        if party == mover {
          report(
            "hidden-from-mover", at: node,
            "\(scenario.parties[party].name) cannot be kept from seeing its own choice",
            remedy: "take it out of 'hidden from'")
          continue
        }
        seenBy[party] = false
      }
    }
    var until: Visibility.Until?
    if let node = step["until"], let text = readable(node) {
      if text == "round ends" {
        until = .roundEnds
        if boundLoops.isEmpty {
          report(
            "until-round", at: node, "'round ends' says something only in a repeated part",
            remedy: "name a later step")
        }
      } else if let fact = scenario.names.fact(named: text) {
        until = .step(text)
        used.insert(text)
        checkLater(fact, than: step, at: node)
      } else {
        reportUnknown(
          "unknown-step", at: node, "there is no step '\(text)'",
          remedy: remedy(for: text, among: scenario.names.facts.map(\.name)) { _ in
            "write the name of a later step, or 'round ends'"
          })
      }
    }
    return Visibility(seenBy: seenBy, until: until)
  }

  /// What is hidden until a step that is over already would stay hidden for good.
  private mutating func checkLater(_ fact: Int, than step: SyntaxNode, at node: SyntaxNode) {
    guard let own = stepFacts[step.place] else { return }
    let loop = scenario.names.facts[own].loop
    let comesAgain = loop != nil && scenario.names.facts[fact].loop == loop
    if fact < scenario.types.count || fact == own && !comesAgain
      || toldFacts.contains(fact) && !comesAgain
    {
      report(
        "until-not-later", at: node, "'\(node.text ?? "")' does not come after this step",
        remedy: "name a later step; without 'until' it stays hidden")
    }
  }

  /// Two days in order, unless their shape is wrong already.
  func dateRange(_ node: SyntaxNode?) -> ClosedRange<CalendarDate>? {
    guard let text = readable(node), let separator = text.firstRange(of: ".."),
      let from = CalendarDate(String(text[..<separator.lowerBound]).trimmed),
      let to = CalendarDate(String(text[separator.upperBound...]).trimmed), from <= to
    else { return nil }
    return from...to
  }
}
