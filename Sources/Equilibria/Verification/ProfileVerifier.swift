public import Games
public import Mathematics

/// All that the verifiers say of one profile of a game in either form, without any solver.
public struct ProfileFindings: Sendable {
  /// How a profile fares as an equilibrium of one kind.
  public struct Verdict: Sendable, Equatable {
    /// It is one: nobody gains more than the tolerance, or anything where the check is exact.
    public var holds: Bool
    /// The most that anybody gains, in units of its payoff range.
    public var maximumRegret: Double
    /// Where that is, or why nothing could be said; nil if nothing is to be said.
    public var reason: String?
  }

  /// The check was made in exact arithmetic.
  public var isExact: Bool
  /// What each player expects.
  public var values: [Double]
  /// What each player could gain by another strategy, in its own units.
  public var regrets: [Double]
  /// A Nash equilibrium.
  public var nash: Verdict
  /// A Nash equilibrium in every proper subgame; nil for tables.
  public var subgamePerfect: Verdict?
  /// Best at every information set under consistent beliefs; nil for tables, and where that was
  /// not decided.
  public var sequential: Verdict?
  /// A logit equilibrium at the rationality asked for; the regret is the largest residual of its
  /// equations in logarithms.
  public var logit: Verdict?
}

/// How a distribution over profiles fares as an equilibrium with a device.
public struct CorrelatedFindings: Sendable {
  /// The check was made in exact arithmetic.
  public var isExact: Bool
  /// What each player expects if all do as they are told.
  public var values: [Double]
  /// A correlated equilibrium: nobody gains by answering some recommendation otherwise.
  public var correlated: ProfileFindings.Verdict
  /// A coarse correlated equilibrium: nobody gains by one strategy whatever is recommended.
  public var coarse: ProfileFindings.Verdict
}

/// Why a profile cannot be verified.
public enum ProfileVerificationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The profile is none of the game, or the game cannot be checked.
  case refused(String)

  /// Why, as a sentence without a full stop.
  public var description: String {
    switch self {
    case .refused(let reason): reason
    }
  }
}

/// Verifies a profile as an equilibrium of every kind that makes sense for its game.
public struct ProfileVerifier: Sendable {
  /// The largest regret that counts as none where the profile is not exact, relative to payoff
  /// ranges.
  public var tolerance: Double
  /// A rationality at which the profile is to be a logit equilibrium too.
  public var lambda: Double?
  /// Payoffs are divided by their range before λ is applied.
  public var isNormalized: Bool

  /// A verifier with this tolerance.
  public init(tolerance: Double = 1e-8, lambda: Double? = nil, isNormalized: Bool = false) {
    self.tolerance = tolerance
    self.lambda = lambda
    self.isNormalized = isNormalized
  }

  /// What is found about a written profile.
  ///
  /// Sequential equilibrium is verified by the trembles that are written with the profile, else, if
  /// the profile is exact, decided by ``SequentialTest``.
  public func findings(
    on profile: WrittenProfile, of game: GameForm
  ) throws(ProfileVerificationError) -> ProfileFindings {
    do {
      switch game {
      case .strategic(let game): return try findings(on: profile, of: game)
      case .extensive(let game): return try findings(on: profile, of: game)
      }
    } catch {
      throw .refused("\(error)")
    }
  }

  /// What is found about a distribution over the profiles of a table, by index.
  public func findings(
    on distribution: [Rational], of game: StrategicGame
  ) throws(ProfileVerificationError) -> CorrelatedFindings {
    let table = PayoffTable(game)
    func worst(_ regrets: [Double]) -> Double {
      regrets.indices.map { max(0, regrets[$0] / table.range(of: $0)) }.max() ?? 0
    }
    func verdict(_ regrets: [Double], _ holds: Bool) -> ProfileFindings.Verdict {
      .init(holds: holds, maximumRegret: worst(regrets), reason: nil)
    }
    do {
      if distribution.reduce(.zero, +) == .one {
        let found = try CorrelatedVerifier.certificate(of: distribution, in: game)
        return CorrelatedFindings(
          isExact: true, values: found.values.map(\.doubleValue),
          correlated: verdict(
            found.swapRegrets.map(\.doubleValue), found.isCorrelatedEquilibrium),
          coarse: verdict(
            found.externalRegrets.map(\.doubleValue), found.isCoarseCorrelatedEquilibrium))
      }
      let found = try CorrelatedVerifier.certificate(
        of: distribution.map(\.doubleValue), in: table)
      return CorrelatedFindings(
        isExact: false, values: found.values,
        correlated: verdict(found.swapRegrets, worst(found.swapRegrets) <= tolerance),
        coarse: verdict(found.externalRegrets, worst(found.externalRegrets) <= tolerance))
    } catch {
      throw .refused("\(error)")
    }
  }

