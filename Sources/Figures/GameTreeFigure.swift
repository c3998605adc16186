/// A game tree with its play.
public struct GameTreeFigure: Sendable, Hashable {
  /// What happens at a node.
  public enum Kind: Sendable, Hashable {
    /// Chance moves.
    case chance
    /// The party of this index moves.
    case party(Int)
    /// The story ends.
    case end
  }

  /// A node with the branch that leads to it.
  public struct Node: Sendable, Hashable {
    /// Index of the node before it, less than its own; nil at the root, which is the first.
    public var parent: Int?
    /// What happens here.
    public var kind: Kind
    /// The step's name, or what is decided.
    public var label: String
    /// What is chosen on the branch that leads here.
    public var incoming: String
    /// How likely that is, once the node before is reached; nil if it is not known.
    public var probability: Double?
    /// Nodes of one number look alike to the party that moves; nil for a node of its own.
    public var informationSet: Int?
    /// At an end: what it is called.
    public var outcome: String
    /// At an end: one a party.
    public var payoffs: [Double]

    /// A node with the branch that leads to it.
    public init(
      parent: Int?, kind: Kind, label: String = "", incoming: String = "",
      probability: Double? = nil, informationSet: Int? = nil, outcome: String = "",
      payoffs: [Double] = []
    ) {
      self.parent = parent
      self.kind = kind
      self.label = label
      self.incoming = incoming
      self.probability = probability
      self.informationSet = informationSet
      self.outcome = outcome
      self.payoffs = payoffs
    }
  }

  /// Id in the page.
  public var id: String
  /// Names of the parties.
  public var parties: [String]
  /// The tree, each node after its parent.
  public var nodes: [Node]
  /// Subtrees less likely than this are folded.
  public var foldBelow: Double
  /// Nodes drawn at most, about; the likeliest are unfolded first.
  public var budget: Int
  /// States the finding; nil for one made from the main line of play.
  public var title: String?

  /// Data of the figure.
  public init(
    id: String = "tree", parties: [String], nodes: [Node], foldBelow: Double = 0.01,
    budget: Int = 48, title: String? = nil
  ) {
    self.id = id
    self.parties = parties
    self.nodes = nodes
    self.foldBelow = foldBelow
    self.budget = budget
    self.title = title
  }

  /// The tree from left to right; where it does not fit, as an indented list.
  public func figure(width: Double = 720) -> Figure {
    let width = Figure.usable(width)
    let columns = ["end", "by way of", "probability", "payoffs"]
    let tree = FoldedTree(nodes, foldBelow: foldBelow, budget: budget)
    guard !tree.shown.isEmpty else {
      return .empty(
        id: id, title: title ?? "Game tree", width: width, message: "No game to show.",
        columns: columns)
    }
    var canvas = Canvas(id: id, width: width)
    let depth = tree.shown.map(\.depth).max() ?? 0
    let step = (width - 20 - Self.endRoom) / Double(max(depth, 1))
    let isTidy = step >= 92
    let key = canvas.legend(legend(tree), x: 4, y: 16)
    let bottom =
      isTidy
      ? drawTidy(tree, &canvas, top: key + 10, step: min(step, 220))
      : drawOutline(tree, &canvas, top: key + 10)
    let line = tree.mainLine.map { words($0) }.filter { !$0.isEmpty }
    let odds = tree.mainLine.last.map { tree.shown[$0].reach } ?? 1
    let finding =
      line.isEmpty
      ? "Game tree"
      : "Likeliest play: \(line.joined(separator: ", ")) (\(FigureNumbers.percent(odds)))"
    func words(_ node: Int) -> String {
      tree.shown[node].source.map { nodes[$0].incoming } ?? ""
    }
    return Figure(
      canvas, height: bottom + 8, title: title ?? finding,
      caption:
        "The thicker a line, the likelier that play comes this way; the likeliest play stands "
        + "out." + (setLetters(tree).isEmpty ? "" : isTidy ? Self.joined : Self.lettered)
        + (tree.isFolded ? " Dashed boxes hold branches that are not drawn." : "")
        + (tree.orphans == 0 ? "" : " Left out, without a place in the tree: \(tree.orphans)."),
      alternative: "Game tree with \(nodes.count) nodes, \(tree.shown.count) drawn. \(finding).",
      table: FigureTable(columns: columns, rows: rows(tree)))
  }

  private static let joined = " Nodes joined by dots look alike to the party that moves."
  private static let lettered =
    " Nodes with the same letter in brackets look alike to the party that moves."

  /// Room for the words at an end.
  private static let endRoom = 150.0

  private func rows(_ tree: FoldedTree) -> [[String]] {
    nodes.indices.filter { tree.reach[$0] != nil && tree.children[$0].isEmpty }.map { index in
      var way: [String] = []
      var at = index
      while let parent = nodes[at].parent, parent < at {
        way.append(nodes[at].incoming)
        at = parent
      }
      return [
        nodes[index].outcome.isEmpty ? nodes[index].label : nodes[index].outcome,
        way.reversed().joined(separator: ", "), FigureNumbers.percent(tree.reach[index] ?? 0),
        payoffs(nodes[index]),
      ]
    }
  }

