import Games
import Mathematics

/// Draws of one game side by side: columns, and the same draws as games.
struct GameBlock {
  let games: [ExtensiveGame]
  let symbols: GameSymbols
  let power: [Int32]
  private(set) var numbers: Columns

  var tree: GameTree { games[0].tree }

  /// Columns for games with one tree and one pattern of subjective odds. Every number has a column
  /// of its own; branches of decisions have none.
  init(_ games: [ExtensiveGame]) {
    let first = games[0]
    var count: Int32 = 0
    func columns(_ isNumber: [Bool]) -> [Int32] {
      isNumber.map { isNumber in
        count += isNumber ? 1 : 0
        return isNumber ? count - 1 : -1
      }
    }
    var isChance = [Bool](repeating: false, count: first.odds.count)
    for move in first.tree.chanceMoves {
      for branch in first.tree.branches(of: move.node) { isChance[branch] = true }
    }
    self.games = games
    symbols = GameSymbols(
      payoffs: columns(first.payoffs.map { _ in true }), odds: columns(isChance),
      subjectiveOdds: first.subjectiveOdds.map { $0.map { _ in columns(isChance) } })
    power = columns(first.power.map { _ in true })
    numbers = Columns(count: Int(count), draws: games.count)
    for (draw, game) in games.enumerated() {
      fill(symbols.payoffs, game.payoffs, draw)
      fill(symbols.odds, game.odds, draw)
      for (columns, odds) in zip(symbols.subjectiveOdds, game.subjectiveOdds) {
        fill(columns ?? [], odds ?? [], draw)
      }
      fill(power, game.power, draw)
    }
  }

  /// Changes one payoff of one draw.
  mutating func set(_ value: Double, payoff: Int, draw: Int) {
    numbers[Int(symbols.payoffs[payoff]), draw] = value
  }

  private mutating func fill(_ columns: [Int32], _ values: [Double], _ draw: Int) {
    for (column, value) in zip(columns, values) where column >= 0 {
      numbers[Int(column), draw] = value
    }
  }

  /// Draws of a random game: payoffs from few values or a continuum, odds that are 0 now and then.
  static func random(_ kind: RandomGames.Kind, seed: UInt64, draws: Int) throws -> GameBlock {
    let first = try RandomGames.game(kind, seed: seed)
    var stream = SplitMix64(seed: SplitMix64.hash(seed, 31))
    let games = (0..<draws).map { draw in
      var game = first
      if draw == 0 { return game }
      for place in game.payoffs.indices {
        game.payoffs[place] =
          kind.ties ? Double(Int.random(in: -2...2, using: &stream)) : 1e3 * stream.uniform()
      }
      redraw(&game.odds, first.tree, &stream)
      for player in first.tree.players.indices {
        guard var own = first.subjectiveOdds[player] else { continue }
        redraw(&own, first.tree, &stream)
        game.subjectiveOdds[player] = own
      }
      for place in game.power.indices {
        game.power[place] = [0, 1, 0.5, stream.uniform()][Int.random(in: 0..<4, using: &stream)]
      }
      return game
    }
    return GameBlock(games)
  }

  private static func redraw(_ odds: inout [Double], _ tree: GameTree, _ stream: inout SplitMix64) {
    for move in tree.chanceMoves {
      let branches = tree.branches(of: move.node)
      let shares = distribution(branches.count, zeros: 0.1, &stream)
      for (branch, share) in zip(branches, shares) { odds[branch] = share }
    }
  }

  /// Shares that add up to 1; each but the last is 0 with a probability.
  static func distribution(
    _ count: Int, zeros: Double, _ stream: inout SplitMix64
  ) -> [Double] {
    let raw = (1...count).map {
      $0 < count && stream.uniform() < zeros ? 0 : 0.01 + stream.uniform()
    }
    let total = raw.reduce(0, +)
    return raw.map { $0 / total }
  }

  /// A column for each place of the rows, one of which is a draw's.
  static func columns(_ rows: [[Double]]) -> Columns {
    var columns = Columns(count: rows[0].count, draws: rows.count)
    for (draw, row) in rows.enumerated() {
      for (number, value) in row.enumerated() { columns[number, draw] = value }
    }
    return columns
  }
}
