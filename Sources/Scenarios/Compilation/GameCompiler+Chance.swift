import Games

extension GameCompiler {
  // MARK: Types

  /// Draws the private type with this index; after the last one the story begins.
  mutating func drawTypes(_ index: Int, _ history: History, at place: GameTreeBuilder.Place) {
    guard index < scenario.types.count else {
      follow(0, history, at: place)
      return
    }
    let type = scenario.types[index]
    let weights = weights(fact: type.fact, history, loop: nil, round: 0) { compiler, standpoint in
      compiler.fill(type.odds, compiler.situation(history, standpoint: standpoint))
    }
    cast(
      label: scenario.names.facts[type.fact].name, fact: type.fact, names: type.values, weights,
      open: Array(type.values.indices), .type(index), history, place: type.place, at: place)
  }

  // MARK: Chance and signals

  mutating func cast(
    _ here: MomentInPlay, _ values: [ChanceValue], _ history: inout History,
    at place: GameTreeBuilder.Place
  ) -> Bool {
    let start = history
    let weights = weights(fact: here.step.fact, history, loop: here.loop, round: here.round) {
      compiler, standpoint in
      compiler.fill(
        values.map(\.odds),
        compiler.situation(
          start, loop: here.loop, round: here.round, standpoint: standpoint))
    }
    return cast(here, names: values.map(\.name), weights, &history, at: place)
  }

  mutating func say(
    _ here: MomentInPlay, _ lines: [Message], _ history: inout History,
    at place: GameTreeBuilder.Place
  ) -> Bool {
    let start = history
    let weights = weights(fact: here.step.fact, history, loop: here.loop, round: here.round) {
      compiler, standpoint in
      compiler.odds(
        of: lines,
        compiler.situation(
          start, loop: here.loop, round: here.round, standpoint: standpoint),
        at: here.step.place)
    }
    return cast(here, names: lines.map(\.name), weights, &history, at: place)
  }

  /// The odds of each line of a signal: the first that applies, unless its odds let it pass.
  private mutating func odds(
    of lines: [Message], _ situation: ExpressionEvaluator.Situation, at place: Place
  ) -> [Int32] {
    var left = evaluator.graph.constant(1)
    let nothing = evaluator.graph.constant(0)
    var result: [Int32] = []
    for line in lines {
      var applies = evaluator.graph.constantValue(left) != 0
      if applies, let condition = line.when {
        if let holds = evaluator.settled(condition, in: situation) {
          applies = holds
        } else {
          failUnsettled("when", at: condition.place)
          applies = false
        }
      }
      guard applies else {
        result.append(nothing)
        continue
      }
      let share =
        line.odds.map { evaluator.number($0, in: situation) } ?? evaluator.graph.constant(1)
      checkShare(share, of: line.name, at: line.odds?.place ?? line.place)
      let said = evaluator.graph.binary(.multiply, left, share)
      result.append(said)
      left = withoutRounding(evaluator.graph.binary(.subtract, left, said))
    }
    if let rest = evaluator.graph.constantValue(left), rest != 0 {
      fail(
        "signal-says-nothing", at: place,
        "in some histories no line of this signal is certain to apply",
        remedy: "end with a line that always applies, such as 'nothing: {}'")
    }
    return result
  }

  /// Odds of which at most one is what the others leave of 100%.
  private mutating func fill(
    _ odds: [Odds], _ situation: ExpressionEvaluator.Situation
  ) -> [Int32] {
    var values: [Int32?] = []
    var left = evaluator.graph.constant(1)
    for one in odds {
      switch one {
      case .rest: values.append(nil)
      case .expression(let expression):
        let value = evaluator.number(expression, in: situation)
        checkShare(value, of: nil, at: expression.place)
        values.append(value)
        left = evaluator.graph.binary(.subtract, left, value)
      }
    }
    left = withoutRounding(left)
    return values.map { $0 ?? left }
  }

  /// What is left of 100% where it is nothing but rounding counts as nothing.
  private mutating func withoutRounding(_ left: Int32) -> Int32 {
    guard let value = evaluator.graph.constantValue(left), abs(value) < 1e-12 else { return left }
    return evaluator.graph.constant(0)
  }

  /// Odds that are wrong in every draw are wrong as they are written.
  private mutating func checkShare(_ value: Int32, of line: String?, at place: Place) {
    guard let share = evaluator.graph.constantValue(value), !(share >= 0 && share <= 1) else {
      return
    }
    let whose = line.map { " of '\($0)'" } ?? ""
    if share.isNaN {
      fail(
        "no-value", at: place, "these odds\(whose) have no value in some lines of play",
        remedy: "they divide by zero or use the number of a step that did not happen")
    } else {
      fail(
        "odds-outside", at: place,
        "these odds\(whose) are \(shortNumber(share)) in some lines of play",
        remedy: "odds lie between 0% and 100%; 'clamp(…, 0, 1)' keeps them there")
    }
  }

  private mutating func cast(
    _ here: MomentInPlay, names: [String], _ weights: Weights, _ history: inout History,
    at place: GameTreeBuilder.Place
  ) -> Bool {
    happened.insert(here.slot)
    let open = names.indices.filter { evaluator.graph.constantValue(weights.analyst[$0]) != 0 }
    for ordinal in open { chosen.insert(fact: here.step.fact, ordinal) }
    if open.isEmpty {
      // Of a signal without a message more was said already.
      if case .chance = here.step.kind {
        fail(
          "no-chance", at: here.step.place,
          "in some histories nothing can happen at '\(here.step.name)': all its odds are 0%",
          remedy: "give one value odds above 0% in every history, or write 'rest' for one")
      }
      return false
    }
    let forced = forcedValue(here, history, among: open)
    if let only = forced ?? (open.count == 1 ? open[0] : nil) {
      noteSecretsWithoutChoice(here, value: only)
      history = after(here, value: only, .chance, history)
      return false
    }
    cast(
      label: layout.name(of: here.slot, names: scenario.names), fact: here.step.fact,
      names: names, weights, open: open, .step(here, .chance), history, place: here.step.place,
      at: place)
    return true
  }

  /// Adds a chance node with its odds in every view.
  private mutating func cast(
    label: String, fact: Int, names: [String], _ weights: Weights, open: [Int], _ turn: Turn,
    _ history: History, place: Place, at below: GameTreeBuilder.Place
  ) {
    guard withinLimits(adding: open.count, at: place) else { return }
    let node = builder.chance(label: label, branches: open.map { names[$0] }, at: below)
    chanceFacts.append(fact)
    chancePlaces.append(place)
    for view in views.indices {
      for ordinal in open {
        views[view].odds.append(weights.common[view][ordinal])
        for party in scenario.parties.indices {
          views[view].subjectiveOdds[party]?.append(
            weights.own[view][party]?[ordinal] ?? weights.common[view][ordinal])
        }
      }
    }
    checkTotal(weights.analyst, of: label, at: place)
    branch(turn, open, history, at: node)
  }

  /// Odds that never add up to 100% are wrong as they are written.
  private mutating func checkTotal(_ odds: [Int32], of label: String, at place: Place) {
    var total = 0.0
    for id in odds {
      guard let share = evaluator.graph.constantValue(id) else { return }
      total += share
    }
    if abs(total - 1) > 1e-9 {
      fail(
        "odds-do-not-add-up", at: place,
        "the odds of '\(label)' add up to \(shortNumber(total)) in some lines of play",
        remedy: "mend them, or write 'rest' for one of them")
    }
  }
}
