public import Games
public import Mathematics

/// Whether an exact behavior profile, pure or mixed, belongs to a sequential equilibrium.
public enum SequentialTest {
  /// What the test found.
  public enum Answer: Sendable, Equatable {
    /// It does, with these beliefs and trembles.
    case sequential(ExactAssessment)
    /// It does not: proved. Where one information set alone shows it, its id.
    case notSequential(informationSet: Int?)
    /// Not decided: by the limit, or because only irrational trembles would do, or because there
    /// are too many classes of nodes at an information set.
    case undecided
  }

  /// Looks for beliefs and trembles that make a profile a sequential equilibrium (Kreps & Wilson
  /// 1982), with proof where there are none.
  ///
  /// Beliefs are consistent if and only if they come from trembles `coefficient · ε^order`. Orders
  /// solve linear inequalities, coefficients inequalities between products of powers; both are
  /// decided in exact arithmetic, for one choice of supports of the beliefs after another. What the
  /// test says of a profile is checked by ``SequentialVerifier`` before it is returned.
  ///
  /// - Parameters:
  ///   - numbers: what the doubles of the game stand for.
  ///   - limit: a step is one support of the beliefs at one set.
  /// - Throws: ``TreeDefect`` if the game cannot be checked or this is no profile of it.
  public static func decide(
    _ profile: ExactBehaviorProfile, in game: ExtensiveGame,
    numbers: ReducedStrategicForm.Numbers = .doubles,
    limit: WorkLimit = WorkLimit(steps: 100_000)
  ) throws(TreeDefect) -> Answer {
    let context = try PieceContext(of: game, reading: numbers)
    try TreeNumbers.check(profile.probabilities, in: game.tree, slack: .zero)
    let piece = GamePiece(wholeOf: context)
    let conditions = PieceConditions(
      of: piece, probabilities: profile.probabilities, leaves: [], in: context)
    if let refuted = conditions.refuted { return .notSequential(informationSet: refuted) }
    var steps = 0
    let answer = TrembleSearch.solve(
      conditions.critical, trembles: game.tree.actionCount, limit: limit, steps: &steps)
    switch answer {
    case .impossible: return .notSequential(informationSet: nil)
    case .undecided: return .undecided
    case .witness(let orders, let coefficients):
      let witness = TrembleWitness(
        orders: orders, coefficients: coefficients, of: profile.probabilities)
      return certified(profile, witness, in: game, numbers: numbers).map { .sequential($0) }
        ?? .undecided
    }
  }

  /// The assessment that a witness makes, if the verifier agrees.
  static func certified(
    _ profile: ExactBehaviorProfile, _ witness: TrembleWitness, in game: ExtensiveGame,
    numbers: ReducedStrategicForm.Numbers
  ) -> ExactAssessment? {
    guard
      let certificate = try? SequentialVerifier.certificate(
        of: profile, witness: witness, in: game, numbers: numbers), certificate.isSequential
    else { return nil }
    return ExactAssessment(profile: profile, beliefs: certificate.beliefs, witness: witness)
  }
}

extension TrembleWitness {
  /// A witness from orders and coefficients that count only where a probability is 0.
  init(orders: [Int], coefficients: [Rational], of probabilities: [Rational]) {
    self.init(
      orders: probabilities.indices.map { probabilities[$0].signum > 0 ? 0 : orders[$0] },
      coefficients: probabilities.indices.map {
        probabilities[$0].signum > 0 ? probabilities[$0] : coefficients[$0]
      })
  }
}
