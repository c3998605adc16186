import Equilibria
import Foundation
import Games
import Testing

/// Properties of the solver over random games with ties, duplicates, one-action sets, excluded
/// branches, odds of the players' own, payoffs from 1e-6 to 1e6.
@Suite("Random games")
struct RandomGameTests {
  static func solve(
    _ game: ExtensiveGame, symbols: Bool = false
  ) throws -> SequentialSolver.Result {
    let solver = try SequentialSolver(
      tree: game.tree, symbols: symbols ? GameSymbols(numbersOf: game) : nil)
    var workspace = solver.makeWorkspace()
    return solver.solve(game, workspace: &workspace)
  }

  /// Kinds with the number of games and the most that may end without a certificate.
  static let kinds: [(name: String, kind: RandomGames.Kind, games: UInt64)] = {
    var generic = RandomGames.Kind()
    generic.ties = false
    var common = RandomGames.Kind()
    common.subjectiveOdds = false
    common.zeroOdds = false
    var smooth = generic
    smooth.subjectiveOdds = false
    smooth.zeroOdds = false
    smooth.duplicates = false
    var large = smooth
    large.largestDepth = 7
    large.nodeLimit = 250
    return [
      ("ties", RandomGames.Kind(), 1500), ("generic", generic, 1000), ("common", common, 1000),
      ("smooth", smooth, 500), ("large", large, 40),
    ]
  }()

  private func isCertified(_ game: ExtensiveGame, symbols: Bool) throws -> Bool {
    let result = try RandomGameTests.solve(game, symbols: symbols)
    var verifier = Verifier(tree: game.tree)
    return result.failure == nil && verifier.certificate(for: result.assessment, of: game).holds
  }

