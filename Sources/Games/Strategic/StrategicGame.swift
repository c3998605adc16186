public import Mathematics

/// A game in strategic form: every player chooses one of its strategies, all at once.
///
/// Payoffs are exact. A profile of pure strategies has an index: the first player's strategy varies
/// fastest, as in Gambit's `.nfg`.
///
/// ```swift
/// let dilemma = StrategicGame(
///   title: "Prisoners' dilemma", players: ["A", "B"],
///   strategies: [["stay silent", "confess"], ["stay silent", "confess"]]
/// ) { profile in
///   switch (profile[0], profile[1]) {
///   case (0, 0): [-1, -1]
///   case (1, 0): [0, -3]
///   case (0, 1): [-3, 0]
///   default: [-2, -2]
///   }
/// }
/// ```
public struct StrategicGame: Sendable, Equatable {
  /// What the game is called.
  public var title: String
  /// What a file says about the game; empty by default.
  public var comment = ""
  /// The players' names; ids are indices.
  public let players: [String]
  /// The names of each player's strategies.
  public let strategies: [[String]]
  /// `payoffs[profile * players + player]`.
  public let payoffs: [Rational]

  /// How far apart two profiles are that differ by one in a player's strategy.
  public let strides: [Int]

  /// A game from its table of payoffs, by profile and player.
  public init(
    title: String, players: [String], strategies: [[String]], payoffs: [Rational]
  ) {
    precondition(players.count == strategies.count, "each player has a list of strategies")
    var strides: [Int] = []
    var count = 1
    for list in strategies {
      strides.append(count)
      count *= list.count
    }
    precondition(payoffs.count == count * players.count, "each profile has a payoff per player")
    self.title = title
    self.players = players
    self.strategies = strategies
    self.payoffs = payoffs
    self.strides = strides
  }

  /// A game whose payoffs a function gives, for each profile of ordinals.
  public init(
    title: String, players: [String], strategies: [[String]],
    payoffs: (_ profile: [Int]) -> [Rational]
  ) {
    var table: [Rational] = []
    var profile = Array(repeating: 0, count: players.count)
    let count = strategies.reduce(1) { $0 * $1.count }
    for _ in 0..<count {
      table += payoffs(profile)
      for player in profile.indices {
        profile[player] += 1
        if profile[player] < strategies[player].count { break }
        profile[player] = 0
      }
    }
    self.init(title: title, players: players, strategies: strategies, payoffs: table)
  }

  /// The number of profiles of pure strategies.
  public var profileCount: Int { payoffs.count / max(players.count, 1) }

  /// The index of a profile of ordinals.
  public func index(of profile: [Int]) -> Int {
    zip(profile, strides).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The ordinal that a player chooses in a profile.
  public func strategy(of player: Int, in index: Int) -> Int {
    index / strides[player] % strategies[player].count
  }

  /// A player's payoff in a profile.
  public func payoff(_ player: Int, at index: Int) -> Rational {
    payoffs[index * players.count + player]
  }
}
