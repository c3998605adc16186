import Games
import Mathematics

/// Solving one region for every draw of a block.
extension BlockWorkspace {
  /// Finds each player's payoff range in each draw, and which draws have numbers that are none.
  mutating func findRanges(
    _ numbers: Columns, symbols: GameSymbols, tree: GameTree, draws: Int
  ) {
    let players = tree.players.count
    let groups = (draws + Lanes.width - 1) / Lanes.width
    for player in 0..<players {
      let payoffs = Set(
        stride(from: player, to: symbols.payoffs.count, by: players).map { symbols.payoffs[$0] }
      ).sorted()
      for group in 0..<groups {
        var low = Lanes(repeating: .infinity)
        var high = Lanes(repeating: -.infinity)
        var sum = Lanes()
        for symbol in payoffs {
          let value = numbers.lanes(Int(symbol), group: group)
          low.replace(with: value, where: value .< low)
          high.replace(with: value, where: value .> high)
          sum += value
        }
        let range = high - low
        lowest.setLanes(player, group: group, low)
        scale.setLanes(
          player, group: group,
          (1 / range).replacing(with: 1, where: .!(range .> 0)))
        for lane in 0..<Lanes.width where !sum[lane].isFinite || !range[lane].isFinite {
          let draw = group * Lanes.width + lane
          if draw < draws, failures[draw] == nil { failures[draw] = .notFinite }
        }
      }
    }
  }

  /// Solves a region: side by side where no choice is unknown, else along the paths.
  mutating func run(
    _ solver: SequentialSolver, program ordinal: Int, _ block: BlockNumbers,
    rationality: [Double]?
  ) {
    let programs = solver.compiled
    let isWhole = ordinal == programs.subgames.count
    let program = isWhole ? programs.whole : programs.subgames[ordinal]
    let plan = programs.plans[ordinal]
    let groups = (block.draws + Lanes.width - 1) / Lanes.width
    let isExplicit =
      program.unknownCount == 0 && !program.beliefsMove && program.powers.isEmpty
      && rationality == nil
    for entry in memory.indices { memory[entry] = Lanes() }
    for group in 0..<groups {
      fill(solver, program, block, group: group)
      if isExplicit {
        solveExplicit(program, group: group, ordinal: ordinal)
      } else {
        keepInputs(program, group: group, groups: groups)
      }
    }
    if isExplicit { return }
    follow(
      program, plan, ordinal: ordinal, draws: block.draws, groups: groups, rationality: rationality)
  }

  // MARK: - Inputs

  /// Loads eight draws' numbers into the program's memory.
  private mutating func fill(
    _ solver: SequentialSolver, _ program: LogitProgram, _ block: BlockNumbers, group: Int
  ) {
    let players = solver.tree.players.count
    let symbols = block.symbols
    for input in program.terminals {
      let player = Int(input.view)
      let symbol = symbols.payoffs[Int(input.source) * players + player]
      memory[Int(input.address)] =
        (block.lanes(symbol, group: group) - lowest.lanes(player, group: group))
        * scale.lanes(player, group: group)
    }
    for input in program.leaves {
      let subgame = solver.compiled.subgameOfRoot[Int(input.source)]
      memory[Int(input.address)] = subgameValues.lanes(
        subgame * players + Int(input.view), group: group)
    }
    for input in program.odds {
      let view = Int(input.view)
      let branch = Int(input.source)
      let own = view > 0 ? symbols.subjectiveOdds[view - 1] : nil
      memory[Int(input.address)] = block.lanes(own?[branch] ?? symbols.odds[branch], group: group)
    }
    for input in program.powers {
      memory[Int(input.address)] = block.lanes(block.power[Int(input.source)], group: group)
    }
    fillTerms(program)
    let layout = program.layout
    for set in program.sets where set.role == .trivial {
      let share = 1 / Double(set.actionCount)
      for local in set.firstAction..<(set.firstAction + set.actionCount) {
        memory[layout.probability + local] = Lanes(repeating: share)
        memory[layout.logProbability + local] = Lanes(repeating: logarithm(share))
        memory[layout.probabilitySlope + local] = Lanes()
        memory[layout.logProbabilitySlope + local] = Lanes()
      }
    }
  }

  /// The logarithm of each belief term's chance odds; see ``Workspace``.
  private mutating func fillTerms(_ program: LogitProgram) {
    if program.terms.isEmpty { return }
    let layout = program.layout
    for place in program.odds.indices {
      let value = memory[layout.odds + place]
      let isPossible = value .> 0
      memory[layout.logOdds + place] = Lanes().replacing(
        with: logarithm(Lanes(repeating: 1).replacing(with: value, where: isPossible)),
        where: isPossible)
    }
    for set in program.termSets {
      var fewest = Lanes(repeating: .infinity)
      for term in set {
        for node in program.terms[term].nodes {
          let zeros = impossibleBranches(program, node: Int(node))
          fewest.replace(with: zeros, where: zeros .< fewest)
        }
      }
      for term in set {
        var highest = Lanes(repeating: -.infinity)
        for node in program.terms[term].nodes {
          let weight = pathWeight(program, node: Int(node), fewest: fewest)
          highest.replace(with: weight, where: weight .> highest)
        }
        let base = highest.replacing(with: 0, where: highest .== -.infinity)
        var total = Lanes()
        for node in program.terms[term].nodes {
          total += exponential(pathWeight(program, node: Int(node), fewest: fewest) - base)
        }
        let sum = base + logarithm(total.replacing(with: 1, where: total .<= 0))
        memory[Int(program.terms[term].address)] = sum.replacing(
          with: -.infinity, where: total .<= 0)
      }
      fillShares(program, of: set)
    }
  }

