public import Forecasts

/// Reasons as text.
public enum WhyText {
  /// The main line of play with what each choice brings over the next best.
  public static func mainLine(_ line: [Forecast.PlayedStep], reasons: [ChoiceReason]) -> [String] {
    var lines: [String] = []
    var open = reasons[...]
    for step in line {
      lines += ForecastText.playedSteps([step][...])
      guard let reason = open.first, reason.step == step.step, reason.option == step.value else {
        continue
      }
      open.removeFirst()
      if let next = reason.alternatives.first { lines += overNext(next) }
    }
    return lines
  }

  private static func overNext(_ next: ChoiceReason.Alternative) -> [String] {
    let terms = next.terms.prefix(5).map { "\($0.name) \(NumberFormat.signed($0.gain))" }
    return TextLayout.wrap(
      "worth \(NumberFormat.short(next.gain)) more than '\(next.option)': "
        + terms.joined(separator: ", ") + (next.terms.count > 5 ? ", …" : ""),
      first: "       ", indent: 9)
  }

  /// What the answer would be under other rules.
  public static func counterfactuals(_ found: [Counterfactual], base: Double?) -> [String] {
    let rows = found.map {
      [
        $0.probability.map(NumberFormat.percent) ?? "-",
        "\($0.step) = \($0.option)" + ($0.party.map { " (\($0))" } ?? ""),
      ]
    }
    return TextLayout.columns(rows, rightAligned: [0], indent: 2)
  }

  /// The answers of the variants.
  public static func variants(_ found: [VariantAnswer]) -> [String] {
    let rows = found.map { [$0.probability.map(NumberFormat.percent) ?? "-", $0.name] }
    return TextLayout.columns(rows, rightAligned: [0], indent: 2)
  }
}
