import Mathematics

/// Reads games in Entente's JSON form, version 1: trees and tables, exact.
///
/// A tree is a flat list of nodes, each with its parent and the branch that leads to it, so that no
/// program needs to recurse as deep as the game. A table lists payoffs by profile.
///
/// ```json
/// {
///   "entente": 1,
///   "kind": "extensive",
///   "title": "Entry deterrence",
///   "players": ["Entrant", "Incumbent"],
///   "information_sets": [
///     {"player": "Entrant", "label": "entry", "actions": ["enter", "stay out"]},
///     {"player": "Incumbent", "label": "response", "actions": ["fight", "share"]}
///   ],
///   "nodes": [
///     {"decision": "entry"},
///     {"parent": 1, "branch": "enter", "decision": "response"},
///     {"parent": 2, "branch": "fight", "end": "price war", "payoffs": [0, 0]},
///     {"parent": 2, "branch": "share", "end": "duopoly", "payoffs": [2, 2]},
///     {"parent": 1, "branch": "stay out", "end": "monopoly", "payoffs": [1, 5]}
///   ]
/// }
/// ```
///
/// Numbers are JSON's, read as the decimals that they are, or strings that may be fractions, such as
/// `"1/3"`. Players, information sets and branches are referred to by name, or by number from 1
/// where names repeat; nodes by number from 1 in the order of the list, which may be any.
public enum JSONGameReader {
  /// Reads one game.
  ///
  /// - Throws: ``FormatError`` with line, column and what was expected. Members that the form does
  ///   not have are errors.
  /// - Complexity: linear in the length of the text, in time and memory.
  public static func game(from text: String) throws(FormatError) -> GameForm {
    try JSONTokens.reading(text) { tokens throws(FormatError) in
      var parser = JSONGameParser()
      return try parser.game(&tokens)
    }
  }
}

/// The members of a game, in whatever order they come.
private struct JSONGameParser {
  private var isVersioned = false
  private var kind: String?
  private var title = ""
  private var comment = ""
  private var players: [String] = []
  private var tree: JSONTreeParser?
  private var table: JSONTableParser?

  private static let members = [
    "entente", "kind", "title", "comment", "players", "information_sets", "nodes", "strategies",
    "payoffs",
  ]

  mutating func game(_ tokens: inout JSONTokens) throws(FormatError) -> GameForm {
    var object = try tokens.openObject(expecting: "a game")
    while let name = try tokens.member(of: &object, among: JSONGameParser.members) {
      try read(name, &tokens)
    }
    if !isVersioned { throw tokens.error("expected the member `entente`, the version 1") }
    if players.isEmpty { throw tokens.error("expected the member `players` with their names") }
    var game: GameForm
    switch kind {
    case "extensive":
      if table != nil { throw tokens.error("an extensive game has no `strategies` or `payoffs`") }
      guard let tree else { throw tokens.error("expected the member `nodes`") }
      game = .extensive(try tree.game(title: title, players: players, tokens))
    case "strategic":
      if tree != nil { throw tokens.error("a strategic game has no `information_sets` or `nodes`") }
      guard let table else { throw tokens.error("expected the members `strategies` and `payoffs`") }
      game = .strategic(try table.game(title: title, players: players, tokens))
    default: throw tokens.error("expected the member `kind`: extensive or strategic")
    }
    try tokens.end()
    game.comment = comment
    return game
  }

  private mutating func read(_ name: String, _ tokens: inout JSONTokens) throws(FormatError) {
    switch name {
    case "entente":
      guard try tokens.integer(expecting: "the version 1") == 1 else {
        throw tokens.error("this version of the form is not supported; expected 1")
      }
      isVersioned = true
    case "kind":
      kind = try tokens.string(expecting: "extensive or strategic")
      guard ["extensive", "strategic"].contains(kind) else {
        throw tokens.error("expected the kind extensive or strategic")
      }
    case "title": title = try tokens.string(expecting: "the title")
    case "comment": comment = try tokens.string(expecting: "the comment")
    case "players": players = try tokens.strings(expecting: "the players' names")
    case "information_sets":
      var tree = tree ?? JSONTreeParser()
      try tree.readSets(&tokens)
      self.tree = tree
    case "nodes":
      var tree = tree ?? JSONTreeParser()
      self.tree = nil
      try tree.readNodes(&tokens)
      self.tree = tree
    case "strategies":
      var table = table ?? JSONTableParser()
      try table.readStrategies(&tokens)
      self.table = table
    default:
      var table = table ?? JSONTableParser()
      self.table = nil
      try table.readPayoffs(&tokens)
      self.table = table
    }
  }
}
