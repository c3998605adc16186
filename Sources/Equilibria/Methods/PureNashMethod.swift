import Games
import Mathematics

/// All Nash equilibria in pure strategies: see ``PureEquilibria``, and ``PureNashOfTree`` for trees.
struct PureNashMethod: EquilibriumMethod {
  let name = "pure"
  let summary = "all pure Nash equilibria; exact"

  func solve(_ game: GameForm, _ request: SolveRequest) throws(MethodError) -> Solution {
    switch game {
    case .strategic(let table): try solve(table, request)
    case .extensive(let tree): try solve(tree, request)
    }
  }

  private func solve(
    _ game: StrategicGame, _ request: SolveRequest
  ) throws(MethodError) -> Solution {
    var solution = Solution(method: name, concept: .nash)
    let list = PureEquilibria.list(of: game, limit: request.limit)
    solution.isComplete = list.isComplete
    if let stop = list.stop { solution.notes.append("The search \(stop).") }
    // Where everything is an equilibrium, their checks take longer than the search.
    var clock = request.limit
    clock.steps = .max
    for profile in list.profiles {
      if let stop = clock.stop(after: solution.equilibria.count) {
        solution.isComplete = false
        solution.notes.append("The check of what was found \(stop).")
        break
      }
      let mixed = StrategyProfile(MixedProfile(pure: profile, of: game))
      solution.equilibria.append(
        try Certification.nash(mixed, of: .strategic(game), tolerance: request.tolerance))
    }
    return solution
  }

  private func solve(
    _ game: ExtensiveGame, _ request: SolveRequest
  ) throws(MethodError) -> Solution {
    let found: PureNashOfTree
    do {
      found = try PureNashOfTree(of: game, numbers: .decimals, limit: request.limit)
    } catch {
      throw MethodError(error)
    }
    var solution = Solution(method: name, concept: .nash)
    let list = found.reducedProfiles(limit: PureListing.most)
    solution.isComplete = found.isComplete && list.isComplete
    if let stop = found.stop { solution.notes.append("The search \(stop).") }
    solution.note(cutAt: list.profiles.count, unless: list.isComplete || found.stop != nil)
    for choices in list.profiles {
      let profile = PureListing.profile(choices, of: game.tree)
      solution.equilibria.append(
        try Certification.nash(profile, of: .extensive(game), tolerance: request.tolerance))
    }
    return solution
  }
}
