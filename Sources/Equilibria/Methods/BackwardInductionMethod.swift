import Games
import Mathematics

/// All pure subgame-perfect equilibria of a game with perfect information: see
/// ``BackwardInduction``.
struct BackwardInductionMethod: EquilibriumMethod {
  let name = "backward-induction"
  let summary = "all pure subgame-perfect equilibria with all ties, perfect information; exact"

  func solve(_ game: GameForm, _ request: SolveRequest) throws(MethodError) -> Solution {
    guard case .extensive(let tree) = game else { throw .treeWanted }
    let induction: BackwardInduction
    do {
      induction = try BackwardInduction(of: tree, numbers: .decimals, limit: request.limit)
    } catch {
      throw MethodError(error)
    }
    if let stop = induction.stop { throw .stopped("the induction \(stop)") }
    var solution = Solution(method: name, concept: .subgamePerfect)
    solution.approach = "backward induction"
    let list = induction.equilibria(limit: request.all ? PureListing.most : 1)
    solution.isComplete = list.isComplete
    if !list.isComplete {
      let count = induction.count.map { "\($0)" } ?? "more than \(Int.max)"
      solution.notes.append("There are \(count) in all; the list ends at \(list.profiles.count).")
    }
    for choices in list.profiles {
      solution.equilibria.append(
        try Certification.subgamePerfect(PureListing.profile(choices, of: tree.tree), of: tree))
    }
    return solution
  }
}
