/// Which claims bear on which assumptions and steps, and these on which answers.
public struct ArgumentMapFigure: Sendable, Hashable {
  /// A claim, an assumption or step, or an answer.
  public struct Item: Sendable, Hashable {
    /// What it says.
    public var text: String
    /// Where it comes from; empty if no source is given.
    public var source: String
    /// Whether it should have a source.
    public var needsSource: Bool

    /// An item of the map.
    public init(text: String, source: String = "", needsSource: Bool = true) {
      self.text = text
      self.source = source
      self.needsSource = needsSource
    }

    var isUnsourced: Bool { needsSource && source.isEmpty }
  }

  /// From an item of one column to one of the next.
  public struct Link: Sendable, Hashable {
    /// Index in the column on the left.
    public var from: Int
    /// Index in the column on the right.
    public var to: Int

    /// A link.
    public init(_ from: Int, _ to: Int) {
      self.from = from
      self.to = to
    }
  }

  /// Id in the page.
  public var id: String
  /// What the argument says.
  public var claims: [Item]
  /// Assumptions and steps of the story.
  public var steps: [Item]
  /// The questions with their answers.
  public var answers: [Item]
  /// From claims to steps.
  public var bearing: [Link]
  /// From steps to answers.
  public var deciding: [Link]
  /// States the finding; nil for one made from the data.
  public var title: String?

  /// Data of the figure.
  public init(
    id: String = "argument", claims: [Item], steps: [Item], answers: [Item], bearing: [Link],
    deciding: [Link], title: String? = nil
  ) {
    self.id = id
    self.claims = claims
    self.steps = steps
    self.answers = answers
    self.bearing = bearing
    self.deciding = deciding
    self.title = title
  }

  /// Three columns with links; where they do not fit, steps with their claims below.
  public func figure(width: Double = 720) -> Figure {
    let width = Figure.usable(width)
    let columns = ["claim", "source", "assumption or step", "answer"]
    guard !(claims.isEmpty && steps.isEmpty && answers.isEmpty) else {
      return .empty(
        id: id, title: title ?? "The argument", width: width, message: "No argument to show.",
        columns: columns)
    }
    var canvas = Canvas(id: id, width: width)
    let bearing = bearing.filter {
      claims.indices.contains($0.from) && steps.indices.contains($0.to)
    }
    let deciding = deciding.filter {
      steps.indices.contains($0.from) && answers.indices.contains($0.to)
    }
    let used =
      width >= 560
      ? drawColumns(&canvas, bearing, deciding) : drawList(&canvas, bearing, deciding)
    let bottom = canvas.legend(
      [
        ("sourced", { $0.rect($1 - 7, $2 - 5, 14, 10, class: "fig-box", round: 2) }),
        ("no source", { $0.rect($1 - 7, $2 - 5, 14, 10, class: "fig-open", round: 2) }),
      ], x: 4, y: used + 18)
    let open = (claims + steps).count(where: \.isUnsourced)
    let finding =
      open == 0
      ? "Every step of the argument has a source"
      : "\(open) of \(claims.count + steps.count) claims and steps \(open == 1 ? "has" : "have") "
        + "no source"
    return Figure(
      canvas, height: bottom + 4, title: title ?? finding,
      caption:
        "From what is claimed to the assumptions and steps that it bears on, to the answers. "
        + "Dashed: no source is given.",
      alternative: "Map of the argument: \(claims.count) claims, \(steps.count) assumptions and "
        + "steps, \(answers.count) answers. \(finding).",
      table: FigureTable(columns: columns, rows: rows(bearing, deciding)))
  }

  private func rows(_ bearing: [Link], _ deciding: [Link]) -> [[String]] {
    var result: [[String]] = []
    func answers(of step: Int) -> String {
      deciding.filter { $0.from == step }.map { self.answers[$0.to].text }
        .joined(separator: "; ")
    }
    for (index, claim) in claims.enumerated() {
      let links = bearing.filter { $0.from == index }
      if links.isEmpty { result.append([claim.text, source(claim), "", ""]) }
      for link in links {
        result.append([claim.text, source(claim), steps[link.to].text, answers(of: link.to)])
      }
    }
    for (index, step) in steps.enumerated() where !bearing.contains(where: { $0.to == index }) {
      result.append(["", source(step), step.text, answers(of: index)])
    }
    return result
  }