  private func findings(
    on profile: WrittenProfile, of game: StrategicGame
  ) throws -> ProfileFindings {
    let table = PayoffTable(game)
    let numeric = profile.probabilities.map { $0.map(\.doubleValue) }
    let ranges = table.sizes.indices.map { table.range(of: $0) }
    var findings: ProfileFindings
    if profile.isExact {
      let found = try StrategicVerifier.certificate(
        of: MixedProfile(profile.probabilities), in: game)
      findings = self.findings(
        values: found.values.map(\.doubleValue), regrets: found.regrets.map(\.doubleValue),
        ranges: ranges, players: game.players, isExact: true, holds: found.isNash)
    } else {
      try checkSums(numeric, names: game.players)
      let mixed = NumericProfile(numeric)
      let relative = table.regrets(of: mixed)
      findings = self.findings(
        values: ranges.indices.map { table.value(of: $0, in: mixed) },
        regrets: zip(relative, ranges).map { $0 * $1 }, ranges: ranges, players: game.players,
        isExact: false, holds: relative.allSatisfy { $0 <= tolerance })
    }
    if let lambda { findings.logit = logit(NumericProfile(numeric), table, lambda) }
    return findings
  }

  private func checkSums(_ shares: [[Double]], names: [String]) throws {
    for (row, name) in zip(shares, names) where !(abs(row.reduce(0, +) - 1) <= 1e-9) {
      throw ProfileVerificationError.refused(
        "the probabilities of '\(name)' add up to \(row.reduce(0, +)), not to 1")
    }
  }

  private func findings(
    values: [Double], regrets: [Double], ranges: [Double], players: [String], isExact: Bool,
    holds: Bool
  ) -> ProfileFindings {
    let relative = zip(regrets, ranges).map { max(0, $0 / $1) }
    let worst = relative.indices.max { relative[$0] < relative[$1] }
    return ProfileFindings(
      isExact: isExact, values: values, regrets: regrets.map { max(0, $0) },
      nash: .init(
        holds: holds, maximumRegret: relative.max() ?? 0,
        reason: holds ? nil : worst.map { "\(players[$0]) gains by another strategy" }))
  }

  /// The residual of the logit equations: differences of logarithms against λ times differences of
  /// what strategies yield.
  private func logit(
    _ profile: NumericProfile, _ table: PayoffTable, _ lambda: Double
  ) -> ProfileFindings.Verdict {
    var residual = 0.0
    for player in table.sizes.indices {
      let scale = isNormalized ? lambda / table.range(of: player) : lambda
      let values = table.strategyValues(of: player, against: profile)
      let shares = profile.probabilities[player]
      guard let top = shares.indices.max(by: { shares[$0] < shares[$1] }) else { continue }
      for strategy in shares.indices {
        let odds = Equilibria.logarithm(shares[strategy]) - Equilibria.logarithm(shares[top])
        let own = abs(odds - scale * (values[strategy] - values[top]))
        if !(own <= residual) { residual = own }
      }
    }
    return .init(holds: residual <= tolerance, maximumRegret: residual, reason: nil)
  }

  // MARK: - Trees

  private func findings(
    on profile: WrittenProfile, of game: ExtensiveGame
  ) throws -> ProfileFindings {
    var findings =
      profile.isExact
      ? try exact(ExactBehaviorProfile(profile.probabilities.flatMap { $0 }), of: game)
      : try numeric(
        BehaviorProfile(profile.probabilities.flatMap { $0.map(\.doubleValue) }), of: game)
    findings.sequential = try sequential(profile, of: game)
    if let lambda { findings.logit = try logit(profile, of: game, lambda) }
    return findings
  }

  private func exact(
    _ profile: ExactBehaviorProfile, of game: ExtensiveGame
  ) throws -> ProfileFindings {
    let nash = try NashVerifier.certificate(of: profile, in: game, numbers: .decimals)
    let perfect = try SubgamePerfectVerifier.certificate(of: profile, in: game, numbers: .decimals)
    var findings = self.findings(
      values: nash.values.map(\.doubleValue), regrets: nash.regrets.map(\.doubleValue),
      ranges: game.payoffRanges(), players: game.tree.players, isExact: true, holds: nash.isNash())
    findings.subgamePerfect = verdict(
      perfect.regrets.map { $0.map(\.doubleValue) }, roots: perfect.roots, game,
      holds: perfect.isSubgamePerfect())
    return findings
  }

