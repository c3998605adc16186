internal import Games
import Mathematics

/// One thread's memory for a ``SequentialSolver``: flat buffers, made once, reused by every solve.
public struct Workspace: Sendable {
  private var memory: LogitMemory
  private let players: Int
  /// By player: 1 / range, and the lowest payoff.
  private var scale: [Double]
  private var lowest: [Double]
  /// The value of each solved subgame: by node × player.
  private var subgameValues: [Double]
  private var probabilities: [Double]
  private var logTrembles: [Double]
  private var statistics = SequentialSolver.Statistics()

  init(programs: [LogitProgram], tree: GameTree) {
    players = tree.players.count
    memory = LogitMemory(programs)
    scale = Array(repeating: 1, count: players)
    lowest = Array(repeating: 0, count: players)
    subgameValues = Array(repeating: 0, count: tree.nodes.count * players)
    probabilities = Array(repeating: 0, count: tree.actionCount)
    logTrembles = Array(repeating: 0, count: tree.actionCount)
  }

  /// Checks the numbers and finds the payoff ranges.
  mutating func load(
    _ numbers: SequentialSolver.Numbers, tree: GameTree, ownOdds: [Bool], normalized: Bool
  ) -> SequentialSolver.Failure? {
    statistics = SequentialSolver.Statistics()
    guard numbers.payoffs.count == tree.terminals.count * players,
      numbers.odds.count == tree.branchTarget.count, numbers.subjectiveOdds.count == players
    else { return .malformed }
    for player in 0..<players {
      if let own = numbers.subjectiveOdds[player] {
        if own.count != tree.branchTarget.count || !ownOdds[player] { return .malformed }
      }
    }
    for set in tree.informationSets {
      if let bargain = set.bargain, !numbers.power.indices.contains(bargain.powerIndex) {
        return .malformed
      }
    }
    for player in 0..<players {
      var low = Double.infinity
      var high = -Double.infinity
      var sum = 0.0
      for terminal in 0..<tree.terminals.count {
        let value = numbers.payoffs[terminal * players + player]
        sum += value
        low = min(low, value)
        high = max(high, value)
      }
      if !sum.isFinite || !(high - low).isFinite { return .notFinite }
      lowest[player] = normalized ? low : 0
      scale[player] = normalized && high > low ? 1 / (high - low) : 1
    }
    return nil
  }

  /// Copies what has been found.
  func result(
    method: SequentialSolver.Method, failure: SequentialSolver.Failure?
  ) -> SequentialSolver.Result {
    SequentialSolver.Result(
      assessment: Assessment(
        profile: BehaviorProfile(probabilities), logTrembles: logTrembles),
      method: method, statistics: statistics, failure: failure)
  }

  /// Measures everybody's payoffs, which were loaded as they are, in units of the largest range, so
  /// that the path's steps fit; returns that range.
  mutating func measureAlike(_ payoffs: [Double]) -> Double {
    var largest = 0.0
    for player in 0..<players {
      let own = stride(from: player, to: payoffs.count, by: players).lazy.map { payoffs[$0] }
      largest = max(largest, (own.max() ?? 0) - (own.min() ?? 0))
    }
    if largest == 0 { return 1 }
    for player in 0..<players { scale[player] = 1 / largest }
    return largest
  }

  /// The statistics, where λ was measured so.
  mutating func divideLambda(by unit: Double) { statistics.lambda /= unit }

  // MARK: - One region

  /// Solves one region; its choices and values stay in the workspace.
  mutating func run(
    _ program: LogitProgram, _ numbers: SequentialSolver.Numbers, target: Double?,
    limit: WorkLimit?
  ) -> SequentialSolver.Failure? {
    fill(program, numbers)
    let layout = program.layout
    var failure: SequentialSolver.Failure?
    var statistics = statistics
    memory.withPath(program) { path in
      failure = path.solve(program, target: target, limit: limit, statistics: &statistics)
      path.system.runClosing()
    }
    self.statistics = statistics
    for set in program.sets {
      for action in 0..<set.actionCount {
        let local = set.firstAction + action
        probabilities[set.globalAction + action] = memory[layout.probability + local]
        logTrembles[set.globalAction + action] = memory[layout.logProbability + local]
      }
    }
    for player in 0..<players {
      subgameValues[program.root * players + player] = memory[Int(program.rootValues[player])]
    }
    return failure
  }

  /// Lends the path of a region, for what only needs its branch.
  mutating func withBranch(
    of program: LogitProgram, _ numbers: SequentialSolver.Numbers,
    _ body: (inout LogitPath) -> Void
  ) {
    fill(program, numbers)
    memory.withPath(program) { path in
      path.system.runConstants()
      body(&path)
    }
  }

  /// Loads payoffs, odds and belief constants, and the choices at trivial sets.
  private mutating func fill(_ program: LogitProgram, _ numbers: SequentialSolver.Numbers) {
    for input in program.terminals {
      let player = Int(input.view)
      let value = numbers.payoffs[Int(input.source) * players + player]
      memory[Int(input.address)] = (value - lowest[player]) * scale[player]
    }
    for input in program.leaves {
      memory[Int(input.address)] = subgameValues[Int(input.source) * players + Int(input.view)]
    }
    for input in program.odds {
      let view = Int(input.view)
      var value = numbers.odds[Int(input.source)]
      if view > 0, let own = numbers.subjectiveOdds[view - 1] { value = own[Int(input.source)] }
      memory[Int(input.address)] = value
    }
    for input in program.powers { memory[Int(input.address)] = numbers.power[Int(input.source)] }
    fillTerms(program)
    let layout = program.layout
    for set in program.sets where set.role == .trivial {
      let share = 1 / Double(set.actionCount)
      for local in set.firstAction..<(set.firstAction + set.actionCount) {
        memory[layout.probability + local] = share
        memory[layout.logProbability + local] = logarithm(share)
        memory[layout.probabilitySlope + local] = 0
        memory[layout.logProbabilitySlope + local] = 0
      }
    }
  }

  /// The logarithm of each belief term's chance odds. Branches with odds 0 are less likely than
  /// any tremble: of an information set's nodes only those with the fewest of them count.
  private mutating func fillTerms(_ program: LogitProgram) {
    if program.terms.isEmpty { return }
    let layout = program.layout
    let logs = layout.logOdds
    for place in program.odds.indices {
      let value = memory[layout.odds + place]
      memory[logs + place] = value > 0 ? logarithm(value) : 0
    }
    let shift = Int32(layout.logOdds)
    for set in program.termSets {
      var fewest = Int.max
      for term in set {
        for node in program.terms[term].nodes {
          var zeros = 0
          for place in program.termNodes[Int(node)] {
            let odds = program.termOdds[Int(place)]
            if memory[layout.odds + Int(odds)] <= 0 { zeros += 1 }
          }
          fewest = min(fewest, zeros)
        }
      }
      for term in set {
        var highest = -Double.infinity
        var total = 0.0
        for node in program.terms[term].nodes {
          var zeros = 0
          var sum = 0.0
          for place in program.termNodes[Int(node)] {
            let odds = program.termOdds[Int(place)]
            if memory[layout.odds + Int(odds)] <= 0 { zeros += 1 }
            sum += memory[Int(shift + odds)]
          }
          if zeros > fewest { continue }
          if sum > highest {
            total = total * exponential(highest - sum) + 1
            highest = sum
          } else {
            total += exponential(sum - highest)
          }
        }
        memory[Int(program.terms[term].address)] =
          total > 0 ? highest + logarithm(total) : -Double.infinity
      }
    }
  }
}
