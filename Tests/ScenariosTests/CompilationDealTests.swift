import Games
import Scenarios
import Testing

@Suite("Clauses, proposals and bargains")
struct CompilationDealTests {
  private func text(
    clauses: String, story: String, payoffs: String, types: String = "", quantities: String = ""
  ) -> String {
    """
    entente: 1
    title: t
    parties: {A: One., B: Two., C: Three.}
    \(types.isEmpty ? "" : "private types: \(types)")
    \(quantities.isEmpty ? "" : "quantities: \(quantities)")
    clauses:
    \(clauses)
    story:
    \(story)
    payoffs: \(payoffs)
    """
  }

  private static let clauses = """
      x: {text: X., amount: {from: 0, to: 2, by: 1}}
      y: Y.
      z: Z.
    """

  private func proposal(_ limits: String) throws -> ExtensiveGame {
    try CompilationSupport.game(
      text(
        clauses: Self.clauses,
        story: """
            - {step: offer, by: A, bundles of: [x, y, z]\(limits)}
            - step: answer
              by: B
              when: offer != talk
              options: {accept: {enacts: the offer}, decline: {}}
          """,
        payoffs:
          "{A: {n: amount of x + (if with y then 10) + (if with z then 20)}, B: {n: if answer = decline then 1}}"
      ))
  }

  /// The proposer's payoffs where the answer is to accept, by proposal.
  private func accepted(_ game: ExtensiveGame) -> [String: Double] {
    let tree = game.tree
    var result: [String: Double] = [:]
    for (ordinal, name) in tree.informationSets[0].actions.enumerated() {
      var node = tree.child(of: 0, action: ordinal)
      if tree.nodes[node].kind == .decision { node = tree.child(of: node, action: 0) }
      result[name] = game.payoffs[Int(tree.nodes[node].index) * 3]
    }
    return result
  }

