extension GameTreeFigure {
  /// A node's mark: a shape and a color for each party, a bar for an end, a dot for chance.
  static func symbol(
    _ kind: Kind, _ canvas: inout Canvas, _ x: Double, _ y: Double, title: String? = nil
  ) {
    func at(_ dx: Double, _ dy: Double) -> String { "\(SVG.number(x + dx)) \(SVG.number(y + dy))" }
    switch kind {
    case .chance: canvas.circle(x, y, 4.5, class: "fig-chance", title: title)
    case .hidden: canvas.circle(x, y, 4.5, class: "fig-end", title: title)
    case .end: canvas.rect(x - 3, y - 6, 6, 12, class: "fig-end", round: 1, title: title)
    case .party(let party):
      let color = "fig-" + FigureStyle.colors[max(party, 0) % FigureStyle.colors.count]
      switch max(party, 0) % 5 {
      case 0: canvas.circle(x, y, 7, class: color, title: title)
      case 1: canvas.rect(x - 6.5, y - 6.5, 13, 13, class: color, title: title)
      case 2:
        canvas.path(
          "M\(at(-8.5, 0))L\(at(0, -8.5))L\(at(8.5, 0))L\(at(0, 8.5))Z", class: color,
          title: title)
      case 3:
        canvas.path("M\(at(0, -8))L\(at(8, 6))L\(at(-8, 6))Z", class: color, title: title)
      default:
        canvas.path(
          "M\(at(-8, 0))L\(at(-4, -7))L\(at(4, -7))L\(at(8, 0))L\(at(4, 7))L\(at(-4, 7))Z",
          class: color, title: title)
      }
    }
  }

  /// What the branch to a node says: what is chosen and how likely.
  private func branch(_ node: FoldedTree.Shown) -> (name: String, odds: String) {
    guard let source = node.source, node.parent != nil else { return ("", "") }
    let odds = finite(nodes[source].probability).map(FigureNumbers.percent) ?? ""
    return (nodes[source].incoming, odds)
  }

  /// What stands at a node: an end's outcome, what a fold holds.
  private func tail(_ node: FoldedTree.Shown) -> String {
    if node.hidden > 0 {
      let ends = "\(node.hidden) \(node.isRest ? "more " : "")\(node.hidden == 1 ? "end" : "ends")"
      // The branch to a single node says how likely it is.
      return node.source == nil ? "\(ends), \(FigureNumbers.percent(node.reach))" : ends
    }
    guard let source = node.source, nodes[source].kind == .end else { return "" }
    return nodes[source].outcome.isEmpty ? nodes[source].label : nodes[source].outcome
  }

  private func tooltip(_ node: FoldedTree.Shown) -> String {
    guard let source = node.source else { return tail(node) }
    let mover =
      switch nodes[source].kind {
      case .party(let party) where parties.indices.contains(party): parties[party] + ": "
      case .chance: "chance: "
      default: ""
      }
    let name = nodes[source].kind == .end ? tail(node) : nodes[source].label
    let values = nodes[source].payoffs.isEmpty ? "" : "; \(payoffs(nodes[source]))"
    let odds = node.reach > 0 ? "reached \(FigureNumbers.percent(node.reach))" : "never reached"
    return "\(mover)\(name), \(odds)\(values)"
  }

  private func drawMark(
    _ node: FoldedTree.Shown, _ canvas: inout Canvas, _ x: Double, _ y: Double
  ) {
    if node.hidden > 0 {
      canvas.rect(x - 7, y - 6, 14, 12, class: "fig-fold", round: 2, title: tooltip(node))
    } else if let source = node.source {
      Self.symbol(nodes[source].kind, &canvas, x, y, title: tooltip(node))
    }
  }

  /// What is decided at a node whose branches are drawn.
  private func decided(at node: FoldedTree.Shown) -> String? {
    guard let source = node.source, node.hidden == 0, nodes[source].kind != .end,
      !nodes[source].label.isEmpty
    else { return nil }
    return nodes[source].label
  }

