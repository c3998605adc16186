import Forecasts
import Mathematics
import Scenarios

extension ReportDocument {
  /// The main line of play with its reasons.
  func why() -> Document.Section {
    var reasons = explanation.reasons[...]
    var rows: [[String]] = []
    for step in explanation.forecast.mainLine {
      var why = step.party == nil ? "chance" : ""
      if let reason = reasons.first, reason.step == step.step, reason.option == step.value {
        reasons.removeFirst()
        why = reason.alternatives.map { because($0, reason) }.joined(separator: " ")
      }
      rows.append([
        step.party ?? "chance", step.step, step.value, NumberFormat.percent(step.probability), why,
      ])
    }
    return Document.Section(
      id: "why", heading: "Why",
      blocks: [
        .paragraph(
          "The likeliest course of play, each step given those before. What a choice is worth is "
            + "in the units of the party's own payoff, by its own beliefs about what follows."),
        .table(
          Document.Table(
            caption: "The main line of play",
            columns: ["Who", "Step", "What", "Odds", "What it is worth to the party"], rows: rows,
            numeric: [3])),
      ] + blocks(.why))
  }

  private func because(_ other: ChoiceReason.Alternative, _ reason: ChoiceReason) -> String {
    let gain =
      abs(other.gain) <= 1e-6 * reason.payoffRange ? "0" : NumberFormat.significant(other.gain)
    let terms = other.terms.prefix(4).map { "\($0.name) \(NumberFormat.signed($0.gain))" }
    return "\(gain) better than '\(other.option)' (\(terms.joined(separator: ", "))"
      + (other.terms.count > 4 ? ", …)." : ").")
  }

  /// Thresholds, what-ifs and what moves the answer.
  func change() -> Document.Section? {
    var blocks: [Document.Block] = []
    if let dependence = explanation.dependence {
      blocks += turns(dependence.thresholds)
      blocks.append(nearest(dependence.flip))
      blocks.append(.table(drivers(dependence)))
      blocks.append(
        .note(
          "'Alone' is the share of the answer's variance over the assumptions that goes, on "
            + "average, once the quantity is known; 'in all' is what stays while it alone is "
            + "unknown; in brackets 90% intervals"
            + (dependence.sensitivity.basePoints > 0
              ? " from \(NumberFormat.count(dependence.sensitivity.basePoints)) base points. "
              : ". In the light of evidence, which ties quantities to each other, there is no 'in all'. ")
            + "An interval "
            + "that holds 0 means that no effect was detected, and an estimate below 0 is chance. "
            + "For quantities that move together with others 'alone' counts what they tell of "
            + "those, too. The worth of knowing is the expected fall of the Brier score."))
    }
    blocks += self.blocks(.change)
    if !explanation.counterfactuals.isEmpty { blocks.append(.table(suppositions())) }
    if !explanation.variants.isEmpty { blocks.append(.table(variants())) }
    if blocks.isEmpty { return nil }
    return Document.Section(id: "change", heading: "What would change the answer", blocks: blocks)
  }

  private func turns(_ thresholds: Thresholds) -> [Document.Block] {
    let level = NumberFormat.percent(thresholds.level)
    if thresholds.found.isEmpty {
      var text =
        "No single quantity, set to any value in its range, brings the answer across \(level)."
      if let closest = thresholds.closest {
        let input = scenario.inputs[closest.input]
        text +=
          " Closest comes '\(input.name)': at \(QuantityText.short(closest.value, of: input)) "
        text += "the answer is \(NumberFormat.percent(closest.response))."
      }
      return [.paragraph(text)]
    }
    let isAbove = thresholds.response >= thresholds.level
    return [
      .table(
        Document.Table(
          caption: "Values at which the answer crosses \(level), the others as drawn",
          columns: ["Quantity", "The verdict changes", "Odds of such a value"],
          rows: thresholds.found.map { threshold in
            let input = scenario.inputs[threshold.input]
            return [
              input.name, QuantityText.beyond(threshold, of: input, isAbove: isAbove),
              NumberFormat.share(threshold.shareBeyond),
            ]
          }, numeric: [2]))
    ]
  }

  private func nearest(_ flip: NearestFlip) -> Document.Block {
    let level = NumberFormat.percent(flip.level)
    guard let world = flip.world else {
      return .paragraph(
        "With up to three quantities moved and the others at their best estimates no world across "
          + "\(level) was found within \(NumberFormat.significant(flip.searchedTo)) standard "
          + "deviations.")
    }
    return .table(
      Document.Table(
        caption: "The most plausible world found in which the answer crosses \(level): there it is "
          + "\(NumberFormat.percent(world.response)), with all else at its best estimate. It lies "
          + "\(NumberFormat.significant(world.distance)) standard deviations away; "
          + "\(WhyText.oneIn(world.shareAsFar)) as far out in these quantities",
        columns: ["Quantity", "Best estimate", "There"],
        rows: world.moves.map { move in
          let input = scenario.inputs[move.input]
          return [
            input.name, QuantityText.short(move.from, of: input),
            QuantityText.exact(move.to, of: input) + (input.unit.map { " \($0)" } ?? ""),
          ]
        }, numeric: [1, 2]))
  }

  private func drivers(_ dependence: Explanation.Dependence) -> Document.Table {
    let sensitivity = dependence.sensitivity
    let worth = Dictionary(
      dependence.information.items.map { ($0.input, $0.reduction) }, uniquingKeysWith: { $1 })
    let rows = sensitivity.ranking.map { sensitivity.inputs[$0] }
      .filter { $0.finding != .none && $0.finding != .notDetected }.prefix(12)
    return Document.Table(
      caption: "Which assumptions move the answer",
      columns: ["Quantity", "Alone", "In all", "Worth of knowing it"],
      rows: rows.map { one in
        let name = scenario.inputs[one.input].name
        return [
          name + (one.isCorrelated ? " (moves with others)" : ""), index(one.first),
          one.total.map(index) ?? "", worth[one.input].map(worthText) ?? "",
        ]
      }, numeric: [1, 2, 3])
  }

  private func worthText(_ reduction: SensitivityIndices.Index) -> String {
    reduction.interval.lowerBound > 0
      ? NumberFormat.significant(reduction.estimate) : "none detected"
  }

  private func index(_ index: SensitivityIndices.Index) -> String {
    func share(_ value: Double) -> String { "\(Int((value * 100).rounded()))%" }
    return "\(share(index.estimate)) (\(share(index.interval.lowerBound)) to "
      + "\(share(index.interval.upperBound)))"
  }

  private func suppositions() -> Document.Table {
    Document.Table(
      caption:
        "If a step could go only one way, and all knew; in the story as it stands the answer "
        + "is \(explanation.base.map(NumberFormat.percent) ?? "undefined") in the same draws",
      columns: ["Step", "Who", "Only", "Then"],
      rows: explanation.counterfactuals.map {
        [
          $0.step, $0.party ?? "chance", $0.option,
          $0.probability.map(NumberFormat.percent) ?? "never asked",
        ]
      }, numeric: [3])
  }

  private func variants() -> Document.Table {
    let settings = Dictionary(
      scenario.variants.map { variant in
        (variant.name, variant.settings.map { "\($0.name) = \($0.estimate)" })
      }, uniquingKeysWith: { $1 })
    return Document.Table(
      caption: "The scenario's variants", columns: ["Variant", "What it sets", "Then"],
      rows: explanation.variants.map {
        [
          $0.name, (settings[$0.name] ?? []).joined(separator: "; "),
          $0.probability.map(NumberFormat.percent) ?? "undefined",
        ]
      }, numeric: [2])
  }
}
