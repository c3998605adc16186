import Equilibria
import Games
import Mathematics
import Testing

/// Brute force, other methods of the library and the definitions agree with the exact methods on the
/// tree, on random games with ties, duplicates, one-action sets, odds of 0 and odds of one's own.
@Suite("Exact methods on random trees")
struct TreeMethodPropertyTests {
  @Test("list what brute force with the verifiers finds", arguments: TreeGames.kinds.indices)
  func bruteForce(index: Int) throws {
    let (name, kind) = TreeGames.kinds[index]
    var seen = 0
    var decided = 0
    for seed: UInt64 in 0..<900 {
      let game = try RandomGames.game(kind, seed: seed)
      guard let profiles = TreeGames.profiles(of: game.tree, limit: 100) else { continue }
      seen += 1
      var nash: [[Int]] = []
      var perfect: [[Int]] = []
      var sequential: [[Int]] = []
      var open: [[Int]] = []
      for profile in profiles {
        let behavior = ExactBehaviorProfile(pure: profile, of: game.tree)
        let certificate = try NashVerifier.certificate(of: behavior, in: game)
        if !certificate.isNash() { continue }
        nash.append(profile)
        let subgames = try SubgamePerfectVerifier.certificate(of: behavior, in: game)
        #expect(subgames.regrets[0] == certificate.regrets)
        if !subgames.isSubgamePerfect() { continue }
        perfect.append(profile)
        switch try SequentialTest.decide(behavior, in: game) {
        case .sequential(let assessment):
          sequential.append(profile)
          #expect(try SequentialVerifier.certificate(of: assessment, in: game).isSequential)
        case .undecided: open.append(profile)
        case .notSequential:
          for attempt: UInt64 in 0..<20 {
            let witness = TreeGames.witness(for: behavior, seed: seed &* 100 &+ attempt)
            let certificate = try SequentialVerifier.certificate(
              of: behavior, witness: witness, in: game)
            #expect(!certificate.isSequential, "\(name) \(seed): \(profile)")
          }
        }
      }
      let onTree = try PureNashOfTree(of: game)
      #expect(onTree.profiles().isComplete)
      #expect(Set(onTree.profiles().profiles) == Set(nash), "\(name) \(seed)")
      #expect(onTree.profiles().profiles.count == nash.count, "\(name) \(seed)")
      let subgamePerfect = try PureSubgamePerfect(of: game)
      let list = subgamePerfect.equilibria()
      #expect(list.isComplete)
      #expect(Set(list.profiles) == Set(perfect), "\(name) \(seed)")
      #expect(list.profiles.count == perfect.count)
      #expect(subgamePerfect.count == perfect.count)
      let found = try PureSequential(of: game)
      let assessments = found.equilibria()
      #expect(Set(assessments.profiles).subtracting(open) == Set(sequential), "\(name) \(seed)")
      #expect(assessments.isComplete || !open.isEmpty, "\(name) \(seed)")
      if open.isEmpty { decided += 1 }
      #expect(found.count == assessments.profiles.count)
    }
    #expect(seen > 120, "\(name)")
    #expect(decided == seen, "\(name): \(seen - decided) undecided")
  }