  /// The odds of an information set's belief terms relative to the likeliest.
  private mutating func fillShares(_ program: LogitProgram, of set: Range<Int>) {
    var highest = Lanes(repeating: -.infinity)
    for term in set {
      let weight = memory[Int(program.terms[term].address)]
      highest.replace(with: weight, where: weight .> highest)
    }
    highest.replace(with: 0, where: highest .== -.infinity)
    for term in set {
      memory[program.layout.termShares + term] = exponential(
        memory[Int(program.terms[term].address)] - highest)
    }
  }

  /// How many branches of odds 0 lead to a node.
  private func impossibleBranches(_ program: LogitProgram, node: Int) -> Lanes {
    var zeros = Lanes()
    for place in program.termNodes[node] {
      let odds = memory[program.layout.odds + Int(program.termOdds[Int(place)])]
      zeros.replace(with: zeros + 1, where: odds .<= 0)
    }
    return zeros
  }

  /// The logarithm of a node's odds; minus infinity where others are less unlikely.
  private func pathWeight(_ program: LogitProgram, node: Int, fewest: Lanes) -> Lanes {
    var sum = Lanes()
    for place in program.termNodes[node] {
      sum += memory[program.layout.logOdds + Int(program.termOdds[Int(place)])]
    }
    return sum.replacing(
      with: -.infinity, where: impossibleBranches(program, node: node) .> fewest)
  }

  /// Keeps eight draws' inputs until their lanes' turn comes.
  private mutating func keepInputs(_ program: LogitProgram, group: Int, groups: Int) {
    var place = group
    program.forEachInput { address in
      inputs[place] = memory[address]
      place += groups
    }
  }

  // MARK: - Without unknown choices

  /// Backward induction over eight draws. The witness is the logit choice at a λ at which
  /// everything is decided.
  private mutating func solveExplicit(_ program: LogitProgram, group: Int, ordinal: Int) {
    memory.withUnsafeMutableBufferPointer { memory in
      program.withLaneSystem(memory) { system in
        system.runConstants()
        var lambda = Lanes(repeating: 100)
        system.runExplicit(lambda: lambda, mode: .limit)
        var least = Lanes(repeating: .infinity)
        for set in program.sets where set.role == .explicit {
          let worth = system.memory + system.layout.worth + set.firstAction
          var best = worth[0]
          for action in 1..<max(set.actionCount, 1) {
            best.replace(with: worth[action], where: worth[action] .> best)
          }
          for action in 0..<set.actionCount {
            let gap = best - worth[action]
            least.replace(with: gap, where: (gap .> LogitSystem.tie) .& (gap .< least))
          }
        }
        var needed = 45 / least * 1.01
        needed.replace(with: 1e14, where: needed .> 1e14)
        lambda.replace(with: needed, where: 45 / least .> lambda)
        system.runExplicit(lambda: lambda, mode: .limit)
        system.runClosing()
      }
    }
    let layout = program.layout
    for set in program.sets {
      for action in 0..<set.actionCount {
        let local = set.firstAction + action
        probabilities.setLanes(
          set.globalAction + action, group: group, memory[layout.probability + local])
        logTrembles.setLanes(
          set.globalAction + action, group: group, memory[layout.logProbability + local])
      }
    }
    let players = lowest.count
    if ordinal * players < subgameValues.count {
      for player in 0..<players {
        subgameValues.setLanes(
          ordinal * players + player, group: group, memory[Int(program.rootValues[player])])
      }
    }
  }
}

extension LogitProgram {
  /// The addresses of the numbers that differ between draws.
  @inline(__always)
  func forEachInput(_ body: (Int) -> Void) {
    for input in terminals { body(Int(input.address)) }
    for input in leaves { body(Int(input.address)) }
    for place in odds.indices { body(layout.odds + place) }
    for place in odds.indices { body(layout.logOdds + place) }
    for term in terms { body(Int(term.address)) }
    for term in terms.indices { body(layout.termShares + term) }
    for input in powers { body(Int(input.address)) }
  }

  /// Lends the instruction streams and a memory as a ``LaneLogitSystem``.
  func withLaneSystem(
    _ memory: UnsafeMutableBufferPointer<Lanes>, _ body: (LaneLogitSystem) -> Void
  ) {
    guard let base = memory.baseAddress else { return }
    withCode(orAt: base) { code in
      body(
        LaneLogitSystem(
          memory: base, layout: layout, rowLength: rowLength, constantCode: code.constants,
          explicitCode: code.explicit, unknownCode: code.unknown, closingCode: code.closing,
          gradientIndex: code.gradientIndex))
    }
  }
}
