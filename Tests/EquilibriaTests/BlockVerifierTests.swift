import Equilibria
import Foundation
import Games
import Mathematics
import Testing

/// Blocks of draws against the verifier of one draw.
@Suite("The verifier of blocks")
struct BlockVerifierTests {
  // MARK: - Assessments to check

  /// Any profile with a witness near it, now and then with zeros.
  private static func random(_ tree: GameTree, _ stream: inout SplitMix64) -> Assessment {
    var result = Assessment(profile: BehaviorProfile([]), logTrembles: [])
    for set in tree.informationSets {
      let zeros = stream.uniform() < 0.5 ? 0.5 : 0
      for share in GameBlock.distribution(set.actions.count, zeros: zeros, &stream) {
        result.profile.probabilities.append(share)
        result.logTrembles.append(share > 0 ? log(share) : -20 - 1_000 * stream.uniform())
      }
    }
    return result
  }

  /// Breaks an assessment or its game, or brings it to where numbers overflow.
  private static func spoil(
    _ assessment: inout Assessment, _ game: inout ExtensiveGame, _ stream: inout SplitMix64
  ) {
    let action = Int.random(in: 0..<game.tree.actionCount, using: &stream)
    let payoff = Int.random(in: 0..<game.payoffs.count, using: &stream)
    let set = game.tree.informationSets.randomElement(using: &stream)
    func pick(_ values: [Double]) -> Double { values.randomElement(using: &stream) ?? 0 }
    switch Int.random(in: 0..<7, using: &stream) {
    case 0: assessment.profile.probabilities[action] = pick([.nan, -0.5, .infinity, -1e-300])
    case 1: assessment.profile.probabilities[action] += pick([1e-10, 1e-8, 0.1])
    case 2:
      assessment.logTrembles[action] = pick([
        .nan, .infinity, -.infinity, 1, 709.5, 3e5, -1e5, -1e305,
      ])
    case 3:
      game.payoffs[payoff] = pick([
        .nan, .infinity, -.infinity, 1e307, -1.7e308, .leastNonzeroMagnitude,
      ])
      // What lies further apart than any number.
      if game.payoffs[payoff] == -1.7e308 {
        for place in 0..<payoff where (payoff - place) % game.tree.players.count == 0 {
          game.payoffs[place] = 1.7e308
        }
      }
    case 4:
      guard let move = game.tree.chanceMoves.randomElement(using: &stream) else { return }
      let branch = game.tree.branches(of: move.node).lowerBound
      let wrong = pick([.nan, -0.5, 1.5, 1 + 1e-10, .leastNonzeroMagnitude, -0.0])
      let player = Int.random(in: game.subjectiveOdds.indices, using: &stream)
      if game.subjectiveOdds[player] == nil {
        game.odds[branch] = wrong
      } else {
        game.subjectiveOdds[player]?[branch] = wrong
      }
    case 5:
      if game.power.isEmpty { return }
      game.power[0] = pick([.nan, -0.1, 1.1])
    default:
      // Far from its witness, but a distribution.
      guard let set else { return }
      for place in set.actionRange { assessment.profile.probabilities[place] = 0 }
      assessment.profile.probabilities[set.firstAction] = 1
    }
  }

  /// By draw an equilibrium, any profile, or one that is broken.
  private static func assessments(
    _ games: inout [ExtensiveGame], lambda: Double?, _ stream: inout SplitMix64
  ) throws -> [Assessment] {
    let solver = try SequentialSolver(tree: games[0].tree)
    var workspace = solver.makeWorkspace()
    var found: [Assessment] = []
    for draw in games.indices {
      var assessment = random(games[draw].tree, &stream)
      if draw % 3 == 0 {
        let result =
          if let lambda {
            solver.logitEquilibrium(of: games[draw], lambda: lambda, workspace: &workspace)
          } else {
            solver.solve(games[draw], workspace: &workspace)
          }
        if result.failure == nil { assessment = result.assessment }
      }
      if stream.uniform() < 0.3 { spoil(&assessment, &games[draw], &stream) }
      found.append(assessment)
    }
    return found
  }

  // MARK: - Comparison

  /// What must be true in all blocks together, so that nothing is tested of nothing.
  private struct Counts {
    var holds = 0
    var refused = 0
    var defects = 0
    var endless = 0
  }

