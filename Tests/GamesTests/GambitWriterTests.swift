import Foundation
import Games
import Mathematics
import Testing

@Suite("Writing Gambit's extensive format")
struct GambitWriterTests {
  private func roundTrip(_ game: ExtensiveGame) throws -> ExtensiveGame {
    try GambitExtensiveReader.game(from: GambitExtensiveWriter.text(of: game))
  }

  @Test("Every published model comes back with the same structure, names and numbers to the bit")
  func models() throws {
    for (name, text) in try GamesSupport.files() {
      let game = try GambitExtensiveReader.game(from: text)
      let again = try roundTrip(game)
      #expect(again.title == game.title)
      #expect(again.tree == game.tree, "\(name)")
      #expect(again.payoffs.map(\.bitPattern) == game.payoffs.map(\.bitPattern), "\(name)")
      #expect(again.odds.map(\.bitPattern) == game.odds.map(\.bitPattern), "\(name)")
    }
  }

  /// One move of chance between as many ends.
  private func chance(_ odds: [Double]) throws -> ExtensiveGame {
    var builder = GameTreeBuilder(players: ["A"])
    let root = builder.chance(label: "c", branches: odds.indices.map { "b\($0)" })
    for branch in odds.indices { builder.terminal(outcome: "o", at: root.branch(branch)) }
    return ExtensiveGame(
      title: "t", tree: try builder.tree(), payoffs: odds.map { _ in 0 }, odds: odds)
  }

