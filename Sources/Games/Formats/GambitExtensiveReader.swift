/// Reads games in Gambit's extensive format (`.efg`, "EFG 2 R").
///
/// Accepts what Gambit 16 accepts: numbers as integers, decimals, with exponents or as fractions;
/// information set and outcome definitions given once and referred to by number; outcomes at inner
/// nodes, whose payoffs add up along the path; labels empty or repeated.
///
/// Reading is iterative: the depth of a tree is bounded by memory alone.
public enum GambitExtensiveReader {
  /// Reads one game.
  ///
  /// Information sets get unique labels: the file's own where it is neither empty nor repeated,
  /// else `Player:number`; the file's own stays as ``GameTree/InformationSet/displayLabel``.
  /// - Throws: ``FormatError`` with line, column and what was expected.
  /// - Complexity: linear in the length of the text.
  public static func game(from text: String) throws(FormatError) -> ExtensiveGame {
    var parser = GambitExtensiveParser(text)
    return try parser.game()
  }
}

/// A text that is not in the format.
public struct FormatError: Error, Equatable, Sendable, CustomStringConvertible {
  /// From 1.
  public var line: Int
  /// From 1, in bytes.
  public var column: Int
  /// What was expected or is wrong, as a sentence without a full stop.
  public var message: String

  /// An error at a place.
  public init(line: Int, column: Int, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }

  /// Line, column and message.
  public var description: String { "\(line):\(column): \(message)" }
}

/// The parser's state: tokens, and what has been defined so far.
private struct GambitExtensiveParser {
  private struct SetKey: Hashable {
    var player: Int
    var number: Int
  }
  private struct SetDefinition {
    var label: String
    var unique: String
    var actions: [String]
    var odds: [Double]
  }
  private struct Outcome {
    var label: String
    var payoffs: [Double]
  }
  private struct Open {
    var started: GameTreeBuilder.Started
    var next: Int
    var count: Int
    var payoffs: [Double]
  }

  private var tokens: GambitTokens
  private var sets: [SetKey: SetDefinition] = [:]
  private var labels: Set<String> = []
  private var outcomes: [Int: Outcome] = [:]
  private var payoffs: [Double] = []
  private var odds: [Double] = []

  init(_ text: String) { tokens = GambitTokens(text) }

  mutating func game() throws(FormatError) -> ExtensiveGame {
    try tokens.word("EFG", expecting: "the header `EFG 2 R`")
    guard try tokens.integer(expecting: "the version 2") == 2 else {
      throw tokens.error("this version of the format is not supported; expected `EFG 2 R`")
    }
    let kind = try tokens.name(expecting: "`R` after the version")
    guard kind == "R" || kind == "D" else { throw tokens.error("expected `R` after the version") }
    let title = try tokens.string(expecting: "the title in quotes")
    let players = try tokens.strings(expecting: "the players' names in braces")
    if players.isEmpty { throw tokens.error("expected at least one player") }
    if tokens.atString { _ = try tokens.string(expecting: "the comment") }
    var builder = GameTreeBuilder(players: players)
    var open: [Open] = []
    var place = GameTreeBuilder.Place.root
    repeat {
      let above = open.last?.payoffs ?? [Double](repeating: 0, count: players.count)
      if let started = try node(&builder, players: players, at: place, above: above) {
        open.append(started)
      }
      while let last = open.last, last.next == last.count { open.removeLast() }
      if let last = open.last {
        place = last.started.branch(last.next)
        open[open.count - 1].next += 1
      }
    } while !open.isEmpty || builder.nodeCount == 0
    if !tokens.atEnd {
      throw tokens.errorAhead("expected the end of the file: the tree is complete")
    }
    do {
      return ExtensiveGame(
        title: title, tree: try builder.tree(), payoffs: payoffs, odds: odds)
    } catch { throw tokens.error("the tree is not complete") }
  }

