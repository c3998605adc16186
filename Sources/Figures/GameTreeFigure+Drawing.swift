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

  /// Columns by depth, rows by a tidy layout; returns the lowest pixel used.
  func drawTidy(
    _ tree: FoldedTree, _ canvas: inout Canvas, top: Double, step: Double
  ) -> Double {
    var parents = tree.shown.map(\.parent)
    let deepest = tree.shown.map(\.depth).max() ?? 0
    for (index, node) in tree.shown.enumerated() {
      // Words at an end take the columns that they reach into.
      let size = min(TextMeasure.width(tail(node), .plain), max(step - 16, Self.endRoom)) + 12
      let columns = tail(node).isEmpty ? 0 : Int((size / step).rounded(.up))
      var last = index
      for _ in 0..<min(columns, deepest - node.depth) {
        parents.append(last)
        last = parents.count - 1
      }
    }
    let rows = TidyLayout.positions(parents: parents)
    let unit = 36.0
    func x(_ node: Int) -> Double { 14 + Double(tree.shown[node].depth) * step }
    func y(_ node: Int) -> Double { top + 18 + rows[node] * unit }
    drawSets(tree, &canvas, x, y)
    for index in tree.shown.indices.sorted(by: { tree.shown[$0].reach < tree.shown[$1].reach }) {
      let node = tree.shown[index]
      guard let parent = node.parent else { continue }
      let isLikely = tree.isMain[index]
      let (x0, y0, x1, y1) = (x(parent), y(parent), x(index), y(index))
      let bend = x0 + 26
      let data =
        "M\(SVG.number(x0)) \(SVG.number(y0))C\(SVG.number(x0 + 16)) \(SVG.number(y0)) "
        + "\(SVG.number(x0 + 10)) \(SVG.number(y1)) \(SVG.number(bend)) \(SVG.number(y1))"
        + "L\(SVG.number(x1)) \(SVG.number(y1))"
      canvas.path(
        data, class: isLikely ? "fig-likely" : "fig-edge", thickness: thickness(node))
    }
    for (index, node) in tree.shown.enumerated() {
      let (at, height) = (x(index), y(index))
      let open = Box(x0: at - step + 22, y0: height - 18, x1: at + 12, y1: height + 14)
      draw(node, &canvas, open) { canvas in
        drawMark(node, &canvas, at, height)
        let (name, odds) = branch(node)
        if node.parent != nil, !(name + odds).isEmpty {
          let room = step - 36 - (odds.isEmpty ? 0 : TextMeasure.width(" " + odds, .small))
          let label = TextMeasure.clip(name, width: room, style: .small)
          let raise = 3 + thickness(node) / 2
          canvas.text(
            odds.isEmpty ? label : label.isEmpty ? odds : "\(label) \(odds)",
            x: at - step + 28, y: height - raise, style: .small, class: "fig-halo",
            full: label == name ? nil : "\(name) \(odds)")
        }
      }
      let words = tail(node)
      if !words.isEmpty {
        canvas.text(
          words, x: at + 12, y: height + 4, style: node.hidden > 0 ? .small : .plain,
          class: "fig-halo", limit: min(canvas.width - at - 14, max(step - 16, Self.endRoom)))
      } else if let decided = decided(at: node) {
        canvas.text(
          decided, x: node.parent == nil ? 4 : at - 11, y: height + 17,
          anchor: node.parent == nil ? .start : .end, style: .small, class: "fig-soft fig-halo",
          limit: node.parent == nil ? step : step - 42)
      }
    }
    return (tree.shown.indices.map(y).max() ?? top) + 20
  }

  /// Letters for the information sets of which more than one node is drawn.
  func setLetters(_ tree: FoldedTree) -> [Int: String] {
    var counts: [Int: Int] = [:]
    for node in tree.shown where node.hidden == 0 {
      if let set = node.source.flatMap({ nodes[$0].informationSet }) {
        counts[set, default: 0] += 1
      }
    }
    var result: [Int: String] = [:]
    for (order, set) in counts.filter({ $0.value > 1 }).keys.sorted().enumerated() {
      let letter = String(UnicodeScalar(UInt8(65 + order % 26)))
      result[set] = order < 26 ? letter : letter + "\(order / 26)"
    }
    return result
  }

  /// Joins the nodes of an information set, from top to bottom.
  private func drawSets(
    _ tree: FoldedTree, _ canvas: inout Canvas, _ x: (Int) -> Double, _ y: (Int) -> Double
  ) {
    var members: [Int: [Int]] = [:]
    for (index, node) in tree.shown.enumerated() where node.hidden == 0 {
      guard let source = node.source, let set = nodes[source].informationSet else { continue }
      members[set, default: []].append(index)
    }
    for (_, set) in members.sorted(by: { $0.key < $1.key }) where set.count > 1 {
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
    let letters = setLetters(tree)
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
