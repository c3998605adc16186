public import Forecasts
import Scenarios

/// An explanation as text: the answer, the reasons, what would change it, and how sure all that is.
public struct WhyText {
  let found: Explanation
  let file: String
  let isVerbose: Bool

  var scenario: Scenario { found.scenario }
  var question: Question { scenario.questions[found.question] }

  /// The whole of `why`.
  ///
  /// - Parameters:
  ///   - file: the scenario's file, for commands to type.
  ///   - verbose: everything, not only what fits two screens.
  public static func why(_ found: Explanation, file: String, verbose: Bool = false) -> String {
    let text = WhyText(found: found, file: file, isVerbose: verbose)
    var parts = [text.head(), text.line()]
    switch text.question.kind {
    case .probability, .flip:
      parts += [text.turns(), text.drivers(), text.whatIfs()]
    case .drivers:
      parts += [text.drivers(), text.turns(), text.whatIfs()]
    }
    parts.append(text.method())
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  // MARK: - The answer

  private func head() -> [String] {
    var lines = TextLayout.wrap(question.ask)
    if !question.asksProbability {
      lines += TextLayout.wrap("about: " + question.writtenEvent, first: "  ", indent: 4)
    }
    lines += ForecastText.conditions(of: question, in: scenario)
    guard let answer = found.answer, let estimate = answer.estimate else {
      return lines + ["  Undefined: the condition is impossible in this story."]
    }
    var text = "\(NumberFormat.percent(estimate.probability)), \(estimate.words)."
    if found.dependence != nil, !found.forecast.isBest {
      text += " Over the assumptions: \(NumberFormat.range(estimate.band))."
    }
    if let inside = estimate.insideTheStory {
      text += " Within the story alone: \(NumberFormat.percent(inside))."
    }
    text += answer.by.map { " By \($0)." } ?? " In this story, undated."
    if let resolves = question.resolves {
      text += " " + (isVerbose ? resolves : WhyText.firstSentence(of: resolves))
    }
    lines += TextLayout.wrap(text, first: "  ", indent: 2)
    if let range = answer.selection { lines += ForecastText.selection(range) }
    if let posterior = found.posterior { lines += evidence(posterior) }
    return lines
  }

  /// What the evidence did to the answer.
  private func evidence(_ posterior: Posterior) -> [String] {
    var lines: [String] = []
    if let before = posterior.prior.answers.first?.estimate {
      lines += EvidenceText.before(before, isBest: posterior.prior.isBest)
    }
    lines += EvidenceText.setAside(found.question, posterior)
    let day = scenario.lastKnownDay.map { " up to \($0)" } ?? ""
    var text =
      "All that follows is in the light of the evidence\(day)"
      + (found.reasonsArePrior
        ? ", but for the reasons: what was observed belongs to another story than what is supposed."
        : ".")
    if posterior.isThin { text += " Few draws agree with it, so the numbers are rough." }
    return lines + TextLayout.wrap(text, first: "  ", indent: 2)
  }

  private static func firstSentence(of text: String) -> String {
    guard let end = text.firstRange(of: ". ") else { return text }
    return text[..<end.lowerBound] + ". […]"
  }

  // MARK: - Reasons

  /// The main line of play with what each choice brings over the next best.
  private func line() -> [String] {
    guard !found.forecast.mainLine.isEmpty else { return ["Nothing happens in this story."] }
    var lines = ["Why: the main line of play, and what each choice brings its party over others:"]
    let known = found.posterior == nil || found.reasonsArePrior ? [] : scenario.evidence
    var open = found.reasons[...]
    for step in found.forecast.mainLine {
      lines += ForecastText.playedSteps([step][...], evidence: known)
      guard let reason = open.first, reason.step == step.step, reason.option == step.value else {
        continue
      }
      open.removeFirst()
      lines += reasons(reason)
    }
    return lines
  }

  private func reasons(_ reason: ChoiceReason) -> [String] {
    guard let next = reason.alternatives.first else { return [] }
    var lines = comparison(lead(next, reason), next)
    for other in reason.alternatives.dropFirst() where isVerbose || leadsToEvent(reason, other) {
      lines += comparison(lead(other, reason), other)
    }
    return lines
  }

  /// By how much the choice is better; where errors are made it can be worse.
  private func lead(_ other: ChoiceReason.Alternative, _ reason: ChoiceReason) -> String {
    "\(amount(abs(other.gain), reason)) \(other.gain < 0 ? "worse" : "better") than"
  }

  /// A gain; one that the solver's tolerance can hide is a tie.
  private func amount(_ gain: Double, _ reason: ChoiceReason) -> String {
    abs(gain) <= 1e-6 * reason.payoffRange ? "0" : NumberFormat.significant(gain)
  }

  private func comparison(_ lead: String, _ other: ChoiceReason.Alternative) -> [String] {
    let start = "       " + lead + " '\(other.option)':"
    let terms = other.terms.map { "\($0.name) \(NumberFormat.signed($0.gain))" }
    if isVerbose {
      return TextLayout.wrap(terms.joined(separator: ", "), first: start + " ", indent: 9)
    }
    // As many terms as the line holds; the weightiest come first.
    var line = start
    for (place, term) in terms.enumerated() {
      let next = line + (place == 0 ? " " : ", ") + term
      let room = TextLayout.width - (place < terms.count - 1 ? 3 : 0)
      if next.count > room {
        return [TextLayout.clipped(line + (place == 0 ? "" : ", …"), to: TextLayout.width)]
      }
      line = next
    }
    return [line]
  }

  /// Whether an option that was passed over is the one with which the event would be likeliest.
  private func leadsToEvent(
    _ reason: ChoiceReason, _ other: ChoiceReason.Alternative
  ) -> Bool {
    let same = found.counterfactuals.filter { $0.step == reason.step }
    guard let best = same.max(by: { ($0.probability ?? 0) < ($1.probability ?? 0) }),
      let base = found.base, best.option == other.option
    else { return false }
    return (best.probability ?? 0) > base + 2 * best.differenceError + 0.01
  }

  // MARK: - How it was found

  private func method() -> [String] {
    var text =
      "\(NumberFormat.count(found.forecast.draws)) draws, seed \(found.forecast.seed); reasons and "
      + "what-ifs by the first \(NumberFormat.count(found.comparisonDraws))."
    if let posterior = found.posterior {
      let effective = NumberFormat.count(Int(posterior.effectiveDraws.rounded()))
      text += " By the evidence the draws tell as much as \(effective) that count equally."
    }
    if found.forecast.isBest { text = "One solution, every quantity at its best estimate." }
    text +=
      " "
      + ForecastText.certified(
        found.forecast,
        isLogit: (found.posterior?.selection ?? scenario.solve.selection) == .fixedRationality)
    text += ForecastText.leftOut(found.forecast)
    var lines = TextLayout.wrap(text)
    if !isVerbose {
      lines += TextLayout.wrap("All of it: entente why \(file) \(question.id) --verbose")
    }
    return lines
  }
}
