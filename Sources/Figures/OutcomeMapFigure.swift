/// What happens for each pair of values of two assumptions.
public struct OutcomeMapFigure: Sendable, Hashable {
  /// What the cells hold, row by row from the lowest value of `y`, `x` varying fastest.
  public enum Cells: Sendable, Hashable {
    /// The likeliest outcome of each cell: an index into the names, nil where there is none.
    case outcomes([Int?], names: [String])
    /// P(event) in each cell.
    case probabilities([Double])
  }

  /// Id in the page.
  public var id: String
  /// What is mapped.
  public var event: String
  /// The assumption along.
  public var x: FigureQuantity
  /// The assumption upward.
  public var y: FigureQuantity
  /// Evenly spaced, ascending: centers of the cells.
  public var xs: [Double]
  /// Evenly spaced, ascending: centers of the cells.
  public var ys: [Double]
  /// As many as `xs` times `ys`.
  public var cells: Cells
  /// The best estimates of both, marked; nil for none.
  public var centerX: Double?
  /// See `centerX`.
  public var centerY: Double?
  /// Of probabilities: the level at which the verdict changes, marked where it lies within the map;
  /// nil for none.
  public var level: Double?
  /// How to read the map; nil for one made from the data.
  public var caption: String?
  /// States the finding; nil for one made from the data.
  public var title: String?

  /// Data of the figure.
  public init(
    id: String = "map", event: String, x: FigureQuantity, y: FigureQuantity, xs: [Double],
    ys: [Double], cells: Cells, centerX: Double? = nil, centerY: Double? = nil,
    level: Double? = nil, caption: String? = nil, title: String? = nil
  ) {
    self.id = id
    self.event = event
    self.x = x
    self.y = y
    self.xs = xs
    self.ys = ys
    self.cells = cells
    self.centerX = centerX
    self.centerY = centerY
    self.level = level
    self.caption = caption
    self.title = title
  }

