public import Equilibria
public import Games
public import Scenarios

/// A solved game as JSON: the shape that DESIGN fixes for `solve --json`.
public enum GameJSON {
  /// The whole of `solve --json` for one equilibrium.
  public static func solution(
    _ game: ExtensiveGame, assessment: Assessment, certificate: Certificate, beliefs: [[Double]],
    method: String, concept: String
  ) -> JSONValue {
    let tree = game.tree
    let reach = assessment.profile.realization(in: tree, odds: game.odds)
    let profile = tree.informationSets.enumerated().map { index, set in
      JSONValue.object([
        ("player", .string(tree.players[set.player])),
        ("information_set", .string(set.displayLabel)),
        ("number", .integer(set.number)),
        (
          "actions",
          .array(
            set.actions.enumerated().map { ordinal, action in
              .object([
                ("action", .string(action)),
                (
                  "probability",
                  .number(assessment.profile.probabilities[set.firstAction + ordinal])
                ),
              ])
            })
        ),
        ("beliefs", .array(beliefs[index].map { .number($0) })),
      ])
    }
    let payoffs = zip(tree.players, GameValues.expectedPayoffs(game, reach: reach)).map {
      JSONValue.object([("player", .string($0)), ("value", .number($1))])
    }
    let outcomes = zip(tree.outcomes, GameValues.outcomes(game, reach: reach)).map {
      JSONValue.object([("outcome", .string($0)), ("probability", .number($1))])
    }
    let witness =
      "a fully mixed profile at a distance of \(NumberFormat.scientific(certificate.distance))"
    return .object([
      ("entente", .integer(1)),
      (
        "game",
        .object([
          ("title", .string(game.title)), ("players", .array(tree.players.map { .string($0) })),
          ("nodes", .integer(tree.nodes.count)),
          ("information_sets", .integer(tree.informationSets.count)),
        ])
      ),
      ("method", .string(method)),
      ("concept", .string(concept)),
      ("complete", .bool(false)),
      (
        "equilibria",
        .array([
          .object([
            ("profile", .array(profile)), ("payoffs", .array(payoffs)),
            ("outcomes", .array(outcomes)),
            ("survives", .array(concept == "sequential" ? [.string("sequential")] : [])),
            (
              "certificate",
              .object([
                ("max_regret", .number(certificate.maximumRegret)), ("exact", .bool(false)),
                ("witness", .string(witness)),
              ])
            ),
          ])
        ])
      ),
    ])
  }
}