  private func check(
    _ kind: RandomGames.Kind, seeds: Range<UInt64>, isLogit: Bool = false
  ) throws -> Counts {
    var counts = Counts()
    for seed in seeds {
      var stream = SplitMix64(seed: SplitMix64.hash(seed, 41))
      let draws = Int(1 + seed % 21)
      let lambda = isLogit ? 5 * stream.uniform() : nil
      var games = try GameBlock.random(kind, seed: seed, draws: draws).games
      if games[0].tree.actionCount == 0 { continue }
      let assessments = try BlockVerifierTests.assessments(&games, lambda: lambda, &stream)
      let block = GameBlock(games)
      var verifier = BlockVerifier(tree: block.tree, symbols: block.symbols, power: block.power)
      var certificates: [Certificate] = []
      verifier.check(
        profile: GameBlock.columns(assessments.map(\.profile.probabilities)),
        logTrembles: GameBlock.columns(assessments.map(\.logTrembles)), numbers: block.numbers,
        draws: draws, rationality: lambda.map { Array(repeating: $0, count: draws) },
        into: &certificates)
      #expect(certificates.count == draws)
      var alone = Verifier(tree: block.tree)
      for (draw, assessment) in assessments.enumerated() {
        let expected =
          if let lambda {
            alone.logitCertificate(for: assessment, of: games[draw], lambda: lambda)
          } else {
            alone.certificate(for: assessment, of: games[draw])
          }
        let isSame = agree(certificates[draw], expected, games[draw], assessment, lambda)
        #expect(isSame, "seed \(seed), draw \(draw): \(certificates[draw]), not \(expected)")
        counts.holds += expected.holds ? 1 : 0
        counts.refused += expected.defect == nil && !expected.holds ? 1 : 0
        counts.defects += expected.defect == nil ? 0 : 1
        counts.endless += expected.maximumRegret.isFinite ? 0 : 1
      }
    }
    return counts
  }

  private func agree(
    _ found: Certificate, _ expected: Certificate, _ game: ExtensiveGame, _ assessment: Assessment,
    _ lambda: Double?
  ) -> Bool {
    guard found.defect == expected.defect else { return false }
    if !expected.maximumRegret.isFinite {
      return found.maximumRegret.isNaN == expected.maximumRegret.isNaN
        && !found.maximumRegret.isFinite && !found.holds
        && found.informationSet == expected.informationSet
    }
    // Residuals are differences of logarithms, which have as many digits as these allow.
    let size = lambda == nil ? 1 : assessment.logTrembles.reduce(100) { max($0, abs($1)) }
    guard abs(found.maximumRegret - expected.maximumRegret) <= 1e-12 * size,
      abs(found.distance - expected.distance) <= 1e-15,
      found.holds == expected.holds || abs(expected.maximumRegret - 1e-8) <= 1e-12 * size
    else { return false }
    if found.informationSet == expected.informationSet || expected.maximumRegret <= 1e-12 * size {
      return true
    }
    // Tied: the regret is as large at the set that was found.
    let sets = game.tree.informationSets
    guard sets.indices.contains(found.informationSet) else { return false }
    let set = sets[found.informationSet]
    if lambda != nil || set.bargain != nil { return true }
    let probabilities = assessment.profile.probabilities
    let worths = ReferenceEvaluation(
      game: game, probabilities: probabilities, logTrembles: assessment.logTrembles
    ).worths(at: set)
    let mean = zip(set.actionRange, worths).reduce(0) { $0 + probabilities[$1.0] * $1.1 }
    let regret = ((worths.max() ?? 0) - mean) / game.payoffRanges()[set.player]
    return abs(regret - expected.maximumRegret) <= 1e-10
  }

  // MARK: - Facts

  @Test(
    "Certificates are the verifier's: imperfect information, ties, excluded branches, own odds, defects"
  )
  func everyShape() throws {
    let counts = try check(RandomGames.Kind(), seeds: 0..<400)
    #expect(counts.holds > 500 && counts.refused > 1_000 && counts.defects > 300)
    #expect(counts.endless > 0)
  }

  @Test("Certificates are the verifier's where payoffs come from a continuum")
  func continuum() throws {
    var kind = RandomGames.Kind()
    kind.ties = false
    kind.zeroOdds = false
    let counts = try check(kind, seeds: 1_000..<1_200)
    #expect(counts.holds > 200 && counts.refused > 500)
  }

  @Test("Certificates are the verifier's at bargains, with power from 0 to 1")
  func bargains() throws {
    var kind = RandomGames.Kind()
    kind.perfectInformation = true
    kind.bargains = true
    kind.players = 2...4
    let counts = try check(kind, seeds: 2_000..<2_300)
    #expect(counts.holds > 300 && counts.refused > 500 && counts.defects > 200)
  }

  @Test("Certificates of logit equilibria are the verifier's")
  func logit() throws {
    let counts = try check(RandomGames.Kind(), seeds: 3_000..<3_150, isLogit: true)
    #expect(counts.holds > 200 && counts.refused > 300)
    var kind = RandomGames.Kind()
    kind.perfectInformation = true
    kind.bargains = true
    kind.players = 2...4
    let bargains = try check(kind, seeds: 4_000..<4_100, isLogit: true)
    #expect(bargains.refused > 300)
  }

  @Test("Columns that are not one for each action are refused in every draw")
  func wrongLength() throws {
    let block = try GameBlock.random(RandomGames.Kind(), seed: 3, draws: 11)
    var verifier = BlockVerifier(tree: block.tree, symbols: block.symbols, power: block.power)
    let short = Columns(count: block.tree.actionCount - 1, draws: 11)
    var certificates: [Certificate] = []
    verifier.check(
      profile: short, logTrembles: short, numbers: block.numbers, draws: 11, into: &certificates)
    #expect(certificates.map(\.defect) == Array(repeating: .wrongLength, count: 11))
  }
}
