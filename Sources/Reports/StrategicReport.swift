public import Equilibria
public import Games
import Mathematics
public import Scenarios

/// Equilibria of a strategic-form game, as text and as the JSON that `solve --json` has.
public struct StrategicReport {
  let game: StrategicGame
  let method: String
  let isComplete: Bool
  let equilibria: [MixedProfile]
  let certificates: [StrategicCertificate]
  let componentCount: Int?

  /// A report on equilibria, each with its certificate.
  public init(
    game: StrategicGame, method: String, isComplete: Bool, equilibria: [MixedProfile],
    certificates: [StrategicCertificate], componentCount: Int?
  ) {
    self.game = game
    self.method = method
    self.isComplete = isComplete
    self.equilibria = equilibria
    self.certificates = certificates
    self.componentCount = componentCount
  }

  /// For people.
  public var text: String {
    var lines = TextLayout.wrap(game.title)
    let sizes = game.strategies.map { "\($0.count)" }.joined(separator: " × ")
    lines.append("\(game.players.count) players, \(sizes) strategies.")
    for (ordinal, profile) in equilibria.enumerated() {
      lines.append("")
      lines.append("Equilibrium \(ordinal + 1)")
      for (player, name) in game.players.enumerated() {
        let choices = zip(game.strategies[player], profile.probabilities[player])
          .filter { $0.1.signum > 0 }
          .map { $0.1 == 1 ? $0.0 : "\($0.0) (\($0.1))" }
        lines += TextLayout.wrap(
          "\(name): \(choices.joined(separator: ", ")); payoff "
            + "\(certificates[ordinal].values[player])", first: "  ", indent: 4)
      }
    }
    lines.append("")
    lines += TextLayout.wrap(verdict)
    return lines.joined(separator: "\n") + "\n"
  }

  private var verdict: String {
    let count = equilibria.count
    if count == 0 {
      return "There is no equilibrium of the kind that the method '\(method)' looks for."
    }
    var text = count == 1 ? "One equilibrium" : "\(count) equilibria"
    text += ", by the method '\(method)'"
    text += isComplete ? "; no other of this kind is missing." : "; there may be others."
    if let componentCount {
      text += " All equilibria form \(componentCount) connected "
      text += componentCount == 1 ? "set." : "sets."
    }
    return text + " Certified in exact arithmetic: nobody can gain anything."
  }

  /// For programs.
  public var json: JSONValue {
    .object([
      ("entente", .integer(1)),
      (
        "game",
        .object([
          ("title", .string(game.title)), ("players", .array(game.players.map { .string($0) })),
          ("strategies", .array(game.strategies.map { .array($0.map { .string($0) }) })),
        ])
      ),
      ("method", .string(method)),
      ("concept", .string("nash")),
      ("complete", .bool(isComplete)),
      ("equilibria", .array(equilibria.indices.map(equilibrium))),
    ])
  }

  private func equilibrium(_ ordinal: Int) -> JSONValue {
    let certificate = certificates[ordinal]
    let profile = game.players.indices.map { player in
      JSONValue.object([
        ("player", .string(game.players[player])), ("information_set", .string("")),
        ("number", .integer(1)),
        (
          "actions",
          .array(
            zip(game.strategies[player], equilibria[ordinal].probabilities[player]).map {
              .object([
                ("action", .string($0)), ("probability", .number($1.doubleValue)),
                ("exact", .string("\($1)")),
              ])
            })
        ),
      ])
    }
    let payoffs = zip(game.players, certificate.values).map {
      JSONValue.object([
        ("player", .string($0)), ("value", .number($1.doubleValue)), ("exact", .string("\($1)")),
      ])
    }
    return .object([
      ("profile", .array(profile)), ("payoffs", .array(payoffs)),
      (
        "certificate",
        .object([
          ("max_regret", .number(certificate.regret.doubleValue)), ("exact", .bool(true)),
        ])
      ),
    ])
  }
}
