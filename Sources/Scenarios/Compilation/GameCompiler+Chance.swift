import Games

/// Which beliefs a view of the game holds.
struct ViewBeliefs {
  /// By party: the standpoint from which its payoffs are seen.
  var standpoint: [Int]
  /// The beliefs that weigh the common odds, as indices into the scenario's.
  var common: [Int]
  /// The standpoint of the common odds.
  var commonStandpoint: Int
  /// By party: the beliefs that weigh its own odds, or nil for the common ones.
  var own: [[Int]?]
}

extension GameCompiler {
  /// Lists the games that are played and the standpoints from which quantities are seen.
  ///
  /// The first view is common knowledge: beliefs known to others are subjective priors. Each party
  /// that misperceives has a view of its own, in which everybody holds its odds, or, where the
  /// scenario says that others think otherwise, only it does.
  mutating func prepareViews() {
    let parties = scenario.parties.indices
    func beliefs(of party: Int, knownOnly: Bool) -> [Int] {
      scenario.beliefs.indices.filter {
        scenario.beliefs[$0].party == party
          && (!knownOnly || scenario.beliefs[$0].isKnownToOthers)
      }
    }
    knownStandpoint = parties.map { standpoint(beliefs(of: $0, knownOnly: true)) }
    ownStandpoint = parties.map { standpoint(beliefs(of: $0, knownOnly: false)) }
    let knownOdds = parties.map { party -> [Int]? in
      let known = beliefs(of: party, knownOnly: true)
      return known.isEmpty ? nil : known
    }
    viewBeliefs = [
      ViewBeliefs(
        standpoint: knownStandpoint, common: [], commonStandpoint: 0, own: knownOdds)
    ]
    var owners: [Int?] = [nil]
    for party in parties {
      let own = beliefs(of: party, knownOnly: false)
      guard own.contains(where: { !scenario.beliefs[$0].isKnownToOthers }) else { continue }
      owners.append(party)
      let alone = own.contains { scenario.beliefs[$0].othersThinkOtherwise }
      if alone {
        var standpoints = knownStandpoint
        standpoints[party] = ownStandpoint[party]
        var odds = knownOdds
        odds[party] = own
        viewBeliefs.append(
          ViewBeliefs(standpoint: standpoints, common: [], commonStandpoint: 0, own: odds))
      } else {
        viewBeliefs.append(
          ViewBeliefs(
            standpoint: parties.map { _ in ownStandpoint[party] }, common: own,
            commonStandpoint: ownStandpoint[party], own: parties.map { _ in nil }))
      }
    }
    views = viewBeliefs.indices.map { index in
      ParametricGame.View(
        party: owners[index], payoffs: [], odds: [],
        subjectiveOdds: viewBeliefs[index].own.map { $0 == nil ? nil : [] })
    }
  }

  private mutating func standpoint(_ beliefs: [Int]) -> Int {
    var seen: [Int: Int32] = [:]
    let nothing = situation(
      History(
        slots: layout.count, clauses: scenario.clauses.count, parties: scenario.parties.count))
    for index in beliefs {
      guard case .quantity(let quantity) = scenario.beliefs[index].subject else { continue }
      seen[quantity] = evaluator.number(scenario.beliefs[index].value, in: nothing)
    }
    if seen.isEmpty { return 0 }
    evaluator.standpoints.append(seen)
    return evaluator.standpoints.count - 1
  }

  // MARK: Types

  /// Draws the private types one after the other, then follows the story.
  mutating func drawTypes(_ index: Int, _ history: History, at place: GameTreeBuilder.Place) {
    guard index < scenario.types.count else {
      follow(0, history, at: place)
      return
    }
    let type = scenario.types[index]
    let slot = layout.first[type.fact]
    let values = Array(type.values.indices)
    let weights = weights(fact: type.fact, place: type.place, history, loop: nil, round: 0) {
      compiler, standpoint in
      compiler.fill(type.odds, compiler.situation(history, standpoint: standpoint))
    }
    guard
      let node = cast(
        label: scenario.names.facts[type.fact].name, fact: type.fact, names: type.values, weights,
        open: values, place: type.place, at: place)
    else { return }
    for value in values where !stopped {
      var next = history
      next.facts[slot] = Int16(value)
      next.seen[type.party] = observations.adding(
        slot: slot, value: Int16(value), to: next.seen[type.party])
      drawTypes(index + 1, next, at: node.branch(value))
    }
  }

  // MARK: Chance and signals

