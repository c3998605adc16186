import Forecasts
import Scenarios

extension WhyText {
  /// What other rules and other quantities would make of the answer.
  func whatIfs() -> [String] {
    var lines: [String] = []
    if !shownCounterfactuals.isEmpty, let base = found.base {
      lines += TextLayout.wrap(
        "If a step could go only one way, and all knew (in the story as it stands: "
          + "\(NumberFormat.percent(base))):")
      lines += list(
        shownCounterfactuals.map {
          (
            probability($0.probability),
            "\($0.step) = \($0.option)" + ($0.party.map { " (\($0))" } ?? "")
          )
        })
    }
    if !found.variants.isEmpty {
      let answer = found.answer?.estimate.map { NumberFormat.percent($0.probability) } ?? "none"
      lines.append("Under the scenario's variants (as it stands: \(answer)):")
      lines += list(found.variants.map { (probability($0.probability), $0.name) })
    }
    return lines
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
    return moved.prefix(6).map(\.place).sorted().map { found.counterfactuals[$0] }
  }

  /// Rows of a number and a name, in two columns where they are short enough.
  private func list(_ rows: [(String, String)]) -> [String] {
    let cells = rows.map { number, name in
      String(repeating: " ", count: max(0, 5 - number.count)) + "\(number)  \(name)"
    }
    let width = (TextLayout.width - 2) / 2
    guard rows.count > 3, cells.allSatisfy({ $0.count < width }) else {
      return cells.map { TextLayout.clipped("  " + $0, to: TextLayout.width) }
    }
    let half = (cells.count + 1) / 2
    return (0..<half).map { row in
      let left = cells[row]
      guard half + row < cells.count else { return "  " + left }
      return "  " + left + String(repeating: " ", count: width - left.count) + cells[half + row]
    }
  }
}
