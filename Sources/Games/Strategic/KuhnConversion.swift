import Mathematics

/// Behavior strategies as mixed strategies of the reduced strategic form, and back.
///
/// With perfect recall each behavior strategy has a mixed strategy that leads to the same play
/// against whatever the others do, and each mixed strategy has such a behavior strategy (Kuhn 1953,
/// Extensive games and the problem of information, theorem 4; Aumann 1964). Strategies stand in the
/// order of ``ReducedStrategicForm``, which need not be built.
///
/// ```swift
/// let conversion = try KuhnConversion(of: game.tree)
/// let mixed = conversion.mixed(of: ExactBehaviorProfile(centroidOf: game.tree))
/// let behavior = conversion.behavior(of: mixed)
/// ```
public struct KuhnConversion: Sendable {
  /// The ids of each player's information sets, in the order of the tree.
  public let informationSets: [[Int]]
  /// The number of each player's reduced strategies.
  public let strategyCounts: [Int]

  /// `choices[player][strategy * sets + position]`: the ordinal of the action, -1 if excluded.
  private let choices: [[Int32]]
  private let actions: [Range<Int>]

  /// The conversions of a tree.
  ///
  /// - Throws: ``ReducedStrategicForm/Defect`` if a player forgets or is absent-minded, two players
  ///   bargain, or there are more strategies than the limits allow.
  /// - Complexity: for each player, its strategies times its information sets.
  public init(
    of tree: GameTree, limits: ReducedStrategicForm.Limits = .init()
  ) throws(ReducedStrategicForm.Defect) {
    for set in tree.informationSets {
      if set.bargain != nil { throw .bargain(informationSet: set.displayLabel) }
      if set.actions.isEmpty { throw .noActions(informationSet: set.displayLabel) }
    }
    try ReducedStrategicForm.checkRecall(of: tree)
    let memory = OwnPast(of: tree)
    let sets = tree.players.indices.map { player in
      tree.informationSets.indices.filter { tree.informationSets[$0].player == player }
    }
    // There is no table of payoffs here.
    var limits = limits
    limits.payoffs = .max
    try ReducedStrategicForm.checkSize(of: tree, memory: memory, sets: sets, limits: limits)
    informationSets = sets
    choices = sets.map { ReducedStrategicForm.choices(at: $0, of: tree, memory: memory) }
    strategyCounts = zip(choices, sets).map { $1.isEmpty ? 1 : $0.count / $1.count }
    actions = tree.informationSets.map(\.actionRange)
  }

  /// The exact mixed strategies that lead to the same play: a strategy is as likely as all its
  /// choices together.
  public func mixed(of profile: ExactBehaviorProfile) -> MixedProfile {
    MixedProfile(mixed(of: profile.probabilities, one: .one, times: *))
  }

  /// The mixed strategies that lead to the same play, in floating point.
  public func mixed(of profile: BehaviorProfile) -> NumericProfile {
    NumericProfile(mixed(of: profile.probabilities, one: 1, times: *))
  }

  /// The exact behavior strategies that lead to the same play: an action is as likely as the
  /// strategies that take it, among those that do not exclude its information set. Where all that
  /// are played exclude the set, so that nothing is said of it, each action is equally likely.
  public func behavior(of profile: MixedProfile) -> ExactBehaviorProfile {
    ExactBehaviorProfile(
      behavior(of: profile.probabilities, zero: .zero, plus: +) { part, total, count in
        total.signum > 0 ? part / total : Rational(1, count)
      })
  }

  /// The behavior strategies that lead to the same play, in floating point; see the exact variant.
  public func behavior(of profile: NumericProfile) -> BehaviorProfile {
    BehaviorProfile(
      behavior(of: profile.probabilities, zero: 0, plus: +) { part, total, count in
        total > 0 ? part / total : 1 / Double(count)
      })
  }

  private func mixed<Number>(
    of probabilities: [Number], one: Number, times: (Number, Number) -> Number
  ) -> [[Number]] {
    informationSets.indices.map { player in
      let sets = informationSets[player]
      return (0..<strategyCounts[player]).map { strategy in
        var product = one
        for (position, set) in sets.enumerated() {
          let choice = Int(choices[player][strategy * sets.count + position])
          if choice < 0 { continue }
          product = times(product, probabilities[actions[set].lowerBound + choice])
        }
        return product
      }
    }
  }

  private func behavior<Number>(
    of probabilities: [[Number]], zero: Number, plus: (Number, Number) -> Number,
    share: (_ part: Number, _ total: Number, _ count: Int) -> Number
  ) -> [Number] {
    var weights = [Number](repeating: zero, count: actions.last?.upperBound ?? 0)
    for (player, sets) in informationSets.enumerated() {
      for strategy in 0..<strategyCounts[player] {
        for (position, set) in sets.enumerated() {
          let choice = Int(choices[player][strategy * sets.count + position])
          if choice < 0 { continue }
          let action = actions[set].lowerBound + choice
          weights[action] = plus(weights[action], probabilities[player][strategy])
        }
      }
    }
    for range in actions {
      let total = range.reduce(zero) { plus($0, weights[$1]) }
      for action in range { weights[action] = share(weights[action], total, range.count) }
    }
    return weights
  }
}
