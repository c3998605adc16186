import Games

/// Builds the game of a scenario: the story becomes an extensive form.
///
/// Every line of play is followed once. At a step, the mover's information set is the step, its
/// own types, and exactly what it has seen and done so far, in order; perfect recall holds by
/// construction. What depends on drawn quantities stays as operations of a ``ValueGraph``.
///
/// The lines of play are followed with a stack of our own, so that their length costs memory
/// only.
///
/// - Complexity: O(nodes × expressions that a node changes); equal situations are evaluated once.
public struct GameCompiler {
  /// How large a game may become. Each limit can be raised.
  public struct Limits: Sendable {
    /// The most nodes. The work of following the story is limited in proportion.
    public var nodes = 1_000_000
    /// The most things that happen on one line of play.
    public var depth = 600

    /// The default limits.
    public init() {}

    /// The most moments of the story and parts of expressions that may be looked at.
    var work: Int {
      let (product, overflow) = nodes.multipliedReportingOverflow(by: 100)
      return overflow ? Int.max : product
    }
  }

  /// A choice replaced without anybody's knowing.
  public struct SecretSupposition: Sendable {
    /// What is chosen instead.
    public var choices: [Supposition]
    /// The histories in which it is; nil for all.
    public var whereCondition: Expression?

    /// What is replaced, and in which histories.
    public init(choices: [Supposition], whereCondition: Expression?) {
      self.choices = choices
      self.whereCondition = whereCondition
    }
  }

  /// A condition on how play ends, perhaps only on what has happened by a day.
  public struct Event: Sendable {
    /// What must hold.
    public var condition: Expression
    /// The day; nil where none is named.
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
    /// The histories in which choices are forced; nil for all.
    public var whereCondition: Expression?
    /// Choices replaced without anybody's knowing.
    public var secrets: [SecretSupposition] = []
    /// Conditions whose truth at each end is wanted.
    public var events: [Event] = []
    /// Numbers wanted that depend on quantities only.
    public var numbers: [Expression] = []
    /// Whether the terms of payoffs are wanted one by one.
    public var wantsTerms = false
    /// How large the game may become.
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
  var reported: Set<String> = []
  /// Nothing more is built: the game is too large, or wrong.
  var stopped = false

  // What the views of the game are: see `prepareViews`.
  var views: [ParametricGame.View] = []
  var viewBeliefs: [ViewBeliefs] = []

  // Grown beside the tree.
  var chanceFacts: [Int] = []
  var chancePlaces: [Place] = []
  var decisions: [ParametricGame.Decision] = []
  var sets = InformationSets()
  var events: [[Int32]]
  var secretBranches: [[Int32]]
  var power: [Int32] = []
  var powerPlaces: [Place] = []
  var powerIndex: [Int32: Int] = [:]
  /// What has come to pass on some line of play: by slot, and by slot and value.
  var happened: Set<Int> = []
  var chosen: SlotValues
  /// Suppositions that some history lets happen: public ones, then by secret one.
  var supposed: Set<[Int]> = []
  /// Nodes begun, and branches that will need one.
  var nodesAhead = 1
  /// By event: the first moment that is not over by its day.
  let forgottenFrom: [Int?]
  /// By clause: the slots at which it falls due, for what its breach costs.
  let dueSlots: [[Int]]

  /// Nodes whose branches are being followed, root first.
  private var open: [OpenNode] = []

  private init(_ scenario: Scenario, _ order: Order) {
    self.scenario = scenario
    self.order = order
    // A story of too many moments is refused before it is followed.
    layout = SlotLayout(names: scenario.names, limit: order.limits.nodes)
    moments =
      layout.isTooLarge ? [] : scenario.moments(layout: layout, limit: order.limits.nodes)
    evaluator = ExpressionEvaluator(scenario: scenario, layout: layout, limit: order.limits.work)
    builder = GameTreeBuilder(players: scenario.parties.map(\.name))
    events = Array(repeating: [], count: order.events.count)
    secretBranches = Array(repeating: [], count: order.secrets.count)
    chosen = SlotValues(names: scenario.names)
    var dueSlots: [[Int]] = Array(repeating: [], count: scenario.clauses.count)
    for moment in moments {
      if case .step(let step, let slot, _, _) = moment, case .clause(let clause) = step.kind {
        dueSlots[clause].append(slot)
      }
    }
    self.dueSlots = dueSlots
    forgottenFrom = order.events.map { [moments] event in
      event.by.flatMap { day in moments.firstIndex { $0.isOpen(after: day) } }
    }
  }

