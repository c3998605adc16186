import Forecasts
import Scenarios

extension ReportDocument {
  /// What has been observed, and what it changed; nil without evidence.
  func evidence() -> Document.Section? {
    guard let posterior else { return nil }
    let blocks: [Document.Block] = [
      .table(
        Document.Table(
          caption: "What has been observed; of moves, how likely they were before",
          columns: ["Day", "Observed", "Odds before"],
          rows: posterior.items.map { item in
            [
              item.on.map { "\($0)" } ?? "undated", item.text,
              item.isMove ? NumberFormat.percent(item.likelihood) : "a report",
            ]
          }, numeric: [2])),
      .table(
        Document.Table(
          caption: "The answers before and after, both under the same play",
          columns: ["Question", "Before", "After"],
          rows: zip(posterior.prior.answers, posterior.forecast.answers).map { prior, answer in
            [answer.ask, shown(prior), shown(answer)]
          }, numeric: [1, 2])),
      .note(TextLayout.oneLine(EvidenceText.weight(posterior).joined(separator: " "))),
    ]
    return Document.Section(
      id: "evidence", heading: "What has been observed", blocks: blocks + self.blocks(.evidence))
  }

  private func shown(_ answer: Answer) -> String {
    answer.estimate.map { NumberFormat.percent($0.probability) } ?? "undefined"
  }
}