  /// A grid of cells with its regions named.
  public func figure(width: Double = 720) -> Figure {
    let width = Figure.usable(width)
    let columns = [x.axis, y.axis, event]
    let count = xs.count * ys.count
    let classes = self.classes
    guard count > 0, count <= 40_000, (xs + ys).allSatisfy(\.isFinite), classes.count == count
    else {
      return .empty(
        id: id, title: title ?? event, width: width,
        message: "No map to show: the grid is empty or not complete.", columns: columns)
    }
    let names = self.names
    let plot = width - 76
    let frame = PlotFrame(
      left: 52, top: 34, right: 52 + plot, bottom: 34 + min(max(plot * 0.6, 180), 420))
    var canvas = Canvas(id: id, width: width)
    let edgesX = Self.edges(xs)
    let edgesY = Self.edges(ys)
    let along = LinearScale(edgesX.0, edgesX.1, to: frame.left, frame.right)
    let up = LinearScale(edgesY.0, edgesY.1, to: frame.bottom, frame.top)
    let step = (frame.right - frame.left) / Double(xs.count)
    let rise = (frame.bottom - frame.top) / Double(ys.count)
    for index in names.indices where isOutcome && index % 2 == 1 {
      canvas.hatch("region-\(index)", class: "fig-wash-\(color(index))")
    }
    for row in ys.indices {
      var start = 0
      while start < xs.count {
        let kind = classes[row * xs.count + start]
        var end = start + 1
        while end < xs.count, classes[row * xs.count + end] == kind { end += 1 }
        if let kind {
          let drawn = look(kind)
          canvas.rect(
            frame.left + Double(start) * step, frame.bottom - Double(row + 1) * rise,
            Double(end - start) * step, rise, class: drawn.0 + " fig-cell", pattern: drawn.1)
        }
        start = end
      }
    }
    let hasNumbers = hasNumbers(step, rise)
    if !hasNumbers {
      drawBorders(&canvas, frame, step, rise, class: "fig-border") { classes[$0] != classes[$1] }
    }
    let isCrossed = drawLevel(&canvas, frame, step, rise)
    canvas.text(y.axis, x: 4, y: 16, limit: width - 8)
    for tick in up.ticks(4) {
      canvas.line(frame.left - 4, up(tick), frame.left, up(tick), class: "fig-axis")
      canvas.text(
        y.text(tick), x: frame.left - 7, y: up(tick) + 4, anchor: .end, style: .small,
        class: "fig-soft")
    }
    canvas.line(frame.left, frame.top, frame.left, frame.bottom, class: "fig-axis")
    let used = frame.drawHorizontal(&canvas, along, name: x.axis, label: { x.text($0) })
    let hasCenter = drawCenter(&canvas, frame, along, up, isNamed: !hasNumbers)
    if hasNumbers {
      drawNumbers(&canvas, frame, step, rise)
    } else {
      for kind in names.indices {
        label(kind, names[kind], &canvas, frame, classes, step, rise)
      }
    }
    let shares = names.indices.map { kind in
      Double(classes.count { $0 == kind }) / Double(count)
    }
    let present = names.indices.filter { shares[$0] > 0 }
    let entries =
      present.map { entry($0, "\(names[$0]) (\(FigureNumbers.share(shares[$0])) of the map)") }
      + (isCrossed ? [levelEntry] : [])
      + (hasNumbers && hasCenter ? [("best estimates", { Self.drawCenter(&$0, $1, $2) })] : [])
    let bottom = canvas.legend(entries, x: 4, y: used + 14)
    let missing = classes.count { $0 == nil }
    let largest = present.max { shares[$0] < shares[$1] } ?? 0
    let finding =
      present.isEmpty
      ? event
      : !isOutcome
        ? "\(event): \(range)"
        : "\(event): \(names[largest]) on \(FigureNumbers.share(shares[largest])) of the map"
    return Figure(
      canvas, height: bottom + 6, title: title ?? finding,
      caption: (caption
        ?? "\(event) for each pair of values, the other assumptions at their best estimates.")
        + (missing == 0 ? "" : " Blank: \(missing) cells without a result."),
      alternative: "Map of \(x.name) along and \(y.name) upward. "
        + present.map { "\(names[$0]): \(FigureNumbers.share(shares[$0]))" }
        .joined(separator: "; ") + ".",
      table: FigureTable(columns: columns, rows: rows(classes, names)))
  }

  private var isOutcome: Bool {
    if case .outcomes = cells { true } else { false }
  }

  private var names: [String] {
    switch cells {
    case .outcomes(_, let names): names
    case .probabilities: bands.names
    }
  }

  /// Which of the names each cell bears.
  private var classes: [Int?] {
    switch cells {
    case .outcomes(let kinds, let names):
      kinds.map { kind in
        guard let kind, names.indices.contains(kind) else { return nil }
        return kind
      }
    case .probabilities(let values):
      values.map { $0.isFinite ? bands.place(of: $0) : nil }
    }
  }

  private func rows(_ classes: [Int?], _ names: [String]) -> [[String]] {
    var result: [[String]] = []
    for (row, upward) in ys.enumerated() {
      for (column, along) in xs.enumerated() {
        let cell = row * xs.count + column
        let words =
          switch cells {
          case .outcomes: classes[cell].map { names[$0] } ?? "none"
          case .probabilities(let values): FigureNumbers.percent(values[cell])
          }
        result.append([x.text(along), y.text(upward), words])
      }
    }
    return result
  }

  // MARK: - Probabilities

  private var probabilities: [Double] {
    if case .probabilities(let values) = cells { values.filter(\.isFinite) } else { [] }
  }

  private var bands: ProbabilityBands { ProbabilityBands(probabilities) }

  private var range: String {
    let (low, high) = (probabilities.min() ?? 0, probabilities.max() ?? 0)
    return "\(FigureNumbers.percent(low)) to \(FigureNumbers.percent(high))"
  }

