import Mathematics

/// What a drawing of a tree shows besides lines: names and numbers, short enough to read.
struct DrawnTree {
  let game: ExtensiveGame
  let profile: BehaviorProfile?
  /// How likely play reaches each node, if there is a profile.
  private let reach: [Double]

  init(
    _ game: ExtensiveGame, profile: BehaviorProfile?, limit: Int
  ) throws(DrawingDefect) {
    let count = game.tree.nodes.count
    if count > limit { throw .tooManyNodes(count: count, limit: limit) }
    self.game = game
    self.profile = profile
    reach = profile?.realization(in: game.tree, odds: game.odds) ?? []
  }

  var tree: GameTree { game.tree }

  /// The player that moves at a decision.
  func player(at node: Int) -> Int? {
    guard tree.nodes[node].kind == .decision else { return nil }
    return tree.informationSets[Int(tree.nodes[node].index)].player
  }

  /// The color of a node's mark.
  func color(at node: Int) -> String {
    player(at: node).map(PlayerColors.mark) ?? PlayerColors.chance
  }

  /// The name of an information set or a move of chance; empty at an end.
  func name(at node: Int) -> String {
    switch tree.nodes[node].kind {
    case .terminal: ""
    case .chance: tree.chanceMoves[Int(tree.nodes[node].index)].label
    case .decision: tree.informationSets[Int(tree.nodes[node].index)].displayLabel
    }
  }

  /// The name of an end.
  func outcome(at node: Int) -> String {
    tree.outcomes[tree.terminals[Int(tree.nodes[node].index)].outcome]
  }

  /// The payoffs at an end: exactly where that is short.
  func payoffs(at node: Int) -> [String] {
    let terminal = Int(tree.nodes[node].index)
    return tree.players.indices.map { player in
      DrawnTree.short(
        game.payoffs[terminal * tree.players.count + player],
        game.exact.payoffs[terminal * tree.players.count + player])
    }
  }

  /// One branch of a node.
  struct Branch {
    var name: String
    /// The odds, or the probability under the profile.
    var probability: String?
    /// From 0 for a branch that is never taken to 1.
    var weight: Double
    /// Play goes here.
    var isPlayed: Bool
  }

  /// The branch that leads to a node; nil at the root.
  func branch(to node: Int) -> Branch? {
    let entry = tree.nodes[node]
    if entry.parent < 0 { return nil }
    let parent = tree.nodes[Int(entry.parent)]
    let ordinal = Int(entry.incoming - parent.firstBranch)
    let name = tree.branchNames(of: Int(entry.parent))[ordinal]
    let weight: Double
    var probability: String?
    if parent.kind == .chance {
      weight = game.odds[Int(entry.incoming)]
      probability = DrawnTree.short(weight, game.exact.odds[Int(entry.incoming)])
    } else if let profile {
      let set = tree.informationSets[Int(parent.index)]
      weight = profile.probabilities[set.firstAction + ordinal]
      probability = DrawnTree.short(weight, nil)
    } else {
      return Branch(name: name, probability: nil, weight: 0, isPlayed: false)
    }
    return Branch(
      name: name, probability: probability, weight: weight,
      isPlayed: profile != nil && reach[node] > 0)
  }

  /// A number in few characters.
  static func short(_ value: Double, _ exact: Rational?) -> String {
    if let exact, exact.doubleValue == value {
      let text = GambitText.number(exact)
      if text.utf8.count <= 7 { return text }
    }
    if value == value.rounded(), abs(value) < 1e6 { return "\(Int(value))" }
    if abs(value) >= 0.001, abs(value) < 1e6 {
      let thousandths = Int((abs(value) * 1000).rounded())
      let digits = "\(1000 + thousandths % 1000)".dropFirst()
      var text = "\(value < 0 ? "-" : "")\(thousandths / 1000).\(digits)"
      while text.hasSuffix("0") { text.removeLast() }
      return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
    // Three digits and an exponent.
    var mantissa = abs(value)
    var exponent = 0
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa > 0, mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return (value < 0 ? "-" : "") + short(mantissa, nil) + "e\(exponent)"
  }
}
