import Foundation
import Scenarios
import Testing

/// What formulas come to, worked out by hand.
@Suite("Formulas")
struct ExpressionTests {
  /// A small scenario: A goes or stays, then B answers in each of three rounds, numbered and with
  /// amounts; the formula is A's payoff.
  private static func text(_ formula: String, _ define: String) -> String {
    """
    entente: 1
    title: T
    parties: {A: one, B: two}
    quantities:
      a: 2
      b: 3
      tiny: 1e-3
      u: 1 .. 3
      half of it: 0.5
      share: 40%
      price: 7
      price of peace: 11
      if-clause: 1
      wage min or max: 13
    clauses:
      pact: A pact.
      sale: {text: A sale., amount: {from: 10, to: 30, by: 10}}
    story:
      - step: move
        by: A
        options: {go: {enacts: [pact, {sale: 20}]}, stay: , go and stay: {enacts: [pact]}}
      - repeat: 3
        as: round
        story:
          - {step: bid, by: A, options: {from: 1, to: 3, by: 1}}
    \(define)
    payoffs: {A: {t: \(formula.contains(":") ? "'\(formula)'" : "'" + formula.replacing("'", with: "''") + "'")}}
    """
  }

  /// The value at the end of one line of play: A's move, then its three bids.
  private func value(
    _ formula: String, _ move: String = "go", _ bids: [Int] = [1, 1, 1], define: String = ""
  ) -> Double? {
    let result = ScenarioTestSupport.read(
      Self.text(formula, define))
    guard let game = result.game, let scenario = result.scenario else {
      Issue.record("\(formula): \(result.errors.map(\.message))")
      return nil
    }
    let moves = ["go": 0, "stay": 1, "go and stay": 2]
    let terminal = bids.reduce(moves[move] ?? 0) { $0 * 3 + $1 - 1 }
    var values: [Double] = []
    game.graph.evaluate(inputs: scenario.inputs.map(\.best), into: &values)
    return values[Int(game.views[0].payoffs[terminal * 2])]
  }

  /// What is said about a formula.
  private func errors(_ formula: String) -> [String] {
    ScenarioTestSupport.read(Self.text(formula, "")).errors
      .map(\.code)
  }

