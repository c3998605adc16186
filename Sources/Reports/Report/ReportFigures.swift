public import Figures
public import Forecasts
import Mathematics
public import Scenarios

/// The drawings of what the analyses found, for reports and pages.
public struct ReportFigures {
  private let found: Explanation
  private let width: Double

  private var scenario: Scenario { found.scenario }
  private var event: String { scenario.questions[found.question].ask }

  /// Drawings of an explanation, so many CSS pixels wide.
  public init(_ found: Explanation, width: Double = 720) {
    self.found = found
    self.width = width
  }

  /// The event as a name in a title, without its question mark.
  private var name: String { event.hasSuffix("?") ? String(event.dropLast()) : event }

  private func quantity(_ input: Int) -> FigureQuantity {
    let declared = scenario.inputs[input]
    return FigureQuantity(
      name: declared.name, unit: declared.unit ?? "", isShare: declared.isProbability)
  }

  // MARK: - Of the answer

  /// What the assumptions make of the probability; nil where nothing is uncertain.
  public var distribution: Figure? {
    guard let dependence = found.dependence, let estimate = found.answer?.estimate else {
      return nil
    }
    return DistributionFigure(
      event: name, values: dependence.answers, weights: dependence.weights,
      probability: estimate.probability, band: estimate.band
    ).figure(width: width)
  }

  /// The story as it is likely to go.
  public var story: Figure? {
    var options = StoryFigure.Options()
    options.width = width
    return StoryFigure.figure(found.forecast.story, options: options)
  }

  // MARK: - Of the assumptions

  /// The answer as one quantity at a time runs over its range.
  public var tornado: Figure? {
    guard let tornado = found.dependence?.tornado, let base = tornado.base else { return nil }
    let bars = tornado.bars.compactMap { bar -> TornadoFigure.Bar? in
      guard bar.width > 1e-6, let low = bar.responses.first.flatMap(\.self),
        let high = bar.responses.last.flatMap(\.self)
      else { return nil }
      return TornadoFigure.Bar(
        quantity: quantity(bar.input), low: bar.values[0], high: bar.values[bar.values.count - 1],
        atLow: low, atHigh: high, isMonotone: bar.isMonotone)
    }
    if bars.isEmpty { return nil }
    return TornadoFigure(event: name, base: base, bars: bars, level: found.level)
      .figure(width: width)
  }

  /// The shares of the variance that each quantity explains.
  public var sensitivity: Figure? {
    guard let sensitivity = found.dependence?.sensitivity, sensitivity.variance > 0 else {
      return nil
    }
    let bars = sensitivity.ranking.map { sensitivity.inputs[$0] }
      .filter { $0.finding != .none && $0.finding != .notDetected }
      .compactMap { one in
        // In the light of evidence there is no total to draw.
        one.total.map { total in
          SensitivityFigure.Bar(
            name: scenario.inputs[one.input].name,
            first: SensitivityFigure.Share(
              value: one.first.estimate, low: one.first.interval.lowerBound,
              high: one.first.interval.upperBound),
            total: SensitivityFigure.Share(
              value: total.estimate, low: total.interval.lowerBound,
              high: total.interval.upperBound))
        }
      }
    if bars.isEmpty { return nil }
    return SensitivityFigure(event: name, bars: bars, limit: 10).figure(width: width)
  }

  /// The mean answer against each of the quantities that matter most, with its thresholds.
  public var curves: [Figure] {
    guard let dependence = found.dependence else { return [] }
    return zip(dependence.curves, dependence.scatters).prefix(3).enumerated().compactMap {
      place, pair in
      let (curve, scatter) = pair
      if curve.bins.count < 2 { return nil }
      let points = curve.bins.map { bin in
        ThresholdFigure.Point(
          value: bin.center, probability: bin.mean, low: bin.interval.lowerBound,
          high: bin.interval.upperBound)
      }
      let flips = dependence.thresholds.found.first { $0.input == curve.input }?.crossings.map {
        ($0.lower.value + $0.upper.value) / 2
      }
      return ThresholdFigure(
        id: "threshold-\(place + 1)", event: name, quantity: quantity(curve.input),
        points: points, sample: scatter.values, best: scenario.inputs[curve.input].best,
        level: found.level, flips: flips ?? []
      ).figure(width: width)
    }
  }

  /// The answer over the two quantities that matter most; nil where fewer matter.
  public var map: Figure? {
    guard let map = found.dependence?.map else { return nil }
    let values = map.probabilities.map { $0 ?? .nan }
    let known = map.probabilities.compactMap(\.self)
    guard let low = known.min(), let high = known.max() else { return nil }
    let (x, y) = (scenario.inputs[map.x.input], scenario.inputs[map.y.input])
    let range = "\(NumberFormat.percent(low)) and \(NumberFormat.percent(high))"
    let above = Double(known.count { $0 >= found.level }) / Double(known.count)
    let level = NumberFormat.percent(found.level)
    let verdict =
      above == 0
      ? "never as high as \(level)"
      : above == 1
        ? "never below \(level)" : "at \(level) or more on \(NumberFormat.share(above)) of the map"
    return OutcomeMapFigure(
      event: name, x: quantity(map.x.input), y: quantity(map.y.input), xs: map.x.values,
      ys: map.y.values, cells: .probabilities(values), centerX: x.best, centerY: y.best,
      level: found.level,
      caption:
        "The answer if both quantities were known, from their 5th to their 95th percentiles, "
        + "and the others as drawn: the same \(map.draws) draws in every cell, sampling error at "
        + "most \(NumberFormat.points(map.samplingError)) points. A cell is what 'ask' says with both "
        + "set to its middle and as many draws.",
      title: "With '\(x.name)' and '\(y.name)' known the answer is between \(range), \(verdict)"
    ).figure(width: width)
  }

