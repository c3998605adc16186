import Games
import Mathematics
import Testing

@Suite("Exact numbers and large files in Gambit's extensive format")
struct GambitExactTests {
  private func payoffs(_ game: ExtensiveGame) -> [Rational?] {
    game.tree.terminals.indices.flatMap { end in
      game.tree.players.indices.map { game.exactPayoff(at: end, of: $0) }
    }
  }

  private func odds(_ game: ExtensiveGame) -> [Rational?] {
    game.odds.indices.map { game.exactOdds(of: $0) }
  }

  private func chance(_ branches: String) throws -> ExtensiveGame {
    let count = branches.split(separator: "\"").count / 2
    return try GamesSupport.game(
      "c \"\" 1 \"toss\" { \(branches) } 0\n"
        + String(repeating: "t \"\" 0\n", count: count))
  }

  @Test("Fractions, decimals and exponents are kept exactly; whole numbers need no keeping")
  func numbers() throws {
    let game = try GamesSupport.game(
      """
      p "" 1 1 "" { "x" "y" "z" } 0
      t "" 1 "" { 1/3, 0.1 }
      t "" 2 "" { -2.5e-3, 1e20 }
      t "" 3 "" { 0.75 7 }
      """)
    #expect(
      payoffs(game) == [
        Rational(1, 3), Rational(1, 10), Rational(-1, 400), Rational("1e20"), Rational(3, 4), 7,
      ])
    // What a double holds is not kept a second time.
    #expect(Set(game.exact.payoffs.keys) == [0, 1, 2])
  }

  @Test("Numbers may follow each other without a blank where a sign begins the next, as in Gambit")
  func adjacent() throws {
    let game = try GamesSupport.game("t \"\" 1 \"\" { 1-2 }")
    #expect(game.payoffs == [1, -2])
    #expect(try GamesSupport.game("t \"\" 1 \"\" { 1/2-3e1 }").payoffs == [0.5, -30])
    let table = try GambitStrategicReader.game(from: "NFG 1 R \"\" { \"A\" } { 3 } 1-2 .5")
    #expect(table.payoffs == [1, -2, Rational(1, 2)])
  }

  @Test("Payoffs on the way to an end add up exactly: three tenths are 0.3")
  func innerSums() throws {
    let game = try GamesSupport.game(
      """
      p "" 1 1 "" { "x" "y" } 1 "" { 0.1, 1/3 }
      p "" 2 1 "" { "x" } 1
      c "" 1 "" { "x" 1 } 0
      t "" 2 "" { 0.1, 1/3 }
      t "" 0
      """)
    #expect(payoffs(game) == [Rational(3, 10), 1, Rational(1, 10), Rational(1, 3)])
  }

  @Test("Odds that add up to 1 exactly are kept; decimals may miss it by their rounding")
  func oddsSums() throws {
    #expect(
      try odds(chance("\"a\" 1/3 \"b\" 0.5 \"c\" 1/6"))
        == [Rational(1, 3), Rational(1, 2), Rational(1, 6)])
    #expect(try odds(chance("\"a\" 0.1 \"b\" 0.9")) == [Rational(1, 10), Rational(9, 10)])
    // What three thirds are to sixteen digits is a third each.
    let third = Rational(1, 3)
    let rounded = try chance(
      "\"a\" 0.3333333333333333 \"b\" 0.3333333333333333 \"c\" 0.3333333333333333")
    #expect(odds(rounded) == [third, third, third])
    #expect(
      try odds(chance("\"a\" 1 \"b\" 0")) == [1, 0])
    for wrong in [
      "\"a\" 0.5 \"b\" 0.4", "\"a\" 0.33 \"b\" 0.33 \"c\" 0.33",
      "\"a\" 1/2 \"b\" 499999999/1000000000",
      "\"a\" 0 \"b\" 0", "\"a\" 0.3333333333 \"b\" 0.333333333 \"c\" 0.33333",
    ] {
      let error = #expect(throws: FormatError.self, "\(wrong)") { try chance(wrong) }
      #expect(error?.line == 3 && error?.message.contains("not to 1") == true, "\(wrong)")
    }
  }

  @Test("Exact numbers, labels and comments survive a round trip, in a thousand random games")
  func roundTrips() throws {
    for seed in 0..<UInt64(1000) {
      var game = try GeneratedGames.random(seed)
      game.comment = "line one\n  \"two\" \\ three"
      let text = try GambitExtensiveWriter.text(of: game, numbers: .doubles)
      let again = try GambitExtensiveReader.game(from: text)
      #expect(again.tree.nodes == game.tree.nodes, "seed \(seed)")
      #expect(payoffs(again) == payoffs(game), "seed \(seed)")
      #expect(odds(again) == odds(game), "seed \(seed)")
      #expect(again.payoffs == game.payoffs && again.odds == game.odds, "seed \(seed)")
      #expect(again.comment == game.comment)
      #expect(try GambitExtensiveWriter.text(of: again, numbers: .doubles) == text)
    }
  }

  @Test("A strategic game keeps its comment, line ends included")
  func strategicComment() throws {
    var game = StrategicGame(title: "", players: ["A"], strategies: [["a"]], payoffs: [1])
    game.comment = "What it says\n\nabout itself"
    #expect(try GambitStrategicReader.game(from: GambitStrategicWriter.text(of: game)) == game)
  }

  @Test("Labels of every kind that older files have: repeated, empty, of nodes, sets and outcomes")
  func olderFiles() throws {
    let game = try GambitExtensiveReader.game(
      from: """
        EFG 2 R "Old labels" { "" "" }

        c "ROOT" 1 "(0,1)" { "" .5 "" .5 } 0
        p "same" 1 1 "(1,1)" { "" "" } 1 "" { 1 1 }
        p "same" 2 -7 "" { "r" "r" } 0
        t "" 2 "win" { 1 2 }
        t "" 3 "win" { 3 4 }
        t "" 1
        p "same" 1 99999999999 "(1,1)" { "r" "r" } 0
        p "" 2 -7 0
        t "" 2
        t "" 3 "win" { 3.0 4 }
        t "" 0
        """)
    #expect(game.tree.informationSets.map(\.displayLabel) == ["(1,1)", ":-7", "(1,1)"])
    #expect(game.tree.informationSets.map(\.number) == [1, -7, 99_999_999_999])
    #expect(game.tree.informationSets[1].nodes == [2, 7])
    #expect(Set(game.tree.informationSets.map(\.label)).count == 3)
    #expect(game.tree.outcomes == ["win", ""])
    #expect(game.payoffs == [2, 3, 4, 5, 2, 2, 1, 2, 3, 4, 0, 0])
  }

  @Test("What outcome numbers, odds and payoffs cannot be is refused where it stands")
  func refused() {
    let head = "EFG 2 R \"t\" { \"A\" \"B\" }\n\"\"\n"
    let one = "p \"\" 1 1 \"\" { \"x\" } "
    let cases: [(text: String, line: Int, column: Int, part: String)] = [
      (head + "t \"\" 0 \"\" { 1 2 }", 3, 8, "outcome 0 is none"),
      (head + "t \"\" 1 \"\" { 1.2.3 4 }", 3, 13, "as a number"),
      (head + "t \"\" 1 \"\" { 1e5000 4 }", 3, 13, "exponent of at most 4096"),
      (head + "t \"\" 1.5", 3, 6, "outcome's number"),
      (head + one + "1 \"\" { 1e308 0 } t \"\" 2 \"\" { 1e308 0 }", 3, 58, "no number"),
      (head + one + "1 \"\" { 1 0 } t \"\" 1 \"\" { 2 0 }", 3, 50, "other payoffs"),
    ]
    for one in cases {
      let error = #expect(throws: FormatError.self) {
        try GambitExtensiveReader.game(from: one.text)
      }
      guard let error else { continue }
      #expect(
        error.line == one.line && error.column == one.column && error.message.contains(one.part),
        "\(one.text): \(error)")
    }
  }

  @Test("Short files cannot ask for much memory or time")
  func modest() {
    let actions = String(repeating: "\"a\" ", count: 20_000)
    let wide =
      "EFG 2 R \"\" { \"A\" } p \"\" 1 1 \"\" { \(actions)} 0 "
      + String(repeating: "p \"\" 1 1 0 ", count: 1000)
    let error = #expect(throws: FormatError.self) { try GambitExtensiveReader.game(from: wide) }
    #expect(error?.message.contains("more nodes") == true)
    let primes = (0..<2000).map { "\"a\" 1/\(9_000_000_000_000_000_000 + $0)" }
      .joined(separator: " ")
    #expect(throws: FormatError.self) { try chance(primes) }
  }

  @Test("Mutations of valid files are games or errors with a place in the file, never worse")
  func mutations() throws {
    var texts = try GamesSupport.files().prefix(4).map(\.text)
    for seed in 0..<UInt64(20) {
      texts.append(try GambitExtensiveWriter.text(of: GeneratedGames.random(seed)))
    }
    texts.append(GeneratedGames.oneCardPoker(ranks: 2))
    var games = 0
    for text in texts {
      games += FormatMutations.check(text, count: 300) { text throws(FormatError) in
        _ = try GambitExtensiveReader.game(from: text)
      }
    }
    // Some change nothing that matters.
    #expect(games > 100)
    let table = "NFG 1 R \"t\" { \"A\" \"B\" } { { \"a\" \"b\" } { \"c\" } } \"n\" 1 2/3 -4.5 7e1"
    let outcomes = "NFG 1 R \"t\" { \"A\" \"B\" } { 2 1 } { { \"x\" 1, 2 } { \"y\" 3, 4 } } 1 2"
    for text in [table, outcomes] {
      games = FormatMutations.check(text, count: 2000) { text throws(FormatError) in
        _ = try GambitStrategicReader.game(from: text)
      }
      #expect(games > 10)
    }
  }

  @Test("A complete binary tree has its nodes, sets, subgames and payoffs")
  func completeBinary() throws {
    let game = try GambitExtensiveReader.game(from: GeneratedGames.completeBinary(depth: 12))
    #expect(game.tree.nodes.count == 8191)
    #expect(game.tree.informationSets.count == 4095)
    #expect(game.tree.outcomes.count == 4096)
    #expect(Recall(of: game.tree).isPerfect)
    #expect(Subgames(of: game.tree).roots.count == 4095)
    var stream = SplitMix64(seed: 12)
    #expect(game.payoffs == (0..<8192).map { _ in Double(stream.next() % 100) })
  }

  @Test("One-card poker has 1 + 5n² nodes and 2n sets of n nodes, exact odds and perfect recall")
  func oneCardPoker() throws {
    let game = try GambitExtensiveReader.game(from: GeneratedGames.oneCardPoker(ranks: 45))
    #expect(game.tree.nodes.count == 1 + 5 * 45 * 45)
    #expect(game.tree.informationSets.map(\.nodes.count) == Array(repeating: 45, count: 90))
    #expect(Recall(of: game.tree).isPerfect)
    #expect(Subgames(of: game.tree).roots == [0])
    #expect(game.exactOdds(of: 7) == Rational(1, 2025))
  }
}
