/// An extensive-form game: a structure with its numbers.
///
/// Odds may differ between the players (subjective priors). Values without an entry are common.
public struct ExtensiveGame: Sendable, Equatable {
  /// The name of the game.
  public var title: String
  /// What a file says about the game; empty by default.
  public var comment = ""
  /// Who moves where, knowing what.
  public var tree: GameTree
  /// `payoffs[terminal * players + player]`, each player on its own scale.
  public var payoffs: [Double]
  /// The odds of each branch of each chance node, by branch id; 0 at branches of decisions.
  /// These weigh forecasts.
  public var odds: [Double]
  /// For each player that sees some odds otherwise, a whole vector as ``odds``; else `nil`.
  public var subjectiveOdds: [[Double]?]
  /// The first bargainer's power in each bargain, by ``GameTree/Bargain/powerIndex``.
  public var power: [Double]
  /// The common numbers that are not exactly their doubles; see ``exactPayoff(at:of:)``.
  public var exact = ExactNumbers()

  /// A game over a tree. `subjectiveOdds` defaults to common odds.
  public init(
    title: String, tree: GameTree, payoffs: [Double], odds: [Double],
    subjectiveOdds: [[Double]?]? = nil, power: [Double] = []
  ) {
    precondition(payoffs.count == tree.terminals.count * tree.players.count)
    precondition(odds.count == tree.branchTarget.count)
    self.title = title
    self.tree = tree
    self.payoffs = payoffs
    self.odds = odds
    self.subjectiveOdds =
      subjectiveOdds ?? Array(repeating: nil, count: tree.players.count)
    self.power = power
  }

  /// The odds that this player holds, by branch id.
  public func odds(heldBy player: Int) -> [Double] { subjectiveOdds[player] ?? odds }

  /// The difference between the highest and the lowest payoff of each player over all ends; 1
  /// where a player is indifferent to everything.
  public func payoffRanges() -> [Double] {
    let count = tree.players.count
    return (0..<count).map { player in
      var low = Double.infinity
      var high = -Double.infinity
      for terminal in tree.terminals.indices {
        let value = payoffs[terminal * count + player]
        low = min(low, value)
        high = max(high, value)
      }
      return high > low ? high - low : 1
    }
  }
}

/// Names for numbers that are equal by construction, whatever the draw: two payoffs (or odds) with
/// the same symbol come from the same expression. Solvers use them to see, once per structure,
/// what cannot depend on what.
public struct GameSymbols: Sendable, Equatable {
  /// `payoffs[terminal * players + player]`: a symbol.
  public var payoffs: [Int32]
  /// By branch id: the symbol of the common odds.
  public var odds: [Int32]
  /// For each player with odds of its own, their symbols by branch id.
  public var subjectiveOdds: [[Int32]?]

  /// Symbols as the compiler of a scenario knows them.
  public init(payoffs: [Int32], odds: [Int32], subjectiveOdds: [[Int32]?]) {
    self.payoffs = payoffs
    self.odds = odds
    self.subjectiveOdds = subjectiveOdds
  }

  /// Symbols of a single game: equal numbers get equal symbols.
  public init(numbersOf game: ExtensiveGame) {
    var known: [UInt64: Int32] = [:]
    func symbol(_ value: Double) -> Int32 {
      let bits = (value == 0 ? 0 : value).bitPattern
      if let id = known[bits] { return id }
      let id = Int32(known.count)
      known[bits] = id
      return id
    }
    payoffs = game.payoffs.map(symbol)
    odds = game.odds.map(symbol)
    subjectiveOdds = game.subjectiveOdds.map { $0.map { $0.map(symbol) } }
  }
}
