/// Draws game trees as SVG, for any browser and for print.
///
/// The tree grows from left to right, a row for each end. Names of branches stand above their
/// lines, names of information sets below them; nodes of one information set are joined by dashed
/// lines in the color of the player; payoffs stand at the ends, in the order and the colors of the
/// players. With a profile lines are the heavier the likelier their choice is, and dark where play
/// goes.
public enum TreeSVG {
  /// The most nodes that are drawn unless asked otherwise.
  public static let limit = 1500

  /// The drawing of a game.
  ///
  /// - Parameters:
  ///   - profile: everybody's strategy, shown as probabilities and heavy lines.
  ///   - limit: the most nodes.
  /// - Throws: ``DrawingDefect`` for a larger tree.
  /// - Complexity: nodes × players.
  public static func text(
    of game: ExtensiveGame, profile: BehaviorProfile? = nil, limit: Int = TreeSVG.limit
  ) throws(DrawingDefect) -> String {
    var canvas = TreeCanvas(try DrawnTree(game, profile: profile, limit: limit))
    return canvas.svg()
  }
}

/// Places and paints the parts of a tree.
private struct TreeCanvas {
  private let drawn: DrawnTree
  private let layout: TreeLayout
  /// The left edge of each column's nodes.
  private var columns: [Double] = []
  private var width = 0.0
  private let top: Double
  private var lines = ""
  private var marks = ""
  private var texts = ""

  private static let rowHeight = 36.0
  private static let margin = 24.0
  /// How far a line runs aslant before it is level.
  private static let slant = 34.0
  private static let radius = 4.5
  private static let fontSize = 13.0
  private static let smallSize = 11.0

  init(_ drawn: DrawnTree) {
    self.drawn = drawn
    layout = TreeLayout(of: drawn.tree)
    top = TreeCanvas.margin + 62
    placeColumns()
  }

  private func x(_ node: Int) -> Double { columns[layout.depth[node]] }

  private func y(_ node: Int) -> Double { top + layout.row[node] * TreeCanvas.rowHeight }

  private func label(_ branch: DrawnTree.Branch) -> String {
    SVGText.cut(branch.name) + (branch.probability.map { "  (\($0))" } ?? "")
  }

  /// Columns as wide as what is written between them.
  private mutating func placeColumns() {
    let tree = drawn.tree
    var widths = [Double](repeating: 24, count: (layout.depth.max() ?? 0) + 1)
    var right = 0.0
    for id in tree.nodes.indices {
      var text = SVGText.width(SVGText.cut(drawn.name(at: id), to: 28)) * TreeCanvas.smallSize + 8
      if let branch = drawn.branch(to: id) {
        text = max(text, SVGText.width(label(branch)) * TreeCanvas.fontSize)
        text += TreeCanvas.slant + 18
      }
      widths[layout.depth[id]] = max(widths[layout.depth[id]], text)
    }
    var place = TreeCanvas.margin
    for width in widths {
      place += width
      columns.append(place)
    }
    for id in tree.nodes.indices where tree.nodes[id].kind == .terminal {
      let payoffs = drawn.payoffs(at: id).joined(separator: ", ")
      let text =
        SVGText.width(payoffs) * TreeCanvas.fontSize
        + SVGText.width(SVGText.cut(drawn.outcome(at: id))) * TreeCanvas.smallSize + 28
      right = max(right, x(id) + text)
    }
    let title = SVGText.width(SVGText.cut(drawn.game.title, to: 80)) * 18
    width = max(right, TreeCanvas.margin + max(title, legendWidth)) + TreeCanvas.margin
  }

  private var legendWidth: Double {
    drawn.tree.players.reduce(0) {
      $0 + SVGText.width(SVGText.cut($1)) * TreeCanvas.fontSize + 36
    }
  }

