import Mathematics

/// The numbers of a game as texts that read back as the same numbers.
struct NumberTexts {
  /// What a double stands for that is not known exactly.
  let numbers: ReducedStrategicForm.Numbers

  /// A number, exactly where `exact` is its own.
  func text(of value: Double, exact: Rational?) -> String {
    if let exact, exact.doubleValue == value { return GambitText.number(exact) }
    if numbers == .doubles, let exact = Rational(exactly: value) { return GambitText.number(exact) }
    return GambitText.number(value)
  }

  /// The payoffs at an end.
  func payoffs(of game: ExtensiveGame, at terminal: Int) -> [String] {
    let first = terminal * game.tree.players.count
    return (first..<(first + game.tree.players.count)).map {
      text(of: game.payoffs[$0], exact: game.exact.payoffs[$0])
    }
  }

  /// The odds at a move of chance: exactly, if they add up to 1, else as decimals that do.
  ///
  /// - Returns: `nil` if they do not add up to 1 even nearly.
  func odds(of game: ExtensiveGame, at node: Int) -> [String]? {
    let branches = game.tree.branches(of: node)
    let isExact = numbers == .doubles || branches.contains { game.exact.odds[$0] != nil }
    let exact = isExact ? branches.compactMap { game.exactOdds(of: $0) } : []
    if isExact, exact.allSatisfy({ $0.signum >= 0 }), exact.reduce(.zero, +) == .one {
      return exact.map(GambitText.number)
    }
    return NumberTexts.decimals(Array(game.odds[branches]))
  }

  /// Odds as decimals that add up to exactly 1.
  ///
  /// - Returns: `nil` if they do not add up to 1 even nearly.
  static func decimals(_ odds: [Double]) -> [String]? {
    guard odds.allSatisfy({ $0 >= 0 && $0 <= 1 }), abs(odds.reduce(0, +) - 1) < 1e-6 else {
      return nil
    }
    return DecimalShares.texts(odds)
  }
}
