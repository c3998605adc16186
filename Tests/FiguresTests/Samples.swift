import Figures

/// Every figure with a label and a value of the test's choosing among plain ones.
enum Samples {
  static func all(
    width: Double, label: String = "hunger for missiles", value: Double = 0.3, count: Int = 6
  ) -> [Figure] {
    let quantity = FigureQuantity(name: label, unit: "points")
    let numbers = (0..<count).map { $0 == 1 ? value : Double($0) / Double(max(count, 2)) }
    let names = numbers.indices.map { "\(label) \($0)" }
    let share = { SensitivityFigure.Share(value: $0, low: $0 - 0.1, high: $0 + 0.1) }
    return [
      GameTreeFigure(parties: [label, "Russia"], nodes: tree(label, value, count))
        .figure(width: width),
      DistributionFigure(event: label, values: numbers).figure(width: width),
      TornadoFigure(
        event: label, base: 0.4,
        bars: numbers.map {
          .init(
            quantity: quantity, low: 1, high: 1430, atLow: $0, atHigh: 0.5, isMonotone: $0 < 0.5)
        }
      ).figure(width: width),
      SensitivityFigure(
        event: label,
        bars: zip(names, numbers).map { .init(name: $0, first: share($1 / 4), total: share($1)) }
      ).figure(width: width),
      ThresholdFigure(
        event: label, quantity: quantity,
        points: numbers.enumerated().map {
          .init(value: Double($0), probability: $1, low: $1 - 0.05, high: $1 + 0.05)
        }, sample: numbers.map { $0 * 5 }, best: 2, flips: [3, 3.05]
      ).figure(width: width),
      OutcomeMapFigure(
        event: label, x: quantity, y: quantity, xs: numbers.indices.map(Double.init),
        ys: numbers.indices.map(Double.init), cells: .outcomes(grid(count), names: ["war", label]),
        centerX: 2, centerY: 2
      ).figure(width: width),
      OutcomeMapFigure(
        event: label, x: quantity, y: quantity, xs: numbers.indices.map(Double.init), ys: [1],
        cells: .probabilities(numbers), centerX: value, centerY: 1
      ).figure(width: width),
      DealSpaceFigure(
        partyX: label, partyY: "Russia",
        deals: zip(names, numbers).map {
          .init(label: $0, gainX: $1 - 0.3, gainY: 0.5 - $1, isOnFrontier: $1 > 0.2)
        }, solutions: [.init(name: "Nash", gainX: 0.1, gainY: 0.1)]
      ).figure(width: width),
      TimelineFigure(
        event: label,
        points: numbers.enumerated().map {
          .init(day: Double($0), date: "2024-10-0\($0 + 1)", probability: $1, low: $1, high: $1)
        }, evidence: names.map { .init(day: value, date: "2024-10-09", text: $0) }
      ).figure(width: width),
      ArgumentMapFigure(
        claims: names.map { .init(text: $0) },
        steps: names.map { .init(text: $0, source: "op-ed") },
        answers: names.prefix(2).map { .init(text: $0, needsSource: false) },
        bearing: names.indices.map { .init($0, ($0 * 7) % max(count, 1)) } + [.init(99, 0)],
        deciding: names.indices.map { .init($0, $0 % 2) }
      ).figure(width: width),
    ]
  }

  /// Two steps of `count` choices each, then chance.
  static func tree(_ label: String, _ value: Double, _ count: Int) -> [GameTreeFigure.Node] {
    guard count > 0 else { return [] }
    var nodes: [GameTreeFigure.Node] = [.init(parent: nil, kind: .party(0), label: label)]
    for choice in 0..<count {
      nodes.append(
        .init(
          parent: 0, kind: .party(1), label: label, incoming: label,
          probability: choice == 1 ? value : 1 / Double(count), informationSet: 4))
      let parent = nodes.count - 1
      for end in 0..<count {
        nodes.append(
          .init(
            parent: parent, kind: .end, incoming: label, probability: 1 / Double(count),
            outcome: "\(label) \(end)", payoffs: [value, 1]))
      }
    }
    return nodes
  }

  private static func grid(_ count: Int) -> [Int?] {
    (0..<count * count).map { $0 % count < 3 ? 0 : $0 % 7 == 6 ? nil : 1 }
  }
}