  /// Marks where the probability crosses the level; whether it does.
  private func drawLevel(
    _ canvas: inout Canvas, _ frame: PlotFrame, _ step: Double, _ rise: Double
  ) -> Bool {
    guard let level = finite(level), case .probabilities(let values) = cells else { return false }
    return drawBorders(&canvas, frame, step, rise, class: "fig-level") {
      values[$0].isFinite && values[$1].isFinite && (values[$0] >= level) != (values[$1] >= level)
    }
  }

  /// Whether there is room for each cell's number.
  private func hasNumbers(_ step: Double, _ rise: Double) -> Bool {
    if isOutcome { return false }
    let widest = probabilities.map { TextMeasure.width(FigureNumbers.percent($0), .small) }.max()
    return (widest ?? 0) + 4 <= step && rise >= 20
  }

  private func drawNumbers(
    _ canvas: inout Canvas, _ frame: PlotFrame, _ step: Double, _ rise: Double
  ) {
    guard case .probabilities(let values) = cells else { return }
    for (cell, value) in values.enumerated() where value.isFinite {
      let x = frame.left + (Double(cell % xs.count) + 0.5) * step
      let y = frame.bottom - (Double(cell / xs.count) + 0.5) * rise + 4
      // Beside the mark of the best estimates, where that is in the middle of the cell.
      canvas.place(
        FigureNumbers.percent(value),
        at: [
          Place(x: x, y: y, anchor: .middle), Place(x: x, y: y - 12, anchor: .middle),
          Place(x: x, y: y + 12, anchor: .middle), Place(x: x - step / 4, y: y, anchor: .middle),
          Place(x: x + step / 4, y: y, anchor: .middle),
        ], style: .small, class: "fig-halo", top: frame.top, bottom: frame.bottom)
    }
  }

  // MARK: - Looks

  private typealias Entry = (text: String, draw: (inout Canvas, Double, Double) -> Void)

  private func entry(_ kind: Int, _ text: String) -> Entry {
    (
      text,
      { canvas, x, y in
        let drawn = look(kind)
        canvas.rect(x - 6, y - 6, 12, 12, class: drawn.0, pattern: drawn.1)
      }
    )
  }

  private var levelEntry: Entry {
    (
      "crosses \(FigureNumbers.tick(level ?? 0))",
      { $0.line($1 - 7, $2, $1 + 7, $2, class: "fig-level") }
    )
  }

  private func color(_ kind: Int) -> String {
    FigureStyle.colors[kind % FigureStyle.colors.count]
  }

  /// Class and pattern of a region.
  private func look(_ kind: Int) -> (String, String?) {
    if !isOutcome { return ("fig-shade-\(bands.shade(kind))", nil) }
    if kind % 2 == 1 { return ("fig-mesh", "region-\(kind)") }
    return ("fig-wash-\(color(kind))", nil)
  }

  private static func edges(_ centers: [Double]) -> (Double, Double) {
    guard let first = centers.first, let last = centers.last else { return (0, 1) }
    let half =
      centers.count > 1 ? (last - first) / Double(centers.count - 1) / 2 : max(abs(first), 1) / 2
    return (first - half, last + half)
  }

  /// Lines between neighboring cells that differ; whether there are any.
  @discardableResult
  private func drawBorders(
    _ canvas: inout Canvas, _ frame: PlotFrame, _ step: Double, _ rise: Double, class name: String,
    where differ: (Int, Int) -> Bool
  ) -> Bool {
    var data = ""
    for row in ys.indices {
      for column in xs.indices {
        let cell = row * xs.count + column
        let left = frame.left + Double(column) * step
        let bottom = frame.bottom - Double(row) * rise
        if column + 1 < xs.count, differ(cell, cell + 1) {
          data += "M\(SVG.number(left + step)) \(SVG.number(bottom))v\(SVG.number(-rise))"
        }
        if row + 1 < ys.count, differ(cell, cell + xs.count) {
          data += "M\(SVG.number(left)) \(SVG.number(bottom - rise))h\(SVG.number(step))"
        }
      }
    }
    if !data.isEmpty { canvas.path(data, class: name) }
    return !data.isEmpty
  }

