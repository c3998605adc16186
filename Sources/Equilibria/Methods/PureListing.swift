import Games
import Mathematics

/// What methods that list pure strategies of a tree have in common.
enum PureListing {
  /// The most equilibria that are listed.
  static let most = 1_000

  /// A profile of ordinals as a profile of the tree. Where nothing is chosen because the player's
  /// own plan excludes the set, each action is equally likely.
  static func profile(_ choices: [Int?], of tree: GameTree) -> StrategyProfile {
    .exact(
      zip(tree.informationSets, choices).map { set, choice in
        set.actions.indices.map { action in
          choice.map { $0 == action ? .one : .zero } ?? Rational(1, set.actions.count)
        }
      })
  }
}

extension Solution {
  /// Says that a list was cut.
  mutating func note(cutAt count: Int, unless isWhole: Bool) {
    if !isWhole { notes.append("The list ends at \(count) equilibria; there are more.") }
  }
}

extension MethodError {
  /// The error of a method that works on the tree.
  init(_ error: TreeDefect) { self = .notApplicable("\(error)") }

  /// The error of such a method for a game that is none.
  static var treeWanted: MethodError {
    .notApplicable("this method needs a tree; the game is a table of payoffs")
  }
}
