/// How far each assumption, moved alone over its range, moves the answer.
public struct TornadoFigure: Sendable, Hashable {
  /// One assumption.
  public struct Bar: Sendable, Hashable {
    /// The assumption.
    public var quantity: FigureQuantity
    /// Its low end.
    public var low: Double
    /// Its high end.
    public var high: Double
    /// P(event) with the assumption at its low end.
    public var atLow: Double
    /// P(event) with the assumption at its high end.
    public var atHigh: Double
    /// Whether the answer is seen to turn back between the ends.
    public var isMonotone: Bool

    /// An assumption with the answers at its ends.
    public init(
      quantity: FigureQuantity, low: Double, high: Double, atLow: Double, atHigh: Double,
      isMonotone: Bool = true
    ) {
      self.quantity = quantity
      self.low = low
      self.high = high
      self.atLow = atLow
      self.atHigh = atHigh
      self.isMonotone = isMonotone
    }
  }

  /// Id in the page.
  public var id: String
  /// The event, as the question names it.
  public var event: String
  /// P(event) with every assumption at its base value.
  public var base: Double
  /// In any order; the widest is drawn on top.
  public var bars: [Bar]
  /// The level at which the verdict flips, nil for none.
  public var level: Double?
  /// Bars drawn at most; the rest are in the table.
  public var limit: Int
  /// States the finding; nil for one made from the numbers.
  public var title: String?

  /// Data of the figure.
  public init(
    id: String = "tornado", event: String, base: Double, bars: [Bar], level: Double? = 0.5,
    limit: Int = 12, title: String? = nil
  ) {
    self.id = id
    self.event = event
    self.base = base
    self.bars = bars
    self.level = level
    self.limit = limit
    self.title = title
  }

  /// Bars from the base line to the answer at either end of each assumption.
  public func figure(width: Double = 720) -> Figure {
    let width = Figure.usable(width)
    let columns = ["assumption", "low end", "answer", "high end", "answer", "monotone"]
    let kept = bars.filter {
      $0.low.isFinite && $0.high.isFinite && $0.atLow.isFinite && $0.atHigh.isFinite
    }
    let dropped = Figure.leftOut(bars.count - kept.count, "assumption")
    guard !kept.isEmpty, base.isFinite else {
      return .empty(
        id: id, title: title ?? event, width: width,
        message: "No assumption to move." + dropped, columns: columns)
    }
    let sorted = kept.enumerated().sorted {
      let (a, b) = (reach($0.element), reach($1.element))
      return a == b ? $0.offset < $1.offset : a > b
    }.map(\.element)
    let shown = Array(sorted.prefix(max(limit, 1)))
    let isNarrow = width < 520
    let side = endWidth(shown)
    let names = isNarrow ? 0 : min(width * 0.3, 210)
    let frame = PlotFrame(
      left: names + side + 10, top: 46, right: width - side - 10,
      bottom: 46 + Double(shown.count) * (isNarrow ? 56 : 38))
    var ends = shown.flatMap { [$0.atLow, $0.atHigh] } + [base]
    if let level = finite(level), reachesNear(level, ends) { ends.append(level) }
    let low = ends.min() ?? 0
    let high = max(ends.max() ?? 1, low + 0.02)
    let x = LinearScale(low, high, to: frame.left, frame.right)
    var canvas = Canvas(id: id, width: width)
    canvas.hatch("high", class: "fig-b")
    drawLines(&canvas, frame, x)
    for (row, bar) in shown.enumerated() {
      let height = isNarrow ? 56.0 : 38
      let middle = frame.top + Double(row) * height + (isNarrow ? 36 : 20)
      draw(bar, &canvas, x, middle: middle, names: names)
    }
    var bottom = canvas.legend(
      [
        ("assumption at its low end", { $0.rect($1 - 6, $2 - 5, 12, 10, class: "fig-a") }),
        (
          "at its high end",
          { $0.rect($1 - 6, $2 - 5, 12, 10, class: "fig-mesh", pattern: "high") }
        ),
      ], x: 4, y: frame.bottom + 22)
    let rest =
      sorted.count > shown.count ? " \(sorted.count - shown.count) smaller ones not drawn." : ""
    bottom = canvas.note(
      "One at a time: what they do together is not shown."
        + (shown.contains { !$0.isMonotone } ? " * The answer turns back between the ends." : "")
        + rest, y: bottom + 12)
    let widest = shown[0]
    let finding =
      "'\(widest.quantity.name)' moves the answer most: "
      + "\(FigureNumbers.percent(min(widest.atLow, widest.atHigh))) to "
      + FigureNumbers.percent(max(widest.atLow, widest.atHigh))
    return Figure(
      canvas, height: bottom + 6, title: title ?? finding,
      caption: "\(event). Each assumption is moved alone from its low to its high end; bars run "
        + "from the answer with all at their base values." + dropped,
      alternative: "Tornado chart with \(shown.count) assumptions, widest on top. At the base "
        + "values the answer is \(FigureNumbers.percent(base)). \(finding).",
      table: FigureTable(columns: columns, rows: sorted.map(row)))
  }

