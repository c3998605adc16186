import Games

extension GameCompiler {
  /// Ends a line of play: its name, payoffs and which of the wanted events it belongs to.
  mutating func end(_ history: History, at place: GameTreeBuilder.Place) {
    builder.terminal(outcome: outcome(history), at: place)
    for view in views.indices {
      for party in scenario.parties.indices {
        let (total, terms) = payoff(
          of: party, history, standpoint: viewBeliefs[view].standpoint[party])
        views[view].payoffs.append(total)
        if order.wantsTerms { views[view].terms[party] += terms }
      }
    }
    for (index, event) in order.events.enumerated() {
      var situation = self.situation(history)
      if let first = forgottenFrom[index] { forget(from: first, in: &situation, history) }
      let value = evaluator.number(event.condition, id: .event(index), in: situation)
      checkValue(value, of: "what is asked", at: event.condition.place)
      events[index].append(value)
    }
    if evaluator.isExhausted { stopForWork() }
  }

  /// Takes out of a situation what may not have happened by a day: the steps from the first whose
  /// time is not over then, and what they put into force.
  private func forget(
    from first: Int, in situation: inout ExpressionEvaluator.Situation, _ history: History
  ) {
    var forgotten: Set<Int> = []
    for moment in moments[first...] {
      guard case .step(_, let slot, _, _) = moment else { continue }
      situation.facts[slot] = -1
      forgotten.insert(slot)
    }
    situation.clauses = Array(repeating: -1, count: scenario.clauses.count)
    for entry in history.enacted where !forgotten.contains(entry.slot) {
      for item in entry.bundle.clauses {
        situation.clauses[item.clause] = Int32(item.amount ?? 0)
      }
    }
  }

  private mutating func outcome(_ history: History) -> String {
    let situation = self.situation(history)
    for (index, outcome) in scenario.outcomes.enumerated() {
      let value = evaluator.number(outcome.condition, id: .outcome(index), in: situation)
      guard let holds = evaluator.graph.constantValue(value) else {
        failUnsettled("outcomes", at: outcome.condition.place)
        return outcome.name
      }
      if holds != 0 { return outcome.name }
    }
    return scenario.outcomes.isEmpty ? "end" : "none of the outcomes"
  }

  /// The sum of a party's terms, less what its breaches cost; and these one by one, in the order of
  /// ``Scenario/payoffTerms(of:)``.
  private mutating func payoff(
    of party: Int, _ history: History, standpoint: Int
  ) -> (total: Int32, terms: [Int32]) {
    let situation = self.situation(history, standpoint: standpoint)
    var total = evaluator.graph.constant(0)
    var terms: [Int32] = []
    for (index, term) in scenario.payoffs[party].enumerated() {
      let value = evaluator.number(
        term.expression, id: .payoff(party: party, term: index), in: situation)
      checkValue(value, of: "'\(term.name)' of \(scenario.parties[party].name)", at: term.place)
      total = evaluator.graph.binary(.add, total, value)
      terms.append(value)
    }
    for (clause, declared) in scenario.clauses.enumerated() {
      guard let duty = declared.duty, duty.obliged == party, let cost = duty.breachCosts else {
        continue
      }
      var breaches = evaluator.graph.constant(0)
      for slot in dueSlots[clause] where history.facts[slot] == 1 {
        let round = layout.round[slot]
        let loop = scenario.names.facts[layout.fact[slot]].loop
        let situation = self.situation(
          history, loop: loop, round: round, standpoint: standpoint)
        let value = evaluator.number(cost, id: .breach(clause: clause), in: situation)
        checkValue(value, of: "'breach costs' of '\(declared.name)'", at: cost.place)
        total = evaluator.graph.binary(.subtract, total, value)
        breaches = evaluator.graph.binary(.subtract, breaches, value)
      }
      terms.append(breaches)
    }
    return (total, terms)
  }

  /// A number that no draw can give a value is wrong as it is written.
  private mutating func checkValue(_ value: Int32, of name: String, at place: Place) {
    guard evaluator.graph.constantValue(value)?.isNaN == true else { return }
    fail(
      "no-value", at: place,
      "\(name) has no value in some lines of play, whatever the quantities",
      remedy: "it divides by zero, leaves the range of numbers, or uses the number of a step "
        + "that did not happen; guard it with 'if … then …'")
  }
}
