import Mathematics

extension ScenarioReader {
  // MARK: Parties and types

  mutating func readParties(_ node: SyntaxNode?) {
    for entry in node?.entries ?? [] {
      guard let name = entry.key.text, declare(name, as: "party", at: entry.key) else { continue }
      partyIndices[name] = scenario.parties.count
      scenario.parties.append(
        Party(name: name, about: entry.value.text ?? "", place: entry.key.place))
      scenario.names.declare(value: name)
    }
    scenario.payoffs = Array(repeating: [], count: scenario.parties.count)
    if let node, scenario.parties.isEmpty {
      report(
        "no-party", at: node, "a scenario needs at least one party",
        remedy: "write a line for each: 'Name: What it wants.'")
      hasLostNames = true
    }
  }

  mutating func readTypeNames(_ node: SyntaxNode?) {
    for owner in node?.entries ?? [] {
      guard let party = party(owner.key) else {
        hasLostNames = true
        continue
      }
      for dimension in owner.value.entries ?? [] {
        guard let name = dimension.key.text else { continue }
        let full = "\(scenario.parties[party].name).\(name)"
        let values = (dimension.value.entries ?? []).compactMap(\.key.text)
        guard declare(full, as: "type", at: dimension.key) else { continue }
        if values.isEmpty {
          if dimension.value.isUnreadable { continue }
          report(
            "no-values", at: dimension.key, "the type '\(full)' has no values",
            remedy: "write {one value: 30%, another: rest}")
          continue
        }
        guard !tooMany(values, of: full, at: dimension.key) else { continue }
        let fact = scenario.names.declare(fact: Fact(name: full, values: values))
        for value in dimension.value.entries ?? [] { declareValue(value.key) }
        scenario.types.append(
          PrivateType(
            party: party, dimension: name, values: values, odds: [], fact: fact,
            place: dimension.key.place))
      }
    }
  }

  mutating func readTypeOdds(_ node: SyntaxNode?) {
    var index = 0
    for owner in node?.entries ?? [] {
      for dimension in owner.value.entries ?? [] {
        guard index < scenario.types.count,
          scenario.types[index].place == dimension.key.place
        else { continue }
        let name = scenario.names.facts[scenario.types[index].fact].name
        scenario.types[index].odds = readOdds(
          dimension.value.entries ?? [], of: name, at: dimension.key)
        index += 1
      }
    }
  }

  /// The odds of every value of a type or chance step. At most one is `rest`; fixed odds must add
  /// up to 100%.
  mutating func readOdds(_ entries: [SyntaxEntry], of name: String, at node: SyntaxNode) -> [Odds] {
    var result: [Odds] = []
    var rests = 0
    var fixed: Double? = 0
    for entry in entries {
      let value = odds(entry.value, name: "\(name) = \(entry.key.text ?? "")")
      if case .rest? = value { rests += 1 }
      if case .expression(let expression)? = value {
        if case .number(let share) = expression.kind {
          fixed = fixed.map { $0 + share }
          if share < 0 || share > 1 {
            report(
              "odds-outside", at: entry.value,
              "these odds are \(share < 0 ? "below 0%" : "above 100%")",
              remedy: "write odds between 0% and 100%")
            fixed = nil
          }
        } else {
          fixed = nil
        }
      }
      if value == nil { fixed = nil }
      result.append(value ?? .expression(Expression(.number(0), at: entry.value.place)))
    }
    if rests > 1 {
      report(
        "two-rests", at: node,
        "'rest' stands for more than one value of '\(name)'",
        remedy: "give all values but one their odds; 'rest' is what they leave of 100%")
    }
    if let fixed, rests == 0, abs(fixed - 1) > 1e-9 {
      report(
        "odds-do-not-add-up", at: node,
        "the odds of '\(name)' add up to \(shownPercent(fixed)), not 100%",
        remedy: "change them, or write 'rest' for one of them")
    } else if let fixed, rests == 1, fixed > 1 + 1e-9 {
      report(
        "negative-rest", at: node,
        "the odds of '\(name)' add up to \(shownPercent(fixed)) without 'rest', "
          + "which would be below 0%",
        remedy: "lower the other odds")
    }
    return result
  }

  func shownPercent(_ share: Double) -> String {
    let tenths = (share * 1000).rounded() / 10
    return "\(shortNumber(abs(tenths - 100) < 1e-9 ? share * 100 : tenths))%"
  }

