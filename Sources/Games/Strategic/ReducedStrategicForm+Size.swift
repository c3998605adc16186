extension ReducedStrategicForm {
  /// Why a game has no reduced strategic form here.
  public enum Defect: Error, Equatable, Sendable, CustomStringConvertible {
    /// One play can meet the same information set twice.
    case absentMindedness(informationSet: String)
    /// A player forgets what it knew or did, so that strategies are not what they seem.
    case imperfectRecall(informationSet: String)
    /// A joint choice, which is nobody's strategy.
    case bargain(informationSet: String)
    /// An information set has no action.
    case noActions(informationSet: String)
    /// A payoff or odds are not finite.
    case notFinite
    /// Odds are negative or all 0.
    case odds(move: String)
    /// A player would have more strategies than the limit; `count` is nil where it is more than
    /// the largest machine integer.
    case tooManyStrategies(player: String, count: Int?, limit: Int)
    /// A player's strategies times its information sets would be more than the limit.
    case tooManyChoices(player: String, count: Int?, limit: Int)
    /// The profiles times the players would be more than the limit.
    case tooManyPayoffs(profiles: Int?, count: Int?, limit: Int)

    /// What is wrong, as a sentence without a full stop.
    public var description: String {
      switch self {
      case .absentMindedness(let label):
        "the player who moves at '\(label)' does not know whether it has been there before; "
          + "the reduced strategic form needs recall"
      case .imperfectRecall(let label):
        "the player who moves at '\(label)' forgets what it knew or did; "
          + "the reduced strategic form needs recall"
      case .bargain(let label):
        "the bargain at '\(label)' is a joint choice, which the strategic form does not know"
      case .noActions(let label): "nothing can be done at '\(label)'"
      case .notFinite: "a payoff or odds are not finite"
      case .odds(let move): "the odds of '\(move)' are negative or all 0"
      case .tooManyStrategies(let player, let count, let limit):
        "\(player) would have \(Defect.text(count)) strategies; the limit is \(limit)"
      case .tooManyChoices(let player, let count, let limit):
        "the strategies of \(player) would list \(Defect.text(count)) choices; "
          + "the limit is \(limit)"
      case .tooManyPayoffs(let profiles, let count, let limit):
        "there would be \(Defect.text(profiles)) profiles with \(Defect.text(count)) payoffs; "
          + "the limit is \(limit)"
      }
    }

    private static func text(_ count: Int?) -> String {
      count.map { "\($0)" } ?? "more than \(Int.max)"
    }
  }

  /// The number of each player's reduced strategies; nil where it is more than the largest machine
  /// integer. The game needs perfect recall.
  ///
  /// - Complexity: linear in nodes × players.
  static func strategyCounts(of tree: GameTree, memory: OwnPast) -> [Int?] {
    // Below an action, the strategies of the sets that follow it multiply; at a set, those of its
    // actions add up. Sets follow those that they depend on.
    var below = [Int?](repeating: 1, count: tree.actionCount)
    var counts = [Int?](repeating: 1, count: tree.players.count)
    for id in tree.informationSets.indices.reversed() {
      let set = tree.informationSets[id]
      let sum = set.actionRange.reduce(Optional(0)) { total, action in
        guard let total, let more = below[action] else { return nil }
        let (sum, overflow) = total.addingReportingOverflow(more)
        return overflow ? nil : sum
      }
      if let (above, action) = memory.lastMove(before: id) {
        let place = tree.informationSets[above].firstAction + action
        below[place] = product(below[place], sum)
      } else {
        counts[set.player] = product(counts[set.player], sum)
      }
    }
    return counts
  }

  /// Whether a tree has a reduced strategic form within limits; known before any memory is taken.
  public static func fits(_ tree: GameTree, _ limits: Limits) -> Bool {
    guard tree.informationSets.allSatisfy({ $0.bargain == nil && !$0.actions.isEmpty }),
      Recall(of: tree).isPerfect
    else { return false }
    let sets = tree.players.indices.map { player in
      tree.informationSets.indices.filter { tree.informationSets[$0].player == player }
    }
    do {
      try checkSize(of: tree, memory: OwnPast(of: tree), sets: sets, limits: limits)
      return true
    } catch {
      return false
    }
  }

  static func checkSize(
    of tree: GameTree, memory: OwnPast, sets: [[Int]], limits: Limits
  ) throws(Defect) {
    let counts = strategyCounts(of: tree, memory: memory)
    for (player, name) in tree.players.enumerated() {
      let count = counts[player]
      if count ?? .max > limits.strategies {
        throw .tooManyStrategies(player: name, count: count, limit: limits.strategies)
      }
      let choices = product(count, sets[player].count)
      if choices ?? .max > limits.choices {
        throw .tooManyChoices(player: name, count: choices, limit: limits.choices)
      }
    }
    let profiles = counts.reduce(1, product)
    let payoffs = product(profiles, tree.players.count)
    if payoffs ?? .max > limits.payoffs {
      throw .tooManyPayoffs(profiles: profiles, count: payoffs, limit: limits.payoffs)
    }
  }

  private static func product(_ first: Int?, _ second: Int?) -> Int? {
    guard let first, let second else { return nil }
    let (product, overflow) = first.multipliedReportingOverflow(by: second)
    return overflow ? nil : product
  }
}
