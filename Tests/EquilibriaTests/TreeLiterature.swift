import Games
import Mathematics

/// Games of the literature in extensive form, written down as ``GameNode`` shows.
enum TreeLiterature {
  /// Selten (1978), The chain store paradox: a market with the payoffs 0, 2 and 5 for the chain
  /// store and 0, 1 and 2 for the entrant.
  static func entry() throws -> ExtensiveGame {
    try ExtensiveGame(
      "Entry deterrence", players: ["Entrant", "Incumbent"],
      .decision(
        "Entrant",
        [
          "stay out": .end("monopoly", [1, 5]),
          "enter": .decision(
            "Incumbent", ["fight": .end("price war", [0, 0]), "share": .end("duopoly", [2, 2])]),
        ]))
  }

  /// The same over several markets, one after another, everything seen.
  static func chainStore(markets: Int) throws -> ExtensiveGame {
    func market(_ place: Int, _ payoffs: [Rational]) -> GameNode {
      if place == markets { return .end(payoffs) }
      func after(_ entrant: Rational, _ store: Rational) -> GameNode {
        var next = payoffs
        next[place] = entrant
        next[markets] += store
        return market(place + 1, next)
      }
      return .decision(
        "E\(place)",
        [
          "stay out": after(1, 5),
          "enter": .decision("Store", ["fight": after(0, 0), "share": after(2, 2)]),
        ])
    }
    return try ExtensiveGame(
      "Chain store", players: (0..<markets).map { "E\($0)" } + ["Store"],
      market(0, Array(repeating: 0, count: markets + 1)))
  }

  /// Rosenthal (1981), Games of perfect information, predatory pricing and the chain-store paradox,
  /// with the payoffs of McKelvey & Palfrey (1992): the pot doubles, who takes gets four fifths.
  static func centipede(moves: Int) throws -> ExtensiveGame {
    func move(_ place: Int) -> GameNode {
      let pot = Rational(1 << place)
      let large = pot * Rational(2, 5)
      let small = pot / 10
      if place == moves { return .end(place.isMultiple(of: 2) ? [large, small] : [small, large]) }
      return .decision(
        place.isMultiple(of: 2) ? "Red" : "Blue",
        [
          "take": .end(place.isMultiple(of: 2) ? [large, small] : [small, large]),
          "pass": move(place + 1),
        ])
    }
    return try ExtensiveGame("Centipede", players: ["Red", "Blue"], move(0))
  }

  /// Güth, Schmittberger & Schwarze (1982), An experimental analysis of ultimatum bargaining, over
  /// coins that cannot be divided.
  static func ultimatum(coins: Int) throws -> ExtensiveGame {
    try ExtensiveGame(
      "Ultimatum", players: ["Proposer", "Responder"],
      .decision("Proposer", actions: (0...coins).map { "offer \($0)" }) { offer in
        .decision(
          "Responder",
          [
            "accept": .end([Rational(coins - offer), Rational(offer)]), "reject": .end([0, 0]),
          ])
      })
  }

  /// Bagwell (1995), Commitment and observability in games, figure 1: the follower sees the leader's
  /// quantity, or a signal of it that errs with these odds.
  static func commitment(errors: Rational?) throws -> ExtensiveGame {
    func follower(_ leader: String, _ signal: String) -> GameNode {
      let isStackelberg = leader == "S"
      return .decision(
        "Follower", set: "sees \(signal)",
        [
          "S": .end(isStackelberg ? [5, 2] : [6, 3]), "C": .end(isStackelberg ? [3, 1] : [4, 4]),
        ])
    }
    func after(_ leader: String) -> GameNode {
      guard let errors else { return follower(leader, leader) }
      let sees = [leader == "S" ? 1 - errors : errors, leader == "S" ? errors : 1 - errors]
      return .chance(
        ["S": (sees[0], follower(leader, "S")), "C": (sees[1], follower(leader, "C"))])
    }
    return try ExtensiveGame(
      "Commitment", players: ["Leader", "Follower"],
      .decision("Leader", ["S": after("S"), "C": after("C")]))
  }

