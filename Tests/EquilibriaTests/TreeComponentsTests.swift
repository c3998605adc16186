import Equilibria
import Games
import Mathematics
import Testing

@Suite("Connected sets of a tree's equilibria")
struct TreeComponentsTests {
  private static let request = {
    var request = SolveRequest()
    request.all = true
    return request
  }()

  @Test("Entry is deterred by many threats, or not deterred (Selten 1978)")
  func deterrence() throws {
    let game = try ExtensiveGame(
      "Entry deterrence", players: ["Entrant", "Incumbent"],
      .decision(
        "Entrant",
        [
          "stay out": .end("monopoly", [1, 5]),
          "enter": .decision(
            "Incumbent", ["fight": .end("price war", [0, 0]), "share": .end("duopoly", [2, 2])]),
        ]))
    let solution = try MethodCatalog.solve(
      .extensive(game), method: "extreme", TreeComponentsTests.request)
    #expect(solution.isComplete)
    #expect(solution.plans == [["stay out", "enter"], ["fight", "share"]])
    let components = try #require(solution.components)
    #expect(components.count == 2)
    let corners = components.map { $0.map { [$0.first, $0.second] } }
    #expect(corners.contains([[[[1, 0]], [[1, 0], [Rational(1, 2), Rational(1, 2)]]]]))
    #expect(corners.contains([[[[0, 1]], [[0, 1]]]]))
  }

  @Test("A plan is named by its actions where it does not exclude the set itself")
  func plans() throws {
    let game = try ExtensiveGame(
      "Plans", players: ["A", "B"],
      .decision(
        "A",
        [
          "end": .end([1, 0]),
          "go": .decision(
            "B",
            [
              "left": .decision("A", ["up": .end([2, 0]), "down": .end([0, 2])]),
              "right": .end([0, 1]),
            ]),
        ]))
    let solution = try MethodCatalog.solve(
      .extensive(game), method: "extreme", TreeComponentsTests.request)
    #expect(solution.plans == [["end", "go/up", "go/down"], ["left", "right"]])
  }

  @Test("Every mixture within a subset is an equilibrium, and the corners are all that are listed")
  func subsets() throws {
    var kind = TreeGames.kinds[0].kind
    kind.players = 2...2
    var infinite = 0
    for seed in 0..<400 as Range<UInt64> {
      let game = try RandomGames.game(kind, seed: seed)
      guard
        let solution = try? MethodCatalog.solve(
          .extensive(game), method: "extreme", TreeComponentsTests.request)
      else { continue }
      let conversion = try KuhnConversion(of: game.tree)
      let components = try #require(solution.components)
      let plans = try #require(solution.plans)
      #expect(plans.map(\.count) == conversion.strategyCounts)
      #expect(plans.allSatisfy { Set($0).count == $0.count }, "\(seed)")
      func behavior(_ first: [Rational], _ second: [Rational]) -> ExactBehaviorProfile {
        conversion.behavior(of: MixedProfile([first, second]))
      }
      func center(_ corners: [[Rational]]) -> [Rational] {
        corners[0].indices.map { plan in
          corners.reduce(Rational.zero) { $0 + $1[plan] } / Rational(corners.count)
        }
      }
      var corners: Set<StrategyProfile> = []
      for subset in components.joined() {
        if subset.first.count > 1 || subset.second.count > 1 { infinite += 1 }
        for first in subset.first + [center(subset.first)] {
          for second in subset.second + [center(subset.second)] {
            let profile = behavior(first, second)
            #expect(
              try NashVerifier.certificate(of: profile, in: game, numbers: .decimals).isNash(),
              "\(seed)")
          }
        }
        for first in subset.first {
          for second in subset.second {
            corners.insert(StrategyProfile(behavior(first, second), of: game.tree))
          }
        }
      }
      #expect(corners == Set(solution.equilibria.map(\.profile)), "\(seed)")
    }
    #expect(infinite > 100)
  }
}
