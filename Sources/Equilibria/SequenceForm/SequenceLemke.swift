public import Games
public import Mathematics

/// One equilibrium of a two-player extensive game with perfect recall, by complementary pivoting on
/// the sequence form (Lemke 1965; Koller, Megiddo & von Stengel 1996).
///
/// The path starts from a prior, a behavior profile that both players expect of each other at
/// first, and follows the players' best replies as the weight of the prior falls from 1 to 0 (von
/// Stengel, van den Elzen & Talman 2002, Computing normal form perfect equilibria for extensive
/// two-person games). Ties are broken lexicographically, so that the path ends in exact arithmetic
/// whatever the game. Other priors may lead to other equilibria.
///
/// ```swift
/// let result = try SequenceLemke().exactEquilibrium(of: game)
/// ```
///
/// Payoffs need not be zero-sum, and players may hold odds of their own. At information sets that a
/// player's own strategy excludes, all actions are equally likely.
///
/// - Complexity: a pivot costs the square of the number of sequences; paths are short as a rule.
public struct SequenceLemke: Sendable {
  /// The largest regret that counts as none in floating point, in units of a player's payoff range.
  public var tolerance: Double
  /// What a double of the game stands for in exact arithmetic where its exact number is not kept.
  public var numbers: ReducedStrategicForm.Numbers

  /// A solver.
  public init(tolerance: Double = 1e-9, numbers: ReducedStrategicForm.Numbers = .doubles) {
    self.tolerance = tolerance
    self.numbers = numbers
  }

  /// An equilibrium in floating point.
  public struct NumericResult: Sendable {
    /// The equilibrium.
    public var profile: BehaviorProfile
    /// The largest gain of a player from another strategy, in units of its payoff range, as
    /// ``NashVerifier`` finds it.
    public var regret: Double
    /// The number of pivots.
    public var pivots: Int
  }

  /// An exact equilibrium.
  public struct ExactResult: Sendable {
    /// The equilibrium.
    public var profile: ExactBehaviorProfile
    /// What it is worth; regrets are 0.
    public var certificate: NashCertificate<Rational>
    /// Whether the sequences that a path in floating point ended with gave it, or exact pivots.
    public var route: LemkeHowson.Route
    /// The number of pivots.
    public var pivots: Int
  }

  /// Why there is no result.
  public enum Failure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The game does not have two players.
    case notTwoPlayers(count: Int)
    /// The game cannot be solved by this method: somebody forgets, or its numbers are none.
    case game(TreeDefect)
    /// The prior is not a behavior profile of the game.
    case prior(TreeDefect)
    /// The path was not at its end.
    case stopped(WorkLimit.Stop)
    /// Rounding led the path astray; the largest regret of the profile reached, relative to payoff
    /// ranges, infinite if there was none.
    case notConverged(regret: Double)

