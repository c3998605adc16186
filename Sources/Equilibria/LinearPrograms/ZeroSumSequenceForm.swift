public import Games
public import Mathematics

/// The value and optimal strategies of a two-player game of constant sum in extensive form, by the
/// linear program over its sequence form (Koller & Megiddo 1992; von Stengel 1996; Koller, Megiddo &
/// von Stengel 1996), whose size is linear in the tree's.
///
/// ```swift
/// let result = try ZeroSumSequenceForm().solve(game)
/// result.value    // what the first player can secure, exact
/// result.profile  // a Nash equilibrium in behavior strategies
/// ```
///
/// At information sets that their own player's strategy excludes, each action is equally likely;
/// the equilibrium need not be subgame perfect.
///
/// - Complexity: a pivot of the simplex method costs the product of the players' numbers of
///   sequences; a start from a best reply makes them few.
public struct ZeroSumSequenceForm: Sendable {
  /// When to stop.
  public var limit: WorkLimit

  /// A solver that may work so long.
  public init(limit: WorkLimit = .none) { self.limit = limit }

  /// The largest regret of a numeric result, in units of the payoff range.
  public static let tolerance = 1e-9

  /// An exact solution.
  public struct Result: Sendable, Hashable {
    /// What the first player can secure.
    public var value: Rational
    /// What both players' payoffs add up to at every end that chance allows.
    public var sum: Rational
    /// An equilibrium.
    public var profile: ExactBehaviorProfile
    /// The players' realization plans, by the sequences of ``SequenceForm``.
    public var plans: [[Rational]]
    /// The pivots of the simplex method.
    public var pivots: Int
  }

  /// A solution in floating point.
  public struct NumericResult: Sendable, Equatable {
    /// What the first player can secure.
    public var value: Double
    /// What both players' payoffs add up to at every end that chance allows.
    public var sum: Double
    /// An equilibrium.
    public var profile: BehaviorProfile
    /// The players' realization plans, by the sequences of ``SequenceForm``.
    public var plans: [[Double]]
    /// What each player could still gain by another strategy, in units of the payoff range; at most
    /// ``ZeroSumSequenceForm/tolerance``.
    public var regrets: [Double]
    /// The pivots of the simplex method.
    public var pivots: Int
  }

  /// Solves a game exactly; that neither player can gain is checked by best replies on the sequence
  /// form.
  ///
  /// - Parameter numbers: what doubles stand for that are not kept as exact numbers.
  /// - Throws: ``ZeroSumError`` if the game is not of constant sum between two players with perfect
  ///   recall, or the limit is reached.
  public func solve(
    _ game: ExtensiveGame, numbers: ReducedStrategicForm.Numbers = .doubles
  ) throws(ZeroSumError) -> Result {
    let ends = try ConstantSumEnds(of: game, numbers: numbers)
    let worth = zip(ends.odds, ends.payoffs).map { $0 * $1 }
    let program = SequenceProgram(SequenceMatrix(form: ends.form, worth: worth))
    let solution: LinearProgramSolution<Rational>?
    do {
      solution = try program.program.solve(from: program.start, limit: limit).solution
    } catch {
      throw .program(error)
    }
    // A plan and a best reply to it satisfy the constraints, and payoffs are bounded.
    guard let solution else { throw .notFinite }
    let plans = program.plans(of: solution)
    let value = solution.value + program.constant
    let most = program.payoffs.bestReply(of: 0, to: plans[1]).value
    let least = program.payoffs.bestReply(of: 1, to: plans[0]).value
    guard most == value, least == value else {
      throw .notConverged(regret: (most - least).doubleValue, tolerance: 0)
    }
    return Result(
      value: value, sum: ends.sum, profile: ends.form.profile(of: plans), plans: plans,
      pivots: solution.pivots)
  }

  /// Solves a game in floating point. That its sum is constant is tested exactly all the same, and
  /// what each player could gain is found by best replies on the sequence form.
  ///
  /// - Throws: ``ZeroSumError`` if the game is not of constant sum between two players with perfect
  ///   recall, the limit is reached, or rounding leaves too much regret.
  public func solveNumerically(_ game: ExtensiveGame) throws(ZeroSumError) -> NumericResult {
    let ends = try NumericConstantSumEnds(of: game)
    let worth = zip(ends.odds, ends.payoffs.values).map { $0 * $1 }
    let program = SequenceProgram(SequenceMatrix(form: ends.form, worth: worth))
    let solution: LinearProgramSolution<Double>?
    do {
      solution = try program.program.solve(
        from: program.start, limit: limit, tolerance: ZeroSumSequenceForm.tolerance
      ).solution
    } catch {
      throw .program(error)
    }
    guard let solution else { throw .notFinite }
    // What is left of 0 by rounding is no choice.
    let found = program.plans(of: solution).map { $0.map { $0 < 1e-12 ? 0 : $0 } }
    let profile = ends.form.profile(of: found)
    let plans = ends.form.plans(of: profile)
    let payoffs = program.payoffs
    let value = payoffs.value(plans[0], plans[1])
    let regrets = [
      payoffs.bestReply(of: 0, to: plans[1]).value - value,
      value - payoffs.bestReply(of: 1, to: plans[0]).value,
    ]
    let worst = max(regrets[0], regrets[1])
    guard worst <= ZeroSumSequenceForm.tolerance else {
      throw .notConverged(regret: worst, tolerance: ZeroSumSequenceForm.tolerance)
    }
    return NumericResult(
      value: ends.payoffs.denormalized(value), sum: ends.sum.doubleValue, profile: profile,
      plans: plans, regrets: regrets, pivots: solution.pivots)
  }
}
