import Games
import Scenarios
import Testing

/// Trees derived by hand. The notation is that of ``BareTree/description``.
@Suite("Who moves, who sees")
struct CompilationStoryTests {
  private func tree(_ story: String, payoffs: String = "{A: {n: 0}}") throws -> String {
    try "\(BareTree(CompilationSupport.game(scenario(story, payoffs: payoffs))))"
  }

  private func scenario(_ story: String, payoffs: String) -> String {
    """
    entente: 1
    title: t
    parties: {A: One., B: Two., C: Three.}
    story:
    \(story)
    payoffs: \(payoffs)
    """
  }

  @Test("Everybody sees a step unless it says otherwise")
  func seenByAll() throws {
    let tree = try tree(
      """
        - {step: a, by: A, options: [l, r]}
        - {step: b, by: B, options: [l, r]}
      """)
    #expect(tree == "p0:0(p1:1([0 0 0], [0 0 0]), p1:2([0 0 0], [0 0 0]))")
  }

  @Test("What is hidden from a party leaves no trace in what it knows")
  func hidden() throws {
    let tree = try tree(
      """
        - {step: a, by: A, options: [l, r], hidden from: [B]}
        - {step: b, by: B, options: [l, r]}
        - {step: c, by: C, options: [l, r]}
      """, payoffs: "{A: {n: if a = l then 1}, B: {n: if b = l then 1}, C: {n: if c = l then 1}}")
    // B has one set; C has seen both choices and has four.
    #expect(
      tree
        == "p0:0(p1:1(p2:2([1 1 1], [1 1 0]), p2:3([1 0 1], [1 0 0])), "
        + "p1:1(p2:4([0 1 1], [0 1 0]), p2:5([0 0 1], [0 0 0])))")
  }

  @Test("'seen by' names the only ones to see, beside the mover itself")
  func seenBy() throws {
    let tree = try tree(
      """
        - {step: a, by: A, options: [l, r], seen by: [C]}
        - {step: b, by: B, options: [x]}
        - {step: c, by: C, options: [x]}
        - {step: again, by: A, options: [x]}
      """)
    #expect(
      tree == "p0:0(p1:1(p2:2(p0:3([0 0 0]))), p1:1(p2:4(p0:5([0 0 0]))))")
  }

  @Test("A step that is hidden until another comes out just before it")
  func untilStep() throws {
    let tree = try tree(
      """
        - {step: a, by: A, options: [l, r], hidden from: [B, C], until: c}
        - {step: b, by: B, options: [x]}
        - {step: c, by: C, options: [x]}
        - {step: d, by: B, options: [x]}
      """)
    #expect(tree == "p0:0(p1:1(p2:2(p1:3([0 0 0]))), p1:1(p2:4(p1:5([0 0 0]))))")
  }

  @Test("The step that ends a secret does so even where its own condition fails")
  func untilSkippedStep() throws {
    let tree = try tree(
      """
        - {step: a, by: A, options: [l, r], hidden from: [B], until: c}
        - {step: c, by: C, when: a = l and a = r, options: [x]}
        - {step: d, by: B, options: [x]}
      """)
    #expect(tree == "p0:0(p1:1([0 0 0]), p1:2([0 0 0]))")
  }

  @Test("A reveal shows an earlier step to those it names, once")
  func reveal() throws {
    let tree = try tree(
      """
        - {step: a, by: A, options: [l, r], hidden from: [B, C]}
        - {reveal: a, to: [B]}
        - {reveal: a, to: [A, B]}
        - {step: b, by: B, options: [x]}
        - {step: c, by: C, options: [x]}
      """)
    // B's option says nothing, so C still has one set.
    #expect(tree == "p0:0(p1:1(p2:2([0 0 0])), p1:3(p2:2([0 0 0])))")
  }

  @Test("A reveal can depend on play, and can show a type")
  func revealType() throws {
    let text = """
      entente: 1
      title: t
      parties: {A: One., B: Two.}
      private types: {A: {kind: {strong: 25%, weak: rest}}}
      story:
        - {step: show, by: A, options: ["yes", "no"]}
        - {reveal: A.kind, to: [B], when: show = yes}
        - {step: b, by: B, options: [x]}
      payoffs: {A: {n: if A.kind = strong then 1}, B: {n: 0}}
      """
    #expect(
      try "\(BareTree(CompilationSupport.game(text)))"
        == "c(0.25 p0:0(p1:1([1 0]), p1:2([1 0])), 0.75 p0:3(p1:4([0 0]), p1:2([0 0])))")
  }

  @Test("What is to come out later and has been revealed comes out once")
  func revealedBeforeRelease() throws {
    let game = try CompilationSupport.compile(
      scenario(
        """
          - {step: a, by: A, options: [l, r], hidden from: [B], until: c}
          - {reveal: a, to: [B]}
          - {step: b, by: B, options: [x]}
          - {step: c, by: C, options: [x]}
          - {step: d, by: B, options: [x]}
        """, payoffs: "{A: {n: 0}}")
    ).game
    let last = try #require(game.decisions.first { $0.step == "d" })
    #expect(last.seen == ["a = l", "b = x", "c = x"])
  }

  @Test("A step whose condition fails does not happen, and who skips it is not asked")
  func when() throws {
    let tree = try tree(
      """
        - {step: a, by: A, options: [l, r]}
        - {step: b, by: B, when: a = r, options: [l, r]}
      """, payoffs: "{A: {n: if b = none then 5}, B: {n: if b != l then 7}}")
    #expect(tree == "p0:0([5 7 0], p1:1([0 0 0], [0 7 0]))")
  }

  @Test("'only if' closes an option where its condition fails")
  func onlyIf() throws {
    let tree = try tree(
      """
        - {step: a, by: A, options: [l, r]}
        - {step: b, by: B, options: {x: {only if: a = l}, y: {}}}
      """, payoffs: "{B: {n: if b = x then 1}}")
    #expect(tree == "p0:0(p1:1([0 1 0], [0 0 0]), p1:2([0 0 0]))")
  }

  @Test("An option that gives away what its chooser has not seen is refused")
  func onlyIfHidden() throws {
    let found = try CompilationSupport.diagnostics(
      scenario(
        """
          - {step: a, by: A, options: [l, r], hidden from: [B]}
          - {step: b, by: B, options: {x: {only if: a = l}, y: {}}}
        """, payoffs: "{A: {n: 0}}"))
    #expect(SyntaxTestSupport.codes(found) == ["6:12 option-reveals-hidden"])
  }

  @Test("A step that leaves its chooser no option is refused")
  func noOption() throws {
    let found = try CompilationSupport.diagnostics(
      scenario(
        """
          - {step: a, by: A, options: [l, r]}
          - {step: b, by: B, options: {x: {only if: a = l}}}
        """, payoffs: "{A: {n: 0}}"))
    #expect(found.map(\.code) == ["no-option"])
  }

  @Test("A grid of numbers is a choice among them, both ends included")
  func grid() throws {
    let game = try CompilationSupport.game(
      scenario(
        "  - {step: a, by: A, options: {from: 0.1, to: 0.4, by: 0.1}}",
        payoffs: "{A: {n: a}, B: {n: 1 - a}}"))
    #expect(game.tree.informationSets[0].actions == ["0.1", "0.2", "0.3", "0.4"])
    #expect("\(BareTree(game))" == "p0:0([0.1 0.9 0], [0.2 0.8 0], [0.3 0.7 0], [0.4 0.6 0])")
  }

  @Test("Two numbers are compared as numbers, whatever their grids")
  func compareGrids() throws {
    let tree = try tree(
      """
        - {step: ask, by: A, options: {from: 1, to: 2, by: 1}}
        - {step: bid, by: B, options: {from: 2, to: 3, by: 1}}
      """,
      payoffs:
        "{A: {n: if ask < bid then 1}, B: {n: if ask = bid then 1}, C: {n: if bid <= ask then 1}}"
    )
    #expect(tree == "p0:0(p1:1([1 0 0], [1 0 0]), p1:2([0 1 1], [1 0 0]))")
  }

  // MARK: Rounds

  @Test("Parties take turns until the story stops")
  func turns() throws {
    let tree = try tree(
      """
        - repeat: 3
          as: round
          stop when: move = stop
          story:
            - {step: move, by: [A, B], options: [go, stop]}
      """,
      payoffs:
        "{A: {n: sum over round of (if move = go then round)}, B: {n: if move of 2 = stop then 1}}"
    )
    #expect(tree == "p0:0(p1:1(p0:2([6 0 0], [3 0 0]), [1 1 0]), [0 0 0])")
  }

  @Test("'repeat for' tells a round for each name, and the one named can move")
  func repeatFor() throws {
    let tree = try tree(
      """
        - repeat for: [C, B]
          as: who
          story:
            - {step: move, by: who, options: [l, r]}
      """,
      payoffs:
        "{A: {n: sum over who of (if move = l then (if who = B then 10 else 1))}, B: {n: if move of C = r then 1}}"
    )
    #expect(
      tree == "p2:0(p1:1([11 0 0], [1 0 0]), p1:2([10 1 0], [0 1 0]))")
  }

  @Test("What is hidden until the round ends makes the round's moves simultaneous")
  func untilRoundEnds() throws {
    let tree = try tree(
      """
        - repeat: 2
          as: round
          story:
            - {step: a, by: A, options: [l, r], hidden from: [B], until: round ends}
            - {step: b, by: B, options: [x]}
      """)
    #expect(
      tree
        == "p0:0(p1:1(p0:2(p1:3([0 0 0]), p1:3([0 0 0]))), "
        + "p1:1(p0:4(p1:5([0 0 0]), p1:5([0 0 0]))))")
  }

  @Test("A round other than the present one can be asked about by number")
  func computedRound() throws {
    let tree = try tree(
      """
        - repeat: 2
          as: round
          story:
            - {step: a, by: A, options: {x: {}, y: {only if: a of (round - 1) != y}}}
      """, payoffs: "{A: {n: if a of 1 = y then 1}}")
    #expect(tree == "p0:0(p0:1([0 0 0], [0 0 0]), p0:2([1 0 0]))")
  }

  @Test("Which round is asked about cannot depend on what differs between draws")
  func uncertainRound() throws {
    let found = try CompilationSupport.diagnostics(
      """
      entente: 1
      title: t
      parties: {A: One.}
      quantities: {q: 1 .. 2}
      story:
        - repeat: 2
          as: round
          story: [{step: a, by: A, options: [x, y]}]
      payoffs: {A: {n: if a of (q) = x then 1}}
      """)
    #expect(SyntaxTestSupport.codes(found) == ["9:27 uncertain-structure"])
  }

  @Test("A step after a stopped story goes on with what was seen")
  func afterStop() throws {
    let tree = try tree(
      """
        - repeat: 2
          as: round
          stop when: a = y
          story:
            - {step: a, by: A, options: [x, y]}
        - {step: b, by: B, options: [z]}
      """)
    #expect(
      tree == "p0:0(p0:1(p1:2([0 0 0]), p1:3([0 0 0])), p1:4([0 0 0]))")
  }

  @Test("Conditions on play cannot depend on what differs between draws; a single number can")
  func uncertainStructure() throws {
    func text(_ quantity: String) -> String {
      """
      entente: 1
      title: t
      parties: {A: One.}
      quantities: {q: \(quantity)}
      story:
        - {step: a, by: A, options: [l, r]}
        - {step: b, by: A, when: a = l and q > 1, options: [l, r]}
      payoffs: {A: {n: 0}}
      """
    }
    let found = try CompilationSupport.diagnostics(text("1 .. 3"))
    #expect(SyntaxTestSupport.codes(found) == ["7:34 uncertain-structure"])
    let game = try CompilationSupport.game(text("2"))
    #expect("\(BareTree(game))" == "p0:0(p0:1([0], [0]), [0])")
  }
}
