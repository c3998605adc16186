import Games

/// Builds the game of a scenario: the story becomes an extensive form.
///
/// Every line of play is followed once. At a step, the mover's information set is the step, its
/// own types, and exactly what it has seen and done so far, in order; perfect recall holds by
/// construction. What depends on drawn quantities stays as operations of a ``ValueGraph``.
///
/// - Complexity: O(nodes × expressions that a node changes); equal situations are evaluated once.
public struct GameCompiler {
  /// How large a game may become. Each limit can be raised.
  public struct Limits: Sendable {
    /// The most nodes.
    public var nodes = 1_000_000
    /// The most things that happen on one line of play.
    public var depth = 600

    /// The default limits.
    public init() {}
  }

  /// A choice replaced without anybody's knowing.
  public struct SecretSupposition: Sendable {
    /// The choices that are replaced.
    public var choices: [Supposition]
    /// The histories in which it applies; all, if there is none.
    public var whereCondition: Expression?

    /// What is replaced, and in which histories.
    public init(choices: [Supposition], whereCondition: Expression?) {
      self.choices = choices
      self.whereCondition = whereCondition
    }
  }

  /// A condition on how play ends, perhaps only on what has happened by a day.
  public struct Event: Sendable {
    /// The condition.
    public var condition: Expression
    /// The day up to which steps count.
    public var by: CalendarDate?

    /// With a day, only steps count whose time was over by then.
    public init(_ condition: Expression, by: CalendarDate? = nil) {
      self.condition = condition
      self.by = by
    }
  }

  /// What is to be built.
  public struct Order: Sendable {
    /// Choices forced, known to all.
    public var supposing: [Supposition] = []
    /// The histories in which it applies; all, if there is none.
    public var whereCondition: Expression?
    /// Choices replaced without anybody's knowing.
    public var secrets: [SecretSupposition] = []
    /// Conditions whose truth at each end is wanted.
    public var events: [Event] = []
    /// Numbers wanted that depend on quantities only.
    public var numbers: [Expression] = []
    /// How large it may become.
    public var limits = Limits()

    /// The scenario's game as it stands.
    public init() {}
  }

  /// Builds the game. Diagnostics hold warnings about what cannot matter, or the errors for which
  /// there is no game.
  public static func compile(
    _ scenario: Scenario, _ order: Order = Order()
  ) -> (game: ParametricGame?, diagnostics: [Diagnostic]) {
    var compiler = GameCompiler(scenario, order)
    return compiler.run()
  }

  let scenario: Scenario
  let order: Order
  let layout: SlotLayout
  let moments: [Moment]
  var evaluator: ExpressionEvaluator
  var observations = Observations()
  var builder: GameTreeBuilder
  var diagnostics: [Diagnostic] = []
  private var reported: Set<String> = []
  var stopped = false

  // What the views of the game are: see `prepareViews`.
  var views: [ParametricGame.View] = []
  var viewBeliefs: [ViewBeliefs] = []
  var knownStandpoint: [Int] = []
  var ownStandpoint: [Int] = []

  // Grown beside the tree.
  var chanceFacts: [Int] = []
  var chancePlaces: [Place] = []
  var decisions: [ParametricGame.Decision] = []
  var setOfKey: [SetKey: (label: String, actions: [String])] = [:]
  var setPlaces: [Place] = []
  var events: [[Int32]]
  var secretBranches: [[Int32]]
  var power: [Int32] = []
  var powerIndex: [Int: Int] = [:]
  var happened: Set<Int> = []
  var chosen: Set<[Int]> = []
  private var depth = 0

  /// An information set before it has a label: the step, and what its movers know.
  struct SetKey: Hashable {
    var slot: Int
    var seen: [Int32]
  }

  private init(_ scenario: Scenario, _ order: Order) {
    self.scenario = scenario
    self.order = order
    layout = SlotLayout(names: scenario.names)
    moments = scenario.moments(layout: layout)
    evaluator = ExpressionEvaluator(scenario: scenario, layout: layout)
    builder = GameTreeBuilder(players: scenario.parties.map(\.name))
    events = Array(repeating: [], count: order.events.count)
    secretBranches = Array(repeating: [], count: order.secrets.count)
  }

