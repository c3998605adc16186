import Games
import Mathematics

/// All isolated equilibria of a small game, support by support: see ``SupportEnumeration``.
struct SupportEnumerationMethod: StrategicFormMethod {
  let name = "supports"
  let summary = "all isolated Nash equilibria of a small game by its supports"

  func profiles(
    of game: StrategicGame, _ request: SolveRequest
  ) throws(MethodError) -> StrategicFindings {
    let found: SupportEnumeration
    do {
      found = try SupportEnumeration(of: game, within: request.limit)
    } catch {
      throw .notApplicable("\(error)")
    }
    var findings = StrategicFindings(
      found.equilibria.map { equilibrium in
        equilibrium.exact.map { StrategyProfile($0) } ?? StrategyProfile(equilibrium.profile)
      })
    findings.isComplete = found.isComplete
    if let stop = found.stop { findings.notes.append("The enumeration \(stop).") }
    if !found.unresolved.isEmpty {
      findings.notes.append(
        "\(found.unresolved.count) profiles of supports may hold more, isolated or in a continuum.")
    }
    return findings
  }
}
