import Equilibria
import Games
import Mathematics
import Scenarios

/// Solves blocks of draws one after the other, keeping its working memory.
struct BlockWorker {
  let worlds: [World]
  let scenario: Scenario
  let source: any InputSource
  private var inputs: Columns
  private var memories: [WorldMemory]

  /// One world's memory.
  private struct WorldMemory {
    var numbers: Columns
    var scratch: ValueProgram.Scratch
    var workspaces: [BlockWorkspace]
    var verifiers: [BlockVerifier]
    var certificates: [Certificate] = []
    var play: BlockPlay
    var profile: Columns
    var trembles: Columns
    var ends: Columns

    init(_ world: World, draws: Int) {
      let tree = world.game.tree
      numbers = world.block.program.makeColumns(draws: draws)
      scratch = world.block.program.makeScratch()
      workspaces = world.solvers.map { $0.makeBlockWorkspace(draws: draws) }
      verifiers = world.block.symbols.map {
        BlockVerifier(tree: tree, symbols: $0, power: world.block.power)
      }
      play = BlockPlay(tree: tree, odds: world.block.symbols[0].odds)
      profile = Columns(count: tree.actionCount, draws: draws)
      trembles = profile
      ends = Columns(count: tree.terminals.count, draws: draws)
    }
  }

  init(worlds: [World], scenario: Scenario, source: any InputSource, draws: Int) {
    self.worlds = worlds
    self.scenario = scenario
    self.source = source
    inputs = Columns(count: scenario.inputs.count, draws: draws)
    memories = worlds.map { WorldMemory($0, draws: draws) }
  }

  /// Solves the draws of a block.
  mutating func solve(_ draws: Range<Int>) -> BlockResult {
    var result = BlockResult(draws: draws, worlds: worlds)
    source.fill(draws, into: &inputs)
    for (index, world) in worlds.enumerated() {
      world.block.program.evaluate(
        inputs: inputs, draws: draws.count, into: &memories[index].numbers,
        scratch: &memories[index].scratch)
      if world.block.needsCare(&memories[index].numbers, draws: draws.count) {
        look(at: world, draws.count, &result)
      }
    }
    noteOutside(&result)
    var offset = 0
    for (index, world) in worlds.enumerated() {
      if Task.isCancelled { return result }
      solve(world, index, draws.count, &result)
      measure(world, index, draws.count, offset: offset, &result)
      offset += world.queries.count
    }
    return result
  }

  // MARK: - Numbers

  /// Finds out what is wrong with which draws.
  private func look(at world: World, _ count: Int, _ result: inout BlockResult) {
    var values: [Double] = []
    var game = world.game.emptyGame()
    for place in 0..<count where result.invalid[place] == nil {
      world.game.graph.evaluate(inputs: inputs.row(place), into: &values)
      for view in world.game.views.indices.reversed() {
        do {
          try world.game.fill(&game, view: view, values: values)
        } catch {
          result.invalid[place] = error
        }
      }
    }
  }

  private func noteOutside(_ result: inout BlockResult) {
    guard let outside = scenario.outside else { return }
    for place in 0..<result.draws.count {
      result.outside[place] = inputs[outside.input, place]
      let then = worlds[0].block.numbers.first.map { memories[0].numbers[Int($0), place] } ?? .nan
      result.outsideThen[place] = then
      if !(then >= 0 && then <= 1), result.invalid[place] == nil {
        result.invalid[place] = ParametricGame.InvalidDraw(
          message: "the odds outside the story are not between 0% and 100%", place: outside.place)
      }
    }
  }

  // MARK: - Equilibria

  /// Solves every view of a world and certifies each; the play that results is in the memory.
  private mutating func solve(
    _ world: World, _ index: Int, _ count: Int, _ result: inout BlockResult
  ) {
    let skipped = (0..<count).map { result.invalid[$0] != nil }
    var rationality: [Double]?
    if world.selection == .fixedRationality, let input = scenario.solve.rationality {
      rationality = (0..<count).map { inputs[input, $0] }
    }
    for view in world.solvers.indices {
      let before = memories[index].workspaces[view].statistics
      world.solvers[view].solve(
        memories[index].numbers, power: world.block.power, draws: count, rationality: rationality,
        skipping: skipped, workspace: &memories[index].workspaces[view])
      result.statistics.add(memories[index].workspaces[view].statistics.since(before))
      certify(world, index, view, count, rationality, &result)
    }
    world.combine(
      memories[index].workspaces, into: &memories[index].profile, &memories[index].trembles)
  }