  /// Draws what belongs to the branch to a node; where a reader can do something there, as one thing
  /// that can be pressed anywhere in a box.
  private func draw(
    _ node: FoldedTree.Shown, _ canvas: inout Canvas, _ box: Box, _ body: (inout Canvas) -> Void
  ) {
    guard let action = node.source.flatMap({ nodes[$0].action }) else { return body(&canvas) }
    canvas.open(action)
    canvas.rect(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0, class: "fig-hit", round: 3)
    body(&canvas)
    canvas.close()
  }

  private func thickness(_ node: FoldedTree.Shown) -> Double { 1 + 5 * min(node.reach, 1) }

  /// Where the columns of the tidy drawing stand.
  struct Columns {
    /// The root's.
    var first: Double
    /// From one to the next.
    var step: Double
    /// The words at ends are no wider.
    var room: Double
    /// What is decided first is written at the left.
    var namesRoot: Bool

    /// Less is too narrow for the words on a branch.
    static let leastStep = 92.0
    /// From a node to where the branches that leave it are level, and to the words on them.
    static let bend = 20.0
    static let words = 22.0
  }

  /// Columns as far apart as the words at the ends allow.
  func columns(_ tree: FoldedTree, width: Double) -> Columns {
    let deepest = Double(max(tree.shown.map(\.depth).max() ?? 0, 1))
    let room = min(150, width / 3)
    func step(from first: Double) -> Double {
      let steps = tree.shown.filter { $0.depth > 0 }.map { node in
        let style = node.hidden > 0 ? TextStyle.small : .plain
        return (width - first - 16 - min(TextMeasure.width(tail(node), style), room))
          / Double(node.depth)
      }
      return min(steps.min() ?? width, (width - first - 12) / deepest, 220)
    }
    let words = tree.shown.first.flatMap { decided(at: $0) } ?? ""
    let named = 18 + min(TextMeasure.width(words, .small), 90)
    // With few columns there is room to say what is decided first.
    let namesRoot = !words.isEmpty && step(from: named) >= 116
    let first = namesRoot ? named : 14
    return Columns(first: first, step: step(from: first), room: room, namesRoot: namesRoot)
  }

  /// Columns by depth, rows by a tidy layout; returns the lowest pixel used.
  func drawTidy(
    _ tree: FoldedTree, _ canvas: inout Canvas, top: Double, columns: Columns
  ) -> Double {
    let step = columns.step
    let names = tree.shown.map {
      TextMeasure.wrap(branch($0).name, width: step - Columns.words - 8, style: .small, lines: 2)
    }
    let rows = TidyLayout.positions(parents: parents(tree, columns))
    let isTall = names.contains { $0.count > 1 }
    let unit = isTall ? 43.0 : 36
    func x(_ node: Int) -> Double { columns.first + Double(tree.shown[node].depth) * step }
    func y(_ node: Int) -> Double { top + (isTall ? 30 : 18) + rows[node] * unit }
    drawSets(tree, &canvas, x, y)
    for index in tree.shown.indices.sorted(by: { tree.shown[$0].reach < tree.shown[$1].reach }) {
      let node = tree.shown[index]
      guard let parent = node.parent else { continue }
      let (x0, y0, y1) = (x(parent), y(parent), y(index))
      let data =
        "M\(SVG.number(x0)) \(SVG.number(y0))C\(SVG.number(x0 + 13)) \(SVG.number(y0)) "
        + "\(SVG.number(x0 + 7)) \(SVG.number(y1)) \(SVG.number(x0 + Columns.bend)) "
        + "\(SVG.number(y1))H\(SVG.number(x(index)))"
      canvas.path(
        data, class: tree.isMain[index] ? "fig-likely" : "fig-edge", thickness: thickness(node))
    }
    let letters = setLetters(tree, all: false)
    for (index, node) in tree.shown.enumerated() {
      let (at, height) = (x(index), y(index))
      let start = at - step + Columns.words
      let half = thickness(node) / 2
      let open = Box(x0: start - 3, y0: height - unit / 2, x1: at + 11, y1: height + unit / 2 - 2)
      draw(node, &canvas, open) { canvas in
        drawMark(node, &canvas, at, height)
        for (line, words) in names[index].reversed().enumerated() {
          canvas.text(
            words, x: start, y: height - 5 - half - Double(line) * 12, style: .small,
            class: "fig-halo", full: words.contains("…") ? branch(node).name : nil)
        }
        let odds = branch(node).odds
        if !odds.isEmpty {
          canvas.text(odds, x: start, y: height + 11 + half, style: .small, class: "fig-halo")
        }
      }
      let words = tail(node)
      if !words.isEmpty {
        canvas.text(
          words, x: at + 12, y: height + 4, style: node.hidden > 0 ? .small : .plain,
          class: "fig-halo", limit: min(canvas.width - at - 14, columns.room))
      } else if node.parent == nil {
        if columns.namesRoot, let decided = decided(at: node) {
          canvas.text(
            decided, x: at - 12, y: height + 4, anchor: .end, style: .small,
            class: "fig-soft fig-halo", limit: at - 14)
        }
      } else {
        let letter = node.source.flatMap { nodes[$0].informationSet }.flatMap { letters[$0] }
        nameStep(
          decided(at: node), letter: letter, &canvas, x: at - 10, y: height + 11 + half,
          room: step - Columns.words - 16 - TextMeasure.width(branch(node).odds, .small))
      }
    }
    return (tree.shown.indices.map(y).max() ?? top) + 20
  }