  @Test("A proposal chooses among all bundles within its limits, with every amount")
  func bundles() throws {
    let game = try proposal(", at most: 2, not both: [[y, z]], or: [talk]")
    #expect(
      accepted(game) == [
        "x 0": 0, "x 1": 1, "x 2": 2, "y": 10, "z": 20, "x 0 + y": 10, "x 1 + y": 11,
        "x 2 + y": 12, "x 0 + z": 20, "x 1 + z": 21, "x 2 + z": 22, "talk": 0,
      ])
    // Eleven answers, at which all have seen the proposal.
    #expect(game.tree.informationSets.count == 12)
  }

  @Test("'at least' leaves out smaller bundles; without limits every bundle can be proposed")
  func atLeast() throws {
    #expect(
      Set(accepted(try proposal(", at least: 3, or: [talk]")).keys) == [
        "x 0 + y + z", "x 1 + y + z", "x 2 + y + z", "talk",
      ])
    // 3 + 1 + 1 of one clause, 3 + 3 + 1 of two, 3 of all, and talk.
    #expect(accepted(try proposal(", or: [talk]")).count == 16)
  }

  @Test("Many clauses are no obstacle where few can stand together")
  func manyClauses() throws {
    let names = (1...60).map { "c\($0)" }
    let game = try CompilationSupport.game(
      text(
        clauses: names.map { "  \($0): Text." }.joined(separator: "\n"),
        story:
          "  - {step: offer, by: A, bundles of: [\(names.joined(separator: ", "))], at most: 2}",
        payoffs: "{A: {n: 0}}"))
    #expect(game.tree.informationSets[0].actions.count == 60 + 60 * 59 / 2)
  }

  @Test("An offer on the table can be asked about before it is in force")
  func offering() throws {
    let game = try CompilationSupport.game(
      text(
        clauses: "  y: Y.",
        story: """
            - {step: offer, by: A, options: {deal: {offers: [y]}, talk: {}}}
            - step: answer
              by: B
              options: {accept: {enacts: the offer, only if: offering y}, decline: {}}
          """, payoffs: "{A: {n: if with y then 1}, B: {n: if offering y then 2}}"))
    #expect("\(BareTree(game))" == "p0:0(p1:1([1 2 0], [0 2 0]), p1:2([0 0 0]))")
  }

  @Test("An option can put clauses into force, with amounts")
  func enacts() throws {
    let game = try CompilationSupport.game(
      text(
        clauses: Self.clauses,
        story: "  - {step: a, by: A, options: {deal: {enacts: [{x: 2}, y]}, none of it: {}}}",
        payoffs: "{A: {n: amount of x}, B: {n: amount of y}, C: {n: if with x then 1}}"))
    #expect("\(BareTree(game))" == "p0:0([2 1 1], [0 0 0])")
  }

  private static let promise = """
      pact: {text: P., falls due: move = attack, obliges: B, choice: [honor, desert], breach costs: price}
    """

  @Test("A clause falls due where it is in force and its condition holds; breach has its price")
  func duty() throws {
    let game = try CompilationSupport.game(
      text(
        clauses: Self.promise,
        story: """
            - {step: sign, by: A, options: {"yes": {enacts: [pact]}, "no": {}}}
            - {step: move, by: C, options: [attack, hold]}
            - {clause: pact}
          """,
        payoffs:
          "{A: {n: if pact = honor then 1}, B: {n: if pact = honor then -1}, C: {n: if pact = none then 1}}",
        quantities: "{price: 0.5}"))
    #expect(
      "\(BareTree(game))"
        == "p0:0(p2:1(p1:2([1 -1 0], [0 -0.5 0]), [0 0 1]), p2:3([0 0 1], [0 0 1]))")
  }

  @Test("A clause in a repeated part can fall due in every round, and every breach is paid")
  func dutyInRounds() throws {
    let game = try CompilationSupport.game(
      text(
        clauses: Self.promise,
        story: """
            - {step: sign, by: A, options: {"yes": {enacts: [pact]}}}
            - repeat: 2
              as: round
              story:
                - {step: move, by: C, options: [attack]}
                - {clause: pact}
          """, payoffs: "{A: {n: 0}, B: {n: 0}, C: {n: 0}}", quantities: "{price: 0.5}"))
    #expect(
      "\(BareTree(game))"
        == "p0:0(p2:1(p1:2(p2:3(p1:4([0 0 0], [0 -0.5 0])), p2:5(p1:6([0 -0.5 0], [0 -1 0])))))")
  }

  // MARK: Bargains

  private static let price = "  x: {text: X., amount: {from: 0, to: 2, by: 1}}"

  private func bargain(_ step: String, types: String = "", first: String = "") throws -> (
    game: ParametricGame?, codes: [String], scenario: Scenario
  ) {
    let scenario = try CompilationSupport.scenario(
      text(
        clauses: Self.price, story: first + "  - {step: price, bargain: {\(step)}}",
        payoffs: "{A: {n: amount of x}, B: {n: 2 - amount of x}, C: {n: if price = talk then 1}}",
        types: types, quantities: "{q: 10% .. 20% .. 30%}"))
    let (game, diagnostics) = GameCompiler.compile(scenario)
    return (game, diagnostics.map(\.code), scenario)
  }

  @Test("A bargain is a joint choice of an amount, the last option being failure")
  func bargainTree() throws {
    let (compiled, codes, scenario) = try bargain(
      "between: [A, B], over: amount of x, rule: nash, power: {B: 40%}, if it fails: talk")
    #expect(codes == [])
    let game = try CompilationSupport.numbers(scenario, try #require(compiled))
    #expect("\(BareTree(game))" == "p0:0([0 2 0], [1 1 0], [2 0 0], [0 2 1])")
    let set = game.tree.informationSets[0]
    #expect(set.actions == ["0", "1", "2", "talk"])
    #expect(set.bargain?.between == [0, 1])
    #expect(game.power == [0.6])
  }

  @Test("Bargaining power can be drawn, and is even where none is stated")
  func bargainPower() throws {
    let (drawn, _, scenario) = try bargain(
      "between: [A, B], over: amount of x, if it fails: talk, power: {A: q}")
    #expect(try CompilationSupport.numbers(scenario, try #require(drawn)).power == [0.2])
    let (even, _, other) = try bargain("between: [A, B], over: amount of x, if it fails: talk")
    #expect(try CompilationSupport.numbers(other, try #require(even)).power == [0.5])
  }

  @Test("Bargaining power can depend on what both have seen")
  func bargainPowerFromPlay() throws {
    let (compiled, codes, scenario) = try bargain(
      "between: [A, B], over: amount of x, if it fails: talk, power: {A: if boast = big then 0.9 else 0.1}",
      first: "  - {step: boast, by: A, options: [big, small]}\n")
    #expect(codes == [])
    let game = try CompilationSupport.numbers(scenario, try #require(compiled))
    let powers = game.tree.informationSets.compactMap(\.bargain).map { game.power[$0.powerIndex] }
    #expect(powers == [0.9, 0.1])
  }

  @Test("A bargain is refused while a bargainer has hidden types")
  func bargainHiddenTypes() throws {
    let step = "between: [A, B], over: amount of x, if it fails: talk"
    let types = "{B: {kind: {tough: 30%, mild: rest}}}"
    #expect(try bargain(step, types: types).codes == ["bargainer-has-hidden-type"])
    let shown = try bargain(step, types: types, first: "  - {reveal: B.kind, to: [A]}\n")
    #expect(shown.codes == [])
    // A third party's type is nobody's business at the table.
    let third = try bargain(step, types: "{C: {kind: {tough: 30%, mild: rest}}}")
    #expect(third.codes == [])
    let game = try CompilationSupport.numbers(third.scenario, try #require(third.game))
    #expect(game.tree.informationSets.map(\.nodes.count) == [2])
    // A type with one value is no secret.
    #expect(try bargain(step, types: "{B: {kind: {only: 100%}}}").codes == [])
  }

  @Test("A bargain is refused where one side has seen more than the other")
  func bargainKnowledge() throws {
    let codes = try bargain(
      "between: [A, B], over: amount of x, if it fails: talk",
      first: "  - {step: c, by: C, options: [l, r], hidden from: [A]}\n"
    ).codes
    #expect(codes.contains("bargainers-know-differently"))
  }
}