  private func numeric(
    _ profile: BehaviorProfile, of game: ExtensiveGame
  ) throws -> ProfileFindings {
    let nash = try NashVerifier.certificate(of: profile, in: game)
    let perfect = try SubgamePerfectVerifier.certificate(of: profile, in: game)
    let ranges = game.payoffRanges()
    func isSmall(_ regrets: [Double]) -> Bool {
      zip(regrets, ranges).allSatisfy { $0 <= tolerance * $1 }
    }
    var findings = self.findings(
      values: nash.values, regrets: nash.regrets, ranges: ranges, players: game.tree.players,
      isExact: false, holds: isSmall(nash.regrets))
    findings.subgamePerfect = verdict(
      perfect.regrets, roots: perfect.roots, game, holds: perfect.regrets.allSatisfy(isSmall))
    return findings
  }

  private func verdict(
    _ regrets: [[Double]], roots: [Int], _ game: ExtensiveGame, holds: Bool
  ) -> ProfileFindings.Verdict {
    let ranges = game.payoffRanges()
    var worst = (regret: 0.0, subgame: 0, player: 0)
    for (subgame, row) in regrets.enumerated() {
      for (player, regret) in row.enumerated() where regret / ranges[player] > worst.regret {
        worst = (regret / ranges[player], subgame, player)
      }
    }
    return .init(
      holds: holds, maximumRegret: worst.regret,
      reason: holds
        ? "\(roots.count) subgame\(roots.count == 1 ? "" : "s")"
        : "\(game.tree.players[worst.player]) gains in the subgame at node \(roots[worst.subgame])")
  }

  private func sequential(
    _ profile: WrittenProfile, of game: ExtensiveGame
  ) throws -> ProfileFindings.Verdict? {
    if profile.isExact {
      let exact = ExactBehaviorProfile(profile.probabilities.flatMap { $0 })
      if let trembles = profile.trembles {
        let witness = TrembleWitness(
          orders: trembles.joined().map(\.order),
          coefficients: trembles.joined().map(\.coefficient))
        let found = try SequentialVerifier.certificate(
          of: exact, witness: witness, in: game, numbers: .decimals)
        return verdict(found, game)
      }
      switch try SequentialTest.decide(exact, in: game, numbers: .decimals) {
      case .sequential:
        return .init(holds: true, maximumRegret: 0, reason: "with trembles that were found")
      case .notSequential(let set):
        let label = set.map { " at '\(game.tree.informationSets[$0].displayLabel)'" } ?? ""
        return .init(
          holds: false, maximumRegret: 0,
          reason: "no consistent beliefs make every choice best\(label)")
      case .undecided: return nil
      }
    }
    guard let logTrembles = profile.logTrembles else { return nil }
    let assessment = Assessment(
      profile: BehaviorProfile(profile.probabilities.flatMap { $0.map(\.doubleValue) }),
      logTrembles: logTrembles.flatMap { $0 })
    var verifier = Verifier(tree: game.tree)
    let found = verifier.certificate(for: assessment, of: game, tolerance: tolerance)
    return .init(
      holds: found.holds, maximumRegret: found.maximumRegret,
      reason: found.defect.map { "the trembles do not fit: \($0)" }
        ?? "under beliefs from the trembles given")
  }

  private func verdict(
    _ found: SequentialCertificate, _ game: ExtensiveGame
  ) -> ProfileFindings.Verdict {
    let ranges = game.payoffRanges()
    var worst = (regret: 0.0, set: 0)
    for (set, regret) in found.regrets.enumerated() {
      let own = regret.doubleValue / ranges[game.tree.informationSets[set].player]
      if own > worst.regret { worst = (own, set) }
    }
    let label =
      game.tree.informationSets.isEmpty
      ? "" : game.tree.informationSets[worst.set].displayLabel
    return .init(
      holds: found.isSequential, maximumRegret: worst.regret,
      reason: found.isSequential ? "with the trembles given" : "another action gains at '\(label)'")
  }

  private func logit(
    _ profile: WrittenProfile, of game: ExtensiveGame, _ lambda: Double
  ) throws -> ProfileFindings.Verdict {
    let shares = profile.probabilities.flatMap { $0.map(\.doubleValue) }
    let logarithms =
      profile.logTrembles?.flatMap { $0 } ?? shares.map { Equilibria.logarithm($0) }
    var verifier = Verifier(tree: game.tree)
    let found = verifier.logitCertificate(
      for: Assessment(profile: BehaviorProfile(shares), logTrembles: logarithms), of: game,
      lambda: lambda, normalized: isNormalized, tolerance: tolerance)
    return .init(
      holds: found.holds, maximumRegret: found.maximumRegret,
      reason: found.defect.map { "the logarithms do not fit: \($0)" })
  }
}
