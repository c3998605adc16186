public import Games
public import Mathematics

/// All subgame-perfect equilibria in pure strategies, exactly (Selten 1965, Spieltheoretische
/// Behandlung eines Oligopolmodells mit Nachfrageträgheit).
///
/// Goes from the last proper subgames to the first. Each subgame is solved with the subgames inside
/// it replaced by the values of their own equilibria, one vector after another; the result is kept
/// by subgame, so that a list that would explode takes little. Where information is perfect,
/// ``BackwardInduction`` does the same faster.
///
/// ```swift
/// let perfect = try PureSubgamePerfect(of: game)
/// perfect.values          // the vectors of payoffs of the equilibria
/// perfect.count           // how many there are
/// let list = perfect.equilibria(limit: 100)
/// ```
public struct PureSubgamePerfect: Sendable {
  /// What stopped the search before it was done; nil if all equilibria are found.
  public let stop: WorkLimit.Stop?
  /// Visits that the search made.
  public let steps: Int

  private let solutions: SubgameSolutions<Void>

  /// All equilibria are found.
  public var isComplete: Bool { stop == nil }

  /// Searches a game.
  ///
  /// - Parameters:
  ///   - numbers: what the doubles of the game stand for.
  ///   - patterns: the most ways to play that are kept for one subgame.
  ///   - limit: a step is one visit of the search in a subgame.
  /// - Throws: ``TreeDefect`` if a player forgets, two players bargain, or numbers are no numbers.
  public init(
    of game: ExtensiveGame, numbers: ReducedStrategicForm.Numbers = .doubles,
    patterns most: Int = 1_000_000, limit: WorkLimit = WorkLimit(steps: 10_000_000)
  ) throws(TreeDefect) {
    let context = try PieceContext(of: game, reading: numbers)
    let pieces = SubgamePieces(of: game.tree)
    var solutions = SubgameSolutions<Void>(tree: game.tree, pieces: pieces)
    var steps = 0
    var stop: WorkLimit.Stop?
    for place in pieces.roots.indices.reversed() {
      let piece = GamePiece(place, of: pieces, in: context)
      var search = PieceSearch(
        piece, inner: piece.inner.map { solutions.values(of: $0) }, in: context, steps: steps)
      do { try search.run(limit: limit, most: most) } catch { stop = error }
      steps = search.steps
      for pattern in search.patterns {
        solutions.add(
          .init(choices: pattern.choices, classes: pattern.classes, detail: ()),
          values: pattern.values, to: place)
      }
      // A subgame without equilibrium leaves none to the game.
      if stop != nil || solutions.groups[place].isEmpty { break }
    }
    self.stop = stop
    self.steps = steps
    self.solutions = solutions
  }

  /// The vectors of payoffs of the equilibria that were found, each once.
  public var values: [[Rational]] { solutions.values(of: 0) }

  /// The number of equilibria that were found, as profiles of choices at every information set;
  /// nil if it is more than the largest machine integer.
  public var count: Int? { solutions.count() }

  /// The equilibria, up to a limit, each as the ordinal of the action at every information set.
  public func equilibria(limit: Int = 1_000) -> PureList {
    var profiles: [[Int]] = []
    var isCut = false
    solutions.forEach { choices, _ in
      if profiles.count == limit {
        isCut = true
        return false
      }
      profiles.append(choices)
      return true
    }
    return PureList(
      profiles: profiles, stop: stop.map { .work($0) } ?? (isCut ? .limit(limit) : nil))
  }
}
