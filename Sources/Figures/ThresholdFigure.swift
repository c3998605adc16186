/// How the answer moves with one assumption, and where the verdict flips.
public struct ThresholdFigure: Sendable, Hashable {
  /// The answer at one value of the assumption.
  public struct Point: Sendable, Hashable {
    /// Value of the assumption.
    public var value: Double
    /// P(event), the others as drawn.
    public var probability: Double
    /// Lower end of the error band.
    public var low: Double
    /// Upper end of the error band.
    public var high: Double

    /// An answer with its error band.
    public init(value: Double, probability: Double, low: Double, high: Double) {
      self.value = value
      self.probability = probability
      self.low = low
      self.high = high
    }

    var isFinite: Bool {
      value.isFinite && probability.isFinite && low.isFinite && high.isFinite
    }
  }

  /// Id in the page.
  public var id: String
  /// The event, as the question names it.
  public var event: String
  /// The assumption.
  public var quantity: FigureQuantity
  /// The curve, in any order.
  public var points: [Point]
  /// Draws of the assumption, drawn as a strip; empty for none.
  public var sample: [Double]
  /// Weights of the draws; empty for equal ones.
  public var weights: [Double]
  /// The best estimate, marked on the axis; nil for none.
  public var best: Double?
  /// The level at which the verdict flips.
  public var level: Double
  /// Where it does; empty if nowhere.
  public var flips: [Double]
  /// States the finding; nil for one made from the numbers.
  public var title: String?

  /// Data of the figure.
  public init(
    id: String = "threshold", event: String, quantity: FigureQuantity, points: [Point],
    sample: [Double] = [], weights: [Double] = [], best: Double? = nil, level: Double = 0.5,
    flips: [Double] = [], title: String? = nil
  ) {
    self.id = id
    self.event = event
    self.quantity = quantity
    self.points = points
    self.sample = sample
    self.weights = weights
    self.best = best
    self.level = level
    self.flips = flips
    self.title = title
  }

  /// The curve with its band, the level, the flips and the assumption's own distribution.
  public func figure(width: Double = 720) -> Figure {
    let width = Figure.usable(width)
    let columns = [quantity.axis, "P(event)", "error band from", "to"]
    let kept = points.filter(\.isFinite).sorted { $0.value < $1.value }
    let dropped = Figure.leftOut(points.count - kept.count, "point")
    guard let first = kept.first, let last = kept.last else {
      return .empty(
        id: id, title: title ?? event, width: width, message: "No points to show." + dropped,
        columns: columns)
    }
    var canvas = Canvas(id: id, width: width)
    let frame = PlotFrame(left: 44, top: 46, right: width - 16, bottom: 246)
    let x = LinearScale(first.value, last.value, to: frame.left, frame.right)
    let peak = max(kept.map(\.high).max() ?? 1, finite(level) ?? 0)
    let (_, top) = LinearScale.nice(0, min(max(peak, 0.05), 1), 4)
    let y = LinearScale(0, min(top, 1), to: frame.bottom, frame.top)
    frame.drawVertical(&canvas, y, name: "", label: FigureNumbers.tick)
    canvas.text("Probability", x: 4, y: 16, style: .small, class: "fig-soft")
    let upper = kept.map { (x($0.value), y($0.high)) }
    let lower = kept.reversed().map { (x($0.value), y($0.low)) }
    canvas.polyline(upper + lower, class: "fig-band", closed: true)
    canvas.polyline(kept.map { (x($0.value), y($0.probability)) }, class: "fig-curve")
    for point in kept where kept.count <= 30 {
      canvas.circle(
        x(point.value), y(point.probability), 2.5, class: "fig-a",
        title: "\(quantity.text(point.value)): \(FigureNumbers.percent(point.probability))")
    }
    let crossings = flips.filter { $0.isFinite && $0 >= first.value && $0 <= last.value }.sorted()
    if level.isFinite { drawLevel(&canvas, frame, x, y, crossings) }
    drawEnds(&canvas, frame, x, y, first, last)
    let strip = drawStrip(&canvas, frame, x)
    let axis = PlotFrame(left: frame.left, top: frame.top, right: frame.right, bottom: strip)
    let bottom = axis.drawHorizontal(
      &canvas, x, name: quantity.axis, label: { quantity.text($0) })
    let finding =
      crossings.isEmpty
      ? "No value of '\(quantity.name)' brings the answer across \(FigureNumbers.tick(level))"
      : "The verdict flips where '\(quantity.name)' is "
        + crossings.map { quantity.text($0) }.joined(separator: " and ")
    return Figure(
      canvas, height: bottom, title: title ?? finding,
      caption: "\(event). The curve is the answer with the assumption held at each value and the "
        + "others as drawn; shaded, the 90% interval of each of its points."
        + (sample.isEmpty ? "" : " Gray bars: how likely each value is held to be.") + dropped,
      alternative: "Curve of the probability against \(quantity.name), from "
        + "\(FigureNumbers.percent(first.probability)) at \(quantity.text(first.value)) to "
        + "\(FigureNumbers.percent(last.probability)) at \(quantity.text(last.value)). "
        + finding + ".",
      table: FigureTable(
        columns: columns,
        rows: kept.map {
          [
            quantity.text($0.value), FigureNumbers.percent($0.probability),
            FigureNumbers.percent($0.low), FigureNumbers.percent($0.high),
          ]
        }))
  }

