import Games
import Mathematics

/// One equilibrium of a two-player game: see ``LemkeHowson``.
struct LemkeHowsonMethod: StrategicFormMethod {
  let name = "lemke-howson"
  let summary = "one Nash equilibrium, two players; exact"

  func profiles(
    of game: StrategicGame, _ request: SolveRequest
  ) throws(MethodError) -> StrategicFindings {
    do {
      let result = try LemkeHowson(pivotLimit: request.limit.steps).equilibrium(of: game)
      return StrategicFindings([StrategyProfile(result.profile)])
    } catch {
      throw MethodError(error)
    }
  }
}
