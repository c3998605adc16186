import Equilibria
import Foundation
import Games
import Testing

/// The path of agent logit equilibria, against its own equations and against theory.
@Suite("The logit path")
struct LogitPathTests {
  private func limit(_ game: ExtensiveGame) throws -> SequentialSolver.Result {
    let result = try RandomGameTests.solve(game)
    #expect(result.failure == nil)
    var verifier = Verifier(tree: game.tree)
    #expect(verifier.certificate(for: result.assessment, of: game).holds)
    return result
  }

  private func logit(
    _ game: ExtensiveGame, _ lambda: Double, normalized: Bool = true
  ) throws -> SequentialSolver.Result {
    let solver = try SequentialSolver(tree: game.tree)
    var workspace = solver.makeWorkspace()
    return solver.logitEquilibrium(
      of: game, lambda: lambda, normalized: normalized, workspace: &workspace)
  }

  @Test("solves the logit equations to 1e-10 at fixed λ")
  func residuals() throws {
    var kind = RandomGames.Kind()
    for ties in [true, false] {
      kind.ties = ties
      for seed in 0..<150 as Range<UInt64> {
        let game = try RandomGames.game(kind, seed: seed)
        for lambda in [0, 0.1, 1, 7, 50, 400] {
          let result = try logit(game, lambda)
          #expect(result.failure == nil, "\(seed), λ \(lambda)")
          let evaluation = ReferenceEvaluation(
            game: game, probabilities: result.assessment.profile.probabilities,
            logTrembles: result.assessment.logTrembles)
          let residual = evaluation.logitResidual(lambda: lambda, ranges: game.payoffRanges())
          #expect(residual <= 1e-10, "seed \(seed), λ \(lambda): \(residual)")
        }
      }
    }
  }

  @Test("leads to the limit that the solver names")
  func continuation() throws {
    var games: [ExtensiveGame] = []
    for (name, kind, _) in RandomGameTests.kinds where name == "generic" || name == "smooth" {
      for seed in 0..<2500 as Range<UInt64> {
        let game = try RandomGames.game(kind, seed: seed)
        // Subgames are replaced by their limits; only without them is the path one path.
        let subgames = Subgames(of: game.tree)
        let whole = subgames.roots.allSatisfy { root in
          root == 0
            || !(root..<Int(subgames.end[root])).contains {
              game.tree.nodes[$0].kind == .decision
            }
        }
        if whole { games.append(game) }
      }
    }
    var generator = SeededGenerator(state: 5)
    for number in 0..<600 {
      // A bonus on the diagonal makes for several equilibria, turning points and near forks.
      let size = 2 + number % 3
      let bonus = Double(number % 4) * 40
      games.append(
        try TestData.simultaneous(
          (0..<size).map { row in
            (0..<size).map { column in
              let more = row == column ? bonus : 0
              return (
                Double.random(in: 0...99, using: &generator) + more,
                Double.random(in: 0...99, using: &generator) + more
              )
            }
          }))
    }
    var compared = 0
    for (number, game) in games.enumerated() {
      let result = try RandomGameTests.solve(game)
      let far = try logit(game, 1e6)
      #expect(result.failure == nil)
      if far.failure != nil { continue }
      compared += 1
      // Off the path slow beliefs may still be on their way.
      let profile = result.assessment.profile
      let reach = profile.realization(in: game.tree, odds: game.odds)
      for set in game.tree.informationSets
      where set.nodes.reduce(0, { $0 + reach[$1] }) > 1e-3 {
        for action in set.actionRange {
          let apart =
            profile.probabilities[action] - far.assessment.profile.probabilities[action]
          #expect(abs(apart) < 1e-3, "game \(number), \(game.title), \(set.label)")
        }
      }
    }
    #expect(compared > 650)
  }

  @Test("begins at the centroid")
  func centroid() throws {
    let game = try TestData.game("models/morrow1994_alliance_signal.efg")
    let result = try logit(game, 0)
    #expect(result.assessment.profile == BehaviorProfile(centroidOf: game.tree))
  }

