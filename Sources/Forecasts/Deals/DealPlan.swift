import Scenarios

/// What is asked of the worlds in which a deal is in force, on the table, or ruled out, and where the
/// answers stand among the responses.
struct DealPlan: Sendable {
  let negotiation: Negotiation
  /// By signatory, its types: a name and the condition; one without a condition where it has none.
  let types: [[(name: String, condition: Expression?)]]
  /// Steps that come later: choices of third parties, and promises that fall due.
  let steps: [LaterStep]

  /// A step whose choices are reported.
  struct LaterStep: Sendable {
    var name: String
    var parties: [Int]
    var values: [String]
    /// By value, that it was chosen.
    var conditions: [Expression]
  }

  /// Types of a party are told apart in combination up to so many; beyond, one trait at a time.
  private static let mostCombinations = 16
  /// Steps with more values, such as fine grids, are not reported.
  private static let mostValues = 12

  init(_ negotiation: Negotiation) {
    self.negotiation = negotiation
    let scenario = negotiation.scenario
    types = negotiation.signatories.map { DealPlan.types(of: $0, in: scenario) }
    steps = scenario.story.steps.compactMap { step in
      let fact = scenario.names.facts[step.fact]
      let parties: [Int]
      switch step.kind {
      case .choice(let movers, _):
        parties = movers
        // What signatories do next belongs to the deal.
        if !Set(movers).isDisjoint(with: negotiation.signatories) { return nil }
      case .clause(let clause):
        guard let duty = scenario.clauses[clause].duty else { return nil }
        parties = [duty.obliged]
      case .chance, .signal, .bargain: return nil
      }
      guard fact.values.count <= DealPlan.mostValues else { return nil }
      return LaterStep(
        name: step.name, parties: Array(Set(parties)).sorted(), values: fact.values,
        conditions: fact.values.indices.map {
          .holds(step.fact, is: $0, firstRound: fact.loop != nil, at: step.place)
        })
    }
  }

  private static func types(
    of party: Int, in scenario: Scenario
  ) -> [(name: String, condition: Expression?)] {
    let own = scenario.types.filter { $0.party == party }
    let count = own.reduce(1) { $0 * $1.values.count }
    let single = own.map { type in
      type.values.indices.map {
        (name: type.values[$0], condition: Expression.holds(type.fact, is: $0, at: type.place))
      }
    }
    if single.isEmpty { return [("", nil)] }
    if count > mostCombinations { return single.joined().map { ($0.name, $0.condition) } }
    return single.dropFirst().reduce(single[0]) { before, next in
      before.flatMap { start in
        next.map { end in
          (
            name: "\(start.name), \(end.name)",
            condition: Expression(.and(start.condition, end.condition), at: start.condition.place)
          )
        }
      }
    }.map { ($0.name, $0.condition) }
  }

  // MARK: Worlds

  func withoutDeal(_ limits: GameCompiler.Limits) throws(Forecaster.Defect) -> WorldRequest {
    do {
      return world(try negotiation.withoutDeal(limits: limits))
    } catch {
      throw Forecaster.Defect(error)
    }
  }

  func signed(_ story: DealStory) -> WorldRequest? {
    guard let signed = story.signed else { return nil }
    var request = world(signed)
    request.measures.append(WorldRequest.Measure(where: story.isInForce))
    return request
  }

  /// The order of the measures of ``withoutDeal(_:)`` and ``signed(_:)``.
  private func world(_ story: SettledStory) -> WorldRequest {
    var request = WorldRequest(story.scenario)
    request.supposing = story.supposing
    let scenario = negotiation.scenario
    for party in scenario.parties.indices {
      request.measures.append(WorldRequest.Measure(payoffOf: party))
    }
    for (signatory, types) in zip(negotiation.signatories, types) {
      request.measures.append(WorldRequest.Measure(payoffOf: signatory, asSeenBy: signatory))
      for type in types {
        request.measures.append(
          WorldRequest.Measure(payoffOf: signatory, where: type.condition, asSeenBy: signatory))
        request.measures.append(
          WorldRequest.Measure(where: type.condition, asSeenBy: signatory))
      }
      for term in scenario.payoffTerms(of: signatory).indices {
        request.measures.append(WorldRequest.Measure(payoffOf: signatory, term: term))
      }
    }
    for step in steps {
      request.measures += step.conditions.map { WorldRequest.Measure(where: $0) }
    }
    return request
  }

  /// The bundle on the table: how likely it is signed, in all and by type.
  func offered(_ story: DealStory) -> WorldRequest {
    var request = WorldRequest(story.offered.scenario)
    request.supposing = story.offered.supposing
    request.measures.append(WorldRequest.Measure(where: story.isInForce))
    for type in types.joined() {
      let place = story.isInForce.place
      request.measures.append(
        WorldRequest.Measure(
          where: type.condition.map { Expression(.and($0, story.isInForce), at: place) }
            ?? story.isInForce))
      request.measures.append(WorldRequest.Measure(where: type.condition))
    }
    return request
  }

  // MARK: Where the answers stand

  /// A signatory's measures: first the payoff as it sees it, then by type that part of it and how
  /// likely the type is, then its terms.
  func first(of signatory: Int) -> Int {
    let scenario = negotiation.scenario
    return (0..<signatory).reduce(scenario.parties.count) { start, earlier in
      start + 1 + 2 * types[earlier].count
        + scenario.payoffTerms(of: negotiation.signatories[earlier]).count
    }
  }

  var firstTerm: [Int] {
    types.indices.map { first(of: $0) + 1 + 2 * types[$0].count }
  }

  var firstMove: Int { first(of: types.count) }

  /// After the moves: how likely the deal is in force.
  var inForce: Int { firstMove + steps.reduce(0) { $0 + $1.values.count } }

  /// The first measure of the world with the bundle on the table.
  var signing: Int { inForce + 1 }
}

extension Expression {
  /// That a step has a value, the first time if it is repeated.
  fileprivate static func holds(
    _ fact: Int, is value: Int, firstRound: Bool, at place: Place
  ) -> Expression {
    guard firstRound else { return holds(fact, is: value, at: place) }
    let reference = FactReference(fact: fact, round: .fixed(0))
    return Expression(
      .comparison(
        .equal, Expression(.fact(reference), at: place), Expression(.value(value), at: place)),
      at: place)
  }
}
