import Games
import Mathematics

/// Equilibria along rays of bonuses: see ``GlobalNewton``.
struct GlobalNewtonMethod: StrategicFormMethod {
  let name = "global-newton"
  let summary = "Nash equilibria along a ray of perturbed games, from --seed"

  func profiles(
    of game: StrategicGame, _ request: SolveRequest
  ) throws(MethodError) -> StrategicFindings {
    do {
      let solver = GlobalNewton(seed: request.seed, wanted: request.all ? .max : 1)
      let found = try solver.equilibria(of: PayoffTable(game), within: request.limit)
      return StrategicFindings(found.equilibria.map { StrategyProfile($0) })
    } catch {
      throw MethodError(error)
    }
  }
}

/// One equilibrium by games of pairs that approximate the game: see ``IteratedPolymatrix``.
struct IteratedPolymatrixMethod: StrategicFormMethod {
  let name = "polymatrix"
  let summary = "one Nash equilibrium by polymatrix approximations, from --seed"

  func profiles(
    of game: StrategicGame, _ request: SolveRequest
  ) throws(MethodError) -> StrategicFindings {
    do {
      let found = try IteratedPolymatrix(seed: request.seed).equilibrium(
        of: PayoffTable(game), within: request.limit)
      return StrategicFindings([StrategyProfile(found.profile)])
    } catch {
      throw MethodError(error)
    }
  }
}

extension MethodError {
  /// The error of a method for many players.
  init(_ error: ManyPlayersError) {
    switch error {
    case .stopped: self = .stopped("\(error)")
    case .notConverged: self = .notConverged("\(error)")
    default: self = .notApplicable("\(error)")
    }
  }
}
