import Equilibria
import Games
import Mathematics
import Testing

/// The global Newton method and iterated polymatrix approximation, against enumeration and theory.
@Suite("Paths for many players")
struct PathMethodTests {
  private func isListed(
    _ profile: NumericProfile, in list: Equilibria.SupportEnumeration
  ) -> Bool {
    list.equilibria.contains { equilibrium in
      zip(equilibrium.profile.probabilities.joined(), profile.probabilities.joined())
        .allSatisfy { abs($0 - $1) <= 1e-7 }
    }
  }

  @Test("find equilibria of games of every shape")
  func everyShape() throws {
    for seed in 0..<1200 as Range<UInt64> {
      let table = PayoffTable(StrategicGames.random(seed))
      let one = try IteratedPolymatrix(seed: seed).equilibrium(of: table)
      #expect(one.regret <= 1e-9)
      #expect(table.regrets(of: one.profile).allSatisfy { $0 <= 1e-9 }, "seed \(seed)")
      if seed >= 100 || table.profileCount > 100 { continue }
      let several = try GlobalNewton(seed: seed).equilibria(of: table)
      for profile in several.equilibria {
        #expect(table.regrets(of: profile).allSatisfy { $0 <= 1e-9 }, "seed \(seed)")
      }
    }
  }

  /// Govindan & Wilson (2003): over a generic ray the graph of equilibria is a curve from one end of
  /// λ to the other, so that it crosses λ = 0 an odd number of times.
  @Test(
    "find what enumeration lists, the ray an odd number of them",
    arguments: [([2, 2, 2], 120), ([3, 3, 3], 12), ([2, 3, 2], 50), ([5, 5], 20)])
  func enumerated(sizes: [Int], games: Int) throws {
    var compared = 0
    var several = 0
    for seed in 0..<UInt64(games) {
      let game = StrategicGames.table(sizes, seed)
      let table = PayoffTable(game)
      let list = try Equilibria.SupportEnumeration(of: game)
      if !list.isComplete { continue }
      compared += 1
      let one = try IteratedPolymatrix().equilibrium(of: table)
      #expect(isListed(one.profile, in: list), "seed \(seed)")
      let ray = try GlobalNewton().equilibria(of: table)
      #expect(ray.isWhole && ray.equilibria.count % 2 == 1, "seed \(seed)")
      #expect(ray.equilibria.allSatisfy { isListed($0, in: list) }, "seed \(seed)")
      if ray.equilibria.count > 1 { several += 1 }
    }
    #expect(compared >= games / 2 && several > 0)
  }

  @Test("find the only equilibrium where there is one")
  func unique() throws {
    for game in [StrategicGames.irrational, StrategicGames.shapley, StrategicGames.dilemma] {
      let table = PayoffTable(game)
      let list = try Equilibria.SupportEnumeration(of: game)
      #expect(list.equilibria.count == 1)
      #expect(isListed(try IteratedPolymatrix().equilibrium(of: table).profile, in: list))
      let ray = try GlobalNewton().equilibria(of: table)
      #expect(ray.equilibria.count == 1 && isListed(ray.equilibria[0], in: list))
    }
  }

  @Test("reach different equilibria from different rays")
  func rays() throws {
    let table = PayoffTable(StrategicGames.nine)
    let list = try Equilibria.SupportEnumeration(of: StrategicGames.nine)
    var found: Set<Int> = []
    for seed in 0..<40 as Range<UInt64> {
      for profile in try GlobalNewton(seed: seed).equilibria(of: table).equilibria {
        #expect(isListed(profile, in: list))
        found.insert(
          profile.probabilities.joined().reduce(0) { ($0 * 1009 + Int($1 * 840)) % 9973 })
      }
      let first = try GlobalNewton(seed: seed, wanted: 1).equilibria(of: table)
      #expect(first.equilibria.count == 1)
    }
    #expect(found.count >= 5)
    // The same seed gives the same result, to the bit.
    let again = try GlobalNewton(seed: 4).equilibria(of: table)
    #expect(try GlobalNewton(seed: 4).equilibria(of: table) == again)
  }

  /// Howson (1972): a game that is a sum of games of two is its own approximation.
  @Test("solve polymatrix games at once")
  func polymatrix() throws {
    for seed in 0..<200 as Range<UInt64> {
      var stream = SplitMix64(seed: SplitMix64.hash(seed, 5))
      let sizes = (0..<3).map { _ in 1 + Int(stream.next() % 4) }
      let pairs = (0..<9).map { _ in
        (0..<16).map { _ in Rational(Int(stream.next() % 100)) }
      }
      let game = StrategicGame(
        title: "polymatrix", players: ["1", "2", "3"],
        strategies: sizes.map { (0..<$0).map { "\($0)" } }
      ) { profile in
        (0..<3).map { player in
          (0..<3).filter { $0 != player }.reduce(Rational.zero) {
            $0 + pairs[3 * player + $1][4 * profile[player] + profile[$1]]
          }
        }
      }
      let result = try IteratedPolymatrix(seed: seed).equilibrium(of: PayoffTable(game))
      #expect(result.iterations == 1, "seed \(seed)")
    }
  }

  @Test("say what they could not do")
  func limits() {
    let table = PayoffTable(StrategicGames.irrational)
    #expect(throws: ManyPlayersError.stopped(.steps(1))) {
      try GlobalNewton().equilibria(of: table, within: WorkLimit(steps: 1))
    }
    #expect(throws: ManyPlayersError.stopped(.steps(0))) {
      try IteratedPolymatrix().equilibrium(of: table, within: WorkLimit(steps: 0))
    }
    #expect(throws: ManyPlayersError.notFinite) {
      try IteratedPolymatrix().equilibrium(of: PayoffTable(sizes: [1], payoffs: [[.nan]]))
    }
  }
}