  private func payoffs(_ node: Node) -> String {
    node.payoffs.enumerated().map { party, value in
      let name = parties.indices.contains(party) ? parties[party] + " " : ""
      return name + FigureNumbers.short(value)
    }.joined(separator: ", ")
  }

  private func legend(
    _ tree: FoldedTree
  ) -> [(text: String, draw: (inout Canvas, Double, Double) -> Void)] {
    var result: [(text: String, draw: (inout Canvas, Double, Double) -> Void)] = []
    let kinds = Set(tree.shown.compactMap { $0.source.map { nodes[$0].kind } })
    for (party, name) in parties.enumerated() where kinds.contains(.party(party)) {
      result.append((name, { Self.symbol(.party(party), &$0, $1, $2) }))
    }
    if kinds.contains(.chance) {
      result.append(("chance", { Self.symbol(.chance, &$0, $1, $2) }))
    }
    if kinds.contains(.end) { result.append(("end", { Self.symbol(.end, &$0, $1, $2) })) }
    if tree.isFolded {
      result.append(
        ("folded", { $0.rect($1 - 6, $2 - 5, 12, 10, class: "fig-fold", round: 2) }))
    }
    result.append(
      ("likeliest play", { $0.line($1 - 7, $2, $1 + 7, $2, class: "fig-likely", thickness: 4) }))
    return result
  }

  /// A node's mark: a shape and a color for each party, a bar for an end, a dot for chance.
  private static func symbol(
    _ kind: Kind, _ canvas: inout Canvas, _ x: Double, _ y: Double, title: String? = nil
  ) {
    func at(_ dx: Double, _ dy: Double) -> String { "\(SVG.number(x + dx)) \(SVG.number(y + dy))" }
    switch kind {
    case .chance: canvas.circle(x, y, 4.5, class: "fig-chance", title: title)
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
      return "\(node.hidden) \(node.isRest ? "more " : "")\(node.hidden == 1 ? "end" : "ends"), "
        + FigureNumbers.percent(node.reach)
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
    return "\(mover)\(name), reached \(FigureNumbers.percent(node.reach))\(values)"
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

  private func thickness(_ node: FoldedTree.Shown) -> Double { 1 + 5 * min(node.reach, 1) }

  /// Columns by depth, rows by a tidy layout; returns the lowest pixel used.
  private func drawTidy(
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
    let unit = 30.0
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
      drawMark(node, &canvas, x(index), y(index))
      let (name, odds) = branch(node)
      if node.parent != nil, !(name + odds).isEmpty {
        let room = step - 36 - (odds.isEmpty ? 0 : TextMeasure.width(" " + odds, .small))
        let label = TextMeasure.clip(name, width: room, style: .small)
        let raise = 3 + thickness(node) / 2
        canvas.text(
          odds.isEmpty ? label : label.isEmpty ? odds : "\(label) \(odds)",
          x: x(index) - step + 28, y: y(index) - raise, style: .small, class: "fig-halo",
          full: label == name ? nil : "\(name) \(odds)")
      }
      let words = tail(node)
      if !words.isEmpty {
        canvas.text(
          words, x: x(index) + 12, y: y(index) + 4, style: node.hidden > 0 ? .small : .plain,
          class: "fig-halo", limit: min(canvas.width - x(index) - 14, max(step - 16, Self.endRoom)))
      }
    }
    return (tree.shown.indices.map(y).max() ?? top) + 16
  }

  /// Letters for the information sets of which more than one node is drawn.
  private func setLetters(_ tree: FoldedTree) -> [Int: String] {
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
  private func drawOutline(_ tree: FoldedTree, _ canvas: inout Canvas, top: Double) -> Double {
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
      drawMark(node, &canvas, x(index), rows[index])
      let (name, odds) = branch(node)
      let step = node.source.map { nodes[$0].label } ?? ""
      let set = node.source.flatMap { nodes[$0].informationSet }.flatMap { letters[$0] }
      let words = [
        name + (set.map { " [\($0)]" } ?? ""),
        tail(node).isEmpty ? (node.parent == nil ? step : "") : tail(node),
      ].filter { !$0.isEmpty }.joined(separator: " → ")
      let room = odds.isEmpty ? 0 : 46.0
      canvas.text(
        words, x: x(index) + 13, y: rows[index] + 4, class: "fig-halo",
        limit: canvas.width - x(index) - 20 - room)
      if !odds.isEmpty {
        canvas.text(
          odds, x: canvas.width - 4, y: rows[index] + 4, anchor: .end, style: .small)
      }
    }
    return top + 14 + Double(order.count) * 24
  }
}
