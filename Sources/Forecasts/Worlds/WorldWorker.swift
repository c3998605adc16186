import Equilibria
import Games
import Mathematics
import Scenarios

/// Solves one world's blocks of draws: numbers, equilibria, certificates, answers.
struct WorldWorker {
  let world: World
  private let index: Int
  private var numbers: Columns
  private var scratch: ValueProgram.Scratch
  private var workspaces: [BlockWorkspace]
  private var verifiers: [BlockVerifier]
  private var certificates: [Certificate] = []
  private var play: BlockReach
  private var profile: Columns
  private var trembles: Columns
  private var ends: Columns
  private var forcedEnds: Columns
  /// One for each standpoint.
  private var seen: [BlockReach]
  private let plan: ChoicePlan?

  /// A worker for blocks of at most so many draws of the world at an index.
  init(_ world: World, index: Int, draws: Int, explaining plan: ChoicePlan? = nil) {
    self.plan = plan
    self.world = world
    self.index = index
    let tree = world.game.tree
    numbers = world.block.program.makeColumns(draws: draws)
    scratch = world.block.program.makeScratch()
    workspaces = world.solvers.map { $0.makeBlockWorkspace(draws: draws) }
    verifiers = world.block.symbols.map {
      BlockVerifier(tree: tree, symbols: $0, power: world.block.power)
    }
    play = BlockReach(tree: tree, odds: world.block.symbols[0].odds)
    profile = Columns(count: tree.actionCount, draws: draws)
    trembles = profile
    ends = Columns(count: tree.terminals.count, draws: draws)
    forcedEnds = ends
    seen = world.standpoints.map { standpoint in
      let symbols = world.block.symbols[standpoint.view]
      return BlockReach(
        tree: tree, odds: symbols.subjectiveOdds[standpoint.party] ?? symbols.odds)
    }
  }

  // MARK: - Numbers

  /// Computes the game's numbers, and notes which draws have no game.
  mutating func evaluate(_ inputs: Columns, _ result: inout BlockResult) {
    let count = result.draws.count
    world.block.program.evaluate(
      inputs: inputs, draws: count, into: &numbers, scratch: &scratch)
    if world.block.needsCare(&numbers, draws: count) { look(at: inputs, count, &result) }
  }

  /// The first number asked for beside the game.
  func firstNumber(_ place: Int) -> Double? {
    world.block.numbers.first.map { numbers[Int($0), place] }
  }

