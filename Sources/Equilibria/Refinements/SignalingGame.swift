import Games
import Mathematics

/// A signaling game read off a tree: chance draws the sender's type, which the sender alone sees;
/// it sends a message; a receiver, who sees the message alone, replies (Spence 1973; Cho & Kreps
/// 1987). Chance may move after the reply.
struct SignalingGame {
  /// What follows a message of a type.
  enum Sequel {
    /// Play ends; what the sender expects.
    case end(Rational)
    /// A receiver replies at this information set.
    case reply(set: Int)
  }

  let sender: Int
  /// For each type its prior probability, information set, and what follows each of its messages.
  var types: [(odds: Rational, set: Int, sequels: [Sequel])] = []
  /// The receivers' information sets that some message leads to.
  var replySets: [Int: Reply] = [:]

  /// A receiver's information set: one message.
  struct Reply {
    var receiver: Int
    var actions: Int
    /// For each type that can send this message: its payoffs and the receiver's, by action.
    var senders: [(type: Int, message: Int, own: [Rational], receivers: [Rational])]
  }

  /// Nil where the tree is no signaling game in this sense.
  init?(_ game: ExtensiveGame) {
    let tree = game.tree
    guard tree.nodes[0].kind == .chance, game.subjectiveOdds.allSatisfy({ $0 == nil }) else {
      return nil
    }
    let branches = tree.branches(of: 0)
    let first = Int(tree.branchTarget[branches.lowerBound])
    guard tree.nodes[first].kind == .decision else { return nil }
    sender = tree.informationSets[Int(tree.nodes[first].index)].player
    let values = SenderValues(of: game)
    for (type, branch) in branches.enumerated() {
      let node = Int(tree.branchTarget[branch])
      guard let odds = game.exactOdds(of: branch), tree.nodes[node].kind == .decision else {
        return nil
      }
      let set = Int(tree.nodes[node].index)
      let information = tree.informationSets[set]
      guard information.player == sender, information.nodes.count == 1, information.bargain == nil
      else { return nil }
      var sequels: [Sequel] = []
      for (message, after) in tree.branches(of: node).enumerated() {
        let next = Int(tree.branchTarget[after])
        if let value = values.expected(at: next, for: sender) {
          sequels.append(.end(value))
          continue
        }
        guard tree.nodes[next].kind == .decision,
          add(reply: next, type: type, message: message, tree: tree, values: values)
        else { return nil }
        sequels.append(.reply(set: Int(tree.nodes[next].index)))
      }
      types.append((odds, set, sequels))
    }
    // Every node of a reply is reached by a type's message.
    for (set, reply) in replySets
    where reply.senders.count != tree.informationSets[set].nodes.count {
      return nil
    }
  }

  /// Notes what a reply at a node leads to; false where it is not the last decision, or one type
  /// has two messages that look alike.
  private mutating func add(
    reply node: Int, type: Int, message: Int, tree: GameTree, values: SenderValues
  ) -> Bool {
    let set = Int(tree.nodes[node].index)
    let information = tree.informationSets[set]
    guard information.player != sender, information.bargain == nil else { return false }
    var own: [Rational] = []
    var receivers: [Rational] = []
    for branch in tree.branches(of: node) {
      let end = Int(tree.branchTarget[branch])
      guard let senderValue = values.expected(at: end, for: sender),
        let receiverValue = values.expected(at: end, for: information.player)
      else { return false }
      own.append(senderValue)
      receivers.append(receiverValue)
    }
    var reply =
      replySets[set]
      ?? Reply(receiver: information.player, actions: information.actions.count, senders: [])
    guard reply.senders.allSatisfy({ $0.type != type }) else { return false }
    reply.senders.append((type, message, own, receivers))
    replySets[set] = reply
    return true
  }
}

/// What players expect at nodes below which nobody decides.
private struct SenderValues {
  private let players: Int
  private var values: [[Rational]?]

  init(of game: ExtensiveGame) {
    let tree = game.tree
    players = tree.players.count
    values = Array(repeating: nil, count: tree.nodes.count)
    for id in tree.nodes.indices.reversed() {
      let node = tree.nodes[id]
      switch node.kind {
      case .decision: continue
      case .terminal:
        let exact = (0..<players).map { game.exactPayoff(at: Int(node.index), of: $0) }
        values[id] = exact.contains(nil) ? nil : exact.compactMap { $0 }
      case .chance:
        var sum = [Rational](repeating: .zero, count: players)
        var isKnown = true
        for branch in tree.branches(of: id) {
          guard let below = values[Int(tree.branchTarget[branch])],
            let odds = game.exactOdds(of: branch)
          else {
            isKnown = false
            break
          }
          for player in 0..<players { sum[player] += odds * below[player] }
        }
        values[id] = isKnown ? sum : nil
      }
    }
  }

  func expected(at node: Int, for player: Int) -> Rational? { values[node]?[player] }
}
