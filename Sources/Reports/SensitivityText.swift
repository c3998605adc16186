import Forecasts
import Mathematics
import Scenarios

/// Sensitivity indices as a table with a word on what its signs mean.
struct SensitivityText {
  let sensitivity: Sensitivity
  let scenario: Scenario
  let isVerbose: Bool
  /// What moves: "answer", "payoff".
  let response: String

  /// The quantities that explain most of the variance.
  func lines() -> [String] {
    let shown = sensitivity.ranking.map { sensitivity.inputs[$0] }
      .filter { $0.finding != .none && $0.finding != .notDetected }
    let rows = Array(shown.prefix(isVerbose ? shown.count : 5))
    let hasTotals = sensitivity.inputs.contains { $0.total != nil }
    var lines = TextLayout.wrap(
      "Which assumptions move it: the share of the \(response)'s variance that goes once it is known"
        + (hasTotals
          ? ", and that stays once all others are; 90% intervals:"
          : ", in the light of the evidence; 90% intervals:"))
    lines += TextLayout.columns(
      rows.map { row in
        [index(row.first)] + (row.total.map { [index($0)] } ?? [])
          + [name(row.input) + (row.isCorrelated ? " *" : "")]
      }, indent: 2)
    let notes = marks(rows) + [rest(beyond: shown.count - rows.count)]
    return lines + TextLayout.wrap(notes.joined(separator: " "), first: "  ", indent: 2)
  }

  private func name(_ input: Int) -> String { scenario.inputs[input].name }

  /// An index with its interval; one that chance could explain is not shown as a number.
  private func index(_ index: SensitivityIndices.Index) -> String {
    func share(_ value: Double) -> String { "\(Int((value * 100).rounded()))%" }
    let interval = "\(share(index.interval.lowerBound)) to \(share(index.interval.upperBound))"
    return "\(index.interval.lowerBound > 0 ? share(index.estimate) : "?") (\(interval))"
  }

  /// What the signs in the rows mean.
  private func marks(_ rows: [Sensitivity.Input]) -> [String] {
    var notes: [String] = []
    if rows.contains(where: {
      $0.first.interval.lowerBound <= 0 || ($0.total?.interval.lowerBound ?? 1) <= 0
    }) {
      notes.append("? None detected; below 0 is chance.")
    }
    if rows.contains(where: \.isCorrelated) {
      notes.append("* Moves with others.")
    }
    return notes
  }

  /// What is said of quantities that are not in the rows.
  private func rest(beyond: Int) -> String {
    let silent = sensitivity.inputs.filter { $0.finding == .notDetected || $0.finding == .none }
    let names = silent.map { name($0.input) } + sensitivity.bystanders.map(name)
    var parts: [String] = []
    if beyond > 0 { parts.append("\(beyond) more with smaller effects") }
    if !names.isEmpty {
      parts.append(
        isVerbose
          ? "none detected of " + names.joined(separator: ", ")
          : "none detected of \(names.count)")
    }
    if !sensitivity.isRankingStable { parts.append("the order is open where intervals overlap") }
    if isVerbose, sensitivity.basePoints > 0 {
      parts.append("\(NumberFormat.count(sensitivity.basePoints)) base points")
    }
    guard let first = parts.first else { return "" }
    parts[0] = first.prefix(1).uppercased() + first.dropFirst()
    return parts.joined(separator: "; ") + "."
  }
}
