import Equilibria
import Games
import Scenarios

/// What one draw gives.
struct DrawResult: Sendable {
  /// By query, over all worlds: P(event and condition), P(condition), and the limit of
  /// P(event | condition) where the condition has probability 0.
  var joint: [Double]
  var condition: [Double]
  var limit: [Double]
  /// Probability and odds outside the story.
  var outside: Double = 0
  var outsideThen: Double = 0
  /// Why the draw has no game.
  var invalid: ParametricGame.InvalidDraw?
  /// By world: why it could not be certified.
  var failures: [String?]
  /// The largest regret over the certified worlds.
  var regret: Double = 0

  init(queries: Int, worlds: Int) {
    joint = Array(repeating: 0, count: queries)
    condition = Array(repeating: 0, count: queries)
    limit = Array(repeating: 0, count: queries)
    failures = Array(repeating: nil, count: worlds)
  }
}

/// Solves draws one after the other, keeping its working memory.
struct DrawWorker {
  let worlds: [World]
  let scenario: Scenario
  let source: DrawSource
  private var inputs: [Double] = []
  private var point: [Double]
  private var values: [[Double]]
  private var games: [ExtensiveGame]
  private var workspaces: [[Workspace]]
  private var verifiers: [Verifier]
  private var reach: [[Double]]
  /// By world: the sum of each terminal's probability over the certified draws.
  var terminalSums: [[Double]]
  /// By action of the first world: the highest conditional probability in any draw.
  var highestProbability: [Double]

  init(worlds: [World], scenario: Scenario, source: DrawSource) {
    self.worlds = worlds
    self.scenario = scenario
    self.source = source
    point = source.makePoint()
    values = worlds.map { Array(repeating: 0, count: $0.game.graph.operations.count) }
    games = worlds.map { $0.game.emptyGame() }
    workspaces = worlds.map { $0.solvers.map { $0.makeWorkspace() } }
    verifiers = worlds.map { Verifier(tree: $0.game.tree) }
    reach = worlds.map { Array(repeating: 0, count: $0.game.tree.nodes.count) }
    terminalSums = worlds.map { Array(repeating: 0, count: $0.game.tree.terminals.count) }
    highestProbability = Array(repeating: 0, count: worlds[0].game.tree.actionCount)
  }

  /// Begins a new block: sums start at 0.
  mutating func beginBlock() {
    for world in terminalSums.indices {
      for index in terminalSums[world].indices { terminalSums[world][index] = 0 }
    }
    for index in highestProbability.indices { highestProbability[index] = 0 }
  }

  /// Solves one draw, or with `nil` the best estimates.
  mutating func solve(draw: Int?) -> DrawResult {
    if let draw {
      source.draw(draw, point: &point, into: &inputs)
    } else {
      inputs = source.bestEstimates
    }
    var result = DrawResult(
      queries: worlds.reduce(0) { $0 + $1.queries.count }, worlds: worlds.count)
    var offset = 0
    for (index, world) in worlds.enumerated() {
      do {
        if let play = try solve(world: index, &result) {
          measure(world, index, play, offset: offset, &result)
        }
      } catch {
        result.invalid = error
        return result
      }
      offset += world.queries.count
    }
    return result
  }

  /// Solves every view of a world and certifies each; returns the play that results, or nil where
  /// a view could not be certified.
  private mutating func solve(
    world index: Int, _ result: inout DrawResult
  ) throws(ParametricGame.InvalidDraw) -> Assessment? {
    let world = worlds[index]
    world.game.graph.evaluate(inputs: inputs, into: &values[index])
    try outside(world, index, &result)
    var assessments: [Assessment] = []
    var regret = 0.0
    // The first view last, so that `games` holds the analyst's odds in the end.
    for view in world.game.views.indices.reversed() {
      try world.game.fill(&games[index], view: view, values: values[index])
      let solution = world.solve(
        view: view, games[index],
        rationality: scenario.solve.rationality.map { inputs[$0] },
        workspace: &workspaces[index][view], verifier: &verifiers[index])
      switch solution {
      case .failure(let message):
        result.failures[index] = message
        return nil
      case .success(let assessment, let gain):
        regret = max(regret, gain)
        assessments.append(assessment)
      }
    }
    result.regret = max(result.regret, regret)
    return world.combined(assessments.reversed())
  }

  private func outside(
    _ world: World, _ index: Int, _ result: inout DrawResult
  ) throws(ParametricGame.InvalidDraw) {
    guard index == 0, let outside = scenario.outside else { return }
    result.outside = inputs[outside.input]
    let then = world.game.numbers.first.map { values[index][Int($0)] } ?? .nan
    guard then >= 0, then <= 1 else {
      throw ParametricGame.InvalidDraw(
        message: "the odds outside the story are not between 0% and 100%", place: outside.place)
    }
    result.outsideThen = then
  }

  /// Reads the answers off the play of a world.
  private mutating func measure(
    _ world: World, _ index: Int, _ play: Assessment, offset: Int, _ result: inout DrawResult
  ) {
    let tree = world.game.tree
    let odds = games[index].odds
    Play.terminals(
      tree, odds: odds, profile: play.profile.probabilities, forced: nil, reach: &reach[index])
    for (terminal, end) in tree.terminals.enumerated() {
      terminalSums[index][terminal] += reach[index][end.node]
    }
    if index == 0 {
      for action in highestProbability.indices {
        highestProbability[action] = max(
          highestProbability[action], play.profile.probabilities[action])
      }
    }
    for (ordinal, query) in world.queries.enumerated() {
      let forced = query.secret.map { world.game.secretBranches[$0] }
      var ends = reach[index]
      if let forced {
        Play.terminals(
          tree, odds: odds, profile: play.profile.probabilities, forced: forced, reach: &ends)
      }
      var joint = 0.0
      var condition = 0.0
      for (terminal, end) in tree.terminals.enumerated() where ends[end.node] > 0 {
        let given = holds(query.given, terminal, world, index)
        if given == 0 { continue }
        condition += ends[end.node]
        if holds(query.event, terminal, world, index) != 0 { joint += ends[end.node] }
      }
      result.joint[offset + ordinal] = joint
      result.condition[offset + ordinal] = query.given == nil ? 1 : min(condition, 1)
      if query.given != nil, condition == 0 {
        result.limit[offset + ordinal] = limit(query, world, index, play, forced)
      }
    }
  }

  private func holds(_ event: Int?, _ terminal: Int, _ world: World, _ index: Int) -> Double {
    guard let event else { return 1 }
    return values[index][Int(world.game.events[event][terminal])]
  }

  /// P(event | condition) in the limit of the witness, where the condition has probability 0.
  private func limit(
    _ query: World.Query, _ world: World, _ index: Int, _ play: Assessment, _ forced: [Int32]?
  ) -> Double {
    let tree = world.game.tree
    let logs = Play.logarithms(
      tree, odds: games[index].odds, logTrembles: play.logTrembles, forced: forced)
    var highest = -Double.infinity
    for (terminal, end) in tree.terminals.enumerated()
    where holds(query.given, terminal, world, index) != 0 { highest = max(highest, logs[end.node]) }
    guard highest > -.infinity else { return .nan }
    var joint = 0.0
    var total = 0.0
    for (terminal, end) in tree.terminals.enumerated()
    where holds(query.given, terminal, world, index) != 0 {
      let weight = exponential(logs[end.node] - highest)
      total += weight
      if holds(query.event, terminal, world, index) != 0 { joint += weight }
    }
    return joint / total
  }
}
