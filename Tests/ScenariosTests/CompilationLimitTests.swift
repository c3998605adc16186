import Foundation
import Games
import Scenarios
import Testing

@Suite("Limits, and what cannot matter")
struct CompilationLimitTests {
  private func text(
    _ story: String, head: String = "", payoffs: String = "{A: {n: 0}, B: {n: 0}}"
  ) -> String {
    """
    entente: 1
    title: t
    parties: {A: One., B: Two.}
    \(head)
    story:
    \(story)
    payoffs: \(payoffs)
    """
  }

  private func errors(_ text: String, nodes: Int = 20_000) throws -> [Diagnostic] {
    var order = GameCompiler.Order()
    order.limits.nodes = nodes
    return try CompilationSupport.diagnostics(text, order).filter { $0.severity == .error }
  }

  @Test("Too large a game says so, and which flag raises the limit")
  func tooManyNodes() throws {
    let steps = (1...40).map {
      "  - {step: s\($0), by: \($0 % 2 == 0 ? "A" : "B"), options: [l, r], hidden from: [\($0 % 2 == 0 ? "B" : "A")]}"
    }
    let found = try errors(text(steps.joined(separator: "\n")))
    #expect(found.map(\.code) == ["too-many-nodes"])
    #expect(found.first?.message == "the game has more than 20000 nodes")
    #expect(found.first?.remedy?.contains("--max-nodes") == true)
    #expect(found.first?.place != nil)
  }

  @Test("A limit is for what it says: as many nodes as allowed are allowed")
  func exactLimit() throws {
    // 1 + 2 + 4 + 8 nodes.
    let story = (1...3).map { "  - {step: s\($0), by: A, options: [l, r]}" }
      .joined(separator: "\n")
    #expect(try errors(text(story), nodes: 15).isEmpty)
    #expect(try errors(text(story), nodes: 14).map(\.code) == ["too-many-nodes"])
  }

  @Test("A long line of play says so, and which flag raises the limit")
  func tooDeep() throws {
    let story = """
        - repeat: 1000
          as: round
          stop when: move = stop
          story: [{step: move, by: [A, B], options: [go, stop]}]
      """
    let found = try errors(text(story))
    #expect(found.map(\.code) == ["too-deep"])
    #expect(found.first?.remedy?.contains("--max-moves") == true)
    var order = GameCompiler.Order()
    order.limits.depth = 1000
    let game = try CompilationSupport.compile(text(story), order).game
    #expect(game.tree.terminals.count == 1001)
    #expect(Recall(of: game.tree).isPerfect)
  }

  @Test("Many types in a row do not exhaust the stack")
  func manyTypes() throws {
    let types = (1...5000).map { "    t\($0): {only: 100%}" }.joined(separator: "\n")
    let found = try errors(
      text("  - {step: a, by: A, options: [x]}", head: "private types:\n  A:\n" + types))
    #expect(found.map(\.code) == ["too-deep"])
  }

  @Test("A story of too many moments is refused before it is followed")
  func tooLong() throws {
    let steps = (1...10).map { "      - {step: s\($0), by: A, options: [x]}" }
    let story =
      "  - repeat: 1000\n    as: round\n    story:\n" + steps.joined(separator: "\n")
    let found = try errors(text(story), nodes: 9_000)
    #expect(SyntaxTestSupport.codes(found) == ["6:5 story-too-long"])
    #expect(found.first?.remedy?.contains("--max-nodes") == true)
  }

  @Test("Steps that are skipped over and over are bounded too")
  func skippedSteps() throws {
    let steps = (1...5).map { "      - {step: s\($0), by: A, when: a = none, options: [x]}" }
    let story =
      "  - {step: a, by: A, options: {from: 1, to: 2000, by: 1}}\n"
      + "  - repeat: 500\n    as: round\n    story:\n" + steps.joined(separator: "\n")
    #expect(try errors(text(story), nodes: 6_000).map(\.code) == ["too-much-work"])
  }

  @Test("Large sums at many ends are bounded")
  func largeSums() throws {
    let story = """
        - repeat: 100
          as: round
          stop when: move = stop
          story: [{step: move, by: A, options: [stop, go]}]
      """
    let sum = "sum over round of (sum over round of (if move = go then 1))"
    let found = try errors(text(story, payoffs: "{A: {n: \(sum)}, B: {n: 0}}"), nodes: 2_000)
    #expect(found.map(\.code) == ["too-much-work"])
    #expect(found.first?.remedy?.contains("--max-nodes") == true)
  }

  @Test("Definitions that double each other cost no more than they say")
  func doublingDefinitions() throws {
    let definitions = (1...60).map { "  d\($0): d\($0 - 1) * d\($0 - 1)" }
    let head =
      "quantities: {q: 0.5 .. 1}\ndefine:\n  d0: q\n" + definitions.joined(separator: "\n")
    let game = try CompilationSupport.compile(
      text(
        "  - {step: a, by: A, options: [l, r]}", head: head,
        payoffs: "{A: {n: d60}, B: {n: 0}}")
    ).game
    #expect(game.graph.operations.count < 100)
  }

