public import Mathematics

extension StrategicGame {
  /// A game between two players, row by row, with both payoffs in each cell.
  ///
  /// ```swift
  /// let hunt = StrategicGame(
  ///   "Stag hunt", rows: ("A", ["stag", "hare"]), columns: ("B", ["stag", "hare"]),
  ///   payoffs: [
  ///     [(3, 3), (0, 2)],
  ///     [(2, 0), (2, 2)],
  ///   ])
  /// ```
  public init(
    _ title: String, rows: (player: String, strategies: [String]),
    columns: (player: String, strategies: [String]), payoffs: [[(Rational, Rational)]]
  ) {
    precondition(payoffs.count == rows.strategies.count, "each strategy of rows has a row")
    precondition(
      payoffs.allSatisfy { $0.count == columns.strategies.count }, "each row has all columns")
    self.init(
      title: title, players: [rows.player, columns.player],
      strategies: [rows.strategies, columns.strategies]
    ) { profile in
      let cell = payoffs[profile[0]][profile[1]]
      return [cell.0, cell.1]
    }
  }
}
