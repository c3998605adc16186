package import Mathematics

/// The reduced strategic form of an extensive game: strategies that differ only at information
/// sets that the player's own earlier choices exclude are one.
///
/// A strategy's name is Gambit's: for each of the player's information sets in the order of the
/// tree the ordinal of the action, from 1, or `*` where the set is excluded. Where a set has ten
/// actions or more the ordinals of its player are separated by points. Strategies stand in the
/// order of these ordinals. A player that never moves has the one strategy `*`.
///
/// Payoffs are exact for the numbers of the tree: its ``ExactNumbers``, else its doubles, read as
/// ``Numbers`` says. Odds whose
/// exact sum misses 1 by a rounding are divided by their sum, so that equal odds stay equal.
///
/// Source: Kuhn (1953), Extensive games and the problem of information; the reduction as in Osborne
/// & Rubinstein (1994), A Course in Game Theory, chapter 6.
public struct ReducedStrategicForm: Sendable, Equatable {
  /// The game of the strategies.
  public let game: StrategicGame
  /// The ids of each player's information sets, in the order of the tree.
  public let informationSets: [[Int]]

  /// `choices[player][strategy * sets + position]`: the ordinal of the action, -1 if excluded.
  private let choices: [[Int32]]

  /// What a double of the tree stands for.
  public enum Numbers: Sendable {
    /// Itself: 0.1 is a little more than a tenth.
    case doubles
    /// The shortest decimal that reads back as the same double: 0.1 is a tenth. Numbers of a file
    /// with at most 15 digits are then exactly what the file says, and so are its ties.
    case decimals

    /// The number that a double stands for, `kept` if that is known and the double is its own.
    package func exact(_ value: Double, kept: Rational? = nil) -> Rational? {
      if let kept, kept.doubleValue == value { return kept }
      return switch self {
      case .doubles: Rational(exactly: value)
      case .decimals: Rational("\(value)")
      }
    }
  }

  /// How large a reduced strategic form may get.
  public struct Limits: Sendable, Equatable {
    /// The most strategies of one player.
    public var strategies: Int
    /// The most payoffs, one for each profile and player.
    public var payoffs: Int
    /// The most choices to be listed for one player: its strategies times its information sets.
    public var choices: Int

    /// Limits that keep the form within some hundred megabytes.
    public init(
      strategies: Int = 100_000, payoffs: Int = 10_000_000, choices: Int = 20_000_000
    ) {
      self.strategies = strategies
      self.payoffs = payoffs
      self.choices = choices
    }
  }

  /// The reduced strategic form of a game with perfect recall.
  ///
  /// - Throws: ``Defect`` where the game has none within the limits. Sizes are known, and refused,
  ///   before memory is taken.
  /// - Complexity: the number of profiles times the ends that chance can lead each of them to.
  public init(
    of game: ExtensiveGame, numbers: Numbers = .doubles, limits: Limits = Limits()
  ) throws(Defect) {
    let tree = game.tree
    for set in tree.informationSets {
      if set.bargain != nil { throw .bargain(informationSet: set.displayLabel) }
      if set.actions.isEmpty { throw .noActions(informationSet: set.displayLabel) }
    }
    if let lapse = Recall(of: tree).firstLapse {
      throw .imperfectRecall(informationSet: tree.informationSets[lapse].displayLabel)
    }
    let memory = OwnPast(of: tree)
    let sets = tree.players.indices.map { player in
      tree.informationSets.indices.filter { tree.informationSets[$0].player == player }
    }
    try ReducedStrategicForm.checkSize(of: tree, memory: memory, sets: sets, limits: limits)
    let choices = sets.map { ReducedStrategicForm.choices(at: $0, of: tree, memory: memory) }
    let counts = zip(choices, sets).map { $1.isEmpty ? 1 : $0.count / $1.count }
    let strategies = tree.players.indices.map { player in
      let isLong = sets[player].contains { tree.informationSets[$0].actions.count > 9 }
      return (0..<counts[player]).map { strategy in
        let width = sets[player].count
        let row = choices[player][(strategy * width)..<((strategy + 1) * width)]
        return row.isEmpty
          ? "*"
          : row.map { $0 < 0 ? "*" : "\($0 + 1)" }.joined(separator: isLong ? "." : "")
      }
    }
    let payoffs = try ReducedStrategicForm.payoffs(
      of: game, numbers: numbers, memory: memory, sets: sets, choices: choices, counts: counts)
    self.informationSets = sets
    self.choices = choices
    self.game = StrategicGame(
      title: game.title, players: tree.players, strategies: strategies, payoffs: payoffs)
  }

