/// What each deal would bring two parties, over no deal.
public struct DealSpaceFigure: Sendable, Hashable {
  /// One bundle.
  public struct Deal: Sendable, Hashable {
    /// Its clauses and amounts.
    public var label: String
    /// The first party's gain over no deal.
    public var gainX: Double
    /// The second party's gain over no deal.
    public var gainY: Double
    /// Whether no other deal is better for one and not worse for the other.
    public var isOnFrontier: Bool

    /// A deal with both gains.
    public init(label: String, gainX: Double, gainY: Double, isOnFrontier: Bool = false) {
      self.label = label
      self.gainX = gainX
      self.gainY = gainY
      self.isOnFrontier = isOnFrontier
    }
  }

  /// A bargaining solution.
  public struct Solution: Sendable, Hashable {
    /// 'Nash', 'Kalai–Smorodinsky' or 'egalitarian'.
    public var name: String
    /// The first party's gain.
    public var gainX: Double
    /// The second party's gain.
    public var gainY: Double

    /// A solution with both gains.
    public init(name: String, gainX: Double, gainY: Double) {
      self.name = name
      self.gainX = gainX
      self.gainY = gainY
    }
  }

  /// Id in the page.
  public var id: String
  /// The party along.
  public var partyX: String
  /// The party upward.
  public var partyY: String
  /// The bundles.
  public var deals: [Deal]
  /// Bargaining solutions, marked by letters.
  public var solutions: [Solution]
  /// States the finding; nil for one made from the data.
  public var title: String?

  /// Data of the figure.
  public init(
    id: String = "deals", partyX: String, partyY: String, deals: [Deal],
    solutions: [Solution] = [], title: String? = nil
  ) {
    self.id = id
    self.partyX = partyX
    self.partyY = partyY
    self.deals = deals
    self.solutions = solutions
    self.title = title
  }

