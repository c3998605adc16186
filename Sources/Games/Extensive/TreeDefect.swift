/// Why a method that works on the tree cannot take a game, or a profile of it.
public enum TreeDefect: Error, Equatable, Sendable, CustomStringConvertible {
  /// One play can meet the same information set twice.
  case absentMindedness(informationSet: String)
  /// A player forgets what it knew or did.
  case imperfectRecall(informationSet: String)
  /// Somebody does not know all that has happened, and the method needs perfect information.
  case imperfectInformation(informationSet: String)
  /// A joint choice, which is nobody's move.
  case bargain(informationSet: String)
  /// An information set has no action.
  case noActions(informationSet: String)
  /// A payoff or odds are not finite.
  case notFinite
  /// Odds are negative or all 0.
  case odds(move: String)
  /// A profile has not one probability for each action.
  case length(expected: Int, found: Int)
  /// A probability is below 0, or not a number.
  case negative(informationSet: String, action: String)
  /// The probabilities at an information set do not add up to 1.
  case sum(informationSet: String)

  /// What is wrong, as a sentence without a full stop.
  public var description: String {
    switch self {
    case .absentMindedness(let label):
      "the player who moves at '\(label)' does not know whether it has been there before; "
        + "this method needs recall"
    case .imperfectRecall(let label):
      "the player who moves at '\(label)' forgets what it knew or did; this method needs recall"
    case .imperfectInformation(let label):
      "the player who moves at '\(label)' does not know all that has happened; "
        + "this method needs perfect information"
    case .bargain(let label):
      "the bargain at '\(label)' is a joint choice, which this method does not know"
    case .noActions(let label): "nothing can be done at '\(label)'"
    case .notFinite: "a payoff or odds are not finite"
    case .odds(let move): "the odds of '\(move)' are negative or all 0"
    case .length(let expected, let found):
      "the game has \(expected) actions, the profile \(found) probabilities"
    case .negative(let label, let action):
      "the probability of '\(action)' at '\(label)' is below 0"
    case .sum(let label): "the probabilities at '\(label)' do not add up to 1"
    }
  }
}

extension GameTree {
  /// Makes sure that every choice is one player's, has an action, and is made by a player that
  /// remembers what it knew and did.
  ///
  /// - Complexity: linear in nodes × players.
  public func checkRecall() throws(TreeDefect) {
    for set in informationSets {
      if set.bargain != nil { throw .bargain(informationSet: set.displayLabel) }
      if set.actions.isEmpty { throw .noActions(informationSet: set.displayLabel) }
    }
    let recall = Recall(of: self)
    if let set = recall.firstAbsentMinded {
      throw .absentMindedness(informationSet: informationSets[set].displayLabel)
    }
    if let set = recall.firstLapse {
      throw .imperfectRecall(informationSet: informationSets[set].displayLabel)
    }
  }
}