    /// The failure as a sentence without a full stop.
    public var description: String {
      switch self {
      case .notTwoPlayers(let count):
        "the game has \(count) player\(count == 1 ? "" : "s"); this method is for two"
      case .game(let defect): "\(defect)"
      case .prior(let defect): "the prior is not a profile of the game: \(defect)"
      case .stopped(let stop): "the path \(stop), before its end"
      case .notConverged(let regret):
        "the path ended in a profile with a regret of \(regret) payoff ranges"
      }
    }
  }

  /// An equilibrium in floating point.
  ///
  /// - Parameters:
  ///   - prior: where the path starts; by default all actions are equally likely.
  ///   - limit: its steps are pivots.
  public func equilibrium(
    of game: ExtensiveGame, prior: BehaviorProfile? = nil,
    limit: WorkLimit = WorkLimit(steps: 1_000_000)
  ) throws(Failure) -> NumericResult {
    let game = SequenceLemke.shifted(game)
    let form = try SequenceLemke.form(of: game)
    let prior = prior ?? BehaviorProfile(centroidOf: game.tree)
    do {
      try TreeNumbers.check(prior.probabilities, in: game.tree, slack: 1e-9)
    } catch {
      throw .prior(error)
    }
    let payoffs = try SequenceLemke.payoffs(of: game, form)
    var pivots = 0
    let support = try numericSupport(
      form, payoffs, prior: form.plans(of: prior), pivots: &pivots, limit: limit)
    guard let support, let plans = SequenceLemke.plans(on: support, payoffs) else {
      throw .notConverged(regret: .infinity)
    }
    let profile = form.profile(of: plans)
    guard let certificate = try? NashVerifier.certificate(of: profile, in: game) else {
      throw .notConverged(regret: .infinity)
    }
    let regret = zip(certificate.regrets, game.payoffRanges()).reduce(0) { max($0, $1.0 / $1.1) }
    guard regret <= tolerance else { throw .notConverged(regret: regret) }
    return NumericResult(profile: profile, regret: regret, pivots: pivots)
  }

  /// An exact equilibrium.
  ///
  /// A path is followed in floating point first. The sequences played at its end settle the
  /// equilibrium by linear equations, which are solved exactly; the result passes ``NashVerifier``
  /// or is not used. Otherwise the path is followed in exact arithmetic, where it cannot fail.
  ///
  /// - Parameters:
  ///   - prior: where the path starts; by default all actions are equally likely.
  ///   - limit: its steps are pivots, apart in either arithmetic.
  public func exactEquilibrium(
    of game: ExtensiveGame, prior: ExactBehaviorProfile? = nil,
    limit: WorkLimit = WorkLimit(steps: 1_000_000)
  ) throws(Failure) -> ExactResult {
    let form = try SequenceLemke.form(of: game)
    let prior = prior ?? ExactBehaviorProfile(centroidOf: game.tree)
    let payoffs = try exactPayoffs(of: game, form, prior)
    var pivots = 0
    let support = try numericSupport(
      form, SequenceLemke.payoffs(of: SequenceLemke.shifted(game), form),
      prior: form.plans(of: prior.numeric), pivots: &pivots, limit: limit)
    if let plans = support.flatMap({ SequenceLemke.plans(on: $0, payoffs) }),
      let found = certified(form.profile(of: plans), of: game)
    {
      return ExactResult(
        profile: found.0, certificate: found.1, route: .supports, pivots: pivots)
    }
    let plans = try exactPlans(form, payoffs, prior: prior, pivots: &pivots, limit: limit)
    guard let plans, let found = certified(form.profile(of: plans), of: game) else {
      throw .notConverged(regret: .infinity)
    }
    return ExactResult(profile: found.0, certificate: found.1, route: .pivots, pivots: pivots)
  }

  /// An exact equilibrium by pivots in exact arithmetic alone.
  package func equilibriumByExactPivots(
    of game: ExtensiveGame, prior: ExactBehaviorProfile? = nil,
    limit: WorkLimit = WorkLimit(steps: 1_000_000)
  ) throws(Failure) -> ExactResult {
    let form = try SequenceLemke.form(of: game)
    let prior = prior ?? ExactBehaviorProfile(centroidOf: game.tree)
    let payoffs = try exactPayoffs(of: game, form, prior)
    var pivots = 0
    let plans = try exactPlans(form, payoffs, prior: prior, pivots: &pivots, limit: limit)
    guard let plans, let found = certified(form.profile(of: plans), of: game) else {
      throw .notConverged(regret: .infinity)
    }
    return ExactResult(profile: found.0, certificate: found.1, route: .pivots, pivots: pivots)
  }

  private static func form(of game: ExtensiveGame) throws(Failure) -> SequenceForm {
    guard game.tree.players.count == 2 else {
      throw .notTwoPlayers(count: game.tree.players.count)
    }
    do { try game.tree.checkRecall() } catch { throw .game(error) }
    do {
      return try SequenceForm(of: game.tree)
    } catch {
      switch error {
      case .imperfectRecall(let label): throw .game(.imperfectRecall(informationSet: label))
      case .bargain(let label): throw .game(.bargain(informationSet: label))
      }
    }
  }

  private static func payoffs(
    of game: ExtensiveGame, _ form: SequenceForm
  ) throws(Failure) -> SequenceBimatrix<Double> {
    do {
      return SequenceBimatrix(of: game.tree, form: form, numbers: try TreeNumbers(of: game))
        .normalized
    } catch {
      throw .game(error)
    }
  }

  private func exactPayoffs(
    of game: ExtensiveGame, _ form: SequenceForm, _ prior: ExactBehaviorProfile
  ) throws(Failure) -> SequenceBimatrix<Rational> {
    do {
      try TreeNumbers.check(prior.probabilities, in: game.tree, slack: .zero)
    } catch {
      throw .prior(error)
    }
    do {
      let exact = try TreeNumbers(of: game, reading: numbers)
      return SequenceBimatrix(of: game.tree, form: form, numbers: exact)
    } catch {
      throw .game(error)
    }
  }

  /// The game with each player's payoffs counted from the lowest, so that a large common part costs
  /// no digits. What players could gain is the same.
  private static func shifted(_ game: ExtensiveGame) -> ExtensiveGame {
    var game = game
    for player in game.tree.players.indices {
      let places = stride(from: player, to: game.payoffs.count, by: game.tree.players.count)
      let lowest = places.reduce(Double.infinity) { min($0, game.payoffs[$1]) }
      for place in places { game.payoffs[place] -= lowest }
    }
    return game
  }

  private func certified(
    _ profile: ExactBehaviorProfile, of game: ExtensiveGame
  ) -> (ExactBehaviorProfile, NashCertificate<Rational>)? {
    guard
      let certificate = try? NashVerifier.certificate(of: profile, in: game, numbers: numbers),
      certificate.isNash()
    else { return nil }
    return (profile, certificate)
  }

  // MARK: - Paths

  /// What is played at the end of a path in floating point; nil if rounding led it astray.
  private func numericSupport(
    _ form: SequenceForm, _ payoffs: SequenceBimatrix<Double>, prior: [[Double]], pivots: inout Int,
    limit: WorkLimit
  ) throws(Failure) -> SequenceSupport? {
    let problem = SequenceComplementarity(form: form, payoffs: payoffs, prior: prior)
    var matrix: [Double] = []
    matrix.reserveCapacity(problem.rows.count * (problem.count + 1))
    for column in 0...problem.count { matrix += problem.rows.lazy.map { $0[column] } }
    var tableau = NumericTableau(
      matrix: matrix, columns: problem.count + 1, sides: problem.sides)
    do {
      guard try problem.follow(&tableau, pivots: &pivots, limit: limit) else { return nil }
    } catch {
      throw .stopped(error)
    }
    return SequenceSupport(problem, isBasic: tableau.isBasic)
  }

  /// The plans at the end of a path in exact arithmetic.
  private func exactPlans(
    _ form: SequenceForm, _ payoffs: SequenceBimatrix<Rational>, prior: ExactBehaviorProfile,
    pivots: inout Int, limit: WorkLimit
  ) throws(Failure) -> [[Rational]]? {
    let problem = SequenceComplementarity(
      form: form, payoffs: payoffs, prior: form.plans(of: prior))
    var entries: ContiguousArray<BigInteger> = []
    for (row, side) in zip(problem.rows, problem.sides) {
      // The rows of realizations are integers already and keep their unit.
      entries += Rational.integers(proportionalTo: row + [side])
    }
    var walk = ExactWalk(
      ExactTableau(
        entries: entries, constraints: problem.rows.count, columns: problem.count + 1))
    let start = pivots
    var made = 0
    defer { pivots = start + made }
    do {
      guard try problem.follow(&walk, pivots: &made, limit: limit) else { return nil }
    } catch {
      throw .stopped(error)
    }
    return (0..<2).map { player in
      [.one]
        + (1..<max(1, form.sides[player].count)).map {
          walk.tableau.value(of: problem.realization(of: $0, player: player))
        }
    }
  }

  // MARK: - Plans on a support

  private static func plans(
    on support: SequenceSupport, _ payoffs: SequenceBimatrix<Double>
  ) -> [[Double]]? {
    var plans: [[Double]] = []
    for player in 0..<2 {
      guard var (matrix, solution) = support.equations(for: player, payoffs) else { return nil }
      var system = LinearSystem(order: solution.count)
      guard system.factor(matrix) else { return nil }
      matrix = []
      system.solve(&solution)
      guard solution.allSatisfy(\.isFinite) else { return nil }
      plans.append(support.plan(of: player, from: solution))
    }
    return plans
  }

  private static func plans(
    on support: SequenceSupport, _ payoffs: SequenceBimatrix<Rational>
  ) -> [[Rational]]? {
    var plans: [[Rational]] = []
    for player in 0..<2 {
      guard let (matrix, sides) = support.equations(for: player, payoffs),
        let (numerators, denominator) = RationalLinearSystem(matrix: matrix, sides: sides)
          .solution()
      else { return nil }
      let played = numerators.prefix(support.sequences[player].count)
      guard played.allSatisfy({ $0.signum >= 0 }) else { return nil }
      plans.append(
        support.plan(of: player, from: played.map { Rational(big: $0, denominator) }))
    }
    return plans
  }
}
