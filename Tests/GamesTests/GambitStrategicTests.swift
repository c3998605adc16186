import Games
import Mathematics
import Testing

@Suite("Gambit's strategic format")
struct GambitStrategicTests {
  private func read(_ text: String) throws -> StrategicGame {
    try GambitStrategicReader.game(from: text)
  }

  // MARK: Reading

  @Test("The payoff variant lists payoffs by profile, the first player's strategy varying fastest")
  func payoffVariant() throws {
    let game = try read(
      """
      NFG 1 R "Two by three" { "Row" "Column" }
      { { "up" "down" } { "left" "middle" "right" } }
      "A comment
      on two lines"

      1 10 2 20 3 30 4 40 5 50 6 60
      """)
    #expect(game.title == "Two by three")
    #expect(game.players == ["Row", "Column"])
    #expect(game.strategies == [["up", "down"], ["left", "middle", "right"]])
    #expect(game.payoff(0, at: game.index(of: [1, 0])) == 2)
    #expect(game.payoff(1, at: game.index(of: [0, 1])) == 30)
    #expect(game.payoff(1, at: game.index(of: [1, 2])) == 60)
  }

  @Test("The outcome variant names outcomes by number, and number 0 is worth nothing to anybody")
  func outcomeVariant() throws {
    let game = try read(
      """
      NFG 1 R "o" { "A" "B" } { 2 2 }
      { { "first" 1, 2 } { "" 1/2 -3 } { "first" 4, 5, } }
      1 0 3 2
      """)
    #expect(game.strategies == [["1", "2"], ["1", "2"]])
    #expect(game.payoffs == [1, 2, 0, 0, 4, 5, Rational(1, 2), -3])
  }

  @Test("A file may leave out the comment, count strategies, and put commas between numbers")
  func variations() throws {
    for body in [
      "{ 2 1 } 1 2 3 4", "{ 2, 1 } \"\" 1, 2, 3, 4", "{2 1}\"note\"1,2\n3,4 \n",
      "{ {\"1\" \"2\"} {\"1\"} } 1 2 3 4", "{2 1}{{\"\"1 2}{\"x\"3,4}}1,2",
    ] {
      let game = try read("NFG 1 D \"t\" { \"A\" \"B\" } " + body)
      #expect(game.strategies == [["1", "2"], ["1"]], "\(body)")
      #expect(game.payoffs == [1, 2, 3, 4], "\(body)")
    }
  }

