/// Which assumptions the answer's variance comes from.
public struct SensitivityFigure: Sendable, Hashable {
  /// A share of variance with its interval.
  public struct Share: Sendable, Hashable {
    /// The estimate.
    public var value: Double
    /// Lower end of the interval.
    public var low: Double
    /// Upper end of the interval.
    public var high: Double

    /// A share with its interval.
    public init(value: Double, low: Double, high: Double) {
      self.value = value
      self.low = low
      self.high = high
    }

    var isFinite: Bool { value.isFinite && low.isFinite && high.isFinite }

    var words: String {
      "\(FigureNumbers.share(value)) (\(FigureNumbers.share(low)) to \(FigureNumbers.share(high)))"
    }
  }

  /// One assumption.
  public struct Bar: Sendable, Hashable {
    /// The assumption's name.
    public var name: String
    /// Share of the variance that goes once it is known.
    public var first: Share
    /// Share of the variance that stays once all others are known.
    public var total: Share

    /// An assumption with its shares.
    public init(name: String, first: Share, total: Share) {
      self.name = name
      self.first = first
      self.total = total
    }
  }

  /// Id in the page.
  public var id: String
  /// The event, as the question names it.
  public var event: String
  /// In any order; the largest total is drawn on top.
  public var bars: [Bar]
  /// Bars drawn at most; the rest are in the table.
  public var limit: Int
  /// What the whiskers are.
  public var interval: String
  /// States the finding; nil for one made from the numbers.
  public var title: String?

  /// Data of the figure.
  public init(
    id: String = "sensitivity", event: String, bars: [Bar], limit: Int = 12,
    interval: String = "90% intervals", title: String? = nil
  ) {
    self.id = id
    self.event = event
    self.bars = bars
    self.limit = limit
    self.interval = interval
    self.title = title
  }

  /// Two bars for each assumption, with whiskers.
  public func figure(width: Double = 720) -> Figure {
    let width = Figure.usable(width)
    let columns = ["assumption", "alone (first order)", "with others (total)"]
    let kept = bars.filter { $0.first.isFinite && $0.total.isFinite }
    let dropped = Figure.leftOut(bars.count - kept.count, "assumption")
    guard !kept.isEmpty else {
      return .empty(
        id: id, title: title ?? event, width: width,
        message: "No assumption moves the answer." + dropped, columns: columns)
    }
    let sorted = kept.enumerated().sorted {
      let (a, b) = ($0.element.total.value, $1.element.total.value)
      return a == b ? $0.offset < $1.offset : a > b
    }.map(\.element)
    let shown = Array(sorted.prefix(max(limit, 1)))
    let isNarrow = width < 520
    let names = isNarrow ? 8 : min(width * 0.32, 220)
    let step = isNarrow ? 54.0 : 38
    let top = 12.0
    let frame = PlotFrame(
      left: names, top: top, right: width - 48, bottom: top + Double(shown.count) * step)
    var canvas = Canvas(id: id, width: width)
    canvas.hatch("first", class: "fig-b")
    let reach = min(max(shown.map { max($0.total.high, $0.first.high) }.max() ?? 1, 0.05), 2)
    let floor = max(min(shown.map { min($0.first.low, $0.total.low) }.min() ?? 0, 0), -0.5)
    let x = LinearScale(floor, reach, to: frame.left, frame.right)
    let bottomOfAxis = frame.drawHorizontal(
      &canvas, x, name: "share of the answer's variance", grid: true, label: FigureNumbers.share)
    canvas.line(x(0), frame.top, x(0), frame.bottom, class: "fig-axis")
    for (row, bar) in shown.enumerated() {
      let middle = frame.top + Double(row) * step + (isNarrow ? 34 : 19)
      if isNarrow {
        canvas.text(bar.name, x: names, y: middle - 16, class: "fig-halo", limit: width - 16)
      } else {
        let lines = TextMeasure.wrap(bar.name, width: names - 14, style: .plain, lines: 2)
        for (index, line) in lines.enumerated() {
          canvas.text(
            line, x: 4, y: middle + 4 + 14 * (Double(index) - Double(lines.count - 1) / 2),
            full: bar.name)
        }
      }
      draw(bar.total, &canvas, x, at: middle - 6, name: bar.name + ", with others")
      draw(bar.first, &canvas, x, at: middle + 6, name: bar.name + ", alone", isFirst: true)
    }
    var bottom = canvas.legend(
      [
        ("with others (total)", { $0.rect($1 - 6, $2 - 5, 12, 10, class: "fig-a") }),
        (
          "alone (first order)",
          { $0.rect($1 - 6, $2 - 5, 12, 10, class: "fig-mesh", pattern: "first") }
        ),
        ("\(interval)", { $0.line($1 - 6, $2, $1 + 6, $2, class: "fig-mark") }),
      ], x: 4, y: bottomOfAxis + 14)
    if sorted.count > shown.count {
      bottom = canvas.note("\(sorted.count - shown.count) smaller ones not drawn.", y: bottom + 10)
    }
    let most = sorted[0]
    let finding =
      "'\(most.name)' matters most: \(FigureNumbers.share(most.total.value)) of the uncertainty "
      + "goes through it"
    return Figure(
      canvas, height: bottom + 6, title: title ?? finding,
      caption: "\(event). Alone: the share of the answer's variance that goes once the assumption "
        + "is known. With others: what stays once all others are known. An interval that reaches "
        + "below 0 means that none was detected." + dropped,
      alternative: "Bars of variance shares for \(shown.count) assumptions, largest first. "
        + finding + ".",
      table: FigureTable(
        columns: columns, rows: sorted.map { [$0.name, $0.first.words, $0.total.words] }))
  }

  private func draw(
    _ share: Share, _ canvas: inout Canvas, _ x: LinearScale, at y: Double, name: String,
    isFirst: Bool = false
  ) {
    canvas.rect(
      min(x(0), x(share.value)), y - 5, max(abs(x(share.value) - x(0)), 1), 10,
      class: isFirst ? "fig-mesh" : "fig-a", title: "\(name): \(share.words)",
      pattern: isFirst ? "first" : nil)
    canvas.line(x(share.low), y, x(share.high), y, class: "fig-mark")
    for end in [share.low, share.high] {
      canvas.line(x(end), y - 3, x(end), y + 3, class: "fig-mark")
    }
    let words = share.low < 0 && isFirst ? "?" : FigureNumbers.share(share.value)
    canvas.text(
      words, x: max(x(share.high), x(share.value)) + 6, y: y + 4, style: .small,
      class: "fig-halo")
  }
}
