import Foundation
import Games
import Testing

@Suite("Reading Gambit's extensive format")
struct GambitReaderTests {
  @Test("Every published model is read, with the nodes and information sets that its notes state")
  func models() throws {
    let sizes = [
      "fearon1995_ultimatum_risky.efg": (33, 11), "debs_monteiro_hidden.efg": (11, 3),
      "monitoring_false_alarms.efg": (15, 3), "fearon1997_tying_hands.efg": (67, 14),
      "morrow1994_alliance_signal.efg": (23, 8), "kydd2005_trust.efg": (31, 4),
      "kydd2000_reassurance.efg": (127, 20), "kreps_wilson_low_reputation.efg": (35, 12),
      "spence1973_signal.efg": (27, 4), "rubinstein_three_rounds.efg": (253, 105),
      "smith_stam_optimism_war.efg": (31, 7), "seed-common.efg": (687, 31),
    ]
    var seen = 0
    for (name, text) in try GamesSupport.files() {
      let game = try GambitExtensiveReader.game(from: text)
      guard let (nodes, sets) = sizes[name] else { continue }
      #expect(game.tree.nodes.count == nodes, "\(name)")
      #expect(game.tree.informationSets.count == sets, "\(name)")
      seen += 1
    }
    #expect(seen == sizes.count)
  }

