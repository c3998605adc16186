import Forecasts
import Scenarios

extension WhyText {
  /// What other rules and other quantities would make of the answer.
  func whatIfs() -> [String] {
    var lines: [String] = []
    let shown = shownCounterfactuals
    if !shown.isEmpty, let base = found.base {
      lines += TextLayout.wrap(
        "If a step could go only one way, and all knew (now \(NumberFormat.percent(base))):")
      lines += steps(shown)
    }
    if !found.variants.isEmpty {
      let answer = found.answer?.estimate.map { NumberFormat.percent($0.probability) } ?? "none"
      lines.append("Under the scenario's variants (as it stands: \(answer)):")
      lines += list(found.variants.map { (probability($0.probability), $0.name) })
    }
    return lines
  }

  /// What each step's options would make of the answer.
  private func steps(_ shown: [Counterfactual]) -> [String] {
    var order: [String] = []
    for one in shown where !order.contains(one.step) { order.append(one.step) }
    return order.flatMap { step in
      let own = shown.filter { $0.step == step }
      let options = own.map { "\($0.option) \(probability($0.probability))" }
      let who = own.first?.party.map { "\($0), " } ?? ""
      return TextLayout.wrap(
        "\(who)\(step): " + options.joined(separator: ", "), first: "  ", indent: 4)
    }
  }

  private func probability(_ value: Double?) -> String {
    value.map(NumberFormat.percent) ?? "never"
  }

  /// Those that change the answer most, beyond chance; all of them in the long form.
  private var shownCounterfactuals: [Counterfactual] {
    guard let base = found.base else { return [] }
    if isVerbose { return found.counterfactuals }
    let changes = found.counterfactuals.enumerated().compactMap { place, one in
      one.probability.map { (place: place, change: abs($0 - base), error: one.differenceError) }
    }
    let moved = changes.filter { $0.change > 2 * $0.error + 0.005 }
      .sorted { ($1.change, $0.place) < ($0.change, $1.place) }
    return moved.prefix(5).map(\.place).sorted().map { found.counterfactuals[$0] }
  }

  /// Names with numbers: one after the other, or in the long form a row each.
  private func list(_ rows: [(String, String)]) -> [String] {
    if isVerbose {
      return TextLayout.columns(
        rows.map { [$0.0, $0.1] }, rightAligned: [0], indent: 2)
    }
    return TextLayout.wrap(
      rows.map { "\($0.1) \($0.0)" }.joined(separator: "; ") + ".", first: "  ", indent: 2)
  }
}
