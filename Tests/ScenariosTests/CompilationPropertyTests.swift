import Games
import Mathematics
import Scenarios
import Testing

@Suite("What holds of the game of every scenario")
struct CompilationPropertyTests {
  /// Texts with their games; the generator makes only valid ones.
  private func each(_ body: (ScenarioGenerator.Text, Scenario, ParametricGame) throws -> Void)
    throws
  {
    for seed in UInt64(0)..<150 {
      var generator = ScenarioGenerator(seed: seed)
      let text = generator.text()
      let (scenario, game) = try CompilationSupport.compile(text.text())
      try body(text, scenario, game)
    }
  }

  /// Draws of all inputs: the medians, then others between the 2nd and 98th percentile.
  private func draws(_ scenario: Scenario, count: Int = 5) -> [[Double]] {
    var random = SplitMix64(seed: 7)
    return [scenario.inputs.map(\.best)]
      + (0..<count).map { _ in
        scenario.inputs.map { $0.distribution.quantile(0.02 + 0.96 * random.uniform()) }
      }
  }

  private func games(_ game: ParametricGame, _ inputs: [Double]) throws -> [ExtensiveGame] {
    var values: [Double] = []
    game.graph.evaluate(inputs: inputs, into: &values)
    return try game.views.indices.map { try game.game(view: $0, values: values) }
  }

  @Test("Recall is perfect, and the nodes of an information set agree in player and actions")
  func recall() throws {
    var sizes: Set<Int> = []
    try each { _, _, game in
      let tree = game.tree
      #expect(Recall(of: tree).isPerfect)
      for (index, set) in tree.informationSets.enumerated() {
        for node in set.nodes {
          #expect(Int(tree.nodes[node].index) == index)
          #expect(Int(tree.nodes[node].branchCount) == set.actions.count)
        }
        sizes.insert(set.nodes.count)
      }
      #expect(game.decisions.count == tree.informationSets.count)
      #expect(Set(tree.informationSets.map(\.label)).count == tree.informationSets.count)
    }
    // The texts are rich enough to hide something.
    #expect(sizes.count > 4)
  }

  @Test("Odds add up to 1 at every move of chance, for everybody and in every draw")
  func odds() throws {
    var subjective = 0
    try each { _, scenario, game in
      for inputs in draws(scenario) {
        for view in try games(game, inputs) {
          let held = [view.odds] + view.subjectiveOdds.compactMap { $0 }
          subjective += held.count - 1
          for odds in held {
            for move in view.tree.chanceMoves {
              let shares = view.tree.branches(of: move.node).map { odds[$0] }
              #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
              #expect(shares.allSatisfy { $0 >= 0 && $0 <= 1 })
            }
          }
        }
      }
    }
    #expect(subjective > 0)
  }

  @Test("A draw has the game of the text in which every quantity is the number drawn")
  func drawIsText() throws {
    try each { text, scenario, game in
      for inputs in draws(scenario, count: 2) {
        let settings = zip(scenario.inputs, inputs).map { ($0.name, "\($1)") }
        let fixed = try CompilationSupport.scenario(text.text(), settings: settings)
        let fixedGame = try #require(GameCompiler.compile(fixed).game)
        #expect(fixedGame.tree == game.tree)
        for (own, other) in zip(
          try games(game, inputs), try games(fixedGame, fixed.inputs.map(\.best)))
        {
          #expect(BareTree(own).firstDifference(from: BareTree(other)) == nil)
          for (mine, theirs) in zip(own.subjectiveOdds, other.subjectiveOdds) {
            #expect((mine == nil) == (theirs == nil))
            for (first, second) in zip(mine ?? [], theirs ?? []) {
              #expect(abs(first - second) < 1e-12)
            }
          }
        }
      }
    }
  }

  @Test("Two compilations give the same game to the bit")
  func repeatable() throws {
    try each { _, scenario, game in
      let again = try #require(GameCompiler.compile(scenario).game)
      #expect(again.tree == game.tree)
      #expect(again.graph.operations == game.graph.operations)
      #expect(again.views.map(\.payoffs) == game.views.map(\.payoffs))
      #expect(again.views.map(\.odds) == game.views.map(\.odds))
      #expect(again.views.map(\.subjectiveOdds) == game.views.map(\.subjectiveOdds))
    }
  }

  @Test("Declaring the parties in another order permutes players and payoffs, nothing else")
  func permuted() throws {
    try each { text, scenario, game in
      let order = Array(text.parties.indices.reversed())
      let (other, permuted) = try CompilationSupport.compile(text.text(order: order))
      #expect(permuted.tree.players == order.map { game.tree.players[$0] })
      let own = try games(game, scenario.inputs.map(\.best))[0]
      let theirs = try games(permuted, other.inputs.map(\.best))[0]
      #expect(own.tree.nodes == theirs.tree.nodes)
      #expect(own.tree.chanceMoves == theirs.tree.chanceMoves)
      #expect(own.tree.terminals == theirs.tree.terminals)
      #expect(own.odds == theirs.odds)
      for (mine, other) in zip(own.tree.informationSets, theirs.tree.informationSets) {
        #expect(mine.label == other.label)
        #expect(mine.player == order[other.player])
      }
      let count = order.count
      for terminal in own.tree.terminals.indices {
        for (index, party) in order.enumerated() {
          #expect(
            own.payoffs[terminal * count + party] == theirs.payoffs[terminal * count + index])
        }
      }
      for (index, party) in order.enumerated() {
        #expect(own.subjectiveOdds[party] == theirs.subjectiveOdds[index])
      }
    }
  }

  @Test("Supposing a choice prunes the tree to the histories in which it is made")
  func supposing() throws {
    try each { text, scenario, game in
      let fact = try #require(scenario.names.facts.firstIndex { $0.name == "s0" })
      for value in scenario.names.facts[fact].values.indices {
        var order = GameCompiler.Order()
        order.supposing = [Supposition(fact: fact, round: nil, value: value)]
        let pruned = try #require(GameCompiler.compile(scenario, order).game)
        // Every end below that choice, and no other, in the same order.
        let kept = game.tree.terminals.indices.filter { terminal in
          var node = game.tree.terminals[terminal].node
          while game.tree.nodes[node].parent >= 0 {
            let above = Int(game.tree.nodes[node].parent)
            let parent = game.tree.nodes[above]
            if parent.kind == .decision, game.decisions[Int(parent.index)].fact == fact {
              return Int(game.tree.nodes[node].incoming - parent.firstBranch) == value
            }
            node = above
          }
          return false
        }
        let full = try games(game, scenario.inputs.map(\.best))[0]
        let part = try games(pruned, scenario.inputs.map(\.best))[0]
        let count = text.parties.count
        #expect(
          kept.flatMap { full.payoffs[($0 * count)..<($0 * count + count)] } == part.payoffs)
      }
    }
  }
}
