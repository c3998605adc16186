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
    let payoffs = table.sizes.indices.map { table.value(of: $0, in: profile) }
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

  /// An exact subgame-perfect equilibrium.
  static func subgamePerfect(
    _ profile: StrategyProfile, of game: ExtensiveGame
  ) throws(MethodError) -> Equilibrium {
    guard let shares = profile.exact else {
      throw .notConverged("what was reached is not exact")
    }
    let exact = ExactBehaviorProfile(shares.flatMap { $0 })
    do {
      let found = try SubgamePerfectVerifier.certificate(of: exact, in: game, numbers: .decimals)
      guard found.isSubgamePerfect() else {
        throw MethodError.notConverged("somebody would gain in a subgame")
      }
      var equilibrium = try self.exact(exact, of: game)
      equilibrium.certificate.witness =
        "nobody gains in any of the \(found.roots.count) subgames"
      return equilibrium
    } catch let error as MethodError {
      throw error
    } catch {
      throw .notConverged("what was reached is no profile: \(error)")
    }
  }

  /// An exact sequential equilibrium, by its beliefs and the trembles from which they follow.
  static func sequential(
    _ assessment: ExactAssessment, of game: ExtensiveGame
  ) throws(MethodError) -> Equilibrium {
    do {
      let found = try SequentialVerifier.certificate(
        of: assessment, in: game, numbers: .decimals)
      guard found.isSequential else {
        throw MethodError.notConverged("somebody would gain at an information set")
      }
      var equilibrium = try exact(assessment.profile, of: game)
      equilibrium.attach(assessment, of: game.tree)
      equilibrium.certificate.maximumRegret = found.regret.doubleValue
      return equilibrium
    } catch let error as MethodError {
      throw error
    } catch {
      throw .notConverged("what was reached is no assessment: \(error)")
    }
  }
}

extension Equilibrium {
  /// Takes over the beliefs of an assessment and the trembles that they follow from.
  mutating func attach(_ assessment: ExactAssessment, of tree: GameTree) {
    beliefs = assessment.beliefs.map { $0.map(\.doubleValue) }
    exactBeliefs = assessment.beliefs
    witness = assessment.witness
    certificate.witness = "exact trembles, of order up to \(assessment.witness.orders.max() ?? 0)"
  }
}