  @Test("are all certified, but for less than one in 200", arguments: kinds.indices)
  func certified(index: Int) throws {
    let (name, kind, games) = RandomGameTests.kinds[index]
    var missed: [UInt64] = []
    for seed in 0..<games {
      let game = try RandomGames.game(kind, seed: seed)
      for symbols in [false, true] {
        if try isCertified(game, symbols: symbols) { continue }
        missed.append(seed)
        // Nothing but ties, duplicates and odds of one's own makes trouble.
        if name == "smooth" || name == "large" {
          try Shrinking.expect(game, "\(name) \(seed): certified") {
            try isCertified($0, symbols: symbols)
          }
        }
      }
    }
    #expect(
      200 * missed.count < 2 * Int(games),
      "\(name): \(missed.count) of \(2 * games) without certificate: \(missed)")
  }

  @Test(
    "that were hard once are certified",
    arguments: ["slow-mistake", "balanced-mistakes", "copies"])
  func hard(name: String) throws {
    let game = try TestData.game("equilibria/\(name).efg")
    let result = try RandomGameTests.solve(game)
    #expect(result.failure == nil)
    var verifier = Verifier(tree: game.tree)
    #expect(verifier.certificate(for: result.assessment, of: game).holds)
  }

  @Test("that cannot be solved yet are reported, within bounded steps")
  func unsolved() throws {
    let game = try TestData.game("equilibria/rare-beliefs.efg")
    let result = try RandomGameTests.solve(game)
    var verifier = Verifier(tree: game.tree)
    let holds = verifier.certificate(for: result.assessment, of: game).holds
    #expect(result.failure != nil || holds)
    #expect(result.statistics.steps < 12_000)
  }

  @Test("with symbols and without have the same equilibrium")
  func symbols() throws {
    for (name, kind, games) in RandomGameTests.kinds {
      // Where payoffs tie, limits need not be isolated; they are then found to 1e-6.
      let tolerance = name == "smooth" || name == "large" ? 1e-9 : 1e-6
      var apart: [UInt64] = []
      for seed in 0..<min(games, 400) {
        let game = try RandomGames.game(kind, seed: seed)
        let plain = try RandomGameTests.solve(game)
        let symbolic = try RandomGameTests.solve(game, symbols: true)
        if plain.failure != nil || symbolic.failure != nil { continue }
        let distance =
          zip(
            plain.assessment.profile.probabilities, symbolic.assessment.profile.probabilities
          ).map { abs($0 - $1) }.max() ?? 0
        if distance > tolerance { apart.append(seed) }
      }
      #expect(apart.isEmpty, "\(name): \(apart)")
    }
  }

  @Test("give bit for bit the same result on repeat and with a workspace used before")
  func repeats() throws {
    for seed in 0..<200 as Range<UInt64> {
      let game = try RandomGames.game(RandomGames.Kind(), seed: seed)
      let solver = try SequentialSolver(tree: game.tree)
      var used = solver.makeWorkspace()
      let first = solver.solve(game, workspace: &used)
      // Another game of the same structure in between.
      var other = game
      other.payoffs.reverse()
      _ = solver.solve(other, workspace: &used)
      _ = solver.logitEquilibrium(of: game, lambda: 3, workspace: &used)
      let again = solver.solve(game, workspace: &used)
      var fresh = solver.makeWorkspace()
      let anew = solver.solve(game, workspace: &fresh)
      #expect(bits(first) == bits(again), "\(seed)")
      #expect(bits(first) == bits(anew), "\(seed)")
      #expect(first.statistics == again.statistics)
    }
  }

  private func bits(_ result: SequentialSolver.Result) -> [UInt64] {
    (result.assessment.profile.probabilities + result.assessment.logTrembles).map(\.bitPattern)
  }

  @Test("do not depend on the units of payoffs, to the bit where the change of units is exact")
  func rescaling() throws {
    var kind = RandomGames.Kind()
    kind.scales = false
    for seed in 0..<300 as Range<UInt64> {
      let game = try RandomGames.game(kind, seed: seed)
      var scaled = game
      let players = game.tree.players.count
      for place in scaled.payoffs.indices {
        let player = place % players
        scaled.payoffs[place] =
          (game.payoffs[place] + Double(player * 8)) * [0x1p-20, 1, 0x1p20, 0x1p3][player]
      }
      #expect(
        bits(try RandomGameTests.solve(game)) == bits(try RandomGameTests.solve(scaled)), "\(seed)")
    }
    kind.ties = false
    kind.duplicates = false
    kind.subjectiveOdds = false
    kind.zeroOdds = false
    for seed in 0..<300 as Range<UInt64> {
      let game = try RandomGames.game(kind, seed: seed)
      var scaled = game
      for place in scaled.payoffs.indices {
        scaled.payoffs[place] = 1e6 / 3 * (game.payoffs[place] - 7)
      }
      let plain = try RandomGameTests.solve(game).assessment.profile.probabilities
      let other = try RandomGameTests.solve(scaled).assessment.profile.probabilities
      for (first, second) in zip(plain, other) { #expect(abs(first - second) < 1e-8, "\(seed)") }
    }
  }

  @Test("permute with the players")
  func relabeling() throws {
    var kind = RandomGames.Kind()
    kind.ties = false
    kind.duplicates = false
    kind.subjectiveOdds = false
    kind.zeroOdds = false
    kind.players = 2...4
    for seed in 0..<300 as Range<UInt64> {
      let game = try RandomGames.game(kind, seed: seed)
      let players = game.tree.players.count
      // Player p becomes players - 1 - p.
      var builder = GameTreeBuilder(players: game.tree.players.reversed())
      let renamed = try rebuild(game.tree, with: &builder) { players - 1 - $0 }
      var payoffs = game.payoffs
      for terminal in game.tree.terminals.indices {
        for player in 0..<players {
          payoffs[terminal * players + players - 1 - player] =
            game.payoffs[terminal * players + player]
        }
      }
      let other = ExtensiveGame(title: "", tree: renamed, payoffs: payoffs, odds: game.odds)
      let plain = try RandomGameTests.solve(game).assessment.profile.probabilities
      let permuted = try RandomGameTests.solve(other).assessment.profile.probabilities
      for (first, second) in zip(plain, permuted) { #expect(abs(first - second) < 1e-8, "\(seed)") }
    }
  }

  /// The same tree, or the part below a node, with other players at the moves.
  private func rebuild(
    _ tree: GameTree, below root: Int = 0, with builder: inout GameTreeBuilder,
    player: (Int) -> Int
  ) throws -> GameTree {
    var places: [Int: GameTreeBuilder.Place] = [root: .root]
    for id in root..<tree.nodes.count {
      guard let place = places[id] else { continue }
      let node = tree.nodes[id]
      let started: GameTreeBuilder.Started
      switch node.kind {
      case .terminal:
        builder.terminal(
          outcome: tree.outcomes[tree.terminals[Int(node.index)].outcome], at: place)
        continue
      case .chance:
        started = builder.chance(
          label: "", branches: tree.chanceMoves[Int(node.index)].branches, at: place)
      case .decision:
        let set = tree.informationSets[Int(node.index)]
        started = builder.decision(
          player: player(set.player), informationSet: set.label, actions: set.actions, at: place)
      }
      for ordinal in 0..<Int(node.branchCount) {
        places[tree.child(of: id, action: ordinal)] = started.branch(ordinal)
      }
    }
    return try builder.tree()
  }

  @Test("have at each proper subgame the play of that subgame solved alone")
  func subgames() throws {
    var kind = RandomGames.Kind()
    kind.ties = false
    kind.duplicates = false
    kind.subjectiveOdds = false
    kind.zeroOdds = false
    var compared = 0
    for seed in 0..<400 as Range<UInt64> {
      let game = try RandomGames.game(kind, seed: seed)
      let tree = game.tree
      let players = tree.players.count
      let whole = try RandomGameTests.solve(game).assessment.profile.probabilities
      let subgames = Subgames(of: tree)
      for root in subgames.roots where root != 0 {
        let nodes = root..<Int(subgames.end[root])
        if !nodes.contains(where: { tree.nodes[$0].kind == .decision }) { continue }
        var builder = GameTreeBuilder(players: tree.players)
        let part = try rebuild(tree, below: root, with: &builder) { $0 }
        var payoffs: [Double] = []
        var odds: [Double] = []
        for id in nodes {
          if tree.nodes[id].kind == .terminal {
            let first = Int(tree.nodes[id].index) * players
            payoffs += game.payoffs[first..<(first + players)]
          } else {
            odds += tree.branches(of: id).map { game.odds[$0] }
          }
        }
        // Ranges are those of the whole game: a chance move of no likelihood shows them all.
        let lone = GameUnits.within(game, payoffs: payoffs, odds: odds, tree: part)
        let result = try RandomGameTests.solve(try lone())
        let alone = result.assessment.profile.probabilities
        for set in part.informationSets {
          guard let original = tree.set(set.label) else { continue }
          compared += 1
          let label = "seed \(seed), \(set.label)"
          guard let copy = try lone().tree.set(set.label) else { continue }
          for action in set.actions.indices {
            #expect(
              abs(alone[copy.firstAction + action] - whole[original.firstAction + action]) < 1e-8,
              "\(label)")
          }
        }
      }
    }
    #expect(compared > 500)
  }

  @Test("with perfect information agree with plain backward induction, ties split equally")
  func perfectInformation() throws {
    var kind = RandomGames.Kind()
    kind.perfectInformation = true
    kind.bargains = true
    kind.nodeLimit = 80
    for seed in 0..<1500 as Range<UInt64> {
      let game = try RandomGames.game(kind, seed: seed)
      let result = try RandomGameTests.solve(game, symbols: seed % 2 == 0)
      #expect(result.method == .backwardInduction)
      var induction = PlainBackwardInduction(game: game)
      _ = induction.values(at: 0)
      let found = result.assessment.profile.probabilities
      for (first, second) in zip(found, induction.probabilities) {
        #expect(abs(first - second) < 1e-9, "\(seed)")
      }
      var verifier = Verifier(tree: game.tree)
      #expect(verifier.certificate(for: result.assessment, of: game).holds, "\(seed)")
    }
  }
}

