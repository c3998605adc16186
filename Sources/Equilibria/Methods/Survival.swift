import Games
import Mathematics

extension Solution {
  /// Notes for each equilibrium which refinements it survives, in the order of ``Refinement``.
  ///
  /// Where there are more equilibria than `most`, none is looked at, and a note says so.
  mutating func noteRefinements(of game: GameForm, tolerance: Double, most: Int = 200) {
    guard [.nash, .subgamePerfect, .sequential].contains(concept), !equilibria.isEmpty else {
      return
    }
    guard equilibria.count <= most else {
      notes.append("With so many equilibria, refinements were not looked at.")
      return
    }
    var survived: [Set<Refinement>] = equilibria.map { Set($0.survives) }
    switch game {
    case .strategic(let game):
      let exact = equilibria.map(\.profile.exact)
      let refinements = StrategicRefinements(game)
      if !exact.contains(nil) {
        let found = refinements.survived(by: exact.compactMap { $0 }.map { MixedProfile($0) })
        for (ordinal, set) in found.enumerated() { survived[ordinal].formUnion(set) }
      }
      if let limit = StrategicRefinements.logitLimit(of: game) {
        for (ordinal, equilibrium) in equilibria.enumerated()
        where StrategicRefinements.isNear(equilibrium.profile.numeric, limit) {
          survived[ordinal].insert(.logitLimit)
        }
      }
    case .extensive(let game):
      let refinements = TreeRefinements(game)
      for (ordinal, equilibrium) in equilibria.enumerated() {
        var isSequential = concept == .sequential
        if !isSequential, let assessment = refinements.assessment(of: equilibrium.profile) {
          equilibria[ordinal].attach(assessment, of: game.tree)
          isSequential = true
        }
        survived[ordinal].formUnion(
          refinements.survived(
            by: equilibrium.profile, isSequential: isSequential, tolerance: tolerance))
      }
    }
    for (ordinal, set) in survived.enumerated() {
      equilibria[ordinal].survives = Refinement.allCases.filter(set.contains)
    }
  }
}