  /// Points in the plane of both gains, no deal at the origin.
  public func figure(width: Double = 720) -> Figure {
    let width = Figure.usable(width)
    let columns = ["deal", "gain of \(partyX)", "gain of \(partyY)", "Pareto frontier"]
    let kept = deals.filter { $0.gainX.isFinite && $0.gainY.isFinite }
    let marks = solutions.filter { $0.gainX.isFinite && $0.gainY.isFinite }
    let dropped = Figure.leftOut(deals.count - kept.count, "deal")
    guard !kept.isEmpty else {
      return .empty(
        id: id, title: title ?? "Deals of \(partyX) and \(partyY)", width: width,
        message: "No deal to show." + dropped, columns: columns)
    }
    var canvas = Canvas(id: id, width: width)
    let frame = PlotFrame(
      left: 46, top: 34, right: width - 14, bottom: 34 + min(max(width * 0.6, 250), 400))
    let x = scale(kept.map(\.gainX) + marks.map(\.gainX), frame.left, frame.right)
    let y = scale(kept.map(\.gainY) + marks.map(\.gainY), frame.bottom, frame.top)
    canvas.rect(x(0), frame.top, frame.right - x(0), y(0) - frame.top, class: "fig-gain")
    drawAxes(&canvas, frame, x, y)
    let frontier = kept.filter(\.isOnFrontier).sorted {
      $0.gainX == $1.gainX ? $0.gainY > $1.gainY : $0.gainX < $1.gainX
    }
    canvas.polyline(frontier.map { (x($0.gainX), y($0.gainY)) }, class: "fig-front")
    for deal in kept {
      let at = (x(deal.gainX), y(deal.gainY))
      canvas.reserve(Box(x0: at.0 - 5, y0: at.1 - 5, x1: at.0 + 5, y1: at.1 + 5))
    }
    canvas.reserve(Box(x0: x(0) - 7, y0: y(0) - 7, x1: x(0) + 7, y1: y(0) + 7))
    for mark in marks { drawRing(mark, &canvas, x, y) }
    for deal in kept { drawPoint(deal, &canvas, x, y) }
    canvas.rect(x(0) - 5, y(0) - 5, 10, 10, class: "fig-likely", title: "no deal")
    canvas.place(
      "no deal", at: around(x(0), y(0), 9), style: .small, class: "fig-halo", top: frame.top,
      bottom: frame.bottom)
    var numbered: [String] = []
    for deal in frontier + kept.filter({ !$0.isOnFrontier }) {
      let at = around(x(deal.gainX), y(deal.gainY), 9)
      let done =
        width >= 480
        && canvas.place(
          deal.label, at: at + around(x(deal.gainX), y(deal.gainY), 18), style: .small,
          class: "fig-halo", limit: 220, top: frame.top,
          bottom: frame.bottom)
      if !done {
        let number = "\(numbered.count + 1)"
        let label = "\(number). \(deal.label) (\(signed(deal.gainX)), \(signed(deal.gainY)))"
        let placed = canvas.place(
          number, at: around(x(deal.gainX), y(deal.gainY), 8), style: .small, class: "fig-halo",
          top: frame.top, bottom: frame.bottom, full: deal.label)
        if placed { numbered.append(label) }
      }
    }
    canvas.place(
      "both gain",
      at: [
        Place(x: frame.right - 6, y: frame.top + 16, anchor: .end),
        Place(x: x(0) + 6, y: frame.top + 16),
      ], style: .small, class: "fig-soft", top: frame.top, bottom: frame.bottom)
    var bottom = canvas.legend(legend(marks, !frontier.isEmpty), x: 4, y: frame.bottom + 62)
    if !numbered.isEmpty {
      bottom = canvas.note("Deals, with the gains of \(partyX) and \(partyY):", y: bottom + 14)
    }
    for line in numbered { bottom = canvas.note(line, y: bottom + 12, lines: 2) }
    let both = kept.count { $0.gainX > 0 && $0.gainY > 0 }
    let finding =
      both == 0
      ? "No deal is better than none for both \(partyX) and \(partyY)"
      : "\(both) of \(kept.count) deals \(both == 1 ? "is" : "are") better than none for both "
        + "\(partyX) and \(partyY)"
    return Figure(
      canvas, height: bottom + 8, title: title ?? finding,
      caption: "Gains over no deal, each party's in its own units: distances along one axis do not "
        + "compare with those along the other. Shaded: both gain." + dropped,
      alternative: "Scatter of \(kept.count) deals by both parties' gains. \(finding). "
        + marks.map { "\($0.name): \(gains($0.gainX, $0.gainY))" }.joined(separator: "; ") + ".",
      table: FigureTable(columns: columns, rows: rows(kept, marks)))
  }

  private func rows(_ deals: [Deal], _ marks: [Solution]) -> [[String]] {
    deals.map {
      [
        $0.label, signed($0.gainX), signed($0.gainY),
        $0.isOnFrontier ? "yes" : "no",
      ]
    }
      + marks.map {
        ["\($0.name) point", signed($0.gainX), signed($0.gainY), ""]
      }
  }

  private func gains(_ x: Double, _ y: Double) -> String {
    "\(partyX) \(signed(x)), \(partyY) \(signed(y))"
  }

  private func signed(_ value: Double) -> String {
    let text = FigureNumbers.rounded(value, abs(value) < 10 ? 2 : 1)
    return value > 0 ? "+" + text : text
  }

  /// A scale with the origin and some room around the points.
  private func scale(_ values: [Double], _ start: Double, _ end: Double) -> LinearScale {
    let low = min(values.min() ?? 0, 0)
    let high = max(values.max() ?? 0, 0)
    let room = max(high - low, 1e-6) * 0.1
    return LinearScale(low - room, high + room, to: start, end)
  }

