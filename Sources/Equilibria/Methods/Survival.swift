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
    switch game {
    case .strategic(let game): noteRefinements(of: game)
    case .extensive(let game): noteRefinements(of: game, tolerance: tolerance)
    }
  }

  private mutating func noteRefinements(of game: StrategicGame) {
    let exact = equilibria.compactMap(\.profile.exact).map { MixedProfile($0) }
    let areExact = exact.count == equilibria.count
    let refinements = StrategicRefinements(game)
    var survived: [Set<Refinement>] = equilibria.map { Set($0.survives) }
    if areExact {
      for (ordinal, set) in refinements.survived(by: exact).enumerated() {
        survived[ordinal].formUnion(set)
      }
    }
    let limit = StrategicRefinements.logitLimit(of: game)
    for ordinal in equilibria.indices {
      let shares = equilibria[ordinal].profile.numeric
      if let limit, StrategicRefinements.isNear(shares, limit) {
        survived[ordinal].insert(.logitLimit)
      }
      let undecided = refinements.undecided(
        survived: survived[ordinal], areExact: areExact, count: equilibria.count,
        hasLimit: limit != nil)
      equilibria[ordinal].note(survived[ordinal], undecided)
    }
  }

  private mutating func noteRefinements(of game: ExtensiveGame, tolerance: Double) {
    let refinements = TreeRefinements(game)
    for ordinal in equilibria.indices {
      let profile = equilibria[ordinal].profile
      var isSequential: Bool? = concept == .sequential ? true : nil
      if isSequential == nil {
        switch refinements.answer(on: profile) {
        case .sequential(let assessment):
          equilibria[ordinal].attach(assessment, of: game.tree)
          isSequential = true
        case .notSequential: isSequential = false
        case .undecided: break
        }
      }
      let verdict = refinements.verdict(
        on: profile, isSequential: isSequential, tolerance: tolerance)
      let survived = verdict.survived.union(equilibria[ordinal].survives)
      equilibria[ordinal].note(survived, verdict.undecided.subtracting(survived))
    }
  }
}

extension Equilibrium {
  /// Takes over what was found, in the order of ``Refinement``.
  fileprivate mutating func note(_ survived: Set<Refinement>, _ undecided: Set<Refinement>) {
    survives = Refinement.allCases.filter(survived.contains)
    self.undecided = Refinement.allCases.filter(undecided.contains)
  }
}
