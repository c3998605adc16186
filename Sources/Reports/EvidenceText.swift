public import Forecasts
public import Scenarios

/// What evidence did to a scenario's answers, as text.
public enum EvidenceText {
  /// How many points a probability moves before it is worth a word.
  static let leastMove = 2.0
  /// The same for where the middle of a quantity stands among the percentiles before.
  static let leastShift = 3.0
  /// How many lines the table of what changed has at most.
  static let mostRows = 10
  /// How many questions the table through time has at most.
  static let mostColumns = 4

  /// The answer before the evidence, for the line below the answer.
  static func before(_ prior: Estimate, isBest: Bool) -> [String] {
    let band = isBest ? "" : " (\(NumberFormat.range(prior.band)))"
    return ["  Before the evidence: \(NumberFormat.percent(prior.probability))\(band)."]
  }

  /// What the evidence could not bear on, of a question that supposes something.
  static func setAside(_ question: Int, _ posterior: Posterior) -> [String] {
    setAsideNote(question, posterior).map { TextLayout.wrap($0, first: "  ", indent: 2) } ?? []
  }

  /// The same as one paragraph; nil where nothing was set aside.
  static func setAsideNote(_ question: Int, _ posterior: Posterior) -> String? {
    guard let supposed = posterior.suppositions.first(where: { $0.question == question }) else {
      return nil
    }
    func names(_ items: [Int]) -> String {
      items.map { "'\(posterior.items[$0].text)'" }.joined(separator: ", ")
    }
    var text = ""
    if !supposed.contradicted.isEmpty {
      text += "Supposed against what was observed: \(names(supposed.contradicted)). "
    }
    text += "Of what happened from the supposed step on (\(names(supposed.setAside))) only what "
    text += "it tells of the parties counts here; what follows is thought through anew."
    return text
  }

  /// The evidence, how much it weighs, where it conflicts, and what it changed.
  public static func section(_ posterior: Posterior, scenario: Scenario) -> [String] {
    var lines = items(posterior, scenario)
    lines += weight(posterior)
    lines += conflicts(posterior)
    let changes = changes(posterior, scenario)
    if !changes.isEmpty { lines += [""] + changes }
    let timeline = timeline(posterior)
    if !timeline.isEmpty { lines += [""] + timeline }
    return lines
  }

  // MARK: - The evidence itself

  private static func items(_ posterior: Posterior, _ scenario: Scenario) -> [String] {
    let count = posterior.items.count
    let day = scenario.asOf.map { " up to \($0)" } ?? ""
    var lines = ["The evidence\(day), \(count) \(count == 1 ? "piece" : "pieces"):"]
    for item in posterior.items {
      let day = item.on.map { "\($0)" } ?? "undated   "
      let likelihood =
        item.isMove ? " (odds before: \(NumberFormat.percent(item.likelihood)))" : ""
      lines += TextLayout.wrap(
        (item.isMove ? item.text : "reported: \(item.text)") + likelihood, first: "  \(day)  ",
        indent: 14)
    }
    return lines
  }

  /// How much the evidence weighs.
  static func weight(_ posterior: Posterior) -> [String] {
    if posterior.forecast.isBest { return [] }
    let draws = NumberFormat.count(posterior.forecast.draws)
    let effective = NumberFormat.count(Int(posterior.effectiveDraws.rounded()))
    var text = "Weighed by it, the \(draws) draws tell as much as \(effective) that count equally"
    text += " (effective sample size)."
    if posterior.forecast.draws > posterior.requestedDraws {
      text += " More than the \(NumberFormat.count(posterior.requestedDraws)) asked for were taken,"
      text += " because few agree with the evidence."
    }
    if posterior.isThin {
      text += " That is little: the evidence is far from what the ranges allow for, and the answers"
      text += " are rough. Look at the ranges, or ask for more --draws."
    }
    return TextLayout.wrap(text)
  }

  private static func conflicts(_ posterior: Posterior) -> [String] {
    conflictSentences(posterior).flatMap { TextLayout.wrap($0) }
  }

  /// Where pieces of evidence speak against each other.
  static func conflictSentences(_ posterior: Posterior) -> [String] {
    posterior.conflicts.map { conflict in
      let names = conflict.items.map { "'\(posterior.items[$0].text)'" }
      let factor = NumberFormat.twoDigits(conflict.factor)
      let isWhole = conflict.items.count > 2
      return isWhole
        ? "All of it taken together is \(factor) times less likely than each piece alone suggests."
        : "\(names[0]) and \(names[1]) speak against each other: together \(factor) times less "
          + "likely than each alone suggests."
    }
  }

  // MARK: - What it changed

  /// What evidence did to one probability or quantity.
  struct Change {
    var name: String
    var before: String
    var after: String
    var word: String
    var size: Double

