public import Forecasts
public import Scenarios

/// The seed question on one screen of 24 lines of 80 columns.
public enum DemoText {
  /// The screen.
  public static func screen(_ forecast: Forecast, scenario: Scenario) -> String {
    guard let answer = forecast.answers.first else { return "" }
    let question = scenario.questions[answer.question]
    var lines = [TextLayout.clipped(scenario.title, to: TextLayout.width)]
    if let date = scenario.asOf { lines.append("As of \(date), from the scenario russia-iran.") }
    lines.append("")
    lines += TextLayout.wrap(
      "\(NumberFormat.percent(answer.probability)), \(answer.words). Over the assumptions "
        + "\(NumberFormat.range(answer.band)).")
    if let by = answer.by {
      lines += TextLayout.wrap("By \(by). " + (question.resolves ?? "")).prefix(6)
    }
    lines.append("")
    lines.append("The main line of play, each step given those before:")
    let rows = forecast.mainLine.prefix(6).map { step in
      [
        NumberFormat.percent(step.probability),
        "\(step.party ?? "chance"), \(step.step): \(step.value)",
      ]
    }
    lines += TextLayout.columns(Array(rows), rightAligned: [0], indent: 2).map {
      TextLayout.clipped($0, to: TextLayout.width)
    }
    lines.append("")
    lines += TextLayout.wrap(
      "\(NumberFormat.count(forecast.draws)) draws of the assumptions; in each the equilibrium is "
        + "certified to \(NumberFormat.scientific(max(forecast.largestRegret, 1e-16))) of each "
        + "party's payoff range.")
    lines.append("")
    lines.append("Next: entente new russia-iran, then entente ask russia-iran.yaml")
    return lines.joined(separator: "\n") + "\n"
  }
}