  mutating func cast(
    _ here: MomentInPlay, _ values: [ChanceValue], _ history: inout History,
    at place: GameTreeBuilder.Place
  ) -> Bool {
    let start = history
    let weights = weights(
      fact: here.step.fact, place: here.step.place, history, loop: here.loop, round: here.round
    ) { compiler, standpoint in
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
    let weights = weights(
      fact: here.step.fact, place: here.step.place, history, loop: here.loop, round: here.round
    ) { compiler, standpoint in
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
    var result: [Int32] = []
    for line in lines {
      let nothing = evaluator.graph.constant(0)
      if evaluator.graph.constantValue(left) == 0 {
        result.append(nothing)
        continue
      }
      if let condition = line.when {
        guard let applies = evaluator.settled(condition, in: situation) else {
          failUnsettled("when", at: condition.place)
          result.append(nothing)
          continue
        }
        if !applies {
          result.append(nothing)
          continue
        }
      }
      let share =
        line.odds.map { evaluator.number($0, in: situation) } ?? evaluator.graph.constant(1)
      let said = evaluator.graph.binary(.multiply, left, share)
      result.append(said)
      left = evaluator.graph.binary(.subtract, left, said)
    }
    if let rest = evaluator.graph.constantValue(left), rest > 1e-9 {
      fail(
        "signal-says-nothing", at: place,
        "in some histories no line of this signal is certain to apply",
        remedy: "end with a line that always applies, such as 'nothing: {}'")
    }
    return result
  }

  private mutating func cast(
    _ here: MomentInPlay, names: [String], _ weights: Weights, _ history: inout History,
    at place: GameTreeBuilder.Place
  ) -> Bool {
    happened.insert(here.slot)
    let open = names.indices.filter { evaluator.graph.constantValue(weights.analyst[$0]) != 0 }
    for ordinal in open { chosen.insert([here.step.fact, ordinal]) }
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
      history = after(here, value: only, nil, history, mover: nil)
      return false
    }
    guard
      let node = cast(
        label: layout.name(of: here.slot, names: scenario.names), fact: here.step.fact,
        names: names, weights, open: open, place: here.step.place, at: place)
    else { return true }
    noteSecrets(here, history, node: node.node, values: open)
    for (branch, ordinal) in open.enumerated() where !stopped {
      let next = after(here, value: ordinal, nil, history, mover: nil)
      follow(here.next, next, at: node.branch(branch))
    }
    return true
  }

  /// Adds a chance node with its odds in every view. Nil if the game has grown too large.
  private mutating func cast(
    label: String, fact: Int, names: [String], _ weights: Weights, open: [Int], place: Place,
    at below: GameTreeBuilder.Place
  ) -> GameTreeBuilder.Started? {
    let node = builder.chance(label: label, branches: open.map { names[$0] }, at: below)
    chanceFacts.append(fact)
    chancePlaces.append(place)
    guard withinLimits(place) else { return nil }
    for view in views.indices {
      for ordinal in open {
        views[view].odds.append(weights.common[view][ordinal])
        for party in scenario.parties.indices {
          views[view].subjectiveOdds[party]?.append(
            weights.own[view][party]?[ordinal] ?? weights.common[view][ordinal])
        }
      }
    }
    return node
  }

  // MARK: Odds

  /// The odds of one chance move in every view.
  struct Weights {
    /// The analyst's, by value.
    var analyst: [Int32]
    /// By view: the common odds.
    var common: [[Int32]]
    /// By view and party: odds of its own.
    var own: [[[Int32]?]]
  }

  private mutating func weights(
    fact: Int, place: Place, _ history: History, loop: Int?, round: Int,
    _ odds: (inout GameCompiler, _ standpoint: Int) -> [Int32]
  ) -> Weights {
    let analyst = odds(&self, 0)
    var result = Weights(analyst: analyst, common: [], own: [])
    for view in viewBeliefs {
      let base = view.commonStandpoint == 0 ? analyst : odds(&self, view.commonStandpoint)
      let common = believed(
        view.common, fact: fact, base, analyst, history, loop: loop, round: round,
        standpoint: view.commonStandpoint)
      result.common.append(common)
      result.own.append(
        scenario.parties.indices.map { party in
          guard let own = view.own[party] else { return nil }
          let standpoint = view.standpoint[party]
          let start = standpoint == 0 ? analyst : odds(&self, standpoint)
          return believed(
            own, fact: fact, start, analyst, history, loop: loop, round: round,
            standpoint: standpoint)
        })
    }
    return result
  }

  /// Odds with some of them replaced by beliefs; the others share what is left in their old
  /// proportions.
  private mutating func believed(
    _ beliefs: [Int], fact: Int, _ base: [Int32], _ analyst: [Int32], _ history: History,
    loop: Int?, round: Int, standpoint: Int
  ) -> [Int32] {
    var given: [Int: Int32] = [:]
    let situation = self.situation(history, loop: loop, round: round, standpoint: standpoint)
    for index in beliefs {
      guard case .odds(fact, let value) = scenario.beliefs[index].subject else { continue }
      let odds = evaluator.number(scenario.beliefs[index].value, in: situation)
      // What is impossible here for the analyst is impossible for all; a belief about it is idle.
      if evaluator.graph.constantValue(analyst[value]) == 0 { continue }
      given[value] = odds
    }
    if given.isEmpty { return base }
    let open = base.indices.filter { evaluator.graph.constantValue(analyst[$0]) != 0 }
    if open.count == 1 { return base }
    var left = evaluator.graph.constant(1)
    for value in given.keys.sorted() {
      if let odds = given[value] { left = evaluator.graph.binary(.subtract, left, odds) }
    }
    let missing = open.filter { given[$0] == nil }
    var total = evaluator.graph.constant(0)
    for value in missing { total = evaluator.graph.binary(.add, total, base[value]) }
    return base.indices.map { value in
      if let odds = given[value] { return odds }
      if !missing.contains(value) { return evaluator.graph.constant(0) }
      if missing.count == 1 { return left }
      let share = evaluator.graph.binary(.multiply, left, base[value])
      return evaluator.graph.binary(.divide, share, total)
    }
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
        values.append(value)
        left = evaluator.graph.binary(.subtract, left, value)
      }
    }
    return values.map { $0 ?? left }
  }

  // MARK: Bargains

  /// Two parties settle an amount. They must know the same, and nothing hidden of each other.
  mutating func bargain(
    _ here: MomentInPlay, _ rule: BargainRule, _ history: inout History,
    at place: GameTreeBuilder.Place
  ) -> Bool {
    let (first, second) = (rule.between[0], rule.between[1])
    for type in scenario.types where rule.between.contains(type.party) {
      let other = type.party == first ? second : first
      if type.values.count > 1,
        !observations.contains(slot: layout.first[type.fact], in: history.seen[other])
      {
        fail(
          "bargainer-has-hidden-type", at: here.step.place,
          "\(scenario.parties[type.party].name) bargains at '\(here.step.name)' while "
            + "\(scenario.parties[other].name) does not know its \(type.dimension)",
          remedy: "write the talks as offers and answers, or reveal the type before")
        return false
      }
    }
    func known(_ party: Int) -> Set<[Int]> {
      Set(observations.sequence(history.seen[party]).map { [$0.slot, $0.value] })
    }
    if known(first) != known(second) {
      fail(
        "bargainers-know-differently", at: here.step.place,
        "the bargainers at '\(here.step.name)' have not seen the same",
        remedy: "let both see the earlier steps, or reveal them before")
      return false
    }
    let fact = scenario.names.facts[here.step.fact]
    let values = Array(fact.values.indices)
    happened.insert(here.slot)
    for ordinal in values { chosen.insert([here.step.fact, ordinal]) }
    func next(_ compiler: inout GameCompiler, _ value: Int) -> History {
      let failure = value == values.count - 1
      let option =
        failure
        ? nil
        : ChoiceOption(
          name: fact.values[value],
          enacts: .bundle(Bundle([Bundle.Item(clause: rule.clause, amount: value)])),
          place: here.step.place)
      var result = compiler.after(here, value: value, option, history, mover: nil)
      for party in rule.between where !here.step.visibility.seenBy[party] {
        result.seen[party] = compiler.observations.adding(
          slot: here.slot, value: Int16(value), to: result.seen[party])
      }
      return result
    }
    if let forced = forcedValue(here, history, among: values) {
      history = next(&self, forced)
      return false
    }
    let key = SetKey(slot: here.slot, seen: [history.seen[first], history.seen[second]])
    let label = self.label(
      key, movers: rule.between, here, actions: fact.values, at: here.step.place)
    let power = self.power(of: rule, here, history)
    let node = builder.decision(
      player: first, informationSet: label, actions: fact.values,
      bargain: GameTree.Bargain(between: rule.between, powerIndex: power), at: place)
    noteSecrets(here, history, node: node.node, values: values)
    guard withinLimits(here.step.place) else { return true }
    for _ in values { appendDecisionBranch() }
    for value in values where !stopped {
      follow(here.next, next(&self, value), at: node.branch(value))
    }
    return true
  }

  private mutating func power(
    of rule: BargainRule, _ here: MomentInPlay, _ history: History
  ) -> Int {
    if let known = powerIndex[here.slot] { return known }
    let value =
      rule.power.map {
        evaluator.number($0, in: situation(history, loop: here.loop, round: here.round))
      } ?? evaluator.graph.constant(0.5)
    power.append(value)
    powerIndex[here.slot] = power.count - 1
    return power.count - 1
  }
}
