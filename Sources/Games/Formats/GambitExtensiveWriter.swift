/// Writes games in Gambit's extensive format (`.efg`, "EFG 2 R").
public enum GambitExtensiveWriter {
  /// Why a game has no `.efg`.
  public enum Defect: Error, Equatable, Sendable, CustomStringConvertible {
    /// The format knows no choice that two players make together.
    case bargain(informationSet: String)
    /// The format has one set of odds for all; folding has not been asked for.
    case subjectiveOdds(player: String)
    /// A payoff or odds are not finite.
    case notFinite
    /// Odds lie outside 0 and 1 or do not add up to 1.
    case odds(move: String)

    /// What is wrong, as a sentence without a full stop.
    public var description: String {
      switch self {
      case .bargain(let label):
        "the bargain at '\(label)' is a joint choice, which the format does not know"
      case .subjectiveOdds(let player):
        "\(player) holds odds of its own, which the format does not know"
      case .notFinite: "a payoff or odds are not finite"
      case .odds(let move): "the odds of '\(move)' do not add up to 1"
      }
    }
  }

  /// The game as text.
  ///
  /// Exact numbers of the game are written exactly, as decimals or fractions; other doubles as
  /// `numbers` says, so that reading them back gives the same doubles. Odds add up to exactly 1 at
  /// each move, as Gambit demands. Names keep to what Gambit reads: printable ASCII, letters without
  /// their accents, a number after a name that repeats.
  ///
  /// - Parameters:
  ///   - foldingSubjectiveOdds: scales each player's payoffs by the ratio of the odds that it holds
  ///     to everybody's on the way to the end, which leaves the equilibria as they are. Ends that
  ///     everybody's odds exclude keep their payoffs.
  ///   - numbers: doubles are what they are, such as those of a game that was read from a file, or
  ///     stand for the shortest decimals that read back as the same doubles.
  /// - Throws: ``Defect`` where the format cannot hold the game.
  /// - Complexity: linear in nodes × players.
  public static func text(
    of game: ExtensiveGame, foldingSubjectiveOdds: Bool = false,
    numbers: ReducedStrategicForm.Numbers = .decimals
  ) throws(Defect) -> String {
    let tree = game.tree
    for set in tree.informationSets where set.bargain != nil {
      throw .bargain(informationSet: set.displayLabel)
    }
    if !foldingSubjectiveOdds {
      for player in tree.players.indices where game.subjectiveOdds[player] != nil {
        throw .subjectiveOdds(player: tree.players[player])
      }
    }
    guard game.payoffs.allSatisfy(\.isFinite), game.odds.allSatisfy(\.isFinite) else {
      throw .notFinite
    }
    var game = game
    if foldingSubjectiveOdds { game.payoffs = foldedPayoffs(of: game) }
    guard game.payoffs.allSatisfy(\.isFinite) else { throw .notFinite }
    let texts = NumberTexts(numbers: numbers)
    var text = "EFG 2 R \(GambitText.quoted(game.title)) { "
    text += tree.players.map(GambitText.quoted).joined(separator: " ") + " }\n"
    text += GambitText.quotedComment(game.comment) + "\n"
    // Terminals of the same name and payoffs share one outcome of the file.
    var outcomeNumbers: [String: Int] = [:]
    let setTexts = setTexts(of: tree)
    let outcomeNames = tree.outcomes.map(GambitText.quoted)
    var chanceNames = Names()
    for id in tree.nodes.indices {
      let node = tree.nodes[id]
      switch node.kind {
      case .terminal:
        let terminal = Int(node.index)
        let values = texts.payoffs(of: game, at: terminal)
        let outcome = outcomeNames[tree.terminals[terminal].outcome]
        let definition = "\(outcome) { \(values.joined(separator: ", ")) }\n"
        let serial = outcomeNumbers[definition] ?? outcomeNumbers.count + 1
        outcomeNumbers[definition] = serial
        text += "t \"\" \(serial) \(definition)"
      case .chance:
        let move = tree.chanceMoves[Int(node.index)]
        guard let odds = texts.odds(of: game, at: id) else { throw .odds(move: move.label) }
        text += "c \"\" \(node.index + 1) \(chanceNames.unique(move.label)) {"
        for (branch, odds) in zip(move.branches, odds) {
          text += " \(GambitText.quoted(branch)) \(odds)"
        }
        text += " } 0\n"
      case .decision:
        text += "p \"\" \(setTexts[Int(node.index)])"
      }
    }
    return text
  }

  /// Quoted names, each given out once, as Gambit demands of the moves of one player or of chance:
  /// a name that is taken gets a number. Empty names may repeat.
  private struct Names {
    private var taken: Set<String> = []
    private var counts: [String: Int] = [:]

    mutating func unique(_ name: String) -> String {
      var quoted = GambitText.quoted(name)
      if quoted == "\"\"" { return quoted }
      while !taken.insert(quoted).inserted {
        let count = counts[name, default: 1] + 1
        counts[name] = count
        quoted = GambitText.quoted("\(name) #\(count)")
      }
      return quoted
    }
  }

  /// What stands after the label of a node of each information set; names are unique for each
  /// player.
  private static func setTexts(of tree: GameTree) -> [String] {
    var names = Array(repeating: Names(), count: tree.players.count)
    return tree.informationSets.map { set in
      var text = "\(set.player + 1) \(set.number) \(names[set.player].unique(set.displayLabel)) {"
      for action in set.actions { text += " \(GambitText.quoted(action))" }
      return text + " } 0\n"
    }
  }

  /// Payoffs times the ratio of the player's own odds to everybody's along the path.
  private static func foldedPayoffs(of game: ExtensiveGame) -> [Double] {
    let tree = game.tree
    let count = tree.players.count
    var payoffs = game.payoffs
    for player in 0..<count {
      guard let own = game.subjectiveOdds[player] else { continue }
      var ratio = [Double](repeating: 1, count: tree.nodes.count)
      for id in tree.nodes.indices where tree.nodes[id].kind != .terminal {
        for branch in tree.branches(of: id) {
          let isChance = tree.nodes[id].kind == .chance && game.odds[branch] > 0
          let factor = isChance ? own[branch] / game.odds[branch] : 1
          ratio[Int(tree.branchTarget[branch])] = ratio[id] * factor
        }
      }
      for (terminal, end) in tree.terminals.enumerated() {
        payoffs[terminal * count + player] *= ratio[end.node]
      }
    }
    return payoffs
  }
}