  /// The parents of the drawn nodes, and of places that the words at ends take in later columns.
  private func parents(_ tree: FoldedTree, _ columns: Columns) -> [Int?] {
    var parents = tree.shown.map(\.parent)
    let deepest = tree.shown.map(\.depth).max() ?? 0
    for (index, node) in tree.shown.enumerated() where !tail(node).isEmpty {
      let size = min(TextMeasure.width(tail(node), .plain), columns.room) + 12
      var last = index
      for _ in 0..<min(Int((size / columns.step).rounded(.up)), deepest - node.depth) {
        parents.append(last)
        last = parents.count - 1
      }
    }
    return parents
  }

  /// Says what is decided at a node, under the branch that leads there, if that fits; the letter of
  /// its information set in any case.
  private func nameStep(
    _ step: String?, letter: String?, _ canvas: inout Canvas, x: Double, y: Double, room: Double
  ) {
    let bracket = letter.map { "[\($0)]" }
    let texts = [[step, bracket].compactMap(\.self).joined(separator: " "), bracket ?? ""]
    guard let text = texts.first(where: { TextMeasure.width($0, .small) <= room }), !text.isEmpty
    else { return }
    canvas.text(text, x: x, y: y, anchor: .end, style: .small, class: "fig-soft fig-halo")
  }

  /// The nodes that are drawn of each information set, of sets with more than one.
  private func members(_ tree: FoldedTree) -> [Int: [Int]] {
    var result: [Int: [Int]] = [:]
    for (index, node) in tree.shown.enumerated() where node.hidden == 0 {
      if let set = node.source.flatMap({ nodes[$0].informationSet }) {
        result[set, default: []].append(index)
      }
    }
    return result.filter { $0.value.count > 1 }
  }

  /// The sets whose nodes are joined by dots in the tidy drawing: those in one column, unless the
  /// dots would run past another set's.
  private func joined(_ tree: FoldedTree) -> Set<Int> {
    var row = Array(repeating: 0, count: tree.shown.count)
    for (place, node) in tree.depthFirst.enumerated() { row[node] = place }
    var spans: [(set: Int, column: Int, rows: ClosedRange<Int>)] = []
    for (set, nodes) in members(tree) {
      let columns = Set(nodes.map { tree.shown[$0].depth })
      let rows = nodes.map { row[$0] }
      if columns.count == 1, let column = columns.first, let first = rows.min() {
        spans.append((set, column, first...(rows.max() ?? first)))
      }
    }
    let clear = spans.filter { one in
      !spans.contains {
        $0.set != one.set && $0.column == one.column && $0.rows.overlaps(one.rows)
      }
    }
    return Set(clear.map(\.set))
  }