  private mutating func run() -> (ParametricGame?, [Diagnostic]) {
    guard !layout.isTooLarge, moments.count < order.limits.nodes else {
      fail(
        "story-too-long", at: scenario.story.lazy.compactMap(\.roundPlace).first,
        "the story has more than \(order.limits.nodes) moments, its rounds told one by one",
        remedy: "use fewer rounds, or raise the limit with --max-nodes")
      return (nil, diagnostics)
    }
    prepareViews()
    let start = History(
      slots: layout.count, clauses: scenario.clauses.count, parties: scenario.parties.count)
    let numbers = order.numbers.map { evaluator.number($0, in: situation(start)) }
    drawTypes(0, start, at: .root)
    while !stopped, let (turn, history, place) = nextBranch() {
      switch turn {
      case .type(let index): drawTypes(index + 1, history, at: place)
      case .step(let here, _): follow(here.next, history, at: place)
      }
    }
    checkSuppositions()
    if let place = evaluator.unsettledRound { failUnsettled("of (…)", at: place) }
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
      eventPlaces: order.events.map(\.condition.place), secretBranches: secretBranches,
      numbers: numbers, power: power, chancePlaces: chancePlaces,
      powerPlaces: powerPlaces,
      payoffPlaces: scenario.payoffs.map { $0.first?.place ?? Place(line: 1, column: 1) })
    return (game, diagnostics)
  }

  // MARK: The stack of open nodes

  /// A node with branches that have not been followed yet.
  private struct OpenNode {
    var turn: Turn
    var history: History
    var node: GameTreeBuilder.Started
    /// By branch, the ordinal of the value.
    var values: [Int]
    var next = 0
  }

  /// What branches at a node.
  enum Turn {
    case type(Int)
    case step(MomentInPlay, Mover)
  }

  /// Who decides a step.
  enum Mover {
    case party(Int, [ChoiceOption])
    case chance
    case bargain(BargainRule)
  }

  /// Leaves a node's branches to be followed, in their order, after what has been begun.
  mutating func branch(
    _ turn: Turn, _ values: [Int], _ history: History, at node: GameTreeBuilder.Started
  ) {
    if case .step(let here, _) = turn {
      noteSecrets(here, history, node: node.node, values: values)
    }
    open.append(OpenNode(turn: turn, history: history, node: node, values: values))
    if open.count > order.limits.depth {
      let place: Place? =
        switch turn {
        case .type(let index): scenario.types[index].place
        case .step(let here, _): here.step.place
        }
      fail(
        "too-deep", at: place,
        "more than \(order.limits.depth) things happen on one line of play",
        remedy: "shorten the story, or raise the limit with --max-moves")
      stopped = true
    }
  }

  /// The next branch to be followed and what has happened when it has been taken.
  private mutating func nextBranch() -> (Turn, History, GameTreeBuilder.Place)? {
    while let top = open.last {
      if top.next == top.values.count {
        open.removeLast()
        continue
      }
      open[open.count - 1].next += 1
      // A branch copies what has happened so far.
      guard evaluator.spend(1 + layout.count / 64) else {
        stopForWork()
        return nil
      }
      let value = top.values[top.next]
      let place = top.node.branch(top.next)
      switch top.turn {
      case .type(let index):
        let type = scenario.types[index]
        let slot = layout.first[type.fact]
        var history = top.history
        history.facts[slot] = Int32(value)
        history.seen[type.party] = observations.adding(
          slot: slot, value: Int32(value), to: history.seen[type.party])
        return (top.turn, history, place)
      case .step(let here, let mover):
        return (top.turn, after(here, value: value, mover, top.history), place)
      }
    }
    return nil
  }
}
