import Games
import Mathematics

/// All extreme equilibria of a two-player game and their connected sets: see
/// ``ExtremeEquilibria``.
struct ExtremeEquilibriaMethod: StrategicFormMethod {
  let name = "extreme"
  let summary = "all extreme Nash equilibria and their connected sets, two players; exact"

  func profiles(
    of game: StrategicGame, _ request: SolveRequest
  ) throws(MethodError) -> StrategicFindings {
    do throws(BimatrixError) {
      let extreme = try ExtremeEquilibria(of: game, limit: request.limit)
      var found = StrategicFindings(extreme.profiles.map { StrategyProfile($0) })
      found.isComplete = true
      found.isDegenerate = extreme.isDegenerate
      found.components = extreme.components.map { component in
        component.subsets.map { subset in
          EquilibriumSubset(
            first: subset.rows.map { extreme.rowStrategies[$0] },
            second: subset.columns.map { extreme.columnStrategies[$0] })
        }
      }
      return found
    } catch {
      throw MethodError(error)
    }
  }
}

extension MethodError {
  /// The error of a method for two players.
  init(_ error: BimatrixError) {
    switch error {
    case .notTwoPlayers, .noStrategies, .noSuchLabel: self = .notApplicable("\(error)")
    case .pathStopped, .raceStopped, .enumerationStopped: self = .stopped("\(error)")
    case .notConverged: self = .notConverged("\(error)")
    }
  }
}
