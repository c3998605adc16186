import Forecasts
import Games
import Mathematics
import Reports
import Scenarios

/// `check --show`: a stage on the way from text to answer, as text.
public enum StageStudy {
  /// Prints `syntax`, `model`, `game` or `draws`.
  public static func text(
    _ stage: String, of file: ScenarioFile, limits: ScenarioFile.Limits
  ) -> String {
    switch stage {
    case "syntax": return file.syntax.map { syntax($0, depth: 0) } ?? ""
    case "model": return file.scenario.map(model) ?? ""
    case "game": return file.scenario.map { game($0, limits: limits.game) } ?? ""
    default: return file.scenario.map(draws) ?? ""
    }
  }

  private static func syntax(_ node: SyntaxNode, depth: Int) -> String {
    let margin = String(repeating: "  ", count: depth)
    let place = "\(node.place.line):\(node.place.column)"
    switch node.content {
    case .scalar(let text, let isQuoted):
      return "\(margin)\(place) \(isQuoted ? "\"\(text)\"" : text)\n"
    case .sequence(let items):
      return "\(margin)\(place) list of \(items.count)\n"
        + items.map { syntax($0, depth: depth + 1) }.joined()
    case .mapping(let entries):
      return entries.map { entry in
        "\(margin)\(entry.key.place.line):\(entry.key.place.column) \(entry.key.text ?? "?"):\n"
          + syntax(entry.value, depth: depth + 1)
      }.joined()
    }
  }

  private static func model(_ scenario: Scenario) -> String {
    var lines = [scenario.title]
    lines.append("parties: " + scenario.parties.map(\.name).joined(separator: ", "))
    for type in scenario.types {
      lines.append(
        "type \(scenario.names.facts[type.fact].name): \(type.values.joined(separator: ", "))")
    }
    for input in scenario.inputs {
      let quantiles = [0.05, 0.5, 0.95].map {
        NumberFormat.short(input.distribution.quantile($0))
      }
      lines.append(
        input.isFixed
          ? "quantity \(input.name) = \(NumberFormat.short(input.best))"
          : "quantity \(input.name): 5% \(quantiles[0]), 50% \(quantiles[1]), 95% \(quantiles[2])")
    }
    for clause in scenario.clauses {
      let due = clause.duty.map { ", may fall due on \(scenario.parties[$0.obliged].name)" } ?? ""
      let amounts = clause.amounts.map { ", \($0.values.count) amounts" } ?? ""
      lines.append("clause \(clause.name)\(amounts)\(due)")
    }
    for fact in scenario.names.facts.dropFirst(scenario.types.count) {
      let rounds = fact.loop.map {
        " in each \(scenario.names.loops[$0].variable) of "
          + scenario.names.loops[$0].rounds.joined(separator: ", ")
      }
      lines.append("step \(fact.name)\(rounds ?? ""): \(fact.values.joined(separator: ", "))")
    }
    for (index, terms) in scenario.payoffs.enumerated() {
      lines.append(
        "payoff of \(scenario.parties[index].name): " + terms.map(\.name).joined(separator: " + "))
    }
    for question in scenario.questions { lines.append("question \(question.id): \(question.ask)") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func game(_ scenario: Scenario, limits: GameCompiler.Limits) -> String {
    var order = GameCompiler.Order()
    order.limits = limits
    guard let game = GameCompiler.compile(scenario, order).game else { return "" }
    let tree = game.tree
    var lines = [
      "\(tree.nodes.count) nodes, \(tree.terminals.count) ends, "
        + "\(tree.informationSets.count) information sets, "
        + "\(tree.chanceMoves.count) chance moves, "
        + "\(game.graph.operations.count) operations, \(game.views.count) view"
        + (game.views.count == 1 ? "" : "s")
    ]
    for set in tree.informationSets {
      lines.append(
        "\(set.label): \(set.actions.joined(separator: ", ")) "
          + "[\(set.nodes.count) node\(set.nodes.count == 1 ? "" : "s")]")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The first draws under seed 1, as CSV.
  private static func draws(_ scenario: Scenario) -> String {
    guard let source = try? DrawSource(scenario, seed: 1) else { return "" }
    let shown = scenario.uncertainInputs
    var lines = [
      (["draw"] + shown.map { SweepText.field(scenario.inputs[$0].name) }).joined(separator: ",")
    ]
    var point = source.makePoint()
    var inputs: [Double] = []
    for draw in 0..<16 {
      source.draw(draw, point: &point, into: &inputs)
      lines.append((["\(draw)"] + shown.map { "\(inputs[$0])" }).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
