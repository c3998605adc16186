/// A forecast over time, and the evidence that moved it.
public struct TimelineFigure: Sendable, Hashable {
  /// The forecast from a day on.
  public struct Point: Sendable, Hashable {
    /// Days since any common day.
    public var day: Double
    /// The date as it is written.
    public var date: String
    /// The probability from then on.
    public var probability: Double
    /// Lower end of the band.
    public var low: Double
    /// Upper end of the band.
    public var high: Double

    /// A forecast with its band.
    public init(day: Double, date: String, probability: Double, low: Double, high: Double) {
      self.day = day
      self.date = date
      self.probability = probability
      self.low = low
      self.high = high
    }

    var isFinite: Bool {
      day.isFinite && probability.isFinite && low.isFinite && high.isFinite
    }
  }

  /// What was learned.
  public struct Evidence: Sendable, Hashable {
    /// Days since the same day.
    public var day: Double
    /// The date as it is written.
    public var date: String
    /// What it says.
    public var text: String

    /// An item of evidence.
    public init(day: Double, date: String, text: String) {
      self.day = day
      self.date = date
      self.text = text
    }
  }

  /// Id in the page.
  public var id: String
  /// The event, as the question names it.
  public var event: String
  /// In any order.
  public var points: [Point]
  /// In any order; numbered by day.
  public var evidence: [Evidence]
  /// The last day drawn, such as the deadline; nil for the last point's.
  public var until: Double?
  /// States the finding; nil for one made from the numbers.
  public var title: String?

  /// Data of the figure.
  public init(
    id: String = "timeline", event: String, points: [Point], evidence: [Evidence] = [],
    until: Double? = nil, title: String? = nil
  ) {
    self.id = id
    self.event = event
    self.points = points
    self.evidence = evidence
    self.until = until
    self.title = title
  }

  /// A step line with its band, evidence as numbered marks with a key.
  public func figure(width: Double = 720) -> Figure {
    let width = Figure.usable(width)
    let columns = ["date", "probability", "band from", "to", "evidence"]
    let kept = points.filter(\.isFinite).sorted { $0.day < $1.day }
    let items = evidence.filter(\.day.isFinite).sorted { $0.day < $1.day }
    let dropped = Figure.leftOut(
      points.count - kept.count + evidence.count - items.count, "date")
    guard let first = kept.first, let last = kept.last else {
      return .empty(
        id: id, title: title ?? event, width: width, message: "No forecast yet." + dropped,
        columns: columns)
    }
    let end = max(finite(until) ?? last.day, last.day, items.last?.day ?? last.day)
    let start = min(first.day, items.first?.day ?? first.day)
    var canvas = Canvas(id: id, width: width)
    let frame = PlotFrame(left: 44, top: 56, right: width - 50, bottom: 250)
    let x = LinearScale(start, max(end, start + 1), to: frame.left, frame.right)
    let (_, top) = LinearScale.nice(0, min(max(kept.map(\.high).max() ?? 1, 0.05), 1), 4)
    let y = LinearScale(0, min(top, 1), to: frame.bottom, frame.top)
    canvas.text("Probability", x: 4, y: 16, style: .small, class: "fig-soft")
    frame.drawVertical(&canvas, y, name: "", label: FigureNumbers.tick)
    canvas.polyline(
      steps(kept, end, x, { y($0.high) }) + steps(kept, end, x, { y($0.low) }).reversed(),
      class: "fig-band", closed: true)
    canvas.polyline(steps(kept, end, x, { y($0.probability) }), class: "fig-curve")
    for point in kept {
      canvas.circle(
        x(point.day), y(point.probability), 3, class: "fig-a",
        title: "\(point.date): \(FigureNumbers.percent(point.probability))")
    }
    canvas.text(
      FigureNumbers.percent(last.probability), x: frame.right + 5, y: y(last.probability) + 5,
      style: .strong)
    drawDates(&canvas, frame, x, kept, items)
    var right = -Double.infinity
    var row = 0
    for (index, item) in items.enumerated() {
      let at = x(item.day)
      row = at - right < 18 ? (row + 1) % 2 : 0
      right = at
      let height = frame.top - 12 - Double(row) * 19
      canvas.line(at, height + 8, at, frame.bottom, class: "fig-grid")
      canvas.circle(at, height, 9, class: "fig-chance", title: "\(item.date): \(item.text)")
      canvas.place(
        "\(index + 1)", at: [Place(x: at, y: height + 4, anchor: .middle)], style: .small,
        class: "fig-onmark")
    }
    var bottom = frame.bottom + 24
    for (index, item) in items.enumerated() {
      bottom = canvas.note("\(index + 1). \(item.date): \(item.text)", y: bottom + 14, lines: 2)
    }
    let finding =
      kept.count == 1
      ? "\(event): \(FigureNumbers.percent(last.probability)) since \(last.date)"
      : "\(event): from \(FigureNumbers.percent(first.probability)) on \(first.date) to "
        + "\(FigureNumbers.percent(last.probability)) on \(last.date)"
    return Figure(
      canvas, height: bottom + 8, title: title ?? finding,
      caption: "The line is the probability, the shade the 5th to 95th percentile over the "
        + "assumptions; numbers mark evidence as it arrived." + dropped,
      alternative: "Step line over time. \(finding). \(items.count) items of evidence.",
      table: FigureTable(columns: columns, rows: rows(kept, items)))
  }

  private func rows(_ points: [Point], _ items: [Evidence]) -> [[String]] {
    var rows = points.map { point in
      (
        point.day,
        [
          point.date, FigureNumbers.percent(point.probability), FigureNumbers.percent(point.low),
          FigureNumbers.percent(point.high), "",
        ]
      )
    }
    rows += items.map { ($0.day, [$0.date, "", "", "", $0.text]) }
    return rows.enumerated().sorted {
      $0.element.0 == $1.element.0 ? $0.offset < $1.offset : $0.element.0 < $1.element.0
    }.map(\.element.1)
  }

  private func steps(
    _ points: [Point], _ end: Double, _ x: LinearScale, _ y: (Point) -> Double
  ) -> [(Double, Double)] {
    var result: [(Double, Double)] = []
    for (index, point) in points.enumerated() {
      result.append((x(point.day), y(point)))
      let next = index + 1 < points.count ? points[index + 1].day : max(end, point.day + 1)
      result.append((x(next), y(point)))
    }
    return result
  }

  /// Dates under the axis: the first, the last, and those between that fit.
  private func drawDates(
    _ canvas: inout Canvas, _ frame: PlotFrame, _ x: LinearScale, _ points: [Point],
    _ items: [Evidence]
  ) {
    canvas.line(frame.left, frame.bottom, frame.right, frame.bottom, class: "fig-axis")
    var dates = points.map { ($0.day, $0.date) }
    if dates.count > 2 { dates.insert(dates.removeLast(), at: 1) }
    for (day, date) in dates {
      canvas.line(x(day), frame.bottom, x(day), frame.bottom + 4, class: "fig-axis")
      canvas.place(
        date,
        at: [
          Place(x: x(day), y: frame.bottom + 17, anchor: .middle),
          Place(x: x(day) - 4, y: frame.bottom + 17),
          Place(x: min(x(day) + 30, canvas.width - 4), y: frame.bottom + 17, anchor: .end),
        ], style: .small, class: "fig-soft")
    }
  }
}
