import Equilibria
import Games
import Mathematics
import Testing

/// Blocks of draws against the solver that takes one draw after the other.
@Suite("Backward induction for blocks of draws")
struct BlockBackwardInductionTests {
  /// A structure with as many draws of its numbers, all of a few values if there are to be ties.
  private struct Block {
    let tree: GameTree
    var symbols: GameSymbols
    var numbers: Columns
    var games: [ExtensiveGame]

    init(_ kind: RandomGames.Kind, seed: UInt64, draws: Int) throws {
      let first = try RandomGames.game(kind, seed: seed)
      tree = first.tree
      // Numbers that are equal are sometimes the same, as if one expression gave them.
      var stream = SplitMix64(seed: SplitMix64.hash(seed, 11))
      let isShared = stream.uniform() < 0.5
      var symbols = GameSymbols(numbersOf: first)
      let payoffs = symbols.payoffs.count
      if !isShared { symbols.payoffs = symbols.payoffs.indices.map { Int32($0) } }
      let shift = isShared ? 0 : Int32(payoffs)
      if !isShared {
        symbols.odds = symbols.odds.map { $0 + shift }
        symbols.subjectiveOdds = symbols.subjectiveOdds.map { $0?.map { $0 + shift } }
      }
      let own = symbols.subjectiveOdds.compactMap(\.self)
      let count = (symbols.payoffs + symbols.odds + own.joined()).max().map { Int($0) + 1 } ?? 0
      numbers = Columns(count: count, draws: draws)
      games = Array(repeating: first, count: draws)
      for draw in 0..<draws {
        for (branch, symbol) in symbols.odds.enumerated() {
          numbers[Int(symbol), draw] = first.odds[branch]
        }
        for (player, list) in symbols.subjectiveOdds.enumerated() {
          for (branch, symbol) in (list ?? []).enumerated() {
            numbers[Int(symbol), draw] = first.odds(heldBy: player)[branch]
          }
        }
        // With shared numbers payoffs must stay what odds may be, too.
        for (place, symbol) in symbols.payoffs.enumerated() {
          if !isShared, draw > 0 {
            games[draw].payoffs[place] =
              kind.ties
              ? Double(Int.random(in: -2...2, using: &stream)) : stream.uniform() * 1e3
            // Differences about as small as the rule for ties can see.
            if stream.uniform() < 0.3 {
              games[draw].payoffs[place] += 6e-13 * Double(Int.random(in: -9...9, using: &stream))
            }
          }
          numbers[Int(symbol), draw] = games[draw].payoffs[place]
        }
      }
      self.symbols = symbols
    }
  }

  private func check(_ kind: RandomGames.Kind, seeds: Range<UInt64>) throws {
    for seed in seeds {
      let draws = Int(1 + seed % 75)
      let block = try Block(kind, seed: seed, draws: draws)
      let induction = try BlockBackwardInduction(tree: block.tree, columns: block.symbols)
      var solution = induction.makeSolution(draws: draws)
      var scratch = induction.makeScratch()
      let largest = block.games.flatMap(\.payoffs).reduce(0) { max($0, abs($1)) }
      induction.solve(
        block.numbers, draws: draws, bound: seed % 2 == 0 ? largest : .infinity, into: &solution,
        scratch: &scratch)
      var play = BlockReach(tree: block.tree, odds: block.symbols.odds)
      var ends = Columns(count: block.tree.terminals.count, draws: draws)
      play.findEnds(
        profile: solution.probabilities, numbers: block.numbers, draws: draws, into: &ends)
      let solver = try SequentialSolver(tree: block.tree, symbols: block.symbols)
      var workspace = solver.makeWorkspace()
      for (draw, game) in block.games.enumerated() {
        let profile = solver.solve(game, workspace: &workspace).assessment.profile
        let same = profile.probabilities.indices.allSatisfy {
          profile.probabilities[$0] == solution.probabilities[$0, draw]
        }
        #expect(same, "seed \(seed), draw \(draw)")
        let ranges = game.payoffRanges()
        for (player, value) in values(game, profile).enumerated() {
          #expect(
            abs(value - solution.values[player, draw]) <= 1e-12 * ranges[player] + 1e-14
              * abs(value))
        }
        let reach = probabilities(game, profile)
        #expect(reach.indices.allSatisfy { abs(reach[$0] - ends[$0, draw]) <= 1e-15 })
      }
    }
  }

  /// What each player expects, by its own odds: the plain sum over the tree.
  private func values(_ game: ExtensiveGame, _ profile: BehaviorProfile) -> [Double] {
    let tree = game.tree
    return tree.players.indices.map { player in
      let odds = game.odds(heldBy: player)
      var value = [Double](repeating: 0, count: tree.nodes.count)
      for (id, node) in tree.nodes.enumerated().reversed() {
        if node.kind == .terminal {
          value[id] = game.payoffs[Int(node.index) * tree.players.count + player]
          continue
        }
        for (ordinal, branch) in tree.branches(of: id).enumerated() {
          let share =
            node.kind == .chance
            ? odds[branch]
            : profile.probabilities[
              tree.informationSets[Int(node.index)].firstAction + ordinal]
          value[id] += share * value[Int(tree.branchTarget[branch])]
        }
      }
      return value[0]
    }
  }

  /// How likely each end is, by the odds that weigh forecasts.
  private func probabilities(_ game: ExtensiveGame, _ profile: BehaviorProfile) -> [Double] {
    let tree = game.tree
    return tree.terminals.map { end in
      var product = 1.0
      var id = end.node
      while tree.nodes[id].parent >= 0 {
        let parent = Int(tree.nodes[id].parent)
        let branch = Int(tree.nodes[id].incoming)
        let ordinal = branch - Int(tree.nodes[parent].firstBranch)
        product *=
          tree.nodes[parent].kind == .chance
          ? game.odds[branch]
          : profile.probabilities[
            tree.informationSets[Int(tree.nodes[parent].index)].firstAction + ordinal]
        id = parent
      }
      return product
    }
  }

  @Test("Choices are those of the sequential solver, with ties, chance and odds of one's own")
  func ties() throws {
    var kind = RandomGames.Kind()
    kind.perfectInformation = true
    try check(kind, seeds: 0..<600)
  }

  @Test("Choices are those of the sequential solver where payoffs come from a continuum")
  func continuum() throws {
    var kind = RandomGames.Kind()
    kind.perfectInformation = true
    kind.ties = false
    try check(kind, seeds: 5_000..<5_200)
  }

  @Test("A game in which somebody does not see a move is refused")
  func imperfectInformation() throws {
    let game = try ExtensiveGame(
      "Pennies", players: ["A", "B"],
      .decision("A", ["h": coin([1, 0], [0, 1]), "t": coin([0, 1], [1, 0])]))
    #expect(throws: TreeDefect.imperfectInformation(informationSet: "guess")) {
      try BlockBackwardInduction(tree: game.tree, columns: GameSymbols(numbersOf: game))
    }
  }

  private func coin(_ heads: [Rational], _ tails: [Rational]) -> GameNode {
    .decision("B", set: "guess", ["h": .end(heads), "t": .end(tails)])
  }
}