/// A subgame in the payoff units of its game.
enum GameUnits {
  /// The part as a game whose payoff ranges are those of the whole: two ends of probability 0 hold
  /// everybody's least and largest payoff.
  static func within(
    _ game: ExtensiveGame, payoffs: [Double], odds: [Double], tree: GameTree
  ) -> () throws -> ExtensiveGame {
    let players = game.tree.players.count
    var least: [Double] = []
    var largest: [Double] = []
    for player in 0..<players {
      let all = stride(from: player, to: game.payoffs.count, by: players).map { game.payoffs[$0] }
      least.append(all.min() ?? 0)
      largest.append(all.max() ?? 0)
    }
    return {
      var builder = GameTreeBuilder(players: game.tree.players)
      let top = builder.chance(label: "units", branches: ["play", "least", "largest"])
      var places: [Int: GameTreeBuilder.Place] = [0: top.branch(0)]
      for (id, node) in tree.nodes.enumerated() {
        guard let place = places[id] else { continue }
        let started: GameTreeBuilder.Started
        switch node.kind {
        case .terminal:
          builder.terminal(outcome: "end", at: place)
          continue
        case .chance:
          started = builder.chance(
            label: "", branches: tree.chanceMoves[Int(node.index)].branches, at: place)
        case .decision:
          let set = tree.informationSets[Int(node.index)]
          started = builder.decision(
            player: set.player, informationSet: set.label, actions: set.actions, at: place)
        }
        for ordinal in 0..<Int(node.branchCount) {
          places[tree.child(of: id, action: ordinal)] = started.branch(ordinal)
        }
      }
      builder.terminal(outcome: "least", at: top.branch(1))
      builder.terminal(outcome: "largest", at: top.branch(2))
      return ExtensiveGame(
        title: "part", tree: try builder.tree(), payoffs: payoffs + least + largest,
        odds: [1, 0, 0] + odds)
    }
  }
}

