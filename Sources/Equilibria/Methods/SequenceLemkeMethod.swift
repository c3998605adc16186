import Games
import Mathematics

/// One equilibrium of a two-player tree by complementary pivoting on the sequence form: see
/// ``SequenceLemke``.
struct SequenceLemkeMethod: EquilibriumMethod {
  let name = "sequence-lemke"
  let summary = "one Nash equilibrium of a tree on its sequence form, two players"

  func solve(_ game: GameForm, _ request: SolveRequest) throws(MethodError) -> Solution {
    guard case .extensive(let tree) = game else { throw .treeWanted }
    let solver = SequenceLemke(numbers: .decimals)
    let profile: StrategyProfile
    do throws(SequenceLemke.Failure) {
      profile =
        request.exact == false
        ? StrategyProfile(
          try solver.equilibrium(of: tree, limit: request.limit).profile, of: tree.tree)
        : StrategyProfile(
          try solver.exactEquilibrium(of: tree, limit: request.limit).profile, of: tree.tree)
    } catch {
      switch error {
      case .stopped: throw .stopped("\(error)")
      case .notConverged: throw .notConverged("\(error)")
      default: throw .notApplicable("\(error)")
      }
    }
    var solution = Solution(method: name, concept: .nash)
    solution.approach = "Lemke's path on the sequence form"
    solution.equilibria = [
      try Certification.nash(profile, of: game, tolerance: request.tolerance)
    ]
    return solution
  }
}
