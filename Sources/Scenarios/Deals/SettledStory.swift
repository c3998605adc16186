import Games

/// A story in which some choices are settled, as all know.
public struct SettledStory: Sendable {
  /// The scenario with that story.
  public var scenario: Scenario
  /// Choices that are forced.
  public var supposing: [Supposition] = []
  /// The steps, as facts, at which something is ruled out.
  public private(set) var settled: Set<Int> = []

  /// Leaves only some values of a step, by their ordinals, in one round or in all; where none of them
  /// is open, play stays free.
  mutating func settle(_ fact: Int, round: Int?, on values: [Int]) {
    settled.insert(fact)
    let round = scenario.names.facts[fact].loop == nil ? nil : round
    if values.count == 1 {
      supposing.append(Supposition(fact: fact, round: round, value: values[0]))
      return
    }
    // Conditions on options are those of every round.
    guard round == nil, var step = scenario.story.steps.first(where: { $0.fact == fact }),
      case .choice(let movers, var options) = step.kind
    else { return }
    let conditions = values.map {
      options[$0].onlyIf ?? Expression(.otherwise, at: options[$0].place)
    }
    let isOpen = conditions.dropFirst().reduce(conditions[0]) {
      Expression(.or($0, $1), at: $1.place)
    }
    let isClosed = Expression(.not(isOpen), at: isOpen.place)
    for index in options.indices where !values.contains(index) {
      options[index].onlyIf =
        options[index].onlyIf.map { Expression(.and($0, isClosed), at: $0.place) } ?? isClosed
    }
    step.kind = .choice(movers: movers, options: options)
    scenario.story = scenario.story.replacing(step)
  }

  /// The story in which nobody can choose what would rule an event out: at every step, in every
  /// round, only that is left which leads to the event in some line of play. Nil if nothing does.
  ///
  /// One pass is enough: whatever stands on a line that leads to the event is left.
  func leading(
    to event: Expression, limits: GameCompiler.Limits
  ) throws(DealDefect) -> SettledStory? {
    var order = GameCompiler.Order()
    order.supposing = supposing
    order.events = [GameCompiler.Event(event)]
    order.limits = limits
    let (compiled, diagnostics) = GameCompiler.compile(scenario, order)
    guard let game = compiled else { throw .diagnostics(diagnostics) }
    guard let choices = game.choices(leadingTo: 0, names: scenario.names) else { return nil }
    var story = self
    for (place, values) in choices.sorted(by: { $0.key < $1.key }) {
      let leading = values.filter(\.value).keys.sorted()
      if leading.isEmpty || leading.count == values.count { continue }
      story.settle(place.fact, round: place.round, on: leading)
    }
    return story
  }
}

/// A step in one of its rounds.
struct StepRound: Hashable, Comparable {
  var fact: Int
  var round: Int

  static func < (left: StepRound, right: StepRound) -> Bool {
    (left.fact, left.round) < (right.fact, right.round)
  }
}

extension ParametricGame {
  /// For every step at which somebody chooses, and each value that is open somewhere, whether it
  /// leads to an event in some line of play; nil if nothing does.
  func choices(leadingTo event: Int, names: NameTable) -> [StepRound: [Int: Bool]]? {
    var leads = [Bool](repeating: false, count: tree.nodes.count)
    for (terminal, operation) in events[event].enumerated() {
      // What depends on drawn quantities may hold.
      leads[tree.terminals[terminal].node] = graph.constantValue(operation) != 0
    }
    // Parents come before their children.
    for node in tree.nodes.indices.reversed() where leads[node] && tree.nodes[node].parent >= 0 {
      leads[Int(tree.nodes[node].parent)] = true
    }
    guard leads[0] else { return nil }
    var result: [StepRound: [Int: Bool]] = [:]
    for node in tree.nodes where node.kind == .decision {
      let decision = decisions[Int(node.index)]
      let place = StepRound(fact: decision.fact, round: decision.round)
      for (ordinal, action) in tree.informationSets[Int(node.index)].actions.enumerated() {
        guard let value = names.facts[decision.fact].values.firstIndex(of: action) else { continue }
        let child = Int(tree.branchTarget[Int(node.firstBranch) + ordinal])
        result[place, default: [:]][value] = leads[child] || result[place]?[value] ?? false
      }
    }
    return result
  }
}
