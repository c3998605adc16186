import Scenarios

/// What is asked of each world so that a scenario's evidence can be weighed.
///
/// A question that supposes nothing is asked with every end weighed by the likelihood of the
/// evidence. One that supposes something is asked of another world than the one in which the evidence
/// was observed: there the parties' types get the odds that the evidence gives them in the story as
/// it stands, what was observed before the supposed step is taken as given, and the rest follows
/// anew (abduction, action and prediction: Pearl 2009, theorem 7.1.7).
struct EvidencePlan: Sendable {
  /// A query, by its world and its place among the queries of that world.
  struct Slot: Sendable, Hashable {
    var world: Int
    var place: Int
  }

  /// How one question is answered under some evidence.
  struct Answer: Sendable {
    var question: Int
    var way: Way
  }

  /// Where the answer stands.
  enum Way: Sendable {
    /// The event, weighed; and the same with what lies outside the story mixed in.
    case direct(Slot, mixed: Slot?)
    /// One for each combination of types.
    case supposed([Profile])
  }

  /// A combination of the parties' types.
  struct Profile: Sendable {
    /// How likely it is, weighed by the likelihood of the evidence, in the story as it stands.
    var weight: Slot
    /// The question's condition in the supposed world; nil without one.
    var condition: Slot?
    /// The event in the supposed world, where the condition holds.
    var event: Slot
  }

  private(set) var requests: [WorldRequest]
  /// The likelihood of all evidence, of each piece, and of each pair.
  private(set) var total = Slot(world: 0, place: 0)
  private(set) var singles: [Slot] = []
  private(set) var pairs: [(first: Int, second: Int, slot: Slot)] = []
  /// By type, by value: before and after the evidence.
  private(set) var types: [[(prior: Slot, posterior: Slot)]] = []
  /// The answers after all evidence.
  private(set) var answers: [Answer] = []
  /// The answers as of each day of the timeline.
  private(set) var timeline: [(date: CalendarDate?, answers: [Answer])] = []
  /// Moves that were observed and that a supposition sets aside, with the query whose event is that
  /// they were made; nil for a secret supposition that excludes them.
  private(set) var setAside: [Int: [(item: Int, check: Slot?, isExcluded: Bool)]] = [:]

  /// Pairs are compared among at most so many pieces of evidence.
  static let mostCompared = 16
  /// Types are told apart up to so many combinations.
  static let mostProfiles = 256

  private let scenario: Scenario
  private let order: StoryOrder
  /// What makes each combination of types.
  private let profiles: [Expression?]

  /// What it takes to answer some questions, to say what each piece of evidence does, and to answer as
  /// of each day.
  init(_ scenario: Scenario, questions: [Int], selection: SolveSettings.Selection) {
    self.init(scenario, answering: questions, selection: selection)
    let factors = scenario.evidence.map(EvidenceLikelihood.factor)
    let likelihood = EvidenceLikelihood.product(factors)
    requests[0].weight = likelihood
    singles = factors.map { add(weighed(nil, by: $0)) }
    if factors.count <= EvidencePlan.mostCompared {
      for second in factors.indices {
        for first in 0..<second {
          let product = EvidenceLikelihood.product([factors[first], factors[second]])
          pairs.append((first, second, add(weighed(nil, by: product))))
        }
      }
    }
    for type in scenario.types {
      types.append(
        type.values.indices.map { value in
          let holds = Expression.holds(type.fact, is: value, at: type.place)
          return (
            add(WorldRequest.Query(GameCompiler.Event(holds))), add(weighed(holds, by: likelihood))
          )
        })
    }
    let asked = questions.sorted()
    for question in asked where !supposed(in: question).isEmpty {
      noteSetAside(question)
    }
    planTimeline(asked)
  }

  /// What it takes to answer some questions after all evidence, and no more.
  init(_ scenario: Scenario, answering questions: [Int], selection: SolveSettings.Selection) {
    self.scenario = scenario
    order = StoryOrder(scenario)
    profiles = EvidencePlan.profiles(of: scenario)
    requests = WorldRequest.worlds(scenario, questions: questions)
    // Evidence was observed in the story as it stands, whatever is imposed on the questions.
    if !scenario.imposed.isEmpty {
      var story = scenario
      story.imposed = []
      requests.insert(WorldRequest(story), at: 0)
    }
    for world in requests.indices { requests[world].selection = selection }
    let likelihood = EvidenceLikelihood.product(scenario.evidence.map(EvidenceLikelihood.factor))
    total = add(weighed(nil, by: likelihood))
    answers = plan(questions.sorted(), scenario.evidence)
  }

  /// The place of a query among all.
  func position(_ slot: Slot) -> Int {
    requests[..<slot.world].reduce(slot.place) { $0 + $1.queries.count }
  }

  // MARK: - Answers

  private mutating func planTimeline(_ questions: [Int]) {
    let dates = Set(scenario.evidence.compactMap(\.on)).sorted()
    guard let last = dates.last else { return }
    let undated = scenario.evidence.filter { $0.on == nil }
    timeline.append((nil, plan(questions, undated)))
    for date in dates.dropLast() {
      let known = scenario.evidence.filter { item in item.on.map { $0 <= date } ?? true }
      timeline.append((date, plan(questions, known)))
    }
    timeline.append((last, answers))
  }

