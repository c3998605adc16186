import Equilibria
import Games
import Mathematics
import Testing

/// Which equilibria paths of Lemke and Howson join.
@Suite("Accessible equilibria") struct AccessibleEquilibriaTests {
  @Test("Paths pair the equilibria with one another and with the origins, and indices alternate")
  func parity() throws {
    var nondegenerate = 0
    for seed in 0..<600 as Range<UInt64> {
      let game = LemkeHowsonTests.anyShape(seed)
      let result = try AccessibleEquilibria(of: game.game)
      #expect(result.stop == nil)
      #expect(result.nodes.count.isMultiple(of: 2), "seed \(seed)")
      #expect(result.nodes.reduce(0) { $0 + $1.index } == 0, "seed \(seed)")
      for (place, node) in result.nodes.enumerated() {
        for (label, end) in node.ends.enumerated() {
          #expect(result.nodes[end].ends[label] == place)
          #expect(result.nodes[end].index == -node.index)
        }
      }
      #expect(result.profiles.allSatisfy(game.isEquilibrium), "seed \(seed)")
      let all = try ExtremeEquilibria(of: game.game)
      if all.isDegenerate { continue }
      nondegenerate += 1
      #expect(Set(result.profiles).isSubset(of: all.profiles), "seed \(seed)")
      #expect(result.profiles.count == result.nodes.count - 1, "seed \(seed)")
    }
    #expect(nondegenerate > 100)
  }

  @Test("The equilibria at the ends of the paths from the origins are among them")
  func ends() throws {
    for seed in 0..<100 as Range<UInt64> {
      let game = Bimatrix(rows: 5, columns: 5, seed: seed, bound: 1000)
      let result = try AccessibleEquilibria(of: game.game)
      for label in 0..<10 {
        let path = try LemkeHowson().equilibrium(of: game.game, dropping: label)
        #expect(result.nodes[result.nodes[0].ends[label]].profile == path.profile)
      }
    }
  }

  // A symmetric game of the kind by which Wilson showed it (Shapley 1974, A note on the
  // Lemke-Howson algorithm). That the list of three is complete is proved by enumeration.
  @Test("An equilibrium may be on no path that leads from the origins")
  func inaccessible() throws {
    let first = [[0, 3, 0], [2, 2, 0], [3, 0, 1]]
    let game = Bimatrix(first, (0..<3).map { row in first.map { $0[row] } })
    let all = try ExtremeEquilibria(of: game.game)
    let accessible = try AccessibleEquilibria(of: game.game)
    let last: [Rational] = [0, 0, 1]
    let mixed: [Rational] = [Rational(1, 3), Rational(2, 3), 0]
    let full: [Rational] = [Rational(1, 6), Rational(1, 3), Rational(1, 2)]
    #expect(!all.isDegenerate)
    #expect(Set(all.profiles) == Set([last, mixed, full].map { MixedProfile([$0, $0]) }))
    #expect(accessible.profiles == [MixedProfile([last, last])])
  }

  @Test("The search ends at a number of equilibria or at a limit, and keeps what it has")
  func limits() throws {
    let game = Bimatrix(rows: 10, columns: 10, seed: 10001, bound: 100).game
    let whole = try AccessibleEquilibria(of: game)
    #expect(whole.profiles.count > 2)
    let two = try AccessibleEquilibria(of: game, stopAfter: 2)
    #expect(two.profiles == Array(whole.profiles.prefix(2)))
    #expect(two.stop == nil)
    let part = try AccessibleEquilibria(of: game, limit: WorkLimit(steps: two.pivots))
    #expect(part.stop == .steps(two.pivots))
    #expect(part.profiles == two.profiles)
  }
}
