public import Games
public import Mathematics

/// Checks assessments of many draws of one game: what ``Verifier`` checks, eight draws at a time.
///
/// Shares no code with the solvers. The tree is laid out once as lists of addresses into a memory of
/// lanes: moves for the walk down, which weighs nodes under each view of the odds; the same moves
/// backwards for the walk up, which values nodes for each player; and for each information set its
/// nodes with what each action leads to. A draw in which anything is wrong in itself, or beyond what
/// is computed in lanes (odds below 2⁻¹⁰²², payoff ranges above 10³⁰⁰), is left to ``Verifier``,
/// which knows what to say.
public struct BlockVerifier: Sendable {
  /// The tree whose assessments are checked.
  public let tree: GameTree
  private let plan: VerificationPlan
  private let symbols: GameSymbols
  private let power: [Int32]
  private var memory: [Lanes]

  // For draws that are checked alone.
  private var alone: Verifier
  private var game: ExtensiveGame
  private var assessment: Assessment

  /// A verifier for games with this tree.
  ///
  /// - Parameters:
  ///   - symbols: the columns that hold the payoffs and odds of a draw.
  ///   - power: the columns of the first bargainers' powers.
  /// - Complexity: nodes × players.
  public init(tree: GameTree, symbols: GameSymbols, power: [Int32]) {
    precondition(symbols.payoffs.count == tree.terminals.count * tree.players.count)
    precondition(symbols.odds.count == tree.branchTarget.count)
    precondition(symbols.subjectiveOdds.count == tree.players.count)
    self.tree = tree
    self.symbols = symbols
    self.power = power
    plan = VerificationPlan(tree: tree, symbols: symbols, power: power)
    memory = Array(repeating: Lanes(), count: plan.memoryCount)
    alone = Verifier(tree: tree)
    let none = [Double](repeating: 0, count: tree.branchTarget.count)
    game = ExtensiveGame(
      title: "", tree: tree, payoffs: Array(repeating: 0, count: symbols.payoffs.count),
      odds: none, subjectiveOdds: symbols.subjectiveOdds.map { $0 == nil ? nil : none },
      power: Array(repeating: 0, count: power.count))
    assessment = Assessment(profile: BehaviorProfile([]), logTrembles: [])
  }

  /// Checks the assessments of a block of draws.
  ///
  /// - Parameters:
  ///   - profile: by action, the probabilities.
  ///   - logTrembles: by action, the logarithms of the witness.
  ///   - numbers: the draws' payoffs, odds and powers.
  ///   - draws: how many of the columns' draws there are.
  ///   - tolerance: the largest regret that counts as none, relative to payoff ranges.
  ///   - rationality: for logit equilibria the λ of each draw, in units of payoff ranges; the
  ///     certificate is then that of ``Verifier/logitCertificate(for:of:lambda:normalized:tolerance:)``.
  ///   - certificates: one for each draw.
  /// - Complexity: nodes × players × draws; allocates nothing for draws without a defect.
  public mutating func check(
    profile: Columns, logTrembles: Columns, numbers: Columns, draws: Int, tolerance: Double = 1e-8,
    rationality: [Double]? = nil, into certificates: inout [Certificate]
  ) {
    precondition(rationality == nil || rationality?.count ?? 0 >= draws)
    let none = Certificate(
      defect: nil, maximumRegret: 0, informationSet: -1, distance: 0, holds: false)
    if certificates.count != draws { certificates = Array(repeating: none, count: draws) }
    let fits =
      plan.isWellFormed && profile.count == tree.actionCount
      && logTrembles.count == tree.actionCount
    for first in stride(from: 0, to: draws, by: Lanes.width) {
      let places = first..<min(first + Lanes.width, draws)
      var lambda: Lanes?
      if let rationality {
        var lanes = Lanes()
        for place in places { lanes[place - first] = rationality[place] }
        lambda = lanes
      }
      let found = fits ? check(profile, logTrembles, numbers, first / Lanes.width, lambda) : nil
      for place in places {
        if let found, found.isUnusual[place - first] == 0 {
          certificates[place] = found.certificate(place - first, tolerance: tolerance)
        } else {
          certificates[place] = check(
            profile, logTrembles, numbers, draw: place, tolerance, rationality?[place])
        }
      }
    }
  }

  private mutating func check(
    _ profile: Columns, _ logTrembles: Columns, _ numbers: Columns, _ group: Int, _ lambda: Lanes?
  ) -> LaneCertificate? {
    let plan = plan
    return memory.withUnsafeMutableBufferPointer { memory in
      guard let base = memory.baseAddress else { return nil }
      return VerificationKernel(plan: plan, memory: base).check(
        profile: profile, logTrembles: logTrembles, numbers: numbers, group: group, lambda: lambda)
    }
  }

  /// Checks one draw alone.
  private mutating func check(
    _ profile: Columns, _ logTrembles: Columns, _ numbers: Columns, draw: Int,
    _ tolerance: Double, _ lambda: Double?
  ) -> Certificate {
    for (place, symbol) in symbols.payoffs.enumerated() {
      game.payoffs[place] = numbers[Int(symbol), draw]
    }
    for move in tree.chanceMoves {
      for branch in tree.branches(of: move.node) {
        game.odds[branch] = numbers[Int(symbols.odds[branch]), draw]
        for player in tree.players.indices {
          guard let symbol = symbols.subjectiveOdds[player]?[branch] else { continue }
          game.subjectiveOdds[player]?[branch] = numbers[Int(symbol), draw]
        }
      }
    }
    for (place, symbol) in power.enumerated() { game.power[place] = numbers[Int(symbol), draw] }
    profile.read(draw, into: &assessment.profile.probabilities)
    logTrembles.read(draw, into: &assessment.logTrembles)
    if let lambda {
      return alone.logitCertificate(
        for: assessment, of: game, lambda: lambda, tolerance: tolerance)
    }
    return alone.certificate(for: assessment, of: game, tolerance: tolerance)
  }
}

extension Columns {
  /// Reads all numbers of one draw.
  fileprivate func read(_ draw: Int, into row: inout [Double]) {
    row.removeAll(keepingCapacity: true)
    for number in 0..<count { row.append(self[number, draw]) }
  }
}
