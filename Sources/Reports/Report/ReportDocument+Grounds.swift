import Forecasts
import Scenarios

extension ReportDocument {
  /// Every assumption with its reason and source.
  func assumptions() -> Document.Section {
    let declared = scenario.inputs
    let graded = declared.map { SourceGrade($0, in: scenario) }
    let counts = SourceGrade.allCases.map { grade in
      "\(graded.filter { $0 == grade }.count) \(grade.phrase)"
    }
    var blocks: [Document.Block] = [
      .paragraph(
        "\(declared.count) numbers: " + counts.joined(separator: ", ")
          + ". Ranges run from the 5th "
          + "to the 95th percentile, the best estimate between.")
    ]
    blocks.append(
      .table(
        Document.Table(
          caption: "Numbers that could be disputed",
          columns: ["Quantity", "Estimate", "Because", "Source", "Grade"],
          rows: zip(declared, graded).map { input, grade in
            [
              input.name, input.written + (input.unit.map { " \($0)" } ?? ""),
              input.because ?? "no reason given", input.source ?? "none", grade.rawValue,
            ]
          })))
    if !scenario.correlations.isEmpty {
      blocks.append(
        .table(
          Document.Table(
            caption: "Quantities that tend to be high or low together",
            columns: ["Quantities", "Rank correlation"],
            rows: scenario.correlations.map { stated in
              [
                stated.inputs.map { declared[$0].name }.joined(separator: ", "),
                "\(stated.coefficient)",
              ]
            }, numeric: [1])))
    }
    if !scenario.sources.isEmpty {
      blocks.append(.subheading("Sources"))
      blocks.append(
        .list(
          scenario.sources.map {
            "\($0.name): " + TextLayout.oneLine($0.text)
          }))
    }
    return Document.Section(
      id: "assumptions", heading: "What it rests on", blocks: blocks + self.blocks(.assumptions))
  }

  /// How the numbers were found and how far they are proved.
  func method() -> Document.Section {
    var blocks = [
      Document.Block.paragraph(
        TextLayout.oneLine(
          ForecastText.method(forecast, scenario: scenario).joined(separator: " ")))
    ]
    blocks.append(
      .paragraph(
        "The probability is what the assumptions in the file imply under this rule of play, not what "
          + "the world is bound to do. The band is about the assumptions; the sampling error is "
          + "about the number of draws, and can be made as small as wanted."))
    return Document.Section(id: "method", heading: "How it was found", blocks: blocks)
  }

  /// How to get it again.
  func reproductionSection() -> Document.Section {
    Document.Section(
      id: "again", heading: "To get it again",
      blocks: reproduction.commands.map { .command($0) } + [
        .note(
          "Entente \(reproduction.version); the scenario's text has the SHA-256 fingerprint "
            + "\(reproduction.fingerprint). The same seed gives the same numbers on any number of "
            + "threads.")
      ])
  }
}

/// What stands behind a number.
enum SourceGrade: String, CaseIterable {
  case cited = "cited"
  case both = "cited and judgment"
  case judgment = "judgment"
  case unsourced = "UNSOURCED"

  init(_ input: Input, in scenario: Scenario) {
    let parts = (input.source ?? "").split(separator: ";").map {
      TextLayout.oneLine(String($0))
    }.filter { !$0.isEmpty }
    let isJudged = parts.contains("judgment")
    let isCited = parts.contains { $0 != "judgment" }
    self =
      switch (isCited, isJudged) {
      case (true, true): .both
      case (true, false): .cited
      case (false, true): .judgment
      case (false, false): .unsourced
      }
  }

  /// After a count.
  var phrase: String {
    switch self {
    case .cited: "with a cited source"
    case .both: "judged in the light of a cited source"
    case .judgment: "a judgment that says so"
    case .unsourced: "without any source"
    }
  }
}