/// Backward induction by recursion: a player takes its best actions with equal odds; bargainers
/// the options with the largest Nash product.
struct PlainBackwardInduction {
  let game: ExtensiveGame
  var probabilities: [Double]
  private let ranges: [Double]

  init(game: ExtensiveGame) {
    self.game = game
    probabilities = Array(repeating: 0, count: game.tree.actionCount)
    ranges = game.payoffRanges()
  }

  /// Everybody's values at a node, in units of payoff ranges.
  mutating func values(at node: Int) -> [Double] {
    let tree = game.tree
    let players = tree.players.count
    if tree.nodes[node].kind == .terminal {
      return (0..<players).map {
        game.payoffs[Int(tree.nodes[node].index) * players + $0] / ranges[$0]
      }
    }
    let branches = Array(tree.branches(of: node))
    let below = branches.map { values(at: Int(tree.branchTarget[$0])) }
    if tree.nodes[node].kind == .chance {
      return (0..<players).map { player in
        zip(branches, below).reduce(0) { $0 + game.odds(heldBy: player)[$1.0] * $1.1[player] }
      }
    }
    let set = tree.informationSets[Int(tree.nodes[node].index)]
    var worths = below.map { $0[set.player] }
    if let bargain = set.bargain, let failure = below.last {
      let power = game.power[bargain.powerIndex]
      worths = below.map { values in
        let gains = bargain.between.map { player in
          let gain = values[player] - failure[player]
          return abs(gain) < 1e-10 ? 0 : gain
        }
        return gains[0] < 0 || gains[1] < 0
          ? min(gains[0], gains[1]) : pow(gains[0], power) * pow(gains[1], 1 - power)
      }
    }
    let best = worths.max() ?? 0
    let ties = worths.indices.filter { best - worths[$0] < 1e-10 }
    for action in ties { probabilities[set.firstAction + action] = 1 / Double(ties.count) }
    return (0..<players).map { player in
      ties.reduce(0) { $0 + below[$1][player] } / Double(ties.count)
    }
  }
}
