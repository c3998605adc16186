import Equilibria
import Games
import Mathematics
import Testing

@Suite("Coalition games: values, core and nucleolus")
struct CoalitionGameTests {
  // MARK: Values

  @Test("A left glove is worth 2/3 where there are two right ones (Shapley & Shubik 1969)")
  func gloves() throws {
    let game = try CoalitionGames.gloves(left: 1, right: 2)
    #expect(game.shapleyValue == [Rational(2, 3), Rational(1, 6), Rational(1, 6)])
    #expect(try game.core() == .contains([1, 0, 0]))
    #expect(try game.nucleolus().payoffs == [1, 0, 0])
    #expect(try game.coreMembership(of: [1, 0, 0]) == .member)
    #expect(
      try game.coreMembership(of: game.shapleyValue)
        == .blocked(by: Coalition([0, 1]), excess: Rational(1, 6)))
    #expect(try game.coreMembership(of: [1, 1, 0]) == .notEfficient(total: 2))
    #expect(try game.isSuperadditive() && game.isMonotone && game.isEssential)
    #expect(!game.isConvex && game.isSimple)
    #expect(game.minimalWinningCoalitions == [Coalition([0, 1]), Coalition([0, 2])])
  }

  @Test(
    "A permanent member of the Security Council has 421/2145 of the power (Shapley & Shubik 1954)")
  func securityCouncil() throws {
    let game = try CoalitionGames.vote(
      39, Array(repeating: 7, count: 5) + Array(repeating: 1, count: 10))
    let value = game.shapleyValue
    #expect(value[..<5].allSatisfy { $0 == Rational(421, 2145) })
    #expect(value[5...].allSatisfy { $0 == Rational(4, 2145) })
    // Straffin (1994), Power and stability in politics: .1669 and .0165.
    let index = try #require(game.normalizedBanzhafIndex)
    #expect(index[..<5].allSatisfy { $0 == Rational(106, 635) })
    #expect(index[5...].allSatisfy { $0 == Rational(21, 1270) })
  }

  @Test("Luxembourg had no power in the Council of Ministers of 1958 (Brams & Affuso 1976)")
  func councilOfMinisters() throws {
    let game = try CoalitionGames.vote(12, [4, 4, 4, 2, 2, 1])
    let large = Rational(14, 60)
    #expect(game.shapleyValue == [large, large, large, Rational(9, 60), Rational(9, 60), 0])
    let swing = Rational(5, 21)
    #expect(
      game.normalizedBanzhafIndex == [swing, swing, swing, Rational(3, 21), Rational(3, 21), 0])
  }

  @Test("Those who need a stretch of runway share its cost equally (Littlechild & Owen 1973)")
  func airport() throws {
    var stream = SplitMix64(seed: 3)
    for count in 1...9 {
      let costs = (0..<count).map { _ in Rational(Int.random(in: 0...40, using: &stream)) }.sorted()
      var share = Rational.zero
      var expected: [Rational] = []
      for place in 0..<count {
        let stretch = place == 0 ? costs[0] : costs[place] - costs[place - 1]
        share += stretch / Rational(count - place)
        expected.append(-share)
      }
      let game = try CoalitionGames.airport(costs: costs)
      #expect(game.shapleyValue == expected)
      #expect(game.isConvex)
    }
  }

  @Test("The Shapley value averages what players add over all orders (Shapley 1953)")
  func orders() throws {
    var stream = SplitMix64(seed: 4)
    for players in 1...6 {
      let game = try CoalitionGames.random(players: players, &stream)
      var sums = Array(repeating: Rational.zero, count: players)
      var count = 0
      func walk(_ bits: Int, _ added: [(Int, Rational)]) {
        if bits == (1 << players) - 1 {
          count += 1
          for (player, gain) in added { sums[player] += gain }
        }
        for player in 0..<players where bits >> player & 1 == 0 {
          let next = bits | 1 << player
          walk(next, added + [(player, game.worths[next] - game.worths[bits])])
        }
      }
      walk(0, [])
      #expect(game.shapleyValue == sums.map { $0 / Rational(count) })
    }
  }

  @Test("The Shapley value is efficient, symmetric, additive and gives dummies their own")
  func axioms() throws {
    var stream = SplitMix64(seed: 5)
    for round in 0..<200 {
      let players = 2 + round % 6
      let first = try CoalitionGames.random(players: players, &stream)
      let second = try CoalitionGames.random(players: players, &stream)
      let value = first.shapleyValue
      #expect(value.reduce(.zero, +) == first.worths[first.worths.count - 1])
      let sum = try CoalitionGame(
        players: first.players, worths: zip(first.worths, second.worths).map(+))
      #expect(sum.shapleyValue == zip(value, second.shapleyValue).map(+))
      // The last player becomes the first one's copy, or adds 3 to every coalition.
      let last = 1 << (players - 1)
      let twins = try CoalitionGame(players: first.players) { coalition in
        let count = coalition.bits & 1 + (coalition.bits & last == 0 ? 0 : 1)
        return first.worths[coalition.bits & ~(last | 1) | (count == 1 ? 1 : 0)]
          + Rational(count * count)
      }
      #expect(twins.shapleyValue[0] == twins.shapleyValue[players - 1])
      #expect(twins.banzhafValue[0] == twins.banzhafValue[players - 1])
      let dummy = try CoalitionGame(players: first.players) { coalition in
        first.worths[coalition.bits & ~last] + (coalition.bits & last == 0 ? 0 : 3)
      }
      #expect(dummy.shapleyValue[players - 1] == 3)
      #expect(dummy.banzhafValue[players - 1] == 3)
    }
  }

  @Test("Unanimity games are shared equally among those who are needed (Shapley 1953)")
  func unanimity() throws {
    for bits in 1..<32 {
      let members = Coalition(bits: bits)
      let value = try CoalitionGames.unanimity(members, players: 5).shapleyValue
      for player in 0..<5 {
        #expect(value[player] == (members.contains(player) ? Rational(1, members.count) : 0))
      }
    }
  }

  // MARK: Core

  @Test("Three equal voters have an empty core: pairs half of the time yield 3/2 (Shapley 1967)")
  func majority() throws {
    let game = try CoalitionGames.vote(2, [1, 1, 1])
    let pairs = [Coalition([0, 1]), Coalition([0, 2]), Coalition([1, 2])]
    #expect(
      try game.core()
        == .empty(
          BalancedCollection(
            members: pairs.map { .init(coalition: $0, weight: Rational(1, 2)) },
            worth: Rational(3, 2))))
    let least = try game.leastCore()
    #expect(least.excess == Rational(1, 3))
    let third = Rational(1, 3)
    #expect(try game.nucleolus().payoffs == [third, third, third])
  }

  @Test("A simple game's core is empty exactly if nobody has a veto (Shapley 1962)")
  func vetoes() throws {
    var stream = SplitMix64(seed: 6)
    for round in 0..<200 {
      let weights = (0..<(2 + round % 6)).map { _ in Int.random(in: 0...9, using: &stream) }
      let total = weights.reduce(0, +)
      if total == 0 { continue }
      let quota = Int.random(in: 1...total, using: &stream)
      let game = try CoalitionGames.vote(quota, weights)
      let hasVeto = weights.contains { total - $0 < quota }
      if case .contains(let payoffs) = try game.core() {
        #expect(hasVeto)
        #expect(try game.coreMembership(of: payoffs) == .member)
      } else {
        #expect(!hasVeto)
      }
    }
  }

  @Test("The least core's payoffs and its balanced collection prove each other")
  func leastCore() throws {
    var stream = SplitMix64(seed: 7)
    for round in 0..<300 {
      let players = 2 + round % 7
      let game = try CoalitionGames.random(players: players, &stream)
      let least = try game.leastCore()
      #expect(least.payoffs.reduce(.zero, +) == game.worths[game.worths.count - 1])
      #expect(try game.largestExcess(at: least.payoffs)?.excess == least.excess)
      var weight = Rational.zero
      var worth = Rational.zero
      for player in 0..<players {
        let own = least.balance.members.filter { $0.coalition.contains(player) }
        #expect(own.reduce(.zero) { $0 + $1.weight } == 1)
      }
      for member in least.balance.members {
        #expect(member.weight > 0 && member.coalition.count < players)
        weight += member.weight
        worth += member.weight * game.worth(of: member.coalition)
      }
      #expect(least.balance.worth == worth)
      // No payoffs have a smaller largest excess than the weighted average of these excesses.
      #expect((worth - game.worth(of: game.grandCoalition)) / weight == least.excess)
    }
  }

  @Test("Convex games are superadditive and have the Shapley value in the core (Shapley 1971)")
  func convex() throws {
    var stream = SplitMix64(seed: 8)
    for round in 0..<100 {
      let game = try CoalitionGames.convex(players: 1 + round % 7, &stream)
      #expect(game.isConvex)
      #expect(try game.isSuperadditive())
      #expect(try game.coreMembership(of: game.shapleyValue) == .member)
    }
  }

  @Test("Counterexamples to superadditivity, convexity and monotonicity are what they say")
  func counterexamples() throws {
    var stream = SplitMix64(seed: 9)
    for round in 0..<200 {
      let players = 1 + round % 5
      let game = try CoalitionGames.random(players: players, &stream)
      let v = game.worths
      var convex = true
      var superadditive = true
      for s in v.indices {
        for t in v.indices {
          if v[s] + v[t] > v[s | t] + v[s & t] { convex = false }
          if s & t == 0, v[s] + v[t] > v[s | t] { superadditive = false }
        }
      }
      #expect(game.isConvex == convex)
      #expect(try game.isSuperadditive() == superadditive)
      if let (first, second) = game.convexityCounterexample {
        let (s, t) = (first.bits, second.bits)
        #expect(v[s] + v[t] > v[s | t] + v[s & t])
      }
      if let (first, second) = try game.superadditivityCounterexample() {
        let (s, t) = (first.bits, second.bits)
        #expect(s & t == 0 && v[s] + v[t] > v[s | t])
      }
      if let (coalition, player) = game.monotonicityCounterexample {
        #expect(v[coalition.bits | 1 << player] < v[coalition.bits])
      }
    }
  }

  // MARK: Nucleolus

  @Test("The Talmud divides estates of 100, 200 and 300 by the nucleolus (Aumann & Maschler 1985)")
  func talmud() throws {
    let cases: [(Rational, [Rational])] = [
      (100, [Rational(100, 3), Rational(100, 3), Rational(100, 3)]),
      (200, [50, 75, 75]),
      (300, [50, 100, 150]),
    ]
    for (estate, shares) in cases {
      let game = try CoalitionGames.bankruptcy(estate: estate, claims: [100, 200, 300])
      #expect(try game.nucleolus().payoffs == shares)
      #expect(try game.prenucleolus().payoffs == shares)
    }
  }

  @Test(
    "Any estate is divided as the contested garment demands (Aumann & Maschler 1985, theorem A)")
  func contestedGarment() throws {
    var stream = SplitMix64(seed: 10)
    for round in 0..<60 {
      let claims = (0..<(2 + round % 6)).map { _ in Rational(Int.random(in: 1...60, using: &stream))
      }
      let total = claims.reduce(.zero, +)
      let estate = total * Rational(Int.random(in: 0...12, using: &stream), 12)
      let shares = try CoalitionGames.bankruptcy(estate: estate, claims: claims).nucleolus().payoffs
      // Every two divide what they get together so: each concedes what it does not claim, and the
      // rest is halved.
      for i in claims.indices {
        for j in claims.indices where j != i {
          let sum = shares[i] + shares[j]
          let (toFirst, toSecond) = (max(.zero, sum - claims[j]), max(.zero, sum - claims[i]))
          #expect(shares[i] == toFirst + (sum - toFirst - toSecond) * Rational(1, 2))
        }
      }
    }
  }

  @Test("The nucleolus of a constant-sum homogeneous vote is its weights (Peleg 1968)")
  func weights() throws {
    let votes: [(Int, [Int])] = [
      (2, [1, 1, 1]), (3, [2, 1, 1, 1]), (4, [3, 1, 1, 1, 1]), (4, [2, 2, 1, 1, 1]),
      (5, [3, 2, 2, 1, 1]), (5, [4, 1, 1, 1, 1, 1]),
    ]
    for (quota, weights) in votes {
      let total = weights.reduce(0, +)
      #expect(total == 2 * quota - 1)
      let game = try CoalitionGames.vote(quota, weights)
      #expect(try game.nucleolus().payoffs == weights.map { Rational($0, total) })
    }
  }

  @Test("Without individual rationality the nucleolus may give a player less than its own")
  func individualRationality() throws {
    // 1 and 2 alone are worth 10, all together 6: {3} and {1, 2} have the excesses -x₃ and 4 + x₃.
    let game = try CoalitionGame(players: ["1", "2", "3"]) {
      $0.bits == 0b011 ? 10 : $0.bits == 0b111 ? 6 : 0
    }
    #expect(try game.prenucleolus().payoffs == [4, 4, -2])
    #expect(try game.nucleolus().payoffs == [3, 3, 0])
    let greedy = try CoalitionGame(players: ["1", "2"], worths: [0, 2, 2, 3])
    #expect(throws: CoalitionGameError.noImputation) { try greedy.nucleolus() }
    let half = Rational(3, 2)
    #expect(try greedy.prenucleolus().payoffs == [half, half])
  }

  @Test("No other division has lexicographically smaller excesses, and the core has it if it can")
  func nucleolus() throws {
    var stream = SplitMix64(seed: 11)
    for round in 0..<150 {
      let players = 2 + round % 5
      let game = try CoalitionGames.random(players: players, &stream)
      let center = try game.prenucleolus()
      let best = CoalitionGames.excesses(game, at: center.payoffs)
      let least = try game.leastCore()
      #expect(best.first == least.excess)
      if least.excess.signum <= 0 {
        #expect(try game.coreMembership(of: center.payoffs) == .member)
        #expect(try game.nucleolus().payoffs == center.payoffs)
      }
      let solo = (0..<players).reduce(Rational.zero) { $0 + game.worth(alone: $1) }
      let isBounded = solo <= game.worth(of: game.grandCoalition)
      let imputation = isBounded ? try game.nucleolus().payoffs : center.payoffs
      let bestImputation = CoalitionGames.excesses(game, at: imputation)
      for _ in 0..<40 {
        var other = imputation
        var free = center.payoffs
        let size = Rational(1, [1, 10, 1000][Int.random(in: 0..<3, using: &stream)])
        for _ in 0..<Int.random(in: 1...3, using: &stream) {
          let (from, to) = (
            Int.random(in: 0..<players, using: &stream), Int.random(in: 0..<players, using: &stream)
          )
          let amount = Rational(Int.random(in: 1...6, using: &stream)) * size
          other[from] -= amount
          other[to] += amount
          free[from] -= amount
          free[to] += amount
        }
        #expect(
          !CoalitionGames.excesses(game, at: free).lexicographicallyPrecedes(best))
        if other.indices.allSatisfy({ other[$0] >= game.worth(alone: $0) }) {
          #expect(
            !CoalitionGames.excesses(game, at: other).lexicographicallyPrecedes(bestImputation))
        }
      }
    }
  }

  // MARK: Strategic games

  @Test(
    "Three who each name another play a majority game (von Neumann & Morgenstern 1944, § 21-22)")
  func couples() throws {
    // Two who name each other get 1/2 each from the third, who loses 1.
    let game = StrategicGame(
      title: "Couples", players: ["1", "2", "3"],
      strategies: [["2", "3"], ["1", "3"], ["1", "2"]]
    ) { profile in
      let named = [[1, 2][profile[0]], [0, 2][profile[1]], [0, 1][profile[2]]]
      for player in 0..<3 where named[named[player]] == player {
        return (0..<3).map {
          $0 == player || $0 == named[player] ? Rational(1, 2) : -1
        }
      }
      return [0, 0, 0]
    }
    let coalitions = try CoalitionGame(securityLevelsOf: game)
    #expect(coalitions.worths == [0, -1, -1, 1, -1, 1, 1, 0])
  }

  @Test("Security levels are superadditive; in zero-sum games two sides' add up to nothing")
  func securityLevels() throws {
    var stream = SplitMix64(seed: 12)
    for round in 0..<60 {
      let sizes = (0..<(1 + round % 4)).map { _ in Int.random(in: 1...3, using: &stream) }
      let isZeroSum = round.isMultiple(of: 2)
      let game = StrategicGame(
        title: "random", players: CoalitionGames.names(sizes.count),
        strategies: sizes.map { CoalitionGames.names($0) }
      ) { profile in
        var payoffs = profile.map { _ in Rational(Int.random(in: -3...3, using: &stream)) }
        if isZeroSum { payoffs[0] -= payoffs.reduce(.zero, +) }
        return payoffs
      }
      let coalitions = try CoalitionGame(securityLevelsOf: game)
      #expect(try coalitions.isSuperadditive())
      if isZeroSum {
        let all = coalitions.worths.count - 1
        #expect((0...all).allSatisfy { coalitions.worths[$0] == -coalitions.worths[all - $0] })
      }
    }
  }

  // MARK: Limits

  @Test("Games that are too large, incomplete or stopped say so")
  func limits() throws {
    #expect(throws: CoalitionGameError.wrongPlayerCount(21)) {
      try CoalitionGame(players: CoalitionGames.names(21)) { _ in 1 }
    }
    #expect(throws: CoalitionGameError.wrongPlayerCount(0)) {
      try CoalitionGame(players: [], worths: [0])
    }
    #expect(throws: CoalitionGameError.wrongWorthCount(3)) {
      try CoalitionGame(players: ["1", "2"], worths: [0, 1, 1])
    }
    #expect(throws: CoalitionGameError.emptyCoalitionHasWorth) {
      try CoalitionGame(players: ["1"], worths: [1, 1])
    }
    #expect(throws: CoalitionGameError.invalidVotes) { try CoalitionGames.vote(0, [1]) }
    let game = try CoalitionGames.gloves(left: 2, right: 3)
    #expect(throws: CoalitionGameError.wrongPayoffCount(1)) { try game.coreMembership(of: [1]) }
    #expect(throws: CoalitionGameError.stopped(.steps(2))) {
      try game.nucleolus(limit: WorkLimit(steps: 2))
    }
    let alone = try CoalitionGame(players: ["1"], worths: [0, 7])
    #expect(alone.shapleyValue == [7])
    #expect(try alone.core() == .contains([7]))
    #expect(try alone.nucleolus().payoffs == [7])
  }

  @Test("Twenty equal voters have a twentieth of the power each")
  func large() throws {
    let game = try CoalitionGames.vote(11, Array(repeating: 1, count: 20))
    let share = Array(repeating: Rational(1, 20), count: 20)
    #expect(game.shapleyValue == share)
  }
}
