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

  @Test("A logit limit or point of a tree that fails its check is an error that says how far it came")
  func uncertified() throws {
    for (name, game) in [
      ("slow mistake", GameForm.extensive(try TestData.game("equilibria/slow-mistake.efg"))),
      ("crisis", .extensive(try BenchmarkGames.crisis(types: 3, seed: 5_000_163))),
    ] {
      #expect(error(of: "logit", game) { _ in } == nil, "\(name)")
      // No path ends so near the limit that rounding is all that is left of the regret.
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
}
