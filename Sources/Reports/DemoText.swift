public import Forecasts
public import Scenarios

/// The seed question on one screen of 24 lines of 80 columns.
public enum DemoText {
  /// The screen: the answer first, then how it comes about, and what to type next.
  public static func screen(_ forecast: Forecast, scenario: Scenario) -> String {
    guard let answer = forecast.answers.first, let estimate = answer.estimate else { return "" }
    let question = scenario.questions[answer.question]
    var head = TextLayout.wrap(scenario.title)
    if let date = scenario.asOf { head.append("Asked as of \(date).") }
    head.append("")
    head += TextLayout.wrap(
      "\(NumberFormat.percent(estimate.probability)), \(estimate.words). Over the assumptions: "
        + "\(NumberFormat.range(estimate.band)) (5th to 95th percentile).",
      first: "  ", indent: 2)
    if let by = answer.by {
      head += TextLayout.wrap("By \(by). " + (question.resolves ?? ""), first: "  ", indent: 2)
    }
    head.append("")
    head.append("The main line of play, each step given those before:")
    var tail = TextLayout.wrap(
      "How it ends: " + likeliest(forecast.outcomes).joined(separator: "; ") + ".")
    tail.append("")
    tail += TextLayout.wrap(
      "\(certified(forecast)) of the assumptions, each solved and certified: nobody gains over "
        + "\(NumberFormat.scientific(max(forecast.largestRegret, 1e-16))) of its payoff range by "
        + "acting otherwise.")
    tail.append("Next: entente new russia-iran && entente ask russia-iran.yaml")
    // The screen holds 24 lines: the line of play ends where room does.
    let room = max(1, 24 - head.count - tail.count)
    let lines = head + ForecastText.playedSteps(forecast.mainLine.prefix(room)) + tail
    return lines.joined(separator: "\n") + "\n"
  }

  /// How many draws stand behind the answer.
  private static func certified(_ forecast: Forecast) -> String {
    let all = NumberFormat.count(forecast.draws)
    let missing = forecast.uncertified + forecast.invalid
    if missing == 0 { return "\(all) draws" }
    return "\(NumberFormat.count(forecast.draws - missing)) of \(all) draws"
  }

  /// The four likeliest outcomes.
  private static func likeliest(_ outcomes: [Forecast.OutcomeShare]) -> [String] {
    outcomes.sorted { ($1.probability, $0.outcome) < ($0.probability, $1.outcome) }.prefix(4).map {
      "\(NumberFormat.percent($0.probability)) \($0.outcome)"
    }
  }
}
