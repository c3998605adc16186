import Foundation
import Scenarios

/// What is done with one input: all that the program does with a file, with small limits.
struct ScenarioTrial {
  let bytes: [UInt8]
  let source: SourceText
  let limits = SyntaxLimits(bytes: 100_000, depth: 64, nodes: 2_000)
  let file = "fuzz.yaml"

  init(_ data: UnsafeBufferPointer<UInt8>) {
    bytes = Array(data)
    source = SourceText(bytes: bytes)
  }

  func run() {
    read()
    format()
  }

  /// Text to game.
  private func read() {
    let (node, diagnostics) = SyntaxReader.read(bytes, file: file, limits: limits)
    show(diagnostics)
    guard let node else {
      require(diagnostics.contains { $0.severity == .error }, "no syntax and no error")
      return
    }
    let problems = ShapeChecker.check(node, by: ScenarioShape.grammar, file: file)
    show(problems)
    let (scenario, more) = ScenarioReader.read(node, source: source, file: file)
    show(more)
    require(
      scenario == nil || !more.contains { $0.severity == .error }, "a scenario in spite of errors")
    require(
      scenario != nil || (diagnostics + problems + more).contains { $0.severity == .error },
      "no scenario and no error")
    // Like the program, only compile what is right in every respect.
    guard let scenario, !(diagnostics + problems).contains(where: { $0.severity == .error })
    else { return }
    compile(scenario)
    for variant in scenario.variants {
      let settings = variant.settings.map { (name: $0.name, estimate: $0.estimate) }
      _ = ScenarioReader.read(node, source: source, file: file, settings: settings)
    }
  }

  private func compile(_ scenario: Scenario) {
    var order = GameCompiler.Order()
    order.limits.nodes = 2_000
    order.limits.depth = 100
    for question in scenario.questions.prefix(4) {
      order.events.append(GameCompiler.Event(question.event, by: question.by))
      if let given = question.given { order.events.append(GameCompiler.Event(given)) }
    }
    if let question = scenario.questions.first(where: { !$0.supposing.isEmpty }) {
      if question.isSecret {
        order.secrets = [
          GameCompiler.SecretSupposition(
            choices: question.supposing, whereCondition: question.whereCondition)
        ]
      } else {
        order.supposing = question.supposing
        order.whereCondition = question.whereCondition
      }
    }
    let (game, diagnostics) = GameCompiler.compile(scenario, order)
    show(diagnostics)
    guard let game else {
      require(diagnostics.contains { $0.severity == .error }, "no game and no error")
      return
    }
    var values: [Double] = []
    game.graph.evaluate(inputs: scenario.inputs.map(\.best), into: &values)
    for view in game.views.indices { _ = try? game.game(view: view, values: values) }
  }

  /// Text to canonical text; a second time nothing changes.
  private func format() {
    let text = source.text
    let (formatted, diagnostics) = ScenarioFormatter.format(text, file: file, limits: limits)
    show(diagnostics)
    if !diagnostics.isEmpty {
      require(formatted == text, "a text with complaints was changed")
      return
    }
    let roomy = SyntaxLimits(bytes: .max, depth: limits.depth, nodes: limits.nodes)
    let again = ScenarioFormatter.format(formatted, file: file, limits: roomy)
    show(again.diagnostics)
    require(again.text == formatted, "the canonical form is not canonical")
  }

  /// Diagnostics as people and as programs see them.
  private func show(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      _ = diagnostic.text(in: source)
      _ = diagnostic.json.text()
      require(!diagnostic.message.isEmpty, "a diagnostic without a message")
      if let place = diagnostic.place {
        require(
          place.line >= 1 && place.line <= source.lineCount && place.column >= 1,
          "\(diagnostic.code) at a place that is not there: \(place)")
      }
    }
  }

  private func require(_ fact: Bool, _ message: String) {
    if fact { return }
    // A release build leaves the words of a precondition out.
    FileHandle.standardError.write(Data("the trial failed: \(message)\n".utf8))
    preconditionFailure()
  }
}
