public import Equilibria
public import Games
import Mathematics
public import Scenarios

/// A solved game as JSON: the shape that DESIGN fixes for `solve --json`.
public struct SolutionJSON {
  private let game: GameForm
  private let solution: Solution

  /// The whole of `solve --json`.
  public static func value(_ solution: Solution, of game: GameForm) -> JSONValue {
    SolutionJSON(game: game, solution: solution).value
  }

  private var value: JSONValue {
    var members: [(String, JSONValue)] = [
      ("entente", .integer(1)),
      ("game", summary),
      ("method", .string(solution.method)),
      ("concept", .string(solution.concept.rawValue)),
      ("complete", .bool(solution.isComplete)),
      ("equilibria", .array(solution.equilibria.map(equilibrium))),
    ]
    if let degenerate = solution.isDegenerate { members.append(("degenerate", .bool(degenerate))) }
    if let plans = solution.plans {
      let lists = plans.map { JSONValue.array($0.map { .string($0) }) }
      members.append(("plans", .object(Array(zip(game.players, lists)))))
    }
    if let components = solution.components {
      members.append(("components", .array(components.map(component))))
    }
    if let play = solution.correlated { members.append(("correlated", correlated(play))) }
    if let dominance = solution.dominance {
      members.append(("dominance", self.dominance(dominance)))
    }
    if !solution.notes.isEmpty {
      members.append(("notes", .array(solution.notes.map { .string($0) })))
    }
    return .object(members)
  }

  private var summary: JSONValue {
    var members: [(String, JSONValue)] = [
      ("title", .string(game.title)), ("players", .array(game.players.map { .string($0) })),
    ]
    switch game {
    case .extensive(let game):
      members.append(("nodes", .integer(game.tree.nodes.count)))
      members.append(("information_sets", .integer(game.tree.informationSets.count)))
    case .strategic(let game):
      members.append(
        ("strategies", .array(game.strategies.map { .array($0.map { .string($0) }) })))
    }
    return .object(members)
  }

  private func equilibrium(_ equilibrium: Equilibrium) -> JSONValue {
    let shares = equilibrium.profile.numeric
    let exact = equilibrium.profile.exact
    // Where each place's choices begin in a flat vector.
    let first = shares.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    let profile = game.places.enumerated().map { index, place in
      var members: [(String, JSONValue)] = [
        ("player", .string(game.players[place.player])),
        ("information_set", .string(place.label)), ("number", .integer(place.number)),
        (
          "actions",
          .array(
            place.choices.indices.map { choice in
              var action: [(String, JSONValue)] = [
                ("action", .string(place.choices[choice])),
                ("probability", .number(shares[index][choice])),
              ]
              if let exact { action.append(("exact", .string("\(exact[index][choice])"))) }
              if let witness = equilibrium.witness {
                action.append(("tremble", tremble(witness, at: first[index] + choice)))
              }
              if let trembles = equilibrium.logTrembles {
                action.append(("log_tremble", .number(trembles[index][choice])))
              }
              return .object(action)
            })
        ),
      ]
      if let beliefs = equilibrium.beliefs {
        members.append(("beliefs", .array(beliefs[index].map { .number($0) })))
      }
      if let beliefs = equilibrium.exactBeliefs {
        members.append(("exact_beliefs", .array(beliefs[index].map { .string("\($0)") })))
      }
      return JSONValue.object(members)
    }
    var members: [(String, JSONValue)] = [
      ("profile", .array(profile)),
      ("payoffs", payoffs(equilibrium.payoffs, equilibrium.exactPayoffs)),
    ]
    if case .extensive(let game) = game {
      let behavior = BehaviorProfile(shares.flatMap { $0 })
      let outcomes = zip(game.tree.outcomes, game.outcomeProbabilities(of: behavior)).map {
        JSONValue.object([("outcome", .string($0)), ("probability", .number($1))])
      }
      members.append(("outcomes", .array(outcomes)))
    }
    members.append(("survives", .array(equilibrium.survives.map { .string($0.rawValue) })))
    members.append(("undecided", .array(equilibrium.undecided.map { .string($0.rawValue) })))
    members.append(("certificate", certificate(equilibrium.certificate)))
    return .object(members)
  }

  /// The order of a tremble and its coefficient.
  private func tremble(_ witness: TrembleWitness, at action: Int) -> JSONValue {
    .object([
      ("order", .integer(witness.orders[action])),
      ("coefficient", .string("\(witness.coefficients[action])")),
    ])
  }

  private func payoffs(_ values: [Double], _ exact: [Rational]?) -> JSONValue {
    .array(
      game.players.indices.map { player in
        var members: [(String, JSONValue)] = [
          ("player", .string(game.players[player])), ("value", .number(values[player])),
        ]
        if let exact { members.append(("exact", .string("\(exact[player])"))) }
        return .object(members)
      })
  }

  private func certificate(_ certificate: EquilibriumCertificate) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("max_regret", .number(certificate.maximumRegret)), ("exact", .bool(certificate.isExact)),
    ]
    if let witness = certificate.witness { members.append(("witness", .string(witness))) }
    return .object(members)
  }

  private func component(_ subsets: [EquilibriumSubset]) -> JSONValue {
    func strategies(_ list: [[Rational]]) -> JSONValue {
      .array(list.map { .array($0.map { .string("\($0)") }) })
    }
    return .array(
      subsets.map { subset in
        .object([
          (game.players[0], strategies(subset.first)), (game.players[1], strategies(subset.second)),
        ])
      })
  }

  private func dominance(_ result: DominanceResult) -> JSONValue {
    let survivors = zip(game.players, result.elimination.survivors).enumerated().map {
      player, pair in
      (pair.0, JSONValue.array(pair.1.map { .string(result.strategies[player][$0]) }))
    }
    let rounds = result.elimination.rounds.map { round in
      JSONValue.array(
        round.map { gone in
          .object([
            ("player", .string(game.players[gone.player])),
            ("strategy", .string(result.strategies[gone.player][gone.strategy])),
            ("dominated_by", .array(gone.dominator.map { .string("\($0)") })),
          ])
        })
    }
    return .object([("survivors", .object(survivors)), ("rounds", .array(rounds))])
  }

  private func correlated(_ play: CorrelatedPlay) -> JSONValue {
    let profiles = play.profiles.enumerated().map { ordinal, profile in
      var members: [(String, JSONValue)] = [
        (
          "strategies",
          .array(zip(game.places, profile).map { .string($0.choices[$1]) })
        ),
        ("probability", .number(play.probabilities[ordinal])),
      ]
      if let exact = play.exact { members.append(("exact", .string("\(exact[ordinal])"))) }
      return JSONValue.object(members)
    }
    return .object([
      ("profiles", .array(profiles)), ("payoffs", payoffs(play.payoffs, nil)),
      ("certificate", certificate(play.certificate)),
    ])
  }
}
