import Scenarios

/// When each fact of a scenario is settled: the order of the story, its rounds told one by one.
struct StoryOrder {
  /// By fact, by round.
  private var moments: [[Int]]
  /// By clause: the facts that can put it on the table or into force.
  private var origins: [Set<Int>]
  private let definitions: [Expression]
  /// The number of moments.
  private(set) var count = 0

  /// Types are settled before the story, at moment -1.
  static let beforeTheStory = -1

  init(_ scenario: Scenario) {
    moments = scenario.names.facts.map { fact in
      let rounds = fact.loop.map { scenario.names.loops[$0].rounds.count } ?? 1
      return Array(repeating: StoryOrder.beforeTheStory, count: rounds)
    }
    origins = scenario.clauses.map { _ in [] }
    definitions = scenario.definitions.map(\.expression)
    lay(scenario.story, round: 0, scenario)
  }

  private mutating func lay(_ story: [StoryElement], round: Int, _ scenario: Scenario) {
    for element in story {
      switch element {
      case .reveal: break
      case .step(let step):
        moments[step.fact][round] = count
        count += 1
        noteOrigins(step)
      case .round(let part):
        for round in scenario.names.loops[part.loop].rounds.indices {
          lay(part.story, round: round, scenario)
        }
      }
    }
  }

  private mutating func noteOrigins(_ step: Step) {
    switch step.kind {
    case .choice(_, let options):
      for option in options {
        var clauses = option.offers?.clauses.map(\.clause) ?? []
        switch option.enacts {
        case .bundle(let bundle): clauses += bundle.clauses.map(\.clause)
        case .theOffer: clauses += Array(origins.indices)
        case nil: break
        }
        for clause in clauses { origins[clause].insert(step.fact) }
      }
    case .bargain(let rule): origins[rule.clause].insert(step.fact)
    case .chance, .signal, .clause: break
    }
  }

  /// The moment of a fact in a round, or of its first round.
  func moment(of fact: Int, round: Int?) -> Int { moments[fact][round ?? 0] }

  /// The last moment that an expression can ask about.
  func lastMoment(of expression: Expression?) -> Int {
    var known: [Int: Int] = [:]
    return lastMoment(of: expression, &known)
  }

  /// `known` keeps what named expressions ask about.
  private func lastMoment(of expression: Expression?, _ known: inout [Int: Int]) -> Int {
    guard let expression else { return StoryOrder.beforeTheStory }
    switch expression.kind {
    case .fact(let reference):
      if case .fixed(let round) = reference.round { return moments[reference.fact][round] }
      return last(of: [reference.fact])
    case .inForce(let clause), .offered(let clause), .amount(let clause):
      return last(of: origins[clause])
    case .definition(let index):
      if let moment = known[index] { return moment }
      let moment = lastMoment(of: definitions[index], &known)
      known[index] = moment
      return moment
    case .negation(let inner), .not(let inner), .sum(_, let inner):
      return lastMoment(of: inner, &known)
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right),
      .and(let left, let right), .or(let left, let right):
      return last(of: [left, right], &known)
    case .membership(let inner, let members): return last(of: [inner] + members, &known)
    case .conditional(let condition, let yes, let no):
      return last(of: [condition, yes] + [no].compactMap { $0 }, &known)
    case .call(_, let arguments): return last(of: arguments, &known)
    case .number, .otherwise, .quantity, .loopValue, .value:
      return StoryOrder.beforeTheStory
    }
  }

  private func last(of parts: [Expression], _ known: inout [Int: Int]) -> Int {
    var last = StoryOrder.beforeTheStory
    for part in parts { last = max(last, lastMoment(of: part, &known)) }
    return last
  }

  private func last(of facts: Set<Int>) -> Int {
    facts.flatMap { moments[$0] }.max() ?? StoryOrder.beforeTheStory
  }
}