  /// Reads one node; returns it if it has branches.
  private mutating func node(
    _ builder: inout GameTreeBuilder, players: [String], at place: GameTreeBuilder.Place,
    above: [Double]
  ) throws(FormatError) -> Open? {
    let kind = try tokens.name(expecting: "a node: `c`, `p` or `t`")
    guard ["c", "p", "t"].contains(kind) else {
      throw tokens.error("expected a node: `c`, `p` or `t`, not `\(kind)`")
    }
    _ = try tokens.string(expecting: "the node's label in quotes")
    switch kind {
    case "c":
      let set = try definition(player: -1, players: players)
      let started = builder.chance(label: set.label, branches: set.actions, at: place)
      odds.append(contentsOf: set.odds)
      let outcome = try self.outcome(players: players.count)
      return Open(
        started: started, next: 0, count: set.actions.count, payoffs: sum(above, outcome))
    case "p":
      let player = try tokens.integer(expecting: "the player's number")
      guard player >= 1, player <= players.count else {
        throw tokens.error("expected a player's number from 1 to \(players.count)")
      }
      let numberToken = tokens.peekInteger
      let set = try definition(player: player - 1, players: players)
      let started = builder.decision(
        player: player - 1, informationSet: set.unique, actions: set.actions, number: numberToken,
        displayLabel: set.label.isEmpty ? set.unique : set.label, at: place)
      odds.append(contentsOf: repeatElement(0, count: set.actions.count))
      let outcome = try self.outcome(players: players.count)
      return Open(
        started: started, next: 0, count: set.actions.count, payoffs: sum(above, outcome))
    default:
      let outcome = try self.outcome(players: players.count)
      builder.terminal(outcome: outcome?.label ?? "", at: place)
      payoffs.append(contentsOf: sum(above, outcome))
      return nil
    }
  }

  private func sum(_ above: [Double], _ outcome: Outcome?) -> [Double] {
    guard let outcome else { return above }
    return zip(above, outcome.payoffs).map { $0 + $1 }
  }

  /// The number, label and actions of an information set; chance is player -1.
  private mutating func definition(
    player: Int, players: [String]
  ) throws(FormatError) -> SetDefinition {
    let number = try tokens.integer(expecting: "the information set's number")
    let key = SetKey(player: player, number: number)
    let label = tokens.atString ? try tokens.string(expecting: "the label") : nil
    if !tokens.atOpenBrace {
      guard let known = sets[key] else {
        throw tokens.error("expected the actions in braces: information set \(number) is new")
      }
      return known
    }
    let (actions, odds) = try self.actions(withOdds: player < 0)
    if let known = sets[key] {
      guard known.actions == actions, known.odds == odds else {
        throw tokens.error("information set \(number) was defined with other actions before")
      }
      return known
    }
    if actions.isEmpty { throw tokens.error("expected at least one action") }
    var unique = label ?? ""
    if player >= 0 {
      if unique.isEmpty || labels.contains(unique) { unique = "\(players[player]):\(number)" }
      while labels.contains(unique) { unique += "'" }
      labels.insert(unique)
    }
    let set = SetDefinition(label: label ?? "", unique: unique, actions: actions, odds: odds)
    sets[key] = set
    return set
  }

  private mutating func actions(withOdds: Bool) throws(FormatError) -> ([String], [Double]) {
    try tokens.brace("{", expecting: "the actions in braces")
    var names: [String] = []
    var odds: [Double] = []
    while tokens.atString {
      names.append(try tokens.string(expecting: "an action"))
      if withOdds {
        let value = try tokens.number(expecting: "the odds of `\(names[names.count - 1])`")
        if value < 0 || value > 1 { throw tokens.error("odds must be between 0 and 1") }
        odds.append(value)
      }
    }
    try tokens.brace("}", expecting: "an action in quotes or the closing brace")
    if withOdds, !names.isEmpty {
      let total = odds.reduce(0, +)
      if abs(total - 1) > 1e-9 { throw tokens.error("odds add up to \(total), not to 1") }
    }
    return (names, odds)
  }

  /// An outcome by number, defined here or before; `nil` for none.
  private mutating func outcome(players: Int) throws(FormatError) -> Outcome? {
    let number = try tokens.integer(expecting: "the outcome's number")
    let label = tokens.atString ? try tokens.string(expecting: "the outcome's label") : nil
    if !tokens.atOpenBrace {
      if number == 0 { return nil }
      guard let known = outcomes[number] else {
        throw tokens.error("expected the payoffs in braces: outcome \(number) is new")
      }
      return known
    }
    try tokens.brace("{", expecting: "the payoffs in braces")
    var values: [Double] = []
    while !tokens.atCloseBrace {
      values.append(try tokens.number(expecting: "a payoff"))
      tokens.skipComma()
    }
    try tokens.brace("}", expecting: "the closing brace")
    guard values.count == players else {
      throw tokens.error("expected \(players) payoffs, one for each player")
    }
    if let known = outcomes[number] {
      guard known.payoffs == values else {
        throw tokens.error("outcome \(number) was defined with other payoffs before")
      }
      return known
    }
    let outcome = Outcome(label: label ?? "", payoffs: values)
    if number != 0 { outcomes[number] = outcome }
    return outcome
  }
}
