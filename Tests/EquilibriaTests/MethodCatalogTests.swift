import Equilibria
import Games
import Mathematics
import Testing

@Suite("Methods by name")
struct MethodCatalogTests {
  private static func request(all: Bool = true, exact: Bool? = nil) -> SolveRequest {
    var request = SolveRequest()
    request.all = all
    request.exact = exact
    request.limit = WorkLimit(steps: 200_000)
    request.exploitability = 1e-2
    return request
  }

  /// What a method found, or nil where it said why it does not apply or did not get there.
  private static func attempt(
    _ method: any EquilibriumMethod, _ game: GameForm, _ request: SolveRequest
  ) -> Solution? {
    try? method.solve(game, request)
  }

  @Test("Names are unique, and each has a line that says what it finds")
  func names() {
    let names = MethodCatalog.all.map(\.name)
    #expect(Set(names).count == names.count)
    for method in MethodCatalog.all {
      #expect(!method.summary.isEmpty && method.summary.count <= 90)
      #expect(MethodCatalog.method(named: method.name)?.name == method.name)
    }
    #expect(MethodCatalog.method(named: "magic") == nil)
  }

  @Test("Whatever a method returns for a random table passes its certificate", arguments: 0..<6)
  func tables(shape: Int) throws {
    let sizes = [[2, 2], [3, 3], [2, 4], [1, 3], [2, 2, 2], [2, 1, 3]][shape]
    for seed in 1...12 as ClosedRange<UInt64> {
      let bound: UInt64 = seed % 2 == 0 ? 3 : 1_000
      let game = MethodCatalogTests.table(sizes, seed: seed, bound: bound)
      var found = 0
      for method in MethodCatalog.all {
        for exact in [nil, true, false] {
          Shrinking.expect(game, "\(method.name) \(sizes) \(seed): certified") { game in
            guard
              let solution = MethodCatalogTests.attempt(
                method, .strategic(game), MethodCatalogTests.request(exact: exact))
            else { return true }
            found += solution.equilibria.count
            return solution.equilibria.allSatisfy { $0.certificate.holds }
              && solution.correlated?.certificate.holds != false
          }
        }
      }
      #expect(found > 0)
    }
  }