  /// The answers under some of the evidence.
  private mutating func plan(_ questions: [Int], _ items: [Evidence]) -> [Answer] {
    let likelihood = EvidenceLikelihood.product(items.map(EvidenceLikelihood.factor))
    var weights: [Slot] = []
    return questions.map { index in
      if supposed(in: index).isEmpty {
        var query = WorldRequest.Query(question: index, of: scenario)
        query.question = nil
        query.weight = likelihood
        let mixed = query.mixesOutside ? add(query) : nil
        query.mixesOutside = false
        return Answer(question: index, way: .direct(add(query), mixed: mixed))
      }
      if weights.isEmpty { weights = profiles.map { add(weighed($0, by: likelihood)) } }
      return Answer(question: index, way: .supposed(supposed(index, items, weights)))
    }
  }

  private mutating func supposed(
    _ index: Int, _ items: [Evidence], _ weights: [Slot]
  ) -> [Profile] {
    let question = scenario.questions[index]
    let world = world(of: index)
    let known = before(index, items)
    let secret =
      question.isSecret ? WorldRequest.Query(question: index, of: scenario).secret : nil
    func query(_ event: GameCompiler.Event, _ given: [Expression?]) -> WorldRequest.Query {
      var query = WorldRequest.Query(
        event, given: EvidenceLikelihood.all(given.compactMap { $0 } + known.conditions))
      if !known.factors.isEmpty { query.weight = EvidenceLikelihood.product(known.factors) }
      query.secret = secret
      return query
    }
    return zip(profiles, weights).map { types, weight in
      Profile(
        weight: weight,
        condition: question.given.map {
          add(query(GameCompiler.Event($0), [types]), to: world)
        },
        event: add(
          query(GameCompiler.Event(question.event, by: question.by), [types, question.given]),
          to: world))
    }
  }

  // MARK: - Suppositions

  /// What was observed before the step that a question supposes: conditions, and factors of
  /// reports.
  private func before(
    _ index: Int, _ items: [Evidence]
  ) -> (conditions: [Expression], factors: [Expression]) {
    let first = firstSupposed(index)
    var conditions: [Expression] = []
    var factors: [Expression] = []
    for item in items {
      switch item.kind {
      case .happened(let condition):
        conditions += EvidenceLikelihood.conjuncts(condition).filter {
          order.lastMoment(of: $0) < first
        }
      case .reported(_, let ratios):
        let known = ratios.filter { order.lastMoment(of: $0.condition) < first }
        if known.isEmpty { continue }
        var item = item
        item.kind = .reported(item.written, ratios: known)
        factors.append(EvidenceLikelihood.factor(item))
      }
    }
    return (conditions, factors)
  }

  private func firstSupposed(_ index: Int) -> Int {
    supposed(in: index).map { order.moment(of: $0.fact, round: $0.round) }.min()
      ?? StoryOrder.beforeTheStory
  }

  private mutating func noteSetAside(_ index: Int) {
    let question = scenario.questions[index]
    let first = firstSupposed(index)
    for (number, item) in scenario.evidence.enumerated() {
      switch item.kind {
      case .happened(let condition) where order.lastMoment(of: condition) >= first:
        let excluded = EvidenceLikelihood.conjuncts(condition).contains {
          EvidencePlan.excludes($0, supposed(in: index))
        }
        let check =
          question.isSecret
          ? nil
          : add(
            WorldRequest.Query(GameCompiler.Event(condition)), to: world(of: index))
        setAside[index, default: []].append((number, check, excluded))
      case .reported(_, let ratios)
      where ratios.contains(where: { order.lastMoment(of: $0.condition) >= first }):
        setAside[index, default: []].append((number, nil, false))
      default: break
      }
    }
  }

  /// A supposition leaves a step no other value than one that the condition names otherwise.
  private static func excludes(_ condition: Expression, _ supposing: [Supposition]) -> Bool {
    guard case .comparison(.equal, let left, let right) = condition.kind,
      case .fact(let reference) = left.kind, case .value(let value) = right.kind
    else { return false }
    return supposing.contains { supposition in
      guard supposition.fact == reference.fact, supposition.value != value else { return false }
      guard case .fixed(let round) = reference.round else { return true }
      return supposition.round == nil || supposition.round == round
    }
  }

  private func world(of index: Int) -> Int {
    let question = scenario.questions[index]
    let openly = scenario.imposed + question.openlySupposed
    return requests.firstIndex {
      $0.supposing == openly
        && $0.whereCondition == (question.isSecret ? nil : question.whereCondition)
    } ?? 0
  }

  /// All that a question supposes, what is imposed on every question among it.
  private func supposed(in index: Int) -> [Supposition] {
    scenario.imposed + scenario.questions[index].supposing
  }

  // MARK: - Queries

  private mutating func add(_ query: WorldRequest.Query, to world: Int = 0) -> Slot {
    requests[world].queries.append(query)
    return Slot(world: world, place: requests[world].queries.count - 1)
  }

  /// An event, or whatever happens, with its ends weighed.
  private func weighed(_ event: Expression?, by likelihood: Expression) -> WorldRequest.Query {
    let always = Expression(.otherwise, at: .start)
    var query = WorldRequest.Query(GameCompiler.Event(event ?? always))
    query.weight = likelihood
    return query
  }

  /// Every combination of the private types; one of nothing where there are too many.
  private static func profiles(of scenario: Scenario) -> [Expression?] {
    var profiles: [[Expression]] = [[]]
    for type in scenario.types {
      if profiles.count * type.values.count > mostProfiles { return [nil] }
      profiles = profiles.flatMap { profile in
        type.values.indices.map { profile + [.holds(type.fact, is: $0, at: type.place)] }
      }
    }
    return profiles.map(EvidenceLikelihood.all)
  }
}
