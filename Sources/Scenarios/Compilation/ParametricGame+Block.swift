public import Games
public import Mathematics

/// A scenario's game for blocks of draws: the numbers that it needs, computed side by side.
public struct BlockGame: Sendable {
  /// Computes the numbers from the inputs.
  public let program: ValueProgram
  /// For each view of the game: the columns of its payoffs and odds.
  public let symbols: [GameSymbols]
  /// The column of each bargain's power.
  public let power: [Int32]
  /// For each event asked for, its column by terminal.
  public let events: [[Int32]]
  /// The columns of the numbers asked for beside the game.
  public let numbers: [Int32]

  /// By view and party: the columns of the payoff's terms; empty unless the game has them.
  public let terms: [[[Int32]]]

  private let game: ParametricGame
  /// Columns that must have values, and those that must be odds.
  private let needed: [Int32]
  private let oddsColumns: [Int32]
  /// Columns whose sum must be 1.
  private let sums: [[Int32]]
  /// Pairs of a party's odds and the analyst's, which exclude more.
  private let pairs: [(own: Int32, analyst: Int32)]

  /// Compiles the numbers of a game.
  public init(_ game: ParametricGame) {
    self.game = game
    var results = game.power + game.numbers + game.events.joined()
    for view in game.views {
      results += view.payoffs + view.terms.joined()
      results += (view.odds + view.subjectiveOdds.compactMap { $0 }.joined()).filter { $0 >= 0 }
    }
    let program = ValueProgram(game.graph, results: results)
    self.program = program
    func column(_ operation: Int32) -> Int32 {
      operation < 0 ? -1 : Int32(program.outputs[operation] ?? -1)
    }
    symbols = game.views.map { view in
      GameSymbols(
        payoffs: view.payoffs.map(column), odds: view.odds.map(column),
        subjectiveOdds: view.subjectiveOdds.map { $0?.map(column) })
    }
    terms = game.views.map { $0.terms.map { $0.map(column) } }
    power = game.power.map(column)
    events = game.events.map { $0.map(column) }
    numbers = game.numbers.map(column)
    var needed = Set(events.joined())
    var oddsColumns = Set(power)
    var sums: Set<[Int32]> = []
    var pairs: Set<[Int32]> = []
    for view in symbols {
      needed.formUnion(view.payoffs)
      for odds in [view.odds] + view.subjectiveOdds.compactMap({ $0 }) {
        for move in game.tree.chanceMoves {
          let branches = game.tree.branches(of: move.node).map { odds[$0] }
          oddsColumns.formUnion(branches)
          sums.insert(branches)
          for branch in game.tree.branches(of: move.node)
          where odds[branch] != symbols[0].odds[branch] {
            pairs.insert([odds[branch], symbols[0].odds[branch]])
          }
        }
      }
    }
    self.needed = needed.sorted()
    self.oddsColumns = oddsColumns.sorted()
    self.sums = sums.sorted { $0.lexicographicallyPrecedes($1) }
    self.pairs = pairs.map { ($0[0], $0[1]) }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
  }

  /// The game of one view with the numbers of one draw.
  public func game(view: Int, draw: Int, of columns: Columns) -> ExtensiveGame {
    let symbols = symbols[view]
    func numbers(_ addresses: [Int32]) -> [Double] {
      addresses.map { $0 < 0 ? 0 : columns[Int($0), draw] }
    }
    return ExtensiveGame(
      title: game.title, tree: game.tree, payoffs: numbers(symbols.payoffs),
      odds: numbers(symbols.odds), subjectiveOdds: symbols.subjectiveOdds.map { $0.map(numbers) },
      power: numbers(power))
  }

  /// Whether any number of the first draws is not as a game needs it; then each draw must be looked
  /// at alone, by ``ParametricGame/fill(_:view:values:)``, which knows what to say. Odds within
  /// rounding of 0 and 1 are brought inside.
  public func needsCare(_ columns: inout Columns, draws: Int) -> Bool {
    var isSound = true
    let stride = columns.stride
    columns.values.withUnsafeMutableBufferPointer { values in
      for column in needed {
        var sum = 0.0
        let first = Int(column) * stride
        for place in first..<(first + draws) { sum += values[place] - values[place] }
        if sum != 0 { isSound = false }
      }
      for column in oddsColumns {
        let first = Int(column) * stride
        for place in first..<(first + draws) {
          let value = values[place]
          if !(value >= -1e-12 && value <= 1 + 1e-12) { isSound = false }
          values[place] = value < 0 ? 0 : (value > 1 ? 1 : value)
        }
      }
      for pair in pairs {
        for draw in 0..<draws
        where values[Int(pair.own) * stride + draw] > 1e-12
          && values[Int(pair.analyst) * stride + draw] <= 0
        {
          isSound = false
        }
      }
      for branches in sums {
        for draw in 0..<draws {
          var total = 0.0
          for branch in branches { total += values[Int(branch) * stride + draw] }
          if !(abs(total - 1) <= 1e-9) { isSound = false }
        }
      }
    }
    return !isSound
  }
}
