import Games
import Mathematics
import Testing

@Suite("The sequence form") struct SequenceFormTests {
  /// The published models that have one, by name.
  private func models() throws -> [(name: String, game: ExtensiveGame, form: SequenceForm)] {
    try GamesSupport.files().compactMap { name, text in
      let game = try GambitExtensiveReader.game(from: text)
      guard let form = try? SequenceForm(of: game.tree) else { return nil }
      return (name, game, form)
    }
  }

  /// A profile that gives every action some probability, or excludes some.
  private func profile(_ tree: GameTree, seed: UInt64, mixed: Bool) -> ExactBehaviorProfile {
    var stream = SplitMix64(seed: seed)
    var probabilities: [Rational] = []
    for set in tree.informationSets {
      var shares = set.actions.map { _ in Rational(Int(stream.next() % 5) + (mixed ? 1 : 0)) }
      if shares.allSatisfy({ $0 == 0 }) { shares[0] = 1 }
      let total = shares.reduce(.zero, +)
      probabilities += shares.map { $0 / total }
    }
    return ExactBehaviorProfile(probabilities)
  }

  @Test("Each action ends one sequence, and a sequence follows those that it continues")
  func structure() throws {
    let models = try models()
    #expect(models.count > 10)
    for (name, game, form) in models {
      let tree = game.tree
      #expect(form.sides.map(\.count).reduce(0, +) == tree.actionCount + tree.players.count)
      for (player, side) in form.sides.enumerated() {
        for (position, id) in side.informationSets.enumerated() {
          let set = tree.informationSets[id]
          #expect(set.player == player && side.parent[position] < side.first[position], "\(name)")
          #expect(side.sequences(at: position).map { side.action[$0] } == Array(set.actionRange))
        }
      }
      for (action, sequence) in form.sequence.enumerated() {
        let owner = tree.informationSets.first { $0.actionRange.contains(action) }
        #expect(form.sides[owner?.player ?? 0].action[sequence] == action)
      }
    }
  }

  @Test("A mixed profile is found again from its realization plans, which add up at every set")
  func roundTrip() throws {
    for (index, (name, game, form)) in try models().enumerated() {
      let exact = profile(game.tree, seed: UInt64(index), mixed: true)
      let plans = form.plans(of: exact)
      #expect(form.profile(of: plans) == exact, "\(name)")
      for (side, plan) in zip(form.sides, plans) {
        #expect(plan[0] == 1)
        for position in side.informationSets.indices {
          let sum = side.sequences(at: position).reduce(Rational.zero) { $0 + plan[$1] }
          #expect(sum == plan[side.parent[position]], "\(name)")
        }
      }
      let numeric = form.profile(of: form.plans(of: exact.numeric))
      for (found, probability) in zip(numeric.probabilities, exact.numeric.probabilities) {
        #expect(abs(found - probability) < 1e-14, "\(name)")
      }
    }
  }

  @Test("Plans are kept by the way over the profile, where they exclude sets too")
  func excludedSets() throws {
    for (index, (name, game, form)) in try models().enumerated() {
      let exact = profile(game.tree, seed: UInt64(100 + index), mixed: false)
      let plans = form.plans(of: exact)
      let again = form.profile(of: plans)
      #expect(form.plans(of: again) == plans, "\(name)")
      for (side, plan) in zip(form.sides, plans) {
        for (position, id) in side.informationSets.enumerated()
        where plan[side.parent[position]] == 0 {
          let set = game.tree.informationSets[id]
          #expect(
            set.actionRange.allSatisfy {
              again.probabilities[$0] == Rational(1, set.actions.count)
            }, "\(name)")
        }
      }
    }
  }

  @Test("An end is reached with the product of its sequences' probabilities and chance's odds")
  func expectedPayoffs() throws {
    for (index, (name, game, form)) in try models().enumerated() {
      let tree = game.tree
      let players = tree.players.count
      let profile = profile(tree, seed: UInt64(200 + index), mixed: index % 2 == 0).numeric
      let plans = form.plans(of: profile)
      let reach = profile.realization(in: tree, odds: game.odds)
      // All moves certain but chance's: the odds of the ends.
      let sure = BehaviorProfile(Array(repeating: 1, count: tree.actionCount))
      let odds = sure.realization(in: tree, odds: game.odds)
      for (terminal, end) in tree.terminals.enumerated() {
        let product = (0..<players).reduce(odds[end.node]) {
          $0 * plans[$1][Int(form.leaves[terminal * players + $1])]
        }
        #expect(abs(product - reach[end.node]) < 1e-14, "\(name)")
      }
    }
  }

  @Test("A player that never moves has the empty sequence alone")
  func idlePlayer() throws {
    let game = try GamesSupport.game(
      "p \"\" 1 1 \"\" { \"x\" \"y\" } 0 t \"\" 1 \"\" { 1 2 } t \"\" 1")
    let form = try SequenceForm(of: game.tree)
    #expect(form.sides.map(\.count) == [3, 1])
    #expect(form.leaves == [1, 0, 2, 0])
    #expect(form.plans(of: BehaviorProfile([0.25, 0.75])) == [[1, 0.25, 0.75], [1]])
  }

  @Test("Who forgets has no sequence form")
  func imperfectRecall() throws {
    let game = try GamesSupport.game(
      """
      p "" 1 1 "first" { "x" "y" } 0
      p "" 1 2 "second" { "l" "r" } 0
      t "" 1 "" { 0, 0 } t "" 2 "" { 0, 0 }
      p "" 1 2 "second" { "l" "r" } 0
      t "" 3 "" { 0, 0 } t "" 4 "" { 0, 0 }
      """)
    #expect(throws: SequenceForm.Defect.imperfectRecall(informationSet: "second")) {
      try SequenceForm(of: game.tree)
    }
  }
}