  /// Finds out what is wrong with which draws.
  private func look(at inputs: Columns, _ count: Int, _ result: inout BlockResult) {
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
      do {
        try world.game.checkEvents(values)
      } catch {
        result.invalid[place] = result.invalid[place] ?? error
      }
    }
  }

  // MARK: - Equilibria

  /// Solves every view of a world and certifies each; the play that results is in the memory.
  mutating func solve(rationality: [Double]?, _ result: inout BlockResult) {
    let count = result.draws.count
    let skipped = (0..<count).map { result.invalid[$0] != nil }
    let rationality = world.selection == .fixedRationality ? rationality : nil
    for view in world.solvers.indices {
      let before = workspaces[view].statistics
      world.solvers[view].solve(
        numbers, power: world.block.power, draws: count, rationality: rationality,
        skipping: skipped, workspace: &workspaces[view])
      certify(view, count, rationality, &result)
      result.statistics.add(workspaces[view].statistics.since(before))
    }
    world.combine(workspaces, into: &profile, &trembles)
  }

  /// Traces a draw by itself whose play in lanes the verifier refuses.
  private mutating func retrace(_ view: Int, _ place: Int) {
    let game = world.block.game(view: view, draw: place, of: numbers)
    var memory = world.solvers[view].makeWorkspace()
    let traced = world.solvers[view].solve(game, workspace: &memory)
    if traced.failure != nil { return }
    var verifier = Verifier(tree: game.tree)
    let certificate = verifier.certificate(
      for: traced.assessment, of: game, tolerance: world.tolerance)
    guard certificate.holds else { return }
    certificates[place] = certificate
    workspaces[view].replace(place, by: traced.assessment)
  }

  private mutating func certify(
    _ view: Int, _ count: Int, _ rationality: [Double]?,
    _ result: inout BlockResult
  ) {
    verifiers[view].check(
      profile: workspaces[view].probabilities, logTrembles: workspaces[view].logTrembles,
      numbers: numbers, draws: count, tolerance: world.tolerance,
      rationality: rationality, into: &certificates)
    for place in 0..<count where result.invalid[place] == nil {
      if rationality == nil, workspaces[view].failures[place] == nil, !certificates[place].holds {
        retrace(view, place)
      }
      if let failure = workspaces[view].failures[place] {
        // The game of the view that comes first tells most.
        result.failures[index][place] = result.failures[index][place] ?? "\(failure)"
        continue
      }
      let certificate = certificates[place]
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
  mutating func measure(offset: Int, _ result: inout BlockResult) {
    let count = result.draws.count
    play.findEnds(
      profile: profile, numbers: numbers, draws: count,
      into: &ends)
    if index == 0 { addSums(count, &result) }
    for (ordinal, query) in world.queries.enumerated() {
      let secret = query.secret.map { world.game.secretBranches[$0] }
      if let secret {
        play.findEnds(
          profile: profile, numbers: numbers, forced: secret,
          draws: count, into: &forcedEnds)
      }
      answer(
        query, ends: secret == nil ? ends : forcedEnds, count, position: offset + ordinal, &result)
      if query.given == nil, query.weight == nil { continue }
      for place in 0..<count
      where result.condition[offset + ordinal, place] == 0
        && result.isCertified(place, world: index)
      {
        result.limit[offset + ordinal, place] = limit(query, place, secret)
      }
    }
  }

  /// Sums P(event and condition) and P(condition) over the terminals.
  private func answer(
    _ query: World.Query, ends: Columns, _ count: Int, position: Int, _ result: inout BlockResult
  ) {
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
        if let weight = query.weight {
          share *= numbers.lanes(Int(events[weight][terminal]), group: group)
        }
        condition += share
        share.replace(
          with: 0, where: numbers.lanes(Int(events[query.event][terminal]), group: group) .== 0)
        joint += share
      }
      if query.given == nil, query.weight == nil {
        condition = Lanes(repeating: 1)
      } else if query.weight == nil {
        condition.replace(with: 1, where: condition .> 1)
      }
      result.joint.setLanes(position, group: group, joint)
      result.condition.setLanes(position, group: group, condition)
    }
  }

  /// Sums payoffs and probabilities over the terminals.
  mutating func measureEnds(offset: Int, _ result: inout BlockResult) {
    sum(standpoint: nil, view: 0, ends: ends, offset: offset, &result)
    for (index, standpoint) in world.standpoints.enumerated() {
      seen[index].findEnds(
        profile: workspaces[standpoint.view].probabilities, numbers: numbers,
        draws: result.draws.count, into: &forcedEnds)
      sum(standpoint: index, view: standpoint.view, ends: forcedEnds, offset: offset, &result)
    }
  }

  private func sum(
    standpoint: Int?, view: Int, ends: Columns, offset: Int, _ result: inout BlockResult
  ) {
    let block = world.block
    for (ordinal, measure) in world.measures.enumerated() where measure.standpoint == standpoint {
      let columns = measure.party.map { world.columns(of: $0, term: measure.term, view: view) }
      for group in 0..<((result.draws.count + Lanes.width - 1) / Lanes.width) {
        var sum = Lanes()
        for terminal in 0..<ends.count {
          var share = ends.lanes(terminal, group: group)
          if let condition = measure.condition {
            let holds = numbers.lanes(Int(block.events[condition][terminal]), group: group)
            share.replace(with: 0, where: holds .== 0)
          }
          if let columns {
            let product = share * numbers.lanes(columns[terminal], group: group)
            share = product.replacing(with: 0, where: share .== 0)
          }
          sum += share
        }
        result.measures.setLanes(offset + ordinal, group: group, sum)
      }
    }
  }

  /// Adds up why the choices of the plan are made.
  mutating func explain(_ result: inout BlockResult) {
    guard let plan else { return }
    var kernel = ChoiceKernel(world, plan: plan)
    result.choices = plan.decisions.map { decision in
      ChoiceSums(
        options: decision.options.count,
        terms: world.block.terms[decision.view][decision.party].count
          / max(world.game.tree.terminals.count, 1))
    }
    for place in 0..<result.draws.count where result.isCertified(place, world: index) {
      kernel.add(
        ChoiceKernel.Draw(
          numbers: numbers.row(place), play: profile.row(place),
          profiles: workspaces.map { $0.probabilities.row(place) },
          logTrembles: workspaces.map { $0.logTrembles.row(place) }),
        replicate: DrawSource.replicate(of: result.draws.lowerBound + place), to: &result.choices)
    }
  }

  private func addSums(_ count: Int, _ result: inout BlockResult) {
    let line = world.lineCondition.map { world.block.events[$0] }
    for place in 0..<count where result.isCertified(place, world: 0) {
      for terminal in 0..<ends.count {
        if let line, numbers[Int(line[terminal]), place] == 0 { continue }
        result.terminalSums[terminal] += ends[terminal, place]
      }
      if let weight = world.weight {
        let columns = world.block.events[weight]
        for terminal in 0..<ends.count {
          result.weightedSums[terminal] +=
            ends[terminal, place] * numbers[Int(columns[terminal]), place]
        }
      }
      for action in 0..<profile.count {
        result.highestProbability[action] = max(
          result.highestProbability[action], profile[action, place])
      }
    }
  }

  /// P(event | condition) in the limit of the witness, where the condition has probability 0.
  private func limit(
    _ query: World.Query, _ place: Int, _ forced: [Int32]?
  ) -> Double {
    let tree = world.game.tree
    let logs = Play.logarithms(
      tree,
      odds: world.block.symbols[0].odds.map { $0 < 0 ? 0 : numbers[Int($0), place] },
      logTrembles: (0..<tree.actionCount).map { trembles[$0, place] }, forced: forced)
    func holds(_ event: Int?, _ terminal: Int) -> Bool {
      guard let event else { return true }
      return numbers[Int(world.block.events[event][terminal]), place] != 0
    }
    let possible = tree.terminals.enumerated().filter { holds(query.given, $0.offset) }
    let highest = possible.map { logs[$0.element.node] }.max() ?? -.infinity
    guard highest > -.infinity else { return .nan }
    var joint = 0.0
    var total = 0.0
    for (terminal, end) in possible {
      var weight = exponential(logs[end.node] - highest)
      if let factor = query.weight {
        weight *= numbers[Int(world.block.events[factor][terminal]), place]
      }
      total += weight
      if holds(query.event, terminal) { joint += weight }
    }
    return joint / total
  }
}
