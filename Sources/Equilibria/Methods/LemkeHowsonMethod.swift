import Games
import Mathematics

/// One equilibrium of a two-player game: see ``LemkeHowson`` and ``NumericLemkeHowson``.
struct LemkeHowsonMethod: StrategicFormMethod {
  let name = "lemke-howson"
  let summary = "one Nash equilibrium, two players; exact or floating point"

  func profiles(
    of game: StrategicGame, _ request: SolveRequest
  ) throws(MethodError) -> StrategicFindings {
    do throws(BimatrixError) {
      if request.exact == false {
        let result = try NumericLemkeHowson().equilibrium(
          of: PayoffTable(game), limit: request.limit)
        return StrategicFindings([StrategyProfile(result.profile)])
      }
      let result = try LemkeHowson().equilibrium(of: game, limit: request.limit)
      return StrategicFindings([StrategyProfile(result.profile)])
    } catch {
      throw MethodError(error)
    }
  }
}
