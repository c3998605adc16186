import Mathematics

/// Reads games in Gambit's strategic format (`.nfg`, "NFG 1 R").
///
/// Accepts what Gambit 16 accepts, in both variants: payoffs one after the other, or a list of
/// outcomes and the number of the outcome of each profile, 0 for the outcome in which everybody
/// gets 0. Strategies are named, or only counted and then named by their ordinals from 1. Numbers
/// are integers, decimals, with exponents or fractions, and are kept exactly. Commas between
/// numbers are optional.
public enum GambitStrategicReader {
  /// The most payoffs that a file may have, one for each profile and player.
  public static let largestPayoffCount = 10_000_000
  /// The most digits that the exponents of a file may add up to, such as 12 for `1e-12`.
  static let largestExponentSum = 10_000_000

  /// Reads one game.
  ///
  /// Names stay as the file has them, even where they are empty or repeated.
  /// - Throws: ``FormatError`` with line, column and what was expected. A game of more than
  ///   ``largestPayoffCount`` payoffs is refused before any memory is taken for them.
  /// - Complexity: linear in the length of the text, except for numbers of very many digits.
  public static func game(from text: String) throws(FormatError) -> StrategicGame {
    var parser = GambitStrategicParser(text)
    return try parser.game()
  }
}

/// The parser's state: tokens, and how much has been spent on exponents.
private struct GambitStrategicParser {
  private var tokens: GambitTokens
  private var exponentSum = 0

  init(_ text: String) { tokens = GambitTokens(text) }

  mutating func game() throws(FormatError) -> StrategicGame {
    try tokens.word("NFG", expecting: "the header `NFG 1 R`")
    guard try tokens.integer(expecting: "the version 1") == 1 else {
      throw tokens.error("this version of the format is not supported; expected `NFG 1 R`")
    }
    let kind = try tokens.name(expecting: "`R` after the version")
    guard kind == "R" || kind == "D" else { throw tokens.error("expected `R` after the version") }
    let title = try tokens.string(expecting: "the title in quotes")
    let players = try tokens.strings(expecting: "the players' names in braces")
    if players.isEmpty { throw tokens.error("expected at least one player") }
    let strategies = try self.strategies(players: players)
    if tokens.atString { _ = try tokens.string(expecting: "the comment") }
    let profiles = strategies.reduce(1) { $0 * $1.count }
    let payoffs =
      tokens.atOpenBrace
      ? try outcomeBody(players: players.count, profiles: profiles)
      : try payoffBody(count: profiles * players.count)
    if !tokens.atEnd {
      throw tokens.errorAhead("expected the end of the file: every profile has its payoffs")
    }
    return StrategicGame(
      title: title, players: players, strategies: strategies, payoffs: payoffs)
  }

  /// The names of the strategies, listed or made from their numbers.
  private mutating func strategies(players: [String]) throws(FormatError) -> [[String]] {
    try tokens.brace("{", expecting: "the players' strategies in braces")
    var size = players.count
    var lists: [[String]] = []
    if tokens.atOpenBrace {
      for player in players {
        let list = try tokens.strings(expecting: "the strategies of `\(player)` in braces")
        size = try grown(size, by: list.count, player: player)
        lists.append(list)
      }
    } else {
      var counts: [Int] = []
      for player in players {
        let count = try tokens.integer(expecting: "the number of strategies of `\(player)`")
        size = try grown(size, by: count, player: player)
        counts.append(count)
        tokens.skipComma()
      }
      lists = counts.map { count in (1...count).map { "\($0)" } }
    }
    try tokens.brace(
      "}", expecting: "the closing brace: the strategies of all \(players.count) players are there")
    return lists
  }

  /// The number of payoffs with one more player's strategies, if the game may be so large.
  private func grown(_ size: Int, by count: Int, player: String) throws(FormatError) -> Int {
    if count < 1 { throw tokens.error("expected at least one strategy of `\(player)`") }
    let limit = GambitStrategicReader.largestPayoffCount
    let (product, overflow) = size.multipliedReportingOverflow(by: count)
    if overflow || product > limit {
      throw tokens.error(
        "the game has more than \(limit) payoffs, the most that can be read")
    }
    return product
  }

  private mutating func payoffBody(count: Int) throws(FormatError) -> [Rational] {
    // Room for the payoffs is taken as they come: a short file takes little memory.
    var payoffs: [Rational] = []
    while payoffs.count < count {
      if tokens.atEnd {
        throw tokens.errorAhead("expected \(count) payoffs, but there are \(payoffs.count)")
      }
      payoffs.append(try number(expecting: "a payoff"))
      tokens.skipComma()
    }
    return payoffs
  }

  private mutating func outcomeBody(
    players: Int, profiles: Int
  ) throws(FormatError) -> [Rational] {
    try tokens.brace("{", expecting: "the outcomes in braces")
    var outcomes: [[Rational]] = [Array(repeating: .zero, count: players)]
    while tokens.atOpenBrace {
      try tokens.brace("{", expecting: "an outcome in braces")
      _ = try tokens.string(expecting: "the outcome's label in quotes")
      var values: [Rational] = []
      while !tokens.atCloseBrace {
        values.append(try number(expecting: "a payoff"))
        tokens.skipComma()
      }
      try tokens.brace("}", expecting: "the closing brace")
      guard values.count == players else {
        throw tokens.error("expected \(players) payoffs, one for each player")
      }
      outcomes.append(values)
    }
    try tokens.brace("}", expecting: "an outcome in braces or the closing brace")
    var payoffs: [Rational] = []
    for profile in 0..<profiles {
      if tokens.atEnd {
        throw tokens.errorAhead(
          "expected the numbers of \(profiles) outcomes, but there are \(profile)")
      }
      let number = try tokens.integer(expecting: "the number of an outcome")
      guard outcomes.indices.contains(number) else {
        throw tokens.error("expected the number of an outcome from 0 to \(outcomes.count - 1)")
      }
      payoffs += outcomes[number]
      tokens.skipComma()
    }
    return payoffs
  }

  /// An integer, decimal or fraction, exactly.
  private mutating func number(expecting: String) throws(FormatError) -> Rational {
    let text = try tokens.name(expecting: expecting)
    if let mark = text.utf8.firstIndex(where: { $0 == 69 || $0 == 101 }),
      let exponent = Int(text[text.index(after: mark)...])
    {
      let size = exponent.magnitude
      if size > Rational.largestExponent {
        throw tokens.error(
          "expected \(expecting) with an exponent of at most \(Rational.largestExponent)")
      }
      exponentSum += Int(size)
      if exponentSum > GambitStrategicReader.largestExponentSum {
        throw tokens.error(
          "the exponents up to here ask for more than "
            + "\(GambitStrategicReader.largestExponentSum) digits, the most that can be read")
      }
    }
    // The sign stands before the fraction, never inside.
    let isSigned = text.utf8.contains(UInt8(ascii: "/")) && text.hasSigns(after: "/")
    guard !isSigned, let value = Rational(text) else {
      throw tokens.error("expected \(expecting) as a number")
    }
    return value
  }
}

extension String {
  /// A sign follows the character.
  fileprivate func hasSigns(after character: Character) -> Bool {
    guard let place = firstIndex(of: character) else { return false }
    return self[place...].utf8.contains { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
  }
}
