extension DiagnosticCase {
  /// What is wrong with the things that a scenario declares.
  static let model: [DiagnosticCase] = [
    // Names.
    DiagnosticCase("a name taken", ["define: {q: 1, gain: q}"], "8:10 name-taken"),
    DiagnosticCase(
      "a reserved word", ["define: {if ever: 1, gain: q}"], "8:10 name-begins-reserved"),
    DiagnosticCase("a sign in a name", ["define: {a+b: 1, gain: q}"], "8:10 name-has-symbol"),
    DiagnosticCase("a number for a name", ["define: {50%: 1, gain: q}"], "8:10 name-is-number"),
    DiagnosticCase("no party", ["parties: {}"], "3:10 no-party"),
    DiagnosticCase(
      "an unknown party",
      ["payoffs: {C: {t: gain}, A: {t: if A.mood = hot then 1}, B: {t: if with pact then 1}}"],
      "9:11 unknown-party"),
    DiagnosticCase(
      "a misspelled party", [story("{step: move, by: a, options: [go, stay]}", reply)],
      "8:22 unknown-party"),
    DiagnosticCase(
      "a fact and a value",
      [story("{step: move, by: A, options: [go, reply]}", reply), "define: {gain: q}"],
      "9:12 fact-and-value"),
    DiagnosticCase(
      "a value and a fact",
      [story(reply, "{step: 'yes', by: A, options: [go, stay]}"), "define: {gain: q}"],
      "9:12 fact-and-value"),
    DiagnosticCase(
      "a value twice", [story("{step: move, by: A, options: [go, go]}", reply)], "8:39 value-twice"),
    // Types and odds.
    DiagnosticCase(
      "a type without values",
      ["private types: {A: {mood: {}}}", "payoffs: {A: {t: gain}, B: {t: if with pact then 1}}"],
      "4:21 no-values"),
    DiagnosticCase(
      "odds over 100%", ["private types: {A: {mood: {hot: 140%, cold: rest}}}"], "4:33 odds-outside"
    ),
    DiagnosticCase(
      "odds below 0%", ["private types: {A: {mood: {hot: -10%, cold: rest}}}"], "4:33 odds-outside"),
    DiagnosticCase(
      "two rests", ["private types: {A: {mood: {hot: rest, cold: rest}}}"], "4:21 two-rests"),
    DiagnosticCase(
      "odds that do not add up", ["private types: {A: {mood: {hot: 30%, cold: 60%}}}"],
      "4:21 odds-do-not-add-up"),
    DiagnosticCase(
      "a negative rest", ["private types: {A: {mood: {hot: 60%, warm: 60%, cold: rest}}}"],
      "4:21 negative-rest"),
    // Quantities.
    DiagnosticCase("an estimate that is none", [quantity("is: \"?\"")], "5:23 estimate"),
    DiagnosticCase("text after an estimate", [quantity("is: 1 .. 2 or so")], "5:29 estimate"),
    DiagnosticCase("points out of order", [quantity("is: 2 .. 1")], "5:22 estimate-order"),
    DiagnosticCase(
      "an infeasible triple", [quantity("is: 1 .. 1.01 .. 100, kind: real")],
      "5:22 estimate-infeasible"),
    DiagnosticCase(
      "a probability of 0 at one end", [quantity("is: 0% .. 10%")], "5:22 estimate-infeasible"),
    DiagnosticCase("a probability above 100%", [quantity("is: 140%")], "5:22 outside-support"),
    DiagnosticCase(
      "a positive quantity that is not", [quantity("is: -1 .. 2, kind: positive")],
      "5:22 estimate-infeasible"),
    DiagnosticCase(
      "a distribution beyond its bounds", [quantity("is: 'normal(0, 1)', at least: 0")],
      "5:23 outside-support"),
    DiagnosticCase(
      "bounds that leave nothing", [quantity("is: 1, at least: 3, at most: 2")], "5:22 bounds"),
    DiagnosticCase(
      "bounds that leave the kind", [quantity("is: 50%, kind: probability, at most: 2")],
      "5:22 bounds"),
    DiagnosticCase("an unknown family", [quantity("is: 'norml(0, 1)'")], "5:23 unknown-family"),
    DiagnosticCase("too few arguments", [quantity("is: normal(1)")], "5:22 wrong-argument-count"),
    DiagnosticCase("no parenthesis", [quantity("is: normal 1")], "5:29 estimate"),
    DiagnosticCase("odds missing", [quantity("is: 'discrete(1 at 50%, 2)'")], "5:43 estimate"),
    DiagnosticCase(
      "an impossible distribution", [quantity("is: 'normal(0, -1)'")], "5:23 estimate-infeasible"),
    DiagnosticCase("no reason", ["quantities: {q: 1 .. 2}"], "5:14 no-reason"),
    DiagnosticCase(
      "an unknown source",
      ["sources: {op-ed: An op-ed.}", "quantities: {q: {is: 1 .. 2, source: oped}}"],
      "6:38 unknown-source"),
    DiagnosticCase(
      "an unused name", ["define: {gain: if move = go then q, loss: q}"], "8:37 unused-name"),
    DiagnosticCase(
      "a correlation of a constant",
      [
        "quantities: {q: {is: 1 .. 2, source: judgment}, k: {is: 3, source: judgment}}",
        "together: [{quantities: [q, k], correlation: 0.5}]", "define: {gain: q * k}",
      ], "6:29 correlated-constant"),
    DiagnosticCase(
      "a correlation of what could not be read",
      [
        "quantities: {q: {is: 1 .. 2, source: judgment}, k: {is: 3 ..., source: judgment}}",
        "together: [{quantities: [q, k], correlation: 0.5}]", "define: {gain: q * k}",
      ], "5:57 bad-estimate"),
    DiagnosticCase(
      "a correlation of 1",
      [
        "quantities: {q: {is: 1 .. 2, source: judgment}, k: {is: 3 .. 4, source: judgment}}",
        "together: [{quantities: [q, k], correlation: 1}]", "define: {gain: q * k}",
      ], "6:46 correlation"),
    DiagnosticCase(
      "a correlation with itself", ["together: [{quantities: [q, q], correlation: 0.5}]"],
      "6:25 correlation"),
    DiagnosticCase(
      "a correlation with nothing", ["together: [{quantities: [q, k], correlation: 0.5}]"],
      "6:29 unknown-quantity"),
    // Clauses.
    DiagnosticCase(
      "a duty without a time", ["clauses: {pact: {text: They help., obliges: B}}"],
      "6:11 duty-without-due"),
    DiagnosticCase(
      "half a duty", ["clauses: {pact: {text: They help., falls due: move = go, obliges: B}}"],
      "6:11 duty-incomplete"),
    DiagnosticCase(
      "a clause that never falls due", [story(move, "{clause: pact}")], "9:14 clause-never-due"),
    DiagnosticCase(
      "a clause that falls due twice",
      ["clauses: {pact: \(due)}", story(move, "{clause: pact}", "{clause: pact}")],
      "10:14 clause-falls-due-twice"),
    DiagnosticCase("a clause that is none", [story(move, "{clause: pakt}")], "9:14 unknown-clause"),
    DiagnosticCase(
      "amounts that fall", ["clauses: {pact: {text: They help., amount: {from: 3, to: 1, by: 1}}}"],
      "6:44 grid"),
    DiagnosticCase(
      "amounts that stand still",
      ["clauses: {pact: {text: They help., amount: {from: 1, to: 3, by: 0}}}"], "6:44 grid"),
    DiagnosticCase(
      "amounts too fine",
      ["clauses: {pact: {text: They help., amount: {from: 0, to: 1000000, by: 1e-9}}}"],
      "6:44 grid-too-fine"),
    DiagnosticCase(
      "a bound that is a range",
      ["clauses: {pact: {text: They help., amount: {from: 0, to: 1 .. 2, by: 1}}}"],
      "6:58 bad-number"),
    DiagnosticCase(
      "an amount of what has none",
      [story("{step: move, by: A, options: {go: {enacts: [{pact: 3}]}, stay: }}", reply)],
      "8:56 no-amounts"),
    DiagnosticCase(
      "no amount",
      [
        "clauses: {pact: \(missiles)}",
        story("{step: move, by: A, options: {go: {enacts: [pact]}, stay: }}", reply),
      ], "8:49 amount-wanted"),
    DiagnosticCase(
      "an amount off the grid",
      [
        "clauses: {pact: \(missiles)}",
        story("{step: move, by: A, options: {go: {enacts: [{pact: 30}]}, stay: }}", reply),
      ], "8:56 not-an-amount"),
    DiagnosticCase(
      "a clause twice in a bundle",
      [story("{step: move, by: A, options: {go: {enacts: [pact, pact]}, stay: }}", reply)],
      "8:55 value-twice"),
    DiagnosticCase(
      "bundles of too many clauses",
      [
        "clauses: {pact: P, c1: C, c2: C, c3: C, c4: C, c5: C, c6: C, c7: C, c8: C, c9: C, c10: C, c11: C, c12: C, c13: C, c14: C}",
        story(
          "{step: move, by: A, bundles of: [pact, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14], or: [go]}",
          reply),
      ], "8:37 too-many-bundles"),
    DiagnosticCase(
      "bundles of too many amounts",
      [
        "clauses: {pact: {text: P, amount: {from: 1, to: 9999, by: 1}}, c1: {text: C, amount: {from: 1, to: 9999, by: 1}}}",
        story("{step: move, by: A, bundles of: [pact, c1], or: [go]}", reply),
      ], "8:37 too-many-bundles"),
    DiagnosticCase(
      "bundles that cannot be",
      [story("{step: move, by: A, bundles of: [pact], at least: 2, or: [go]}", reply)],
      "8:37 no-bundle"),
    DiagnosticCase(
      "a clause twice among bundles",
      [story("{step: move, by: A, bundles of: [pact, pact], or: [go]}", reply)], "8:44 value-twice"),
    DiagnosticCase(
      "not both of what is no clause",
      [story("{step: move, by: A, bundles of: [pact], not both: [[pact, pakt]], or: [go]}", reply)],
      "8:63 unknown-clause"),
    DiagnosticCase(
      "a bargain over nothing",
      [
        story(
          move, "{step: price, bargain: {between: [A, B], over: amount of pact, if it fails: war}}",
          reply)
      ], "9:52 bargain-over"),
    DiagnosticCase(
      "a bargain with oneself",
      [
        "clauses: {pact: \(missiles)}",
        story(
          move, "{step: price, bargain: {between: [A, A], over: amount of pact, if it fails: war}}",
          reply),
      ], "9:38 bargain-between"),
    DiagnosticCase(
      "a bargaining rule",
      [
        "clauses: {pact: \(missiles)}",
        story(
          move,
          "{step: price, bargain: {between: [A, B], over: amount of pact, rule: even, if it fails: war}}",
          reply),
      ], "9:74 unknown-word"),
    DiagnosticCase(
      "power twice",
      [
        "clauses: {pact: \(missiles)}",
        story(
          move,
          "{step: price, bargain: {between: [A, B], over: amount of pact, power: {A: 40%, B: 60%}, if it fails: war}}",
          reply),
      ], "9:84 bargain-power"),
    DiagnosticCase(
      "power of a stranger",
      [
        "parties: {A: one, B: two, C: three}", "clauses: {pact: \(missiles)}",
        story(
          move,
          "{step: price, bargain: {between: [A, B], over: amount of pact, power: {C: 40%}, if it fails: war}}",
          reply),
      ], "9:76 bargain-power"),
    // Steps.
    DiagnosticCase(
      "no options", [story("{step: move, by: A, options: {}}", reply), "define: {gain: q}"],
      "8:34 no-option"),
    DiagnosticCase(
      "turns without rounds", [story("{step: move, by: [A, B], options: [go, stay]}", reply)],
      "8:22 turns-without-rounds"),
    DiagnosticCase(
      "a round that is no party",
      [
        story("{repeat: 2, as: round, story: [{step: move, by: round, options: [go, stay]}]}"),
        "define: {gain: if move of 1 = go then q}",
      ], "8:53 round-not-a-party"),
    DiagnosticCase(
      "a repeat in a repeat",
      [
        story(
          move,
          "{repeat: 2, as: round, story: [{repeat: 2, as: hour, story: [{step: reply, by: B, options: [yes, no]}]}]}"
        )
      ], "9:45 nested-repeat"),
    DiagnosticCase(
      "a round twice", [story(move, "{repeat for: [x, x], as: round, story: [\(reply)]}")],
      "9:22 value-twice"),
    DiagnosticCase(
      "a story too long",
      [
        story(
          move,
          "{repeat: 1000, as: round, story: ["
            + (0..<21).map { "{step: s\($0), by: B, options: [yes, no]}" }.joined(separator: ", ")
            + "]}")
      ], "9:5 story-too-long"),
    DiagnosticCase(
      "hidden from the mover",
      [story("{step: move, by: A, options: [go, stay], hidden from: [A]}", reply)],
      "8:60 hidden-from-mover"),
    DiagnosticCase(
      "until a round that is none",
      [
        story(
          "{step: move, by: A, options: [go, stay], hidden from: [B], until: round ends}", reply)
      ], "8:71 until-round"),
    DiagnosticCase(
      "until what was before",
      [story(move, "{step: reply, by: B, options: [yes, no], hidden from: [A], until: move}")],
      "9:71 until-not-later"),
    DiagnosticCase(
      "until a step that is none",
      [story("{step: move, by: A, options: [go, stay], hidden from: [B], until: replly}", reply)],
      "8:71 unknown-step"),
    DiagnosticCase(
      "a reveal of nothing", [story(move, "{reveal: moove, to: [B]}", reply)], "9:14 unknown-step"),
    DiagnosticCase(
      "a reveal too early", [story(move, "{reveal: reply, to: [A]}", reply)],
      "9:14 reveal-too-early"),
    DiagnosticCase(
      "a reveal outside its round",
      [story(move, "{repeat: 2, as: round, story: [\(reply)]}", "{reveal: reply, to: [A]}")],
      "10:14 reveal-outside-round"),
    DiagnosticCase(
      "the rest in a signal",
      [
        story(
          move,
          "{step: news, signal to: [B], says: {alarm: {when: move = go, odds: rest}, quiet: {}}}",
          reply)
      ], "9:72 rest-in-signal"),
    DiagnosticCase(
      "odds of a signal over 100%",
      [
        story(
          move,
          "{step: news, signal to: [B], says: {alarm: {when: move = go, odds: 120%}, quiet: {}}}",
          reply)
      ], "9:72 odds-outside"),
    DiagnosticCase(
      "nobody gains", ["payoffs: {A: {t: gain + (if A.mood = hot and with pact then 1)}}"],
      "3:19 no-payoff"),
    // Beliefs and variants.
    DiagnosticCase("a belief about nothing", ["beliefs: {B: {qq: 3}}"], "10:15 unknown-belief"),
    DiagnosticCase(
      "a belief about a fact", ["beliefs: {B: {A.mood: 30%}}"], "10:15 unknown-belief"),
    DiagnosticCase(
      "a belief about no fact", ["beliefs: {B: {A.mod = hot: 30%}}"], "10:15 unknown-step"),
    DiagnosticCase(
      "a belief about no value", ["beliefs: {B: {A.mood = warm: 30%}}"], "10:15 unknown-value"),
    DiagnosticCase(
      "a belief about a choice", ["beliefs: {B: {move = go: 30%}}"], "10:15 belief-about-choice"),
    DiagnosticCase("a variant of nothing", ["variants: {else: {qq: 3}}"], "10:19 unknown-quantity"),
    DiagnosticCase(
      "a variant that is no estimate", ["variants: {else: {q: high}}"], "10:22 unknown-family"),
    // Outcomes and questions.
    DiagnosticCase(
      "outcomes that leave a gap", ["outcomes: {war: move = go}"], "10:12 outcomes-open"),
    DiagnosticCase(
      "a question without a day", ["questions: [{ask: Will A go?, probability of: move = go}]"],
      "10:19 question-undated"),
    DiagnosticCase(
      "a question without criteria",
      ["questions: [{ask: Will A go?, by: 2025-01-01, probability of: move = go}]"],
      "10:19 question-undated"),
    DiagnosticCase(
      "a question of no kind", ["questions: [{ask: Will A go?}]"], "10:13 missing-key"),
    DiagnosticCase(
      "two kinds of question",
      ["questions: [{ask: Will A go?, flip: move = go, drivers of: move = go}]"],
      "10:48 conflicting-keys"),
    DiagnosticCase(
      "an id twice",
      [
        "questions: [{ask: What moves A?, drivers of: move = go}, {ask: What moves A?, drivers of: reply = yes}]"
      ], "10:64 question-id-twice"),
    DiagnosticCase(
      "where without supposing",
      ["questions: [{ask: What moves A?, drivers of: move = go, where: A.mood = hot}]"],
      "10:64 where-without-supposing"),
    DiagnosticCase(
      "two suppositions",
      [
        "questions: [{ask: What moves A?, drivers of: reply = yes, supposing: move = go, supposing secretly: move = go}]"
      ], "10:101 two-suppositions"),
    DiagnosticCase(
      "a supposition that is none",
      [
        "questions: [{ask: What moves A?, drivers of: reply = yes, supposing: move = go or move = stay}]"
      ], "10:70 supposition"),
    DiagnosticCase(
      "a supposition of a type",
      ["questions: [{ask: What moves A?, drivers of: reply = yes, supposing: A.mood = hot}]"],
      "10:70 supposition-of-type"),
    // Evidence, solving, the record.
    DiagnosticCase(
      "a likelihood ratio of 0",
      ["evidence: [{on: 2024-01-01, reported: smoke, likelihood ratio: {move = go: 0}}]"],
      "10:76 likelihood-ratio"),
    DiagnosticCase(
      "a move observed, and no rationality",
      ["evidence: [{on: 2024-01-01, happened: move = go}]"],
      "10:39 evidence-without-rationality"),
    DiagnosticCase(
      "no rationality", ["solve: {select: fixed rationality}"], "10:17 rationality-wanted"),
    DiagnosticCase("a tolerance of everything", ["solve: {tolerance: 1}"], "10:20 tolerance"),
    DiagnosticCase(
      "a record of no question", ["record: [{on: 2024-01-01, fact: It went., question: goes}]"],
      "10:53 unknown-question"),
  ]
}