  private func drawAxes(
    _ canvas: inout Canvas, _ frame: PlotFrame, _ x: LinearScale, _ y: LinearScale
  ) {
    frame.drawVertical(&canvas, y, name: "", label: { FigureNumbers.rounded($0, 2) })
    frame.drawHorizontal(
      &canvas, x, name: "gain of \(partyX) over no deal", grid: true,
      label: { FigureNumbers.rounded($0, 2) })
    canvas.text("gain of \(partyY) over no deal", x: 4, y: 16, limit: canvas.width - 8)
    canvas.line(x(0), frame.top, x(0), frame.bottom, class: "fig-axis")
    canvas.line(frame.left, y(0), frame.right, y(0), class: "fig-axis")
  }

  private func drawPoint(
    _ deal: Deal, _ canvas: inout Canvas, _ x: LinearScale, _ y: LinearScale
  ) {
    let words = "\(deal.label): \(gains(deal.gainX, deal.gainY))"
    let (a, b) = (x(deal.gainX), y(deal.gainY))
    if deal.isOnFrontier {
      canvas.circle(a, b, 5, class: "fig-c", title: words)
    } else {
      canvas.circle(a, b, 4, class: "fig-end", title: words)
    }
  }

  private func drawRing(
    _ mark: Solution, _ canvas: inout Canvas, _ x: LinearScale, _ y: LinearScale
  ) {
    let (a, b) = (x(mark.gainX), y(mark.gainY))
    Self.symbol(mark.name, &canvas, a, b, title: "\(mark.name): \(gains(mark.gainX, mark.gainY))")
    canvas.reserve(Box(x0: a - 9, y0: b - 9, x1: a + 9, y1: b + 9))
  }

  /// A square, diamond or triangle around the point, by the solution's name.
  private static func symbol(
    _ name: String, _ canvas: inout Canvas, _ x: Double, _ y: Double, scale: Double = 1,
    title: String? = nil
  ) {
    func at(_ dx: Double, _ dy: Double) -> String {
      "\(SVG.number(x + scale * dx)) \(SVG.number(y + scale * dy))"
    }
    let data =
      switch name.lowercased().first {
      case "n": "M\(at(-9, 0))L\(at(0, -9))L\(at(9, 0))L\(at(0, 9))Z"
      case "k": "M\(at(-8, -8))L\(at(8, -8))L\(at(8, 8))L\(at(-8, 8))Z"
      default: "M\(at(0, -11))L\(at(10, 7))L\(at(-10, 7))Z"
      }
    canvas.path(data, class: "fig-mark", title: title)
  }

  private func legend(
    _ marks: [Solution], _ hasFrontier: Bool
  ) -> [(text: String, draw: (inout Canvas, Double, Double) -> Void)] {
    var result: [(text: String, draw: (inout Canvas, Double, Double) -> Void)] = []
    if hasFrontier {
      result.append(
        (
          "Pareto frontier",
          {
            $0.line($1 - 8, $2, $1 + 8, $2, class: "fig-front")
            $0.circle($1, $2, 4, class: "fig-c")
          }
        ))
    }
    result.append(("other deal", { $0.circle($1, $2, 4, class: "fig-end") }))
    for mark in marks {
      result.append((mark.name, { Self.symbol(mark.name, &$0, $1, $2, scale: 0.6) }))
    }
    return result
  }
}

/// Places around a point, the best first.
func around(_ x: Double, _ y: Double, _ gap: Double) -> [Place] {
  [
    Place(x: x + gap, y: y + 4), Place(x: x - gap, y: y + 4, anchor: .end),
    Place(x: x, y: y - gap, anchor: .middle), Place(x: x, y: y + gap + 10, anchor: .middle),
    Place(x: x + gap, y: y - gap), Place(x: x + gap, y: y + gap + 8),
    Place(x: x - gap, y: y - gap, anchor: .end), Place(x: x - gap, y: y + gap + 8, anchor: .end),
    Place(x: x + gap + 8, y: y - gap - 10), Place(x: x - gap - 8, y: y - gap - 10, anchor: .end),
  ]
}
