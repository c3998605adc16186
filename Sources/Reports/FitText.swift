import Foundation
public import Forecasts
public import Scenarios

/// What past plays say of a scenario's quantities, as text.
public enum FitText {
  /// The whole of `fit`.
  public static func fit(
    _ outcome: PlayFitting, scenario: Scenario, plays file: String
  ) -> String {
    let lines =
      switch outcome {
      case .likeliest(let fit): likeliest(fit, scenario, file)
      case .posterior(let posterior): self.posterior(posterior, scenario, file)
      }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: - Maximum likelihood

  private static func likeliest(
    _ fit: PlayFit, _ scenario: Scenario, _ file: String
  ) -> [String] {
    var lines = TextLayout.wrap(
      "What makes the \(plays(fit.plays)) in \(file) likeliest:")
    for estimate in fit.estimates {
      let input = scenario.inputs[estimate.input]
      func shown(_ value: Double) -> String { self.shown(value, input) }
      var text = "\(input.name): \(shown(estimate.value)). "
      switch (estimate.isOpenBelow, estimate.isOpenAbove) {
      case (false, false):
        text +=
          "Between \(shown(estimate.interval.lowerBound)) and "
          + "\(shown(estimate.interval.upperBound)) (90% interval)."
      case (true, false): text += "Below \(shown(estimate.interval.upperBound)) (90% interval)."
      case (false, true): text += "Above \(shown(estimate.interval.lowerBound)) (90% interval)."
      case (true, true): text += "The plays do not narrow it."
      }
      text += " The scenario has \(input.written)."
      lines += TextLayout.wrap(text, first: "  ", indent: 4)
    }
    lines.append("")
    lines += quality(fit)
    lines.append("")
    lines += steps(fit)
    return lines
  }

  /// How well the plays are explained, in words.
  private static func quality(_ fit: PlayFit) -> [String] {
    func perPlay(_ value: Double) -> String {
      NumberFormat.percent(exp(value / max(fit.plays, 1)))
    }
    return TextLayout.wrap(
      "So fitted, the scenario gives what was seen of a play a probability of "
        + "\(perPlay(fit.logLikelihood)) on (geometric) average; with its own best estimates "
        + "\(perPlay(fit.unfitted)), if everybody chose blindly \(perPlay(fit.blind)).")
  }

  private static func steps(_ fit: PlayFit) -> [String] {
    var lines = ["Seen, and as the fitted play has it where the step happens:"]
    var rows: [[String]] = []
    for step in fit.steps {
      let total = step.frequencies.reduce(0) { $0 + $1.observed }
      if total == 0 { continue }
      for (place, frequency) in step.frequencies.enumerated() {
        rows.append([
          place == 0 ? TextLayout.clipped(step.name, to: 24) : "",
          TextLayout.clipped(frequency.value, to: 28),
          NumberFormat.percent(frequency.observed / total),
          NumberFormat.percent(frequency.expected / total),
        ])
      }
    }
    lines += TextLayout.columns(
      [["", "", "seen", "fitted"]] + rows, rightAligned: [2, 3], indent: 2)
    return lines
  }

  // MARK: - Posterior

  private static func posterior(
    _ posterior: PlayPosterior, _ scenario: Scenario, _ file: String
  ) -> [String] {
    var lines = TextLayout.wrap(
      "What the \(plays(posterior.plays)) in \(file) leave of the ranges, median and 5th to 95th "
        + "percentile:")
    let rows = posterior.quantities.map { change in
      let input = scenario.inputs[change.input]
      func text(_ values: [Double]) -> String {
        guard values.count == 3 else { return "-" }
        return "\(shown(values[1], input)) (\(shown(values[0], input)) .. "
          + "\(shown(values[2], input)))"
      }
      return [TextLayout.clipped(input.name, to: 28), text(change.prior), text(change.posterior)]
    }
    lines += TextLayout.columns([["", "before", "after"]] + rows, indent: 2)
    lines.append("")
    var text = "\(NumberFormat.count(posterior.samples)) samples in \(posterior.stages) "
    text += posterior.stages == 1 ? "stage " : "stages "
    text += "tell as much as \(NumberFormat.count(Int(posterior.effectiveSamples.rounded()))) "
    text += "that count equally (effective sample size)."
    if !posterior.isComplete {
      text += " The plays could not be let in in full: they are far from what the ranges allow for."
      text += " Look at the ranges, or ask for more --draws."
    }
    lines += TextLayout.wrap(text)
    return lines
  }

  private static func plays(_ count: Double) -> String {
    count == 1 ? "play" : "\(NumberFormat.count(Int(count.rounded()))) plays"
  }

  private static func shown(_ value: Double, _ input: Input) -> String {
    input.isProbability ? NumberFormat.percent(value) : NumberFormat.twoDigits(value)
  }
}
