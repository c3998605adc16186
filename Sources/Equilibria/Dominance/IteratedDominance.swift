public import Games
public import Mathematics

/// Iterated elimination of strictly dominated strategies, exactly.
///
/// A strategy is strictly dominated if some other, or a mixture of others, yields more whatever the
/// others do. The result does not depend on the order of elimination (Gilboa, Kalai & Zemel 1990,
/// On the order of eliminating dominated strategies), and every Nash equilibrium survives. With
/// dominance by mixtures the survivors are the rationalizable strategies where beliefs may be
/// correlated (Bernheim 1984; Pearce 1984; Brandenburger & Dekel 1987).
public struct IteratedDominance: Sendable, Equatable {
  /// What may dominate a strategy.
  public enum Dominators: Sendable {
    /// Pure strategies alone.
    case pure
    /// Mixtures too: complete, at the price of a linear program for each strategy and round.
    case mixed
  }

  /// One strategy that went, and what yields more whatever the others do.
  public struct Elimination: Sendable, Equatable {
    /// The player's id.
    public let player: Int
    /// The ordinal of the strategy that is dominated.
    public let strategy: Int
    /// The probability of each of the player's strategies in what dominates it: 1 for one of them
    /// if a pure strategy does.
    public let dominator: [Rational]
  }

  /// The ordinals of each player's strategies that survive, in order.
  public let survivors: [[Int]]
  /// What went in each round: all strategies that are dominated in the game that the rounds
  /// before left. Empty if nothing is dominated.
  public let rounds: [[Elimination]]
  /// Why it ended before it was known that nothing more is dominated; nil if it is known.
  /// ``survivors`` are then those of the rounds that were finished.
  public let stop: WorkLimit.Stop?

  /// Eliminates until nothing is dominated.
  ///
  /// - Parameter limit: when to stop, counted in comparisons of two strategies and pivots of linear
  ///   programs; nil for never, cancelled or not.
  /// - Complexity: for each round and player, the square of its strategies times the combinations
  ///   of the others' strategies at worst; most comparisons end early. Mixtures need in addition
  ///   an exact linear program of that size for each strategy.
  public init(
    of game: StrategicGame, by dominators: Dominators = .pure, limit: WorkLimit? = nil
  ) {
    var left = game.strategies.map { Array($0.indices) }
    var rounds: [[Elimination]] = []
    var work = DominanceWork(limit: limit)
    var stop: WorkLimit.Stop?
    while left.contains(where: { $0.count > 1 }) {
      var round: [Elimination] = []
      do throws(WorkLimit.Stop) {
        for player in game.players.indices {
          round += try DominanceRound(game: game, player: player, left: left)
            .eliminations(by: dominators, &work)
        }
      } catch {
        // What else this round would have eliminated is not known.
        stop = error
        break
      }
      if round.isEmpty { break }
      rounds.append(round)
      for player in game.players.indices {
        let gone = Set(round.filter { $0.player == player }.map(\.strategy))
        left[player].removeAll { gone.contains($0) }
      }
    }
    survivors = left
    self.rounds = rounds
    self.stop = stop
  }

  /// The game of the strategies that survive.
  public func reduced(_ game: StrategicGame) -> StrategicGame {
    let strategies = zip(survivors, game.strategies).map { list, names in list.map { names[$0] } }
    return StrategicGame(
      title: game.title, players: game.players, strategies: strategies
    ) { profile in
      let index = game.index(of: zip(profile, survivors).map { $1[$0] })
      return game.players.indices.map { game.payoff($0, at: index) }
    }
  }
}

/// The work of all rounds together.
private struct DominanceWork {
  let limit: WorkLimit?
  private(set) var steps = 0

  init(limit: WorkLimit?) { self.limit = limit }

  /// What is left of the limit.
  var rest: WorkLimit? {
    limit.map { limit in
      var rest = limit
      rest.steps = max(0, limit.steps - steps)
      return rest
    }
  }

  mutating func add(_ made: Int = 1) throws(WorkLimit.Stop) {
    if let stop = limit?.stop(after: steps) { throw stop }
    steps += made
  }

  /// A linear program has used up the rest.
  mutating func stop(_ stop: WorkLimit.Stop) -> WorkLimit.Stop {
    steps += stop.stepsMade
    return limit?.stop(after: steps, interval: 1) ?? stop
  }
}

/// One player's strategies against what the others have left.
private struct DominanceRound {
  private let game: StrategicGame
  private let player: Int
  private let own: [Int]
  /// The combinations of the others' strategies, as sums of their strides.
  private let others: [Int]

  init(game: StrategicGame, player: Int, left: [[Int]]) {
    self.game = game
    self.player = player
    own = left[player]
    var others = [0]
    for other in left.indices where other != player {
      others = left[other].flatMap { strategy in
        others.map { $0 + strategy * game.strides[other] }
      }
    }
    self.others = others
  }

  func eliminations(
    by dominators: IteratedDominance.Dominators, _ work: inout DominanceWork
  ) throws(WorkLimit.Stop) -> [IteratedDominance.Elimination] {
    var found = try pureDominators(&work).mapValues { pure($0) }
    if dominators == .mixed {
      // What pure strategies dominate adds nothing to a mixture.
      let rest = own.filter { found[$0] == nil }
      if rest.count > 2 {
        for strategy in rest {
          found[strategy] = try mixture(dominating: strategy, of: rest, &work)
        }
      }
    }
    return own.compactMap { strategy in
      found[strategy].map {
        IteratedDominance.Elimination(player: player, strategy: strategy, dominator: $0)
      }
    }
  }

  private func payoff(_ strategy: Int, _ combination: Int) -> Rational {
    game.payoff(player, at: combination + strategy * game.strides[player])
  }

  private func pure(_ strategy: Int) -> [Rational] {
    game.strategies[player].indices.map { $0 == strategy ? .one : .zero }
  }

  /// For each strategy that another dominates, one that does and is not dominated itself.
  private func pureDominators(_ work: inout DominanceWork) throws(WorkLimit.Stop) -> [Int: Int] {
    func dominates(_ first: Int, _ second: Int) -> Bool {
      others.allSatisfy { payoff(first, $0) > payoff(second, $0) }
    }
    var better: [Int: Int] = [:]
    for strategy in own {
      // What has been found to be dominated need not be tried: what dominates it dominates more.
      for other in own where other != strategy && better[other] == nil {
        try work.add()
        if dominates(other, strategy) {
          better[strategy] = other
          break
        }
      }
    }
    return better.mapValues { first in
      var last = first
      while let next = better[last] { last = next }
      return last
    }
  }

  /// A mixture that dominates a strategy: one that secures a gain over it in the zero-sum game
  /// against whoever chooses what the others do.
  private func mixture(
    dominating strategy: Int, of rest: [Int], _ work: inout DominanceWork
  ) throws(WorkLimit.Stop) -> [Rational]? {
    let gains = rest.flatMap { one in
      others.map { payoff(one, $0) - payoff(strategy, $0) }
    }
    let solution: MatrixGame<Rational>
    do throws(LinearProgramError) {
      solution = try MatrixGame(gains, columns: others.count, limit: work.rest)
    } catch {
      if case .stopped(let stop) = error { throw work.stop(stop) }
      // A zero-sum game has a solution.
      return nil
    }
    try work.add(solution.pivots)
    guard solution.value.signum > 0 else { return nil }
    var mixture = game.strategies[player].map { _ in Rational.zero }
    for (one, share) in zip(rest, solution.rows) { mixture[one] = share }
    return mixture
  }
}