  @Test("Numbers are integers, decimals, fractions or have exponents, and are kept exactly")
  func numbers() throws {
    let cases: [(String, Rational)] = [
      ("1", 1), ("-3", -3), ("+4", 4), ("0.1", Rational(1, 10)), (".5", Rational(1, 2)),
      ("-.5", Rational(-1, 2)), ("2.", 2), ("1/3", Rational(1, 3)), ("-14/8", Rational(-7, 4)),
      ("1e-5", Rational(1, 100_000)), ("2.5E3", 2500), ("1e+2", 100), ("1.e1", 10),
      ("0/5", 0), ("9007199254740993", 9_007_199_254_740_993),
    ]
    for (text, value) in cases {
      #expect(try read("NFG 1 R \"\" { \"A\" } { 1 } \(text)").payoffs == [value], "\(text)")
    }
    let long = try read(
      "NFG 1 R \"\" { \"A\" } { 2 } 1e40 10000000000000000000000000000000000000000")
    #expect(long.payoffs[0] == long.payoffs[1])
    for text in [
      "inf", "nan", "0x10", "1/0", "1/", "/2", "--1", "1e", "e5", "1/2/3", "1/-2", "1.5/2", "-",
      ".",
      "1e4097", "1e-9223372036854775808", "1e99999999999999999999", "1_0",
    ] {
      #expect(throws: FormatError.self, "\(text)") {
        try read("NFG 1 R \"\" { \"A\" } { 1 } \(text)")
      }
    }
  }

  @Test("What is not in the format is refused with line, column and what was expected")
  func malformed() {
    let head = "NFG 1 R \"t\" { \"A\" \"B\" }\n"
    let cases: [(text: String, line: Int, column: Int, part: String)] = [
      ("", 1, 1, "header"),
      ("EFG 2 R", 1, 1, "header"),
      ("NFG 2 R \"t\"", 1, 5, "version"),
      ("NFG 1 X \"t\"", 1, 7, "`R`"),
      ("NFG 1 R t", 1, 9, "title"),
      ("NFG 1 R \"t\" { }", 1, 15, "player"),
      ("NFG 1 R \"t\" { \"A }", 1, 15, "never closed"),
      (head, 2, 1, "strategies in braces"),
      (head + "{ 2 }", 2, 5, "number of strategies of `B`"),
      (head + "{ 2 x }", 2, 5, "number of strategies of `B`"),
      (head + "{ 2 0 }", 2, 5, "at least one strategy of `B`"),
      (head + "{ 2 -1 }", 2, 5, "at least one strategy of `B`"),
      (head + "{ 2 2 2 }", 2, 7, "closing brace"),
      (head + "{ { \"a\" } }", 2, 11, "strategies of `B`"),
      (head + "{ { \"a\" } { } }", 2, 13, "at least one strategy of `B`"),
      (head + "{ { \"a\" } { \"b\" c } }", 2, 17, "quoted string or the closing brace"),
      (head + "{ 2 1 }\n1 2 3", 3, 6, "expected 4 payoffs, but there are 3"),
      (head + "{ 2 1 }\n1 2 3 4 5", 3, 9, "end of the file"),
      (head + "{ 2 1 }\n1 2 b 4", 3, 5, "a payoff as a number"),
      (head + "{ 2 1 }\n1 2 ,, 4", 3, 6, "a payoff"),
      (head + "{ 2 1 }\n{ { 1 2 } }", 3, 5, "label"),
      (head + "{ 2 1 }\n{ { \"x\" 1 } } 1 1", 3, 11, "2 payoffs"),
      (head + "{ 2 1 }\n{ { \"x\" 1 2 3 } } 1 1", 3, 15, "2 payoffs"),
      (head + "{ 2 1 }\n{ { \"x\" 1 2 } x } 1 1", 3, 15, "outcome in braces or the closing brace"),
      (head + "{ 2 1 }\n{ { \"x\" 1 2 } } 1 2", 3, 19, "from 0 to 1"),
      (head + "{ 2 1 }\n{ { \"x\" 1 2 } } 1 -1", 3, 19, "from 0 to 1"),
      (head + "{ 2 1 }\n{ { \"x\" 1 2 } } 1", 3, 18, "2 outcomes, but there are 1"),
      (head + "{ 2 1 }\n{ { \"x\" 1 2 } } 1 1 0", 3, 21, "end of the file"),
      (head + "{ 2 1 }\n1 2 3 1e5000", 3, 7, "exponent of at most 4096"),
    ]
    for one in cases {
      let error = #expect(throws: FormatError.self, "\(one.text)") { try read(one.text) }
      guard let error else { continue }
      #expect(
        error.line == one.line && error.column == one.column && error.message.contains(one.part),
        "\(one.text): \(error)")
    }
  }

  @Test("More than ten million payoffs are refused by their number alone")
  func tooLarge() {
    let players = (1...24).map { "\"P\($0)\"" }.joined(separator: " ")
    let twos = Array(repeating: "2", count: 24).joined(separator: " ")
    for text in [
      "NFG 1 R \"\" { \"A\" \"B\" } { 2237 2237 }",
      "NFG 1 R \"\" { \"A\" } { 9223372036854775807 }",
      "NFG 1 R \"\" { \"A\" \"B\" } { 4611686018427387904 4611686018427387904 }",
      "NFG 1 R \"\" { \(players) } { \(twos) }",
    ] {
      let error = #expect(throws: FormatError.self) { try read(text) }
      #expect(error?.message.contains("more than 10000000 payoffs") == true, "\(text)")
    }
    // Just within the limit: what is wrong is that the payoffs are missing.
    let error = #expect(throws: FormatError.self) {
      try read("NFG 1 R \"\" { \"A\" \"B\" } { 2236 2236 }")
    }
    #expect(error?.message.contains("expected 9999392 payoffs") == true)
  }

  @Test("A short file cannot ask for numbers that take gigabytes")
  func exponents() {
    let count = 4000
    let error = #expect(throws: FormatError.self) {
      try read(
        "NFG 1 R \"\" { \"A\" } { \(count) } "
          + Array(repeating: "1e-4096", count: count).joined(separator: " "))
    }
    #expect(error?.message.contains("ask for more than 10000000 digits") == true)
  }

  @Test("Cutting a file short, anywhere, is an error and nothing worse")
  func truncated() throws {
    let texts = [
      "NFG 1 R \"t\" { \"A\" \"B\" } { { \"a\" \"b\" } { \"c\" } } \"n\" 1 2/3 -4.5 7",
      "NFG 1 R \"t\" { \"A\" \"B\" } { 2 1 } { { \"x\" 1, 2 } { \"y\" 3, 4 } } 1 2",
    ]
    for text in texts {
      _ = try read(text)
      for length in 0..<(text.count - 1) {
        #expect(throws: FormatError.self) { try read(String(text.prefix(length))) }
      }
    }
  }

  // MARK: Writing

  @Test("Every game comes back from either variant with the same names and exactly its payoffs")
  func roundTrips() throws {
    for seed in 0..<UInt64(600) {
      let game = GeneratedGames.table(seed)
      for variant in [GambitStrategicWriter.Variant.payoffs, .outcomes] {
        let again = try read(GambitStrategicWriter.text(of: game, as: variant))
        #expect(again == game, "seed \(seed)")
      }
    }
  }

  @Test("Names are written so that Gambit reads them: ASCII, none empty, no two alike in a list")
  func names() throws {
    let game = StrategicGame(
      title: "Élysée \"x\"", players: ["é", "e", "", "e"],
      strategies: [["a", "a", "a #2"], [""], ["", "1"], ["x\\"]],
      payoffs: Array(repeating: 1, count: 24))
    let again = try read(GambitStrategicWriter.text(of: game))
    #expect(again.title == "Elysee \"x\"")
    #expect(again.players == ["e", "e #2", "3", "e #3"])
    #expect(again.strategies == [["a", "a #3", "a #2"], ["1"], ["1", "1 #2"], ["x/"]])
    #expect(again.payoffs == game.payoffs)
    // What has been written once is written the same again.
    let text = GambitStrategicWriter.text(of: again)
    #expect(try GambitStrategicWriter.text(of: read(text)) == text)
  }

  @Test("Profiles with the same payoffs share an outcome")
  func sharedOutcomes() throws {
    let text = GambitStrategicWriter.text(
      of: StrategicGame(
        title: "", players: ["A"], strategies: [["a", "b", "c", "d"]], payoffs: [5, 0, 7, 5]),
      as: .outcomes)
    #expect(text.hasSuffix("{\n{ \"1\" 5 }\n{ \"2\" 7 }\n}\n1 0 2 1\n"))
  }
}
