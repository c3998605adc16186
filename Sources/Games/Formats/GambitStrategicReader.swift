import Mathematics

/// Reads games in Gambit's strategic format (`.nfg`, "NFG 1 R").
///
/// Accepts what Gambit 16 accepts, in both variants: payoffs one after the other, or a list of
/// outcomes and the number of the outcome of each profile, 0 for the outcome in which everybody
/// gets 0. Strategies are named, or only counted and then named by their ordinals from 1. Numbers
/// are integers, decimals, with exponents or fractions, and are kept exactly. Commas between
/// numbers are optional, and so are blanks before a sign: `1-2` are two numbers, as in Gambit.
///
/// The labels of outcomes are dropped: a table has payoffs for its profiles, not outcomes.
public enum GambitStrategicReader {
  /// The most payoffs that a file may have, one for each profile and player.
  public static let largestPayoffCount = 10_000_000
  /// Reads one game.
  ///
  /// Names stay as the file has them, even where they are empty or repeated.
  /// - Throws: ``FormatError`` with line, column and what was expected. A game of more than
  ///   ``largestPayoffCount`` payoffs is refused before any memory is taken for them.
  /// - Complexity: linear in the length of the text, except for numbers of very many digits.
  public static func game(from text: String) throws(FormatError) -> StrategicGame {
    try GambitTokens.reading(text) { tokens throws(FormatError) in try tokens.strategicGame() }
  }
}

/// The grammar of `.nfg`.
extension GambitTokens {
  fileprivate mutating func strategicGame() throws(FormatError) -> StrategicGame {
    try word("NFG", expecting: "the header `NFG 1 R`")
    guard try integer(expecting: "the version 1") == 1 else {
      throw error("this version of the format is not supported; expected `NFG 1 R`")
    }
    _ = try letter(among: "RD", expecting: "`R` after the version")
    let title = try string(expecting: "the title in quotes")
    let players = try strings(expecting: "the players' names in braces")
    if players.isEmpty { throw error("expected at least one player") }
    let strategies = try self.strategies(players: players)
    let comment = atString ? try string(expecting: "the comment") : ""
    let profiles = strategies.reduce(1) { $0 * $1.count }
    let payoffs =
      atOpenBrace
      ? try outcomeBody(players: players.count, profiles: profiles)
      : try payoffBody(count: profiles * players.count)
    if !atEnd {
      throw errorAhead("expected the end of the file: every profile has its payoffs")
    }
    var game = StrategicGame(
      title: title, players: players, strategies: strategies, payoffs: payoffs)
    game.comment = comment
    return game
  }

  /// The names of the strategies, listed or made from their numbers.
  private mutating func strategies(players: [String]) throws(FormatError) -> [[String]] {
    try brace("{", expecting: "the players' strategies in braces")
    var size = players.count
    var lists: [[String]] = []
    if atOpenBrace {
      for player in players {
        let list = try strings(expecting: "the strategies of `\(player)` in braces")
        size = try grown(size, by: list.count, player: player)
        lists.append(list)
      }
    } else {
      var counts: [Int] = []
      for player in players {
        let count = try integer(expecting: "the number of strategies of `\(player)`")
        size = try grown(size, by: count, player: player)
        counts.append(count)
        skipComma()
      }
      // A short file takes little memory, whatever it announces.
      if size / players.count > max(100_000, remaining) {
        throw error("expected \(size) payoffs, more than the rest of the file can hold")
      }
      lists = counts.map { count in (1...count).map { "\($0)" } }
    }
    try brace(
      "}", expecting: "the closing brace: the strategies of all \(players.count) players are there")
    return lists
  }

  /// The number of payoffs with one more player's strategies, if the game may be so large.
  private func grown(_ size: Int, by count: Int, player: String) throws(FormatError) -> Int {
    if count < 1 { throw error("expected at least one strategy of `\(player)`") }
    let limit = GambitStrategicReader.largestPayoffCount
    let (product, overflow) = size.multipliedReportingOverflow(by: count)
    if overflow || product > limit {
      throw error(
        "the game has more than \(limit) payoffs, the most that can be read")
    }
    return product
  }

  private mutating func payoffBody(count: Int) throws(FormatError) -> [Rational] {
    // Room for the payoffs is taken as they come: a short file takes little memory.
    var payoffs: [Rational] = []
    while payoffs.count < count {
      if atEnd {
        throw errorAhead("expected \(count) payoffs, but there are \(payoffs.count)")
      }
      payoffs.append(try number(expecting: "a payoff"))
      skipComma()
    }
    return payoffs
  }

  private mutating func outcomeBody(
    players: Int, profiles: Int
  ) throws(FormatError) -> [Rational] {
    try brace("{", expecting: "the outcomes in braces")
    var outcomes: [[Rational]] = [Array(repeating: .zero, count: players)]
    while atOpenBrace {
      try brace("{", expecting: "an outcome in braces")
      _ = try string(expecting: "the outcome's label in quotes")
      var values: [Rational] = []
      while !atCloseBrace {
        values.append(try number(expecting: "a payoff"))
        skipComma()
      }
      try brace("}", expecting: "the closing brace")
      guard values.count == players else {
        throw error("expected \(players) payoffs, one for each player")
      }
      outcomes.append(values)
    }
    try brace("}", expecting: "an outcome in braces or the closing brace")
    var payoffs: [Rational] = []
    for profile in 0..<profiles {
      if atEnd {
        throw errorAhead(
          "expected the numbers of \(profiles) outcomes, but there are \(profile)")
      }
      let number = try integer(expecting: "the number of an outcome")
      guard outcomes.indices.contains(number) else {
        throw error("expected the number of an outcome from 0 to \(outcomes.count - 1)")
      }
      payoffs += outcomes[number]
      skipComma()
    }
    return payoffs
  }
}
