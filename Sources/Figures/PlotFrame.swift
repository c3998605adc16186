/// The rectangle that a plot is drawn in, with its axes.
struct PlotFrame {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  /// Ticks, their labels and the axis's name under the plot; returns the lowest pixel used.
  @discardableResult
  func drawHorizontal(
    _ canvas: inout Canvas, _ scale: LinearScale, name: String, grid: Bool = false,
    label: (Double) -> String
  ) -> Double {
    let count = max(Int((right - left) / 60), 2)
    for tick in scale.ticks(count) {
      let x = scale(tick)
      if grid { canvas.line(x, top, x, bottom, class: "fig-grid") }
      canvas.line(x, bottom, x, bottom + 4, class: "fig-axis")
      canvas.place(
        label(tick), at: [Place(x: x, y: bottom + 16, anchor: .middle)], style: .small,
        class: "fig-soft")
    }
    canvas.line(left, bottom, right, bottom, class: "fig-axis")
    guard !name.isEmpty else { return bottom + 20 }
    canvas.text(
      name, x: (left + right) / 2, y: bottom + 34, anchor: .middle, limit: right - left + 40)
    return bottom + 40
  }

  /// Lines across the plot with labels at its left, the axis's name above.
  func drawVertical(
    _ canvas: inout Canvas, _ scale: LinearScale, name: String, label: (Double) -> String
  ) {
    let count = max(Int((bottom - top) / 45), 2)
    for tick in scale.ticks(count) {
      let y = scale(tick)
      canvas.line(left, y, right, y, class: "fig-grid")
      canvas.text(
        label(tick), x: left - 6, y: y + 4, anchor: .end, style: .small, class: "fig-soft")
    }
    if !name.isEmpty {
      canvas.text(name, x: 4, y: top - 12, class: "fig-soft", limit: right - 8)
    }
  }
}

extension Canvas {
  /// Symbols with their meaning, in as many lines as they need; returns the lowest pixel used.
  mutating func legend(
    _ entries: [(text: String, draw: (inout Canvas, Double, Double) -> Void)], x: Double,
    y: Double
  ) -> Double {
    var at = x
    var line = y
    for entry in entries {
      let shown = TextMeasure.clip(entry.text, width: width - x - 30, style: .small)
      let size = TextMeasure.width(shown, .small) + 22
      if at > x, at + size > width - 4 {
        at = x
        line += 18
      }
      entry.draw(&self, at + 7, line - 4)
      text(shown, x: at + 18, y: line, style: .small, full: entry.text)
      at += size + 14
    }
    return entries.isEmpty ? y - 14 : line + 8
  }

  /// Lines of small text; returns the lowest pixel used.
  mutating func note(
    _ words: String, x: Double = 4, y: Double, lines: Int = 3, indent: Double = 0
  ) -> Double {
    var at = y
    let wrapped = TextMeasure.wrap(words, width: width - x - 8, style: .small, lines: lines)
    for line in wrapped {
      text(line, x: x, y: at, style: .small, class: "fig-soft", full: words)
      at += 15
    }
    return at - 6
  }
}

extension Figure {
  /// A figure that says why there is nothing to draw.
  static func empty(
    id: String, title: String, width: Double, message: String, columns: [String]
  ) -> Figure {
    let width = usable(width)
    var canvas = Canvas(id: id, width: width)
    canvas.rect(0.5, 0.5, width - 1, 59, class: "fig-box", round: 4)
    canvas.text(
      message, x: width / 2, y: 34, anchor: .middle, class: "fig-soft", limit: width - 24)
    return Figure(
      canvas, height: 60, title: title, caption: message, alternative: message,
      table: FigureTable(columns: columns, rows: []))
  }

  /// The figure that a canvas holds.
  init(
    _ canvas: Canvas, height: Double, title: String, caption: String, alternative: String,
    table: FigureTable
  ) {
    self.init(
      id: canvas.id, title: title, caption: caption, alternative: alternative, table: table,
      width: canvas.width, height: height.rounded(.up),
      svg: canvas.element(
        height: height.rounded(.up), title: title, alternative: alternative))
  }

  /// A width that figures can be drawn at: 240 to 4000 pixels.
  static func usable(_ width: Double) -> Double {
    width.isFinite ? min(max(width, 240), 4000) : 720
  }

  /// Says how many values were left out because they are no numbers; empty if none was.
  static func leftOut(_ count: Int, _ noun: String) -> String {
    count == 0 ? "" : " Left out as not finite: \(count) \(noun)\(count == 1 ? "" : "s")."
  }
}

/// A sorted sample with its weights.
struct WeightedSample {
  let values: [Double]
  let weights: [Double]
  let total: Double
  let dropped: Int

  /// Keeps finite values with finite, positive weights; no weights means equal ones.
  init(_ values: [Double], _ weights: [Double]) {
    var pairs: [(Double, Double)] = []
    for (index, value) in values.enumerated() {
      let weight = weights.isEmpty ? 1 : index < weights.count ? weights[index] : .nan
      guard value.isFinite, weight.isFinite, weight >= 0 else { continue }
      pairs.append((value, weight))
    }
    dropped = values.count - pairs.count
    pairs.sort { $0.0 < $1.0 }
    self.values = pairs.map(\.0)
    self.weights = pairs.map(\.1)
    total = pairs.reduce(0) { $0 + $1.1 }
  }

  var isEmpty: Bool { !(total > 0) || !total.isFinite }

  var mean: Double {
    var sum = 0.0
    for (value, weight) in zip(values, weights) { sum += value * weight }
    return sum / total
  }

  func quantile(_ share: Double) -> Double {
    var sum = 0.0
    for (value, weight) in zip(values, weights) {
      sum += weight
      if sum >= share * total * (1 - 1e-12) { return value }
    }
    return values.last ?? 0
  }

  /// Shares of the total weight in equal bins of the range.
  func shares(_ bins: Int, from low: Double, to high: Double) -> [Double] {
    var result = Array(repeating: 0.0, count: bins)
    guard high > low else { return result }
    for (value, weight) in zip(values, weights) where value >= low && value <= high {
      result[min(Int((value - low) / (high - low) * Double(bins)), bins - 1)] += weight / total
    }
    return result
  }
}
