import Games
import Mathematics

/// Optimal strategies of a constant-sum game of two players: see ``ZeroSumStrategic``, and
/// ``ZeroSumSequenceForm`` for trees.
struct ZeroSumMethod: EquilibriumMethod {
  let name = "zero-sum"
  let summary = "one equilibrium of a constant-sum game by linear programming, two players"

  func solve(_ game: GameForm, _ request: SolveRequest) throws(MethodError) -> Solution {
    var solution = Solution(method: name, concept: .nash)
    solution.approach = "linear programming"
    let profile: StrategyProfile
    let value: String
    do throws(ZeroSumError) {
      (profile, value) = try optimum(of: game, request)
    } catch {
      throw MethodError(error)
    }
    solution.notes.append("\(game.players[0]) can secure \(value).")
    solution.equilibria = [
      try Certification.nash(profile, of: game, tolerance: request.tolerance)
    ]
    return solution
  }

  private func optimum(
    of game: GameForm, _ request: SolveRequest
  ) throws(ZeroSumError) -> (StrategyProfile, value: String) {
    switch game {
    case .strategic(let game):
      let solver = ZeroSumStrategic(limit: request.limit)
      if request.exact ?? (game.profileCount <= ZeroSumMethod.mostExactCells) {
        let result = try solver.solve(game)
        return (StrategyProfile(result.profile), "\(result.value)")
      }
      let result = try solver.solveNumerically(game)
      return (StrategyProfile(result.profile), "\(result.value)")
    case .extensive(let game):
      let solver = ZeroSumSequenceForm(limit: request.limit)
      if request.exact ?? (game.tree.actionCount <= ZeroSumMethod.mostExactActions) {
        let result = try solver.solve(game, numbers: .decimals)
        return (StrategyProfile(result.profile, of: game.tree), "\(result.value)")
      }
      let result = try solver.solveNumerically(game)
      return (StrategyProfile(result.profile, of: game.tree), "\(result.value)")
    }
  }

  /// Larger games are solved in floating point unless exact arithmetic is asked for.
  private static let mostExactCells = 2_500
  private static let mostExactActions = 300
}

extension MethodError {
  /// The error of a method for constant-sum games.
  init(_ error: ZeroSumError) {
    switch error {
    case .program(.stopped(let stop)): self = .stopped("the linear program \(stop)")
    case .program(.notConverged), .notConverged: self = .notConverged("\(error)")
    default: self = .notApplicable("\(error)")
    }
  }
}