  @Test("agree about perfect information, ties and all")
  func perfectInformation() throws {
    var seen = 0
    for seed: UInt64 in 0..<1_500 {
      let game = try RandomGames.game(TreeGames.open, seed: seed)
      guard let profiles = TreeGames.profiles(of: game.tree, limit: 2_000) else { continue }
      seen += 1
      let induction = try BackwardInduction(of: game)
      let list = induction.equilibria(limit: profiles.count)
      #expect(list.isComplete)
      #expect(induction.count == list.profiles.count)
      let expected = try PureSubgamePerfect(of: game).equilibria(limit: profiles.count)
      #expect(expected.isComplete)
      #expect(Set(list.profiles) == Set(expected.profiles), "\(seed)")
      #expect(list.profiles.count == Set(list.profiles).count)
      let sequential = try PureSequential(of: game).equilibria(limit: profiles.count)
      #expect(sequential.isComplete)
      #expect(Set(list.profiles) == Set(sequential.profiles), "\(seed)")
      let onTree = Set(try PureNashOfTree(of: game).profiles(limit: profiles.count).profiles)
      #expect(!list.profiles.isEmpty)
      for profile in list.profiles {
        #expect(onTree.contains(profile))
        let behavior = ExactBehaviorProfile(pure: profile, of: game.tree)
        #expect(
          try SubgamePerfectVerifier.certificate(of: behavior, in: game).isSubgamePerfect())
      }
      let values = Set(induction.classes(at: 0).map(\.values))
      #expect(values == Set(try PureSubgamePerfect(of: game).values))
    }
    #expect(seen > 1_000)
  }

  @Test(
    "find the pure equilibria of the reduced strategic form", arguments: TreeGames.kinds.indices)
  func reducedForm(index: Int) throws {
    let (name, kind) = TreeGames.kinds[index]
    var wider = kind
    wider.nodeLimit = 24
    for seed: UInt64 in 5_000..<5_600 {
      let game = try RandomGames.game(wider, seed: seed)
      try Shrinking.expect(game, "\(name) \(seed): the tree and its form agree") { game in
        let limits = ReducedStrategicForm.Limits(strategies: 200, payoffs: 4_000)
        guard let form = try? ReducedStrategicForm(of: game, limits: limits) else { return true }
        let expected = PureEquilibria.all(of: form.game).map { profile in
          var choices = [Int?](repeating: nil, count: game.tree.informationSets.count)
          for (player, strategy) in profile.enumerated() {
            for (position, set) in form.informationSets[player].enumerated() {
              choices[set] = form.action(of: player, strategy: strategy, at: position)
            }
          }
          return choices
        }
        let onTree = try PureNashOfTree(of: game)
        let list = onTree.reducedProfiles()
        return list.isComplete && Set(list.profiles) == Set(expected)
          && list.profiles.count == expected.count && onTree.reducedCount == expected.count
      }
    }
  }

  @Test("verify as the strategic form does, exactly and in floating point")
  func verifiers() throws {
    for seed: UInt64 in 0..<1_500 {
      let game = try RandomGames.game(TreeGames.kinds[0].kind, seed: seed)
      let limits = ReducedStrategicForm.Limits(strategies: 200, payoffs: 4_000)
      guard let form = try? ReducedStrategicForm(of: game, limits: limits) else { continue }
      let profile = TreeGames.mixed(of: game.tree, seed: seed)
      let conversion = try KuhnConversion(of: game.tree)
      let mixed = conversion.mixed(of: profile)
      let onTree = try NashVerifier.certificate(of: profile, in: game)
      let strategic = try StrategicVerifier.certificate(of: mixed, in: form.game)
      #expect(onTree.values == strategic.values, "\(seed)")
      #expect(onTree.regrets == strategic.regrets, "\(seed)")
      // There and back: the same play, so the same values and regrets.
      let back = conversion.behavior(of: mixed)
      #expect(try NashVerifier.certificate(of: back, in: game).regrets == onTree.regrets)
      let subgames = try SubgamePerfectVerifier.certificate(of: profile, in: game)
      #expect(subgames.regrets[0] == onTree.regrets)
      let floating = try NashVerifier.certificate(of: profile.numeric, in: game)
      for (found, exact) in zip(floating.regrets, onTree.regrets) {
        #expect(abs(found - exact.doubleValue) < 1e-12)
      }
      let rounded = try SubgamePerfectVerifier.certificate(of: profile.numeric, in: game)
      for (found, exact) in zip(rounded.regrets.joined(), subgames.regrets.joined()) {
        #expect(abs(found - exact.doubleValue) < 1e-12)
      }
    }
  }

  @Test("bear out the best reply that they name")
  func bestReplies() throws {
    for seed: UInt64 in 0..<600 {
      let game = try RandomGames.game(TreeGames.kinds[1].kind, seed: seed)
      let profile = TreeGames.mixed(of: game.tree, seed: seed)
      let certificate = try NashVerifier.certificate(of: profile, in: game)
      for player in game.tree.players.indices {
        var changed = profile
        for (set, information) in game.tree.informationSets.enumerated()
        where information.player == player {
          for (ordinal, action) in information.actionRange.enumerated() {
            changed.probabilities[action] =
              ordinal == certificate.bestReplies[set] ?? 0 ? .one : .zero
          }
        }
        let reply = try NashVerifier.certificate(of: changed, in: game)
        #expect(reply.values[player] == certificate.bestValues[player])
        #expect(reply.regrets[player] == .zero)
      }
    }
  }

  @Test("have beliefs and worths that the other verifier finds too")
  func sequentialVerifiers() throws {
    for seed: UInt64 in 0..<1_000 {
      let game = try RandomGames.game(TreeGames.kinds[0].kind, seed: seed)
      let profile = TreeGames.mixed(of: game.tree, seed: seed)
      let witness = TreeGames.witness(for: profile, seed: seed)
      let certificate = try SequentialVerifier.certificate(
        of: profile, witness: witness, in: game)
      let assessment = ExactAssessment(
        profile: profile, beliefs: certificate.beliefs, witness: witness
      ).numeric()
      let reference = ReferenceEvaluation(
        game: game, probabilities: assessment.profile.probabilities,
        logTrembles: assessment.logTrembles)
      let evaluation = try ProfileEvaluation(of: profile, in: game)
      for (set, information) in game.tree.informationSets.enumerated() {
        for (found, expected) in zip(certificate.beliefs[set], reference.beliefs(at: information)) {
          #expect(abs(found.doubleValue - expected) < 1e-12, "\(seed)")
        }
        for (found, expected) in zip(
          certificate.actionValues[set], reference.worths(at: information))
        {
          #expect(abs(found.doubleValue - expected) < 1e-11, "\(seed)")
        }
        if let beliefs = evaluation.beliefs(at: set) {
          #expect(beliefs == certificate.beliefs[set], "\(seed)")
          #expect(evaluation.regret(at: set) == certificate.regrets[set])
        }
      }
    }
  }

  @Test("accept what the sequential solver finds")
  func solver() throws {
    for seed: UInt64 in 0..<400 {
      let game = try RandomGames.game(RandomGames.Kind(), seed: seed)
      let result = try RandomGameTests.solve(game)
      if result.failure != nil { continue }
      let ranges = game.payoffRanges()
      let nash = try NashVerifier.certificate(of: result.assessment.profile, in: game)
      for (regret, range) in zip(nash.regrets, ranges) { #expect(regret / range < 1e-7, "\(seed)") }
      let subgames = try SubgamePerfectVerifier.certificate(
        of: result.assessment.profile, in: game)
      for regrets in subgames.regrets {
        for (regret, range) in zip(regrets, ranges) { #expect(regret / range < 1e-7, "\(seed)") }
      }
    }
  }

  @Test("decide which mistakes of several players together make a choice right")
  func mistakes() throws {
    var counts = [0, 0, 0]
    for seed: UInt64 in 0..<700 {
      let (game, choices) = try TreeGames.mistakes(seed: seed)
      let profile = ExactBehaviorProfile(pure: choices, of: game.tree)
      switch try SequentialTest.decide(profile, in: game) {
      case .sequential(let assessment):
        counts[0] += 1
        #expect(try SequentialVerifier.certificate(of: assessment, in: game).isSequential)
      case .notSequential(let set):
        counts[1] += 1
        if set == nil { counts[2] += 1 }
        for attempt: UInt64 in 0..<(set == nil ? 200 : 10) {
          let witness = TreeGames.witness(for: profile, seed: seed &* 1_000 &+ attempt)
          let certificate = try SequentialVerifier.certificate(
            of: profile, witness: witness, in: game)
          #expect(!certificate.isSequential, "\(seed)")
        }
      case .undecided: Issue.record("\(seed) is undecided")
      }
    }
    #expect(counts.allSatisfy { $0 > 20 }, "\(counts)")
  }

  @Test("decide whether bounds on likelihoods of pairs of mistakes can be kept together")
  func pairs() throws {
    var counts = [0, 0]
    for seed: UInt64 in 0..<2_000 {
      let (game, pairs) = try TreeGames.pairs(seed: seed)
      let choices = Array(repeating: 0, count: game.tree.informationSets.count)
      let profile = ExactBehaviorProfile(pure: choices, of: game.tree)
      let isPossible = try TreeGames.isPossible(pairs)
      switch try SequentialTest.decide(profile, in: game) {
      case .sequential: #expect(isPossible, "\(seed)")
      case .notSequential: #expect(!isPossible, "\(seed)")
      case .undecided: Issue.record("\(seed) is undecided: \(isPossible) \(pairs)")
      }
      counts[isPossible ? 0 : 1] += 1
    }
    #expect(counts.allSatisfy { $0 > 300 }, "\(counts)")
  }

  /// With eight types the first player alone has 9⁸ reduced strategies.
  @Test("are complete on crises between three players", arguments: [2, 3, 8])
  func crises(types: Int) throws {
    for seed: UInt64 in 0..<25 {
      let game = try TreeGames.crisis(types: types, seed: 5_000_000 + seed)
      let nash = try PureNashOfTree(of: game)
      #expect(nash.isComplete)
      if types == 2 {
        #expect(
          nash.reducedCount == PureEquilibria.all(of: try ReducedStrategicForm(of: game).game).count
        )
      }
      let perfect = try PureSubgamePerfect(of: game)
      let sequential = try PureSequential(of: game)
      let list = sequential.equilibria()
      #expect(list.isComplete, "\(seed)")
      #expect(perfect.isComplete)
      let all = Set(perfect.equilibria(limit: 100_000).profiles)
      #expect(all.count == perfect.count)
      #expect(all.isSuperset(of: list.profiles))
      for pattern in nash.patterns {
        let choices = pattern.choices.map { $0 ?? 0 }
        let profile = ExactBehaviorProfile(pure: choices, of: game.tree)
        let certificate = try NashVerifier.certificate(of: profile, in: game)
        #expect(certificate.isNash(), "\(seed)")
        #expect(certificate.values == pattern.values)
      }
    }
  }
}
