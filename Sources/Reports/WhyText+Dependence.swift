import Forecasts
import Mathematics
import Scenarios

extension WhyText {
  private func name(_ input: Int) -> String { scenario.inputs[input].name }

  // MARK: - Which assumptions matter

  /// The quantities that explain most of the variance.
  func drivers() -> [String] {
    guard let dependence = found.dependence else { return [] }
    let sensitivity = dependence.sensitivity
    guard sensitivity.variance > 0 else {
      return TextLayout.wrap("The answer is the same in every draw: no quantity moves it.")
    }
    let shown = sensitivity.ranking.map { sensitivity.inputs[$0] }
      .filter { $0.finding != .none && $0.finding != .notDetected }
    let rows = shown.prefix(isVerbose ? shown.count : 6)
    var lines = TextLayout.wrap(
      "Which assumptions move it. Alone: the share of the answer's spread over the assumptions that "
        + "goes once the quantity is known. In all: what stays while it alone is unknown. 90% "
        + "intervals, \(NumberFormat.count(sensitivity.basePoints)) base points.")
    lines += TextLayout.columns(
      rows.map {
        [index($0.first), index($0.total), name($0.input) + ($0.isCorrelated ? " *" : "")]
      },
      rightAligned: [], indent: 2)
    lines += leftOver(sensitivity, Array(rows), of: shown.count)
    lines += worthKnowing(dependence.information)
    return lines
  }

  /// An index with its interval; one that chance could explain is not shown as a number.
  private func index(_ index: SensitivityIndices.Index) -> String {
    func share(_ value: Double) -> String { "\(Int((value * 100).rounded()))%" }
    let interval = "\(share(index.interval.lowerBound)) to \(share(index.interval.upperBound))"
    return "\(index.interval.lowerBound > 0 ? share(index.estimate) : "?") (\(interval))"
  }

  private func leftOver(
    _ sensitivity: Sensitivity, _ shown: [Sensitivity.Input], of detected: Int
  ) -> [String] {
    var notes: [String] = []
    if shown.contains(where: {
      $0.first.interval.lowerBound <= 0 || $0.total.interval.lowerBound <= 0
    }) {
      notes.append("? none detected: the interval holds 0, and below 0 is chance.")
    }
    if shown.contains(where: \.isCorrelated) {
      notes.append(
        "* moves with others: 'alone' counts what it tells of them, 'in all' only its own doing.")
    }
    if detected > shown.count {
      notes.append("\(detected - shown.count) more have a smaller effect.")
    }
    let silent = sensitivity.inputs.filter { $0.finding == .notDetected || $0.finding == .none }
    if !silent.isEmpty || !sensitivity.bystanders.isEmpty {
      let names = silent.map { name($0.input) } + sensitivity.bystanders.map(name)
      notes.append(
        isVerbose
          ? "No effect detected: \(names.joined(separator: ", "))."
          : "Of \(names.count) no effect was detected.")
    }
    if !sensitivity.isRankingStable {
      notes.append("Where intervals overlap the order is open.")
    }
    return TextLayout.wrap(notes.joined(separator: " "), first: "  ", indent: 2)
  }

  private func worthKnowing(_ information: ValueOfInformation) -> [String] {
    guard let brier = information.brierScore, brier > 0 else { return [] }
    let worth = information.items.filter { $0.reduction.interval.lowerBound > 0 }
    guard let first = worth.first else {
      return TextLayout.wrap(
        "Find out first: no single quantity whose value would make the forecast better by more than "
          + "chance shows.", first: "  ", indent: 2)
    }
    let rest = worth.dropFirst().prefix(2).map {
      "'\(name($0.input))' (\(brierPoints($0.reduction)))"
    }
    return TextLayout.wrap(
      "Find out first: '\(name(first.input))'. To know it would bring the expected Brier score "
        + "(0 is best, 1 worst) from \(NumberFormat.significant(brier)) down by "
        + "\(brierPoints(first.reduction))"
        + (rest.isEmpty ? "." : "; next " + rest.joined(separator: ", ") + "."),
      first: "  ", indent: 2)
  }

  private func brierPoints(_ reduction: SensitivityIndices.Index) -> String {
    "\(NumberFormat.significant(max(reduction.estimate, 0)))"
  }

  // MARK: - What would turn it

  /// Thresholds and the nearest world in which the verdict is another.
  func turns() -> [String] {
    guard let dependence = found.dependence, let answer = found.answer?.estimate else { return [] }
    let thresholds = dependence.thresholds
    let level = NumberFormat.percent(thresholds.level)
    let side = answer.probability >= thresholds.level ? "below" : "to"
    var lines: [String] = []
    if thresholds.found.isEmpty {
      var text =
        "What would turn it. No single quantity set within its range brings the answer "
        + "\(side) \(level), the others as drawn"
      if let closest = thresholds.closest {
        text +=
          "; closest comes '\(name(closest.input))' at "
          + "\(QuantityText.short(closest.value, of: scenario.inputs[closest.input])): "
          + NumberFormat.percent(closest.response)
      }
      lines += TextLayout.wrap(text + ".")
    } else {
      lines += TextLayout.wrap(
        "What would turn it. The answer comes \(side) \(level), the others as drawn "
          + "(\(NumberFormat.count(thresholds.draws)) draws), with")
      let rows = thresholds.found.prefix(isVerbose ? thresholds.found.count : 5).map { threshold in
        [
          name(threshold.input),
          beyond(threshold, verdict: thresholds.response >= thresholds.level),
          "(\(NumberFormat.share(threshold.shareBeyond)) of what it may be)",
        ]
      }
      lines += TextLayout.columns(rows, indent: 2)
    }
    return lines
  }

  /// Where the verdict is another: "above 3.42 points", "between …".
  private func beyond(_ threshold: Threshold, verdict: Bool) -> String {
    let input = scenario.inputs[threshold.input]
    func text(_ side: Threshold.Side) -> String {
      QuantityText.exact(side.value, of: input)
    }
    var parts: [String] = []
    var start: String?
    for crossing in threshold.crossings {
      let entersOther = crossing.isRising != verdict
      if entersOther {
        start = text(crossing.upper)
      } else if let begun = start {
        parts.append("from \(begun) to \(text(crossing.lower))")
        start = nil
      } else {
        parts.append("at most \(text(crossing.lower))")
      }
    }
    if let start { parts.append("at least \(start)") }
    return parts.joined(separator: " or ") + (input.unit.map { " \($0)" } ?? "")
  }
}