  private func source(_ item: Item) -> String { item.isUnsourced ? "no source" : item.source }

  /// A column of boxes: their tops and heights.
  private struct Column {
    var x: Double
    var width: Double
    var lines: [[String]]
    var sourced: [Bool]
    var tops: [Double] = []
    var heights: [Double]

    init(_ items: [Item], x: Double, width: Double, lines limit: Int) {
      self.x = x
      self.width = width
      lines = items.map {
        TextMeasure.wrap($0.text, width: width - 16, style: .small, lines: limit)
      }
      sourced = items.map { !$0.isUnsourced }
      heights = zip(lines, sourced).map { Double(max($0.count, 1) + ($1 ? 0 : 1)) * 14 + 10 }
    }

    var middles: [Double] { zip(tops, heights).map { $0 + $1 / 2 } }

    /// Sets boxes as near to the wished middles as they go without overlap, in that order.
    mutating func place(_ wished: [Double], from top: Double) {
      tops = Array(repeating: top, count: heights.count)
      let order = wished.indices.sorted {
        wished[$0] == wished[$1] ? $0 < $1 : wished[$0] < wished[$1]
      }
      var blocks: [(members: [Int], start: Double, length: Double)] = []
      for index in order {
        let length = heights[index] + 8
        var block = ([index], max(wished[index] - heights[index] / 2, top), length)
        while let last = blocks.last, last.start + last.length > block.1 {
          blocks.removeLast()
          let members = last.members + block.0
          let sum = last.length + block.2
          let start =
            (last.start * Double(last.members.count)
              + (block.1 - last.length) * Double(block.0.count)) / Double(members.count)
          block = (members, max(start, top), sum)
        }
        blocks.append((block.0, block.1, block.2))
      }
      for block in blocks {
        var at = block.start
        for index in block.members {
          tops[index] = at
          at += heights[index] + 8
        }
      }
    }

    var bottom: Double { zip(tops, heights).map { $0 + $1 }.max() ?? 0 }
  }

  private func drawColumns(
    _ canvas: inout Canvas, _ bearing: [Link], _ deciding: [Link]
  ) -> Double {
    let gap = min(max(canvas.width * 0.07, 40), 90)
    let each = (canvas.width - 8 - 2 * gap) / 3
    var left = Column(claims, x: 4, width: each, lines: 3)
    var middle = Column(steps, x: 4 + each + gap, width: each, lines: 2)
    var right = Column(answers, x: 4 + 2 * (each + gap), width: each, lines: 4)
    let top = 34.0
    var at = top
    let order = claims.indices.sorted { a, b in
      let (x, y) = (first(a), first(b))
      return x == y ? a < b : x < y
    }
    func first(_ claim: Int) -> Int {
      bearing.filter { $0.from == claim }.map(\.to).min() ?? Int.max
    }
    left.tops = Array(repeating: top, count: claims.count)
    for index in order {
      left.tops[index] = at
      at += left.heights[index] + 8
    }
    middle.place(wished(middle, bearing, left.middles, from: top), from: top)
    right.place(wished(right, deciding, middle.middles, from: top), from: top)
    for (text, column) in [("Claims", left), ("Assumptions and steps", middle), ("Answers", right)]
    {
      canvas.text(text, x: column.x, y: 18, style: .strong, limit: column.width)
    }
    for (links, from, to) in [(bearing, left, middle), (deciding, middle, right)] {
      for link in links {
        let (x0, y0) = (from.x + from.width, from.middles[link.from])
        let (x1, y1) = (to.x, to.middles[link.to])
        let bend = (x1 - x0) / 2
        canvas.path(
          "M\(SVG.number(x0)) \(SVG.number(y0))C\(SVG.number(x0 + bend)) \(SVG.number(y0)) "
            + "\(SVG.number(x1 - bend)) \(SVG.number(y1)) \(SVG.number(x1)) \(SVG.number(y1))",
          class: "fig-link")
      }
    }
    draw(left, claims, &canvas, "fig-box")
    draw(middle, steps, &canvas, "fig-box")
    draw(right, answers, &canvas, "fig-answer")
    return max(left.bottom, middle.bottom, right.bottom)
  }