  @Test("in one's own units is the path at λ times the range")
  func units() throws {
    let game = try TestData.simultaneous([[(3, 3), (0, 5)], [(5, 0), (1, 1)]])
    let own = try logit(game, 2, normalized: false).assessment.profile.probabilities
    let normalized = try logit(game, 10).assessment.profile.probabilities
    for (first, second) in zip(own, normalized) { #expect(abs(first - second) < 1e-11) }
  }

  @Test("keeps to the mixed equilibrium in matching pennies, symmetric or not")
  func pennies() throws {
    let even = try limit(TestData.simultaneous([[(1, -1), (-1, 1)], [(-1, 1), (1, -1)]]))
    for probability in even.assessment.profile.probabilities {
      #expect(abs(probability - 0.5) < 1e-12)
    }
    // Row's first diagonal pays 9: Column keeps Row indifferent, 9q - (1 - q) = -q + (1 - q).
    let uneven = try limit(TestData.simultaneous([[(9, -1), (-1, 1)], [(-1, 1), (1, -1)]]))
    let expected = [0.5, 0.5, 2.0 / 12, 10.0 / 12]
    for (found, probability) in zip(uneven.assessment.profile.probabilities, expected) {
      #expect(abs(found - probability) < 1e-9)
    }
  }

  @Test("passes the pitchforks of symmetric coordination and chicken on symmetric ground")
  func pitchforks() throws {
    // The branch is symmetric to the end (McKelvey & Palfrey 1995): the mixed equilibrium.
    let pure = try limit(TestData.simultaneous([[(1, 1), (0, 0)], [(0, 0), (1, 1)]]))
    for probability in pure.assessment.profile.probabilities {
      #expect(abs(probability - 0.5) < 1e-12)
    }
    // Chicken with payoffs 0, 7, 2, 6: daring has probability 1/3: 6d' + 2d = 7d' with d' = 1 - d.
    let chicken = try limit(TestData.simultaneous([[(0, 0), (7, 2)], [(2, 7), (6, 6)]]))
    let expected = [1.0 / 3, 2.0 / 3, 1.0 / 3, 2.0 / 3]
    for (found, probability) in zip(chicken.assessment.profile.probabilities, expected) {
      #expect(abs(found - probability) < 1e-9)
    }
    #expect(pure.statistics.bifurcations + chicken.statistics.bifurcations > 0)
  }

  @Test("goes to the risk-dominant equilibrium of 2×2 coordination with a stag hunt's payoffs")
  func riskDominance() throws {
    // Stag pays 10 together and 0 alone, hare 8 or 7: hare is risk dominant (7·7 > 2·2), and the
    // branch in symmetric 2×2 games goes there (Turocy 2005).
    let hunt = try limit(TestData.simultaneous([[(10, 10), (0, 8)], [(8, 0), (7, 7)]]))
    #expect(hunt.assessment.profile.probabilities == [0, 1, 0, 1])
    // Battle of the sexes whose products of deviation losses are 6·2 > 3·3.
    let asymmetric = try limit(TestData.simultaneous([[(6, 2), (0, 0)], [(0, 0), (3, 3)]]))
    #expect(asymmetric.assessment.profile.probabilities == [1, 0, 1, 0])
  }

  @Test("survives turning points: weak asymmetry in coordination")
  func turningPoints() throws {
    // Near a pitchfork the branch bends sharply, and one player's advantage against the other's
    // makes it swing: risk dominance decides in the end.
    for shift in [1e-1, 1e-2, 1e-3, 1e-4, 1e-6] {
      let game = try limit(
        TestData.simultaneous([[(1 + 2 * shift, 1), (0, 0)], [(0, 0), (1, 1 + shift)]]))
      #expect(game.assessment.profile.probabilities == [1, 0, 1, 0], "\(shift)")
    }
  }

  @Test("passes the nine-equilibrium game of McKelvey and McLennan to an equilibrium")
  func nineEquilibria() throws {
    // Gambit's 2x2x2 example, on which path followers have been seen to stall.
    let payoffs: [Double] = [
      9, 8, 12, 0, 0, 0, 0, 0, 0, 9, 8, 2, 0, 0, 0, 3, 4, 6, 3, 4, 6, 0, 0, 0,
    ]
    var builder = GameTreeBuilder(players: ["1", "2", "3"])
    var numbers: [Double] = []
    let first = builder.decision(player: 0, informationSet: "1", actions: ["a", "b"])
    for one in 0..<2 {
      let second = builder.decision(
        player: 1, informationSet: "2", actions: ["a", "b"], at: first.branch(one))
      for two in 0..<2 {
        let third = builder.decision(
          player: 2, informationSet: "3", actions: ["a", "b"], at: second.branch(two))
        for three in 0..<2 {
          builder.terminal(outcome: "\(one)\(two)\(three)", at: third.branch(three))
          let cell = one + 2 * two + 4 * three
          numbers += payoffs[(3 * cell)..<(3 * cell + 3)]
        }
      }
    }
    let tree = try builder.tree()
    let game = ExtensiveGame(
      title: "nine", tree: tree, payoffs: numbers,
      odds: Array(repeating: 0, count: tree.branchTarget.count))
    _ = try limit(game)
  }

  @Test("solves Selten's horse at a sequential equilibrium")
  func horse() throws {
    let result = try limit(VerifierTests.horse())
    // Every sequential equilibrium of this parametrization has One and Two across.
    let probabilities = result.assessment.profile.probabilities
    #expect(probabilities[0] > 1 - 1e-8 && probabilities[2] > 1 - 1e-8)
  }

  @Test("follows the traveler's dilemma to its low end, past high claims at low λ")
  func travelers() throws {
    // Claims from 2 to 12, reward 2 (Basu 1994; logit play by Capra, Goeree, Gomez & Holt 1999).
    let claims = (2...12).map(Double.init)
    let table = claims.map { own in
      claims.map { other in
        own == other
          ? (own, own)
          : own < other ? (own + 2, own - 2) : (other - 2, other + 2)
      }
    }
    let game = try TestData.simultaneous(table)
    let result = try limit(game)
    #expect(result.assessment.profile.probabilities[0] > 1 - 1e-8)
    let low = try logit(game, 0.5).assessment.profile.probabilities
    let mean = zip(claims, low).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(mean > 6)
  }

  @Test("finds limits where an odds ratio falls like a power of λ")
  func powers() throws {
    // Up is weakly dominated: it ties with down once Column plays left for sure. Column's right
    // is worse whatever happens, so down's advantage falls exponentially: Up keeps half.
    let exponential = try limit(TestData.simultaneous([[(1, 1), (0, 0)], [(1, 1), (1, 0)]]))
    #expect(abs(exponential.assessment.profile.probabilities[0] - 0.5) < 1e-9)
    // Neither loses by left or up alone, both by up against right: with p, q the odds of up and
    // right, log(p / (1 - p)) = -λq, log(q / (1 - q)) = -λp. Symmetric: p = q, which falls like
    // log λ / λ. The limit is down and left for sure.
    let slow = try limit(TestData.simultaneous([[(1, 1), (0, 0)], [(1, 1), (1, 1)]]))
    let probabilities = slow.assessment.profile.probabilities
    #expect(probabilities[0] < 1e-6 && probabilities[3] < 1e-6)
    for lambda in [10.0, 1e3, 1e5, 1e7] {
      let point = try logit(
        TestData.simultaneous([[(1, 1), (0, 0)], [(1, 1), (1, 1)]]), lambda)
      #expect(point.failure == nil)
      let p = point.assessment.profile.probabilities[0]
      let odds = point.assessment.logTrembles[0] - point.assessment.logTrembles[1]
      #expect(abs(odds + lambda * p) < 1e-8 * max(1, lambda * 1e-6), "λ \(lambda)")
    }
  }

  @Test("waits for beliefs over two mistakes that become rare at nearly the same rate")
  func slowBeliefs() throws {
    for gap in [1e-2, 1e-4, 1e-6] {
      // Sender: good, or mistakes b and c, of which b costs less by a trifle. The receiver, who
      // sees that there was a mistake, bets on b or c, at 3 to 1 against b.
      var builder = GameTreeBuilder(players: ["Sender", "Receiver"])
      let root = builder.decision(player: 0, informationSet: "s", actions: ["good", "b", "c"])
      builder.terminal(outcome: "good", at: root.branch(0))
      for mistake in 1...2 {
        let bet = builder.decision(
          player: 1, informationSet: "r", actions: ["bet b", "bet c"], at: root.branch(mistake))
        builder.terminal(outcome: "\(mistake) b", at: bet.branch(0))
        builder.terminal(outcome: "\(mistake) c", at: bet.branch(1))
      }
      let tree = try builder.tree()
      let worse = 0.5 - gap
      let game = ExtensiveGame(
        title: "mistakes", tree: tree,
        payoffs: [1, 0, 0.5, 1, 0.5, 0, worse, 0, worse, 3],
        odds: Array(repeating: 0, count: tree.branchTarget.count))
      let result = try limit(game)
      #expect(result.assessment.profile.probabilities == [1, 0, 0, 1, 0], "gap \(gap)")
    }
  }

  @Test("reports failure instead of trapping where numbers are no game")
  func malformed() throws {
    let game = try TestData.simultaneous([[(3, 3), (0, 5)], [(5, 0), (1, 1)]])
    let solver = try SequentialSolver(tree: game.tree)
    var workspace = solver.makeWorkspace()
    for value in [Double.nan, .infinity, -.infinity, 1.7e308] {
      var broken = game
      broken.payoffs[0] = value
      broken.payoffs[2] = -1.7e308
      #expect(solver.solve(broken, workspace: &workspace).failure == .notFinite)
    }
    let short = solver.solve(
      payoffs: [1], odds: game.odds, subjectiveOdds: [nil, nil], power: [], workspace: &workspace)
    #expect(short.failure == .malformed)
    #expect(solver.solve(game, workspace: &workspace).failure == nil)
  }
}