  private func row(_ bar: Bar) -> [String] {
    [
      bar.quantity.axis, bar.quantity.text(bar.low), FigureNumbers.percent(bar.atLow),
      bar.quantity.text(bar.high), FigureNumbers.percent(bar.atHigh),
      bar.isMonotone ? "yes" : "no",
    ]
  }

  private func reach(_ bar: Bar) -> Double {
    max(bar.atLow, bar.atHigh, base) - min(bar.atLow, bar.atHigh, base)
  }

  /// Whether the level is close enough to the bars to be worth the room.
  private func reachesNear(_ level: Double, _ ends: [Double]) -> Bool {
    let low = ends.min() ?? 0
    let high = ends.max() ?? 1
    let span = max(high - low, 0.05)
    return level > low - span && level < high + span
  }

  private func endWidth(_ bars: [Bar]) -> Double {
    var result = 40.0
    for bar in bars {
      for value in [bar.low, bar.high] {
        result = max(result, TextMeasure.width("at " + bar.quantity.text(value), .small))
      }
    }
    return min(result + 4, 84)
  }

  private func drawLines(_ canvas: inout Canvas, _ frame: PlotFrame, _ x: LinearScale) {
    canvas.line(x(base), frame.top - 8, x(base), frame.bottom, class: "fig-base")
    canvas.place(
      "base \(FigureNumbers.percent(base))",
      at: [
        Place(x: x(base), y: frame.top - 14, anchor: .middle)
      ], style: .strong)
    guard let level = finite(level), level >= x.low, level <= x.high else { return }
    canvas.line(x(level), frame.top - 8, x(level), frame.bottom, class: "fig-level")
    canvas.place(
      "flips at \(FigureNumbers.tick(level))",
      at: [
        Place(x: x(level), y: frame.top - 14, anchor: .middle),
        Place(x: x(level), y: frame.top - 31, anchor: .middle),
      ], style: .small)
  }

  private func draw(
    _ bar: Bar, _ canvas: inout Canvas, _ x: LinearScale, middle: Double, names: Double
  ) {
    let name = bar.quantity.name + (bar.isMonotone ? "" : " *")
    if names > 0 {
      let lines = TextMeasure.wrap(name, width: names, style: .plain, lines: 2)
      for (index, line) in lines.enumerated() {
        canvas.text(
          line, x: 4, y: middle + 4 + 14 * (Double(index) - Double(lines.count - 1) / 2),
          full: name)
      }
    } else {
      canvas.text(name, x: 4, y: middle - 19, class: "fig-halo", limit: canvas.width - 8)
    }
    let apart = (bar.atLow - base) * (bar.atHigh - base) > 0
    for isHigh in [false, true] {
      let answer = isHigh ? bar.atHigh : bar.atLow
      let end = bar.quantity.text(isHigh ? bar.high : bar.low)
      let words = FigureNumbers.percent(answer)
      let top = apart ? (isHigh ? middle + 1 : middle - 9) : middle - 9
      canvas.rect(
        min(x(base), x(answer)), top, max(abs(x(answer) - x(base)), 1), apart ? 8 : 18,
        class: isHigh ? "fig-mesh" : "fig-a",
        title: "\(bar.quantity.name) at \(end): \(words)", pattern: isHigh ? "high" : nil)
      let other = isHigh ? bar.atLow : bar.atHigh
      let left = answer < base || (answer == base && other > base) || (answer == other && !isHigh)
      let at = x(apart ? (left ? min(answer, other) : max(answer, other)) : answer)
      let edge = left ? at - 5 : at + 5
      let anchor = left ? Anchor.end : .start
      if apart {
        canvas.text(
          "\(words) at \(end)", x: edge, y: isHigh ? middle + 13 : middle - 1, anchor: anchor,
          style: .small)
      } else {
        canvas.text(words, x: edge, y: middle - 1, anchor: anchor, style: .small)
        canvas.text(
          "at " + end, x: edge, y: middle + 12, anchor: anchor, style: .small,
          class: "fig-soft")
      }
    }
  }
}