  private mutating func run() -> (ParametricGame?, [Diagnostic]) {
    prepareViews()
    let start = History(
      slots: layout.count, clauses: scenario.clauses.count, parties: scenario.parties.count)
    let numbers = order.numbers.map { evaluator.number($0, in: situation(start)) }
    drawTypes(0, start, at: .root)
    guard !stopped, !diagnostics.contains(where: { $0.severity == .error }) else {
      return (nil, diagnostics)
    }
    let tree: GameTree
    do {
      tree = try builder.tree()
    } catch {
      fail("internal", at: nil, "the game could not be built: \(error)")
      return (nil, diagnostics)
    }
    reportIdleSteps()
    for index in secretBranches.indices {
      secretBranches[index] += Array(
        repeating: -1, count: tree.nodes.count - secretBranches[index].count)
    }
    let game = ParametricGame(
      title: scenario.title, tree: tree, graph: evaluator.graph, views: views,
      chanceFacts: chanceFacts, decisions: decisions, events: events,
      secretBranches: secretBranches, numbers: numbers, power: power, chancePlaces: chancePlaces,
      payoffPlaces: scenario.payoffs.map { $0.first?.place ?? Place(line: 1, column: 1) })
    return (game, diagnostics)
  }

  // MARK: Following the story

  /// Goes on from the moment with this index.
  mutating func follow(_ index: Int, _ start: History, at place: GameTreeBuilder.Place) {
    var history = start
    var index = index
    while index < moments.count, !stopped {
      switch moments[index] {
      case .roundEnd(let loop, _):
        if !history.stopped.contains(loop) { release(.roundEnds, loop: loop, &history) }
      case .stop(let condition, let loop, let round):
        if !history.stopped.contains(loop) {
          let situation = self.situation(history, loop: loop, round: round)
          switch evaluator.settled(condition, in: situation) {
          case true?: history.stopped.insert(loop)
          case false?: break
          case nil: failUnsettled("stop when", at: condition.place)
          }
        }
      case .reveal(let reveal, let slot, let loop, let round):
        if let loop, history.stopped.contains(loop) { break }
        if applies(reveal.when, history, loop: loop, round: round) {
          let value = history.facts[slot]
          for party in reveal.to
          where value >= 0 && !observations.contains(slot: slot, in: history.seen[party]) {
            history.seen[party] = observations.adding(
              slot: slot, value: value, to: history.seen[party])
            history.pending.removeAll { $0.party == party && $0.slot == slot }
          }
        }
      case .step(let step, let slot, let loop, let round):
        if let loop, history.stopped.contains(loop) { break }
        release(.step(step.name), loop: nil, &history)
        if applies(step.when, history, loop: loop, round: round) {
          let here = MomentInPlay(
            step: step, slot: slot, loop: loop, round: round, next: index + 1)
          if happen(here, &history, at: place) { return }
        }
      }
      index += 1
    }
    if !stopped { end(history, at: place) }
  }

  /// A step that is being played.
  struct MomentInPlay {
    var step: Step
    var slot: Int
    var loop: Int?
    var round: Int
    /// The moment after it.
    var next: Int
  }