  /// The ordinal of the action that a strategy takes at one of its player's information sets, by
  /// the set's position in ``informationSets``; nil where the strategy itself excludes the set.
  public func action(of player: Int, strategy: Int, at position: Int) -> Int? {
    let choice = choices[player][strategy * informationSets[player].count + position]
    return choice < 0 ? nil : Int(choice)
  }

  /// All strategies of one player: at each set the first action, then, from the last set that has
  /// another action left, the next.
  private static func choices(at sets: [Int], of tree: GameTree, memory: OwnPast) -> [Int32] {
    var position = [Int](repeating: -1, count: tree.informationSets.count)
    for (place, set) in sets.enumerated() { position[set] = place }
    var row = [Int32](repeating: -1, count: sets.count)
    // Sets follow those that they depend on.
    func begin(at first: Int) {
      for place in first..<sets.count {
        row[place] = 0
        if let (set, action) = memory.lastMove(before: sets[place]), row[position[set]] != action {
          row[place] = -1
        }
      }
    }
    begin(at: 0)
    var all = row
    while let place = row.indices.last(where: {
      row[$0] >= 0 && Int(row[$0]) + 1 < tree.informationSets[sets[$0]].actions.count
    }) {
      row[place] += 1
      begin(at: place + 1)
      all += row
    }
    return all
  }

  /// Adds up, at each profile, the payoffs of the ends that it leads to, times their odds.
  private static func payoffs(
    of game: ExtensiveGame, numbers: Numbers, memory: OwnPast, sets: [[Int]],
    choices: [[Int32]], counts: [Int]
  ) throws(Defect) -> [Rational] {
    let tree = game.tree
    let players = tree.players.count
    var strides: [Int] = []
    var profiles = 1
    for count in counts {
      strides.append(profiles)
      profiles *= count
    }
    // The strategies that take each action, and for each player all its strategies.
    var takers = [[Int]](repeating: [], count: tree.actionCount)
    for (player, list) in sets.enumerated() {
      for strategy in 0..<counts[player] {
        for (place, set) in list.enumerated() {
          let choice = choices[player][strategy * list.count + place]
          if choice < 0 { continue }
          takers[tree.informationSets[set].firstAction + Int(choice)].append(
            strategy * strides[player])
        }
      }
    }
    let everyone = counts.indices.map { player in
      (0..<counts[player]).map { $0 * strides[player] }
    }
    let odds = try PathOdds(of: game, numbers: numbers)
    var payoffs = [Rational](repeating: .zero, count: profiles * players)
    for (terminal, end) in tree.terminals.enumerated() {
      var values: [Rational] = []
      for player in 0..<players {
        let place = terminal * players + player
        guard let payoff = numbers.exact(game.payoffs[place], kept: game.exact.payoffs[place])
        else { throw .notFinite }
        values.append(payoff * odds.odds(heldBy: player, of: end.node))
      }
      if values.allSatisfy({ $0.signum == 0 }) { continue }
      var places = [0]
      for player in 0..<players {
        let action = memory.lastAction(of: player, at: end.node)
        let list = action < 0 ? everyone[player] : takers[action]
        places = list.flatMap { offset in places.map { $0 + offset } }
      }
      for place in places {
        for player in 0..<players { payoffs[place * players + player] += values[player] }
      }
    }
    return payoffs
  }
}