  @Test("A bundle of too many clauses and amounts is refused when it is read")
  func tooManyBundles() throws {
    func codes(_ clauses: String, _ step: String) -> [String] {
      let text = text("  - {step: a, by: A, \(step)}", head: "clauses:\n\(clauses)")
      guard let root = SyntaxReader.read(text, file: "a.yaml").node else { return [] }
      return ScenarioReader.read(root, source: SourceText(text), file: "a.yaml").diagnostics
        .filter { $0.severity == .error }.map(\.code)
    }
    let names = (1...60).map { "c\($0)" }
    let sixty = names.map { "  \($0): T." }.joined(separator: "\n")
    let list = names.joined(separator: ", ")
    #expect(codes(sixty, "bundles of: [\(list)]") == ["too-many-bundles"])
    #expect(codes(sixty, "bundles of: [\(list)], at most: 2") == [])
    #expect(codes(sixty, "bundles of: [\(list)], at least: 60") == [])
    let grids =
      "  x: {text: X., amount: {from: 0, to: 9000, by: 1}}\n"
      + "  y: {text: Y., amount: {from: 0, to: 9000, by: 1}}"
    #expect(codes(grids, "bundles of: [x, y]") == ["too-many-bundles"])
    #expect(codes(grids, "bundles of: [x, y], at most: 1") == [])
    // Exclusions that leave nothing to find are not searched for ever.
    let pairs = names.dropFirst().map { "[c1, \($0)]" }.joined(separator: ", ")
    #expect(
      codes(sixty, "bundles of: [\(list)], at least: 30, not both: [\(pairs)]")
        == ["too-many-bundles"])
  }

  @Test("Thousands of options are options like others")
  func manyOptions() throws {
    let options = (1...20_000).map { "o\($0)" }.joined(separator: ", ")
    var order = GameCompiler.Order()
    order.limits.nodes = 40_000
    let game = try CompilationSupport.compile(
      text("  - {step: a, by: A, options: [\(options)]}"), order
    ).game
    #expect(game.tree.terminals.count == 20_000)
    #expect(game.tree.informationSets[0].actions.last == "o20000")
  }

  @Test("Names that hold the marks of labels do not join what a party tells apart")
  func confusingNames() throws {
    let game = try CompilationSupport.game(
      text(
        """
          - {step: a, by: A, options: ["x; b = y", x]}
          - {step: b, by: A, when: a = x, options: [y, z]}
          - {step: c, by: B, options: [l, r]}
        """))
    // B has seen the long word, or x and then y or z.
    let sets = game.tree.informationSets.filter { $0.player == 1 }
    #expect(sets.map(\.nodes.count) == [1, 1, 1])
    #expect(Set(sets.map(\.label)).count == 3)
  }

  // MARK: What cannot matter

  private func warnings(_ text: String) throws -> [String] {
    SyntaxTestSupport.codes(
      try CompilationSupport.diagnostics(text).filter { $0.severity == .warning })
  }

  @Test("A step that never happens is reported, and an option that is never open")
  func idle() throws {
    let found = try warnings(
      text(
        """
          - {step: a, by: A, options: [l, r]}
          - {step: b, by: B, when: a = l and a = r, options: [l, r]}
          - {step: c, by: B, options: {x: {}, y: {only if: a = none}, z: {only if: b = l}}}
          - {step: d, chance: {x: 100%, y: rest}}
          - {step: e, signal to: [A], says: {x: {}, y: {}}}
        """))
    #expect(
      found == [
        "7:12 step-never-happens", "8:39 option-never-open", "9:33 option-never-open",
        "10:45 option-never-open",
      ])
  }

  @Test("A step on which nothing depends and that nobody else sees is reported")
  func withoutEffect() throws {
    let found = try warnings(
      text(
        """
          - {step: a, by: A, options: [l, r], hidden from: [B]}
          - {step: b, by: B, options: [l, r]}
          - {step: c, by: B, options: [l, r], hidden from: [A]}
          - {step: d, by: B, options: [l, r], hidden from: [A]}
          - {reveal: d, to: [A]}
        """, payoffs: "{A: {n: if c = l then 1}, B: {n: 0}}"))
    #expect(found == ["6:12 step-without-effect"])
  }

  @Test("A supposition makes steps idle on purpose, so nothing is said of them")
  func supposedIdle() throws {
    let story = """
        - {step: a, by: A, options: [l, r]}
        - {step: b, by: B, when: a = r, options: [l, r]}
      """
    var order = GameCompiler.Order()
    order.supposing = [Supposition(fact: 0, round: nil, value: 0)]
    #expect(try CompilationSupport.diagnostics(text(story), order).isEmpty)
  }
}
