public import Games
public import Mathematics

/// All isolated Nash equilibria of a small game of any number of players, support by support
/// (Porter, Nudelman & Shoham 2008).
///
/// With two players each support is a pair of systems of linear equations, solved exactly. With more
/// the equations are multilinear; all their solutions are found by subdivision, each proved to exist
/// and to be the only one nearby (Krawczyk 1969), and the rest of the space proved to be without one.
/// What cannot be decided (continua of equilibria, and equilibria that are not regular) is reported.
/// Equilibria in pure strategies are checked exactly.
///
/// ```swift
/// let list = try SupportEnumeration(of: game)
/// if list.isComplete { print(list.equilibria.count) }
/// ```
///
/// - Complexity: exponential in the number of strategies. Bounds are for payoffs rounded to doubles.
public struct SupportEnumeration: Sendable, Equatable {
  /// An equilibrium.
  public struct Equilibrium: Sendable, Equatable {
    /// What is played.
    public let profile: NumericProfile
    /// The same exactly: with two players, or where it is pure.
    public let exact: MixedProfile?
    /// The largest that any player could gain, in units of its payoff range.
    public let regret: Double
  }

  /// Supports about which not everything could be shown.
  public struct Unresolved: Sendable, Equatable {
    /// For each player the strategies of the support.
    public let supports: [[Int]]
    /// Bounds on the probabilities in the part of the support that is left, by player and strategy
    /// of the support.
    public let region: [[ClosedRange<Double>]]
  }

  /// Equilibria, in the order of their supports: small and balanced ones first.
  public let equilibria: [Equilibrium]
  /// Supports that may hold more equilibria.
  public let unresolved: [Unresolved]
  /// How many supports were looked at, without those that dominance rules out.
  public let supports: Int
  /// How many boxes of mixtures were looked at.
  public let boxes: Int
  /// Why the enumeration stopped before its end.
  public let stop: WorkLimit.Stop?

  /// Every support was resolved: all equilibria are listed, and there are finitely many.
  public var isComplete: Bool { unresolved.isEmpty && stop == nil }

  /// Enumerates the equilibria of a game.
  ///
  /// - Parameters:
  ///   - boxLimit: the most boxes for one profile of supports; beyond, it is left unresolved.
  ///   - work: a limit on supports and boxes together.
  /// - Throws: ``ManyPlayersError`` if a player has no strategy, or more than 30.
  public init(
    of game: StrategicGame, boxLimit: Int = 20_000, within work: WorkLimit = .none
  ) throws(ManyPlayersError) {
    let table = PayoffTable(game)
    try ManyPlayersError.check(table)
    for (player, size) in table.sizes.enumerated() where size > 30 {
      throw .tooManyStrategies(player: player, count: size)
    }
    var search = SupportSearch(game, table, boxLimit: boxLimit, work: work)
    SupportProfiles(table).forEach({ search.visit($0) }, skipped: { search.isSpent(skipped: $0) })
    equilibria = search.equilibria
    unresolved = search.unresolved
    supports = search.supports
    boxes = search.boxes
    stop = search.stop
  }
}

/// The enumeration at work.
private struct SupportSearch {
  private let game: StrategicGame
  private let table: PayoffTable
  private let exact: ExactSupport
  private let boxLimit: Int
  private let work: WorkLimit
  private(set) var equilibria: [SupportEnumeration.Equilibrium] = []
  private(set) var unresolved: [SupportEnumeration.Unresolved] = []
  private(set) var supports = 0
  private(set) var boxes = 0
  private(set) var stop: WorkLimit.Stop?

  init(_ game: StrategicGame, _ table: PayoffTable, boxLimit: Int, work: WorkLimit) {
    self.game = game
    self.table = table
    exact = ExactSupport(game)
    self.boxLimit = boxLimit
    self.work = work
  }

  /// Whether to stop after so many profiles that dominance rules out.
  mutating func isSpent(skipped: Int) -> Bool {
    stop = work.stop(after: supports + boxes + skipped)
    return stop != nil
  }

  /// Looks at one profile of supports; says whether to stop.
  mutating func visit(_ profile: [[Int]]) -> Bool {
    supports += 1
    if let stop = work.stop(after: supports + boxes) {
      self.stop = stop
      return true
    }
    if profile.allSatisfy({ $0.count == 1 }) {
      visitPure(profile.map { $0[0] })
    } else if profile.count == 2 {
      visitPair(profile)
    } else {
      visitBoxes(profile, isSingular: false)
    }
    return stop != nil
  }

  private mutating func visitPure(_ profile: [Int]) {
    let index = game.index(of: profile)
    for player in profile.indices {
      let payoff = game.payoff(player, at: index)
      for strategy in 0..<table.sizes[player] {
        let other = index + (strategy - profile[player]) * game.strides[player]
        if game.payoff(player, at: other) > payoff { return }
      }
    }
    add(MixedProfile(pure: profile, of: game))
  }

  private mutating func visitPair(_ profile: [[Int]]) {
    let second = exact.mixtures(of: 1, supports: profile)
    if case .none = second { return }
    switch (exact.mixtures(of: 0, supports: profile), second) {
    case (.none, _), (_, .none): return
    case (.one(let first), .one(let second)): add(MixedProfile([first, second]))
    // Freedom: no equilibrium with these supports, or infinitely many.
    case (.many, _), (_, .many): visitBoxes(profile, isSingular: true)
    }
  }

  private mutating func add(_ exact: MixedProfile) {
    let profile = NumericProfile(exact)
    equilibria.append(
      .init(
        profile: profile, exact: exact, regret: table.regrets(of: profile).max() ?? 0))
  }

  private mutating func visitBoxes(_ supports: [[Int]], isSingular: Bool) {
    let system = SupportSystem(table, supports: supports)
    var search = BoxSearch(system, boxLimit: boxLimit, work: work, isSingular: isSingular)
    let outcome = search.run(after: self.supports + boxes)
    boxes += outcome.boxes
    stop = outcome.stop
    for point in outcome.points {
      let profile = system.profile(point, of: table, supports: supports)
      let regret = table.regrets(of: profile).max() ?? 0
      if regret <= 1e-9 {
        equilibria.append(.init(profile: profile, exact: nil, regret: regret))
      }
    }
    if let rest = outcome.unresolved {
      unresolved.append(
        .init(
          supports: supports,
          region: supports.indices.map { player in
            guard let axis = system.players.firstIndex(of: player) else { return [1...1] }
            return (rest.offsets[axis]..<rest.offsets[axis + 1]).map {
              max(0, rest.lower[$0])...max(0, min(1, rest.upper[$0]))
            }
          }))
    }
  }
}
