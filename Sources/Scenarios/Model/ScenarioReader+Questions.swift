import Mathematics

/// Questions and what stands beside the story: variants, correlations, evidence, the record.
extension ScenarioReader {
  // MARK: Questions

  mutating func readQuestions(_ node: SyntaxNode?) {
    var ids: [String: Int] = [:]
    for item in node?.items ?? [] {
      guard let question = readQuestion(item) else {
        lostQuestions = true
        continue
      }
      if let first = ids[question.id] {
        report(
          "question-id-twice", at: item["id"] ?? item["ask"] ?? item,
          "two questions have the id '\(question.id)'; the other is on line \(first)",
          remedy: "give one of them an 'id' of its own")
        continue
      }
      ids[question.id] = question.place.line
      scenario.questions.append(question)
    }
  }

  private mutating func readQuestion(_ node: SyntaxNode) -> Question? {
    guard let ask = readable(node["ask"]) else { return nil }
    let kinds = ["probability of", "flip", "drivers of"].filter { node[$0] != nil }
    guard kinds.count == 1, let key = kinds.first, let eventNode = node[key] else {
      return nil
    }
    guard let event = condition(eventNode) else { return nil }
    var question = Question(
      id: node["id"]?.text ?? ScenarioReader.slug(ask), ask: ask,
      by: node["by"].flatMap { date($0) }, resolves: node["resolves"]?.text?.trimmed,
      kind: .probability(event), given: condition(node["given"]), supposing: [], isSecret: false,
      whereCondition: condition(node["where"]), writtenEvent: eventNode.text ?? "",
      writtenGiven: node["given"]?.text,
      writtenSupposing: (node["supposing"] ?? node["supposing secretly"])?.text,
      writtenWhere: node["where"]?.text, place: node.place)
    if key == "flip" {
      question.kind = .flip(event, level: level(node["at"]) ?? 0.5)
    } else if key == "drivers of" {
      question.kind = .drivers(event)
    }
    if let node = node["supposing secretly"] {
      question.isSecret = true
      question.supposing = suppositions(node)
    } else if let node = node["supposing"] {
      question.supposing = suppositions(node)
    }
    let hasSupposition = node["supposing"] != nil || node["supposing secretly"] != nil
    if node["supposing"] != nil, let second = node["supposing secretly"] {
      report(
        "two-suppositions", at: second, "a question can suppose openly or secretly, not both",
        remedy: "keep one of the two")
    }
    if node["where"] != nil && question.supposing.isEmpty {
      if let node = node["where"], !hasSupposition {
        report(
          "where-without-supposing", at: node,
          "'where' limits a supposition, and there is none",
          remedy: "add 'supposing: STEP = OPTION'")
      }
    }
    if question.asksProbability, question.supposing.isEmpty, question.given == nil,
      question.by == nil || question.resolves == nil
    {
      sink.warning(
        "question-undated", at: (node["ask"] ?? node).place, length: ask.count,
        "the question does not say \(question.by == nil ? "by when" : "what decides it")",
        remedy: question.by == nil
          ? "add 'by: 2025-03-31' and 'resolves: …'" : "add 'resolves: Yes if …'")
    }
    return question
  }

  private mutating func level(_ node: SyntaxNode?) -> Double? {
    guard let node, let text = readable(node) else { return nil }
    do {
      let estimate = try EstimateParser.read(text, kind: .probability)
      if estimate.isFixed { return estimate.best }
    } catch {
      report(error, at: node)
    }
    return nil
  }

  /// A short name made from the question's words.
  static func slug(_ text: String) -> String {
    var result = ""
    for character in text.lowercased() {
      if character.isLetter || character.isNumber {
        result.append(character)
      } else if !result.isEmpty, result.last != "-" {
        result.append("-")
      }
    }
    result = String(result.prefix(60))
    while result.last == "-" { result.removeLast() }
    return result.isEmpty ? "question" : result
  }

  /// `STEP = OPTION and STEP of ROUND = OPTION …`
  mutating func suppositions(_ node: SyntaxNode) -> [Supposition] {
    guard let expression = condition(node) else { return [] }
    var result: [Supposition] = []
    let good = collect(expression, into: &result)
    if !good || result.isEmpty {
      report(
        "supposition", at: node,
        "a supposition names choices: STEP = OPTION, joined by 'and'",
        remedy: "for other conditions use 'given'; to limit where it holds use 'where'")
      return []
    }
    for choice in result where choice.fact < scenario.types.count {
      report(
        "supposition-of-type", at: node,
        "'\(scenario.names.facts[choice.fact].name)' is a type, not a choice",
        remedy: "write 'given: …' to ask about the cases in which it holds")
    }
    return result
  }