  private func drawLevel(
    _ canvas: inout Canvas, _ frame: PlotFrame, _ x: LinearScale, _ y: LinearScale,
    _ crossings: [Double]
  ) {
    canvas.line(frame.left, y(level), frame.right, y(level), class: "fig-level")
    for flip in crossings {
      canvas.line(x(flip), y(level), x(flip), frame.bottom, class: "fig-level")
      canvas.circle(x(flip), y(level), 5, class: "fig-open")
      canvas.place(
        "flips at \(quantity.text(flip))",
        at: [
          Place(x: x(flip) + 8, y: y(level) + 18), Place(x: x(flip) + 8, y: y(level) - 8),
          Place(x: x(flip) - 8, y: y(level) - 8, anchor: .end),
          Place(x: x(flip) - 8, y: y(level) + 18, anchor: .end),
        ], style: .strong, class: "fig-halo")
    }
    canvas.place(
      "level \(FigureNumbers.tick(level))",
      at: [
        Place(x: frame.left + 6, y: y(level) - 6),
        Place(x: frame.right - 4, y: y(level) - 6, anchor: .end),
        Place(x: frame.left + 6, y: y(level) + 15),
      ], style: .small, class: "fig-halo")
  }

  private func drawEnds(
    _ canvas: inout Canvas, _ frame: PlotFrame, _ x: LinearScale, _ y: LinearScale,
    _ first: Point, _ last: Point
  ) {
    for (point, anchor) in [(first, Anchor.start), (last, .end)] {
      let at = x(point.value) + (anchor == .start ? 4 : -2)
      canvas.place(
        FigureNumbers.percent(point.probability),
        at: [
          Place(x: at, y: y(point.high) - 7, anchor: anchor),
          Place(x: at, y: y(point.low) + 16, anchor: anchor),
        ], class: "fig-halo", bottom: frame.bottom)
    }
  }

  /// The assumption's distribution under the plot; returns where the axis goes.
  private func drawStrip(
    _ canvas: inout Canvas, _ frame: PlotFrame, _ x: LinearScale
  ) -> Double {
    canvas.line(frame.left, frame.bottom, frame.right, frame.bottom, class: "fig-axis")
    let draws = WeightedSample(sample, weights)
    var bottom = frame.bottom
    if !draws.isEmpty {
      bottom += 34
      let bins = 40
      let shares = draws.shares(bins, from: x.low, to: x.high)
      let peak = shares.max() ?? 1
      let step = (frame.right - frame.left) / Double(bins)
      for (bin, share) in shares.enumerated() where share > 0 {
        let height = 28 * share / peak
        canvas.rect(
          frame.left + Double(bin) * step + 0.5, bottom - height, step - 1, height,
          class: "fig-strip")
      }
    }
    if let best = finite(best), best >= x.low, best <= x.high {
      canvas.line(x(best), frame.top, x(best), bottom, class: "fig-axis")
      canvas.place(
        "best estimate \(quantity.text(best))",
        at: [
          Place(x: x(best), y: frame.top - 8, anchor: .middle),
          Place(x: x(best) + 4, y: frame.top - 8),
          Place(x: x(best), y: frame.top - 8, anchor: .end),
        ], style: .small)
    }
    return bottom
  }
}
