import Games
import Mathematics

/// A game in which players pay for their own actions, as columns of numbers: one structure for many
/// lists of prices side by side.
///
/// A price that exceeds what the action could ever bring takes the action away; how much it exceeds
/// that decides how rare the action becomes along a logit path, and so what others believe who see
/// it. Prices bear on the payoffs of the player who acts and on nobody else's, so that the beliefs
/// and replies of all others are those of the game itself.
struct PricedGame: Sendable {
  /// What a player's actions cost and how it counts what it gets.
  struct Prices: Hashable, Sendable {
    /// By action of the tree, in units of the mover's payoff range.
    var levels: [Int8]
    /// By player: whether gains count as losses. An equilibrium in which a player mixes rests on
    /// its indifference, which is the same either way.
    var isReversed: [Bool]

    /// Nothing costs anything.
    init(tree: GameTree) {
      levels = Array(repeating: 0, count: tree.actionCount)
      isReversed = Array(repeating: false, count: tree.players.count)
    }
  }

  /// A payoff less what its player has paid on the way.
  private struct PricedPayoff {
    var player: Int
    /// Where the payoff stands among the game's.
    var place: Int
    /// The player's last action, -1 if it has made none.
    var action: Int
  }

  /// The columns of the game with prices, in units of each player's payoff range.
  let symbols: GameSymbols
  /// The columns of the game as it is.
  let plain: GameSymbols
  /// The columns of the first bargainers' powers.
  let power: [Int32]
  /// How many columns there are.
  let columnCount: Int

  private let players: Int
  /// By column of a plain payoff, where it stands among the game's.
  private let payoffPlaces: [Int]
  /// By column of odds (after the payoffs): the branch, and the player whose odds they are or -1.
  private let oddsPlaces: [(branch: Int, player: Int)]
  /// After the powers.
  private let priced: [PricedPayoff]
  /// By action: its player's action before, -1 if it is the first.
  let before: [Int]

  /// Compiles the columns of games with this tree, whose equal numbers have equal symbols.
  ///
  /// - Complexity: terminals × players × depth.
  init(tree: GameTree, symbols: GameSymbols) {
    let players = tree.players.count
    self.players = players
    before = tree.informationSets.flatMap { set in
      Array(
        repeating: PricedGame.lastAction(of: set.player, before: set.nodes[0], in: tree),
        count: set.actions.count)
    }
    var next: Int32 = 0
    func column() -> Int32 {
      defer { next += 1 }
      return next
    }
    var known: [Int32: Int32] = [:]
    var payoffPlaces: [Int] = []
    var plainPayoffs: [Int32] = []
    for (place, symbol) in symbols.payoffs.enumerated() {
      if known[symbol] == nil {
        known[symbol] = column()
        payoffPlaces.append(place)
      }
      plainPayoffs.append(known[symbol] ?? -1)
    }
    var oddsPlaces: [(branch: Int, player: Int)] = []
    func columns(_ odds: [Int32], of player: Int) -> [Int32] {
      var known: [Int32: Int32] = [:]
      var result = [Int32](repeating: -1, count: odds.count)
      for move in tree.chanceMoves {
        for branch in tree.branches(of: move.node) {
          if known[odds[branch]] == nil {
            known[odds[branch]] = column()
            oddsPlaces.append((branch, player))
          }
          result[branch] = known[odds[branch]] ?? -1
        }
      }
      return result
    }
    let odds = columns(symbols.odds, of: -1)
    let own = symbols.subjectiveOdds.enumerated().map { player, odds in
      odds.map { columns($0, of: player) }
    }
    let bargains = tree.informationSets.compactMap { $0.bargain?.powerIndex }
    power = (0..<((bargains.max() ?? -1) + 1)).map { _ in column() }
    var priced: [PricedPayoff] = []
    var knownPriced: [[Int32]: Int32] = [:]
    var pricedPayoffs: [Int32] = []
    for (terminal, end) in tree.terminals.enumerated() {
      for player in 0..<players {
        let place = terminal * players + player
        let action = PricedGame.lastAction(of: player, before: end.node, in: tree)
        let key = [Int32(player), symbols.payoffs[place], Int32(action)]
        if knownPriced[key] == nil {
          knownPriced[key] = column()
          priced.append(PricedPayoff(player: player, place: place, action: action))
        }
        pricedPayoffs.append(knownPriced[key] ?? -1)
      }
    }
    plain = GameSymbols(payoffs: plainPayoffs, odds: odds, subjectiveOdds: own)
    self.symbols = GameSymbols(payoffs: pricedPayoffs, odds: odds, subjectiveOdds: own)
    self.payoffPlaces = payoffPlaces
    self.oddsPlaces = oddsPlaces
    self.priced = priced
    columnCount = Int(next)
  }

  /// The last action of a player before a node; bargains, whose options have no prices, are none.
  private static func lastAction(of player: Int, before node: Int, in tree: GameTree) -> Int {
    var below = tree.nodes[node]
    while below.parent >= 0 {
      let above = tree.nodes[Int(below.parent)]
      if above.kind == .decision {
        let set = tree.informationSets[Int(above.index)]
        if set.player == player, set.bargain == nil {
          return set.firstAction + Int(below.incoming - above.firstBranch)
        }
      }
      below = above
    }
    return -1
  }

  /// Writes what is the same under all prices.
  func fill(_ game: ExtensiveGame, into columns: inout Columns) {
    var number = 0
    func write(_ value: Double) {
      for draw in 0..<columns.stride { columns[number, draw] = value }
      number += 1
    }
    for place in payoffPlaces { write(game.payoffs[place]) }
    for odds in oddsPlaces {
      let own = odds.player < 0 ? nil : game.subjectiveOdds[odds.player]
      write(own?[odds.branch] ?? game.odds[odds.branch])
    }
    for index in power.indices { write(game.power[index]) }
  }

  /// Writes the payoffs less the prices of one draw.
  ///
  /// - Parameter scale: the lowest payoff and the payoff range of each player.
  func fill(
    _ prices: Prices, draw: Int, of game: ExtensiveGame, scale: [(low: Double, range: Double)],
    into columns: inout Columns
  ) {
    // A set follows those of its player before it, so prices add up in one pass.
    var paid = [Double](repeating: 0, count: before.count)
    for action in before.indices {
      paid[action] =
        Double(prices.levels[action]) + (before[action] < 0 ? 0 : paid[before[action]])
    }
    let first = columnCount - priced.count
    for (place, payoff) in priced.enumerated() {
      let (low, range) = scale[payoff.player]
      let own = (game.payoffs[payoff.place] - low) / range
      let cost = payoff.action < 0 ? 0 : paid[payoff.action]
      columns[first + place, draw] = (prices.isReversed[payoff.player] ? -own : own) - cost
    }
  }
}
