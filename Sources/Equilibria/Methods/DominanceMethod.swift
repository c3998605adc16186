import Games
import Mathematics

/// Iterated elimination of strictly dominated strategies: see ``IteratedDominance``.
struct DominanceMethod: EquilibriumMethod {
  let name = "dominance"
  let summary = "what survives iterated strict dominance by mixtures (rationalizable); exact"

  func solve(_ game: GameForm, _ request: SolveRequest) throws(MethodError) -> Solution {
    let table: StrategicGame
    switch game {
    case .strategic(let strategic): table = strategic
    case .extensive(let tree):
      do {
        table = try ReducedStrategicForm(of: tree, numbers: .decimals).game
      } catch {
        throw .notApplicable("\(error)")
      }
    }
    var solution = Solution(method: name, concept: .rationalizable)
    solution.approach = "iterated elimination"
    let elimination = IteratedDominance(of: table, by: .mixed, limit: request.limit)
    solution.isComplete = elimination.stop == nil
    if let stop = elimination.stop {
      solution.notes.append(
        "The elimination \(stop), in round \(elimination.rounds.count + 1): more may be dominated.")
    }
    solution.dominance = DominanceResult(strategies: table.strategies, elimination: elimination)
    guard elimination.survivors.allSatisfy({ $0.count == 1 }) else { return solution }
    // What alone survives is the only Nash equilibrium.
    let profile = MixedProfile(pure: elimination.survivors.map { $0[0] }, of: table)
    solution.notes.append("One profile survives: it is the only Nash equilibrium.")
    if case .strategic = game {
      solution.equilibria = [
        try Certification.nash(StrategyProfile(profile), of: game, tolerance: request.tolerance)
      ]
    }
    return solution
  }
}
