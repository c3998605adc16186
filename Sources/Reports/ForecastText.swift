public import Forecasts
public import Scenarios

/// A forecast as text: the answer first, then how it comes about, then how it was found.
public enum ForecastText {
  /// The whole of `ask`.
  ///
  /// `skipped` names questions that another command answers.
  public static func ask(
    _ forecast: Forecast, posterior: Posterior? = nil, scenario: Scenario, file: String,
    skipped: [Question]
  ) -> String {
    var lines: [String] = []
    for (place, answer) in forecast.answers.enumerated() {
      lines += self.answer(
        answer, prior: posterior?.prior.answers[place], scenario: scenario,
        isBest: forecast.isBest)
      if let posterior {
        lines += EvidenceText.setAside(answer.question, posterior)
      }
      lines.append("")
    }
    if let posterior {
      lines += EvidenceText.section(posterior, scenario: scenario)
      lines.append("")
    }
    // Evidence bears on the story as it stands, not on one in which something is imposed.
    if posterior == nil || scenario.imposed.isEmpty {
      lines += mainLine(forecast)
      if forecast.outcomes.count > 1 {
        lines.append("")
        lines.append("How it ends, all told:")
        lines += outcomes(forecast)
      }
      lines.append("")
    }
    lines += method(forecast, scenario: scenario)
    if !skipped.isEmpty {
      let names = skipped.map { "'\($0.id)'" }.joined(separator: ", ")
      lines += TextLayout.wrap(
        "Not about a probability, so left to `entente why \(file) QUESTION`: \(names).")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The lines of one answer; with evidence, `prior` is the answer before it.
  public static func answer(
    _ answer: Answer, prior: Answer? = nil, scenario: Scenario, isBest: Bool
  ) -> [String] {
    let question = scenario.questions[answer.question]
    var lines = TextLayout.wrap(answer.ask, indent: 0)
    lines += conditions(of: question, in: scenario)
    guard let estimate = answer.estimate else {
      lines.append("  Undefined: the condition is impossible in this story.")
      return lines
    }
    lines += headline(estimate, isBest: isBest, hasRanges: !scenario.uncertainInputs.isEmpty)
    if let before = prior?.estimate {
      lines += EvidenceText.before(before, isBest: isBest)
    }
    if let date = answer.by {
      lines += TextLayout.wrap(
        "By \(date). " + (question.resolves ?? "What decides it is not stated."), first: "  ",
        indent: 2)
    } else if let resolves = question.resolves {
      lines += TextLayout.wrap("In this story, undated. " + resolves, first: "  ", indent: 2)
    } else {
      lines.append("  In this story, undated.")
    }
    if let range = answer.selection { lines += selection(range) }
    if answer.isOffPath {
      lines += TextLayout.wrap(
        "Off the path: the condition never holds in equilibrium; what parties would then believe "
          + "decides.", first: "  ", indent: 2)
    } else if let condition = answer.conditionProbability {
      lines.append("  The condition itself: \(NumberFormat.percent(condition)).")
    }
    return lines
  }

  /// How far an answer depends on which equilibrium is played.
  static func selection(_ range: SelectionRange) -> [String] {
    let draws = "(\(NumberFormat.count(range.draws)) draws)"
    let text =
      if range.isComplete {
        "There is no other equilibrium \(draws)."
      } else if range.high - range.low < 0.0005 {
        "Other equilibria: none found that changes it \(draws)."
      } else {
        "Other equilibria: at least \(NumberFormat.range(range.low...range.high)) \(draws)."
      }
    return TextLayout.wrap(text, first: "  ", indent: 2)
  }

  /// What a question supposes and takes as given, in lines.
  static func conditions(of question: Question, in scenario: Scenario) -> [String] {
    conditionSentences(of: question, in: scenario).flatMap {
      TextLayout.wrap($0, first: "  ", indent: 4)
    }
  }

  /// What a question supposes and takes as given, one sentence for each.
  static func conditionSentences(of question: Question, in scenario: Scenario) -> [String] {
    var sentences: [String] = []
    if let written = question.writtenSupposing {
      let lead = question.isSecret ? "supposing, unknown to the others, " : "supposing "
      sentences.append(lead + written + (question.writtenWhere.map { ", where \($0)" } ?? ""))
    }
    if let written = scenario.writtenImposed { sentences.append("supposing " + written) }
    if let written = question.writtenGiven { sentences.append("given " + written) }
    return sentences.map(TextLayout.oneLine)
  }

  /// Probability, words, band and errors.
  static func headline(_ estimate: Estimate, isBest: Bool, hasRanges: Bool) -> [String] {
    var text = "\(NumberFormat.percent(estimate.probability)), \(estimate.words)."
    if !hasRanges {
      text += " No quantity has a range."
    } else if isBest {
      text += " Every quantity at its best estimate, so no range."
    } else {
      text +=
        " Over the assumptions: \(NumberFormat.range(estimate.band)) (5th to 95th percentile)."
      text += " Sampling error: \(NumberFormat.points(estimate.samplingError)) points."
    }
    if let inside = estimate.insideTheStory {
      text += " Within the story alone: \(NumberFormat.percent(inside))."
    }
    if estimate.bounds.lowerBound < estimate.bounds.upperBound {
      text +=
        " With the draws that could not be certified: \(NumberFormat.range(estimate.bounds))."
    }
    return TextLayout.wrap(text, first: "  ", indent: 2)
  }

  /// The likeliest course of the story.
  static func mainLine(_ forecast: Forecast) -> [String] {
    guard !forecast.mainLine.isEmpty else { return ["Nothing happens in this story."] }
    return ["The main line of play, each step given those before:"]
      + playedSteps(forecast.mainLine[...])
  }

  /// A line for each step, with its odds in front. `evidence` says which of them were observed.
  static func playedSteps(
    _ steps: ArraySlice<Forecast.PlayedStep>, evidence: [Evidence] = []
  ) -> [String] {
    let observed = Set(evidence.filter(\.isMove).map { TextLayout.oneLine($0.written) })
    let rows = steps.map { step in
      [
        NumberFormat.percent(step.probability),
        "\(step.party ?? "chance"), \(step.step): \(step.value)"
          + (observed.contains("\(step.step) = \(step.value)") ? " (observed)" : ""),
      ]
    }
    return TextLayout.columns(rows, rightAligned: [0], indent: 2).map {
      TextLayout.clipped($0, to: TextLayout.width)
    }
  }

  static func outcomes(_ forecast: Forecast) -> [String] {
    let rows = forecast.outcomes.map { [NumberFormat.percent($0.probability), $0.outcome] }
    return TextLayout.columns(rows, rightAligned: [0], indent: 2)
  }

  /// How far the play is proved, in one sentence.
  static func certified(_ forecast: Forecast, isLogit: Bool) -> String {
    let gap = NumberFormat.scientific(max(forecast.largestRegret, 1e-16))
    return isLogit
      ? "Certified: the logit equations hold to \(gap) in the logarithms of odds."
      : "Certified: nobody gains over \(gap) of its payoff range by acting otherwise."
  }

  /// How many draws are left out, as sentences that follow others.
  static func leftOut(_ forecast: Forecast) -> String {
    var text = ""
    if forecast.uncertified > 0 {
      text +=
        " \(NumberFormat.count(forecast.uncertified)) draws could not be certified and are left "
        + "out."
    }
    if forecast.invalid > 0 {
      text += " \(NumberFormat.count(forecast.invalid)) draws are invalid and left out."
    }
    return text
  }

  /// How the numbers were found, and how far they are proved.
  static func method(
    _ forecast: Forecast, scenario: Scenario
  ) -> [String] {
    var text: String
    if forecast.isBest {
      text =
        scenario.uncertainInputs.isEmpty
        ? "One solution, since no quantity has a range" : "One solution at the best estimates"
    } else {
      text = "\(NumberFormat.count(forecast.draws)) draws of the assumptions, seed \(forecast.seed)"
    }
    switch scenario.solve.selection {
    case .fixedRationality:
      text += "; in each the logit equilibrium at the stated rationality. Certified: its equations "
      text += "hold to \(NumberFormat.scientific(max(forecast.largestRegret, 1e-16))) in the "
      text += "logarithms of odds."
    default:
      text +=
        "; in each the sequential equilibrium that is the limit of the logit path. Certified: "
      text += "nobody could gain more than "
      text += NumberFormat.scientific(max(forecast.largestRegret, 1e-16))
      text += " of its payoff range by acting otherwise anywhere."
    }
    if forecast.uncertified > 0 {
      text += " \(NumberFormat.count(forecast.uncertified)) draws could not be certified"
      if let reason = forecast.uncertifiedReason {
        text += " (draw \(reason.draw): \(reason.message))"
      }
      text += "; they are left out, and bound the answer."
    }
    if forecast.invalid > 0, let reason = forecast.invalidReason {
      text +=
        " \(NumberFormat.count(forecast.invalid)) draws are invalid and left out"
        + " (draw \(reason.draw)\(reason.place.map { ", line \($0.line)" } ?? ""): "
        + "\(reason.message))."
    }
    var lines = TextLayout.wrap(text)
    if !forecast.idleOptions.isEmpty {
      let names = forecast.idleOptions.map { "\($0.party) '\($0.option)' (\($0.step))" }
      lines += TextLayout.wrap(
        "Never worth choosing in any draw: \(names.joined(separator: "; ")).")
    }
    return lines
  }
}
