public import Games
public import Mathematics

/// Checks assessments of many draws of one game: what ``Verifier`` checks, eight draws at a time.
///
/// Shares no code with the solvers. The tree is laid out once as lists of addresses into a memory of
/// lanes: moves for the walk down, which weighs nodes under each view of the odds; the same moves
/// backwards for the walk up, which values nodes for each player; and for each information set its
/// nodes with what each action leads to. A draw in which anything is wrong in itself, and games with
/// bargains, are left to ``Verifier``, which knows what to say.
public struct BlockVerifier: Sendable {
  /// The tree whose assessments are checked.
  public let tree: GameTree
  private let plan: VerificationPlan
  private let symbols: GameSymbols
  private let power: [Int32]
  private var memory: [Lanes]
  private var alone: Verifier

  /// A verifier for games with this tree.
  ///
  /// - Parameters:
  ///   - symbols: the columns that hold the payoffs and odds of a draw.
  ///   - power: the columns of the first bargainers' powers.
  public init(tree: GameTree, symbols: GameSymbols, power: [Int32]) {
    self.tree = tree
    self.symbols = symbols
    self.power = power
    plan = VerificationPlan(tree: tree, symbols: symbols)
    memory = Array(repeating: Lanes(), count: plan.memoryCount)
    alone = Verifier(tree: tree)
  }

  /// Checks the assessments of a block of draws.
  ///
  /// - Parameters:
  ///   - profile: by action, the probabilities.
  ///   - logTrembles: by action, the logarithms of the witness.
  ///   - numbers: the draws' payoffs and odds.
  ///   - tolerance: the largest regret that counts as none, relative to payoff ranges.
  ///   - rationality: for logit equilibria the λ of each draw, in units of payoff ranges; the
  ///     certificate is then that of ``Verifier/logitCertificate(for:of:lambda:normalized:tolerance:)``.
  ///   - certificates: one for each draw.
  /// - Complexity: nodes × players × draws; allocates nothing for draws without a defect.
  public mutating func check(
    profile: Columns, logTrembles: Columns, numbers: Columns, draws: Int, tolerance: Double = 1e-8,
    rationality: [Double]? = nil, into certificates: inout [Certificate]
  ) {
    let none = Certificate(
      defect: nil, maximumRegret: 0, informationSet: -1, distance: 0, holds: false)
    if certificates.count != draws { certificates = Array(repeating: none, count: draws) }
    for group in 0..<((draws + Lanes.width - 1) / Lanes.width) {
      let first = group * Lanes.width
      var lambda: Lanes?
      if let rationality {
        var lanes = Lanes()
        for lane in 0..<min(Lanes.width, draws - first) { lanes[lane] = rationality[first + lane] }
        lambda = lanes
      }
      var found = LaneCertificate()
      if !plan.hasBargains {
        load(profile, logTrembles, numbers, group)
        found = memory.withUnsafeMutableBufferPointer { memory in
          plan.withKernel(memory) { kernel in kernel.check(lambda: lambda) } ?? LaneCertificate()
        }
      }
      for lane in 0..<min(Lanes.width, draws - first) {
        if plan.hasBargains || found.isDefective[lane] != 0 {
          certificates[first + lane] = check(
            profile, logTrembles, numbers, first + lane, tolerance, rationality?[first + lane])
          continue
        }
        let regret = found.regret[lane]
        let distance = found.distance[lane]
        certificates[first + lane] = Certificate(
          defect: nil, maximumRegret: regret, informationSet: Int(found.informationSet[lane]),
          distance: distance,
          holds: regret <= tolerance && distance <= Verifier.largestDistance)
      }
    }
  }

  /// Loads eight draws' numbers.
  private mutating func load(
    _ profile: Columns, _ logTrembles: Columns, _ numbers: Columns, _ group: Int
  ) {
    for action in 0..<tree.actionCount {
      memory[plan.probabilities + action] = profile.lanes(action, group: group)
      memory[plan.trembles + action] = logTrembles.lanes(action, group: group)
    }
    for (place, symbol) in plan.oddsSymbols.enumerated() {
      memory[plan.odds + place] = numbers.lanes(Int(symbol), group: group)
    }
    for (place, symbol) in plan.payoffSymbols.enumerated() {
      memory[plan.payoffs + place] = numbers.lanes(Int(symbol), group: group)
    }
  }

  /// Checks one draw alone.
  private mutating func check(
    _ profile: Columns, _ logTrembles: Columns, _ numbers: Columns, _ draw: Int,
    _ tolerance: Double, _ lambda: Double?
  ) -> Certificate {
    func number(_ symbol: Int32) -> Double { symbol < 0 ? 0 : numbers[Int(symbol), draw] }
    var game = ExtensiveGame(
      title: "", tree: tree, payoffs: symbols.payoffs.map(number),
      odds: symbols.odds.map(number), power: power.map(number))
    for player in tree.players.indices {
      game.subjectiveOdds[player] = symbols.subjectiveOdds[player]?.map(number)
    }
    let assessment = Assessment(
      profile: BehaviorProfile(profile.row(draw)), logTrembles: logTrembles.row(draw))
    if let lambda {
      return alone.logitCertificate(
        for: assessment, of: game, lambda: lambda, tolerance: tolerance)
    }
    return alone.certificate(for: assessment, of: game, tolerance: tolerance)
  }
}
