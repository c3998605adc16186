/// A game tree with its play.
public struct GameTreeFigure: Sendable, Hashable {
  /// What happens at a node.
  public enum Kind: Sendable, Hashable {
    /// Chance moves.
    case chance
    /// The party of this index moves.
    case party(Int)
    /// What follows depends on what only a party knows: no step of the story.
    case hidden
    /// The story ends.
    case end
  }

  /// What a reader can do at a branch, for a page that lets one do something.
  public struct Action: Sendable, Hashable {
    /// What it does, such as "Suppose strike = hold".
    public var name: String
    /// What the page needs to know, as `data-` attributes by name: letters, digits and hyphens.
    public var data: [String: String]

    /// An action with what the page needs to know.
    public init(name: String, data: [String: String]) {
      self.name = name
      self.data = data
    }
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
    /// What a reader can do at the branch that leads here; nil for nothing.
    public var action: Action?

    /// A node with the branch that leads to it.
    public init(
      parent: Int?, kind: Kind, label: String = "", incoming: String = "",
      probability: Double? = nil, informationSet: Int? = nil, outcome: String = "",
      payoffs: [Double] = [], action: Action? = nil
    ) {
      self.parent = parent
      self.kind = kind
      self.label = label
      self.incoming = incoming
      self.probability = probability
      self.informationSet = informationSet
      self.outcome = outcome
      self.payoffs = payoffs
      self.action = action
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
  /// Branches of a node that is unfolded which are drawn in any case, however unlikely.
  public var keeping: Int
  /// Nodes drawn at most, about; the likeliest are unfolded first.
  public var budget: Int
  /// States the finding; nil for one made from the main line of play.
  public var title: String?

  /// Data of the figure.
  public init(
    id: String = "tree", parties: [String], nodes: [Node], foldBelow: Double = 0.01,
    keeping: Int = 0, budget: Int = 48, title: String? = nil
  ) {
    self.id = id
    self.parties = parties
    self.nodes = nodes
    self.foldBelow = foldBelow
    self.keeping = keeping
    self.budget = budget
    self.title = title
  }

  /// The tree from left to right; where it does not fit, as an indented list.
  public func figure(width: Double = 720) -> Figure {
    let width = Figure.usable(width)
    let hasPayoffs = nodes.contains { !$0.payoffs.isEmpty }
    let columns = ["end", "by way of", "probability"] + (hasPayoffs ? ["payoffs"] : [])
    let tree = FoldedTree(nodes, foldBelow: foldBelow, budget: budget, keeping: keeping)
    guard !tree.shown.isEmpty else {
      return .empty(
        id: id, title: title ?? "Game tree", width: width, message: "No game to show.",
        columns: columns)
    }
    var canvas = Canvas(id: id, width: width)
    canvas.isInteractive = nodes.contains { $0.action != nil }
    let places = self.columns(tree, width: width)
    let isTidy = places.step >= Columns.leastStep
    let key = canvas.legend(legend(tree), x: 4, y: 16)
    let bottom =
      isTidy
      ? drawTidy(tree, &canvas, top: key + 10, columns: places)
      : drawOutline(tree, &canvas, top: key + 10)
    let letters = setLetters(tree, all: !isTidy)
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
        + "out."
        + lookAlike(
          hasDots: isTidy && setLetters(tree, all: true).count > letters.count,
          hasLetters: !letters.isEmpty)
        + (tree.isFolded ? " Dashed boxes hold branches that are not drawn." : "")
        + (tree.orphans == 0 ? "" : " Left out, without a place in the tree: \(tree.orphans)."),
      alternative:
        "Game tree with \(nodes.count) nodes, \(tree.shown.count) drawn. \(title ?? finding).",
      table: FigureTable(columns: columns, rows: rows(tree, hasPayoffs: hasPayoffs)))
  }

  /// How nodes that look alike are marked; empty without any.
  private func lookAlike(hasDots: Bool, hasLetters: Bool) -> String {
    let marks = (hasDots ? ["joined by dots"] : []) + (hasLetters ? ["with the same letter"] : [])
    if marks.isEmpty { return "" }
    return " Nodes \(marks.joined(separator: " or ")) look alike to the party that moves."
  }

  /// Ends that the table has at most, the likeliest.
  private static let mostRows = 60

  private func rows(_ tree: FoldedTree, hasPayoffs: Bool) -> [[String]] {
    let ends = nodes.indices.filter { tree.reach[$0] != nil && tree.children[$0].isEmpty }
    let ranked = ends.sorted { (tree.reach[$1] ?? 0, $0) < (tree.reach[$0] ?? 0, $1) }
    var result = ranked.prefix(Self.mostRows).sorted().map { index in
      var way: [String] = []
      var at = index
      while let parent = nodes[at].parent, parent < at {
        way.append(nodes[at].incoming)
        at = parent
      }
      let row = [
        nodes[index].outcome.isEmpty ? nodes[index].label : nodes[index].outcome,
        way.reversed().filter { !$0.isEmpty }.joined(separator: ", "),
        FigureNumbers.percent(tree.reach[index] ?? 0),
      ]
      return hasPayoffs ? row + [payoffs(nodes[index])] : row
    }
    let rest = ranked.dropFirst(Self.mostRows)
    if !rest.isEmpty {
      let odds = rest.reduce(0) { $0 + (tree.reach[$1] ?? 0) }
      let row = ["\(rest.count) less likely ends", "", FigureNumbers.percent(odds)]
      result.append(hasPayoffs ? row + [""] : row)
    }
    return result
  }

  func payoffs(_ node: Node) -> String {
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
    if kinds.contains(.hidden) {
      result.append(("private types decide", { Self.symbol(.hidden, &$0, $1, $2) }))
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
}
