public import Equilibria
public import Games
public import Scenarios

/// What the verifier says of profiles, as text and as JSON.
public struct VerificationReport {
  private let game: GameForm
  private let findings: [ProfileFindings]
  private let correlated: CorrelatedFindings?

  /// A report on the profiles of a file, and on its distribution over profiles.
  public init(
    game: GameForm, findings: [ProfileFindings], correlated: CorrelatedFindings? = nil
  ) {
    self.game = game
    self.findings = findings
    self.correlated = correlated
  }

  /// For people.
  public var text: String {
    var lines = game.title.isEmpty ? [] : TextLayout.wrap(game.title)
    for (ordinal, found) in findings.enumerated() {
      if !lines.isEmpty { lines.append("") }
      if findings.count > 1 { lines.append("Profile \(ordinal + 1)") }
      lines += TextLayout.columns(
        [["", "expects", "could gain"]]
          + zip(game.players, zip(found.values, found.regrets)).map {
            [$0, NumberFormat.short($1.0), NumberFormat.short($1.1)]
          }, rightAligned: [1, 2], indent: 2)
      for (name, verdict) in VerificationReport.verdicts(found) {
        lines += TextLayout.wrap(
          sentence(name, verdict, found.isExact), first: "  ", indent: 4)
      }
    }
    if let correlated {
      lines.append("")
      lines += TextLayout.columns(
        [["", "expects"]]
          + zip(game.players, correlated.values).map { [$0, NumberFormat.short($1)] },
        rightAligned: [1], indent: 2)
      for (name, verdict) in [
        ("Correlated equilibrium", correlated.correlated),
        ("Coarse correlated equilibrium", correlated.coarse),
      ] {
        lines += TextLayout.wrap(
          sentence(name, verdict, correlated.isExact), first: "  ", indent: 4)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func verdicts(
    _ found: ProfileFindings
  ) -> [(name: String, verdict: ProfileFindings.Verdict)] {
    [
      ("Nash equilibrium", found.nash), ("Subgame-perfect equilibrium", found.subgamePerfect),
      ("Sequential equilibrium", found.sequential), ("Logit equilibrium", found.logit),
    ].compactMap { name, verdict in verdict.map { (name, $0) } }
  }

  private func sentence(
    _ name: String, _ verdict: ProfileFindings.Verdict, _ isExact: Bool
  ) -> String {
    let size = NumberFormat.scientific(max(verdict.maximumRegret, 1e-16))
    let reason = verdict.reason.map { " (\($0))" } ?? ""
    if name.hasPrefix("Logit") {
      return "\(name): \(verdict.holds ? "yes" : "no"), its equations hold to \(size) in the "
        + "logarithms of odds\(reason)."
    }
    if verdict.holds {
      return isExact
        ? "\(name): yes, exactly\(reason)."
        : "\(name): yes, nobody gains more than \(size) of its payoff range\(reason)."
    }
    return verdict.maximumRegret > 0
      ? "\(name): no, somebody gains \(size) of its payoff range\(reason)."
      : "\(name): no\(reason)."
  }

  /// For programs.
  public var json: JSONValue {
    .object([
      ("entente", .integer(1)),
      (
        "game",
        .object([
          ("title", .string(game.title)), ("players", .array(game.players.map { .string($0) })),
        ])
      ),
      ("profiles", .array(findings.map(profile))),
      ("correlated", correlated.map(distribution) ?? .null),
    ])
  }

  private func distribution(_ found: CorrelatedFindings) -> JSONValue {
    .object([
      ("exact", .bool(found.isExact)),
      ("values", .array(found.values.map { .number($0) })),
      ("correlated", verdict(found.correlated)), ("coarse_correlated", verdict(found.coarse)),
    ])
  }

  private func verdict(_ verdict: ProfileFindings.Verdict) -> JSONValue {
    .object([
      ("holds", .bool(verdict.holds)), ("max_regret", .number(verdict.maximumRegret)),
      ("reason", verdict.reason.map { .string($0) } ?? .null),
    ])
  }

  private func profile(_ found: ProfileFindings) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("exact", .bool(found.isExact)),
      (
        "players",
        .array(
          game.players.indices.map { player in
            .object([
              ("player", .string(game.players[player])), ("value", .number(found.values[player])),
              ("regret", .number(found.regrets[player])),
            ])
          })
      ),
    ]
    let verdicts = [
      ("nash", found.nash), ("subgame_perfect", found.subgamePerfect),
      ("sequential", found.sequential), ("logit", found.logit),
    ]
    for (name, verdict) in verdicts {
      guard let verdict else { continue }
      members.append((name, self.verdict(verdict)))
    }
    return .object(members)
  }
}
