import Equilibria
import Games
import Mathematics
import Testing

@Suite("What methods say of limits, and of profiles that fail their check")
struct MethodLimitTests {
  /// The error of a method; nil where it has a result.
  private func error(
    of method: String, _ game: GameForm, _ change: (inout SolveRequest) -> Void
  ) -> MethodError? {
    var request = SolveRequest()
    change(&request)
    do {
      _ = try MethodCatalog.solve(game, method: method, request)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "A logit limit or point of a tree that fails its check is an error that says how far it came")
  func uncertified() throws {
    for (name, game) in [
      ("slow mistake", GameForm.extensive(try TestData.game("equilibria/slow-mistake.efg"))),
      ("crisis", .extensive(try BenchmarkGames.crisis(types: 3, seed: 5_000_163))),
    ] {
      #expect(error(of: "logit", game) { _ in } == nil, "\(name)")
      // With a tolerance below 0 no regret counts as none.
      guard case .notConverged(let limit)? = error(of: "logit", game, { $0.tolerance = -1 }) else {
        Issue.record("a limit was returned that fails its check: \(name)")
        continue
      }
      #expect(limit.contains("rationality") && limit.contains("would gain"))
      guard
        case .notConverged(let point)? = error(
          of: "logit", game,
          {
            $0.lambda = 2
            $0.tolerance = -1
          })
      else {
        Issue.record("a point was returned that fails its check: \(name)")
        continue
      }
      #expect(point.contains("equations hold only to"))
    }
  }

  /// What a method finds within so many steps.
  private func solution(
    of method: String, _ game: GameForm, steps: Int
  ) throws -> Solution {
    var request = SolveRequest()
    request.limit = WorkLimit(steps: steps)
    return try MethodCatalog.solve(game, method: method, request)
  }

  @Test("The logit path of a tree keeps the limit of steps, and says how far it came")
  func logitLimit() throws {
    let game = GameForm.extensive(try BenchmarkGames.crisis(types: 3, seed: 5_000_163))
    for lambda in [nil, 2] as [Double?] {
      guard
        case .stopped(let reached)? = error(
          of: "logit", game,
          {
            $0.lambda = lambda
            $0.limit = WorkLimit(steps: 5)
          })
      else {
        Issue.record("the limit was not kept")
        continue
      }
      #expect(reached.contains("stopped at the limit of"))
      #expect(reached.contains("it reached rationality"))
      guard
        case .stopped(let late)? = error(
          of: "logit", game,
          {
            $0.lambda = lambda
            $0.limit = WorkLimit(seconds: 0)
          })
      else {
        Issue.record("the time was not kept")
        continue
      }
      #expect(late.contains("the time was over"))
    }
  }

  @Test("A limit that suffices changes nothing about a path")
  func ampleLimit() throws {
    let game = try BenchmarkGames.crisis(types: 3, seed: 5_000_163)
    let solver = try SequentialSolver(tree: game.tree)
    var workspace = solver.makeWorkspace()
    let free = solver.solve(game, workspace: &workspace)
    let steps = free.statistics.steps
    let bounded = solver.solve(game, limit: WorkLimit(steps: steps + 1), workspace: &workspace)
    #expect(bounded.failure == nil && bounded.assessment == free.assessment)
    let short = solver.solve(game, limit: WorkLimit(steps: steps / 2), workspace: &workspace)
    guard case .stopped(let stop, let lambda, let node)? = short.failure else {
      Issue.record("the limit was not kept")
      return
    }
    #expect(stop.stepsMade >= steps / 2 && lambda > 0 && node == 0)
  }

  @Test("A logit point does not depend on the unit of payoffs, once λ is measured in the other")
  func units() throws {
    for seed in 1...40 as ClosedRange<UInt64> {
      let game = try BenchmarkGames.crisis(types: 2, seed: seed)
      var small = game
      small.payoffs = game.payoffs.map { $0 / 1_000 }
      let solver = try SequentialSolver(tree: game.tree)
      var workspace = solver.makeWorkspace()
      var verifier = Verifier(tree: game.tree)
      for lambda in [0.001, 0.1, 2] {
        let own = solver.logitEquilibrium(
          of: game, lambda: lambda, normalized: false, workspace: &workspace)
        let other = solver.logitEquilibrium(
          of: small, lambda: 1_000 * lambda, normalized: false, workspace: &workspace)
        #expect(own.failure == nil && other.failure == nil, "\(seed) \(lambda)")
        #expect(abs(own.statistics.lambda - lambda) <= 1e-12 * lambda, "\(seed) \(lambda)")
        #expect(
          verifier.logitCertificate(
            for: own.assessment, of: game, lambda: lambda, normalized: false
          ).holds, "\(seed) \(lambda)")
        #expect(
          zip(own.assessment.profile.probabilities, other.assessment.profile.probabilities)
            .allSatisfy { abs($0 - $1) <= 1e-8 }, "\(seed) \(lambda)")
      }
    }
  }

  @Test("Dominance that is cut short says so, and what is left holds what survives")
  func dominance() throws {
    let game = GameForm.strategic(StrategicGames.location)
    let all = try #require(try solution(of: "dominance", game, steps: 1_000_000).dominance)
    #expect(all.elimination.stop == nil && all.elimination.rounds.count == 4)
    var finished: Set<Int> = []
    for steps in [0, 1, 10, 100, 200, 400, 800, 100_000] {
      let found = try solution(of: "dominance", game, steps: steps)
      let elimination = try #require(found.dominance).elimination
      finished.insert(elimination.rounds.count)
      #expect(found.isComplete == (elimination.stop == nil))
      #expect(found.notes.contains { $0.contains("more may be dominated") } == !found.isComplete)
      #expect(elimination.rounds == Array(all.elimination.rounds.prefix(elimination.rounds.count)))
      for (left, survivors) in zip(elimination.survivors, all.elimination.survivors) {
        #expect(Set(left).isSuperset(of: survivors))
      }
    }
    #expect(finished.count > 2 && finished.contains(0))
    #expect(
      IteratedDominance(of: StrategicGames.location, limit: WorkLimit(seconds: 0)).stop != nil)
  }

  @Test("Pure equilibria of a table that a limit cuts short are equilibria, and may not be all")
  func pure() throws {
    for seed in 0..<200 as Range<UInt64> {
      let game = StrategicGames.random(seed)
      let all = PureEquilibria.all(of: game)
      var last = 0
      for steps in 0..<60 {
        let list = PureEquilibria.list(of: game, limit: WorkLimit(steps: steps))
        #expect(Set(list.profiles).isSubset(of: Set(all)), "\(seed) \(steps)")
        #expect(!list.isComplete || list.profiles == all, "\(seed) \(steps)")
        #expect(list.profiles.count >= last, "\(seed) \(steps)")
        last = list.profiles.count
      }
    }
    let cut = try solution(of: "pure", .strategic(StrategicGames.minority), steps: 3)
    #expect(!cut.isComplete && cut.notes == ["The search stopped at the limit of 3 steps."])
  }

  @Test("A rationality alone asks for the logit equilibrium there; other methods take none")
  func rationality() throws {
    var request = SolveRequest()
    request.lambda = 1
    let games: [GameForm] = [
      .strategic(StrategicGames.sexes), .strategic(StrategicGames.minority),
      .extensive(try StrategicGames.horse()),
    ]
    for game in games {
      for all in [false, true] {
        request.all = all
        #expect(try MethodCatalog.solve(game, request).concept == .logit)
      }
      #expect(try MethodCatalog.solve(game, method: "logit", request).concept == .logit)
      for method in MethodCatalog.all where method.name != "logit" {
        #expect(throws: MethodError.self) {
          try MethodCatalog.solve(game, method: method.name, request)
        }
      }
    }
  }
}
