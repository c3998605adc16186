import Equilibria
import Foundation
import Games
import Mathematics
import Testing

@Suite("The verifier")
struct VerifierTests {
  static let tremble = -20.0

  /// A witness with equal trembles where the profile has zeros.
  static func witness(_ probabilities: [Double]) -> [Double] {
    probabilities.map { $0 > 0 ? log($0) : tremble }
  }

  private func certificate(
    _ game: ExtensiveGame, _ probabilities: [Double], trembles: [Double]? = nil
  ) -> Certificate {
    var verifier = Verifier(tree: game.tree)
    return verifier.certificate(
      for: Assessment(
        profile: BehaviorProfile(probabilities),
        logTrembles: trembles ?? VerifierTests.witness(probabilities)), of: game)
  }

  /// Selten's horse (1975) in the parametrization of Osborne & Rubinstein (1994, fig. 225.1): One
  /// plays down or across, Two down or across, Three left or right without knowing who went down.
  static func horse() throws -> ExtensiveGame {
    var builder = GameTreeBuilder(players: ["One", "Two", "Three"])
    let one = builder.decision(player: 0, informationSet: "1", actions: ["C", "D"])
    let two = builder.decision(
      player: 1, informationSet: "2", actions: ["c", "d"], at: one.branch(0))
    builder.terminal(outcome: "across", at: two.branch(0))
    let right = builder.decision(
      player: 2, informationSet: "3", actions: ["L", "R"], at: two.branch(1))
    builder.terminal(outcome: "dL", at: right.branch(0))
    builder.terminal(outcome: "dR", at: right.branch(1))
    let left = builder.decision(
      player: 2, informationSet: "3", actions: ["L", "R"], at: one.branch(1))
    builder.terminal(outcome: "DL", at: left.branch(0))
    builder.terminal(outcome: "DR", at: left.branch(1))
    let tree = try builder.tree()
    return ExtensiveGame(
      title: "Selten's horse", tree: tree,
      payoffs: [1, 1, 1, 4, 4, 0, 0, 0, 1, 3, 3, 2, 0, 0, 0],
      odds: Array(repeating: 0, count: tree.branchTarget.count))
  }

  /// Chance, then a player who does not see it, then nothing. Payoff 1 for guessing right.
  static func guess(odds: (Double, Double), own: (Double, Double)? = nil) throws -> ExtensiveGame {
    var builder = GameTreeBuilder(players: ["Guesser"])
    let chance = builder.chance(label: "coin", branches: ["heads", "tails"])
    for side in 0..<2 {
      let node = builder.decision(
        player: 0, informationSet: "guess", actions: ["heads", "tails"], at: chance.branch(side))
      builder.terminal(outcome: "\(side) heads", at: node.branch(0))
      builder.terminal(outcome: "\(side) tails", at: node.branch(1))
    }
    let tree = try builder.tree()
    func whole(_ pair: (Double, Double)) -> [Double] {
      var odds = [Double](repeating: 0, count: tree.branchTarget.count)
      odds[0] = pair.0
      odds[1] = pair.1
      return odds
    }
    return ExtensiveGame(
      title: "guess", tree: tree, payoffs: [1, 0, 0, 1], odds: whole(odds),
      subjectiveOdds: [own.map(whole)])
  }

  @Test("accepts the sequential equilibria of Selten's horse and refuses its other Nash equilibria")
  func seltensHorse() throws {
    let game = try VerifierTests.horse()
    // (C, c, R): Three is on nobody's path; R needs the belief that Two has moved, at least 2/3:
    // trembles of Two twice as likely as One's and more. With L played at 1/5 at most.
    let across = [1.0, 0, 1, 0, 0, 1]
    var logs = VerifierTests.witness(across)
    logs[1] = -30
    #expect(certificate(game, across, trembles: logs).holds)
    // Trembles of One likelier than Two's: Three would rather play L, worth 2 against 0.
    logs[1] = -20
    logs[3] = -40
    let refused = certificate(game, across, trembles: logs)
    #expect(!refused.holds)
    #expect(abs(refused.maximumRegret - 1) < 1e-8)
    // (D, c, L) is Nash but Two, if asked, would go down: 4 against 1, of a range of 4.
    let down = certificate(game, [0, 1, 1, 0, 1, 0])
    #expect(!down.holds)
    #expect(abs(down.maximumRegret - 3.0 / 4) < 1e-8)
    #expect(down.informationSet == 1)
  }

