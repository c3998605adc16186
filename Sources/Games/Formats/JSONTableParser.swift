import Mathematics

/// What the JSON form of a strategic game says.
struct JSONTableParser {
  private var strategies: [[String]] = []
  private var payoffs: [Rational] = []
  /// How many payoffs a profile has; the first one tells.
  private var width = 0
  private var place = 0

  mutating func readStrategies(_ tokens: inout JSONTokens) throws(FormatError) {
    var array = try tokens.openArray(expecting: "the strategies of each player")
    while try tokens.element(of: &array) {
      strategies.append(try tokens.strings(expecting: "the strategies of a player"))
      if strategies[strategies.count - 1].isEmpty {
        throw tokens.error("expected at least one strategy")
      }
    }
  }

  mutating func readPayoffs(_ tokens: inout JSONTokens) throws(FormatError) {
    var profiles = try tokens.openArray(expecting: "the payoffs of each profile")
    place = tokens.start
    while try tokens.element(of: &profiles) {
      var profile = try tokens.openArray(expecting: "the payoffs of a profile")
      let first = payoffs.count
      while try tokens.element(of: &profile) {
        payoffs.append(try tokens.number(expecting: "a payoff"))
      }
      if first == 0 { width = payoffs.count }
      guard payoffs.count - first == width, width > 0 else {
        throw tokens.error("expected one payoff for each player")
      }
    }
  }

  func game(
    title: String, players: [String], _ tokens: JSONTokens
  ) throws(FormatError) -> StrategicGame {
    guard strategies.count == players.count else {
      throw tokens.error("expected the strategies of \(players.count) players")
    }
    var count = 1
    for list in strategies {
      let (product, overflow) = count.multipliedReportingOverflow(by: list.count)
      count = overflow ? .max : product
      if overflow { break }
    }
    guard width == players.count, payoffs.count / width == count else {
      throw tokens.error(
        "expected the payoffs of \(count) profiles, \(players.count) each", at: place)
    }
    return StrategicGame(title: title, players: players, strategies: strategies, payoffs: payoffs)
  }
}
