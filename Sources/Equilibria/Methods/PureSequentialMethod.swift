import Games
import Mathematics

/// All pure sequential equilibria of a tree, each with beliefs and trembles: see
/// ``PureSequential``.
struct PureSequentialMethod: EquilibriumMethod {
  let name = "pure-sequential"
  let summary = "all pure sequential equilibria of a tree, with beliefs; exact"

  func solve(_ game: GameForm, _ request: SolveRequest) throws(MethodError) -> Solution {
    guard case .extensive(let tree) = game else { throw .treeWanted }
    let found: PureSequential
    do {
      found = try PureSequential(of: tree, numbers: .decimals, limit: request.limit)
    } catch {
      throw MethodError(error)
    }
    var solution = Solution(method: name, concept: .sequential)
    let list = found.equilibria(limit: PureListing.most)
    solution.isComplete = found.isComplete && list.isComplete
    if let stop = found.stop { solution.notes.append("The search \(stop).") }
    if !found.undecided.isEmpty {
      solution.notes.append("\(found.undecided.count) candidates could not be decided.")
    }
    solution.note(cutAt: list.profiles.count, unless: solution.isComplete || !found.isComplete)
    for assessment in list.assessments {
      solution.equilibria.append(try Certification.sequential(assessment, of: tree))
    }
    return solution
  }
}
