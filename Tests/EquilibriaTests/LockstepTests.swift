import Equilibria
import Games
import Mathematics
import Testing

@Suite("Blocks of draws, solved in lockstep")
struct LockstepTests {
  private static let kinds: [RandomGames.Kind] = [
    .init(), .init(players: 2...3, ties: false), .init(players: 2...2, subjectiveOdds: false),
    .init(largestDepth: 6, nodeLimit: 120, ties: false, scales: false),
    .init(perfectInformation: true, bargains: true),
    .init(perfectInformation: true, ties: false),
  ]
  /// Shapes in which nothing is tied, so that the selected equilibrium depends on the numbers
  /// continuously almost everywhere.
  private static let plain = kinds.filter { !$0.ties }

  @Test("Every draw of a block comes to the equilibrium that is traced for it alone")
  func agreesWithTracing() throws {
    var compared = 0
    var differing: [String] = []
    for kind in LockstepTests.plain {
      for seed in UInt64(1)...40 {
        let block = try GameBlock.random(kind, seed: seed, draws: 19)
        let solver = try SequentialSolver(tree: block.tree, symbols: block.symbols)
        var alone = solver.makeWorkspace()
        var workspace = solver.makeBlockWorkspace(draws: block.games.count)
        var verifier = Verifier(tree: block.tree)
        solver.solve(
          block.numbers, power: block.power, draws: block.games.count, workspace: &workspace)
        for (draw, game) in block.games.enumerated() {
          let traced = solver.solve(game, workspace: &alone)
          #expect((traced.failure == nil) == (workspace.failures[draw] == nil))
          guard traced.failure == nil, workspace.failures[draw] == nil else { continue }
          let found = workspace.assessment(of: draw)
          let isSound = verifier.certificate(for: found, of: game).holds
          let wasSound = verifier.certificate(for: traced.assessment, of: game).holds
          #expect(isSound || !wasSound, "\(kind), seed \(seed), draw \(draw)")
          compared += 1
          let distance = zip(
            found.profile.probabilities, traced.assessment.profile.probabilities
          ).reduce(0) { max($0, abs($1.0 - $1.1)) }
          if distance > 1e-6 {
            differing.append("\(kind), seed \(seed), draw \(draw): \(distance)")
          }
        }
      }
    }
    #expect(compared > 2_000)
    // Where the limit hangs on what rounding decides, two ways of rounding may part.
    #expect(differing.count * 1_000 <= compared, "\(differing)")
  }

  @Test("What a draw comes to does not depend on its neighbors, to the last bit")
  func drawsAreIndependent() throws {
    for kind in LockstepTests.kinds {
      for seed in UInt64(1)...12 {
        let block = try GameBlock.random(kind, seed: seed, draws: 21)
        let solver = try SequentialSolver(tree: block.tree, symbols: block.symbols)
        var workspace = solver.makeBlockWorkspace(draws: 21)
        solver.solve(block.numbers, power: block.power, draws: 21, workspace: &workspace)
        let together = (0..<21).map { workspace.assessment(of: $0) }
        let mirrored = GameBlock(block.games.reversed())
        solver.solve(mirrored.numbers, power: mirrored.power, draws: 21, workspace: &workspace)
        let failures = workspace.failures
        for draw in 0..<21 where failures[20 - draw] == nil {
          #expect(workspace.assessment(of: 20 - draw) == together[draw])
        }
        let single = GameBlock([block.games[17]])
        var small = solver.makeBlockWorkspace(draws: 1)
        solver.solve(single.numbers, power: single.power, draws: 1, workspace: &small)
        if small.failures[0] == nil { #expect(small.assessment(of: 0) == together[17]) }
      }
    }
  }

  @Test("At a fixed λ every draw fulfills the logit equations to 1e-10, as alone")
  func fixedRationality() throws {
    for kind in LockstepTests.kinds {
      for seed in UInt64(1)...12 {
        let block = try GameBlock.random(kind, seed: seed, draws: 11)
        let solver = try SequentialSolver(tree: block.tree, symbols: block.symbols)
        var alone = solver.makeWorkspace()
        var workspace = solver.makeBlockWorkspace(draws: 11)
        var verifier = Verifier(tree: block.tree)
        let rationality = (0..<11).map { 0.5 * Double($0) + 0.25 }
        solver.solve(
          block.numbers, power: block.power, draws: 11, rationality: rationality,
          workspace: &workspace)
        for (draw, game) in block.games.enumerated() where workspace.failures[draw] == nil {
          let found = workspace.assessment(of: draw)
          let certificate = verifier.logitCertificate(
            for: found, of: game, lambda: rationality[draw], tolerance: 1e-10)
          #expect(certificate.holds, "\(kind), seed \(seed), draw \(draw): \(certificate)")
          let traced = solver.logitEquilibrium(
            of: game, lambda: rationality[draw], workspace: &alone)
          let distance = zip(
            found.profile.probabilities, traced.assessment.profile.probabilities
          ).reduce(0) { max($0, abs($1.0 - $1.1)) }
          #expect(distance < 1e-8)
        }
      }
    }
  }

  @Test("Draws without a game are left out, and numbers that are none are said to be so")
  func drawsLeftOut() throws {
    var block = try GameBlock.random(.init(players: 2...2), seed: 3, draws: 9)
    block.set(.nan, payoff: 0, draw: 4)
    let solver = try SequentialSolver(tree: block.tree, symbols: block.symbols)
    var workspace = solver.makeBlockWorkspace(draws: 9)
    solver.solve(
      block.numbers, power: block.power, draws: 9,
      skipping: (0..<9).map { $0 == 2 }, workspace: &workspace)
    #expect(workspace.failures[2] == .malformed)
    #expect(workspace.failures[4] == .notFinite)
    #expect(workspace.failures[0] == nil && workspace.failures[8] == nil)
  }
}