  /// Plays a step. Returns false if it left no trace in the tree and play goes on in `history`.
  private mutating func happen(
    _ here: MomentInPlay, _ history: inout History, at place: GameTreeBuilder.Place
  ) -> Bool {
    depth += 1
    defer { depth -= 1 }
    if depth > order.limits.depth {
      fail(
        "too-deep", at: here.step.place,
        "more than \(order.limits.depth) things happen on one line of play",
        remedy: "shorten the story, or raise the limit with --max-moves")
      stopped = true
      return true
    }
    switch here.step.kind {
    case .choice(let movers, let options):
      return choose(
        here, mover: movers[here.round % movers.count], options, &history, at: place)
    case .clause(let index):
      guard let duty = scenario.clauses[index].duty, history.clauses[index] >= 0 else {
        return false
      }
      let situation = self.situation(history, loop: here.loop, round: here.round)
      switch evaluator.settled(duty.fallsDue, in: situation) {
      case true?: break
      case false?: return false
      case nil:
        failUnsettled("falls due", at: duty.fallsDue.place)
        return false
      }
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
    let available = options.indices.filter { ordinal in
      guard let condition = options[ordinal].onlyIf else { return true }
      let situation = self.situation(history, loop: here.loop, round: here.round)
      switch evaluator.settled(condition, in: situation) {
      case let value?: return value
      case nil:
        failUnsettled("only if", at: condition.place)
        return false
      }
    }
    if available.isEmpty {
      fail(
        "no-option", at: here.step.place,
        "at '\(here.step.name)' no option is left for \(scenario.parties[mover].name)",
        remedy: "give one option without 'only if', or guard the step with 'when'")
      return false
    }
    happened.insert(here.slot)
    for ordinal in available { chosen.insert([here.step.fact, ordinal]) }
    if let forced = forcedValue(here, history, among: available) {
      history = after(here, value: forced, options[forced], history, mover: mover)
      return false
    }
    let names = available.map { options[$0].name }
    let key = SetKey(slot: here.slot, seen: [history.seen[mover]])
    let label = self.label(key, movers: [mover], here, actions: names, at: here.step.place)
    let node = builder.decision(
      player: mover, informationSet: label, actions: names, at: place)
    noteSecrets(here, history, node: node.node, values: available)
    guard withinLimits(here.step.place) else { return true }
    for _ in available { appendDecisionBranch() }
    for (branch, ordinal) in available.enumerated() where !stopped {
      let next = after(here, value: ordinal, options[ordinal], history, mover: mover)
      follow(here.next, next, at: node.branch(branch))
    }
    return true
  }

  /// The history after a value of a step: what happened, what comes into force, who sees it.
  mutating func after(
    _ here: MomentInPlay, value: Int, _ option: ChoiceOption?, _ history: History, mover: Int?
  ) -> History {
    var next = history
    next.facts[here.slot] = Int16(value)
    if let offers = option?.offers { next.offer = offers }
    switch option?.enacts {
    case .theOffer: if let offer = history.offer { next.enact(offer, at: here.slot) }
    case .bundle(let bundle): next.enact(bundle, at: here.slot)
    case nil: break
    }
    for party in scenario.parties.indices {
      if here.step.visibility.seenBy[party] || party == mover {
        next.seen[party] = observations.adding(
          slot: here.slot, value: Int16(value), to: next.seen[party])
      } else if let until = here.step.visibility.until {
        next.pending.append(
          History.Pending(
            until: until, loop: here.loop, party: party, slot: here.slot, value: Int16(value)))
      }
    }
    return next
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

  private mutating func applies(
    _ condition: Expression?, _ history: History, loop: Int?, round: Int
  ) -> Bool {
    guard let condition else { return true }
    let situation = self.situation(history, loop: loop, round: round)
    if let value = evaluator.settled(condition, in: situation) { return value }
    failUnsettled("when", at: condition.place)
    return false
  }

  /// The value that the supposition leaves at this step, if it is possible here.
  mutating func forcedValue(
    _ here: MomentInPlay, _ history: History, among available: [Int]
  ) -> Int? {
    guard
      let forced = order.supposing.first(where: {
        $0.fact == here.step.fact && ($0.round ?? here.round) == here.round
      }), available.contains(forced.value)
    else { return nil }
    if let condition = order.whereCondition {
      let situation = self.situation(history, loop: here.loop, round: here.round)
      guard let holds = evaluator.settled(condition, in: situation) else {
        failUnsettled("where", at: condition.place)
        return nil
      }
      if !holds { return nil }
    }
    return forced.value
  }

  /// Notes which branch a secret supposition would force at a node.
  mutating func noteSecrets(
    _ here: MomentInPlay, _ history: History, node: Int, values: [Int]
  ) {
    for (index, secret) in order.secrets.enumerated() {
      guard
        let choice = secret.choices.first(where: {
          $0.fact == here.step.fact && ($0.round ?? here.round) == here.round
        }), let branch = values.firstIndex(of: choice.value)
      else { continue }
      if let condition = secret.whereCondition {
        let situation = self.situation(history, loop: here.loop, round: here.round)
        guard evaluator.settled(condition, in: situation) == true else { continue }
      }
      secretBranches[index] += Array(
        repeating: -1, count: max(0, node + 1 - secretBranches[index].count))
      secretBranches[index][node] = Int32(branch)
    }
  }

  // MARK: Information sets

  /// The label of an information set, the same for all its nodes. Its actions must be the same at
  /// every node, or the mover could tell the nodes apart.
  mutating func label(
    _ key: SetKey, movers: [Int], _ here: MomentInPlay, actions: [String], at place: Place
  ) -> String {
    if let known = setOfKey[key] {
      if known.actions != actions {
        failOnce(
          "option-reveals-hidden", at: place,
          "whether an option of '\(here.step.name)' is open depends on something that "
            + "\(movers.map { scenario.parties[$0].name }.joined(separator: " and ")) has not seen",
          remedy: "let 'only if' ask only about what the mover has seen or done")
        stopped = true
      }
      return known.label
    }
    let step = layout.name(of: here.slot, names: scenario.names)
    var types: [String] = []
    var seen: [String] = []
    for observation in observations.sequence(key.seen[0]) {
      let fact = scenario.names.facts[layout.fact[observation.slot]]
      if layout.fact[observation.slot] < scenario.types.count,
        scenario.types[layout.fact[observation.slot]].party == movers[0]
      {
        types.append(fact.values[observation.value])
      } else {
        let name = layout.name(of: observation.slot, names: scenario.names)
        seen.append("\(name) = \(fact.values[observation.value])")
      }
    }
    let who = movers.map { scenario.parties[$0].name }.joined(separator: " and ")
    var label = "\(who): \(step)"
    if !types.isEmpty || !seen.isEmpty { label += " | " + types.joined(separator: ", ") }
    if !seen.isEmpty { label += " | " + seen.joined(separator: "; ") }
    // A bargain joins what two parties know; in rare cases only the second knows them apart.
    let base = label
    var copy = 1
    while setOfKey.values.contains(where: { $0.label == label }) && key.seen.count > 1 {
      copy += 1
      label = "\(base) (\(copy))"
    }
    setOfKey[key] = (label, actions)
    decisions.append(
      ParametricGame.Decision(
        fact: here.step.fact, round: here.round, step: step, types: types, seen: seen))
    return label
  }

  /// Branches of decisions carry no odds; every view's vectors stay as long as the tree's.
  mutating func appendDecisionBranch() {
    for view in views.indices {
      views[view].odds.append(-1)
      for party in scenario.parties.indices {
        views[view].subjectiveOdds[party]?.append(-1)
      }
    }
  }

  // MARK: Ends

  private mutating func end(_ history: History, at place: GameTreeBuilder.Place) {
    let outcome = self.outcome(history)
    builder.terminal(outcome: outcome, at: place)
    guard withinLimits(nil) else { return }
    for view in views.indices {
      for party in scenario.parties.indices {
        views[view].payoffs.append(
          payoff(of: party, history, standpoint: viewBeliefs[view].standpoint[party]))
      }
    }
    for (index, event) in order.events.enumerated() {
      var situation = self.situation(history)
      if let by = event.by { forget(after: by, in: &situation, history) }
      events[index].append(
        evaluator.number(event.condition, id: .event(index), in: situation))
    }
  }

  /// Takes out of a situation what may not have happened by a day: steps whose time is not over
  /// then, what follows them in the story, and what they put into force.
  private func forget(
    after day: CalendarDate, in situation: inout ExpressionEvaluator.Situation, _ history: History
  ) {
    var isOpen = false
    for moment in moments {
      guard case .step(let step, let slot, _, _) = moment else { continue }
      if let window = step.between, window.upperBound > day { isOpen = true }
      guard isOpen else { continue }
      situation.facts[slot] = -1
      for clause in history.enactedAt.indices where history.enactedAt[clause] == Int32(slot) {
        situation.clauses[clause] = -1
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

  private mutating func payoff(
    of party: Int, _ history: History, standpoint: Int
  ) -> Int32 {
    let situation = self.situation(history, standpoint: standpoint)
    var total = evaluator.graph.constant(0)
    for (index, term) in scenario.payoffs[party].enumerated() {
      let value = evaluator.number(
        term.expression, id: .payoff(party: party, term: index), in: situation)
      total = evaluator.graph.binary(.add, total, value)
    }
    for (clause, declared) in scenario.clauses.enumerated() {
      guard let duty = declared.duty, duty.obliged == party, let cost = duty.breachCosts else {
        continue
      }
      for moment in moments {
        guard case .step(let step, let slot, _, _) = moment, case .clause(clause) = step.kind,
          history.facts[slot] == 1
        else { continue }
        let value = evaluator.number(cost, id: .breach(clause: clause), in: situation)
        total = evaluator.graph.binary(.subtract, total, value)
      }
    }
    return total
  }

  // MARK: Reports

  mutating func withinLimits(_ place: Place?) -> Bool {
    if builder.nodeCount <= order.limits.nodes { return true }
    if !stopped {
      fail(
        "too-many-nodes", at: place,
        "the game has more than \(order.limits.nodes) nodes",
        remedy: "use fewer options or rounds, or raise the limit with --max-nodes")
      stopped = true
    }
    return false
  }

  mutating func fail(
    _ code: String, at place: Place?, _ message: String, remedy: String? = nil
  ) {
    failOnce(code, at: place, message, remedy: remedy)
  }

  private mutating func failOnce(
    _ code: String, at place: Place?, _ message: String, remedy: String? = nil
  ) {
    let key = "\(code) \(place?.line ?? 0) \(place?.column ?? 0) \(message)"
    guard reported.insert(key).inserted else { return }
    diagnostics.append(
      Diagnostic(
        code: code, severity: .error, file: scenario.file, place: place, message: message,
        remedy: remedy))
  }

  mutating func failUnsettled(_ key: String, at place: Place) {
    failOnce(
      "uncertain-structure", at: place,
      "'\(key)' depends on a quantity that differs between draws",
      remedy: "what can happen must depend on play and types only; "
        + "let the quantity change odds or payoffs instead")
  }

  private mutating func reportIdleSteps() {
    // A supposition makes steps idle on purpose.
    guard order.supposing.isEmpty else { return }
    func warn(_ code: String, _ place: Place, _ message: String, _ remedy: String) {
      diagnostics.append(
        Diagnostic(
          code: code, severity: .warning, file: scenario.file, place: place, message: message,
          remedy: remedy))
    }
    var reportedFacts: Set<Int> = []
    for moment in moments {
      guard case .step(let step, _, _, _) = moment, reportedFacts.insert(step.fact).inserted
      else { continue }
      let first = layout.first[step.fact]
      let rounds =
        scenario.names.facts[step.fact].loop.map { scenario.names.loops[$0].rounds.count } ?? 1
      if !(first..<(first + rounds)).contains(where: happened.contains) {
        warn(
          "step-never-happens", step.place, "'\(step.name)' can never happen",
          "look at its 'when', or at what comes before it")
        continue
      }
      for (ordinal, name) in scenario.names.facts[step.fact].values.enumerated()
      where !chosen.contains([step.fact, ordinal]) {
        warn(
          "option-never-open", step.place, "'\(name)' of '\(step.name)' is never open",
          "look at its condition or odds")
      }
    }
  }
}
