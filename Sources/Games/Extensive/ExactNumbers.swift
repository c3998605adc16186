public import Mathematics

/// The numbers of an extensive game that no double holds, such as a third or 0.1.
///
/// Only these are kept, so that a large game of whole numbers costs nothing more. A number whose
/// double was changed since is the new double: nothing here goes stale.
public struct ExactNumbers: Sendable, Equatable {
  /// By place in ``ExtensiveGame/payoffs``.
  public var payoffs: [Int: Rational]
  /// By branch id.
  public var odds: [Int: Rational]

  /// Numbers by their places; none by default.
  public init(payoffs: [Int: Rational] = [:], odds: [Int: Rational] = [:]) {
    self.payoffs = payoffs
    self.odds = odds
  }
}

extension ExtensiveGame {
  /// A game from exact numbers, which also gives the nearest doubles.
  ///
  /// - Parameters:
  ///   - exactPayoffs: by terminal × player.
  ///   - exactOdds: by branch id; 0 at branches of decisions.
  public init(
    title: String, tree: GameTree, exactPayoffs: [Rational], exactOdds: [Rational]
  ) {
    var exact = ExactNumbers()
    func double(_ value: Rational, _ note: (Rational) -> Void) -> Double {
      if !value.isDouble { note(value) }
      return value.doubleValue
    }
    let numbers = exactPayoffs.enumerated().map { place, value in
      double(value) { exact.payoffs[place] = $0 }
    }
    let shares = exactOdds.enumerated().map { branch, value in
      double(value) { exact.odds[branch] = $0 }
    }
    self.init(title: title, tree: tree, payoffs: numbers, odds: shares)
    self.exact = exact
  }

  /// A player's payoff at an end, exact; nil if it is not finite.
  public func exactPayoff(at terminal: Int, of player: Int) -> Rational? {
    let place = terminal * tree.players.count + player
    return ExtensiveGame.exact(exact.payoffs[place], or: payoffs[place])
  }

  /// The odds of a branch of a chance node, exact; nil if they are not finite.
  public func exactOdds(of branch: Int) -> Rational? {
    ExtensiveGame.exact(exact.odds[branch], or: odds[branch])
  }

  private static func exact(_ kept: Rational?, or double: Double) -> Rational? {
    if let kept, kept.doubleValue == double { return kept }
    return Rational(exactly: double)
  }
}
