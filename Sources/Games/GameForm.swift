/// A game in the form in which it was written.
public enum GameForm: Sendable, Equatable {
  /// A tree with information sets.
  case extensive(ExtensiveGame)
  /// A table of payoffs.
  case strategic(StrategicGame)

  /// What the game is called.
  public var title: String {
    switch self {
    case .extensive(let game): game.title
    case .strategic(let game): game.title
    }
  }

  /// The players' names, in order.
  public var players: [String] {
    switch self {
    case .extensive(let game): game.tree.players
    case .strategic(let game): game.players
    }
  }

  /// What its file says about the game.
  public var comment: String {
    get {
      switch self {
      case .extensive(let game): game.comment
      case .strategic(let game): game.comment
      }
    }
    set {
      switch self {
      case .extensive(var game):
        game.comment = newValue
        self = .extensive(game)
      case .strategic(var game):
        game.comment = newValue
        self = .strategic(game)
      }
    }
  }

  /// Where somebody chooses: the information sets of a tree in its order, or the players of a
  /// table. Strategies of either kind list their probabilities in this order.
  public var places: [GamePlace] {
    switch self {
    case .extensive(let game):
      game.tree.informationSets.map {
        GamePlace(
          player: $0.player, label: $0.displayLabel, number: $0.number, choices: $0.actions)
      }
    case .strategic(let game):
      game.players.indices.map {
        GamePlace(player: $0, label: "", number: 1, choices: game.strategies[$0])
      }
    }
  }
}

/// A place of a game at which one player chooses: an information set, or a whole strategic game.
public struct GamePlace: Sendable, Equatable {
  /// The player's id.
  public var player: Int
  /// The information set's label; empty in a strategic game.
  public var label: String
  /// The information set's number for its player; 1 in a strategic game.
  public var number: Int
  /// The names of its actions, or of the player's strategies.
  public var choices: [String]

  /// A place with all that is known of it.
  public init(player: Int, label: String, number: Int, choices: [String]) {
    self.player = player
    self.label = label
    self.number = number
    self.choices = choices
  }
}
