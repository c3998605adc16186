/// Writes game trees in the language of Graphviz, `dot`.
public enum TreeDOT {
  /// The most nodes that are written unless asked otherwise.
  public static let limit = 20_000

  /// The drawing of a game. Nodes of one information set are joined by dashed edges without a
  /// direction, and stand in one rank where all are equally deep.
  ///
  /// - Parameters:
  ///   - profile: everybody's strategy, shown as probabilities and heavy edges.
  ///   - limit: the most nodes.
  /// - Throws: ``DrawingDefect`` for a larger tree.
  /// - Complexity: nodes × players.
  public static func text(
    of game: ExtensiveGame, profile: BehaviorProfile? = nil, limit: Int = TreeDOT.limit
  ) throws(DrawingDefect) -> String {
    let drawn = try DrawnTree(game, profile: profile, limit: limit)
    let tree = game.tree
    let layout = TreeLayout(of: tree)
    var text = "digraph \(quoted(game.title)) {\n"
    text += "  rankdir=LR; label=\(quoted(game.title)); labelloc=t;\n"
    text += "  node [fontname=\"Helvetica\"]; edge [fontname=\"Helvetica\", arrowhead=none];\n"
    for id in tree.nodes.indices {
      text += "  n\(id) [\(node(id, of: drawn))];\n"
      guard let branch = drawn.branch(to: id) else { continue }
      let label = branch.name + (branch.probability.map { "\n\($0)" } ?? "")
      text += "  n\(tree.nodes[id].parent) -> n\(id) [label=\(quoted(label))"
      if profile != nil {
        let weight = branch.weight > 0 ? 1 + 2.5 * branch.weight : 1
        text += ", penwidth=\(SVGText.number(weight))"
        text += ", color=\"\(branch.isPlayed ? "#222222" : "#b4b4b4")\""
      }
      text += "];\n"
    }
    for set in tree.informationSets where set.nodes.count > 1 {
      if Set(set.nodes.map { layout.depth[$0] }).count == 1 {
        text += "  { rank=same; \(set.nodes.map { "n\($0);" }.joined(separator: " ")) }\n"
      }
      for (first, second) in zip(set.nodes, set.nodes.dropFirst()) {
        text += "  n\(first) -> n\(second) [style=dashed, constraint=false, "
        text += "color=\"\(PlayerColors.mark(of: set.player))\"];\n"
      }
    }
    return text + "}\n"
  }

  private static func node(_ id: Int, of drawn: DrawnTree) -> String {
    let tree = drawn.tree
    switch tree.nodes[id].kind {
    case .terminal:
      let payoffs = drawn.payoffs(at: id).joined(separator: ", ")
      let outcome = drawn.outcome(at: id)
      return
        "shape=plaintext, label=\(quoted(outcome.isEmpty ? payoffs : "\(outcome)\n\(payoffs)"))"
    case .chance:
      return "shape=diamond, color=\"\(PlayerColors.chance)\", label=\(quoted(drawn.name(at: id)))"
    case .decision:
      let player = drawn.player(at: id).map { tree.players[$0] } ?? ""
      let label = "\(player)\n\(drawn.name(at: id))"
      return "shape=ellipse, color=\"\(drawn.color(at: id))\", label=\(quoted(label))"
    }
  }

  /// A string of the language: a backslash would begin one of its own escapes.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\u{0}"..<"\u{20}", "\u{7f}": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
