import Games
import Mathematics

/// Games of the literature in strategic form, and random ones.
enum StrategicGames {
  /// Two players' payoffs, row by row.
  static func bimatrix(_ title: String, _ rows: [[(Rational, Rational)]]) -> StrategicGame {
    StrategicGame(
      title: title, players: ["Row", "Column"],
      strategies: [rows.indices.map { "r\($0)" }, rows[0].indices.map { "c\($0)" }]
    ) { [rows[$0[0]][$0[1]].0, rows[$0[0]][$0[1]].1] }
  }

  /// Tucker's story (1950), with years in prison as in Luce & Raiffa (1957), Games and Decisions,
  /// section 5.4: confessing is the second strategy.
  static let dilemma = bimatrix(
    "Prisoners' dilemma",
    [[(-1, -1), (-10, Rational(-1, 4))], [(Rational(-1, 4), -10), (-8, -8)]])

  /// Luce & Raiffa (1957), Games and Decisions, section 5.3.
  static let sexes = bimatrix("Battle of the sexes", [[(2, 1), (-1, -1)], [(-1, -1), (1, 2)]])

  /// von Neumann & Morgenstern (1944), Theory of Games and Economic Behavior.
  static let pennies = bimatrix("Matching pennies", [[(1, -1), (-1, 1)], [(-1, 1), (1, -1)]])

  /// Rousseau's hunters as in Skyrms (2004), The Stag Hunt.
  static let hunt = bimatrix("Stag hunt", [[(3, 3), (0, 2)], [(2, 0), (2, 2)]])

  /// Maynard Smith (1982), Evolution and the Theory of Games, chapter 2: prize 2, cost of a fight 4.
  static let hawks = bimatrix("Hawks and doves", [[(-1, -1), (2, 0)], [(0, 2), (1, 1)]])

  /// Shapley (1964), Some topics in two-person games: fictitious play does not converge.
  static let shapley = bimatrix(
    "Shapley's game",
    [[(1, 0), (0, 1), (0, 0)], [(0, 0), (1, 0), (0, 1)], [(0, 1), (0, 0), (1, 0)]])

  /// Gibbons (1992), Game Theory for Applied Economists, figure 1.1.1.
  static let gibbons = bimatrix(
    "Gibbons, figure 1.1.1", [[(1, 0), (1, 2), (0, 1)], [(0, 3), (0, 1), (2, 0)]])

  /// McKelvey & McLennan (1997), The maximal number of regular totally mixed Nash equilibria: two
  /// strategies for each of three players, nine equilibria.
  static let nine = StrategicGame(
    title: "Nine equilibria", players: ["1", "2", "3"],
    strategies: [["a", "b"], ["a", "b"], ["a", "b"]]
  ) { profile in
    switch (profile[0], profile[1], profile[2]) {
    case (0, 0, 0): [9, 8, 12]
    case (1, 1, 0): [9, 8, 2]
    case (0, 1, 1), (1, 0, 1): [3, 4, 6]
    default: [0, 0, 0]
    }
  }

  /// Nau, Gomez Canovas & Hansen (2004), On the geometry of Nash equilibria and correlated
  /// equilibria.
  static let irrational = StrategicGame(
    title: "An irrational equilibrium", players: ["1", "2", "3"],
    strategies: [["top", "bottom"], ["left", "right"], ["1", "2"]]
  ) { profile in
    switch (profile[0], profile[1], profile[2]) {
    case (0, 0, 0): [3, 0, 2]
    case (0, 1, 0): [0, 2, 0]
    case (1, 0, 0): [0, 1, 0]
    case (1, 1, 0): [1, 0, 0]
    case (0, 0, 1): [1, 0, 0]
    case (0, 1, 1): [0, 1, 0]
    case (1, 0, 1): [0, 3, 0]
    default: [2, 0, 3]
    }
  }

