extension DiagnosticCase {
  private static func gain(_ text: String) -> String {
    "define:\n  gain: \(text)"
  }
  private static let rounds = story(
    move, "{repeat: 3, as: round, story: [\(reply)]}",
    "{repeat for: [spring, fall], as: season, story: [{step: bid, by: A, options: {from: 0, to: 2, by: 1}}]}"
  )

  /// What is wrong with a formula.
  static let formulas: [DiagnosticCase] = [
    DiagnosticCase("an unknown name", [gain("wealth + q")], "9:9 unknown-name"),
    DiagnosticCase(
      "a misspelled name of two words",
      [
        "quantities: {odds ready: {is: 2% .. 9%, source: judgment}, odds of peace: {is: 2% .. 9%, source: judgment}}",
        gain("1 + odds redy * odds of peace"),
      ], "9:13 unknown-name"),
    DiagnosticCase("an unknown value", [gain("if move = goes then q")], "9:19 unknown-value"),
    DiagnosticCase(
      "an unknown value of two words", [gain("if move = go away and A.mood = hot then q")],
      "9:19 unknown-value"),
    DiagnosticCase("a value alone", [gain("if go then q")], "9:12 stray-value"),
    DiagnosticCase("a party as a number", [gain("A + q")], "9:9 stray-value"),
    DiagnosticCase("a condition for a number", [gain("1 + (move = go)")], "9:19 expected-number"),
    DiagnosticCase("a step for a number", [gain("2 * move")], "9:13 expected-number"),
    DiagnosticCase("a number for a condition", [gain("if q then 1")], "9:12 expected-condition"),
    DiagnosticCase(
      "a payoff that is a condition",
      ["payoffs: {A: {t: gain, u: A.mood = hot}, B: {t: if with pact then 1}}"],
      "9:27 expected-number"),
    DiagnosticCase(
      "an outcome that is a number", ["outcomes: {war: gain, peace: otherwise}"],
      "10:17 expected-condition"),
    DiagnosticCase(
      "a chained comparison", [gain("if 1 < q < 2 then 1")], "9:18 chained-comparison"),
    DiagnosticCase("two equals signs", [gain("if move == go then q")], "9:18 syntax"),
    DiagnosticCase(
      "an order of values", [gain("if move < stay then q")], "9:17 values-have-no-order"),
    DiagnosticCase(
      "two steps with other values", [gain("if move = reply then q")], "9:17 wrong-value"),
    DiagnosticCase("a formula without an end", [gain("q +")], "9:12 syntax"),
    DiagnosticCase("an if without a then", [gain("if move = go q")], "9:22 syntax"),
    DiagnosticCase("an if in a sum", [gain("q + if move = go then 1")], "9:13 syntax"),
    DiagnosticCase("a parenthesis not closed", [gain("(q + 1")], "9:15 syntax"),
    DiagnosticCase("a parenthesis too many", [gain("q + 1)")], "9:14 syntax"),
    DiagnosticCase("two names in a row", [gain("q q")], "9:11 syntax"),
    DiagnosticCase(
      "another language's and", [gain("if move = go && reply = yes then q")], "9:22 syntax"),
    DiagnosticCase("a thousands comma", [gain("1,000 * q")], "9:10 syntax"),
    DiagnosticCase("a range", [gain("1 .. 2")], "9:11 syntax"),
    DiagnosticCase("a sign from the typesetter", [gain("q × 2")], "9:11 syntax"),
    DiagnosticCase("an empty list", [gain("if move in [] then q")], "9:21 syntax"),
    DiagnosticCase(
      "a number in a list of values", [gain("if (move = go) in [1, 2] then q")],
      "9:18 expected-number"),
    DiagnosticCase("two arguments too few", [gain("clamp(q)")], "9:9 wrong-argument-count"),
    DiagnosticCase("an argument too many", [gain("sqrt(q, 2)")], "9:9 wrong-argument-count"),
    DiagnosticCase("a function without parentheses", [gain("sqrt q")], "9:14 syntax"),
    DiagnosticCase("a clause as a number", [gain("q * pact")], "9:13 clause-as-value"),
    DiagnosticCase("with what is no clause", [gain("if with move then q")], "9:17 unknown-clause"),
    DiagnosticCase("with what is nothing", [gain("if with pakt then q")], "9:17 unknown-name"),
    DiagnosticCase(
      "a round of what is not repeated", [gain("if move of 1 = go then q")], "9:12 not-repeated"),
    DiagnosticCase(
      "a repeated step without its round",
      [
        rounds,
        "payoffs: {A: {t: gain + (if reply = yes and A.mood = hot then bid of spring)}, B: {t: if with pact then 1}}",
      ], "12:29 which-round"),
    DiagnosticCase(
      "a round outside its part",
      [
        rounds,
        "payoffs: {A: {t: gain + (if A.mood = hot then round)}, B: {t: if with pact then 1}}",
      ], "12:47 which-round"),
    DiagnosticCase(
      "a definition that needs a round",
      [rounds, "define: {gain: q * bid, other: if move = go then 1}"], "12:18 which-round"),
    DiagnosticCase(
      "an unknown round", [rounds, gain("if reply of 4 = yes then q")], "12:21 unknown-round"),
    DiagnosticCase(
      "an unknown named round", [rounds, gain("q * bid of winter")], "12:20 unknown-round"),
    DiagnosticCase(
      "a round that depends on a quantity",
      [rounds, gain("if reply of (q + 1) = yes then bid of spring")],
      "12:24 uncertain-structure"),
    DiagnosticCase(
      "sums in sums in sums",
      [
        story(move, "{repeat: 30, as: round, story: [\(reply)]}"),
        gain("sum over round of (sum over round of (sum over round of q))"),
      ], "11:47 sum-too-large"),
    DiagnosticCase(
      "a sum over nothing", [rounds, gain("sum over rounds of q")], "12:18 unknown-name"),
    DiagnosticCase(
      "a circle", ["define: {gain: q + loss, loss: 1 - gain}"], "8:10 circular-definition"),
    DiagnosticCase("a circle of one", ["define: {gain: q + gain}"], "8:10 circular-definition"),
    DiagnosticCase(
      "parentheses too deep",
      [gain(String(repeating: "(", count: 250) + "q" + String(repeating: ")", count: 250))],
      "9:73 expression-too-deep"),
    DiagnosticCase(
      "a sum too long", [gain(Array(repeating: "q", count: 400).joined(separator: " + "))],
      "9:1211 expression-too-deep"),
    DiagnosticCase(
      "definitions too deep",
      [
        "define: {gain: if move = go then d0, "
          + (0..<120).map { "d\($0): d\($0 + 1)" }.joined(separator: ", ") + ", d120: q}"
      ], "8:219 definition-too-deep"),
  ]