  mutating func svg() -> String {
    paintHeading()
    for id in drawn.tree.nodes.indices {
      paintBranch(to: id)
      paintNode(id)
    }
    paintSets()
    let rows = Double(max(layout.rowCount, 1) - 1)
    let height = top + rows * TreeCanvas.rowHeight + TreeCanvas.margin + 12
    let size = "\(SVGText.number(width.rounded(.up))) \(SVGText.number(height.rounded(.up)))"
    let extent = size.split(separator: " ")
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" width="\(extent[0])" \
      height="\(extent[1])" role="img" font-family="Helvetica, Arial, sans-serif" \
      font-size="\(SVGText.number(TreeCanvas.fontSize))">
      <title>\(SVGText.escaped(drawn.game.title))</title>
      <rect width="100%" height="100%" fill="#ffffff"/>
      <g fill="none" stroke-linejoin="round">
      \(lines)</g>
      \(marks)<g fill="#222222" stroke="#ffffff" stroke-width="3" paint-order="stroke" \
      stroke-linejoin="round">
      \(texts)</g>
      </svg>

      """
  }

  // MARK: Parts

  private mutating func write(
    _ text: String, _ x: Double, _ y: Double, _ attributes: String = ""
  ) {
    if text.isEmpty { return }
    texts += "<text x=\"\(SVGText.number(x))\" y=\"\(SVGText.number(y))\"\(attributes)>"
    texts += "\(SVGText.escaped(text))</text>\n"
  }

  private mutating func paintHeading() {
    let left = TreeCanvas.margin
    write(
      SVGText.cut(drawn.game.title, to: 80), left, left + 10,
      " font-size=\"17\" font-weight=\"bold\"")
    var place = left
    for (player, name) in drawn.tree.players.enumerated() {
      paintMark(.decision, place + 5, left + 31, PlayerColors.mark(of: player))
      write(
        SVGText.cut(name), place + 16, left + 35.5,
        " fill=\"\(PlayerColors.text(of: player))\" font-weight=\"bold\"")
      place += SVGText.width(SVGText.cut(name)) * TreeCanvas.fontSize + 36
    }
  }

  private mutating func paintBranch(to id: Int) {
    guard let branch = drawn.branch(to: id) else { return }
    let parent = Int(drawn.tree.nodes[id].parent)
    let level = x(parent) + TreeCanvas.slant
    let hasProfile = drawn.profile != nil
    let stroke = branch.isPlayed ? "#222222" : hasProfile ? "#b4b4b4" : "#777777"
    let weight = hasProfile && branch.weight > 0 ? 1.2 + 2.6 * branch.weight : 1.2
    lines += "<path d=\"M\(SVGText.number(x(parent))) \(SVGText.number(y(parent)))"
    lines += "L\(SVGText.number(level)) \(SVGText.number(y(id)))"
    lines += "H\(SVGText.number(x(id)))\" stroke=\"\(stroke)\""
    lines += " stroke-width=\"\(SVGText.number(weight))\"/>\n"
    let isBold = branch.isPlayed && branch.weight > 0
    let style = isBold ? " font-weight=\"bold\"" : hasProfile ? " fill=\"#6a6a6a\"" : ""
    texts += "<text x=\"\(SVGText.number(level + 4))\" y=\"\(SVGText.number(y(id) - 5))\"\(style)>"
    texts += SVGText.escaped(SVGText.cut(branch.name))
    if let probability = branch.probability {
      texts += "<tspan dx=\"6\" font-weight=\"normal\" fill=\"#555555\">"
      texts += "(\(SVGText.escaped(probability)))</tspan>"
    }
    texts += "</text>\n"
  }

  private mutating func paintNode(_ id: Int) {
    let tree = drawn.tree
    paintMark(tree.nodes[id].kind, x(id), y(id), drawn.color(at: id))
    if tree.nodes[id].kind != .terminal {
      let color = drawn.player(at: id).map(PlayerColors.text) ?? PlayerColors.chance
      let size = SVGText.number(TreeCanvas.smallSize)
      write(
        SVGText.cut(drawn.name(at: id), to: 28), x(id) - 7, y(id) + 14,
        " text-anchor=\"end\" font-size=\"\(size)\" fill=\"\(color)\"")
      return
    }
    let payoffs = drawn.payoffs(at: id)
    var spans = ""
    for (player, payoff) in payoffs.enumerated() {
      spans += player == 0 ? "" : ", "
      spans += "<tspan fill=\"\(PlayerColors.text(of: player))\" font-weight=\"bold\">"
      spans += "\(SVGText.escaped(payoff))</tspan>"
    }
    let left = SVGText.number(x(id) + 10)
    let line = SVGText.number(y(id) + 4.5)
    let outcome = SVGText.escaped(SVGText.cut(drawn.outcome(at: id)))
    texts += "<text x=\"\(left)\" y=\"\(line)\">\(spans)<tspan dx=\"10\" fill=\"#555555\""
    texts += " font-size=\"\(SVGText.number(TreeCanvas.smallSize))\">\(outcome)</tspan></text>\n"
  }

  private mutating func paintMark(_ kind: GameTree.Kind, _ x: Double, _ y: Double, _ color: String)
  {
    let radius = TreeCanvas.radius
    switch kind {
    case .decision:
      marks += "<circle cx=\"\(SVGText.number(x))\" cy=\"\(SVGText.number(y))\""
      marks += " r=\"\(SVGText.number(radius))\" fill=\"\(color)\"/>\n"
    case .chance:
      // A diamond, open.
      let size = SVGText.number(radius + 0.5)
      marks += "<path d=\"M\(SVGText.number(x - radius - 0.5)) \(SVGText.number(y))"
      marks += "l\(size) -\(size) \(size) \(size) -\(size) \(size)z\""
      marks += " fill=\"#ffffff\" stroke=\"\(color)\" stroke-width=\"1.6\"/>\n"
    case .terminal:
      marks += "<rect x=\"\(SVGText.number(x - 2))\" y=\"\(SVGText.number(y - 2))\""
      marks += " width=\"4\" height=\"4\" fill=\"#444444\"/>\n"
    }
  }

  /// Joins the nodes of each information set: straight down where nothing stands between them, else
  /// in an arc, each set of a column in one of its own.
  private mutating func paintSets() {
    let tree = drawn.tree
    // The row of the node that stands above each node in its column.
    var lastInColumn = [Int](repeating: -1, count: columns.count)
    var above = [Int](repeating: -1, count: tree.nodes.count)
    for id in tree.nodes.indices {
      above[id] = lastInColumn[layout.depth[id]]
      lastInColumn[layout.depth[id]] = id
    }
    var arcs = [Int](repeating: 0, count: columns.count)
    for set in tree.informationSets where set.nodes.count > 1 {
      let color = PlayerColors.mark(of: set.player)
      var arc: Double?
      for (first, second) in zip(set.nodes, set.nodes.dropFirst()) {
        let from = "\(SVGText.number(x(first))) \(SVGText.number(y(first)))"
        let to = "\(SVGText.number(x(second))) \(SVGText.number(y(second)))"
        var path = "M\(from)L\(to)"
        if above[second] != first {
          if arc == nil {
            arc = 14 + 10 * Double(arcs[layout.depth[first]] % 4)
            arcs[layout.depth[first]] += 1
          }
          let bend = arc ?? 14
          path = "M\(from)C\(SVGText.number(x(first) + bend)) \(SVGText.number(y(first) + 14)) "
          path += "\(SVGText.number(x(second) + bend)) \(SVGText.number(y(second) - 14)) \(to)"
        }
        // Arcs may be many: thinner, so that they do not drown what they cross.
        let weight = arc == nil ? "1.6\"" : "1.3\" stroke-opacity=\"0.75\""
        lines += "<path d=\"\(path)\" stroke=\"\(color)\" stroke-width=\"\(weight)"
        lines += " stroke-dasharray=\"5 4\"/>\n"
      }
    }
  }
}