  /// A value shares its name freely with other values, but not with a step or type.
  mutating func declareValue(_ node: SyntaxNode) {
    guard let name = node.text else { return }
    if let first = declared[name], first.what == "step" || first.what == "type" {
      report(
        "fact-and-value", at: node,
        "'\(name)' is both a \(first.what) (line \(first.place.line)) and a value",
        remedy: "give one of the two another name")
    }
    valuePlaces[name] = valuePlaces[name] ?? node.place
  }

  /// More values than anybody writes by hand, and than a game can branch into.
  static let mostValues = 20_000

  /// Reports a list of values that is too long.
  mutating func tooMany(_ values: [String], of name: String, at node: SyntaxNode) -> Bool {
    guard values.count > ScenarioReader.mostValues else { return false }
    report(
      "too-many-values", at: node,
      "'\(name)' has \(values.count) values, and \(ScenarioReader.mostValues) are the most",
      remedy: "list fewer")
    return true
  }

  // MARK: Quantities

  mutating func readQuantities(_ node: SyntaxNode?) {
    for entry in node?.entries ?? [] {
      guard let name = entry.key.text, declare(name, as: "quantity", at: entry.key) else {
        continue
      }
      readQuantity(name, entry)
      scenario.names.declare(name, as: .quantity(scenario.inputs.count - 1))
    }
  }

  private mutating func readQuantity(_ name: String, _ entry: SyntaxEntry) {
    let isRecord = entry.value.entries != nil
    let estimateNode = isRecord ? entry.value["is"] ?? entry.value : entry.value
    let because = isRecord ? entry.value["because"]?.text : nil
    let source = isRecord ? entry.value["source"] : nil
    let setting = settings.removeValue(forKey: name)
    let kind = entry.value["kind"]?.text.flatMap { EstimateParser.Kind(rawValue: $0) }
    var input = Input(
      name: name, distribution: ScenarioReader.nothing, best: 0, isFixed: true,
      written: estimateNode.text ?? "", because: because, source: source?.text,
      unit: entry.value["unit"]?.text, isProbability: false, support: nil, place: entry.key.place,
      isInline: false)
    if let text = readable(estimateNode) {
      do {
        var estimate = try EstimateParser.read(
          text, kind: kind, atLeast: bound(entry.value["at least"]),
          atMost: bound(entry.value["at most"]))
        if let setting {
          input.written = setting
          // The kind was chosen for what is written; a setting may go where the kind allows.
          let declaresKind =
            kind != nil || entry.value["at least"] != nil
            || entry.value["at most"] != nil || estimate.isPercentage
          estimate = try readSetting(
            setting, name: name, support: declaresKind ? estimate.support : nil)
        }
        input.distribution = estimate.distribution
        input.best = estimate.best
        input.isFixed = estimate.isFixed
        input.isProbability = estimate.isPercentage || kind == .probability
        input.support = estimate.support
      } catch {
        inputsInError.insert(scenario.inputs.count)
        report(error, at: estimateNode)
      }
    } else {
      inputsInError.insert(scenario.inputs.count)
    }
    inputIndices[name] = scenario.inputs.count
    scenario.inputs.append(input)
    checkSource(source)
    if because == nil && source == nil, !entry.value.isUnreadable {
      sink.warning(
        "no-reason", at: entry.key.place, length: name.count,
        "'\(name)' has neither a reason nor a source",
        remedy: "write {is: …, because: \"…\", source: …}; 'source: judgment' says that it is one")
    }
  }

  /// An estimate that `--set` or a variant gives.
  mutating func readSetting(
    _ text: String, name: String, support: Distribution.Support?
  ) throws(EstimateParser.Failure) -> EstimateParser.Estimate {
    do {
      return try EstimateParser.read(text, support: support)
    } catch {
      sink.error(
        error.code, at: nil, "'\(name)' cannot be set to '\(text)': \(error.message)",
        remedy: error.remedy)
      return try EstimateParser.read("0", support: .real)
    }
  }

  private mutating func bound(_ node: SyntaxNode?) -> Double? {
    guard let node, let text = readable(node) else { return nil }
    do {
      let estimate = try EstimateParser.read(text, kind: .real)
      if estimate.isFixed { return estimate.best }
      report("bounds", at: node, "a bound is a single number", remedy: "write one number")
    } catch {
      report(error, at: node)
    }
    return nil
  }

