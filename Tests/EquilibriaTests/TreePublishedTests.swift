import Equilibria
import Games
import Mathematics
import Testing

@Suite("Exact methods on trees of the literature")
struct TreePublishedTests {
  private func pure(_ choices: [Int], _ game: ExtensiveGame) -> ExactBehaviorProfile {
    ExactBehaviorProfile(pure: choices, of: game.tree)
  }

  private func nash(_ game: ExtensiveGame) throws -> Set<[Int?]> {
    let list = try PureNashOfTree(of: game).reducedProfiles()
    #expect(list.isComplete)
    return Set(list.profiles)
  }

  private func perfect(_ game: ExtensiveGame) throws -> Set<[Int]> {
    let list = try PureSubgamePerfect(of: game).equilibria()
    #expect(list.isComplete)
    return Set(list.profiles)
  }

  private func sequential(_ game: ExtensiveGame) throws -> Set<[Int]> {
    let list = try PureSequential(of: game).equilibria()
    #expect(list.isComplete)
    return Set(list.profiles)
  }

  // MARK: Perfect information

  @Test("Entry is shared; the threat of a price war is an equilibrium, but not perfect")
  func entry() throws {
    let game = try TreeLiterature.entry()
    #expect(try nash(game) == [[0, 0], [1, 1]])
    #expect(try perfect(game) == [[1, 1]])
    let induction = try BackwardInduction(of: game)
    #expect(induction.equilibria().profiles == [[1, 1]])
    #expect(induction.classes(at: 0).map(\.values) == [[2, 2]])
    let threat = pure([0, 0], game)
    #expect(try NashVerifier.certificate(of: threat, in: game).isNash())
    let certificate = try SubgamePerfectVerifier.certificate(of: threat, in: game)
    // The incumbent would lose 2 by making the threat true.
    #expect(certificate.regret == 2)
    #expect(certificate.worst.map { [$0.subgame, $0.player] } == [1, 1])
    #expect(
      try SequentialTest.decide(threat, in: game) == .notSequential(informationSet: 1))
  }

  @Test("In the chain store's game every entrant enters and is let in, whatever went before")
  func chainStore() throws {
    let game = try TreeLiterature.chainStore(markets: 4)
    let induction = try BackwardInduction(of: game)
    #expect(induction.count == 1)
    let profile = try #require(induction.equilibria().profiles.first)
    #expect(profile.allSatisfy { $0 == 1 })
    #expect(induction.classes(at: 0).map(\.values) == [[2, 2, 2, 2, 8]])
  }

  @Test("The centipede is over at once in every equilibrium")
  func centipede() throws {
    let game = try TreeLiterature.centipede(moves: 6)
    let list = try BackwardInduction(of: game).equilibria()
    #expect(list.profiles == [[0, 0, 0, 0, 0, 0]])
    let equilibria = try nash(game)
    #expect(!equilibria.isEmpty)
    #expect(equilibria.allSatisfy { $0[0] == 0 })
    #expect(try BackwardInduction(of: game).classes(at: 0)[0].values == [Rational(2, 5), 0.1])
  }

  /// Osborne (2004), An Introduction to Game Theory, section 6.1.1: either everything is accepted
  /// and nothing offered, or only nothing is refused and one unit offered.
  @Test("An ultimatum over coins has two perfect equilibria", arguments: [2, 3, 10])
  func ultimatum(coins: Int) throws {
    let game = try TreeLiterature.ultimatum(coins: coins)
    let accepts = Array(repeating: 0, count: coins)
    let expected: Set = [[0, 0] + accepts, [1, 1] + accepts]
    let induction = try BackwardInduction(of: game)
    #expect(Set(induction.equilibria().profiles) == expected)
    #expect(try perfect(game) == expected)
    #expect(try sequential(game) == expected)
    #expect(
      Set(induction.classes(at: 0).map(\.values)) == [
        [Rational(coins), 0], [Rational(coins - 1), 1],
      ])
  }

  @Test("The number of equilibria may be beyond listing: then it is known, and the list is cut")
  func explosion() throws {
    // Everything is the same to everybody.
    func grow(_ depth: Int) -> GameNode {
      depth == 0 ? .end([0]) : .decision("A", ["x": grow(depth - 1), "y": grow(depth - 1)])
    }
    let game = try ExtensiveGame("indifferent", players: ["A"], grow(5))
    let induction = try BackwardInduction(of: game)
    #expect(induction.count == 1 << 31)
    let list = induction.equilibria(limit: 50)
    #expect(list.profiles.count == 50)
    #expect(list.stop == .limit(50))
    #expect(Set(list.profiles).count == 50)
    #expect(try PureSubgamePerfect(of: game).count == 1 << 31)
    #expect(try PureNashOfTree(of: game).reducedCount == 32)
    let larger = try ExtensiveGame("indifferent", players: ["A"], grow(6))
    #expect(try BackwardInduction(of: larger).count == nil)
    #expect(try PureSequential(of: game, limit: WorkLimit(steps: 3)).isComplete == false)
  }

  @Test("A leader gains by a move that is seen, and nothing by one that is seen with errors")
  func commitment() throws {
    let seen = try TreeLiterature.commitment(errors: nil)
    #expect(try perfect(seen) == [[0, 0, 1]])
    #expect(try BackwardInduction(of: seen).classes(at: 0).map(\.values) == [[5, 2]])
    for errors in [Rational(1, 100), Rational(1, 1_000_000)] {
      let noisy = try TreeLiterature.commitment(errors: errors)
      #expect(try nash(noisy) == [[1, 1, 1]])
      #expect(try sequential(noisy) == [[1, 1, 1]])
    }
  }

  // MARK: Imperfect information

  @Test("With an option outside, both pure equilibria of the battle stay perfect and sequential")
  func outsideOption() throws {
    let game = try TreeLiterature.outsideOption()
    // Sets: book, where, evening.
    #expect(try perfect(game) == [[1, 0, 0], [0, 1, 1]])
    #expect(try sequential(game) == [[1, 0, 0], [0, 1, 1]])
    #expect(try nash(game) == [[1, 0, 0], [0, nil, 1]])
    #expect(Set(try PureSubgamePerfect(of: game).values) == [[3, 1], [2, 2]])
  }

  @Test("Of the two pure equilibria of Selten's horse one is sequential")
  func horse() throws {
    let game = try StrategicGames.horse()
    let trusting = [1, 0, 0]
    let cautious = [0, 0, 1]
    #expect(try nash(game) == [[1, 0, 0], [0, 0, 1]])
    #expect(try perfect(game) == [trusting, cautious])
    #expect(try sequential(game) == [cautious])
    #expect(
      try SequentialTest.decide(pure(trusting, game), in: game)
        == .notSequential(informationSet: 1))
    let assessment = try #require(try PureSequential(of: game).equilibria().assessments.first)
    // The third chooses R only if it thinks the second's mistake twice as likely as the first's.
    let belief = assessment.beliefs[2]
    #expect(belief[0] >= Rational(2, 3))
  }

  @Test("Beer and quiche has two pure sequential equilibria, both pooling")
  func beerQuiche() throws {
    let game = try TreeLiterature.beerQuiche()
    // Sets: wimp, after beer, after quiche, surly.
    let labels = game.tree.informationSets.map(\.label)
    #expect(labels == ["wimp", "beer", "quiche", "surly"])
    let list = try PureSequential(of: game).equilibria()
    #expect(list.isComplete)
    #expect(Set(list.profiles) == [[0, 1, 0, 0], [1, 0, 1, 1]])
    for (profile, assessment) in zip(list.profiles, list.assessments) {
      let unsent = profile[0] == 0 ? 2 : 1
      // B duels only if the breakfast that is not eaten looks like a wimp's.
      #expect(assessment.beliefs[unsent][0] >= Rational(1, 2))
      let sent = profile[0] == 0 ? 1 : 2
      #expect(assessment.beliefs[sent] == [0.1, 0.9])
      var verifier = Verifier(tree: game.tree)
      #expect(verifier.certificate(for: assessment.numeric(), of: game).holds)
    }
  }

  /// Gibbons (1992), Game Theory for Applied Economists, figure 4.1.1.
  @Test("A threat that no belief supports is perfect for want of subgames, not sequential")
  func gibbons() throws {
    let game = try TreeLiterature.choiceUnseen(
      "Gibbons, figure 4.1.1", stay: [1, 3], [[2, 1], [0, 0]], [[0, 2], [0, 1]])
    #expect(try perfect(game) == [[1, 0], [0, 1]])
    #expect(try sequential(game) == [[1, 0]])
  }

  /// Osborne & Rubinstein (1994), A Course in Game Theory, example 219.1.
  @Test("A sequential equilibrium that holds for some beliefs at a set that is not reached")
  func osborneRubinstein() throws {
    let game = try TreeLiterature.choiceUnseen(
      "Osborne & Rubinstein, figure 219.1", stay: [2, 2], [[3, 1], [0, 2]], [[0, 2], [1, 1]])
    #expect(try sequential(game) == [[0, 1]])
    let found = try #require(try PureSequential(of: game).equilibria().assessments.first)
    #expect(found.beliefs[1][0] >= Rational(1, 2))
    // The other beliefs are consistent too, but then 2 would change its mind.
    var wrong = found.witness
    wrong.orders = [0, 2, 1, 1, 0]
    let certificate = try SequentialVerifier.certificate(
      of: found.profile, witness: wrong, in: game)
    #expect(certificate.beliefs[1] == [0, 1])
    #expect(certificate.regrets == [0, 1])
    #expect(throws: SequentialVerifier.Defect.beliefs(informationSet: "2")) {
      try SequentialVerifier.certificate(
        of: ExactAssessment(profile: found.profile, beliefs: found.beliefs, witness: wrong),
        in: game)
    }
  }

  /// Kohlberg & Mertens (1986), section 2.4: sequential equilibria change when one choice is made in
  /// two steps, which the reduced strategic form does not see. The numbers are our own: to the first
  /// player its second way out is worse than the first, whatever the other does.
  @Test("Sequential equilibrium depends on whether a choice is made in one step or in two")
  func invariance() throws {
    let first: [[Rational]] = [[3, 3], [1, 0]]
    let second: [[Rational]] = [[1, 0], [0, 1]]
    let one = try TreeLiterature.choiceUnseen("one step", stay: [2, 2], first, second)
    let two = try TreeLiterature.choiceInTwoSteps("two steps", stay: [2, 2], first, second)
    // The sets of the game in two steps: whether, how, 2's.
    #expect(try sequential(one) == [[1, 0], [0, 1]])
    #expect(try sequential(two) == [[1, 0, 0]])
    #expect(try nash(two) == [[1, 0, 0], [0, nil, 1]])
  }

  /// Selten (1975), Reexamination of the perfectness concept for equilibrium points, on the agent
  /// normal form; Myerson (1991), Game Theory, section 2.6: players' agents may be stuck where the
  /// player is not.
  @Test("An equilibrium between one player's agents is not a Nash equilibrium")
  func agents() throws {
    let game = try ExtensiveGame(
      "agents", players: ["A"],
      .decision(
        "A",
        ["stop": .end([1]), "go on": .decision("A", ["spoil": .end([0]), "win": .end([2])])]))
    let stuck = pure([0, 0], game)
    // Neither agent gains alone, the second for not being reached ...
    let evaluation = try ProfileEvaluation(of: stuck, in: game)
    #expect(evaluation.regret(at: 0) == 0)
    #expect(evaluation.regret(at: 1) == nil)
    // ... but the player does.
    #expect(try NashVerifier.certificate(of: stuck, in: game).regrets == [1])
    #expect(try nash(game) == [[1, 1]])
  }

  // MARK: Imperfect recall

  @Test("Imperfect recall and absent-mindedness are refused, each by name of the set")
  func recall() throws {
    for (game, defect) in [
      (try TreeLiterature.forgetful(), TreeDefect.imperfectRecall(informationSet: "again")),
      (try TreeLiterature.driver(), TreeDefect.absentMindedness(informationSet: "crossing")),
    ] {
      let profile = ExactBehaviorProfile(centroidOf: game.tree)
      #expect(throws: defect) { try PureNashOfTree(of: game) }
      #expect(throws: defect) { try PureSubgamePerfect(of: game) }
      #expect(throws: defect) { try PureSequential(of: game) }
      #expect(throws: defect) { try SequentialTest.decide(profile, in: game) }
      #expect(throws: defect) { try NashVerifier.certificate(of: profile, in: game) }
      #expect(throws: defect) { try NashVerifier.certificate(of: profile.numeric, in: game) }
      #expect(throws: defect) { try SubgamePerfectVerifier.certificate(of: profile, in: game) }
      #expect(throws: defect) { try ProfileEvaluation(of: profile, in: game) }
      #expect(throws: SequentialVerifier.Defect.tree(defect)) {
        try SequentialVerifier.certificate(
          of: profile, witness: TrembleWitness(uniformFor: profile), in: game)
      }
    }
    #expect(throws: TreeDefect.imperfectInformation(informationSet: "evening")) {
      try BackwardInduction(of: TreeLiterature.outsideOption())
    }
  }

  // MARK: Kuhn's theorem

  /// Kuhn (1953), Extensive games and the problem of information. In one market a mixed incumbent is
  /// the behavior strategy itself; after its own choice to stay at home a player's later choice is
  /// not part of any mixed strategy.
  @Test("Mixed and behavior strategies go over into each other; what is excluded is uniform")
  func conversion() throws {
    let game = try TreeLiterature.outsideOption()
    let conversion = try KuhnConversion(of: game.tree)
    #expect(conversion.strategyCounts == [3, 2])
    // Sets: book, where, evening; strategies: read, opera, fight.
    let behavior = ExactBehaviorProfile([
      Rational(1, 2), Rational(1, 2), Rational(1, 4), Rational(3, 4), Rational(1, 3),
      Rational(2, 3),
    ])
    let mixed = conversion.mixed(of: behavior)
    #expect(
      mixed.probabilities == [
        [Rational(1, 2), Rational(1, 8), Rational(3, 8)], [Rational(1, 3), Rational(2, 3)],
      ])
    #expect(conversion.behavior(of: mixed) == behavior)
    let home = MixedProfile([[1, 0, 0], [0, 1]])
    #expect(
      conversion.behavior(of: home).probabilities == [1, 0, Rational(1, 2), Rational(1, 2), 0, 1])
    let numeric = conversion.behavior(of: NumericProfile(mixed))
    for (found, exact) in zip(numeric.probabilities, behavior.probabilities) {
      #expect(abs(found - exact.doubleValue) < 1e-15)
    }
    #expect(conversion.mixed(of: behavior.numeric).probabilities[0] == [0.5, 0.125, 0.375])
  }

  // MARK: Defects

  @Test("What is no profile or witness is refused with the place")
  func defects() throws {
    let game = try TreeLiterature.entry()
    func certificate(_ numbers: [Rational]) throws -> Rational {
      try NashVerifier.certificate(of: ExactBehaviorProfile(numbers), in: game).regret
    }
    #expect(throws: TreeDefect.length(expected: 4, found: 2)) { try certificate([1, 0]) }
    #expect(throws: TreeDefect.sum(informationSet: "Entrant")) { try certificate([1, 1, 1, 0]) }
    #expect(throws: TreeDefect.negative(informationSet: "Entrant", action: "enter")) {
      try certificate([2, -1, 1, 0])
    }
    #expect(throws: TreeDefect.negative(informationSet: "Entrant", action: "stay out")) {
      try NashVerifier.certificate(of: BehaviorProfile([.nan, 1, 1, 0]), in: game)
    }
    let profile = pure([1, 1], game)
    for (orders, action) in [([1, 1, 1, 0], "enter"), ([0, 0, 1, 0], "stay out")] {
      let witness = TrembleWitness(orders: orders, coefficients: [1, 1, 1, 1])
      #expect(
        throws: SequentialVerifier.Defect.witness(informationSet: "Entrant", action: action)
      ) { try SequentialVerifier.certificate(of: profile, witness: witness, in: game) }
    }
    var broken = game
    broken.payoffs[0] = .infinity
    #expect(throws: TreeDefect.notFinite) { try BackwardInduction(of: broken) }
    #expect(throws: TreeDefect.notFinite) { try NashVerifier.certificate(of: profile, in: broken) }
  }

  @Test("Work that is cut short says so, and claims nothing")
  func limits() throws {
    let game = try TreeLiterature.chainStore(markets: 3)
    let limit = WorkLimit(steps: 5)
    let nash = try PureNashOfTree(of: game, limit: limit)
    #expect(nash.stop == .steps(5))
    #expect(nash.profiles().isComplete == false)
    let perfect = try PureSubgamePerfect(of: game, limit: limit)
    #expect(perfect.stop == .steps(5))
    #expect(perfect.equilibria().isComplete == false)
    let sequential = try PureSequential(of: game, limit: limit)
    #expect(sequential.stop == .steps(5))
    #expect(sequential.equilibria().isComplete == false)
    let induction = try BackwardInduction(of: game, limit: limit)
    #expect(induction.stop == .steps(5))
    #expect(induction.count == nil)
    #expect(induction.equilibria().isComplete == false)
    let horse = try StrategicGames.horse()
    let cautious = pure([0, 0, 1], horse)
    #expect(
      try SequentialTest.decide(cautious, in: horse, limit: WorkLimit(steps: 0)) == .undecided)
  }

  // MARK: Published models

  @Test(
    "Listed equilibria of the models are exact, and sequential", arguments: PublishedModel.names)
  func models(name: String) throws {
    let model = try #require(PublishedModel.all[name])
    let game = try TestData.game("models/" + model.file)
    for listed in model.equilibria {
      let probabilities = try game.tree.informationSets.flatMap { set in
        try set.actions.map { action in
          try #require(Rational(listed.exactStrategy[set.label]?[action] ?? "0"))
        }
      }
      let profile = ExactBehaviorProfile(probabilities)
      let nash = try NashVerifier.certificate(of: profile, in: game, numbers: .decimals)
      #expect(nash.isNash(), "\(listed.name)")
      for (player, label) in game.tree.players.enumerated() {
        #expect(nash.values[player] == Rational(try #require(listed.exactPayoffs[label])))
      }
      #expect(
        try SubgamePerfectVerifier.certificate(of: profile, in: game, numbers: .decimals)
          .isSubgamePerfect())
      let answer = try SequentialTest.decide(profile, in: game, numbers: .decimals)
      guard case .sequential(let assessment) = answer else {
        Issue.record("\(listed.name): \(answer)")
        continue
      }
      var verifier = Verifier(tree: game.tree)
      #expect(verifier.certificate(for: assessment.numeric(), of: game).holds)
      if probabilities.contains(where: { $0 != 0 && $0 != 1 }) { continue }
      // A pure one is on the complete list.
      let pure = try PureSequential(of: game, numbers: .decimals)
      let list = pure.equilibria(limit: 5_000)
      #expect(list.isComplete)
      let choices = game.tree.informationSets.map { set in
        set.actionRange.firstIndex { probabilities[$0] == 1 }.map { $0 - set.firstAction } ?? 0
      }
      #expect(list.profiles.contains(choices), "\(listed.name)")
      if model.multiplicity == "unique_sequential" { #expect(list.profiles == [choices]) }
      if model.multiplicity == "unique_sequential_outcome" { #expect(pure.values.count == 1) }
    }
  }
}

extension PublishedModel {
  /// The models' names, sorted.
  static var names: [String] { all.keys.sorted() }
}
