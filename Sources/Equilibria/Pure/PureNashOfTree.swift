public import Games
public import Mathematics

/// All pure Nash equilibria of an extensive game, found on the tree and exactly.
///
/// The reduced strategic form is not built. The equilibria come as disjoint ``patterns``: choices
/// that make an equilibrium whatever is chosen elsewhere, so that a list of millions may take a few
/// lines. ``reducedProfiles(limit:)`` lists the profiles of reduced strategies, which are those of
/// ``PureEquilibria`` for the game's ``ReducedStrategicForm``.
///
/// Choices on the path of play are decided first, then those that a player would meet if it left the
/// path, as far as they matter: a search of this library from the definition (Nash 1951).
public struct PureNashOfTree: Sendable {
  /// Choices that make an equilibrium whatever the others are.
  public struct Pattern: Sendable, Hashable {
    /// By information set the ordinal of the action; nil if any will do.
    public let choices: [Int?]
    /// What each player expects.
    public let values: [Rational]
  }

  /// What is found. No profile is in two patterns.
  public let patterns: [Pattern]
  /// What stopped the search before it was done; nil if all patterns are there.
  public let stop: WorkLimit.Stop?
  /// Visits that the search made.
  public let steps: Int

  private let tree: GameTree
  private let memory: OwnPast

  /// All equilibria are covered.
  public var isComplete: Bool { stop == nil }

  /// Searches a game.
  ///
  /// - Parameters:
  ///   - numbers: what the doubles of the game stand for.
  ///   - patterns: the most patterns to keep.
  ///   - limit: a step is one visit of the search, nodes × players of work.
  /// - Throws: ``TreeDefect`` if a player forgets, two players bargain, or numbers are no numbers.
  public init(
    of game: ExtensiveGame, numbers: ReducedStrategicForm.Numbers = .doubles,
    patterns most: Int = 1_000_000, limit: WorkLimit = WorkLimit(steps: 10_000_000)
  ) throws(TreeDefect) {
    let context = try PieceContext(of: game, reading: numbers)
    var search = PieceSearch(GamePiece(wholeOf: context), inner: [], in: context, steps: 0)
    var stop: WorkLimit.Stop?
    do { try search.run(limit: limit, most: most) } catch { stop = error }
    tree = game.tree
    memory = context.memory
    self.stop = stop
    steps = search.steps
    patterns = search.patterns.map {
      Pattern(choices: $0.choices.map { $0 < 0 ? nil : $0 }, values: $0.values)
    }
  }

  /// The number of profiles of reduced strategies in the patterns; nil if it is more than the
  /// largest machine integer.
  public var reducedCount: Int? {
    Counting.sum(
      patterns.map { pattern in
        // As in the reduced strategic form: below an action the sets that follow it multiply.
        var below = [Int?](repeating: 1, count: tree.actionCount)
        var count: Int? = 1
        for (id, set) in tree.informationSets.enumerated().reversed() {
          let ways =
            pattern.choices[id].map { below[set.firstAction + $0] }
            ?? Counting.sum(set.actionRange.map { below[$0] })
          if let (above, action) = memory.lastMove(before: id) {
            let place = tree.informationSets[above].firstAction + action
            below[place] = Counting.product(below[place], ways)
          } else {
            count = Counting.product(count, ways)
          }
        }
        return count
      })
  }

  /// Equilibria as profiles of reduced strategies: at each information set the ordinal of the
  /// action, nil where its player's own choices exclude it.
  ///
  /// - Returns: at most `limit` profiles; complete if they are all and ``isComplete``.
  public func reducedProfiles(limit: Int = 10_000) -> (profiles: [[Int?]], isComplete: Bool) {
    var profiles: [[Int?]] = []
    for pattern in patterns {
      var odometer = Odometer()
      repeat {
        if profiles.count == limit { return (profiles, false) }
        var choices = [Int?](repeating: nil, count: tree.informationSets.count)
        for (id, set) in tree.informationSets.enumerated() {
          if let (above, action) = memory.lastMove(before: id), choices[above] != action {
            continue
          }
          choices[id] = pattern.choices[id] ?? odometer.digit(below: set.actions.count)
        }
        profiles.append(choices)
      } while odometer.advance()
    }
    return (profiles, isComplete)
  }

  /// Equilibria as the ordinal of the action at every information set, those that their player's
  /// own choices exclude among them.
  public func profiles(limit: Int = 10_000) -> PureList {
    var profiles: [[Int]] = []
    for pattern in patterns {
      var odometer = Odometer()
      repeat {
        if profiles.count == limit { return PureList(profiles: profiles, stop: .limit(limit)) }
        profiles.append(
          tree.informationSets.enumerated().map { id, set in
            pattern.choices[id] ?? odometer.digit(below: set.actions.count)
          })
      } while odometer.advance()
    }
    return PureList(profiles: profiles, stop: stop.map { .work($0) })
  }
}
