import Games
import Scenarios
import Testing

@Suite("Suppositions, windows and outcomes")
struct CompilationQuestionTests {
  private func text(
    _ story: String, clauses: String = "", outcomes: String = "", questions: String = ""
  ) -> String {
    """
    entente: 1
    title: t
    parties: {A: One., B: Two.}
    \(clauses.isEmpty ? "" : "clauses: \(clauses)")
    story:
    \(story)
    payoffs: {A: {n: 0}, B: {n: 0}}
    \(outcomes.isEmpty ? "" : "outcomes: \(outcomes)")
    \(questions.isEmpty ? "" : "questions:\n" + questions)
    """
  }

  /// The order for one question of a text, with all that it asks for.
  private func order(_ text: String, question index: Int = 0) throws -> GameCompiler.Order {
    let question = try CompilationSupport.scenario(text).questions[index]
    var order = GameCompiler.Order()
    if question.isSecret {
      order.secrets = [
        GameCompiler.SecretSupposition(
          choices: question.supposing, whereCondition: question.whereCondition)
      ]
    } else {
      order.supposing = question.supposing
      order.whereCondition = question.whereCondition
    }
    order.events = [GameCompiler.Event(question.event, by: question.by)]
    return order
  }

  private func supposed(_ story: String, _ question: String) throws -> (
    ParametricGame, String
  ) {
    let text = text(story, questions: "  - {ask: Q, probability of: a = l, \(question)}")
    let (scenario, game) = try CompilationSupport.compile(text, try order(text))
    return (game, "\(BareTree(try CompilationSupport.numbers(scenario, game)))")
  }

  private static let story = """
      - {step: a, by: A, options: [l, r], hidden from: [B]}
      - {step: b, by: B, options: [l, r]}
      - {step: c, by: A, options: [x]}
    """

  @Test("A choice that is supposed, and known to all, is no choice any more")
  func supposing() throws {
    let (_, tree) = try supposed(Self.story, "supposing: b = l")
    #expect(tree == "p0:0(p0:1([0 0]), p0:2([0 0]))")
    let (_, both) = try supposed(Self.story, "supposing: a = r and b = l")
    #expect(both == "p0:0([0 0])")
  }

  @Test("'where' limits a supposition to some histories")
  func supposingWhere() throws {
    let (_, tree) = try supposed(Self.story, "supposing: b = l, where: a = l")
    #expect(tree == "p0:0(p0:1([0 0]), p1:2(p0:3([0 0]), p0:4([0 0])))")
  }

