/// How likely an event is in each world: the distribution of P(event | assumptions).
public struct DistributionFigure: Sendable, Hashable {
  /// Id in the page.
  public var id: String
  /// The event, as the question names it.
  public var event: String
  /// P(event | θ), one per draw of the assumptions.
  public var values: [Double]
  /// Weights of the draws; empty for equal ones.
  public var weights: [Double]
  /// The published probability; nil for the mean of the values.
  public var probability: Double?
  /// The published band (5th to 95th percentile); nil for that of the values.
  public var band: ClosedRange<Double>?
  /// States the finding; nil for one made from the numbers.
  public var title: String?

  /// Data of the figure.
  public init(
    id: String = "distribution", event: String, values: [Double], weights: [Double] = [],
    probability: Double? = nil, band: ClosedRange<Double>? = nil, title: String? = nil
  ) {
    self.id = id
    self.event = event
    self.values = values
    self.weights = weights
    self.probability = probability
    self.band = band
    self.title = title
  }

  /// A histogram with the probability as a line and the band shaded.
  public func figure(width: Double = 720) -> Figure {
    let width = Figure.usable(width)
    let sample = WeightedSample(values.map { min(max($0, 0), 1) }, weights)
    let columns = ["P(event) from", "to", "share of worlds"]
    guard !sample.isEmpty else {
      return .empty(
        id: id, title: title ?? event, width: width,
        message: "No draws to show." + Figure.leftOut(sample.dropped, "draw"), columns: columns)
    }
    let mean = finite(probability) ?? sample.mean
    let low = finite(band?.lowerBound) ?? sample.quantile(0.05)
    let high = finite(band?.upperBound) ?? sample.quantile(0.95)
    let numbers =
      "\(FigureNumbers.percent(mean)), "
      + "\(FigureNumbers.percent(low)) to \(FigureNumbers.percent(high)) over the assumptions"
    let bins = width < 480 ? 20 : 40
    let shares = sample.shares(bins, from: 0, to: 1)
    var canvas = Canvas(id: id, width: width)
    let frame = PlotFrame(left: 40, top: 74, right: width - 24, bottom: 250)
    let x = LinearScale(0, 1, to: frame.left, frame.right)
    let peak = shares.max() ?? 1
    let (_, top) = LinearScale.nice(0, peak, 4)
    let y = LinearScale(0, top, to: frame.bottom, frame.top)
    canvas.rect(
      x(low), frame.top - 6, max(x(high) - x(low), 2), frame.bottom - frame.top + 6,
      class: "fig-band")
    frame.drawVertical(&canvas, y, name: "", label: FigureNumbers.tick)
    for (bin, share) in shares.enumerated() where share > 0 {
      let from = Double(bin) / Double(bins)
      let to = Double(bin + 1) / Double(bins)
      canvas.rect(
        x(from) + 0.5, y(share), x(to) - x(from) - 1, frame.bottom - y(share), class: "fig-a",
        title: "\(FigureNumbers.tick(from)) to \(FigureNumbers.tick(to)): "
          + "\(FigureNumbers.share(share)) of the worlds")
    }
    canvas.line(x(mean), frame.top - 6, x(mean), frame.bottom, class: "fig-mark")
    canvas.text("Share of the worlds", x: 4, y: 16, style: .small, class: "fig-soft")
    canvas.place(
      "probability \(FigureNumbers.percent(mean))",
      at: [
        Place(x: x(mean), y: 40, anchor: .middle), Place(x: 4, y: 40),
        Place(x: width - 4, y: 40, anchor: .end),
      ], style: .strong)
    canvas.place(
      "90% of worlds: \(FigureNumbers.percent(low)) to \(FigureNumbers.percent(high))",
      at: [
        Place(x: (x(low) + x(high)) / 2, y: 60, anchor: .middle), Place(x: x(low), y: 60),
        Place(x: width - 4, y: 60, anchor: .end), Place(x: 4, y: 60),
      ], style: .small)
    let bottom = frame.drawHorizontal(
      &canvas, x, name: "P(event) in a world", label: FigureNumbers.tick)
    let caption =
      "Each world is one draw of the assumptions; a bar is the share of worlds in which the "
      + "event is that likely. Line: the probability. Shaded: 5th to 95th percentile."
      + Figure.leftOut(sample.dropped, "draw")
    return Figure(
      canvas, height: bottom, title: title ?? "\(event): \(numbers)", caption: caption,
      alternative: "Histogram of P(event) over \(sample.values.count) worlds. \(event): "
        + numbers + ".",
      table: FigureTable(
        columns: columns,
        rows: shares.enumerated().filter { $0.element > 0 }.map { bin, share in
          [
            FigureNumbers.tick(Double(bin) / Double(bins)),
            FigureNumbers.tick(Double(bin + 1) / Double(bins)), FigureNumbers.share(share),
          ]
        }))
  }
}

/// The value, if it is a number.
func finite(_ value: Double?) -> Double? {
  guard let value, value.isFinite else { return nil }
  return value
}
