import Games
import Scenarios
import Testing

@Suite("Chance, signals and beliefs")
struct CompilationOddsTests {
  private func text(
    _ story: String, types: String = "", quantities: String = "", beliefs: String = "",
    payoffs: String = "{A: {n: 0}, B: {n: 0}}"
  ) -> String {
    """
    entente: 1
    title: t
    parties: {A: One., B: Two.}
    \(types.isEmpty ? "" : "private types: \(types)")
    \(quantities.isEmpty ? "" : "quantities: \(quantities)")
    story:
    \(story)
    payoffs: \(payoffs)
    \(beliefs.isEmpty ? "" : "beliefs: \(beliefs)")
    """
  }

  private func tree(_ text: String, view: Int = 0) throws -> String {
    try "\(BareTree(CompilationSupport.game(text, view: view)))"
  }

  // MARK: Chance

  @Test("'rest' is what is missing to 100%, and what cannot happen has no branch")
  func rest() throws {
    let three = try tree(
      text(
        "  - {step: a, chance: {x: 20%, y: 0.3, z: rest}}",
        payoffs: "{A: {n: if a = z then 1}}"))
    #expect(three == "c(0.2 [0 0], 0.3 [0 0], 0.5 [1 0])")
    let none = try tree(
      text(
        "  - {step: a, chance: {x: 90%, y: 10%, z: rest}}",
        payoffs: "{A: {n: if a = z then 1}}"))
    #expect(none == "c(0.9 [0 0], 0.1 [0 0])")
    let certain = try tree(
      text("  - {step: a, chance: {x: 100%, z: rest}}", payoffs: "{A: {n: if a = x then 1}}"))
    #expect(certain == "[1 0]")
  }