  private static func table(_ sizes: [Int], seed: UInt64, bound: UInt64) -> StrategicGame {
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 17))
    return StrategicGame(
      title: "random", players: sizes.indices.map { "P\($0)" },
      strategies: sizes.map { (0..<$0).map { "s\($0)" } }
    ) { _ in sizes.map { _ in Rational(Int(stream.next() % bound)) } }
  }

  @Test("Whatever a method returns for a random tree passes its certificate", arguments: 0..<4)
  func trees(kind: Int) throws {
    for seed in 1...12 as ClosedRange<UInt64> {
      let game = try RandomGames.game(TreeGames.kinds[kind].kind, seed: seed)
      for method in MethodCatalog.all {
        let place = "\(method.name) \(TreeGames.kinds[kind].name) \(seed)"
        Shrinking.expect(game, "\(place): certified") { game in
          guard
            let solution = MethodCatalogTests.attempt(
              method, .extensive(game), MethodCatalogTests.request())
          else { return true }
          // Learning says what it reached where it is not known to converge.
          let isMeasured = solution.notes.contains { $0.contains("Not converged") }
          return isMeasured || solution.equilibria.allSatisfy { $0.certificate.holds }
        }
      }
    }
  }

  @Test("Two exact methods list the same equilibria of nondegenerate games of two players")
  func twoLists() throws {
    var compared = 0
    for seed in 1...150 as ClosedRange<UInt64> {
      let bimatrix = Bimatrix(
        rows: 2 + Int(seed % 4), columns: 2 + Int(seed / 4 % 3), seed: seed, bound: 100_000)
      let game = GameForm.strategic(bimatrix.game)
      let extreme = try MethodCatalog.solve(
        game, method: "extreme", MethodCatalogTests.request())
      if extreme.isDegenerate == true { continue }
      let supports = try MethodCatalog.solve(
        game, method: "supports", MethodCatalogTests.request())
      compared += 1
      #expect(supports.isComplete && extreme.isComplete)
      #expect(
        Set(supports.equilibria.map(\.profile)) == Set(extreme.equilibria.map(\.profile)),
        "\(seed)")
      let reached = try MethodCatalog.solve(
        game, method: "accessible", MethodCatalogTests.request())
      #expect(
        Set(reached.equilibria.map(\.profile)).isSubset(of: Set(extreme.equilibria.map(\.profile))))
    }
    #expect(compared > 100)
  }

  @Test("On trees, lists are nested: sequential, subgame-perfect, Nash")
  func nested() throws {
    for (_, kind) in TreeGames.kinds {
      for seed in 1...25 as ClosedRange<UInt64> {
        let game = GameForm.extensive(try RandomGames.game(kind, seed: seed))
        func list(_ method: String) throws -> [Equilibrium]? {
          let solution = try MethodCatalog.solve(
            game, method: method, MethodCatalogTests.request())
          return solution.isComplete ? solution.equilibria : nil
        }
        guard let sequential = try list("pure-sequential"),
          let perfect = try list("pure-subgame-perfect")
        else { continue }
        #expect(
          Set(sequential.map(\.profile)).isSubset(of: Set(perfect.map(\.profile))),
          "\(kind) \(seed)")
        // What a list of one kind holds survives the refinement of that name.
        #expect(sequential.allSatisfy { $0.survives.contains(.sequential) })
        #expect(perfect.allSatisfy { $0.survives.contains(.subgamePerfect) })
      }
    }
  }

  @Test("Exact results are identical on repeat")
  func repeats() throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      let game = GameForm.strategic(
        Bimatrix(rows: 6, columns: 6, seed: seed, bound: 10).game)
      for method in ["lemke-howson", "extreme", "accessible", "pure"] {
        let first = try MethodCatalog.solve(game, method: method, MethodCatalogTests.request())
        let second = try MethodCatalog.solve(game, method: method, MethodCatalogTests.request())
        #expect(first.equilibria.map(\.profile) == second.equilibria.map(\.profile))
      }
    }
  }

  @Test("A limit stops every method, which then says so or has a certified result")
  func limits() throws {
    var request = MethodCatalogTests.request()
    request.limit = WorkLimit(steps: 3)
    let tables = GameForm.strategic(Bimatrix(rows: 8, columns: 8, seed: 8001, bound: 100).game)
    for method in MethodCatalog.all {
      do {
        let solution = try method.solve(tables, request)
        #expect(solution.equilibria.allSatisfy { $0.certificate.holds }, "\(method.name)")
      } catch {
        #expect(!"\(error)".isEmpty)
      }
    }
    #expect(throws: MethodError.self) {
      try MethodCatalog.solve(tables, method: "extreme", request)
    }
  }

  @Test("Where exact arithmetic is asked for, the default is exact, and what is not says so")
  func exactDefaults() throws {
    var request = MethodCatalogTests.request(all: false, exact: true)
    let games: [GameForm] = [
      .strategic(StrategicGames.sexes), .strategic(StrategicGames.pennies),
      .strategic(StrategicGames.minority), .extensive(try StrategicGames.horse()),
      .extensive(try KuhnPoker.game()),
    ]
    for game in games {
      let solution = try MethodCatalog.solve(game, request)
      #expect(!solution.equilibria.isEmpty, "\(game.title)")
      #expect(solution.equilibria.allSatisfy { $0.certificate.isExact }, "\(game.title)")
    }
    request.exact = true
    let logit = try MethodCatalog.solve(games[0], method: "logit", request)
    #expect(logit.notes.contains { $0.contains("floating point") })
  }
}
