import Games
import Mathematics
import Testing

/// Makes games on which something fails as small as they can be made, for the report and to be kept.
enum Shrinking {
  /// The smallest game that still fails and to which no single simplification can be applied any more.
  ///
  /// - Parameters:
  ///   - simpler: games that are made of one by a single simplification, the boldest first.
  ///   - weight: how large a game is; what does not become smaller is not tried.
  ///   - attempts: the most games that are tried, since each may take its time.
  ///   - fails: whether a game still fails.
  static func smallest<Game>(
    _ game: Game, simpler: (Game) -> [Game], weight: (Game) -> [Int], attempts: Int = 5_000,
    fails: (Game) -> Bool
  ) -> Game {
    var smallest = game
    var left = attempts
    search: while true {
      let size = weight(smallest)
      for candidate in simpler(smallest)
      where weight(candidate).lexicographicallyPrecedes(size) {
        left -= 1
        if left < 0 { return smallest }
        if fails(candidate) {
          smallest = candidate
          continue search
        }
      }
      return smallest
    }
  }

  /// How long a number is to write; 0 is shorter than 1, and 1 than any other.
  static func length(_ number: Rational) -> Int {
    number.signum == 0 ? 0 : number == .one ? 1 : "\(number)".count + 1
  }

  /// Shorter numbers near a number.
  static func shorter(_ number: Rational) -> [Rational] {
    var candidates: [Rational] = [0, 1]
    let rounded = number.doubleValue.rounded()
    if abs(rounded) < 1e15 { candidates.append(Rational(Int(rounded))) }
    candidates += [10, 1_000].map { parts in
      let share = (number.doubleValue * Double(parts)).rounded()
      return abs(share) < 1e15 ? Rational(Int(share), parts) : number
    }
    candidates.append(Rational(number.signum))
    return candidates.filter { length($0) < length(number) }
  }
}

// MARK: - Tables

extension Shrinking {
  /// The smallest table that still fails.
  static func smallest(_ game: StrategicGame, fails: (StrategicGame) -> Bool) -> StrategicGame {
    smallest(game, simpler: simpler, weight: weight, fails: fails)
  }

  private static func weight(_ game: StrategicGame) -> [Int] {
    [
      game.players.count, game.strategies.map(\.count).reduce(0, +),
      game.payoffs.reduce(0) { $0 + length($1) },
    ]
  }

  /// Without a player that has no choice, without a strategy, with simpler payoffs.
  private static func simpler(_ game: StrategicGame) -> [StrategicGame] {
    var games: [StrategicGame] = []
    let players = game.players.indices
    for player in players where game.players.count > 1 && game.strategies[player].count == 1 {
      games.append(
        part(of: game, players: players.filter { $0 != player }, game.strategies.map(all)))
    }
    for player in players where game.strategies[player].count > 1 {
      for strategy in game.strategies[player].indices {
        var kept = game.strategies.map(all)
        kept[player].remove(at: strategy)
        games.append(part(of: game, players: Array(players), kept))
      }
    }
    for player in players {
      games.append(
        with(game) { place, own in place % players.count == player ? 0 : own })
    }
    for place in game.payoffs.indices {
      games += shorter(game.payoffs[place]).map { number in
        with(game) { $0 == place ? number : $1 }
      }
    }
    return games
  }

  private static func all(_ names: [String]) -> [Int] { Array(names.indices) }

  /// The game of some players and strategies; who is left out has one strategy.
  private static func part(
    of game: StrategicGame, players: [Int], _ kept: [[Int]]
  ) -> StrategicGame {
    StrategicGame(
      title: game.title, players: players.map { game.players[$0] },
      strategies: players.map { player in kept[player].map { game.strategies[player][$0] } }
    ) { profile in
      var whole = game.players.map { _ in 0 }
      for (player, ordinal) in zip(players, profile) { whole[player] = kept[player][ordinal] }
      let index = game.index(of: whole)
      return players.map { game.payoff($0, at: index) }
    }
  }

  private static func with(
    _ game: StrategicGame, _ payoff: (_ place: Int, _ own: Rational) -> Rational
  ) -> StrategicGame {
    StrategicGame(
      title: game.title, players: game.players, strategies: game.strategies,
      payoffs: game.payoffs.enumerated().map(payoff))
  }
}

// MARK: - Trees

extension Shrinking {
  /// The smallest tree that still fails.
  static func smallest(_ game: ExtensiveGame, fails: (ExtensiveGame) -> Bool) -> ExtensiveGame {
    let sketch = TreeSketch(game)
    let found = smallest(sketch, simpler: \.simpler, weight: \.weight) { candidate in
      (try? candidate.game).map(fails) ?? false
    }
    return (try? found.game) ?? game
  }
}

// MARK: - Properties

extension Shrinking {
  /// Records an issue where a property does not hold of a tree, with the smallest game of which it
  /// does not hold either, as a file to keep.
  ///
  /// A smaller game on which the property throws counts as one of which it holds, so that it is the
  /// same failure that is kept.
  static func expect(
    _ game: ExtensiveGame, _ comment: String, sourceLocation: SourceLocation = #_sourceLocation,
    holds: (ExtensiveGame) throws -> Bool
  ) rethrows {
    if try holds(game) { return }
    let small = smallest(game) { (try? !holds($0)) ?? false }
    record(comment, text(of: small), sourceLocation)
  }

  /// The same for a table.
  static func expect(
    _ game: StrategicGame, _ comment: String, sourceLocation: SourceLocation = #_sourceLocation,
    holds: (StrategicGame) throws -> Bool
  ) rethrows {
    if try holds(game) { return }
    let small = smallest(game) { (try? !holds($0)) ?? false }
    record(comment, GambitStrategicWriter.text(of: small), sourceLocation)
  }

  private static func record(_ comment: String, _ text: String, _ location: SourceLocation) {
    Issue.record(
      "\(comment); the smallest game found on which it fails, for Tests/Data/kept:\n\(text)",
      sourceLocation: location)
  }

  /// A tree in Gambit's format, or in JSON where that does not know what it has.
  static func text(of game: ExtensiveGame) -> String {
    if let text = try? GambitExtensiveWriter.text(of: game) { return text }
    return (try? JSONGameWriter.text(of: .extensive(game))) ?? "\(game)"
  }
}