  /// A source is a key of `sources`, or says that it is a judgment.
  mutating func checkSource(_ node: SyntaxNode?) {
    guard let node, let text = readable(node), text != "judgment" else { return }
    // One citation may name several works.
    for part in text.split(separator: ";").map({ String($0).trimmed }) {
      if sourceNames.contains(part) {
        used.insert("source: \(part)")
        continue
      }
      if part == "judgment" { continue }
      let meant = Spelling.suggestion(for: part, among: sink.isFull ? [] : sourceNames.sorted())
      // The source that was meant is not unused.
      if let meant { used.insert("source: \(meant)") }
      sink.warning(
        "unknown-source", at: node.place, length: node.length,
        "'\(SyntaxWords.short(part))' is not among the sources",
        remedy: meant.map { "did you mean '\($0)'?" }
          ?? "add it under 'sources', or write 'judgment'")
    }
  }

  // MARK: Clauses

  mutating func readClauseNames(_ node: SyntaxNode?) {
    for entry in node?.entries ?? [] {
      guard let name = entry.key.text, declare(name, as: "clause", at: entry.key) else { continue }
      _ = scenario.names.declare(clause: name)
      var clause = Clause(
        name: name, text: entry.value.text ?? entry.value["text"]?.text ?? "",
        place: entry.key.place)
      if let amount = entry.value["amount"] {
        let grid = grid(amount)
        if !grid.isEmpty {
          clause.amounts = Clause.Amounts(values: grid, unit: amount["unit"]?.text)
        }
      }
      if let choice = entry.value["choice"]?.items {
        clauseChoices[name] = choice.compactMap(\.text)
        for node in choice { declareValue(node) }
      }
      scenario.clauses.append(clause)
    }
  }

  mutating func readClauses(_ node: SyntaxNode?) {
    for entry in node?.entries ?? [] {
      guard let name = entry.key.text,
        let index = scenario.names.clause(named: name),
        scenario.clauses[index].place == entry.key.place
      else { continue }
      guard let due = entry.value["falls due"] else {
        for key in ["obliges", "choice", "breach costs"]
        where entry.value[key] != nil && !hasLostNames {
          if !dutiesInError.insert(index).inserted { break }
          report(
            "duty-without-due", at: entry.key,
            "'\(name)' says '\(key)' but not when it falls due",
            remedy: "add 'falls due: CONDITION'")
        }
        continue
      }
      let obliged = entry.value["obliges"].flatMap { party($0) }
      let choice = (entry.value["choice"]?.items ?? []).compactMap(\.text)
      if entry.value["obliges"] == nil || choice.count != 2 {
        dutiesInError.insert(index)
        if hasLostNames { continue }
        if entry.value["choice"].map({ wrongPlaces.contains($0.place) }) ?? false { continue }
        report(
          "duty-incomplete", at: entry.key,
          "'\(name)' falls due, so it needs 'obliges' and a 'choice' of two",
          remedy: "write 'obliges: PARTY' and 'choice: [keep it, break it]'")
        continue
      }
      // A clause in a repeated round is asked about in that round.
      let outer = boundLoops
      if let fact = scenario.names.fact(named: name), let loop = scenario.names.facts[fact].loop {
        boundLoops.insert(loop)
      }
      let fallsDue = condition(due)
      boundLoops = outer
      let cost = number(entry.value["breach costs"])
      guard let fallsDue, let obliged else {
        dutiesInError.insert(index)
        continue
      }
      scenario.clauses[index].duty = Clause.Duty(
        fallsDue: fallsDue, obliged: obliged, choice: choice, breachCosts: cost)
    }
  }

  /// The numbers of `{from, to, by}`, both ends included.
  mutating func grid(_ node: SyntaxNode) -> [Double] {
    func value(_ key: String) -> Double? {
      guard let child = node[key] else { return nil }
      return bound(child)
    }
    guard let from = value("from"), let to = value("to"), let by = value("by") else { return [] }
    guard by > 0, to >= from else {
      report(
        "grid", at: node,
        by > 0 ? "'to' is below 'from'" : "'by' is the step from one amount to the next, above 0",
        remedy: "write {from: 0, to: 100, by: 10}: the least, the greatest, the step")
      return []
    }
    let steps = ((to - from) / by + 1e-9).rounded(.down)
    guard steps < 10_000 else {
      report(
        "grid-too-fine", at: node,
        "this makes more than 10,000 amounts", remedy: "take larger steps with 'by'")
      return []
    }
    // Each point is rounded as its decimal would be, so that 0.45 + 0.1 is 0.55.
    return (0...max(0, Int(steps))).map { decimal(from + Double($0) * by, step: by) }
  }

  private func decimal(_ value: Double, step: Double) -> Double {
    guard step >= 1e-6 else { return value }
    let scaled = value * 1e9
    return abs(scaled) < 1e15 ? scaled.rounded() / 1e9 : value
  }

  static let nothing: Distribution = .constant(Distribution.Constant.zero)
}