  @Test("Odds can depend on play and on types drawn before")
  func dependentOdds() throws {
    let text = text(
      "  - {step: a, chance: {x: if A.kind = strong then 70% else 20%, y: rest}}",
      types: """
        {A: {kind: {strong: 50%, weak: rest}}, B: {mood: {good: if A.kind = strong then 25% else 75%, bad: rest}}}
        """)
    #expect(
      try tree(text)
        == "c(0.5 c(0.25 c(0.7 [0 0], 0.30000000000000004 [0 0]), "
        + "0.75 c(0.7 [0 0], 0.30000000000000004 [0 0])), "
        + "0.5 c(0.75 c(0.2 [0 0], 0.8 [0 0]), 0.25 c(0.2 [0 0], 0.8 [0 0])))")
  }

  // MARK: Signals

  @Test("A signal says the first line that applies; its odds let misses and false alarms through")
  func signal() throws {
    let text = text(
      """
        - {step: a, by: A, options: [arm, rest easy], hidden from: [B]}
        - step: news
          signal to: [B]
          says:
            alarm: {when: a = arm, odds: 75%}
            false alarm: {when: a = rest easy, odds: 25%}
            rumor: {odds: 50%}
            quiet: {}
        - {step: b, by: B, options: [z]}
      """)
    // 0.25 of the arming is missed, and half of what is left is a rumor: B has a set for each.
    #expect(
      try tree(text)
        == "p0:0(c(0.75 p1:1([0 0]), 0.125 p1:2([0 0]), 0.125 p1:3([0 0])), "
        + "c(0.25 p1:4([0 0]), 0.375 p1:2([0 0]), 0.375 p1:3([0 0])))")
  }

  @Test("A signal is seen by those it names only")
  func signalIsPrivate() throws {
    let text = text(
      """
        - {step: news, signal to: [B], says: {up: {odds: 50%}, down: {}}}
        - {step: a, by: A, options: [z]}
        - {step: b, by: B, options: [z]}
      """)
    #expect(try tree(text) == "c(0.5 p0:0(p1:1([0 0])), 0.5 p0:0(p1:2([0 0])))")
  }

  @Test("A signal of which no line is certain to apply is refused")
  func signalWithoutEnd() throws {
    let found = try CompilationSupport.diagnostics(
      text("  - {step: news, signal to: [B], says: {up: {odds: 50%}}}"))
    #expect(SyntaxTestSupport.codes(found).contains("7:12 signal-says-nothing"))
  }

  // MARK: Beliefs known to others

  private static let coin = "  - {step: coin, chance: {x: 50%, y: 30%, z: rest}}"

  @Test("Odds that a party holds leave the others in their old proportions")
  func knownBelief() throws {
    let game = try CompilationSupport.game(
      text(Self.coin, beliefs: "{A: {coin = x: 80%}}"))
    #expect(game.odds.map { ($0 * 1e12).rounded() / 1e12 } == [0.5, 0.3, 0.2])
    let own = try #require(game.subjectiveOdds[0])
    #expect(zip(own, [0.8, 0.12, 0.08]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(game.subjectiveOdds[1] == nil)
  }

  @Test("A party's own odds weigh its own types as others see them, and all lines of a signal")
  func beliefAboutTypeAndSignal() throws {
    let game = try CompilationSupport.game(
      text(
        "  - {step: news, signal to: [B], says: {up: {odds: 50%}, down: {}}}",
        types: "{A: {kind: {strong: 50%, weak: rest}}}",
        beliefs: "{B: {A.kind = weak: 90%, news = down: 75%}}"))
    #expect(game.subjectiveOdds[1] == [0.09999999999999998, 0.9, 0.25, 0.75, 0.25, 0.75])
  }

  @Test("Each party's payoffs and odds use its own view of a quantity")
  func beliefAboutQuantity() throws {
    let (scenario, compiled) = try CompilationSupport.compile(
      text(
        "  - {step: coin, chance: {x: q, y: rest}}", quantities: "{q: 20% .. 40% .. 50%, k: 3}",
        beliefs: "{A: {q: 80%, k: 5}}",
        payoffs: "{A: {n: k}, B: {n: k + q}}"))
    #expect(compiled.views.count == 1)
    let game = try CompilationSupport.numbers(scenario, compiled)
    #expect("\(BareTree(game))" == "c(0.4 [5 3.4], 0.6 [5 3.4])")
    #expect(game.subjectiveOdds[0] == [0.8, 0.19999999999999996])
    #expect(game.subjectiveOdds[1] == nil)
  }

  @Test("What the analyst excludes, a party cannot believe in")
  func beliefInTheImpossible() throws {
    let always = text(
      "  - {step: coin, chance: {x: 60%, y: 40%, z: 0%}}", beliefs: "{A: {coin = z: 50%}}")
    // Nothing can be made of it: the branch is not there.
    let game = try CompilationSupport.game(always)
    #expect(game.subjectiveOdds[0] == [0.6, 0.4])
    // Where it is excluded in some draws only, those draws are invalid.
    let (scenario, compiled) = try CompilationSupport.compile(
      text(
        "  - {step: coin, chance: {x: q, y: rest}}", quantities: "{q: \"uniform(0, 1)\"}",
        beliefs: "{A: {coin = x: 50%}}"))
    var values: [Double] = []
    var inputs = scenario.inputs.map(\.best)
    inputs[0] = 0
    compiled.graph.evaluate(inputs: inputs, into: &values)
    let error = #expect(throws: ParametricGame.InvalidDraw.self) {
      try compiled.game(view: 0, values: values)
    }
    #expect(error?.place == Place(line: 7, column: 12))
  }

  // MARK: Misperceptions

  @Test("A belief not known to others makes a game of its own, in which everybody holds it")
  func misperception() throws {
    let text = text(
      Self.coin, quantities: "{q: 1}",
      beliefs: "{A: {coin = x: 80%, q: 2, known to others: no}}",
      payoffs: "{A: {n: q}, B: {n: q}}")
    let (scenario, compiled) = try CompilationSupport.compile(text)
    #expect(compiled.views.map(\.party) == [nil, 0])
    let common = try CompilationSupport.numbers(scenario, compiled, view: 0)
    #expect(common.subjectiveOdds == [nil, nil])
    #expect(
      BareTree(common).firstDifference(
        from: BareTree(
          try CompilationSupport.game(
            self.text(
              Self.coin, quantities: "{q: 1}", payoffs: "{A: {n: q}, B: {n: q}}")))) == nil)
    let own = try CompilationSupport.numbers(scenario, compiled, view: 1)
    #expect(own.subjectiveOdds == [nil, nil])
    #expect(own.payoffs == Array(repeating: 2, count: 6))
    #expect(zip(own.odds, [0.8, 0.12, 0.08]).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test("'others think otherwise': in its own game only the party holds the belief")
  func othersThinkOtherwise() throws {
    let (scenario, compiled) = try CompilationSupport.compile(
      text(
        Self.coin, quantities: "{q: 1}",
        beliefs:
          "{A: {coin = x: 80%, q: 2, known to others: no, others think otherwise: yes}}",
        payoffs: "{A: {n: q}, B: {n: q}}"))
    let own = try CompilationSupport.numbers(scenario, compiled, view: 1)
    #expect(own.odds.map { ($0 * 1e12).rounded() / 1e12 } == [0.5, 0.3, 0.2])
    let believed = try #require(own.subjectiveOdds[0])
    #expect(zip(believed, [0.8, 0.12, 0.08]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(own.subjectiveOdds[1] == nil)
    #expect(own.payoffs == [2, 1, 2, 1, 2, 1])
  }

  @Test("Some beliefs can be known and others not; the common game holds the known ones")
  func mixedBeliefs() throws {
    let (scenario, compiled) = try CompilationSupport.compile(
      text(
        Self.coin + "\n  - {step: die, chance: {x: 50%, y: rest}}",
        beliefs: """
          {A: {coin = x: {is: 80%, known to others: no}, die = x: 90%}, B: {die = x: 10%}}
          """))
    #expect(compiled.views.map(\.party) == [nil, 0])
    let common = try CompilationSupport.numbers(scenario, compiled, view: 0)
    let tree = common.tree
    let die = tree.branches(of: try #require(tree.chanceMoves.first { $0.label == "die" }).node)
    #expect(die.map { common.odds[$0] } == [0.5, 0.5])
    #expect(die.first.flatMap { common.subjectiveOdds[0]?[$0] } == 0.9)
    #expect(die.first.flatMap { common.subjectiveOdds[1]?[$0] } == 0.1)
    // At the coin A still holds the analyst's odds as far as all know.
    #expect(common.subjectiveOdds[0]?[0] == 0.5)
    let own = try CompilationSupport.numbers(scenario, compiled, view: 1)
    #expect(own.odds[0] == 0.8)
    #expect(die.first.map { own.odds[$0] } == 0.9)
  }

  // MARK: Draws

  private func failure(
    _ text: String, inputs: [Double], view: Int = 0
  ) throws -> ParametricGame.InvalidDraw? {
    let (_, compiled) = try CompilationSupport.compile(text)
    var values: [Double] = []
    compiled.graph.evaluate(inputs: inputs, into: &values)
    do {
      _ = try compiled.game(view: view, values: values)
      return nil
    } catch { return error }
  }

  @Test("Division by zero, overflow and roots of negative numbers name the place in the text")
  func invalidPayoffs() throws {
    func text(_ payoff: String) -> String {
      self.text(
        "  - {step: a, by: A, options: [l, r]}", quantities: "{q: 1 .. 2, p: 1 .. 2}",
        payoffs: "\n  A:\n    good: q\n    bad: \(payoff)\n  B: {n: 0}")
    }
    // What is wrong stands in line 11, after "    bad: ".
    for (payoff, inputs, column) in [
      ("if a = l then 1 / (q - p)", [1.0, 1.0], 26), ("q ^ p", [10, 400], 12),
      ("log(q - p)", [1, 2], 10), ("sqrt(q - p)", [1, 2], 10), ("exp(q)", [1e4, 1], 10),
    ] {
      let found = try #require(try failure(text(payoff), inputs: inputs), "\(payoff)")
      #expect(found.place == Place(line: 11, column: column), "\(payoff): \(found)")
      #expect(try failure(text(payoff), inputs: [1.5, 1.25]) == nil)
    }
    // What a draw does not use does it no harm.
    #expect(
      try failure(text("if q > p then 1 / (q - p) else 0"), inputs: [1, 1]) == nil)
  }

  @Test("Odds outside 0% to 100% and a negative rest name the step")
  func invalidOdds() throws {
    let over = text(
      "  - {step: a, chance: {x: q, y: rest}}", quantities: "{q: \"normal(0.5, 0.1)\"}")
    #expect(try failure(over, inputs: [0.4]) == nil)
    #expect(try failure(over, inputs: [1]) == nil)
    for value in [1.25, -0.25] {
      let found = try #require(try failure(over, inputs: [value]))
      #expect(found.place == Place(line: 7, column: 12))
      #expect(found.message.contains("outside"))
    }
    let negativeRest = text(
      "  - {step: a, chance: {x: q, y: q, z: rest}}", quantities: "{q: \"normal(0.5, 0.1)\"}")
    #expect(try failure(negativeRest, inputs: [0.5]) == nil)
    #expect(try failure(negativeRest, inputs: [0.75]) != nil)
    let sum = text(
      "  - {step: a, chance: {x: q, y: q}}", quantities: "{q: \"normal(0.5, 0.1)\"}")
    #expect(try failure(sum, inputs: [0.5]) == nil)
    #expect(try #require(try failure(sum, inputs: [0.25])).message.contains("add up"))
  }

  @Test("A party's odds are checked in each game that it sees")
  func invalidBeliefs() throws {
    let hidden = text(
      "  - {step: a, chance: {x: 50%, y: rest}}", quantities: "{q: \"normal(0.5, 0.1)\"}",
      beliefs: "{A: {a = x: q * 1, known to others: no}}")
    #expect(try failure(hidden, inputs: [2], view: 0) == nil)
    #expect(try failure(hidden, inputs: [2], view: 1) != nil)
  }

  @Test("What no draw can mend is an error of the text")
  func wrongAsWritten() throws {
    func codes(_ text: String) throws -> [String] {
      SyntaxTestSupport.codes(
        try CompilationSupport.diagnostics(text).filter { $0.severity == .error })
    }
    #expect(
      try codes(
        text(
          "  - {step: a, by: A, options: {from: 0, to: 1, by: 1}}", payoffs: "{A: {n: 1 / a}}"))
        == ["8:18 no-value"])
    #expect(
      try codes(
        text(
          "  - {step: a, by: A, options: [l]}\n  - {step: b, by: B, when: a = none, options: {from: 0, to: 1, by: 1}}",
          payoffs: "{A: {n: b}}")) == ["9:18 no-value"])
    let outside = try codes(
      text(
        "  - {step: a, by: A, options: [l, r]}\n  - {step: b, chance: {x: if a = l then 2 else 0.5, y: rest}}"
      ))
    #expect(outside == ["8:27 odds-outside"])
    #expect(
      try codes(
        text(
          "  - {step: a, by: A, options: [l, r]}\n  - {step: b, chance: {x: if a = l then 0.25 else 0.5, y: 50%}}"
        )) == ["8:12 odds-do-not-add-up"])
  }
}
