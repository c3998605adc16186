import Games

/// All Nash equilibria in pure strategies: see ``PureEquilibria``.
struct PureNashMethod: StrategicFormMethod {
  let name = "pure"
  let summary = "all pure Nash equilibria, any number of players; exact"

  func profiles(
    of game: StrategicGame, _ request: SolveRequest
  ) throws(MethodError) -> StrategicFindings {
    var found = StrategicFindings(
      PureEquilibria.all(of: game).map { StrategyProfile(MixedProfile(pure: $0, of: game)) })
    found.isComplete = true
    return found
  }
}
