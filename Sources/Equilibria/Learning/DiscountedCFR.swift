public import Games

/// Discounted CFR (Brown & Sandholm 2019, Solving imperfect-information games via discounted regret
/// minimization): what was regretted long ago counts less. After iteration t positive regrets are
/// multiplied by t^α / (t^α + 1) and negative ones by t^β / (t^β + 1), and iteration t weighs t^γ in
/// the average. Players learn in turn.
public struct DiscountedCFR: SelfPlay {
  /// The game that is played.
  public let game: CompiledSequenceGame
  private var tables: RegretTables
  private let rule: DiscountedMatching

  /// A fresh start, in which everybody plays all actions alike.
  ///
  /// - Parameters:
  ///   - alpha: for positive regrets; those of the authors, 1.5, by default.
  ///   - beta: for negative regrets; 0 halves them at each iteration.
  ///   - gamma: for the average.
  public init(
    _ game: CompiledSequenceGame, alpha: Double = 1.5, beta: Double = 0, gamma: Double = 2
  ) {
    self.game = game
    tables = RegretTables(of: game)
    rule = DiscountedMatching(alpha: alpha, beta: beta, gamma: gamma)
  }

  /// How often every player has learned so far.
  public var iterations: Int { tables.iterations }

  /// The average of play so far, by weights that grow as t^γ.
  public var averageProfile: BehaviorProfile { tables.averageProfile(of: game) }

  /// Goes on for so many iterations.
  public mutating func iterate(times: Int) { tables.iterate(rule, of: game, times: times) }
}

/// Plays in proportion to positive regrets, which are discounted after each iteration.
struct DiscountedMatching: RegretRule {
  let alpha: Double
  let beta: Double
  let gamma: Double
  private(set) var averagingWeight = 0.0
  private var gainDiscount = 0.0
  private var lossDiscount = 0.0

  init(alpha: Double, beta: Double, gamma: Double) {
    (self.alpha, self.beta, self.gamma) = (alpha, beta, gamma)
  }

  func at(iteration: Int) -> DiscountedMatching {
    var rule = self
    let time = Double(iteration)
    rule.averagingWeight = power(time, gamma)
    // 1 / (1 + t^−α): so written no power overflows to ∞ / ∞.
    rule.gainDiscount = 1 / (1 + power(time, -alpha))
    rule.lossDiscount = 1 / (1 + power(time, -beta))
    return rule
  }
  func updated(_ regret: SequenceLanes, gain: SequenceLanes) -> SequenceLanes {
    let sum = regret + gain
    return sum
      * SequenceLanes(repeating: lossDiscount).replacing(with: gainDiscount, where: sum .> 0)
  }
  func weight(of regret: SequenceLanes, gain: SequenceLanes) -> SequenceLanes {
    regret.positivePart
  }
}