  /// What is wrong only once the story is told to its end.
  static let games: [DiagnosticCase] = [
    DiagnosticCase(
      "a step that depends on a quantity",
      [story(move, "{step: reply, by: B, when: q > 1.5, options: [yes, no]}")],
      "9:34 uncertain-structure"),
    DiagnosticCase(
      "an option that depends on a quantity",
      [story(move, "{step: reply, by: B, options: {yes: {only if: q > 1.5}, no: }}")],
      "9:53 uncertain-structure"),
    DiagnosticCase(
      "an outcome that depends on a quantity", ["outcomes: {rich: q > 1.5, poor: otherwise}"],
      "10:20 uncertain-structure"),
    DiagnosticCase(
      "an option that tells what is hidden",
      [
        story(
          "{step: move, by: A, options: [go, stay], hidden from: [B]}",
          "{step: reply, by: B, options: {yes: {only if: move = go}, no: , maybe: }}")
      ], "9:12 option-reveals-hidden"),
    DiagnosticCase(
      "no option left",
      [
        story(
          move,
          "{step: reply, by: B, options: {yes: {only if: move = go}, no: {only if: move = go}}}")
      ], "9:12 no-option"),
    DiagnosticCase(
      "a step that never happens",
      [story(move, "{step: reply, by: B, when: move != go and move != stay, options: [yes, no]}")],
      "9:12 step-never-happens"),
    DiagnosticCase(
      "an option never open",
      [
        story(
          move,
          "{step: reply, by: B, options: {yes: , no: , maybe: {only if: move = go and move = stay}}}"
        )
      ], "9:49 option-never-open"),
    DiagnosticCase(
      "a chance of nothing",
      [
        story(
          move, "{step: luck, chance: {good: if move = go then 1, bad: if move = go then 0}}", reply
        )
      ], "9:12 no-chance"),
    DiagnosticCase(
      "a signal that says nothing",
      [story(move, "{step: news, signal to: [B], says: {alarm: {when: move = go}}}", reply)],
      "9:12 signal-says-nothing"),
    DiagnosticCase(
      "a bargainer with a hidden type",
      [
        "clauses: {pact: \(missiles)}",
        story(
          move, "{step: price, bargain: {between: [A, B], over: amount of pact, if it fails: war}}",
          reply),
      ], "9:12 bargainer-has-hidden-type"),
    DiagnosticCase(
      "bargainers who know differently",
      [
        "-private types", "clauses: {pact: \(missiles)}",
        story(
          "{step: move, by: A, options: [go, stay], hidden from: [B]}",
          "{step: price, bargain: {between: [A, B], over: amount of pact, if it fails: war}}", reply
        ),
        "payoffs: {A: {t: gain}, B: {t: if with pact then 1}}",
      ], "8:12 bargainers-know-differently"),
  ]
}
