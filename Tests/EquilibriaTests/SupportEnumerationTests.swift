import Equilibria
import Foundation
import Games
import Mathematics
import Testing

/// Support enumeration, against published lists, theorems on their length and other methods.
@Suite("Support enumeration")
struct SupportEnumerationTests {
  private typealias Enumeration = Equilibria.SupportEnumeration

  /// The lists hold the same profiles, in any order.
  private func expect(
    _ found: [Enumeration.Equilibrium], are expected: [[[Double]]], within distance: Double = 1e-10
  ) {
    #expect(found.count == expected.count)
    for profile in expected {
      let isThere = found.contains { equilibrium in
        zip(equilibrium.profile.probabilities.joined(), profile.joined()).allSatisfy {
          abs($0 - $1) <= distance
        }
      }
      #expect(isThere, "\(profile)")
    }
  }

  /// McKelvey & McLennan (1997). The mixtures follow from indifference by hand: player 1 is
  /// indifferent where (2q − 1)(12r − 3) = 0, player 2 where (2p − 1)(12r − 4) = 0, player 3 where
  /// 26pq − 8p − 8q + 2 = 0.
  @Test("finds all nine equilibria of three players with two strategies each")
  func nine() throws {
    let list = try Enumeration(of: StrategicGames.nine)
    #expect(list.isComplete)
    let mixed: [(Double, Double, Double)] = [
      (1, 1, 1), (0, 0, 1), (0, 1, 0), (1, 0, 0), (0.5, 0.5, 1), (0, 0.25, 1.0 / 3),
      (1.0 / 3, 1, 0.25), (0.4, 0.5, 1.0 / 3), (0.5, 0.4, 0.25),
    ]
    expect(
      list.equilibria, are: mixed.map { [[$0, 1 - $0], [$1, 1 - $1], [$2, 1 - $2]] })
  }

  /// Nau, Gomez Canovas & Hansen (2004), On the geometry of Nash equilibria and correlated
  /// equilibria: three players, whole payoffs, one equilibrium, irrational. Indifference leads to
  /// 2r² + 23r = 9, q = (2 − r)/(3 + r) and p = (3 − 2r)/(4 − r).
  @Test("finds the one, irrational equilibrium of Nau's game")
  func irrational() throws {
    let list = try Enumeration(of: StrategicGames.irrational)
    #expect(list.isComplete)
    let r = (601.0.squareRoot() - 23) / 4
    let q = (2 - r) / (3 + r)
    let p = (3 - 2 * r) / (4 - r)
    expect(list.equilibria, are: [[[p, 1 - p], [q, 1 - q], [r, 1 - r]]])
    #expect(list.equilibria.allSatisfy { $0.regret <= 1e-15 })
  }

  /// Any set of players may share the task while the rest wait: q^(k-1) = c/V among k of them
  /// (Diekmann 1985; a set of one volunteers).
  @Test("finds all 2ⁿ − 1 equilibria of the volunteer's dilemma", arguments: 2...5)
  func volunteers(players: Int) throws {
    let list = try Enumeration(of: StrategicGames.volunteers(players))
    #expect(list.isComplete)
    expect(
      list.equilibria,
      are: (1..<(1 << players)).map { mask in
        let count = Double(mask.nonzeroBitCount)
        let wait = count == 1 ? 0 : pow(0.4, 1 / (count - 1))
        return (0..<players).map { mask >> $0 & 1 == 1 ? [wait, 1 - wait] : [1, 0] }
      })
  }

