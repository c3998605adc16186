import Games
import Mathematics

/// All pure subgame-perfect equilibria of a tree: see ``PureSubgamePerfect``.
struct PureSubgamePerfectMethod: EquilibriumMethod {
  let name = "pure-subgame-perfect"
  let summary = "all pure subgame-perfect equilibria of a tree; exact"

  func solve(_ game: GameForm, _ request: SolveRequest) throws(MethodError) -> Solution {
    guard case .extensive(let tree) = game else { throw .treeWanted }
    let found: PureSubgamePerfect
    do {
      found = try PureSubgamePerfect(of: tree, numbers: .decimals, limit: request.limit)
    } catch {
      throw MethodError(error)
    }
    var solution = Solution(method: name, concept: .subgamePerfect)
    let list = found.equilibria(limit: PureListing.most)
    solution.isComplete = found.isComplete && list.isComplete
    if let stop = found.stop { solution.notes.append("The search \(stop).") }
    solution.note(cutAt: list.profiles.count, unless: list.isComplete || found.stop != nil)
    for choices in list.profiles {
      solution.equilibria.append(
        try Certification.subgamePerfect(PureListing.profile(choices, of: tree.tree), of: tree))
    }
    return solution
  }
}