  /// What each assumption rests on, and which of them bear on the answer.
  public var argument: Figure? {
    guard let sensitivity = found.dependence?.sensitivity else { return nil }
    let leading = sensitivity.ranking.map { sensitivity.inputs[$0] }
      .filter { $0.finding != .none && $0.finding != .notDetected }.prefix(12).map(\.input)
    if leading.isEmpty { return nil }
    return ArgumentMapFigure(
      claims: leading.map {
        ArgumentMapFigure.Item(
          text: scenario.inputs[$0].because ?? "no reason given",
          source: scenario.inputs[$0].source ?? "")
      },
      steps: leading.map {
        ArgumentMapFigure.Item(text: scenario.inputs[$0].name, needsSource: false)
      },
      answers: [ArgumentMapFigure.Item(text: event, needsSource: false)],
      bearing: leading.indices.map { ArgumentMapFigure.Link($0, $0) },
      deciding: leading.indices.map { ArgumentMapFigure.Link($0, 0) }, title: grounds(of: leading)
    ).figure(width: width)
  }

  /// What the figure says of its sources where judgment is one; nil leaves it to the figure.
  private func grounds(of inputs: [Int]) -> String? {
    let grades = inputs.map { SourceGrade(scenario.inputs[$0], in: scenario) }
    let judged = grades.count { $0 == .judgment }
    if judged == 0 || grades.contains(.unsourced) { return nil }
    return judged == inputs.count
      ? "What moves the answer most rests on judgment alone"
      : "Of the \(inputs.count) assumptions that move the answer most, \(judged) "
        + (judged == 1 ? "rests" : "rest") + " on judgment alone"
  }

  // MARK: - Of the evidence

  /// The answer as of each day on which something was observed; nil for fewer than two days.
  public func timeline(_ posterior: Posterior) -> Figure? {
    guard
      let place = posterior.forecast.answers.firstIndex(where: { $0.question == found.question })
    else { return nil }
    let points = posterior.timeline.compactMap { moment -> TimelineFigure.Point? in
      // What was answered before any evidence stands on the scenario's own day.
      guard let date = moment.date ?? scenario.asOf, let estimate = moment.answers[place] else {
        return nil
      }
      return TimelineFigure.Point(
        day: Double(date.dayNumber), date: "\(date)", probability: estimate.probability,
        low: estimate.band.lowerBound, high: estimate.band.upperBound)
    }
    if points.count < 2 { return nil }
    return TimelineFigure(
      event: name, points: points,
      evidence: posterior.items.compactMap { item in
        item.on.map {
          TimelineFigure.Evidence(day: Double($0.dayNumber), date: "\($0)", text: item.text)
        }
      }, until: scenario.questions[found.question].by.map { Double($0.dayNumber) }
    ).figure(width: width)
  }

  // MARK: - Of deals

  /// What each deal brings two signatories; nil for fewer or more of them.
  public static func deals(_ found: Deals, scenario: Scenario, width: Double = 720) -> Figure? {
    guard found.signatories.count == 2, !found.deals.isEmpty else { return nil }
    let (first, second) = (found.signatories[0], found.signatories[1])
    let shown = found.families.map { found.deals[$0.best] }
    return DealSpaceFigure(
      partyX: scenario.parties[first].name, partyY: scenario.parties[second].name,
      deals: shown.map {
        DealSpaceFigure.Deal(
          label: $0.name, gainX: $0.gains[first].mean, gainY: $0.gains[second].mean,
          isOnFrontier: $0.isEfficient)
      },
      solutions: found.points.compactMap { point in
        guard let deal = point.deals.first.map({ found.deals[$0] }) else { return nil }
        return DealSpaceFigure.Solution(
          name: DealsText.title(of: point.rule), gainX: deal.gains[first].mean,
          gainY: deal.gains[second].mean)
      }
    ).figure(width: width)
  }

  // MARK: - In a report

  /// The drawings by the part of a report that they belong to.
  public func pictures(
    deals: Deals?, posterior: Posterior?
  ) -> [ReportDocument.Part: [Document.Picture]] {
    let drawn: [ReportDocument.Part: [Figure?]] = [
      .answer: [distribution],
      .evidence: [posterior.flatMap(timeline)], .why: [story],
      .change: curves + [map, sensitivity, tornado],
      .assumptions: [argument],
      .deals: [deals.flatMap { ReportFigures.deals($0, scenario: scenario, width: width) }],
    ]
    return drawn.mapValues { $0.compactMap(\.self).map(Document.Picture.init) }
  }
}

extension Document.Picture {
  /// A figure as a picture of a document.
  public init(_ figure: Figure) {
    self.init(
      title: figure.title, caption: figure.caption, alternative: figure.alternative,
      svg: figure.svg,
      table: Document.Table(
        caption: "", columns: figure.table.columns, rows: figure.table.rows))
  }
}
