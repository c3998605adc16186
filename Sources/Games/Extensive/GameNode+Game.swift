public import Mathematics

extension ExtensiveGame {
  /// A game from its tree, as ``GameNode`` shows.
  ///
  /// - Throws: ``GameNode/Defect``, with the moves that lead to the place.
  public init(
    _ title: String, players: [String], _ root: GameNode
  ) throws(GameNode.Defect) {
    var writer = GameNodeWriter(players: players)
    if let repeated = players.indices.first(where: { players[..<$0].contains(players[$0]) }) {
      throw .repeatedPlayer(players[repeated])
    }
    try writer.write(root, at: .root, path: [])
    let tree: GameTree
    do { tree = try writer.builder.tree() } catch { throw .informationSet(error, path: []) }
    var odds = [Rational](repeating: .zero, count: tree.branchTarget.count)
    for (branch, value) in writer.odds { odds[branch] = value }
    self.init(title: title, tree: tree, exactPayoffs: writer.payoffs, exactOdds: odds)
  }
}

extension GameNode {
  /// What is wrong with a game that is written down; `path` are the moves that lead there.
  public enum Defect: Error, Equatable, Sendable, CustomStringConvertible {
    /// Two players have the same name.
    case repeatedPlayer(String)
    /// A choice by somebody who is not among the players.
    case unknownPlayer(String, path: [String])
    /// An end has not one payoff for each player.
    case payoffs(expected: Int, found: Int, path: [String])
    /// Nothing can be done, or chance leads nowhere.
    case nothingFollows(path: [String])
    /// Two branches of a node have the same name.
    case repeatedBranch(String, path: [String])
    /// Odds below 0.
    case negativeOdds(branch: String, path: [String])
    /// Odds that do not add up to 1.
    case oddsSum(total: Rational, path: [String])
    /// Two nodes of one information set differ in player or actions.
    case differentNodes(informationSet: String, path: [String])
    /// The tree cannot be finished.
    case informationSet(GameTreeBuilder.Defect, path: [String])

    /// What is wrong and where, as a sentence without a full stop.
    public var description: String {
      switch self {
      case .repeatedPlayer(let name): "two players are called '\(name)'"
      case .unknownPlayer(let name, let path):
        "\(Defect.place(path)): '\(name)' is not among the players"
      case .payoffs(let expected, let found, let path):
        "\(Defect.place(path)): \(found) payoffs for \(expected) players"
      case .nothingFollows(let path): "\(Defect.place(path)): nothing follows"
      case .repeatedBranch(let name, let path):
        "\(Defect.place(path)): two branches are called '\(name)'"
      case .negativeOdds(let branch, let path):
        "\(Defect.place(path)): the odds of '\(branch)' are below 0"
      case .oddsSum(let total, let path):
        "\(Defect.place(path)): the odds add up to \(total), not to 1"
      case .differentNodes(let label, let path):
        "\(Defect.place(path)): another node of '\(label)' has another player or other actions"
      case .informationSet(let defect, let path): "\(Defect.place(path)): \(defect)"
      }
    }

    private static func place(_ path: [String]) -> String {
      path.isEmpty ? "at the root" : "after '\(path.joined(separator: "', '"))'"
    }
  }
}

/// Puts the nodes into a builder in preorder, and collects their numbers.
private struct GameNodeWriter {
  let players: [String]
  var builder: GameTreeBuilder
  var payoffs: [Rational] = []
  var odds: [(branch: Int, value: Rational)] = []
  private var known: [String: (player: Int, actions: [String], isNamed: Bool)] = [:]

  init(players: [String]) {
    self.players = players
    builder = GameTreeBuilder(players: players)
  }

  mutating func write(
    _ node: GameNode, at place: GameTreeBuilder.Place, path: [String]
  ) throws(GameNode.Defect) {
    switch node.kind {
    case .end(let outcome, let values):
      guard values.count == players.count else {
        throw .payoffs(expected: players.count, found: values.count, path: path)
      }
      builder.terminal(outcome: outcome ?? path.joined(separator: ", "), at: place)
      payoffs += values
    case .decision(let name, let label, let branches):
      guard let player = players.firstIndex(of: name) else {
        throw .unknownPlayer(name, path: path)
      }
      let actions = branches.map(\.action)
      try check(actions, path: path)
      let set = label ?? (path.isEmpty ? name : "\(name): \(path.joined(separator: ", "))")
      if let other = known[set] {
        guard label != nil, other == (player, actions, true) else {
          throw .differentNodes(informationSet: set, path: path)
        }
      }
      known[set] = (player, actions, label != nil)
      let started = builder.decision(
        player: player, informationSet: set, actions: actions, at: place)
      for (ordinal, branch) in branches.enumerated() {
        try write(branch.node, at: started.branch(ordinal), path: path + [branch.action])
      }
    case .chance(let label, let branches):
      try check(branches.map(\.branch), path: path)
      for branch in branches where branch.odds.signum < 0 {
        throw .negativeOdds(branch: branch.branch, path: path)
      }
      let total = branches.reduce(Rational.zero) { $0 + $1.odds }
      if total != .one { throw .oddsSum(total: total, path: path) }
      let started = builder.chance(
        label: label ?? path.joined(separator: ", "), branches: branches.map(\.branch), at: place)
      for (ordinal, branch) in branches.enumerated() {
        odds.append((Int(started.firstBranch) + ordinal, branch.odds))
        try write(branch.node, at: started.branch(ordinal), path: path + [branch.branch])
      }
    }
  }

  private func check(_ names: [String], path: [String]) throws(GameNode.Defect) {
    if names.isEmpty { throw .nothingFollows(path: path) }
    for (place, name) in names.enumerated() where names[..<place].contains(name) {
      throw .repeatedBranch(name, path: path)
    }
  }
}