  private mutating func certify(
    _ world: World, _ index: Int, _ view: Int, _ count: Int, _ rationality: [Double]?,
    _ result: inout BlockResult
  ) {
    let workspace = memories[index].workspaces[view]
    memories[index].verifiers[view].check(
      profile: workspace.probabilities, logTrembles: workspace.logTrembles,
      numbers: memories[index].numbers, draws: count, tolerance: world.tolerance,
      rationality: rationality, into: &memories[index].certificates)
    for place in 0..<count where result.invalid[place] == nil {
      if let failure = workspace.failures[place] {
        // The game of the view that comes first tells most.
        result.failures[index][place] = result.failures[index][place] ?? "\(failure)"
        continue
      }
      let certificate = memories[index].certificates[place]
      if certificate.holds {
        result.largestRegret = max(result.largestRegret, certificate.maximumRegret)
        continue
      }
      let sets = world.game.tree.informationSets
      let label =
        sets.indices.contains(certificate.informationSet)
        ? sets[certificate.informationSet].label : "an information set"
      result.failures[index][place] =
        result.failures[index][place]
        ?? (rationality == nil
          ? "a party could gain \(certificate.maximumRegret) of its payoff range at '\(label)'"
          : "the logit equations hold only to \(certificate.maximumRegret)")
    }
  }

  // MARK: - Answers

  /// Reads the answers off the play of a world.
  private mutating func measure(
    _ world: World, _ index: Int, _ count: Int, offset: Int, _ result: inout BlockResult
  ) {
    memories[index].play.findEnds(
      profile: memories[index].profile, numbers: memories[index].numbers, draws: count,
      into: &memories[index].ends)
    if index == 0 { addSums(count, &result) }
    var forced = memories[index].ends
    for (ordinal, query) in world.queries.enumerated() {
      let secret = query.secret.map { world.game.secretBranches[$0] }
      if let secret {
        memories[index].play.findEnds(
          profile: memories[index].profile, numbers: memories[index].numbers, forced: secret,
          draws: count, into: &forced)
      }
      answer(
        query, world, index, ends: secret == nil ? memories[index].ends : forced, count,
        position: offset + ordinal, &result)
      if query.given == nil { continue }
      for place in 0..<count
      where result.condition[offset + ordinal, place] == 0
        && result.isCertified(place, world: index)
      {
        result.limit[offset + ordinal, place] = limit(query, world, index, place, secret)
      }
    }
  }

  /// Sums P(event and condition) and P(condition) over the terminals.
  private func answer(
    _ query: World.Query, _ world: World, _ index: Int, ends: Columns, _ count: Int, position: Int,
    _ result: inout BlockResult
  ) {
    let numbers = memories[index].numbers
    let events = world.block.events
    for group in 0..<((count + Lanes.width - 1) / Lanes.width) {
      var joint = Lanes()
      var condition = Lanes()
      for terminal in 0..<ends.count {
        var share = ends.lanes(terminal, group: group)
        if let given = query.given {
          share.replace(
            with: 0, where: numbers.lanes(Int(events[given][terminal]), group: group) .== 0)
        }
        condition += share
        share.replace(
          with: 0, where: numbers.lanes(Int(events[query.event][terminal]), group: group) .== 0)
        joint += share
      }
      if query.given == nil {
        condition = Lanes(repeating: 1)
      } else {
        condition.replace(with: 1, where: condition .> 1)
      }
      result.joint.setLanes(position, group: group, joint)
      result.condition.setLanes(position, group: group, condition)
    }
  }

  private func addSums(_ count: Int, _ result: inout BlockResult) {
    let ends = memories[0].ends
    let profile = memories[0].profile
    for place in 0..<count where result.isCertified(place, world: 0) {
      for terminal in 0..<ends.count { result.terminalSums[terminal] += ends[terminal, place] }
      for action in 0..<profile.count {
        result.highestProbability[action] = max(
          result.highestProbability[action], profile[action, place])
      }
    }
  }

  /// P(event | condition) in the limit of the witness, where the condition has probability 0.
  private func limit(
    _ query: World.Query, _ world: World, _ index: Int, _ place: Int, _ forced: [Int32]?
  ) -> Double {
    let tree = world.game.tree
    let memory = memories[index]
    let logs = Play.logarithms(
      tree,
      odds: world.block.symbols[0].odds.map { $0 < 0 ? 0 : memory.numbers[Int($0), place] },
      logTrembles: (0..<tree.actionCount).map { memory.trembles[$0, place] }, forced: forced)
    func holds(_ event: Int?, _ terminal: Int) -> Bool {
      guard let event else { return true }
      return memory.numbers[Int(world.block.events[event][terminal]), place] != 0
    }
    let possible = tree.terminals.enumerated().filter { holds(query.given, $0.offset) }
    let highest = possible.map { logs[$0.element.node] }.max() ?? -.infinity
    guard highest > -.infinity else { return .nan }
    var joint = 0.0
    var total = 0.0
    for (terminal, end) in possible {
      let weight = exponential(logs[end.node] - highest)
      total += weight
      if holds(query.event, terminal) { joint += weight }
    }
    return joint / total
  }
}
