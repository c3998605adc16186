import Games
import Mathematics

/// The numbers of a game in one arithmetic. Odds are divided by their sum at each move of chance.
struct TreeNumbers<Number: OrderedField>: Sendable {
  /// `payoffs[terminal * players + player]`.
  let payoffs: [Number]
  /// The odds by branch, as the analyst holds them.
  let odds: [Number]
  private let own: [[Number]?]

  /// The odds that this player holds, by branch.
  func odds(heldBy player: Int) -> [Number] { own[player] ?? odds }

  private init(
    of game: ExtensiveGame, payoff: (_ place: Int) -> Number?,
    common: (_ branch: Int) -> Number?, number: (Double) -> Number?
  ) throws(TreeDefect) {
    let tree = game.tree
    var values: [Number] = []
    values.reserveCapacity(game.payoffs.count)
    for place in game.payoffs.indices {
      guard let value = payoff(place) else { throw .notFinite }
      values.append(value)
    }
    payoffs = values
    odds = try TreeNumbers.shares(of: tree, common)
    var own: [[Number]?] = []
    for view in game.subjectiveOdds {
      guard let view else {
        own.append(nil)
        continue
      }
      own.append(try TreeNumbers.shares(of: tree) { number(view[$0]) })
    }
    self.own = own
  }

  private static func shares(
    of tree: GameTree, _ odds: (_ branch: Int) -> Number?
  ) throws(TreeDefect) -> [Number] {
    let zero = Number(0)
    var shares = [Number](repeating: zero, count: tree.branchTarget.count)
    for move in tree.chanceMoves {
      var total = zero
      for branch in tree.branches(of: move.node) {
        guard let value = odds(branch) else { throw .notFinite }
        if value < zero { throw .odds(move: move.label) }
        shares[branch] = value
        total = total + value
      }
      guard total > zero else { throw .odds(move: move.label) }
      if total == Number(1) { continue }
      for branch in tree.branches(of: move.node) { shares[branch] = shares[branch] / total }
    }
    return shares
  }

  /// Makes sure that there is a distribution over the actions of each information set; sums may
  /// miss 1 by as much as `slack`.
  static func check(
    _ probabilities: [Number], in tree: GameTree, slack: Number
  ) throws(TreeDefect) {
    guard probabilities.count == tree.actionCount else {
      throw .length(expected: tree.actionCount, found: probabilities.count)
    }
    let zero = Number(0)
    for set in tree.informationSets {
      var total = zero
      for action in set.actionRange {
        guard probabilities[action] >= zero else {
          throw .negative(
            informationSet: set.displayLabel, action: set.actions[action - set.firstAction])
        }
        total = total + probabilities[action]
      }
      let miss = total - Number(1)
      guard miss <= slack, zero - slack <= miss else {
        throw .sum(informationSet: set.displayLabel)
      }
    }
  }
}

extension TreeNumbers where Number == Double {
  init(of game: ExtensiveGame) throws(TreeDefect) {
    func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
    try self.init(
      of: game, payoff: { finite(game.payoffs[$0]) }, common: { finite(game.odds[$0]) },
      number: finite)
  }
}

extension TreeNumbers where Number == Rational {
  init(
    of game: ExtensiveGame, reading numbers: ReducedStrategicForm.Numbers
  ) throws(TreeDefect) {
    try self.init(
      of: game,
      payoff: { numbers.exact(game.payoffs[$0], kept: game.exact.payoffs[$0]) },
      common: { numbers.exact(game.odds[$0], kept: game.exact.odds[$0]) },
      number: { numbers.exact($0) })
  }
}
