/// Writes games in Entente's JSON form, version 1; see ``JSONGameReader``.
///
/// Nothing is lost: numbers known exactly are written exactly, labels are kept as they are, and so
/// are odds that players hold on their own and bargains.
public enum JSONGameWriter {
  /// Why a game cannot be written.
  public enum Defect: Error, Equatable, Sendable, CustomStringConvertible {
    /// A payoff or odds are not finite.
    case notFinite
    /// Odds lie outside 0 and 1 or do not add up to 1.
    case odds(move: String)

    /// What is wrong, as a sentence without a full stop.
    public var description: String {
      switch self {
      case .notFinite: "a payoff or odds are not finite"
      case .odds(let move): "the odds of '\(move)' do not add up to 1"
      }
    }
  }

  /// A game as text.
  ///
  /// - Parameter numbers: what the doubles of a tree stand for that are not known exactly.
  /// - Throws: ``Defect``.
  /// - Complexity: linear in nodes × players, or in payoffs.
  public static func text(
    of game: GameForm, numbers: ReducedStrategicForm.Numbers = .decimals
  ) throws(Defect) -> String {
    switch game {
    case .extensive(let game): try text(of: game, numbers: numbers)
    case .strategic(let game): text(of: game)
    }
  }

  private static func head(_ kind: String, _ title: String, _ comment: String) -> String {
    var text = "{\n  \"entente\": 1,\n  \"kind\": \"\(kind)\",\n"
    text += "  \"title\": \(JSONQuoting.quoted(title)),\n"
    if !comment.isEmpty { text += "  \"comment\": \(JSONQuoting.quoted(comment)),\n" }
    return text
  }

  private static func list(_ names: [String]) -> String {
    "[\(names.map(JSONQuoting.quoted).joined(separator: ", "))]"
  }

  /// A number of ``GambitText`` as JSON: fractions, and whole numbers that many programs would
  /// round, in quotes.
  private static func number(_ text: String) -> String {
    let isPlain = text.utf8.count <= 15 || text.utf8.contains(UInt8(ascii: "."))
    let isFraction = text.utf8.contains(UInt8(ascii: "/"))
    return isPlain && !isFraction || text.utf8.contains(UInt8(ascii: "e")) ? text : "\"\(text)\""
  }

  private static func numbers(_ texts: [String]) -> String {
    "[\(texts.map(number).joined(separator: ", "))]"
  }

  // MARK: Tables

  private static func text(of game: StrategicGame) -> String {
    var text = head("strategic", game.title, game.comment)
    text += "  \"players\": \(list(game.players)),\n  \"strategies\": [\n    "
    text += game.strategies.map(list).joined(separator: ",\n    ")
    text += "\n  ],\n  \"payoffs\": ["
    let count = game.players.count
    for profile in 0..<game.profileCount {
      let payoffs = game.payoffs[(profile * count)..<((profile + 1) * count)]
      text += profile == 0 ? "\n    " : ",\n    "
      text += numbers(payoffs.map(GambitText.number))
    }
    return text + "\n  ]\n}\n"
  }

  // MARK: Trees

  private static func text(
    of game: ExtensiveGame, numbers: ReducedStrategicForm.Numbers
  ) throws(Defect) -> String {
    guard game.payoffs.allSatisfy(\.isFinite), game.odds.allSatisfy(\.isFinite),
      game.power.allSatisfy(\.isFinite)
    else { throw .notFinite }
    let tree = game.tree
    let players = References(tree.players)
    let sets = References(tree.informationSets.map(\.displayLabel))
    var text = head("extensive", game.title, game.comment)
    text += "  \"players\": \(list(tree.players)),\n  \"information_sets\": ["
    for (id, set) in tree.informationSets.enumerated() {
      text += "\(id == 0 ? "" : ",")\n    {\"player\": \(players[set.player]), "
      text += "\"label\": \(JSONQuoting.quoted(set.displayLabel)), \"number\": \(set.number), "
      text += "\"actions\": \(list(set.actions))"
      if let bargain = set.bargain {
        let between = bargain.between.map { players[$0] }.joined(separator: ", ")
        let power = GambitText.number(game.power[bargain.powerIndex])
        text += ", \"bargain\": {\"between\": [\(between)], \"power\": \(power)}"
      }
      text += "}"
    }
    text += tree.informationSets.isEmpty ? "],\n" : "\n  ],\n"
    text += "  \"nodes\": ["
    let texts = NumberTexts(numbers: numbers)
    for (id, node) in tree.nodes.enumerated() {
      text += "\(id == 0 ? "" : ",")\n    {"
      if node.parent >= 0 {
        let ordinal = Int(node.incoming - tree.nodes[Int(node.parent)].firstBranch)
        let names = tree.branchNames(of: Int(node.parent))
        let isUnique = names.count <= 64 && names.count { $0 == names[ordinal] } == 1
        let branch = isUnique ? JSONQuoting.quoted(names[ordinal]) : "\(ordinal + 1)"
        text += "\"parent\": \(node.parent + 1), \"branch\": \(branch), "
      }
      switch node.kind {
      case .decision: text += "\"decision\": \(sets[Int(node.index)])"
      case .chance: text += try chance(of: game, at: id, players, texts)
      case .terminal:
        let outcome = tree.outcomes[tree.terminals[Int(node.index)].outcome]
        text += "\"end\": \(JSONQuoting.quoted(outcome)), \"payoffs\": "
        text += JSONGameWriter.numbers(texts.payoffs(of: game, at: Int(node.index)))
      }
      text += "}"
    }
    return text + "\n  ]\n}\n"
  }

  private static func chance(
    of game: ExtensiveGame, at node: Int, _ players: References, _ texts: NumberTexts
  ) throws(Defect) -> String {
    let move = game.tree.chanceMoves[Int(game.tree.nodes[node].index)]
    guard let odds = texts.odds(of: game, at: node) else { throw .odds(move: move.label) }
    var text = "\"chance\": \(JSONQuoting.quoted(move.label)), "
    text += "\"branches\": \(list(move.branches)), \"odds\": \(numbers(odds))"
    let branches = game.tree.branches(of: node)
    var held: [String] = []
    for (player, own) in game.subjectiveOdds.enumerated() {
      guard let own, own[branches] != game.odds[branches] else { continue }
      guard let odds = NumberTexts.decimals(Array(own[branches])) else {
        throw .odds(move: move.label)
      }
      held.append("{\"player\": \(players[player]), \"odds\": \(numbers(odds))}")
    }
    if !held.isEmpty { text += ", \"held\": [\(held.joined(separator: ", "))]" }
    return text
  }

  /// Names where they do not repeat, else numbers from 1, as JSON.
  private struct References {
    private let texts: [String]

    init(_ names: [String]) {
      var counts: [String: Int] = [:]
      for name in names { counts[name, default: 0] += 1 }
      texts = names.enumerated().map { position, name in
        counts[name] == 1 ? JSONQuoting.quoted(name) : "\(position + 1)"
      }
    }

    subscript(position: Int) -> String { texts[position] }
  }
}
