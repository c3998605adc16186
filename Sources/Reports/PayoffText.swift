public import Forecasts
import Mathematics
import Scenarios

/// What moves a party's payoff, as text.
public struct PayoffText {
  private let found: PayoffExplanation
  private let file: String
  private let isVerbose: Bool

  private var scenario: Scenario { found.scenario }
  private var party: String { scenario.parties[found.party].name }
  private var question: Question? { found.question.map { scenario.questions[$0] } }

  /// The whole of `why --payoff`.
  ///
  /// - Parameters:
  ///   - file: the scenario's file, for commands to type.
  ///   - verbose: everything, not only what fits two screens.
  public static func payoff(
    _ found: PayoffExplanation, file: String, verbose: Bool = false
  ) -> String {
    let text = PayoffText(found: found, file: file, isVerbose: verbose)
    let parts = [text.head(), text.drivers(), text.oneByOne(), text.curves(), text.method()]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  // MARK: - What it comes to

  private func head() -> [String] {
    var lines = TextLayout.wrap("What is \(party)'s expected payoff, and what moves it?")
    if let question {
      lines += TextLayout.wrap("in the story of: " + question.ask, first: "  ", indent: 4)
      lines += ForecastText.conditions(of: question, in: scenario)
    } else if let written = scenario.writtenImposed {
      lines += TextLayout.wrap("supposing " + written, first: "  ", indent: 4)
    }
    guard let mean = found.mean else {
      return lines + ["  Undefined: the condition is impossible in this story."]
    }
    var text = "\(amount(mean)), in the payoff's own unit."
    if found.dependence != nil, let band = found.band {
      text +=
        " Over the assumptions: \(amount(band.lowerBound)) to \(amount(band.upperBound)) (5th to "
        + "95th percentile). Sampling error: \(NumberFormat.twoDigits(found.samplingError))."
    }
    text +=
      " By the analyst's odds, in the play that results. It compares with no other party's payoff."
    lines += TextLayout.wrap(text, first: "  ", indent: 2)
    if !scenario.evidence.isEmpty {
      lines += TextLayout.wrap(
        "Before the evidence in the file, which is not weighed here.", first: "  ", indent: 2)
    }
    return lines
  }

  /// A payoff to the digits that its sampling error supports, or to three.
  private func amount(_ value: Double) -> String {
    guard found.samplingError > 0 else { return NumberFormat.significant(value) }
    var decimals = 0
    var unit = 1.0
    while unit > found.samplingError, decimals < 5 {
      decimals += 1
      unit /= 10
    }
    return NumberFormat.rounded(value, decimals)
  }

  // MARK: - What moves it

  private func drivers() -> [String] {
    guard let dependence = found.dependence else { return [] }
    guard dependence.sensitivity.variance > 0 else {
      return TextLayout.wrap("The payoff is the same in every draw: no quantity moves it.")
    }
    var lines = SensitivityText(
      sensitivity: dependence.sensitivity, scenario: scenario, isVerbose: isVerbose,
      response: "payoff"
    ).lines()
    let worth = dependence.information.items.filter { $0.reduction.interval.lowerBound > 0 }
    let spread = NumberFormat.twoDigits(dependence.information.variance.squareRoot())
    if worth.isEmpty {
      lines.append("  Find out first: no single quantity is seen to be worth it.")
    } else {
      let names = worth.prefix(3).map { item in
        let left = (1 - min(max(item.share.estimate, 0), 1)) * dependence.information.variance
        return "'\(scenario.inputs[item.input].name)' (leaves "
          + "\(NumberFormat.twoDigits(left.squareRoot())))"
      }
      lines += TextLayout.wrap(
        "Find out first, of a standard deviation of \(spread): \(names.joined(separator: ", ")).",
        first: "  ", indent: 2)
    }
    return lines
  }

  /// The tornado: the quantities whose range moves the payoff most.
  private func oneByOne() -> [String] {
    guard let tornado = found.dependence?.tornado, let base = tornado.base else { return [] }
    let bars = tornado.bars.filter { $0.width > 0 }
    if bars.isEmpty { return [] }
    let rows = bars.prefix(isVerbose ? bars.count : 5).map { bar -> [String] in
      let input = scenario.inputs[bar.input]
      let range =
        "\(QuantityText.short(bar.values[0], of: input, hasUnit: false)) to "
        + QuantityText.short(bar.values[4], of: input)
      return [
        bar.responses[0].map(NumberFormat.significant) ?? "none", "to",
        (bar.responses[4].map(NumberFormat.significant) ?? "none")
          + (bar.isMonotone ? "" : " ~"),
        input.name, range,
      ]
    }
    var lines = TextLayout.wrap(
      "One at a time, each from its 5th to its 95th percentile and all others at their best "
        + "estimates (there: \(NumberFormat.significant(base))):")
    lines += TextLayout.columns(rows, rightAligned: [0], indent: 2).map {
      TextLayout.clipped($0, to: TextLayout.width)
    }
    if bars.prefix(rows.count).contains(where: { !$0.isMonotone }) {
      lines.append("  ~ Turns on the way.")
    }
    return lines
  }

  /// Partial dependence, in a few bins.
  private func curves() -> [String] {
    guard let dependence = found.dependence else { return [] }
    let shown = dependence.curves.filter { $0.bins.count > 1 }.prefix(isVerbose ? 8 : 3)
    if shown.isEmpty { return [] }
    var lines = TextLayout.wrap(
      "Its mean in the draws in which one of them is near a value, with 90% intervals:")
    let rows = shown.flatMap { curve -> [[String]] in
      let input = scenario.inputs[curve.input]
      let places = PayoffText.places(curve.bins.count)
      return places.map { place -> [String] in
        let bin = curve.bins[place]
        return [
          place == places[0] ? input.name + (curve.isConditional ? " *" : "") : "",
          QuantityText.short(bin.center, of: input),
          NumberFormat.significant(bin.mean),
          "(\(NumberFormat.significant(bin.interval.lowerBound)) to "
            + "\(NumberFormat.significant(bin.interval.upperBound)))",
        ]
      }
    }
    lines += TextLayout.columns(rows, rightAligned: [2], indent: 2).map {
      TextLayout.clipped($0, to: TextLayout.width)
    }
    if shown.contains(where: \.isConditional) {
      lines.append("  * Those that it moves with move along: not what setting it would give.")
    }
    return lines
  }

  /// The first bin, the last and one in the middle.
  private static func places(_ count: Int) -> [Int] {
    count < 4 ? Array(0..<count) : [0, count / 2, count - 1]
  }

  // MARK: - How it was found

  private func method() -> [String] {
    let forecast = found.forecast
    var text =
      "Reasons, thresholds, the nearest flip and what-ifs are about a question and its verdict, and "
      + "a payoff has none: entente why \(file)"
      + (question.map { " \($0.id)" } ?? "") + "."
    text +=
      forecast.isBest
      ? " One solution, every quantity at its best estimate."
      : " \(NumberFormat.count(forecast.draws)) draws, seed \(forecast.seed)."
    text +=
      " " + ForecastText.certified(forecast, isLogit: scenario.solve.selection == .fixedRationality)
    text += ForecastText.leftOut(forecast)
    return TextLayout.wrap(text)
  }
}