  @Test("gives the regret of matching pennies in closed form")
  func matchingPennies() throws {
    let game = try TestData.simultaneous([[(1, -1), (-1, 1)], [(-1, 1), (1, -1)]])
    #expect(certificate(game, [0.5, 0.5, 0.5, 0.5]).holds)
    for p in [0.5, 0.6, 0.9, 1 - 1e-7] {
      // Row plays the first with p: Column gains 2p - 1 by the second, of a range of 2.
      let found = certificate(game, [p, 1 - p, 0.5, 0.5])
      #expect(abs(found.maximumRegret - (p - 0.5)) < 1e-12)
      #expect(found.holds == (p == 0.5))
    }
  }

  @Test("accepts cooperation nowhere in the prisoners' dilemma, with regret 1/5 of the range")
  func prisonersDilemma() throws {
    let game = try TestData.simultaneous([[(3, 3), (0, 5)], [(5, 0), (1, 1)]])
    #expect(certificate(game, [0, 1, 0, 1]).holds)
    #expect(abs(certificate(game, [1, 0, 1, 0]).maximumRegret - 2.0 / 5) < 1e-9)
    #expect(abs(certificate(game, [0, 1, 1, 0]).maximumRegret - 1.0 / 5) < 1e-9)
  }

  @Test("refuses what is no assessment and says why")
  func malformed() throws {
    let game = try TestData.simultaneous([[(3, 3), (0, 5)], [(5, 0), (1, 1)]])
    let good = [0.0, 1, 0, 1]
    let logs = VerifierTests.witness(good)
    #expect(certificate(game, [0, 1, 0]).defect == .wrongLength)
    #expect(certificate(game, good, trembles: [0]).defect == .wrongLength)
    #expect(certificate(game, [.nan, 1, 0, 1]).defect == .notADistribution(informationSet: 0))
    #expect(certificate(game, [0, 1, -0.5, 1.5]).defect == .notADistribution(informationSet: 1))
    #expect(certificate(game, [0, 1, 0.5, 0.6]).defect == .notADistribution(informationSet: 1))
    #expect(
      certificate(game, [0, 1, 0, .infinity], trembles: logs).defect
        == .notADistribution(informationSet: 1))
    for wrong in [-Double.infinity, .nan, .infinity, 1] {
      var broken = logs
      broken[0] = wrong
      #expect(
        certificate(game, good, trembles: broken).defect == .witnessNotMixed(informationSet: 0))
    }
    // A witness that is mixed but far away.
    let far = certificate(game, good, trembles: [log(0.01), log(0.99), -20, 0])
    #expect(far.defect == nil && !far.holds && abs(far.distance - 0.01) < 1e-12)
    var verifier = Verifier(tree: game.tree)
    let assessment = Assessment(profile: BehaviorProfile(good), logTrembles: logs)
    for (payoffs, odds) in [([1.0], game.odds), (game.payoffs, [1.0])] {
      let found = verifier.certificate(
        for: assessment, payoffs: payoffs, odds: odds, subjectiveOdds: [nil, nil], power: [])
      #expect(found.defect == .malformedGame)
    }
    let missing = verifier.certificate(
      for: assessment, payoffs: game.payoffs, odds: game.odds, subjectiveOdds: [], power: [])
    #expect(missing.defect == .malformedGame)
    var numbers = game.payoffs
    numbers[6] = .nan
    let unknown = verifier.certificate(
      for: assessment, payoffs: numbers, odds: game.odds, subjectiveOdds: [nil, nil], power: [])
    #expect(unknown.defect == .malformedGame && !unknown.holds)
    for wrong in [-0.5, .nan, 1.5] {
      let coin = try VerifierTests.guess(odds: (wrong, 1 - wrong))
      #expect(certificate(coin, [0.5, 0.5]).defect == .malformedGame)
    }
  }

  @Test("weighs chance by the odds that the mover holds")
  func subjectiveOdds() throws {
    let common = try VerifierTests.guess(odds: (0.7, 0.3))
    #expect(certificate(common, [1, 0]).holds)
    #expect(abs(certificate(common, [0, 1]).maximumRegret - 0.4) < 1e-12)
    let own = try VerifierTests.guess(odds: (0.7, 0.3), own: (0.2, 0.8))
    #expect(certificate(own, [0, 1]).holds)
    #expect(abs(certificate(own, [1, 0]).maximumRegret - 0.6) < 1e-12)
    let certain = try VerifierTests.guess(odds: (0.7, 0.3), own: (0, 1))
    #expect(certificate(certain, [0, 1]).holds)
    #expect(abs(certificate(certain, [0.25, 0.75]).maximumRegret - 0.25) < 1e-12)
  }

  @Test("takes a branch of odds 0 to be less likely than any tremble")
  func excludedBranches() throws {
    // Two is asked only if chance does what cannot be, or One trembles. Two guesses which.
    var builder = GameTreeBuilder(players: ["One", "Two"])
    let chance = builder.chance(label: "odd", branches: ["never", "always"])
    let never = builder.decision(
      player: 1, informationSet: "2", actions: ["chance", "tremble"], at: chance.branch(0))
    builder.terminal(outcome: "a", at: never.branch(0))
    builder.terminal(outcome: "b", at: never.branch(1))
    let one = builder.decision(
      player: 0, informationSet: "1", actions: ["stay", "slip"], at: chance.branch(1))
    builder.terminal(outcome: "c", at: one.branch(0))
    let slip = builder.decision(
      player: 1, informationSet: "2", actions: ["chance", "tremble"], at: one.branch(1))
    builder.terminal(outcome: "d", at: slip.branch(0))
    builder.terminal(outcome: "e", at: slip.branch(1))
    let tree = try builder.tree()
    var odds = [Double](repeating: 0, count: tree.branchTarget.count)
    odds[1] = 1
    let game = ExtensiveGame(
      title: "excluded", tree: tree, payoffs: [0, 1, 0, 0, 1, 0, 0, 0, 0, 1], odds: odds)
    #expect(certificate(game, [0, 1, 1, 0]).holds)
    #expect(abs(certificate(game, [1, 0, 1, 0]).maximumRegret - 1) < 1e-12)
  }

  @Test("judges a bargain by the Nash product of gains over disagreement")
  func bargains() throws {
    // Ten shares of a pie; disagreement gives (2, 0). With power a the product
    // (x - 2)^a (10 - x)^(1 - a) is largest at x = 2 + 8a.
    var builder = GameTreeBuilder(players: ["A", "B"])
    let options = (0...10).map { "\($0)" } + ["none"]
    let root = builder.decision(
      player: 0, informationSet: "split", actions: options,
      bargain: GameTree.Bargain(between: [0, 1], powerIndex: 0))
    for option in options.indices {
      builder.terminal(outcome: options[option], at: root.branch(option))
    }
    let tree = try builder.tree()
    var payoffs: [Double] = []
    for share in 0...10 { payoffs += [Double(share), Double(10 - share)] }
    payoffs += [2, 0]
    func game(_ power: Double) -> ExtensiveGame {
      ExtensiveGame(
        title: "bargain", tree: tree, payoffs: payoffs,
        odds: Array(repeating: 0, count: tree.branchTarget.count), power: [power])
    }
    for (power, best) in [(0.5, 6), (0.25, 4), (0.75, 8)] {
      for option in options.indices {
        var probabilities = [Double](repeating: 0, count: options.count)
        probabilities[option] = 1
        let found = certificate(game(power), probabilities)
        #expect(found.holds == (option == best), "power \(power), option \(option)")
        func product(_ share: Double) -> Double {
          pow((share - 2) / 10, power) * pow((10 - share) / 10, 1 - power)
        }
        if option >= 2, option < 11 {
          #expect(
            abs(found.maximumRegret - (product(Double(best)) - product(Double(option)))) < 1e-12)
        }
      }
      let solver = try SequentialSolver(tree: tree)
      var workspace = solver.makeWorkspace()
      let result = solver.solve(game(power), workspace: &workspace)
      #expect(result.assessment.profile.probabilities[best] == 1)
    }
  }

  @Test("keeps its digits where payoffs have a large part in common")
  func commonPart() throws {
    let game = try TestData.simultaneous([[(1, -1), (-1, 1)], [(-1, 1), (1, -1)]])
    var shifted = game
    for place in shifted.payoffs.indices { shifted.payoffs[place] += 0x1p40 }
    #expect(certificate(shifted, [0.5, 0.5, 0.5, 0.5]).maximumRegret < 1e-12)
    #expect(abs(certificate(shifted, [0.7, 0.3, 0.5, 0.5]).maximumRegret - 0.2) < 1e-12)
  }

  @Test("refuses solved profiles once a choice that matters is moved")
  func mutations() throws {
    var kind = RandomGames.Kind()
    kind.ties = false
    var moved = 0
    for seed in 0..<150 as Range<UInt64> {
      let game = try RandomGames.game(kind, seed: seed)
      let solver = try SequentialSolver(tree: game.tree)
      var workspace = solver.makeWorkspace()
      let result = solver.solve(game, workspace: &workspace)
      if result.failure != nil { continue }
      let ranges = game.payoffRanges()
      for set in game.tree.informationSets where set.actions.count > 1 {
        let evaluation = ReferenceEvaluation(
          game: game, probabilities: result.assessment.profile.probabilities,
          logTrembles: result.assessment.logTrembles)
        let worths = evaluation.worths(at: set).map { $0 / ranges[set.player] }
        let best = worths.max() ?? 0
        for action in worths.indices where best - worths[action] > 1e-3 {
          // All weight on something worse: its own regret is the difference at least.
          var probabilities = result.assessment.profile.probabilities
          var logs = result.assessment.logTrembles
          for other in set.actionRange {
            probabilities[other] = 0
            logs[other] = -60
          }
          probabilities[set.firstAction + action] = 1
          logs[set.firstAction + action] = 0
          moved += 1
          let found = certificate(game, probabilities, trembles: logs)
          #expect(!found.holds)
          #expect(found.maximumRegret >= best - worths[action] - 1e-9)
        }
      }
    }
    #expect(moved > 500)
  }

  @Test("A lone choice is logistic; shifted log odds are the residual")
  func logitCertificate() throws {
    var builder = GameTreeBuilder(players: ["One"])
    let move = builder.decision(player: 0, informationSet: "move", actions: ["worse", "better"])
    builder.terminal(outcome: "worse", at: move.branch(0))
    builder.terminal(outcome: "better", at: move.branch(1))
    let game = ExtensiveGame(
      title: "A lone choice", tree: try builder.tree(), payoffs: [10, 30], odds: [0, 0])
    // Worths in units of the range are 0 and 1: p = 1 / (1 + e^-λ).
    for (lambda, shift) in [(0.0, 0.0), (3.0, 0.0), (3.0, 0.25), (40.0, 0.0)] {
      let odds = lambda + shift
      let logs = [-odds - log1p(exp(-odds)), -log1p(exp(-odds))]
      let assessment = Assessment(profile: BehaviorProfile(logs.map { exp($0) }), logTrembles: logs)
      var verifier = Verifier(tree: game.tree)
      let certificate = verifier.logitCertificate(for: assessment, of: game, lambda: lambda)
      #expect(abs(certificate.maximumRegret - shift) < 1e-12)
      #expect(certificate.holds == (shift == 0))
    }
  }
}