  @Test("finds what textbooks do in games of two, exactly")
  func textbooks() throws {
    func mixtures(_ game: StrategicGame) throws -> Set<MixedProfile> {
      let list = try Enumeration(of: game)
      #expect(list.isComplete)
      return Set(list.equilibria.compactMap(\.exact))
    }
    let first: [Rational] = [1, 0]
    let second: [Rational] = [0, 1]
    #expect(try mixtures(StrategicGames.dilemma) == [MixedProfile([second, second])])
    #expect(
      try mixtures(StrategicGames.sexes) == [
        MixedProfile([first, first]), MixedProfile([second, second]),
        MixedProfile([[Rational(3, 5), Rational(2, 5)], [Rational(2, 5), Rational(3, 5)]]),
      ])
    let third = Array(repeating: Rational(1, 3), count: 3)
    #expect(try mixtures(StrategicGames.shapley) == [MixedProfile([third, third])])
  }

  @Test("lists for two players exactly the extreme equilibria of nondegenerate games")
  func twoPlayers() throws {
    var compared = 0
    var degenerate = 0
    for seed in 0..<600 as Range<UInt64> {
      let rows = 1 + Int(seed % 5)
      let columns = 1 + Int(seed / 5 % 5)
      let bound: UInt64 = seed % 3 == 0 ? 4 : 50
      let game = Bimatrix(rows: rows, columns: columns, seed: seed, bound: bound)
      let extreme = try ExtremeEquilibria(of: game.game)
      let list = try Enumeration(of: game.game)
      let exact = list.equilibria.compactMap(\.exact)
      #expect(exact.count == Set(exact).count)
      #expect(exact.allSatisfy { game.isEquilibrium($0) })
      #expect(list.equilibria.allSatisfy { $0.regret <= 1e-12 })
      if extreme.isDegenerate {
        // What is the only equilibrium with its supports is an extreme point of the set.
        #expect(Set(exact).isSubset(of: extreme.profiles))
        degenerate += 1
      } else {
        #expect(list.isComplete)
        #expect(Set(exact) == Set(extreme.profiles), "seed \(seed)")
        compared += 1
      }
    }
    #expect(compared >= 250 && degenerate >= 50)
  }

  /// Wilson (1971) and Harsanyi (1973): almost every game has an odd, finite number of equilibria.
  @Test(
    "lists an odd number for more players, with all pure ones and the logit limit among them",
    arguments: [([2, 2, 2], 150), ([3, 3, 3], 12), ([2, 3, 2], 60), ([2, 2, 2, 2], 25)])
  func morePlayers(sizes: [Int], games: Int) throws {
    var complete = 0
    for seed in 0..<UInt64(games) {
      let game = StrategicGames.table(sizes, seed)
      let table = PayoffTable(game)
      let list = try Enumeration(of: game)
      for equilibrium in list.equilibria {
        #expect(table.regrets(of: equilibrium.profile).allSatisfy { $0 <= 1e-9 })
      }
      let pure = list.equilibria.filter { equilibrium in
        equilibrium.profile.probabilities.allSatisfy { $0.contains(1) }
      }
      #expect(pure.count == PureEquilibria.all(of: game).count)
      if !list.isComplete { continue }
      complete += 1
      #expect(list.equilibria.count % 2 == 1, "seed \(seed)")
      let limit = try StrategicLogitPath(table).limit().profile
      #expect(
        list.equilibria.contains { equilibrium in
          zip(equilibrium.profile.probabilities.joined(), limit.probabilities.joined())
            .allSatisfy { abs($0 - $1) <= 1e-6 }
        }, "seed \(seed)")
    }
    #expect(complete >= games * 3 / 4)
  }

  @Test("passes certificates on games of every shape, and says what it cannot decide")
  func everyShape() throws {
    for seed in 0..<300 as Range<UInt64> {
      let game = StrategicGames.random(seed)
      if game.profileCount > 30 { continue }
      let table = PayoffTable(game)
      let list = try Enumeration(of: game, boxLimit: 100)
      for equilibrium in list.equilibria {
        #expect(table.regrets(of: equilibrium.profile).allSatisfy { $0 <= 1e-9 })
      }
      #expect(!list.equilibria.isEmpty || !list.isComplete)
    }
    // With two on one side and anything for the third, nobody can change the outcome for itself.
    let minority = try Enumeration(of: StrategicGames.minority)
    #expect(!minority.isComplete)
    #expect(minority.unresolved.contains { $0.supports.map(\.count).sorted() == [1, 1, 2] })
  }

  @Test("stops at its limits, and says so")
  func limits() throws {
    let game = StrategicGames.table([3, 3, 3], 1)
    let few = try Enumeration(of: game, within: WorkLimit(steps: 5))
    #expect(few.stop == .steps(5) && !few.isComplete)
    let late = try Enumeration(of: game, within: WorkLimit(seconds: 0))
    #expect(late.stop != nil)
    #expect(throws: ManyPlayersError.tooManyStrategies(player: 0, count: 31)) {
      try Enumeration(of: StrategicGames.table([31], 1))
    }
  }
}
