public import Games
public import Mathematics

/// All sequential equilibria in pure strategies, exactly, each with beliefs and trembles as witness
/// (Kreps & Wilson 1982, Sequential equilibria).
///
/// Goes from the last proper subgames to the first, as ``PureSubgamePerfect`` does: trembles in one
/// piece of the game do not bear on beliefs in another. In each piece the pure Nash equilibria are
/// taken as candidates; those that some belief supports at every set are decided as
/// ``SequentialTest`` says. The list is complete only if nothing was left undecided.
///
/// ```swift
/// let sequential = try PureSequential(of: game)
/// let list = sequential.equilibria(limit: 100)
/// list.assessments.first?.beliefs     // by information set and node
/// list.isComplete                     // all pure sequential equilibria are on the list
/// ```
public struct PureSequential: Sendable {
  /// What stopped the search before it was done; nil if it went through all candidates.
  public let stop: WorkLimit.Stop?
  /// Visits that the search made, and supports of beliefs that it tried.
  public let steps: Int
  /// Candidates that were not decided: the choices at the information sets of one piece of the game,
  /// nil elsewhere.
  public let undecided: [[Int?]]

  private let solutions: SubgameSolutions<SequentialPieceSearch.Trembles>
  private let game: ExtensiveGame
  private let numbers: ReducedStrategicForm.Numbers

  /// All pure sequential equilibria are found: proved.
  public var isComplete: Bool { stop == nil && undecided.isEmpty }

  /// Equilibria that were asked for.
  public struct List: Sendable {
    /// The equilibria with beliefs and witness, each checked by ``SequentialVerifier``.
    public let assessments: [ExactAssessment]
    /// For each of them the ordinal of the action at every information set.
    public let profiles: [[Int]]
    /// All pure sequential equilibria are on the list.
    public let isComplete: Bool
  }

  /// Searches a game.
  ///
  /// - Parameters:
  ///   - numbers: what the doubles of the game stand for.
  ///   - solutions: the most ways to play that are kept for one subgame.
  ///   - limit: a step is one visit of the search in a subgame, or one support of beliefs.
  /// - Throws: ``TreeDefect`` if a player forgets, two players bargain, or numbers are no numbers.
  public init(
    of game: ExtensiveGame, numbers: ReducedStrategicForm.Numbers = .doubles,
    solutions most: Int = 100_000, limit: WorkLimit = WorkLimit(steps: 10_000_000)
  ) throws(TreeDefect) {
    let context = try PieceContext(of: game, reading: numbers)
    let tree = game.tree
    let pieces = SubgamePieces(of: tree)
    var solutions = SubgameSolutions<SequentialPieceSearch.Trembles>(tree: tree, pieces: pieces)
    var undecided: [[Int?]] = []
    var steps = 0
    var stop: WorkLimit.Stop?
    for place in pieces.roots.indices.reversed() {
      let piece = GamePiece(place, of: pieces, in: context)
      var search = SequentialPieceSearch(
        piece, inner: piece.inner.map { solutions.values(of: $0) }, in: context, limit: limit,
        most: most, steps: steps)
      do { try search.run() } catch { stop = error }
      steps = search.steps
      for solution in search.solutions {
        solutions.add(
          .init(
            choices: solution.choices, classes: solution.classes, detail: solution.trembles),
          values: solution.values, to: place)
      }
      for choices in search.undecided {
        var all = [Int?](repeating: nil, count: tree.informationSets.count)
        for (set, choice) in zip(piece.sets, choices) { all[set.id] = choice }
        undecided.append(all)
      }
      if stop != nil || solutions.groups[place].isEmpty { break }
    }
    self.stop = stop
    self.steps = steps
    self.undecided = undecided
    self.solutions = solutions
    self.game = game
    self.numbers = numbers
  }

  /// The vectors of payoffs of the equilibria that were found, each once.
  public var values: [[Rational]] { solutions.values(of: 0) }

  /// The number of equilibria that were found; nil if it is more than the largest machine integer.
  public var count: Int? { solutions.count() }

  /// The equilibria, up to a limit.
  public func equilibria(limit: Int = 1_000) -> List {
    let tree = game.tree
    var assessments: [ExactAssessment] = []
    var profiles: [[Int]] = []
    var isCut = false
    solutions.forEach { choices, members in
      if profiles.count == limit {
        isCut = true
        return false
      }
      let profile = ExactBehaviorProfile(pure: choices, of: tree)
      var orders = [Int](repeating: 1, count: tree.actionCount)
      var coefficients = [Rational](repeating: .one, count: tree.actionCount)
      for (piece, member) in members.enumerated() {
        let actions = solutions.pieces.informationSets(of: piece).flatMap {
          tree.informationSets[$0].actionRange
        }
        for (place, action) in actions.enumerated() {
          orders[action] = member.detail.orders[place]
          coefficients[action] = member.detail.coefficients[place]
        }
      }
      let witness = TrembleWitness(
        orders: orders, coefficients: coefficients, of: profile.probabilities)
      guard
        let assessment = SequentialTest.certified(profile, witness, in: game, numbers: numbers)
      else {
        // Never seen; a list with a gap is not complete.
        isCut = true
        return true
      }
      assessments.append(assessment)
      profiles.append(choices)
      return true
    }
    return List(
      assessments: assessments, profiles: profiles, isComplete: isComplete && !isCut)
  }
}