  /// Challet & Zhang (1997), Emergence of cooperation and organization in an evolutionary game:
  /// who is on the side of the fewer gains 1.
  static let minority = StrategicGame(
    title: "Minority game", players: ["1", "2", "3"],
    strategies: Array(repeating: ["left", "right"], count: 3)
  ) { profile in
    let right = profile.reduce(0, +)
    return profile.map { $0 == (right == 1 ? 1 : right == 2 ? 0 : 2) ? 1 : 0 }
  }

  /// Watson (2013), Strategy, chapter 8: two vendors choose among nine places in a row; customers
  /// stand evenly at all and go to the nearer vendor.
  static let location = StrategicGame(
    title: "Location game", players: ["1", "2"],
    strategies: Array(repeating: (1...9).map { "\($0)" }, count: 2)
  ) { profile in
    var sales: [Rational] = [0, 0]
    for place in 0..<9 {
      let first = abs(place - profile[0])
      let second = abs(place - profile[1])
      sales[0] += first < second ? 1 : first == second ? Rational(1, 2) : 0
      sales[1] += first > second ? 1 : first == second ? Rational(1, 2) : 0
    }
    return sales
  }

  /// Selten (1975), Reexamination of the perfectness concept, figure 1: the horse.
  static func horse() throws -> ExtensiveGame {
    try GambitExtensiveReader.game(
      from: """
        EFG 2 R "Selten's horse" { "1" "2" "3" }
        p "" 1 1 "1" { "R" "L" } 0
        p "" 2 1 "2" { "R" "L" } 0
        t "" 1 "" { 1 1 1 }
        p "" 3 1 "3" { "L" "R" } 0
        t "" 2 "" { 4 4 0 }
        t "" 3 "" { 0 0 1 }
        p "" 3 1 0
        t "" 4 "" { 3 2 2 }
        t "" 5 "" { 0 0 0 }
        """)
  }

  /// Diekmann (1985), Volunteer's dilemma: all gain 1 if somebody bears the cost of 2/5; the first
  /// strategy is to wait for others.
  static func volunteers(_ count: Int) -> StrategicGame {
    StrategicGame(
      title: "Volunteer's dilemma", players: (0..<count).map { "\($0)" },
      strategies: Array(repeating: ["wait", "volunteer"], count: count)
    ) { profile in
      profile.map { own in
        own == 1 ? Rational(3, 5) : profile.contains(1) ? 1 : 0
      }
    }
  }

  /// Whole numbers below 100 from a seed, player by player, the last player's strategy varying
  /// fastest.
  static func table(_ sizes: [Int], _ seed: UInt64) -> StrategicGame {
    var stream = SplitMix64(seed: seed)
    let names = sizes.map { size in (0..<size).map { "s\($0)" } }
    let count = sizes.reduce(1, *)
    let numbers = sizes.map { _ in (0..<count).map { _ in Rational(Int(stream.next() % 100)) } }
    return StrategicGame(
      title: "table \(seed)", players: sizes.indices.map { "P\($0)" }, strategies: names
    ) { profile in
      let row = zip(profile, sizes).reduce(0) { $0 * $1.1 + $1.0 }
      return numbers.map { $0[row] }
    }
  }

  /// One to four players, up to five strategies each, payoffs of few values with many ties.
  static func random(_ seed: UInt64) -> StrategicGame {
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 31))
    let players = Int.random(in: 1...4, using: &stream)
    let spread = [1, 3, 20].randomElement(using: &stream) ?? 3
    let strategies = (0..<players).map { _ in
      (0..<Int.random(in: 1...5, using: &stream)).map { "s\($0)" }
    }
    return StrategicGame(
      title: "random \(seed)", players: (0..<players).map { "P\($0)" }, strategies: strategies
    ) { _ in
      (0..<players).map { _ in Rational(Int.random(in: 0...spread, using: &stream), 3) }
    }
  }

  /// All profiles of ordinals.
  static func profiles(of game: StrategicGame) -> [[Int]] {
    game.strategies.reduce([[]]) { all, list in
      all.flatMap { profile in list.indices.map { profile + [$0] } }
    }
  }
}
