import Games
import Mathematics

/// Attaches to a profile what the verifiers find about it, whatever method it came from.
enum Certification {
  /// An equilibrium in the sense of Nash, checked in the arithmetic of the profile.
  ///
  /// - Throws: ``MethodError/notConverged(_:)`` where the profile fails its own certificate.
  static func nash(
    _ profile: StrategyProfile, of game: GameForm, tolerance: Double
  ) throws(MethodError) -> Equilibrium {
    let equilibrium: Equilibrium
    switch (game, profile) {
    case (.strategic(let game), .exact(let shares)):
      equilibrium = try exact(MixedProfile(shares), of: game)
    case (.strategic(let game), .numeric(let shares)):
      equilibrium = numeric(NumericProfile(shares), of: PayoffTable(game), tolerance: tolerance)
    case (.extensive(let game), .exact(let shares)):
      equilibrium = try exact(ExactBehaviorProfile(shares.flatMap { $0 }), of: game)
    case (.extensive(let game), .numeric(let shares)):
      equilibrium = try numeric(
        BehaviorProfile(shares.flatMap { $0 }), of: game, tolerance: tolerance)
    }
    guard equilibrium.certificate.holds else {
      throw .notConverged(
        "somebody would gain \(equilibrium.certificate.maximumRegret) of its payoff range "
          + "at the profile that was reached")
    }
    return equilibrium
  }

  private static func exact(
    _ profile: MixedProfile, of game: StrategicGame
  ) throws(MethodError) -> Equilibrium {
    do {
      let found = try StrategicVerifier.certificate(of: profile, in: game)
      return Equilibrium(
        profile: StrategyProfile(profile), payoffs: found.values.map(\.doubleValue),
        exactPayoffs: found.values, survives: [],
        certificate: EquilibriumCertificate(
          maximumRegret: found.regret.doubleValue, isExact: true, holds: found.isNash))
    } catch {
      throw .notConverged("what was reached is no profile: \(error)")
    }
  }

  private static func numeric(
    _ profile: NumericProfile, of table: PayoffTable, tolerance: Double
  ) -> Equilibrium {
    let regret = table.regrets(of: profile).max() ?? 0
    let payoffs = table.sizes.indices.map { player in
      zip(table.strategyValues(of: player, against: profile), profile.probabilities[player])
        .reduce(0) { $0 + $1.0 * $1.1 }
    }
    return Equilibrium(
      profile: StrategyProfile(profile), payoffs: payoffs, survives: [],
      certificate: EquilibriumCertificate(
        maximumRegret: regret, isExact: false, holds: regret <= tolerance))
  }

  private static func exact(
    _ profile: ExactBehaviorProfile, of game: ExtensiveGame
  ) throws(MethodError) -> Equilibrium {
    do {
      let found = try NashVerifier.certificate(of: profile, in: game, numbers: .decimals)
      return Equilibrium(
        profile: StrategyProfile(profile, of: game.tree),
        payoffs: found.values.map(\.doubleValue), exactPayoffs: found.values, survives: [],
        certificate: EquilibriumCertificate(
          maximumRegret: zip(found.regrets, game.payoffRanges()).map { $0.doubleValue / $1 }.max()
            ?? 0,
          isExact: true, holds: found.isNash()))
    } catch {
      throw .notConverged("what was reached is no profile: \(error)")
    }
  }

  private static func numeric(
    _ profile: BehaviorProfile, of game: ExtensiveGame, tolerance: Double
  ) throws(MethodError) -> Equilibrium {
    do {
      let found = try NashVerifier.certificate(of: profile, in: game)
      let regret = zip(found.regrets, game.payoffRanges()).map { $0 / $1 }.max() ?? 0
      return Equilibrium(
        profile: StrategyProfile(profile, of: game.tree), payoffs: found.values, survives: [],
        certificate: EquilibriumCertificate(
          maximumRegret: max(0, regret), isExact: false, holds: regret <= tolerance))
    } catch {
      throw .notConverged("what was reached is no profile: \(error)")
    }
  }
}