  @Test("Numbers are integers, decimals, fractions or have exponents")
  func numbers() throws {
    let third = 1.0 / 3
    let cases: [(String, Double)] = [
      ("1", 1), ("-3", -3), ("0.25", 0.25), (".5", 0.5), ("2.", 2), ("1/3", third),
      ("-7/4", -1.75), ("1e-5", 1e-5), ("2.5E3", 2500), ("1e+2", 100), ("+4", 4),
      ("0.1", 0.1), ("12345678901234567", 12_345_678_901_234_568),
    ]
    for (text, value) in cases {
      let game = try GamesSupport.game("t \"\" 1 \"\" { \(text), 0 }")
      #expect(game.payoffs == [value, 0], "\(text)")
    }
    for text in ["inf", "nan", "0x10", "1/0", "1/", "--1", "1e", "1e999", "e5", "1/2/3"] {
      #expect(throws: FormatError.self, "\(text)") {
        try GamesSupport.game("t \"\" 1 \"\" { \(text), 0 }")
      }
    }
  }

  @Test("Odds as fractions are the nearest doubles")
  func odds() throws {
    let game = try GamesSupport.game(
      """
      c "" 1 "nature" { "a" 1/3 "b" 0.5 "c" 1/6 } 0
      t "" 1 "" { 0, 0 }
      t "" 1
      t "" 1
      """)
    let third = 1.0 / 3
    let sixth = 1.0 / 6
    #expect(game.odds == [third, 0.5, sixth])
    #expect(game.tree.chanceMoves[0].branches == ["a", "b", "c"])
  }

  @Test("Payoffs at inner nodes add up along the path, and outcome 0 is none")
  func innerOutcomes() throws {
    let game = try GamesSupport.game(
      """
      p "" 1 1 "a" { "x" "y" } 1 "toll" { -1, 0.5 }
      t "" 2 "end" { 10, 20 }
      p "" 2 1 "b" { "l" "r" } 3 "more" { 100, 0 }
      t "" 2
      t "" 0
      """)
    #expect(game.payoffs == [9, 20.5, 109, 20.5, 99, 0.5])
    #expect(game.tree.terminals.map { game.tree.outcomes[$0.outcome] } == ["end", "end", ""])
  }

  @Test("Information sets can be defined once and named by number afterwards")
  func definedOnce() throws {
    let game = try GamesSupport.game(
      """
      p "" 1 1 "a" { "x" "y" } 0
      p "" 2 7 "b" { "l" "r" } 0
      t "" 1 "" { 1, 0 }
      t "" 2 "" { 2, 0 }
      p "" 2 7 0
      t "" 3 "" { 3, 0 }
      t "" 4 "" { 4, 0 }
      """)
    #expect(game.tree.informationSets[1].nodes == [1, 4])
    #expect(game.tree.informationSets[1].number == 7)
  }

  @Test("Labels that are empty or repeated keep their look and get unique names")
  func labels() throws {
    let game = try GamesSupport.game(
      """
      p "" 1 1 "same" { "x" "y" } 0
      p "" 2 1 "same" { "l" } 0
      t "" 1 "" { 1, 0 }
      p "" 2 2 "" { "l" } 0
      t "" 2 "" { 2, 0 }
      """)
    #expect(game.tree.informationSets.map(\.label) == ["same", "B:1", "B:2"])
    #expect(game.tree.informationSets.map(\.displayLabel) == ["same", "same", "B:2"])
  }

  @Test("Quotes and backslashes stand in names, and any white space between words")
  func quotes() throws {
    let game = try GambitExtensiveReader.game(
      from:
        #"EFG 2 R "a \"game\"" {"A \\ B"} "note" p "" 1 1 "q" { "x\y" "z" }0 t ""1 ""{1}t "" 2"" { 2 }"#
    )
    #expect(game.title == "a \"game\"")
    #expect(game.tree.players == ["A \\ B"])
    #expect(game.tree.informationSets[0].actions == ["x\\y", "z"])
    #expect(game.payoffs == [1, 2])
  }

  @Test("What is not in the format is refused with line, column and what was expected")
  func malformed() {
    let head = "EFG 2 R \"t\" { \"A\" \"B\" }\n\"\"\n"
    let cases: [(text: String, line: Int, column: Int, part: String)] = [
      ("", 1, 1, "header"),
      ("NFG 1 R", 1, 1, "header"),
      ("EFG 3 R \"t\" { \"A\" }", 1, 5, "version"),
      ("EFG 2 X \"t\" { \"A\" }", 1, 7, "`R`"),
      ("EFG 2 R t", 1, 9, "title"),
      ("EFG 2 R \"t\" { }", 1, 15, "player"),
      ("EFG 2 R \"t { \"A\" }", 1, 15, "names in braces"),
      (head, 3, 1, "node"),
      (head + "x \"\" 1", 3, 1, "`c`, `p` or `t`"),
      (head + "t \"\" 1 \"o\" { 1 }", 3, 16, "2 payoffs"),
      (head + "t \"\" 1 \"o\" { 1, 2, 3 }", 3, 22, "2 payoffs"),
      (head + "t \"\" 1 \"o\" { 1, b }", 3, 17, "payoff"),
      (head + "t \"\" 5", 3, 6, "outcome 5 is new"),
      (head + "t \"\" 1 \"o\" { 1, 2 }\nt \"\" 0", 4, 1, "end of the file"),
      (head + "p \"\" 3 1 \"i\" { \"x\" } 0", 3, 6, "from 1 to 2"),
      (head + "p \"\" 1 1 \"i\" { } 0", 3, 16, "at least one action"),
      (head + "p \"\" 1 1 0", 3, 8, "is new"),
      (head + "p \"\" 1 1 \"i\" { \"x\" } 0", 3, 23, "node"),
      (head + "c \"\" 1 \"i\" { \"x\" 1/2 \"y\" 1/3 } 0", 3, 30, "add up"),
      (head + "c \"\" 1 \"i\" { \"x\" 2 \"y\" -1 } 0", 3, 18, "between 0 and 1"),
      (head + "p \"\" 1 1 \"i\" { \"x } 0", 3, 16, "never closed"),
      (
        head + "p \"\" 1 1 \"i\" { \"x\" } 0\np \"\" 1 1 \"i\" { \"y\" } 0", 4, 20,
        "other actions"
      ),
    ]
    for one in cases {
      let error = #expect(throws: FormatError.self, "\(one.text)") {
        try GambitExtensiveReader.game(from: one.text)
      }
      guard let error else { continue }
      #expect(
        error.line == one.line && error.column == one.column && error.message.contains(one.part),
        "\(one.text): \(error)")
    }
  }

  @Test("Cutting any file short, anywhere, is an error and nothing worse")
  func truncated() throws {
    for name in ["monitoring_false_alarms", "morrow1994_alliance_signal"] {
      let text = try String(
        contentsOf: GamesSupport.data.appending(path: "models/\(name).efg"), encoding: .utf8)
      let whole = text.trimmingCharacters(in: .whitespacesAndNewlines)
      // The last line's outcome is known, so that its number alone would do.
      let last = try #require(whole.lastIndex(of: "\n"))
      for length in 0...whole.distance(from: whole.startIndex, to: last) {
        #expect(throws: FormatError.self) {
          try GambitExtensiveReader.game(from: String(whole.prefix(length)))
        }
      }
    }
  }

  @Test("A tree of a hundred thousand moves in a row is read and written without recursion")
  func deep() throws {
    let depth = 100_000
    var text = ""
    for move in 1...depth {
      text += "p \"\" 1 \(move) \"\" { \"x\" \"y\" } 0\nt \"\" 1 \"o\" { 1, 2 }\n"
    }
    text += "t \"\" 1\n"
    let game = try GamesSupport.game(text)
    #expect(game.tree.nodes.count == 2 * depth + 1)
    #expect(Recall(of: game.tree).isPerfect)
    #expect(Subgames(of: game.tree).roots.count == depth)
    let again = try GambitExtensiveReader.game(from: GambitExtensiveWriter.text(of: game))
    #expect(again.tree.nodes == game.tree.nodes)
  }
}