  private func collect(_ expression: Expression, into result: inout [Supposition]) -> Bool {
    switch expression.kind {
    case .and(let left, let right):
      return collect(left, into: &result) && collect(right, into: &result)
    case .comparison(.equal, let left, let right):
      guard case .fact(let reference) = left.kind else { return false }
      var value: Int?
      if case .value(let ordinal) = right.kind, ordinal >= 0 { value = ordinal }
      if case .number(let number) = right.kind {
        value = scenario.names.facts[reference.fact].numbers?.firstIndex {
          abs($0 - number) < 1e-9
        }
      }
      guard let value else { return false }
      switch reference.round {
      case .none, .current:
        result.append(Supposition(fact: reference.fact, round: nil, value: value))
      case .fixed(let round):
        result.append(Supposition(fact: reference.fact, round: round, value: value))
      case .computed: return false
      }
      return true
    default: return false
    }
  }

  // MARK: Variants and correlations

  mutating func readVariants(_ node: SyntaxNode?) {
    for entry in node?.entries ?? [] {
      guard let name = entry.key.text else { continue }
      var variant = Variant(name: name, settings: [], place: entry.key.place)
      for setting in entry.value.entries ?? [] {
        guard let quantity = setting.key.text, let text = setting.value.text else { continue }
        guard let index = inputIndices[quantity] else {
          reportUnknown(
            "unknown-quantity", at: setting.key, "there is no quantity '\(quantity)'",
            remedy: remedy(for: quantity, among: scenario.inputs.map(\.name)) { _ in
              "a variant gives other values to quantities; add it under 'quantities'"
            })
          continue
        }
        guard readable(setting.value) != nil else { continue }
        used.insert(quantity)
        do {
          let declared = scenario.inputs[index]
          let fixed: Distribution.Support? = declared.isProbability ? declared.support : nil
          _ = try EstimateParser.read(text, support: fixed)
        } catch {
          report(error, at: setting.value)
        }
        variant.settings.append(
          Variant.Setting(name: quantity, estimate: text, place: setting.key.place))
      }
      scenario.variants.append(variant)
    }
  }

  mutating func readCorrelations(_ node: SyntaxNode?) {
    for item in node?.items ?? [] {
      var inputs: [Int] = []
      var isComplete = true
      for name in items(item["quantities"]) {
        guard let text = name.text else { continue }
        if let index = inputIndices[text] {
          inputs.append(index)
          if scenario.inputs[index].isFixed, !inputsInError.contains(index) {
            sink.warning(
              "correlated-constant", at: name.place, length: name.length,
              "'\(text)' is a single number, so it moves with nothing",
              remedy: "take it out, or give the quantity a range")
          }
        } else {
          isComplete = false
          reportUnknown(
            "unknown-quantity", at: name, "there is no quantity '\(text)'",
            remedy: remedy(for: text, among: scenario.inputs.map(\.name)) { _ in
              "name quantities of the section 'quantities'"
            })
        }
      }
      guard let coefficientNode = item["correlation"], let text = readable(coefficientNode) else {
        continue
      }
      guard let coefficient = ScenarioReader.plainNumber(text), coefficient > -1, coefficient < 1
      else {
        report(
          "correlation", at: coefficientNode,
          "a rank correlation is a number between -1 and 1", remedy: "write 'correlation: 0.5'")
        continue
      }
      if !isComplete { continue }
      if inputs.count < 2 || Set(inputs).count < inputs.count {
        report(
          "correlation", at: item["quantities"] ?? item,
          "a correlation joins two or more different quantities",
          remedy: "name each quantity once")
        continue
      }
      scenario.correlations.append(
        Correlation(inputs: inputs, coefficient: coefficient, place: item.place))
    }
  }

  static func plainNumber(_ text: String) -> Double? {
    let trimmed = text.trimmed
    if trimmed.hasSuffix("%") { return Double(trimmed.dropLast()).map { $0 / 100 } }
    guard let value = Double(trimmed), value.isFinite else { return nil }
    return value
  }

  // MARK: Outside the story, evidence, solving, the record

  mutating func readOutside(_ node: SyntaxNode?) {
    guard let node, let isNode = node["is"] else { return }
    let source = node["source"]
    checkSource(source)
    let input = inlineInput(
      isNode, name: "outside the story", kind: .probability, because: node["because"]?.text,
      source: source?.text)
    var then: Expression?
    if let thenNode = node["then"], let text = thenNode.text {
      if EstimateParser.looksLikeRange(text) {
        then = inlineInput(thenNode, name: "outside the story: then", kind: .probability).map {
          Expression(.quantity($0), at: thenNode.place)
        }
      } else {
        then = number(thenNode)
      }
    }
    if let input, let then {
      scenario.outside = OutsideTheStory(input: input, then: then, place: node.place)
    }
  }