  /// The battle of the sexes after a choice to stay at home (Kohlberg & Mertens 1986, On the strategic
  /// stability of equilibria; van Damme 1989, Stable equilibria and forward induction).
  static func outsideOption() throws -> ExtensiveGame {
    func second(_ opera: [Rational], _ fight: [Rational]) -> GameNode {
      .decision("Second", set: "evening", ["opera": .end(opera), "fight": .end(fight)])
    }
    return try ExtensiveGame(
      "An evening out, or a book", players: ["First", "Second"],
      .decision(
        "First", set: "book",
        [
          "read": .end("at home", [2, 2]),
          "go out": .decision(
            "First", set: "where",
            ["opera": second([3, 1], [0, 0]), "fight": second([0, 0], [1, 3])]),
        ]))
  }

  /// Cho & Kreps (1987), Signaling games and stable equilibria, section II.
  static func beerQuiche() throws -> ExtensiveGame {
    func breakfast(_ food: String, _ duel: [Rational], _ peace: [Rational]) -> GameNode {
      .decision("B", set: food, ["duel": .end(duel), "walk on": .end(peace)])
    }
    return try ExtensiveGame(
      "Beer and quiche", players: ["A", "B"],
      .chance(
        "nerve",
        [
          "wimp": (
            0.1,
            .decision(
              "A", set: "wimp",
              [
                "beer": breakfast("beer", [0, 1], [2, 0]),
                "quiche": breakfast("quiche", [1, 1], [3, 0]),
              ])
          ),
          "surly": (
            0.9,
            .decision(
              "A", set: "surly",
              [
                "beer": breakfast("beer", [1, 0], [3, 1]),
                "quiche": breakfast("quiche", [0, 0], [2, 1]),
              ])
          ),
        ]))
  }

  /// One player ends the game or leaves it to another, who sees that it was left but not how.
  static func choiceUnseen(
    _ title: String, stay: [Rational], _ first: [[Rational]], _ second: [[Rational]]
  ) throws -> ExtensiveGame {
    func reply(_ row: [[Rational]]) -> GameNode {
      .decision("2", set: "2", ["L": .end(row[0]), "R": .end(row[1])])
    }
    return try ExtensiveGame(
      title, players: ["1", "2"],
      .decision("1", ["stay": .end(stay), "first": reply(first), "second": reply(second)]))
  }

  /// As before, but the first player leaves the end first, and then decides how.
  static func choiceInTwoSteps(
    _ title: String, stay: [Rational], _ first: [[Rational]], _ second: [[Rational]]
  ) throws -> ExtensiveGame {
    func reply(_ row: [[Rational]]) -> GameNode {
      .decision("2", set: "2", ["L": .end(row[0]), "R": .end(row[1])])
    }
    return try ExtensiveGame(
      title, players: ["1", "2"],
      .decision(
        "1",
        [
          "stay": .end(stay),
          "go": .decision("1", ["first": reply(first), "second": reply(second)]),
        ]
      ))
  }

  /// Piccione & Rubinstein (1997), On the interpretation of decision problems with imperfect recall:
  /// the absent-minded driver.
  static func driver() throws -> ExtensiveGame {
    try ExtensiveGame(
      "Absent-minded driver", players: ["Driver"],
      .decision(
        "Driver", set: "crossing",
        [
          "exit": .end([0]),
          "go on": .decision("Driver", set: "crossing", ["exit": .end([4]), "go on": .end([1])]),
        ]))
  }

  /// After Wichardt (2008), Existence of Nash equilibria in finite extensive form games with imperfect
  /// recall, a counterexample: one player moves twice, forgets the first move and loses most if the
  /// two differ; else it plays matching pennies with the other.
  static func forgetful() throws -> ExtensiveGame {
    func pennies(_ isLeft: Bool) -> GameNode {
      .decision(
        "2", set: "penny",
        ["l": .end(isLeft ? [1, -1] : [-1, 1]), "r": .end(isLeft ? [-1, 1] : [1, -1])])
    }
    return try ExtensiveGame(
      "Forgetful", players: ["1", "2"],
      .decision(
        "1", set: "first",
        [
          "L": .decision("1", set: "again", ["L": pennies(true), "R": .end([-5, 5])]),
          "R": .decision("1", set: "again", ["L": .end([-5, 5]), "R": pennies(false)]),
        ]))
  }
}
