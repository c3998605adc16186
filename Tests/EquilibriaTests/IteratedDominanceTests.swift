import Equilibria
import Games
import Mathematics
import Testing

@Suite("Iterated dominance")
struct IteratedDominanceTests {
  @Test("Iterated dominance solves Gibbons's example in three rounds")
  func gibbons() {
    let result = IteratedDominance(of: StrategicGames.gibbons)
    #expect(result.survivors == [[0], [1]])
    let steps = result.rounds.map { round in
      round.map { [$0.player, $0.strategy, $0.dominator.firstIndex(of: 1) ?? -1] }
    }
    #expect(steps == [[[1, 2, 1]], [[0, 1, 0]], [[1, 0, 1]]])
    let rest = result.reduced(StrategicGames.gibbons)
    #expect(rest.strategies == [["r0"], ["c1"]])
    #expect(rest.payoffs == [1, 2])
  }

  @Test("In the location game the ends go first, then what has become the ends, to the middle")
  func location() {
    let result = IteratedDominance(of: StrategicGames.location)
    #expect(result.survivors == [[4], [4]])
    #expect(result.rounds.count == 4)
    for (round, eliminations) in result.rounds.enumerated() {
      for player in 0...1 {
        let gone = eliminations.filter { $0.player == player }.map(\.strategy)
        #expect(gone == [round, 8 - round])
      }
    }
  }

  @Test("The dilemma leaves confession; games with a cycle or with coordination lose nothing")
  func others() {
    #expect(IteratedDominance(of: StrategicGames.dilemma).survivors == [[1], [1]])
    for game in [
      StrategicGames.sexes, StrategicGames.pennies, StrategicGames.hunt, StrategicGames.shapley,
      StrategicGames.nine, StrategicGames.minority,
    ] {
      let result = IteratedDominance(of: game)
      #expect(result.rounds.isEmpty)
      #expect(result.reduced(game) == game)
    }
  }

  @Test("A mixture dominates where no pure strategy does")
  func mixtures() {
    // Fudenberg & Tirole (1991), Game Theory, section 1.1: half of each outer row beats the middle.
    let game = StrategicGames.bimatrix(
      "half and half", [[(2, 0), (-1, 0)], [(0, 0), (0, 0)], [(-1, 0), (2, 0)]])
    #expect(IteratedDominance(of: game).rounds.isEmpty)
    let result = IteratedDominance(of: game, by: .mixed)
    #expect(result.survivors == [[0, 2], [0, 1]])
    let half = Rational(1, 2)
    #expect(result.rounds.map { $0.map(\.dominator) } == [[[half, 0, half]]])
    // Where half of each yields the same, nothing is strictly dominated.
    let even = StrategicGames.bimatrix(
      "even", [[(1, 0), (-1, 0)], [(0, 0), (0, 0)], [(-1, 0), (1, 0)]])
    #expect(IteratedDominance(of: even, by: .mixed).rounds.isEmpty)
  }

  @Test("Against two strategies, what mixtures dominate is what mixtures of two dominate")
  func pairs() {
    var eliminated = 0
    for seed in 0..<UInt64(400) {
      var stream = SplitMix64(seed: SplitMix64.hash(seed, 51))
      let rows = (0..<Int.random(in: 3...7, using: &stream)).map { _ in
        (0..<2).map { _ in Int.random(in: 0...6, using: &stream) }
      }
      let game = StrategicGames.bimatrix(
        "pairs", rows.map { row in row.map { (Rational($0), 0) } })
      // Some t in 0...1 with t a + (1 - t) b > 0 in both columns, for the gains a and b.
      func isDominated(_ row: Int) -> Bool {
        for first in rows.indices {
          for second in rows.indices {
            var low = Rational(0)
            var high = Rational(1)
            var isOpen = false
            var isPossible = true
            for column in 0..<2 {
              let a = rows[first][column] - rows[row][column]
              let b = rows[second][column] - rows[row][column]
              if a == b {
                isPossible = isPossible && a > 0
                continue
              }
              let bound = Rational(-b, a - b)
              if a > b, bound >= low {
                low = bound
                isOpen = true
              } else if a < b, bound <= high {
                high = bound
                isOpen = true
              }
            }
            if isPossible, isOpen ? low < high : low <= high { return true }
          }
        }
        return false
      }
      let result = IteratedDominance(of: game, by: .mixed)
      let expected = rows.indices.filter { isDominated($0) }
      #expect((result.rounds.first ?? []).map(\.strategy) == expected, "seed \(seed)")
      #expect(result.rounds.count <= 1)
      eliminated += expected.count
    }
    #expect(eliminated > 500)
  }

  @Test("On random games every step is right, equilibria survive, mixtures take all that pure take")
  func properties() {
    var gone: [IteratedDominance.Dominators: Int] = [:]
    for seed in 0..<UInt64(500) {
      let game = StrategicGames.random(seed)
      for kind in [IteratedDominance.Dominators.pure, .mixed] {
        let result = IteratedDominance(of: game, by: kind)
        var left = game.strategies.map { Set($0.indices) }
        /// What a mixture gains over a strategy at the least.
        func gain(_ player: Int, _ mixture: [Rational], over strategy: Int) -> Rational {
          var least: Rational?
          for profile in StrategicGames.profiles(of: game) where profile[player] == strategy {
            let isLeft = game.players.indices.allSatisfy {
              $0 == player || left[$0].contains(profile[$0])
            }
            if !isLeft { continue }
            var sum = -game.payoff(player, at: game.index(of: profile))
            for (other, share) in mixture.enumerated() {
              var changed = profile
              changed[player] = other
              sum += share * game.payoff(player, at: game.index(of: changed))
            }
            least = min(least ?? sum, sum)
          }
          return least ?? 0
        }
        for round in result.rounds {
          for step in round {
            #expect(step.dominator.reduce(0, +) == 1)
            #expect(step.dominator.allSatisfy { $0 >= 0 })
            #expect(
              step.dominator.indices.allSatisfy {
                step.dominator[$0] == 0 || left[step.player].contains($0)
              })
            #expect(gain(step.player, step.dominator, over: step.strategy) > 0, "seed \(seed)")
          }
          for step in round { left[step.player].remove(step.strategy) }
          gone[kind, default: 0] += round.count
        }
        #expect(left.map { $0.sorted() } == result.survivors)
        for player in game.players.indices {
          for first in left[player] {
            let pure = game.strategies[player].indices.map { $0 == first ? Rational(1) : 0 }
            for second in left[player] where second != first {
              #expect(gain(player, pure, over: second) <= 0, "seed \(seed)")
            }
          }
        }
        let after = PureEquilibria.all(of: result.reduced(game)).map { profile in
          zip(profile, result.survivors).map { $1[$0] }
        }
        #expect(Set(after) == Set(PureEquilibria.all(of: game)), "seed \(seed)")
      }
    }
    #expect(gone[.pure, default: 0] > 200)
    #expect(gone[.mixed, default: 0] > gone[.pure, default: 0])
  }
}