  mutating func readEvidence(_ node: SyntaxNode?) {
    for item in node?.items ?? [] {
      let on = item["on"].flatMap { date($0) }
      checkSource(item["source"])
      if let happened = item["happened"] {
        guard let condition = condition(happened) else { continue }
        scenario.evidence.append(
          Evidence(
            on: on, kind: .happened(condition), written: happened.text?.trimmed ?? "",
            source: item["source"]?.text, place: item.place))
      } else if let reported = item["reported"] {
        var ratios: [Evidence.Ratio] = []
        for entry in item["likelihood ratio"]?.entries ?? [] {
          readRatio(entry, into: &ratios)
        }
        scenario.evidence.append(
          Evidence(
            on: on, kind: .reported(reported.text ?? "", ratios: ratios),
            written: reported.text?.trimmed ?? "", source: item["source"]?.text, place: item.place))
      }
    }
  }

  /// `CONDITION: 0.5`, or `FACT: {VALUE: 0.5}`.
  private mutating func readRatio(_ entry: SyntaxEntry, into ratios: inout [Evidence.Ratio]) {
    func ratio(_ node: SyntaxNode) -> Double? {
      if let value = node.text.flatMap(ScenarioReader.plainNumber), value > 0 { return value }
      report(
        "likelihood-ratio", at: node,
        "a likelihood ratio is a number above 0",
        remedy: "0.5 means: half as likely to be seen where it holds")
      return nil
    }
    if let inner = entry.value.entries {
      for value in inner {
        let text = "\(entry.key.text ?? "") = \(value.key.text ?? "")"
        let node = SyntaxNode(
          place: entry.key.place, length: entry.key.length,
          content: .scalar(text: text, isQuoted: false))
        if let condition = condition(node), let number = ratio(value.value) {
          ratios.append(Evidence.Ratio(condition: condition, ratio: number))
        }
      }
    } else if let condition = condition(entry.key), let number = ratio(entry.value) {
      ratios.append(Evidence.Ratio(condition: condition, ratio: number))
    }
  }

  /// Warns where a move was observed and nothing says how closely play follows gain.
  mutating func reportUnweighable(_ evidence: SyntaxNode?) {
    guard scenario.solve.rationality == nil, !sink.hasErrors, !isDamaged,
      let move = evidence?.items?.lazy.compactMap({ $0["happened"] }).first
    else { return }
    sink.warning(
      "evidence-without-rationality", at: move.place, length: move.length,
      "a move that was observed cannot be weighed: 'solve' does not say how closely play follows "
        + "gain, and where nobody errs a move proves all or nothing",
      remedy: "add solve: {rationality: 2 .. 8 .. 30}; until then 'ask' refuses")
  }

  mutating func readSolve(_ node: SyntaxNode?) {
    guard let node else { return }
    scenario.solve.place = node.place
    if let text = readable(node["select"]), let selection = SolveSettings.Selection(rawValue: text)
    {
      scenario.solve.selection = selection
    }
    if let rationality = node["rationality"] {
      scenario.solve.rationality = inlineInput(
        rationality, name: "rationality", kind: .positive)
    } else if scenario.solve.selection == .fixedRationality {
      report(
        "rationality-wanted", at: node["select"] ?? node,
        "'select: fixed rationality' needs a 'rationality'",
        remedy: "add 'rationality: 2 .. 8 .. 30'")
    }
    scenario.solve.method = node["method"]?.text
    if let tolerance = node["tolerance"], let text = readable(tolerance) {
      if let value = ScenarioReader.plainNumber(text), value > 0, value <= 0.1 {
        scenario.solve.tolerance = value
      } else {
        report(
          "tolerance", at: tolerance,
          "a tolerance is a number above 0 and at most 0.1", remedy: "write 'tolerance: 1e-8'")
      }
    }
  }

  mutating func readRecord(_ node: SyntaxNode?) {
    for item in node?.items ?? [] {
      var entry = RecordEntry(
        on: item["on"].flatMap { date($0) }, question: item["question"]?.text, happened: nil,
        fact: item["fact"]?.text, source: item["source"]?.text, place: item.place)
      if let happened = item["happened"] { entry.happened = condition(happened) }
      if let question = item["question"], let id = readable(question), !lostQuestions,
        !scenario.questions.contains(where: { $0.id == id })
      {
        reportUnknown(
          "unknown-question", at: question, "there is no question '\(id)'",
          remedy: remedy(for: id, among: scenario.questions.map(\.id)) {
            $0.isEmpty ? "add it under 'questions'" : "the questions are: \(listed($0))"
          })
      }
      scenario.record.append(entry)
    }
  }
}
