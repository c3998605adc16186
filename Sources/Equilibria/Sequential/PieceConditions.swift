import Games
import Mathematics

/// What sequential rationality asks of beliefs in one piece of a game, given all choices there.
struct PieceConditions {
  /// The sets at which beliefs matter.
  private(set) var critical: [TrembleSearch.CriticalSet] = []
  /// A set at which no consistent belief makes the choice optimal; nil if there is none.
  private(set) var refuted: Int?
  /// `values[node * players + player]`: what each player expects from each node.
  let values: [Rational]

  /// The probability of a node in a player's view but for trembles.
  private struct Weight {
    /// Branches of chance with odds 0.
    var excluded = 0
    var share = Rational.one
  }

  /// - Parameters:
  ///   - probabilities: by action of the piece.
  ///   - leaves: by inner subgame, what each player expects there.
  init(
    of piece: GamePiece, probabilities: [Rational], leaves: [[Rational]], in context: PieceContext
  ) {
    values = PieceConditions.values(
      of: piece, probabilities: probabilities, leaves: leaves, in: context)
    for player in 0..<piece.players where refuted == nil {
      let weights = PieceConditions.weights(
        of: piece, probabilities: probabilities, odds: context.odds[player])
      for (place, set) in piece.sets.enumerated() where set.player == player {
        switch condition(at: set, of: piece, probabilities: probabilities, weights: weights) {
        case .holds: continue
        case .fails: refuted = place
        case .depends(let set): critical.append(set)
        }
        if refuted != nil { break }
      }
    }
  }

  private enum Condition {
    case holds, fails
    case depends(TrembleSearch.CriticalSet)
  }

  /// Nodes whose paths have the same trembles keep their proportion, so that they count as one.
  /// Of two classes, one with all trembles of the other and more, the other alone can be believed.
  private func condition(
    at set: GamePiece.InformationSet, of piece: GamePiece, probabilities: [Rational],
    weights: [Weight]
  ) -> Condition {
    let gains = set.nodes.map { self.gains(at: $0, of: piece, player: set.player) }
    if gains.allSatisfy({ $0.allSatisfy { $0.signum >= 0 } }) { return .holds }
    let fewest = set.nodes.map { weights[$0].excluded }.min() ?? 0
    var classes: [(trembles: [Int], gains: [Rational])] = []
    for (node, own) in zip(set.nodes, gains) where weights[node].excluded == fewest {
      let weighted = own.map { weights[node].share * $0 }
      let trembles = PieceConditions.trembles(
        to: node, of: piece, probabilities: probabilities, but: set.player)
      if let known = classes.firstIndex(where: { $0.trembles == trembles }) {
        classes[known].gains = zip(classes[known].gains, weighted).map { $0 + $1 }
      } else {
        classes.append((trembles, weighted))
      }
    }
    let least = classes.filter { own in
      !classes.contains { other in
        other.trembles.count < own.trembles.count
          && other.trembles.allSatisfy { own.trembles.contains($0) }
      }
    }
    let rows = (least.first?.gains.indices ?? 0..<0).filter { row in
      least.contains { $0.gains[row].signum < 0 }
    }
    if rows.isEmpty { return .holds }
    if least.count == 1 { return .fails }
    if rows.contains(where: { row in least.allSatisfy { $0.gains[row].signum < 0 } }) {
      return .fails
    }
    return .depends(
      TrembleSearch.CriticalSet(
        classes: least.map(\.trembles), gains: least.map { own in rows.map { own.gains[$0] } }))
  }

  /// What the choice at a node yields its player over each action.
  private func gains(at node: Int, of piece: GamePiece, player: Int) -> [Rational] {
    piece.children[piece.nodes[node].children].map {
      values[node * piece.players + player] - values[$0 * piece.players + player]
    }
  }

  /// The actions of the others on the path to a node that have probability 0, ascending.
  private static func trembles(
    to node: Int, of piece: GamePiece, probabilities: [Rational], but player: Int
  ) -> [Int] {
    var found: [Int] = []
    var below = node
    while piece.nodes[below].parent >= 0 {
      let action = piece.nodes[below].action
      if action >= 0, probabilities[action].signum == 0,
        piece.sets[piece.setOfAction[action]].player != player
      {
        found.append(action)
      }
      below = piece.nodes[below].parent
    }
    return found.sorted()
  }

  private static func values(
    of piece: GamePiece, probabilities: [Rational], leaves: [[Rational]], in context: PieceContext
  ) -> [Rational] {
    let players = piece.players
    var values = [Rational](repeating: .zero, count: piece.nodes.count * players)
    for id in piece.nodes.indices.reversed() {
      let node = piece.nodes[id]
      for player in 0..<players {
        let place = id * players + player
        switch node.kind {
        case .end: values[place] = context.numbers.payoffs[node.index * players + player]
        case .inner: values[place] = leaves[node.index][player]
        case .chance, .decision:
          for child in piece.children[node.children] {
            let below = piece.nodes[child]
            let share =
              node.kind == .chance
              ? context.odds[player][below.branch] : probabilities[below.action]
            if share.signum != 0 { values[place] += share * values[child * players + player] }
          }
        }
      }
    }
    return values
  }

  private static func weights(
    of piece: GamePiece, probabilities: [Rational], odds: [Rational]
  ) -> [Weight] {
    var weights = [Weight](repeating: Weight(), count: piece.nodes.count)
    for id in piece.nodes.indices.dropFirst() {
      let node = piece.nodes[id]
      var weight = weights[node.parent]
      if node.action >= 0 {
        let probability = probabilities[node.action]
        if probability.signum > 0 { weight.share *= probability }
      } else if odds[node.branch].signum > 0 {
        weight.share *= odds[node.branch]
      } else {
        weight.excluded += 1
      }
      weights[id] = weight
    }
    return weights
  }
}
