import Games

extension GameCompiler {
  /// Two parties settle an amount. They must know the same, and nothing hidden of each other.
  mutating func bargain(
    _ here: MomentInPlay, _ rule: BargainRule, _ history: inout History,
    at place: GameTreeBuilder.Place
  ) -> Bool {
    guard canBargain(here, rule, history) else { return false }
    let fact = scenario.names.facts[here.step.fact]
    let values = Array(fact.values.indices)
    happened.insert(here.slot)
    for ordinal in values { chosen.insert(fact: here.step.fact, ordinal) }
    if let forced = forcedValue(here, history, among: values) {
      history = after(here, value: forced, .bargain(rule), history)
      return false
    }
    guard withinLimits(adding: values.count, at: here.step.place) else { return true }
    let seen = rule.between.map { history.seen[$0] }
    let power = power(of: rule, here, history)
    let label = self.label(
      InformationSets.Key(slot: here.slot, seen: seen), movers: rule.between, here,
      actions: fact.values, history, power: power)
    let node = builder.decision(
      player: rule.between[0], informationSet: label, actions: fact.values,
      bargain: GameTree.Bargain(between: rule.between, powerIndex: power), at: place)
    appendDecisionBranches(values.count)
    branch(.step(here, .bargain(rule)), values, history, at: node)
    return true
  }

  /// Refuses a bargain between parties of which one knows what the other does not.
  private mutating func canBargain(
    _ here: MomentInPlay, _ rule: BargainRule, _ history: History
  ) -> Bool {
    let (first, second) = (rule.between[0], rule.between[1])
    /// Slots of types that can only have one value tell nobody anything.
    var idle: Set<Int> = []
    for type in scenario.types {
      let slot = layout.first[type.fact]
      if type.values.count == 1 { idle.insert(slot) }
      guard type.values.count > 1, rule.between.contains(type.party) else { continue }
      let other = type.party == first ? second : first
      if !observations.contains(slot: slot, in: history.seen[other]) {
        fail(
          "bargainer-has-hidden-type", at: here.step.place,
          "\(scenario.parties[type.party].name) bargains at '\(here.step.name)' while "
            + "\(scenario.parties[other].name) does not know its \(type.dimension)",
          remedy: "write the talks as offers and answers, or reveal the type before")
        return false
      }
    }
    func known(_ party: Int) -> Set<[Int]> {
      Set(
        observations.sequence(history.seen[party]).filter { !idle.contains($0.slot) }
          .map { [$0.slot, $0.value] })
    }
    if known(first) != known(second) {
      fail(
        "bargainers-know-differently", at: here.step.place,
        "the bargainers at '\(here.step.name)' have not seen the same",
        remedy: "let both see the earlier steps, or reveal them before")
      return false
    }
    return true
  }

  /// The index of the bargaining power among the game's; equal powers share one.
  private mutating func power(
    of rule: BargainRule, _ here: MomentInPlay, _ history: History
  ) -> Int {
    let situation = self.situation(history, loop: here.loop, round: here.round)
    let value =
      rule.power.map { evaluator.number($0, in: situation) } ?? evaluator.graph.constant(0.5)
    if let known = powerIndex[value] { return known }
    power.append(value)
    powerPlaces.append(rule.power?.place ?? here.step.place)
    powerIndex[value] = power.count - 1
    return power.count - 1
  }
}
