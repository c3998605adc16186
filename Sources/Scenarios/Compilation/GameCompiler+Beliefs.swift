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
    let knownStandpoint = parties.map { standpoint(beliefs(of: $0, knownOnly: true)) }
    let ownStandpoint = parties.map { standpoint(beliefs(of: $0, knownOnly: false)) }
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
      let alone = own.contains {
        !scenario.beliefs[$0].isKnownToOthers && scenario.beliefs[$0].othersThinkOtherwise
      }
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
        party: owners[index], payoffs: [], terms: parties.map { _ in [] }, odds: [],
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

  mutating func weights(
    fact: Int, _ history: History, loop: Int?, round: Int,
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
}
