import Games
import Mathematics

/// All equilibria that paths of Lemke & Howson reach: see ``AccessibleEquilibria``.
struct AccessibleMethod: StrategicFormMethod {
  let name = "accessible"
  let summary = "all Nash equilibria on Lemke–Howson paths, two players; exact"

  func profiles(
    of game: StrategicGame, _ request: SolveRequest
  ) throws(MethodError) -> StrategicFindings {
    do throws(BimatrixError) {
      let found = try AccessibleEquilibria(of: game, limit: request.limit)
      var findings = StrategicFindings(found.profiles.map { StrategyProfile($0) })
      if let stop = found.stop { findings.notes.append("The search \(stop).") }
      return findings
    } catch {
      throw MethodError(error)
    }
  }
}