  @Test("Chance can be supposed, and one round of several")
  func supposingChanceAndRound() throws {
    let story = """
        - {step: a, by: A, options: [l]}
        - {step: rain, chance: {"yes": 30%, "no": rest}}
        - repeat: 2
          as: round
          story: [{step: move, by: B, options: [go, stay]}]
      """
    #expect(
      try supposed(story, "supposing: rain = yes and move of 2 = go").1
        == "p0:0(p1:1([0 0], [0 0]))")
    #expect(
      try supposed(story, "supposing: rain = yes and move of 1 = go and move of 2 = stay").1
        == "p0:0([0 0])")
  }

  @Test("A secret supposition leaves the game as it is and names the branch at each node")
  func secret() throws {
    let (game, tree) = try supposed(Self.story, "supposing secretly: b = r")
    let free = try CompilationSupport.compile(text(Self.story)).game
    #expect(game.tree == free.tree)
    let forced = game.secretBranches[0]
    #expect(forced.count == game.tree.nodes.count)
    for (id, node) in game.tree.nodes.enumerated() {
      let isB =
        node.kind == .decision && game.tree.informationSets[Int(node.index)].player == 1
      #expect(forced[id] == (isB ? 1 : -1))
    }
    #expect(tree == "p0:0(p1:1(p0:2([0 0]), p0:3([0 0])), p1:1(p0:4([0 0]), p0:5([0 0])))")
    let (limited, _) = try supposed(Self.story, "supposing secretly: b = r, where: a = r")
    #expect(limited.secretBranches[0].filter { $0 >= 0 } == [1])
  }

  @Test("A supposition that nothing can bring about is refused")
  func impossibleSupposition() throws {
    let story = """
        - {step: a, by: A, options: [l, r]}
        - {step: b, by: B, options: {x: {only if: a = l}, y: {}}}
      """
    for question in [
      "supposing: a = r and b = x", "supposing: b = x, where: a = r",
      "supposing secretly: b = x, where: a = r",
    ] {
      let text = text(story, questions: "  - {ask: Q, probability of: a = l, \(question)}")
      let (game, found) = GameCompiler.compile(
        try CompilationSupport.scenario(text), try order(text))
      #expect(game == nil)
      #expect(found.map(\.code) == ["supposition-impossible"], "\(question)")
    }
  }

  // MARK: Windows

  /// Where an event holds, by the outcome of the end.
  private func truth(_ text: String, question index: Int) throws -> [String: Bool] {
    let (scenario, game) = try CompilationSupport.compile(text, try order(text, question: index))
    var values: [Double] = []
    game.graph.evaluate(inputs: scenario.inputs.map(\.best), into: &values)
    var result: [String: Bool] = [:]
    for (id, terminal) in game.tree.terminals.enumerated() {
      result[game.tree.outcomes[terminal.outcome]] = values[Int(game.events[0][id])] != 0
    }
    return result
  }

  @Test("By a day, only steps count whose window was closed, and nothing after the first open one")
  func windows() throws {
    let text = text(
      """
        - {step: talks, by: A, options: [begin]}
        - {step: sign, by: A, options: {"yes": {enacts: [{x: 1}]}, "no": {}}, between: 2024-10-01 .. 2024-12-31}
        - {step: ratify, by: B, options: {"yes": {enacts: {x: 2}}, "no": {}}, between: 2025-01-01 .. 2025-06-30}
        - {step: toast, by: B, options: [vodka]}
      """, clauses: "{x: {text: X., amount: {from: 0, to: 2, by: 1}}}",
      outcomes: """

          both: sign = yes and ratify = yes
          signed: sign = yes
          ratified: ratify = yes
          neither: otherwise
        """,
      questions: """
          - {ask: Q0, by: 2024-12-30, probability of: sign = yes}
          - {ask: Q1, by: 2024-12-31, probability of: sign = yes}
          - {ask: Q2, by: 2024-12-31, probability of: ratify = yes or toast = vodka}
          - {ask: Q3, by: 2025-06-30, probability of: ratify = yes and toast = vodka}
          - {ask: Q4, by: 2025-06-29, probability of: amount of x = 1}
          - {ask: Q5, by: 2025-06-30, probability of: amount of x = 1}
          - {ask: Q6, probability of: amount of x = 2}
          - {ask: Q7, by: 2024-12-30, probability of: with x or talks != begin}
        """)
    let expected: [[String: Bool]] = [
      ["both": false, "signed": false, "ratified": false, "neither": false],
      ["both": true, "signed": true, "ratified": false, "neither": false],
      ["both": false, "signed": false, "ratified": false, "neither": false],
      ["both": true, "signed": false, "ratified": true, "neither": false],
      ["both": true, "signed": true, "ratified": false, "neither": false],
      ["both": false, "signed": true, "ratified": false, "neither": false],
      ["both": true, "signed": false, "ratified": true, "neither": false],
      ["both": false, "signed": false, "ratified": false, "neither": false],
    ]
    for (index, truth) in expected.enumerated() {
      #expect(try self.truth(text, question: index) == truth, "question \(index)")
    }
  }

  // MARK: Outcomes

  @Test("An end has the first outcome that applies, else it says that none does")
  func outcomes() throws {
    let story = "  - {step: a, by: A, options: [l, m, r]}"
    let game = try CompilationSupport.compile(
      text(story, outcomes: "{left: a = l, not right: a != r}")
    ).game
    #expect(
      game.tree.terminals.map { game.tree.outcomes[$0.outcome] }
        == ["left", "not right", "none of the outcomes"])
    let bare = try CompilationSupport.compile(text(story)).game
    #expect(bare.tree.outcomes == ["end"])
  }
}
