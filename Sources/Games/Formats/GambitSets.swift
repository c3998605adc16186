import Mathematics

/// The information sets and moves of chance that an `.efg` file has defined so far.
///
/// Lists of actions that are written alike are one array in memory.
struct GambitSets {
  /// A move of chance.
  struct Chance {
    var label: String
    var branches: [String]
    var odds: [Rational]
    fileprivate var list: Int
  }

  /// An information set of the tree.
  struct Decision {
    var id: Int
    var actionCount: Int
    fileprivate var list: Int
  }

  private let playerCount: Int
  /// By player; the positions of its sets in ``decisions``.
  private var numbers: [NumberTable]
  private var decisions: [Decision] = []
  private var chanceNumbers = NumberTable()
  private var chances: [Chance] = []
  private var labels: SetLabels
  private var actionPieces = GambitTokens.Pieces()
  private var actionLists: [[String]] = []
  private var chancePieces = GambitTokens.Pieces()
  private var chanceLists: [(branches: [String], odds: [Rational])] = []

  init(players: [String]) {
    playerCount = players.count
    labels = SetLabels(players: players)
    numbers = Array(repeating: NumberTable(), count: players.count)
  }

  // MARK: Decisions

  /// Reads player, number, label and actions; a new information set is added to the tree.
  mutating func decision(
    _ tokens: inout GambitTokens, in builder: inout GameTreeBuilder
  ) throws(FormatError) -> Decision {
    let player = try tokens.integer(expecting: "the player's number") - 1
    guard (0..<playerCount).contains(player) else {
      throw tokens.error("expected a player's number from 1 to \(playerCount)")
    }
    let number = try tokens.integer(expecting: "the information set's number")
    let known = numbers[player][number].map { decisions[$0] }
    let label = tokens.atString ? try tokens.piece(expecting: "the label") : nil
    guard tokens.atOpenBrace else {
      guard let known else {
        throw tokens.error("expected the actions in braces: information set \(number) is new")
      }
      return known
    }
    let list = try actions(&tokens)
    if let known {
      guard known.list == list || actionLists[known.list] == actionLists[list] else {
        throw tokens.error("information set \(number) was defined with other actions before")
      }
      return known
    }
    let name = label.map { tokens.string(in: $0) } ?? ""
    let unique = labels.unique(name, player: player, number: number)
    let id = builder.addInformationSet(
      player: player, label: unique, actions: actionLists[list], number: number,
      displayLabel: name.isEmpty ? unique : name)
    let set = Decision(id: id, actionCount: actionLists[list].count, list: list)
    numbers[player].insert(decisions.count, for: number)
    decisions.append(set)
    return set
  }

  /// The position in ``actionLists`` of the actions that stand here.
  private mutating func actions(_ tokens: inout GambitTokens) throws(FormatError) -> Int {
    guard let braced = tokens.braced else { return try readActions(&tokens) }
    let number = tokens.number(of: braced, among: &actionPieces)
    if number < actionLists.count {
      tokens.skip(braced)
      return number
    }
    return try readActions(&tokens)
  }

  private mutating func readActions(_ tokens: inout GambitTokens) throws(FormatError) -> Int {
    try tokens.brace("{", expecting: "the actions in braces")
    var names: [String] = []
    while tokens.atString { names.append(try tokens.string(expecting: "an action")) }
    try tokens.brace("}", expecting: "an action in quotes or the closing brace")
    if names.isEmpty { throw tokens.error("expected at least one action") }
    actionLists.append(names)
    return actionLists.count - 1
  }

  // MARK: Chance

  /// Reads number, label, branches and odds.
  mutating func chance(_ tokens: inout GambitTokens) throws(FormatError) -> Chance {
    let number = try tokens.integer(expecting: "the information set's number")
    let known = chanceNumbers[number].map { chances[$0] }
    let label = tokens.atString ? try tokens.string(expecting: "the label") : ""
    guard tokens.atOpenBrace else {
      guard let known else {
        throw tokens.error("expected the actions in braces: information set \(number) is new")
      }
      return known
    }
    let list = try branches(&tokens)
    if let known {
      guard known.list == list || chanceLists[known.list] == chanceLists[list] else {
        throw tokens.error("information set \(number) was defined with other actions before")
      }
      return known
    }
    let (branches, odds) = chanceLists[list]
    let move = Chance(label: label, branches: branches, odds: odds, list: list)
    chanceNumbers.insert(chances.count, for: number)
    chances.append(move)
    return move
  }

  /// The position in ``chanceLists`` of the branches that stand here.
  private mutating func branches(_ tokens: inout GambitTokens) throws(FormatError) -> Int {
    guard let braced = tokens.braced else { return try readBranches(&tokens) }
    let number = tokens.number(of: braced, among: &chancePieces)
    if number < chanceLists.count {
      tokens.skip(braced)
      return number
    }
    return try readBranches(&tokens)
  }

  private mutating func readBranches(_ tokens: inout GambitTokens) throws(FormatError) -> Int {
    try tokens.brace("{", expecting: "the actions in braces")
    var names: [String] = []
    var sum = OddsSum()
    while tokens.atString {
      names.append(try tokens.string(expecting: "an action"))
      let value = try tokens.number(expecting: "the odds of `\(names[names.count - 1])`")
      if value.signum < 0 || value > .one { throw tokens.error("odds must be between 0 and 1") }
      if !sum.add(value, decimals: tokens.decimals) {
        throw tokens.error("these odds together have more digits than can be added up")
      }
    }
    try tokens.brace("}", expecting: "an action in quotes or the closing brace")
    if names.isEmpty { throw tokens.error("expected at least one action") }
    guard let odds = sum.odds else {
      throw tokens.error("odds add up to \(sum.description), not to 1")
    }
    chanceLists.append((names, odds))
    return chanceLists.count - 1
  }
}
