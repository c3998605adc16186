public import Forecasts
public import Scenarios

/// A report on a scenario: the answer first, then why, what would change it, what it rests on and how
/// to get it again.
public struct ReportDocument {
  let scenario: Scenario
  let forecast: Forecast
  /// What the evidence changed; nil without any.
  let posterior: Posterior?
  let explanation: Explanation
  /// The pictures, by the section that they belong to.
  let pictures: [Part: [Document.Picture]]
  let reproduction: Reproduction

  /// The sections that hold pictures.
  public enum Part: Sendable, Hashable {
    case answer, evidence, why, change, assumptions, deals
  }

  /// How to get the same report again.
  public struct Reproduction: Sendable {
    /// The commands, with seed and draws.
    public var commands: [String]
    /// The program's version.
    public var version: String
    /// A fingerprint of the scenario's text.
    public var fingerprint: String

    /// How to get a report again.
    public init(commands: [String], version: String, fingerprint: String) {
      self.commands = commands
      self.version = version
      self.fingerprint = fingerprint
    }
  }

  /// A report from what the studies found: a forecast of all questions, in the light of the evidence
  /// if there is any, and the explanation of one answer before it.
  ///
  /// - Parameter scenario: what was asked, as the forecast has it.
  public init(
    _ scenario: Scenario, forecast: Forecast, posterior: Posterior? = nil,
    explanation: Explanation, pictures: [Part: [Document.Picture]] = [:],
    reproduction: Reproduction
  ) {
    self.scenario = scenario
    self.forecast = forecast
    self.posterior = posterior
    self.explanation = explanation
    self.pictures = pictures
    self.reproduction = reproduction
  }

  /// The whole report; `deals` are the blocks of the section on deals, none without clauses.
  public func document(deals: [Document.Block] = []) -> Document {
    let sections = [evidence(), why(), change(), otherQuestions()]
    return document(sections.compactMap(\.self), deals)
  }

  private func document(_ first: [Document.Section], _ deals: [Document.Block]) -> Document {
    var sections = first
    if !deals.isEmpty {
      sections.append(
        Document.Section(
          id: "deals", heading: "Which deals would be signed",
          blocks: deals + blocks(.deals)))
    }
    sections += [assumptions(), method(), reproductionSection()]
    return Document(
      title: scenario.title, subtitle: subtitle, opening: opening() + blocks(.answer),
      sections: sections)
  }

  func blocks(_ part: Part) -> [Document.Block] {
    (pictures[part] ?? []).map { .picture($0) }
  }

  private var subtitle: String {
    let date = scenario.asOf.map { "As of \($0). " } ?? ""
    let names = scenario.parties.map(\.name).joined(separator: ", ")
    return date + "What \(names) will do, as far as the assumptions in \(fileName) go."
  }

  /// The file's name without its folders.
  private var fileName: String {
    scenario.file.split(separator: "/").last.map(String.init) ?? "the scenario"
  }

  // MARK: - The answer

  private func opening() -> [Document.Block] {
    var blocks: [Document.Block] = []
    // A question about a flip or about drivers is answered by the explanation alone.
    let asked = forecast.answers.first { $0.question == explanation.question }
    guard let answer = asked ?? explanation.answer else { return [] }
    let question = scenario.questions[answer.question]
    if answer.ask != scenario.title { blocks.append(.subheading(answer.ask)) }
    guard let estimate = answer.estimate else {
      return blocks + [.paragraph("Undefined: the condition is impossible in this story.")]
    }
    blocks.append(
      .answer(
        figure: NumberFormat.percent(estimate.probability), words: estimate.words,
        text: uncertainty(estimate) + " " + criteria(question)))
    if let before = beforeEvidence(answer.question) { blocks.append(.paragraph(before)) }
    if let about = scenario.about {
      blocks.append(.paragraph(TextLayout.oneLine(about)))
    }
    return blocks
  }

  /// What the answer was, and what the reasons are about; nil without evidence.
  private func beforeEvidence(_ question: Int) -> String? {
    let prior = posterior?.prior.answers.first { $0.question == question }
    guard let before = prior?.estimate else { return nil }
    return "Before the evidence: \(NumberFormat.percent(before.probability)). "
      + (explanation.reasonsArePrior
        ? "Reasons and deals are about the story before it; what would change the answer is in its "
          + "light."
        : "Reasons and what would change the answer are in its light; deals are about the story "
          + "before it, by play without mistakes.")
  }

  private func uncertainty(_ estimate: Estimate) -> String {
    var text = ""
    if explanation.dependence != nil {
      text = "Over the assumptions: \(NumberFormat.range(estimate.band)) (5th to 95th percentile). "
      text += "Sampling error: \(NumberFormat.points(estimate.samplingError)) points."
    } else {
      text = "Every quantity at its best estimate."
    }
    if let inside = estimate.insideTheStory {
      text += " Within the story alone: \(NumberFormat.percent(inside))."
    }
    return text
  }

  private func criteria(_ question: Question) -> String {
    let resolves = question.resolves.map(TextLayout.oneLine)
    if let by = question.by { return "By \(by). " + (resolves ?? "What decides it is not stated.") }
    return "In this story, undated." + (resolves.map { " " + $0 } ?? "")
  }

  // MARK: - The other questions

  private func otherQuestions() -> Document.Section? {
    let others = forecast.answers.filter { $0.question != explanation.question }
    var blocks: [Document.Block] = []
    if !others.isEmpty {
      blocks.append(
        .table(
          Document.Table(
            caption: "The other questions; dated only where a date is shown",
            columns: ["Question", "Probability", "5th to 95th percentile", "In words"],
            rows: others.map(row), numeric: [1, 2])))
    }
    if forecast.outcomes.count > 1 {
      blocks.append(
        .table(
          Document.Table(
            caption: "How the story ends, all told", columns: ["Outcome", "Probability"],
            rows: forecast.outcomes.map { [$0.outcome, NumberFormat.percent($0.probability)] },
            numeric: [1])))
    }
    if blocks.isEmpty { return nil }
    return Document.Section(
      id: "questions", heading: "Other questions, and how it ends", blocks: blocks)
  }

  private func row(_ answer: Answer) -> [String] {
    let question = scenario.questions[answer.question]
    var name = answer.ask
    let conditions = ForecastText.conditionSentences(of: question, in: scenario)
    if !conditions.isEmpty { name += " (\(conditions.joined(separator: "; ")))" }
    if let by = answer.by { name += " By \(by)." }
    guard let estimate = answer.estimate else { return [name, "undefined", "", ""] }
    return [
      name, NumberFormat.percent(estimate.probability), NumberFormat.range(estimate.band),
      estimate.words,
    ]
  }
}