  /// Marks the best estimates; whether they are known.
  private func drawCenter(
    _ canvas: inout Canvas, _ frame: PlotFrame, _ along: LinearScale, _ up: LinearScale,
    isNamed: Bool
  ) -> Bool {
    guard let centerX = finite(centerX), let centerY = finite(centerY) else { return false }
    let at = along(centerX)
    let height = up(centerY)
    Self.drawCenter(&canvas, at, height)
    canvas.reserve(Box(x0: at - 9, y0: height - 9, x1: at + 9, y1: height + 9))
    if isNamed {
      canvas.place(
        "best estimates",
        at: [
          Place(x: at + 13, y: height + 4), Place(x: at - 13, y: height + 4, anchor: .end),
          Place(x: at, y: height - 14, anchor: .middle),
          Place(x: at, y: height + 24, anchor: .middle),
        ], style: .small, class: "fig-halo", top: frame.top, bottom: frame.bottom)
    }
    return true
  }

  private static func drawCenter(_ canvas: inout Canvas, _ x: Double, _ y: Double) {
    canvas.circle(x, y, 5, class: "fig-end")
    canvas.line(x - 8, y, x + 8, y, class: "fig-base")
    canvas.line(x, y - 8, x, y + 8, class: "fig-base")
  }

  /// The mean place of the cells of a kind, in cells.
  private func center(of kind: Int, _ classes: [Int?]) -> (column: Double, row: Double) {
    var sum = (column: 0.0, row: 0.0)
    var count = 0.0
    for (cell, other) in classes.enumerated() where other == kind {
      sum.column += Double(cell % xs.count) + 0.5
      sum.row += Double(cell / xs.count) + 0.5
      count += 1
    }
    return count == 0 ? sum : (sum.column / count, sum.row / count)
  }

  /// Writes a region's name in the run of its cells nearest its middle that is long enough.
  private func label(
    _ kind: Int, _ name: String, _ canvas: inout Canvas, _ frame: PlotFrame, _ classes: [Int?],
    _ step: Double, _ rise: Double
  ) {
    let needed = TextMeasure.width(name, .plain) + 8
    let tall = max(Int((20 / rise).rounded(.up)), 1)
    var runs: [(length: Int, row: Int, start: Int)] = []
    for row in ys.indices {
      var start: Int?
      for column in 0...xs.count {
        let fits =
          column < xs.count
          && (0..<tall).allSatisfy { offset in
            let other = row - tall / 2 + offset
            return ys.indices.contains(other) && classes[other * xs.count + column] == kind
          }
        if fits, start == nil { start = column }
        if !fits, let from = start {
          runs.append((column - from, row, from))
          start = nil
        }
      }
    }
    let center = self.center(of: kind, classes)
    func distance(_ run: (length: Int, row: Int, start: Int)) -> Double {
      let along = (Double(run.start) + Double(run.length) / 2 - center.column) * step
      let up = (Double(run.row) + 0.5 - center.row) * rise
      return along * along + up * up
    }
    runs = runs.filter { Double($0.length) * step >= needed }
    runs.sort { distance($0) < distance($1) }
    for run in runs.prefix(40) {
      let at = frame.left + (Double(run.start) + Double(run.length) / 2) * step
      let height = frame.bottom - (Double(run.row) + 0.5) * rise
      let placed = canvas.place(
        name, at: [Place(x: at, y: height + 4, anchor: .middle)], class: "fig-halo",
        top: frame.top, bottom: frame.bottom)
      if placed { return }
    }
  }
}
