import Games

extension GameCompiler {
  /// A step that is being played.
  struct MomentInPlay {
    var step: Step
    var slot: Int
    var loop: Int?
    var round: Int
    /// The moment after it.
    var next: Int
  }

  /// Goes on from the moment with this index up to the next node, or to the end.
  mutating func follow(_ index: Int, _ start: History, at place: GameTreeBuilder.Place) {
    var history = start
    var index = index
    while index < moments.count, !stopped {
      guard evaluator.spend() else {
        stopForWork()
        return
      }
      switch moments[index] {
      case .roundEnd(let loop, _):
        if !history.stopped.contains(loop) { release(.roundEnds, loop: loop, &history) }
      case .stop(let condition, let loop, let round):
        if !history.stopped.contains(loop),
          holds(condition, "stop when", history, loop: loop, round: round)
        {
          history.stopped.insert(loop)
        }
      case .reveal(let reveal, let slot, let loop, let round):
        if let loop, history.stopped.contains(loop) { break }
        if holds(reveal.when, "when", history, loop: loop, round: round) {
          self.reveal(slot, to: reveal.to, &history)
        }
      case .step(let step, let slot, let loop, let round):
        if let loop, history.stopped.contains(loop) { break }
        release(.step(step.name), loop: nil, &history)
        if holds(step.when, "when", history, loop: loop, round: round) {
          let here = MomentInPlay(
            step: step, slot: slot, loop: loop, round: round, next: index + 1)
          if happen(here, &history, at: place) { return }
        }
      }
      index += 1
    }
    if !stopped { end(history, at: place) }
  }

  /// Plays a step. Returns false if it left no trace in the tree and play goes on in `history`.
  private mutating func happen(
    _ here: MomentInPlay, _ history: inout History, at place: GameTreeBuilder.Place
  ) -> Bool {
    switch here.step.kind {
    case .choice(let movers, let options):
      return choose(
        here, mover: movers[here.round % movers.count], options, &history, at: place)
    case .clause(let index):
      guard let duty = scenario.clauses[index].duty, history.clauses[index] >= 0,
        holds(duty.fallsDue, "falls due", history, loop: here.loop, round: here.round)
      else { return false }
      let options = duty.choice.map { ChoiceOption(name: $0, place: here.step.place) }
      return choose(here, mover: duty.obliged, options, &history, at: place)
    case .chance(let values): return cast(here, values, &history, at: place)
    case .signal(let lines): return say(here, lines, &history, at: place)
    case .bargain(let rule): return bargain(here, rule, &history, at: place)
    }
  }

  private mutating func choose(
    _ here: MomentInPlay, mover: Int, _ options: [ChoiceOption], _ history: inout History,
    at place: GameTreeBuilder.Place
  ) -> Bool {
    let available = options.indices.filter {
      holds(options[$0].onlyIf, "only if", history, loop: here.loop, round: here.round)
    }
    if available.isEmpty {
      fail(
        "no-option", at: here.step.place,
        "at '\(here.step.name)' no option is left for \(scenario.parties[mover].name)",
        remedy: "give one option without 'only if', or guard the step with 'when'")
      return false
    }
    happened.insert(here.slot)
    for ordinal in available { chosen.insert(fact: here.step.fact, ordinal) }
    if let forced = forcedValue(here, history, among: available) {
      history = after(here, value: forced, .party(mover, options), history)
      return false
    }
    guard withinLimits(adding: available.count, at: here.step.place) else { return true }
    let names = available.map { options[$0].name }
    let key = InformationSets.Key(slot: here.slot, seen: [history.seen[mover]])
    let label = self.label(key, movers: [mover], here, actions: names, history)
    let node = builder.decision(
      player: mover, informationSet: label, actions: names, at: place)
    appendDecisionBranches(available.count)
    branch(.step(here, .party(mover, options)), available, history, at: node)
    return true
  }

  /// The history after a value of a step: what happened, what comes into force, who sees it.
  mutating func after(
    _ here: MomentInPlay, value: Int, _ mover: Mover, _ history: History
  ) -> History {
    var next = history
    next.facts[here.slot] = Int32(value)
    var witnesses = here.step.visibility.seenBy
    switch mover {
    case .chance: break
    case .party(let party, let options):
      witnesses[party] = true
      if let offers = options[value].offers { next.offer = offers }
      switch options[value].enacts {
      case .theOffer: if let offer = history.offer { next.enact(offer, at: here.slot) }
      case .bundle(let bundle): next.enact(bundle, at: here.slot)
      case nil: break
      }
    case .bargain(let rule):
      for party in rule.between { witnesses[party] = true }
      // The last value is the failure to agree.
      if value < scenario.names.facts[here.step.fact].values.count - 1 {
        next.enact(Bundle([Bundle.Item(clause: rule.clause, amount: value)]), at: here.slot)
      }
    }
    for party in scenario.parties.indices {
      if witnesses[party] {
        next.seen[party] = observations.adding(
          slot: here.slot, value: Int32(value), to: next.seen[party])
      } else if let until = here.step.visibility.until {
        next.pending.append(
          History.Pending(
            until: until, loop: here.loop, party: party, slot: here.slot, value: Int32(value)))
      }
    }
    return next
  }

  /// Shows what happened at a slot to those who have not seen it.
  private mutating func reveal(_ slot: Int, to parties: [Int], _ history: inout History) {
    let value = history.facts[slot]
    guard value >= 0 else { return }
    for party in parties where !observations.contains(slot: slot, in: history.seen[party]) {
      history.seen[party] = observations.adding(
        slot: slot, value: value, to: history.seen[party])
      history.pending.removeAll { $0.party == party && $0.slot == slot }
    }
  }

  private mutating func release(_ event: Visibility.Until, loop: Int?, _ history: inout History) {
    guard !history.pending.isEmpty else { return }
    var kept: [History.Pending] = []
    for item in history.pending {
      if item.until == event && (event != .roundEnds || item.loop == loop) {
        history.seen[item.party] = observations.adding(
          slot: item.slot, value: item.value, to: history.seen[item.party])
      } else {
        kept.append(item)
      }
    }
    history.pending = kept
  }

  // MARK: Conditions

  func situation(
    _ history: History, loop: Int? = nil, round: Int = 0, standpoint: Int = 0
  ) -> ExpressionEvaluator.Situation {
    var rounds = Array(repeating: -1, count: scenario.names.loops.count)
    if let loop { rounds[loop] = round }
    return ExpressionEvaluator.Situation(
      facts: history.facts, clauses: history.clauses, offer: history.offer, rounds: rounds,
      standpoint: standpoint)
  }

  /// Whether a condition on play holds. One that depends on a drawn quantity is an error, since
  /// the structure is one for all draws. No condition always holds.
  mutating func holds(
    _ condition: Expression?, _ key: String, _ history: History, loop: Int?, round: Int
  ) -> Bool {
    guard let condition else { return true }
    let situation = self.situation(history, loop: loop, round: round)
    if let value = evaluator.settled(condition, in: situation) { return value }
    failUnsettled(key, at: condition.place)
    return false
  }
}