    var isMove: Bool { word != "as before" }
  }

  /// Questions, types and quantities, the one that moved most first.
  static func allChanges(_ posterior: Posterior, _ scenario: Scenario) -> [Change] {
    let all =
      questionChanges(posterior) + typeChanges(posterior) + quantityChanges(posterior, scenario)
    return all.enumerated().sorted {
      ($1.element.size, $0.offset) < ($0.element.size, $1.offset)
    }.map(\.element)
  }

  private static func changes(_ posterior: Posterior, _ scenario: Scenario) -> [String] {
    let all = allChanges(posterior, scenario)
    let moved = all.filter(\.isMove)
    if moved.isEmpty { return all.isEmpty ? [] : ["It changes hardly anything."] }
    let shown = moved.prefix(mostRows)
    var lines = ["What it changed, most first, before and after:"]
    lines += TextLayout.columns(
      shown.map {
        [TextLayout.clipped($0.name, to: 24), $0.before, $0.after, $0.word]
      }, indent: 2
    ).map { TextLayout.clipped($0, to: TextLayout.width) }
    let left = moved.count - shown.count
    let same = all.count - moved.count
    var rest: [String] = []
    if left > 0 { rest.append("\(left) more moved less") }
    if same > 0 { rest.append("\(same) hardly moved") }
    if !rest.isEmpty { lines.append("  (\(rest.joined(separator: "; ")))") }
    return lines
  }

  private static func questionChanges(_ posterior: Posterior) -> [Change] {
    zip(posterior.prior.answers, posterior.forecast.answers).compactMap { prior, answer in
      guard let before = prior.estimate, let after = answer.estimate else { return nil }
      return probability(
        "question '\(answer.id)'", before.probability, after.probability)
    }
  }

  private static func typeChanges(_ posterior: Posterior) -> [Change] {
    // Of a type with two values the second says nothing more.
    let counts = Dictionary(grouping: posterior.types, by: \.type).mapValues(\.count)
    var seen: Set<String> = []
    return posterior.types.compactMap { change in
      if counts[change.type] == 2, !seen.insert(change.type).inserted { return nil }
      return probability("\(change.type) = \(change.value)", change.prior, change.posterior)
    }
  }

  private static func probability(_ name: String, _ before: Double, _ after: Double) -> Change {
    let points = (after - before) * 100
    return Change(
      name: name, before: NumberFormat.percent(before), after: NumberFormat.percent(after),
      word: word(points, least: leastMove, up: "likelier", down: "less likely"),
      size: abs(points))
  }

  private static func quantityChanges(
    _ posterior: Posterior, _ scenario: Scenario
  ) -> [Change] {
    // What sampling alone can do to a percentile, nineteen times out of twenty.
    let noise = 100 / max(posterior.effectiveDraws, 1).squareRoot()
    return posterior.quantities.map { change in
      let input = scenario.inputs[change.input]
      func shown(_ value: Double) -> String {
        input.isProbability ? NumberFormat.percent(value) : NumberFormat.twoDigits(value)
      }
      func text(_ values: [Double]) -> String {
        "\(shown(values[1])) (\(shown(values[0]))..\(shown(values[2])))"
      }
      var word = word(
        change.shift, least: max(leastShift, noise), up: "higher", down: "lower")
      let width = change.prior[2] - change.prior[0]
      let after = change.posterior[2] - change.posterior[0]
      if word == "as before", width > 0, after < 0.75 * width { word = "narrower" }
      return Change(
        name: input.name, before: text(change.prior), after: text(change.posterior), word: word,
        size: abs(change.shift))
    }
  }

  private static func word(_ points: Double, least: Double, up: String, down: String) -> String {
    let direction = points > 0 ? up : down
    switch abs(points) {
    case ..<least: return "as before"
    case ..<max(10, 2 * least): return "a bit \(direction)"
    case ..<25: return direction
    default: return "much \(direction)"
    }
  }

  // MARK: - Through time

  private static func timeline(_ posterior: Posterior) -> [String] {
    guard posterior.timeline.count > 2 else { return [] }
    let answers = posterior.forecast.answers.prefix(mostColumns)
    var rows = [[""] + answers.map { TextLayout.clipped($0.id, to: 15) }]
    for moment in posterior.timeline {
      let cells = moment.answers.prefix(mostColumns).map {
        $0.map { NumberFormat.percent($0.probability) } ?? "-"
      }
      rows.append([moment.date.map { "\($0)" } ?? "before"] + cells)
    }
    return ["Day by day, with the evidence up to each:"]
      + TextLayout.columns(
        rows, rightAligned: Set(1...max(answers.count, 1)), indent: 2)
  }
}