  /// Letters for the information sets of which more than one node is drawn: for all of them, or for
  /// those that are not joined by dots.
  func setLetters(_ tree: FoldedTree, all: Bool) -> [Int: String] {
    let joined = all ? [] : joined(tree)
    let named = members(tree).filter { !joined.contains($0.key) }
    var result: [Int: String] = [:]
    for (order, set) in named.keys.sorted().enumerated() {
      let letter = String(UnicodeScalar(UInt8(65 + order % 26)))
      result[set] = order < 26 ? letter : letter + "\(order / 26)"
    }
    return result
  }

  /// Joins the nodes of an information set that are not lettered, from top to bottom.
  private func drawSets(
    _ tree: FoldedTree, _ canvas: inout Canvas, _ x: (Int) -> Double, _ y: (Int) -> Double
  ) {
    let joined = joined(tree)
    for (name, set) in members(tree).sorted(by: { $0.key < $1.key }) where joined.contains(name) {
      let sorted = set.sorted { y($0) < y($1) }
      for (a, b) in zip(sorted, sorted.dropFirst()) {
        let bow = min(10, (y(b) - y(a)) / 6)
        canvas.path(
          "M\(SVG.number(x(a))) \(SVG.number(y(a)))C\(SVG.number(x(a) + bow)) "
            + "\(SVG.number(y(a) + 14)) \(SVG.number(x(b) + bow)) \(SVG.number(y(b) - 14)) "
            + "\(SVG.number(x(b))) \(SVG.number(y(b)))", class: "fig-set")
      }
    }
  }

  /// One row a node, indented by depth; returns the lowest pixel used.
  func drawOutline(_ tree: FoldedTree, _ canvas: inout Canvas, top: Double) -> Double {
    let order = tree.depthFirst
    let depth = Double(tree.shown.map(\.depth).max() ?? 1)
    let indent = min(18, max((canvas.width - 200) / max(depth, 1), 6))
    var rows = Array(repeating: 0.0, count: tree.shown.count)
    for (row, index) in order.enumerated() { rows[index] = top + 14 + Double(row) * 24 }
    func x(_ node: Int) -> Double { 12 + Double(tree.shown[node].depth) * indent }
    for index in order.sorted(by: { tree.shown[$0].reach < tree.shown[$1].reach }) {
      guard let parent = tree.shown[index].parent else { continue }
      canvas.path(
        "M\(SVG.number(x(parent))) \(SVG.number(rows[parent]))V\(SVG.number(rows[index]))"
          + "H\(SVG.number(x(index)))", class: tree.isMain[index] ? "fig-likely" : "fig-edge",
        thickness: thickness(tree.shown[index]))
    }
    let letters = setLetters(tree, all: true)
    for index in order {
      let node = tree.shown[index]
      let height = rows[index]
      let box = Box(x0: x(index) - 10, y0: height - 12, x1: canvas.width - 1, y1: height + 12)
      draw(node, &canvas, box) { canvas in
        drawMark(node, &canvas, x(index), height)
        let (name, odds) = branch(node)
        let set = node.source.flatMap { nodes[$0].informationSet }.flatMap { letters[$0] }
        let words = [
          name + (set.map { " [\($0)]" } ?? ""),
          tail(node).isEmpty ? decided(at: node).map { "\($0)?" } ?? "" : tail(node),
        ].filter { !$0.isEmpty }.joined(separator: " → ")
        let room = odds.isEmpty ? 0 : 46.0
        canvas.text(
          words, x: x(index) + 13, y: height + 4, class: "fig-halo",
          limit: canvas.width - x(index) - 20 - room)
        if !odds.isEmpty {
          canvas.text(
            odds, x: canvas.width - 4, y: height + 4, anchor: .end, style: .small)
        }
      }
    }
    return top + 14 + Double(order.count) * 24
  }
}