  @Test("Operators bind as in algebra")
  func precedence() {
    let cases: [(String, Double)] = [
      ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("10 - 4 - 3", 3), ("24 / 4 / 3", 2),
      ("24 / 4 * 3", 18), ("2 ^ 3 ^ 2", 512), ("(2 ^ 3) ^ 2", 64), ("-2 ^ 2", -4),
      ("2 ^ -1", 0.5), ("2 * -3", -6), ("- - 2", 2), ("-a * b", -6), ("a ^ b", 8),
      ("1 - -1", 2), ("2 ^ 2 * 3", 12), ("a*b+a/b", 2.0 * 3 + 2.0 / 3),
    ]
    for (formula, expected) in cases { #expect(value(formula) == expected, "\(formula)") }
  }

  @Test("Numbers are written as everybody writes them")
  func numbers() {
    let cases: [(String, Double)] = [
      ("40%", 0.4), (".5", 0.5), ("1e3", 1000), ("1.5e-2", 0.015), ("2E2", 200), ("55%", 0.55),
      ("0.1% * 1000", 1), ("12.5%", 0.125), ("50%+50%", 1), ("share", 0.4), ("tiny", 0.001),
    ]
    for (formula, expected) in cases { #expect(value(formula) == expected, "\(formula)") }
  }

  @Test("The longest declared name wins, over blanks and over reserved words inside it")
  func names() {
    let cases: [(String, Double)] = [
      ("price + price of peace", 18), ("price   of \t peace", 11), ("half of it * 4", 2),
      ("wage min or max - 13", 0), ("if-clause + 1", 2), ("(price)", 7), ("price-a", 5),
      ("price of peace/price", 11.0 / 7),
    ]
    for (formula, expected) in cases { #expect(value(formula) == expected, "\(formula)") }
    #expect(errors("priced + 1") == ["unknown-name"])
    #expect(errors("pricea") == ["unknown-name"])
    #expect(errors("price of war") == ["syntax"])
  }

  @Test("Functions")
  func functions() {
    let cases: [(String, Double)] = [
      ("min(3, 1, 2)", 1), ("max(3, 1, 2)", 3), ("max(a)", 2), ("abs(-3)", 3), ("abs(a - b)", 1),
      ("exp(0)", 1), ("log(exp(2))", 2), ("sqrt(16)", 4), ("clamp(7, 0, 1)", 1),
      ("clamp(-7, 0, 1)", 0), ("clamp(0.5, 0, 1)", 0.5),
      ("min(if move = go then 1 else 2, 5)", 1),
    ]
    for (formula, expected) in cases { #expect(value(formula) == expected, "\(formula)") }
  }

  @Test("A condition without an else gives 0; ladders take the first that holds")
  func conditionals() {
    #expect(value("if move = go then a", "go") == 2)
    #expect(value("if move = go then a", "stay") == 0)
    #expect(value("if move = go then a else b", "stay") == 3)
    let ladder = "if move = stay then 1 else if move = go then 2 else 3"
    #expect(value(ladder, "stay") == 1)
    #expect(value(ladder, "go") == 2)
    #expect(value(ladder, "go and stay") == 3)
    // An inner else belongs to the nearest if.
    #expect(value("if move = go then if a > b then 1 else 2", "go") == 2)
    #expect(value("if move = go then if a > b then 1 else 2", "stay") == 0)
    #expect(value("1 + (if move = go then 1) * 2", "go") == 3)
  }

  @Test("Comparisons and their joints")
  func conditions() {
    let holds = [
      "a < b", "a <= b", "a <= 2", "b > a", "b >= 3", "a != b", "a = 2", "not a = 3",
      "a < b and b < 4", "a > b or b > a", "not (a > b or b = a)", "move = go",
      "move != stay", "move in [go, stay]", "a in [1, 2, 3]", "not move in [stay]", "otherwise",
      "with pact", "with sale", "amount of sale = 20", "bid of 1 = 1", "bid of 3 < 2",
      "bid of 2 in [1, 3]", "bid of (4 - 2) = 1", "bid of 1 = bid of 2", "not with pact or a = 2",
      "(if a = 2 then b = 3)", "(if a = 3 then b = 4 else b = 3)",
    ]
    for condition in holds {
      #expect(value("if \(condition) then 1 else 0") == 1, "\(condition)")
      #expect(value("if not (\(condition)) then 1 else 0") == 0, "not \(condition)")
    }
    // 'and' binds tighter than 'or', 'not' tighter than both.
    #expect(value("if a = 2 or a = 2 and a = 3 then 1") == 1)
    #expect(value("if not a = 3 and a = 3 then 1") == 0)
  }

  @Test("Values of steps may hold reserved words")
  func valuesWithReservedWords() {
    #expect(value("if move = go and stay then 1", "go and stay") == 1)
    #expect(value("if move = go and stay then 1", "go") == 0)
    #expect(value("if move = go and a = 2 then 1", "go") == 1)
  }

  @Test("Clauses in force and their amounts")
  func clauses() {
    #expect(value("amount of sale", "go") == 20)
    #expect(value("amount of sale", "stay") == 0)
    #expect(value("amount of sale / 10 + (if with pact then 1)", "go and stay") == 1)
  }

  @Test("Rounds: by number, in sums, computed")
  func rounds() {
    #expect(value("bid of 1 + 10 * bid of 2 + 100 * bid of 3", "go", [1, 2, 3]) == 321)
    #expect(value("sum over round of bid", "go", [1, 2, 3]) == 6)
    #expect(value("sum over round of (bid * round)", "go", [1, 2, 3]) == 14)
    #expect(value("sum over round of (round ^ 2) - 1", "go") == 13)
    #expect(value("sum over round of bid of round", "go", [3, 3, 1]) == 7)
    // A round that is none counts as a step that did not happen.
    #expect(value("if bid of (1 + 2 + 2) = 1 then 1 else 5") == 5)
    #expect(value("if bid of (1 + 2 + 2) != 1 then 1 else 5") == 1)
    #expect(
      value("sum over round of step up", "go", [1, 3, 2], define: "define: {step up: bid * 2}")
        == 12)
  }

  @Test("Definitions build on each other in any order")
  func definitions() {
    let define = "define: {area: side ^ 2, side: a + b, is large: area > 20}"
    #expect(value("if is large then area else side", define: define) == 25)
  }

  @Test("What has no value in a draw is no value there; what never has one is an error")
  func undefined() {
    for formula in [
      "1 / max(0, u - 9)", "log(u - 9)", "log(0 * a + min(u, 0))", "sqrt(u - 9)",
      "10 ^ (u * 400)", "exp(u * 900)", "max(0, u - 9) / max(0, u - 9)",
    ] {
      #expect(value(formula)?.isNaN == true, "\(formula)")
      #expect(value("if a = 2 then 1 else \(formula)") == 1, "\(formula)")
    }
    for formula in [
      "1 / 0", "log(0)", "log(0 - 1)", "sqrt(0 - 1)", "10 ^ 400", "exp(1000)", "0 / 0",
    ] {
      let result = ScenarioTestSupport.read(Self.text(formula, ""))
      #expect(result.errors.map(\.code) == ["no-value"], "\(formula)")
      #expect(value("if a = 2 then 1 else \(formula)") == 1, "\(formula)")
    }
  }

  @Test("What is no number or no condition is told apart when it is read")
  func types() {
    let cases: [(String, String)] = [
      ("move", "expected-number"), ("move + 1", "expected-number"), ("a = 2", "expected-number"),
      ("1 + (a = 2)", "expected-number"), ("if a then 1", "expected-condition"),
      ("if a and b then 1", "expected-condition"), ("if not a then 1", "expected-condition"),
      ("-(a = 2)", "expected-number"), ("min(a = 2)", "expected-number"),
      ("if move = 3 then 1", "unknown-value"), ("if a = go then 1", "stray-value"),
      ("if move < go then 1", "values-have-no-order"),
      ("if bid of 1 < 2 < 3 then 1", "chained-comparison"),
      ("if a = b = 2 then 1", "chained-comparison"),
      ("if move = go = stay then 1", "chained-comparison"),
      ("bid + 1", "which-round"), ("round", "which-round"), ("bid of 4", "unknown-round"),
      ("if bid of (u) = 1 then 1", "uncertain-structure"),
      ("with pact", "expected-number"), ("pact", "clause-as-value"), ("", "missing-value"),
      ("a +", "syntax"), ("(a", "syntax"), ("a)", "syntax"), ("a b", "syntax"), ("a,b", "syntax"),
      ("if a = 2 then", "syntax"), ("sum over bid of 1", "syntax"), ("a $ b", "syntax"),
      ("amount of pact of", "syntax"), ("rest", "syntax"), ("2nd", "unknown-name"),
      ("if (a = 2) = 1 then 1", "expected-number"),
      ("if move = go then 1 else a = 2", "expected-number"),
      ("clamp(1, 2)", "wrong-argument-count"), ("sqrt()", "syntax"),
    ]
    for (formula, code) in cases { #expect(errors(formula) == [code], "\(formula)") }
  }

  @Test("What stands too deep is refused, what stands just deep enough is worked out")
  func depth() {
    func nested(_ count: Int) -> String {
      String(repeating: "(1 + ", count: count) + "a" + String(repeating: ")", count: count)
    }
    #expect(value(nested(60)) == 62)
    #expect(value("a" + String(repeating: " + 1", count: 290)) == 292)
    #expect(
      value(
        "if move = stay then 1 else " + String(repeating: "if a = 9 then 1 else ", count: 140) + "7"
      ) == 7)
    for formula in [
      nested(1000), "a" + String(repeating: " + 1", count: 1000),
      "a" + String(repeating: " * 1", count: 1000), String(repeating: "-", count: 1000) + "a",
      String(repeating: "2 ^ ", count: 1000) + "a",
      "if " + String(repeating: "not ", count: 1000) + "a = 2 then 1",
      "if a = 2" + String(repeating: " and a = 2", count: 1000) + " then 1",
      String(repeating: "if a = 2 then ", count: 1000) + "1",
      String(repeating: "if a = 9 then 1 else ", count: 1000) + "1",
      String(repeating: "sum over round of ", count: 1000) + "a",
      "bid of " + String(repeating: "(bid of ", count: 1000) + "1"
        + String(repeating: ")", count: 1000),
      String(repeating: "min(", count: 1000) + "a" + String(repeating: ")", count: 1000),
    ] {
      let codes = errors(formula)
      #expect(
        codes == ["expression-too-deep"] || codes == ["sum-too-large"], "\(formula.prefix(30))")
    }
  }

  @Test("Two repeated parts may call their rounds alike")
  func roundsCalledAlike() {
    let text = """
      entente: 1
      title: T
      parties: {A: one}
      story:
        - {repeat: 2, as: round, story: [{step: bid, by: A, options: [x, y]}]}
        - {repeat: 3, as: round, story: [{step: ask, by: A, when: round = 1 or bid of 1 = x, options: [x, y]}]}
      payoffs: {A: {t: if ask of 3 = x then 1}}
      """
    #expect(ScenarioTestSupport.read(text).errors.map(\.message) == [])
  }
}