  /// The mean height of what points at each item; those without follow at the end.
  private func wished(
    _ column: Column, _ links: [Link], _ heights: [Double], from top: Double
  ) -> [Double] {
    column.heights.indices.map { index in
      let from = links.filter { $0.to == index }.map { heights[$0.from] }
      guard !from.isEmpty else { return (heights.max() ?? top) + Double(index) * 0.01 }
      return from.reduce(0, +) / Double(from.count)
    }
  }

  private func draw(
    _ column: Column, _ items: [Item], _ canvas: inout Canvas, _ name: String
  ) {
    for (index, item) in items.enumerated() {
      let top = column.tops[index]
      let tooltip = item.source.isEmpty ? item.text : "\(item.text) (\(item.source))"
      canvas.rect(
        column.x, top, column.width, column.heights[index],
        class: item.isUnsourced ? "fig-open" : name, round: 4, title: tooltip)
      for (line, text) in column.lines[index].enumerated() {
        canvas.text(
          text, x: column.x + 8, y: top + 16 + 14 * Double(line), style: .small,
          full: item.text)
      }
      if item.isUnsourced {
        canvas.text(
          "no source", x: column.x + 8, y: top + column.heights[index] - 8, style: .small,
          class: "fig-soft")
      }
    }
  }

  /// One column: answers with numbers, then each step with the claims that bear on it.
  private func drawList(
    _ canvas: inout Canvas, _ bearing: [Link], _ deciding: [Link]
  ) -> Double {
    var y = 18.0
    func box(_ item: Item, _ words: String, x: Double, class name: String) {
      let limit = canvas.width - x - 4
      let lines = TextMeasure.wrap(words, width: limit - 16, style: .small, lines: 3)
      let height = Double(max(lines.count, 1) + (item.isUnsourced ? 1 : 0)) * 14 + 10
      canvas.rect(
        x, y, limit, height, class: item.isUnsourced ? "fig-open" : name, round: 4,
        title: item.text)
      for (line, text) in lines.enumerated() {
        canvas.text(
          text, x: x + 8, y: y + 16 + 14 * Double(line), style: .small, full: words)
      }
      if item.isUnsourced {
        canvas.text(
          "no source", x: x + 8, y: y + height - 8, style: .small, class: "fig-soft")
      }
      y += height + 6
    }
    if !answers.isEmpty {
      canvas.text("Answers", x: 4, y: y, style: .strong)
      y += 10
      for (index, answer) in answers.enumerated() {
        box(answer, "\(index + 1). \(answer.text)", x: 4, class: "fig-answer")
      }
      y += 20
    }
    canvas.text("Assumptions and steps, with their claims", x: 4, y: y, style: .strong)
    y += 10
    for (index, step) in steps.enumerated() {
      let targets = deciding.filter { $0.from == index }.map { "\($0.to + 1)" }
      let arrow = targets.isEmpty ? "" : " → " + targets.joined(separator: ", ")
      box(step, step.text + arrow, x: 4, class: "fig-box")
      let trunk = y - 6
      for link in bearing where link.to == index {
        canvas.path(
          "M14 \(SVG.number(trunk))V\(SVG.number(y + 14))H26", class: "fig-link")
        box(claims[link.from], claims[link.from].text, x: 26, class: "fig-box")
      }
      y += 6
    }
    let loose = claims.indices.filter { claim in !bearing.contains { $0.from == claim } }
    if !loose.isEmpty {
      y += 14
      canvas.text("Claims that bear on no step", x: 4, y: y, style: .strong)
      y += 10
      for claim in loose { box(claims[claim], claims[claim].text, x: 4, class: "fig-box") }
    }
    return y
  }
}
