import Forecasts
import Mathematics
import Scenarios

extension WhyText {
  private func name(_ input: Int) -> String { scenario.inputs[input].name }

  // MARK: - Which assumptions matter

  /// The quantities that explain most of the variance.
  func drivers() -> [String] {
    guard let dependence = found.dependence else { return [] }
    guard dependence.sensitivity.variance > 0 else {
      return TextLayout.wrap("The answer is the same in every draw: no quantity moves it.")
    }
    return SensitivityText(
      sensitivity: dependence.sensitivity, scenario: scenario, isVerbose: isVerbose,
      response: "answer"
    ).lines() + worthKnowing(dependence.information)
  }

  private func worthKnowing(_ information: ValueOfInformation) -> [String] {
    guard let brier = information.brierScore, brier > 0 else { return [] }
    let worth = information.items.filter { $0.reduction.interval.lowerBound > 0 }
    guard let first = worth.first else {
      return TextLayout.wrap(
        "Find out first: no single quantity is seen to be worth it.", first: "  ", indent: 2)
    }
    func points(_ item: ValueOfInformation.Item) -> String {
      NumberFormat.significant(max(item.reduction.estimate, 0))
    }
    let next = worth.dropFirst().prefix(2).map { "'\(name($0.input))' (\(points($0)))" }
    return TextLayout.wrap(
      "Find out first: '\(name(first.input))' (takes \(points(first)) off an expected Brier score "
        + "of \(NumberFormat.significant(brier)))"
        + (next.isEmpty ? "." : ", then " + next.joined(separator: ", ") + "."),
      first: "  ", indent: 2)
  }

  // MARK: - What would turn it

  /// Thresholds and the nearest world in which the verdict is another.
  func turns() -> [String] {
    guard let dependence = found.dependence, let answer = found.answer?.estimate else { return [] }
    let thresholds = dependence.thresholds
    let side = answer.probability >= thresholds.level ? "below" : "above"
    return crossings(thresholds, side) + nearest(dependence.flip) + robust(dependence.robustness)
  }

  private func crossings(_ thresholds: Thresholds, _ side: String) -> [String] {
    let level = NumberFormat.percent(thresholds.level)
    if thresholds.found.isEmpty {
      var text =
        "What would turn it: no single quantity, set to any value in its range, brings the answer "
        + "\(side) \(level), the others as drawn"
      if let closest = thresholds.closest {
        let input = scenario.inputs[closest.input]
        text +=
          "; closest comes '\(input.name)' at \(QuantityText.exact(closest.value, of: input))"
          + ": \(NumberFormat.percent(closest.response))"
      }
      return TextLayout.wrap(text + ".")
    }
    let rows = thresholds.found.prefix(isVerbose ? thresholds.found.count : 5).map { threshold in
      [
        name(threshold.input),
        QuantityText.beyond(
          threshold, of: scenario.inputs[threshold.input],
          isAbove: thresholds.response >= thresholds.level),
        "(\(NumberFormat.share(threshold.shareBeyond)) likely)",
      ]
    }
    return TextLayout.wrap(
      "What would turn it: the answer is \(side) \(level), the others as drawn "
        + "(\(NumberFormat.count(thresholds.draws)) draws), with")
      + TextLayout.columns(rows, indent: 2)
  }

  /// The nearest world on the other side.
  private func nearest(_ flip: NearestFlip) -> [String] {
    let level = NumberFormat.percent(flip.level)
    let side = flip.before >= flip.level ? "below" : "above"
    guard let world = flip.world else {
      return TextLayout.wrap(
        "With up to three quantities moved, and the others at their best estimates, no world "
          + "\(side) \(level) was found within \(NumberFormat.significant(flip.searchedTo)) "
          + "standard deviations.", first: "  ", indent: 2)
    }
    let moves = world.moves.map { move in
      let input = scenario.inputs[move.input]
      return "'\(input.name)' \(QuantityText.exact(move.to, of: input)) instead of "
        + QuantityText.short(move.from, of: input)
    }
    return TextLayout.wrap(
      "The nearest world found \(side) \(level), all else at its best estimate: "
        + moves.joined(separator: ", ") + ": \(NumberFormat.percent(world.response)), "
        + "\(NumberFormat.significant(world.distance)) standard deviations away; "
        + "\(WhyText.oneIn(world.shareAsFar)) as far out in these.",
      first: "  ", indent: 2)
  }

  /// A share as one in so many.
  static func oneIn(_ share: Double) -> String {
    guard share > 0 else { return "hardly any world is" }
    let count = 1 / share
    if count < 1.5 { return "most worlds are" }
    let rounded = count < 20 ? count.rounded() : (count / 10).rounded() * 10
    return "one world in \(NumberFormat.count(Int(min(rounded, 1e9)))) is"
  }

  private func robust(_ robustness: Robustness) -> [String] {
    let shells = robustness.shells.filter { $0.worlds > 0 }
    // What holds nearly everywhere needs no line of its own.
    if shells.isEmpty || !isVerbose && shells.allSatisfy({ $0.share > 0.99 }) { return [] }
    let distances = shells.map { NumberFormat.significant($0.distance) }.joined(separator: ", ")
    let shares = shells.map { NumberFormat.percent($0.share) }.joined(separator: ", ")
    return TextLayout.wrap(
      "Worlds \(distances) standard deviations away keep the verdict: \(shares).",
      first: "  ", indent: 2)
  }
}
