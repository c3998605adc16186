import Games
import Mathematics

/// Which refinements the equilibria of a strategic game survive, exactly.
struct StrategicRefinements {
  private let game: StrategicGame
  /// More cells than this are not put into a linear program.
  private static let mostCells = 10_000

  init(_ game: StrategicGame) { self.game = game }

  /// What each of some equilibria survives. Dominance among equilibria is judged among these.
  func survived(by profiles: [MixedProfile]) -> [Set<Refinement>] {
    let certificates = profiles.map { try? StrategicVerifier.certificate(of: $0, in: game) }
    return profiles.indices.map { ordinal in
      guard let certificate = certificates[ordinal], certificate.isNash else { return [] }
      var survived = bestReplies(profiles[ordinal], certificate)
      if isUndominated(profiles[ordinal]) {
        survived.insert(.undominated)
        if game.players.count == 2 { survived.insert(.perfect) }
      }
      if profiles.count > 1 {
        let isBeaten = certificates.contains { other in
          other.map { zip($0.values, certificate.values).allSatisfy { $0 > $1 } } ?? false
        }
        if !isBeaten { survived.insert(.payoffDominance) }
      }
      if isRiskDominant(profiles[ordinal], certificate) { survived.insert(.riskDominance) }
      return survived
    }
  }

  /// What could not be decided about an equilibrium, given what it survives.
  ///
  /// - Parameters:
  ///   - areExact: ``survived(by:)`` was asked, which takes exact profiles alone.
  ///   - count: how many equilibria were found.
  ///   - hasLimit: the limit of the principal branch is known.
  func undecided(
    survived: Set<Refinement>, areExact: Bool, count: Int, hasLimit: Bool
  ) -> Set<Refinement> {
    var open: Set<Refinement> = []
    if !areExact {
      open = [.strict, .quasiStrict, .undominated, .perfect]
      if count > 1 { open.insert(.payoffDominance) }
      if game.strategies.map(\.count) == [2, 2] { open.insert(.riskDominance) }
    } else if game.profileCount > StrategicRefinements.mostCells {
      open = [.undominated, .perfect]
    } else if game.players.count != 2, survived.contains(.undominated) {
      // What is dominated is not perfect, for any number of players.
      open = [.perfect]
    }
    if !hasLimit { open.insert(.logitLimit) }
    return open.subtracting(survived)
  }

  private func bestReplies(
    _ profile: MixedProfile, _ certificate: StrategicCertificate
  ) -> Set<Refinement> {
    var isStrict = true
    var isQuasiStrict = true
    for player in game.players.indices {
      let best = certificate.bestReplies(of: player)
      if best.count > 1 { isStrict = false }
      if best.contains(where: { profile.probabilities[player][$0].signum == 0 }) {
        isQuasiStrict = false
      }
    }
    return isStrict ? [.strict, .quasiStrict] : isQuasiStrict ? [.quasiStrict] : []
  }

  private func isUndominated(_ profile: MixedProfile) -> Bool {
    guard game.profileCount <= StrategicRefinements.mostCells else { return false }
    return game.players.indices.allSatisfy { player in
      (try? Undominated.isUndominated(profile.probabilities[player], of: player, in: game)) == true
    }
  }

  /// For a strict equilibrium of a 2×2 game whose other strict equilibrium differs in both
  /// strategies: the product of what deviating alone costs is the larger one.
  private func isRiskDominant(_ profile: MixedProfile, _ certificate: StrategicCertificate) -> Bool
  {
    guard game.players.count == 2, game.strategies.allSatisfy({ $0.count == 2 }) else {
      return false
    }
    func loss(_ own: [Int]) -> Rational? {
      var product = Rational.one
      for player in 0..<2 {
        var other = own
        other[player] = 1 - own[player]
        let cost =
          game.payoff(player, at: game.index(of: own))
          - game.payoff(player, at: game.index(of: other))
        if cost.signum <= 0 { return nil }
        product *= cost
      }
      return product
    }
    let own = profile.probabilities.map { $0[0] == .one ? 0 : $0[1] == .one ? 1 : -1 }
    guard !own.contains(-1), let mine = loss(own), let theirs = loss(own.map { 1 - $0 }) else {
      return false
    }
    return mine > theirs
  }

  // MARK: - The logit limit

  /// The limit of the principal branch of logit equilibria, for tables of moderate size.
  static func logitLimit(of game: StrategicGame) -> NumericProfile? {
    guard game.profileCount <= mostCells, let path = try? StrategicLogitPath(PayoffTable(game))
    else { return nil }
    return try? path.limit(within: WorkLimit(steps: 10_000)).profile
  }

  /// A profile is the limit up to rounding.
  static func isNear(_ profile: [[Double]], _ limit: NumericProfile) -> Bool {
    zip(profile.joined(), limit.probabilities.joined()).allSatisfy { abs($0 - $1) <= 1e-6 }
  }
}