  /// The decimals of the odds as the file has them.
  private func writtenOdds(_ odds: [Double]) throws -> [String] {
    let text = try GambitExtensiveWriter.text(of: chance(odds))
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("c") })
    return line.split(separator: "{")[1].split(separator: "}")[0].split(separator: " ")
      .enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  /// The sum of decimals, exact, without trailing zeros: schoolbook addition.
  private func exactSum(_ decimals: [String]) -> String {
    let parts = decimals.map { text -> (whole: Int, fraction: [Int]) in
      let halves = text.split(separator: ".")
      let fraction = halves.count > 1 ? halves[1].compactMap(\.wholeNumberValue) : []
      return (Int(halves[0]) ?? 0, fraction)
    }
    let places = parts.map(\.fraction.count).max() ?? 0
    var digits = Array(repeating: 0, count: places)
    for part in parts {
      for (index, digit) in part.fraction.enumerated() { digits[index] += digit }
    }
    var carry = 0
    for index in digits.indices.reversed() {
      carry += digits[index]
      digits[index] = carry % 10
      carry /= 10
    }
    while digits.last == 0 { digits.removeLast() }
    let whole = parts.map(\.whole).reduce(carry, +)
    return "\(whole)" + (digits.isEmpty ? "" : "." + digits.map(String.init).joined())
  }

  @Test("Odds add up to exactly 1 in decimals and read back as the same doubles")
  func odds() throws {
    let third = 1.0 / 3
    var cases: [[Double]] = [
      [1], [0.5, 0.5], [0, 1], [0.1, 0.9], [0.1, 0.2, 0.7], [third, 2 * third],
      [1e-300, 1], [Double.leastNonzeroMagnitude, 1], [1e-17, 1], [0x1p-53, 1 - 0x1p-53],
      [1e-20, 0.5, 0.5], [0.3, 1 - 0.3], [0.8, 0.12, 0.08],
    ]
    for count in 2...60 { cases.append(Array(repeating: 1 / Double(count), count: count)) }
    var state: UInt64 = 1
    for _ in 0..<500 {
      let weights = (0..<(2 + Int(state >> 60) % 6)).map { _ -> Double in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 24) + 1
      }
      let total = weights.reduce(0, +)
      cases.append(weights.map { $0 / total })
    }
    for odds in cases {
      let written = try writtenOdds(odds)
      #expect(exactSum(written) == "1", "\(odds)")
      #expect(written.map { Double($0) } == odds, "\(odds)")
      #expect(try roundTrip(chance(odds)).odds == odds)
    }
  }

  @Test("Odds that add up to 1 only nearly are mended at the largest")
  func roughOdds() throws {
    let written = try writtenOdds([0.25, 0.75 - 1e-10])
    #expect(exactSum(written) == "1")
    #expect(Double(written[0]) == 0.25)
    #expect(abs((Double(written[1]) ?? .nan) - 0.75) < 1e-15)
    for odds in [[0.5, 0.4], [-0.5, 1.5], [0.5, 0.5, 0.5]] {
      #expect(throws: GambitExtensiveWriter.Defect.odds(move: "c")) { try writtenOdds(odds) }
    }
  }

  @Test("Payoffs of every magnitude read back as the same doubles")
  func payoffs() throws {
    let third = 1.0 / 3
    let values: [Double] = [
      0, 1, -1, 0.1, third, 1e15, 1e16, 1e300, 1.7976931348623157e308, Double.leastNonzeroMagnitude,
      -2.5e-7,
      123456789.123, 0x1.fffffffffffffp52, -1e22, 4e9,
    ]
    var builder = GameTreeBuilder(players: ["A"])
    let root = builder.decision(
      player: 0, informationSet: "i", actions: values.indices.map { "a\($0)" })
    for index in values.indices { builder.terminal(outcome: "o", at: root.branch(index)) }
    let game = ExtensiveGame(
      title: "t", tree: try builder.tree(), payoffs: values,
      odds: values.map { _ in 0 })
    let text = try GambitExtensiveWriter.text(of: game)
    #expect(try GambitExtensiveReader.game(from: text).payoffs == values)
    // Gambit reads no plus sign in an exponent.
    #expect(!text.contains("e+"))
  }

  private func named(_ name: String) throws -> (text: String, read: String) {
    var builder = GameTreeBuilder(players: ["A"])
    let root = builder.decision(player: 0, informationSet: name, actions: ["x", name])
    builder.terminal(outcome: "o", at: root.branch(0))
    builder.terminal(outcome: "o", at: root.branch(1))
    let game = ExtensiveGame(
      title: name, tree: try builder.tree(), payoffs: [0, 1], odds: [0, 0])
    let text = try GambitExtensiveWriter.text(of: game)
    let again = try GambitExtensiveReader.game(from: text)
    #expect(again.title == again.tree.informationSets[0].label)
    #expect(again.title == again.tree.informationSets[0].actions[1])
    return (text, again.title)
  }

  @Test("Quotes and backslashes come back as they were")
  func labels() throws {
    for name in [
      #"a "b" c"#, #"a\b"#, #"a\\b"#, #"a\"b"#, #"\"#.appending("x"), #"\\\"#.appending("x"),
      "it's; 1 | 2",
    ] {
      #expect(try named(name).read == name)
    }
  }

  @Test("Names keep to what Gambit reads: printable ASCII with single blanks")
  func asciiLabels() throws {
    for (name, written) in [
      ("Élysée", "Elysee"), ("Kreps–Wilson", "Kreps-Wilson"), ("“so”", "\"so\""),
      ("a  b\tc\nd ", "a b c d"), ("Größe", "Grosse"), ("中", "?"), ("Łódź", "Lodz"),
      ("end\\", "end/"), ("e\u{301}", "e"),
    ] {
      #expect(try named(name).read == written)
    }
    #expect(try named("中文 naïve").text.utf8.allSatisfy { $0 < 0x7f })
  }

  @Test("Names that repeat get a number, since Gambit wants each player's moves told apart")
  func repeatedLabels() throws {
    let game = try GamesSupport.game(
      """
      c "" 1 "toss" { "u" 1/2 "d" 1/2 } 0
      c "" 2 "toss" { "u" 1/2 "d" 1/2 } 0
      p "" 1 1 "act" { "x" } 0
      t "" 1 "o" { 1, 2 }
      p "" 2 1 "act" { "x" } 0
      t "" 1
      p "" 1 2 "act" { "x" } 0
      t "" 1
      """)
    let again = try roundTrip(game)
    #expect(again.tree.chanceMoves.map(\.label) == ["toss", "toss #2"])
    #expect(again.tree.informationSets.map(\.displayLabel) == ["act", "act", "act #2"])
    #expect(again.tree.nodes == game.tree.nodes)
  }

  // MARK: What the format cannot hold

  private func subjective(_ own: [Double], payoffs: [Double]) throws -> ExtensiveGame {
    var game = try GamesSupport.game(
      """
      c "" 1 "nature" { "up" 1/4 "down" 3/4 } 0
      t "" 1 "o" { 8, 8 }
      t "" 2 "o" { -4, -4 }
      """)
    game.subjectiveOdds[0] = own
    game.payoffs = payoffs
    return game
  }

  @Test("Subjective odds are refused, or folded into payoffs by the ratio of the odds")
  func folding() throws {
    let game = try subjective([0.5, 0.5], payoffs: [8, 8, -4, -4])
    #expect(throws: GambitExtensiveWriter.Defect.subjectiveOdds(player: "A")) {
      try GambitExtensiveWriter.text(of: game)
    }
    let folded = try GambitExtensiveReader.game(
      from: GambitExtensiveWriter.text(of: game, foldingSubjectiveOdds: true))
    #expect(folded.odds == [0.25, 0.75])
    // 8 · (1/2)/(1/4) and -4 · (1/2)/(3/4); the other player's stay.
    #expect(folded.payoffs[0] == 16)
    let low = folded.payoffs[2] * 3
    #expect(abs(low + 8) < 1e-14)
    #expect([folded.payoffs[1], folded.payoffs[3]] == [8, -4])
    // What A expects is what it expected by its own odds.
    let expected = 0.25 * folded.payoffs[0] + 0.75 * folded.payoffs[2]
    #expect(abs(expected - 2) < 1e-15)
  }

  @Test("Ends that everybody's odds exclude keep their payoffs; what overflows is refused")
  func foldingLimits() throws {
    var game = try subjective([0, 1], payoffs: [8, 8, -4, -4])
    game.odds = [0, 1]
    let folded = try GambitExtensiveReader.game(
      from: GambitExtensiveWriter.text(of: game, foldingSubjectiveOdds: true))
    #expect(folded.payoffs == [8, 8, -4, -4])
    var extreme = try subjective([0.5, 0.5], payoffs: [1e300, 0, 0, 0])
    extreme.odds = [1e-300, 1]
    #expect(throws: GambitExtensiveWriter.Defect.notFinite) {
      try GambitExtensiveWriter.text(of: extreme, foldingSubjectiveOdds: true)
    }
  }

  @Test("A bargain is refused, since the format knows no joint choice")
  func bargain() throws {
    var builder = GameTreeBuilder(players: ["A", "B"])
    let root = builder.decision(
      player: 0, informationSet: "price", actions: ["1", "none"],
      bargain: GameTree.Bargain(between: [0, 1], powerIndex: 0))
    builder.terminal(outcome: "o", at: root.branch(0))
    builder.terminal(outcome: "o", at: root.branch(1))
    let game = ExtensiveGame(
      title: "t", tree: try builder.tree(), payoffs: [0, 0, 0, 0], odds: [0, 0], power: [0.5])
    let error = #expect(throws: GambitExtensiveWriter.Defect.self) {
      try GambitExtensiveWriter.text(of: game)
    }
    #expect(error == .bargain(informationSet: "price"))
    #expect(error.map { "\($0)" }?.contains("joint choice") == true)
  }

  @Test("Numbers that are not finite are refused")
  func notFinite() throws {
    var game = try GamesSupport.game("t \"\" 1 \"\" { 1, 2 }")
    game.payoffs[0] = .nan
    #expect(throws: GambitExtensiveWriter.Defect.notFinite) {
      try GambitExtensiveWriter.text(of: game)
    }
  }
}
