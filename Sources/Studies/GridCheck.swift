import Forecasts
import Games
import Scenarios

/// Whether the answers hang on how finely amounts are cut: each grid of amounts is cut twice as
/// fine, one at a time, and the questions are asked again.
enum GridCheck {
  /// How far a probability may move before it is worth a word.
  static let allowedMove = 0.05
  /// How many draws are compared.
  static let draws = 64
  /// Games that would become larger than this are left alone: a check should not take minutes.
  static let largestGame = 20_000

  /// A warning for each grid that moves an answer.
  static func warnings(for file: ScenarioFile, limits: ScenarioFile.Limits) async -> [Diagnostic] {
    guard let syntax = file.syntax, let scenario = file.scenario else { return [] }
    let grids = self.grids(in: syntax, path: [])
    let asked = scenario.questions.indices.filter { scenario.questions[$0].asksProbability }
    guard !grids.isEmpty, !asked.isEmpty,
      let coarse = await probabilities(of: scenario, limits: limits)
    else { return [] }
    var warnings: [Diagnostic] = []
    for grid in grids {
      guard let step = grid.step.text.flatMap({ Double($0) }), step > 0, step.isFinite else {
        continue
      }
      let half = "\(step / 2)"
      let refined = replacing(syntax, at: grid.path[...], with: half)
      let (finer, _) = ScenarioReader.read(refined, source: file.source, file: file.name)
      guard let finer, let fine = await probabilities(of: finer, limits: limits) else { continue }
      let moves = zip(coarse, fine).enumerated().filter { abs($1.0 - $1.1) > allowedMove }
      guard let worst = moves.max(by: { abs($0.1.0 - $0.1.1) < abs($1.1.0 - $1.1.1) }) else {
        continue
      }
      let question = scenario.questions[asked[worst.offset]]
      func percent(_ value: Double) -> String { "\(Int((value * 100).rounded()))%" }
      warnings.append(
        Diagnostic(
          code: "grid-moves-answer", severity: .warning, file: file.name, place: grid.step.place,
          length: grid.step.length,
          message: "with steps of \(half) instead of \(grid.step.text ?? "") the answer to "
            + "'\(question.id)' moves from \(percent(worst.1.0)) to \(percent(worst.1.1))",
          remedy: "make the steps finer until the answer stays where it is"))
    }
    return warnings
  }

  /// A `by` of a grid, with the way to it: indices of entries and items.
  private struct Grid {
    var path: [Int]
    var step: SyntaxNode
  }

  /// Every mapping with `from`, `to` and `by`, wherever the language allows one.
  private static func grids(in node: SyntaxNode, path: [Int]) -> [Grid] {
    if let entries = node.entries {
      if node["from"] != nil, node["to"] != nil,
        let index = entries.firstIndex(where: { $0.key.text == "by" })
      {
        return [Grid(path: path + [index], step: entries[index].value)]
      }
      return entries.enumerated().flatMap { grids(in: $1.value, path: path + [$0]) }
    }
    return (node.items ?? []).enumerated().flatMap { grids(in: $1, path: path + [$0]) }
  }

  /// The syntax with one scalar's text replaced.
  private static func replacing(
    _ node: SyntaxNode, at path: ArraySlice<Int>, with text: String
  ) -> SyntaxNode {
    var node = node
    guard let index = path.first else {
      node.content = .scalar(text: text, isQuoted: false)
      return node
    }
    switch node.content {
    case .mapping(var entries):
      entries[index].value = replacing(entries[index].value, at: path.dropFirst(), with: text)
      node.content = .mapping(entries)
    case .sequence(var items):
      items[index] = replacing(items[index], at: path.dropFirst(), with: text)
      node.content = .sequence(items)
    case .scalar: break
    }
    return node
  }

  /// The probabilities of all questions; nil where the game is too large or cannot be solved.
  private static func probabilities(
    of scenario: Scenario, limits: ScenarioFile.Limits
  ) async -> [Double]? {
    var options = Forecaster.Options()
    options.draws = draws
    options.limits = limits.game
    options.limits.nodes = min(options.limits.nodes, largestGame)
    let questions = scenario.questions.indices.filter { scenario.questions[$0].asksProbability }
    guard
      let forecast = try? await Forecaster(scenario, questions: questions, options: options).run()
    else { return nil }
    return forecast.answers.map { $0.estimate?.probability ?? 0 }
  }
}
