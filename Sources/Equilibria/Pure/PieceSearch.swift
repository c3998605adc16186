import Games
import Mathematics

/// All pure Nash equilibria of one piece of a game, as disjoint patterns.
///
/// The search decides only what matters: the choices on the path of play, and those of others that a
/// player would meet if it left the path. What can be got elsewhere is bounded by the least and the
/// most that subtrees hold. At each set on the path that no open choice leads to, an action that
/// surely yields less than another is cut; one that may or may not makes the search decide next what
/// the doubt is about; if there is no doubt left anywhere and the path is whole, all that is still
/// open is free. Subgames inside the piece count as choices among the vectors of values of their own
/// equilibria.
///
/// With perfect recall a strategy is a best reply if and only if it is one from each set on that the
/// profile reaches (Kuhn 1953; Hendon, Jacobsen & Sloth 1996), so that the test set by set is exact.
struct PieceSearch {
  /// Choices that make an equilibrium whatever the open ones are.
  struct Pattern: Sendable {
    /// By information set of the piece the ordinal of the action, -1 if any will do.
    var choices: [Int]
    /// By inner subgame the class of its values, -1 if any will do.
    var classes: [Int]
    /// What each player expects.
    var values: [Rational]
  }

  private enum Gap {
    case set(Int)
    case inner(Int)
  }

  /// Whether a player's choices on the path are best replies, whatever is still open.
  private enum Reply {
    case settled, gains
    case doubt(Gap)
  }

  /// Bounds on what an action brings: with the player's own choices as made, and at its best.
  private struct Worth {
    var ownLow = Rational.zero
    var ownHigh = Rational.zero
    var bestLow = Rational.zero
    var bestHigh = Rational.zero

    mutating func add(_ times: Rational, _ low: Rational, _ high: Rational) {
      let least = times * low
      let most = low == high ? least : times * high
      ownLow += least
      bestLow += least
      ownHigh += most
      bestHigh += most
    }

    mutating func add(_ other: Worth) {
      ownLow += other.ownLow
      ownHigh += other.ownHigh
      bestLow += other.bestLow
      bestHigh += other.bestHigh
    }
  }

  let piece: GamePiece
  let context: PieceContext
  /// By inner subgame its classes of values.
  let inner: [[[Rational]]]
  /// What is found.
  private(set) var patterns: [Pattern] = []
  /// The work done, in visits of the search.
  private(set) var steps: Int

  private var choices: [Int]
  private var classes: [Int]
  private let low: [Rational]
  private let high: [Rational]

  // Buffers, reused by every visit.
  private var reached: [Bool]
  private var weight: [Rational]
  private var isOpen: [Bool]
  private var worth: [Worth]

  /// A search that counts its steps on from earlier ones.
  init(_ piece: GamePiece, inner: [[[Rational]]], in context: PieceContext, steps: Int) {
    self.piece = piece
    self.inner = inner
    self.context = context
    self.steps = steps
    choices = Array(repeating: -1, count: piece.sets.count)
    // A subgame with one class leaves nothing to choose.
    classes = inner.map { $0.count == 1 ? 0 : -1 }
    (low, high) = PieceSearch.bounds(of: piece, inner: inner, in: context)
    reached = Array(repeating: false, count: piece.nodes.count)
    weight = Array(repeating: .zero, count: piece.nodes.count)
    isOpen = reached
    worth = Array(repeating: Worth(), count: piece.gameAction.count)
  }

  /// Finds all patterns, or stops.
  ///
  /// - Parameter most: the most patterns to keep; one more is a stop at the limit of steps.
  mutating func run(limit: WorkLimit, most: Int) throws(WorkLimit.Stop) {
    // The choices that are being gone through, the last one fastest.
    var open: [(gap: Gap, option: Int)] = []
    repeat {
      if let stop = limit.stop(after: steps) { throw stop }
      steps += 1
      if let gap = try visit(most: most) {
        choose(0, at: gap)
        open.append((gap, 0))
        continue
      }
      while let last = open.popLast() {
        if last.option + 1 < options(at: last.gap) {
          choose(last.option + 1, at: last.gap)
          open.append((last.gap, last.option + 1))
          break
        }
        choose(-1, at: last.gap)
      }
    } while !open.isEmpty
  }

  /// Looks at the choices that are made: the next one to make; nil if somebody gains, or if they
  /// make an equilibrium, which is kept.
  private mutating func visit(most: Int) throws(WorkLimit.Stop) -> Gap? {
    let onPath = markPath()
    var gap: Gap?
    for player in 0..<piece.players {
      switch reply(of: player) {
      case .settled: continue
      case .gains: return nil
      case .doubt(let found): gap = gap ?? found
      }
    }
    if let gap = gap ?? onPath { return gap }
    if patterns.count >= most { throw .steps(steps) }
    let values = (0..<piece.players).map { expectation(of: $0) }
    patterns.append(Pattern(choices: choices, classes: classes, values: values))
    return nil
  }

  private func options(at gap: Gap) -> Int {
    switch gap {
    case .set(let set): piece.sets[set].actions.count
    case .inner(let place): inner[place].count
    }
  }

  private mutating func choose(_ option: Int, at gap: Gap) {
    switch gap {
    case .set(let set): choices[set] = option
    case .inner(let place): classes[place] = option
    }
  }

  /// The least and the most that each player can get below each node.
  private static func bounds(
    of piece: GamePiece, inner: [[[Rational]]], in context: PieceContext
  ) -> (low: [Rational], high: [Rational]) {
    let players = piece.players
    var low = [Rational](repeating: .zero, count: piece.nodes.count * players)
    var high = low
    for id in piece.nodes.indices.reversed() {
      let node = piece.nodes[id]
      for player in 0..<players {
        let place = id * players + player
        switch node.kind {
        case .end:
          low[place] = context.numbers.payoffs[node.index * players + player]
          high[place] = low[place]
        case .inner:
          low[place] = inner[node.index].map { $0[player] }.min() ?? .zero
          high[place] = inner[node.index].map { $0[player] }.max() ?? .zero
        case .chance, .decision:
          let below = piece.children[node.children].map { $0 * players + player }
          low[place] = below.map { low[$0] }.min() ?? .zero
          high[place] = below.map { high[$0] }.max() ?? .zero
        }
      }
    }
    return (low, high)
  }

  /// Whether anybody, or the analyst, thinks that chance can take the branch.
  private func isPossible(_ branch: Int) -> Bool {
    context.numbers.odds[branch].signum > 0 || context.odds.contains { $0[branch].signum > 0 }
  }

  /// Marks the path of play as far as it is chosen; the first open choice on it.
  private mutating func markPath() -> Gap? {
    var gap: Gap?
    for id in piece.nodes.indices {
      let node = piece.nodes[id]
      reached[id] = id == 0
      if node.parent >= 0, reached[node.parent] {
        let above = piece.nodes[node.parent]
        reached[id] =
          above.kind == .chance
          ? isPossible(node.branch)
          : choices[above.index] >= 0
            && piece.sets[above.index].actions.lowerBound + choices[above.index] == node.action
      }
      if !reached[id] || gap != nil { continue }
      if node.kind == .decision, choices[node.index] < 0 { gap = .set(node.index) }
      if node.kind == .inner, classes[node.index] < 0 { gap = .inner(node.index) }
    }
    return gap
  }

  /// What a player expects on the path that is marked.
  private func expectation(of player: Int) -> Rational {
    var share = [Rational](repeating: .zero, count: piece.nodes.count)
    var total = Rational.zero
    for id in piece.nodes.indices where reached[id] {
      let node = piece.nodes[id]
      share[id] = .one
      if node.parent >= 0 {
        share[id] = share[node.parent]
        if piece.nodes[node.parent].kind == .chance {
          share[id] *= context.odds[player][node.branch]
        }
      }
      if share[id].signum == 0 { continue }
      if let value = settled(id, player) { total += share[id] * value }
    }
    return total
  }

  /// What a player gets at a leaf whose value is settled.
  private func settled(_ id: Int, _ player: Int) -> Rational? {
    let node = piece.nodes[id]
    switch node.kind {
    case .end: return context.numbers.payoffs[node.index * piece.players + player]
    case .inner:
      return classes[node.index] < 0 ? nil : inner[node.index][classes[node.index]][player]
    case .chance, .decision: return nil
    }
  }

  /// Compares a player's choices on the path with the best: subtrees behind open choices of others
  /// count as leaves, once with the least and once with the most that they hold.
  private mutating func reply(of player: Int) -> Reply {
    // The open choices of others that the player can meet, each with its own last action before.
    var gaps: [(gap: Gap, last: Int)] = []
    for action in worth.indices { worth[action] = Worth() }
    for id in piece.nodes.indices {
      let node = piece.nodes[id]
      weight[id] = weigh(id, for: player)
      // Whether an open choice of others stands between the root and the node.
      isOpen[id] = node.parent >= 0 && isOpen[node.parent]
      if weight[id].signum == 0 { continue }
      let place = id * piece.players + player
      let last = piece.last[place]
      if let known = settled(id, player) {
        if last >= 0 { worth[last].add(weight[id], known, known) }
      } else if node.kind == .inner {
        gaps.append((.inner(node.index), last))
        if last >= 0 { worth[last].add(weight[id], low[place], high[place]) }
      } else if node.kind == .decision, choices[node.index] < 0,
        piece.sets[node.index].player != player
      {
        gaps.append((.set(node.index), last))
        isOpen[id] = true
        if last >= 0 { worth[last].add(weight[id], low[place], high[place]) }
      }
    }
    var doubt: Gap?
    for place in piece.sets.indices.reversed() where piece.sets[place].player == player {
      let set = piece.sets[place]
      let total = worth(of: set, choice: choices[place])
      if choices[place] >= 0, set.nodes.contains(where: { reached[$0] }),
        !set.nodes.contains(where: { isOpen[$0] })
      {
        if total.bestLow > total.ownHigh { return .gains }
        if total.bestHigh > total.ownLow,
          let found = gaps.first(where: { passes(place, before: $0.last) })
        {
          doubt = found.gap
        }
      }
      if set.before >= 0 { worth[set.before].add(total) }
    }
    return doubt.map { .doubt($0) } ?? .settled
  }

  /// Bounds on what a set brings: if its choice is open the own one may be any.
  private func worth(of set: GamePiece.InformationSet, choice: Int) -> Worth {
    var total = worth[set.actions.lowerBound + max(choice, 0)]
    for action in set.actions {
      total.bestLow = max(total.bestLow, worth[action].bestLow)
      total.bestHigh = max(total.bestHigh, worth[action].bestHigh)
      if choice >= 0 { continue }
      total.ownLow = min(total.ownLow, worth[action].ownLow)
      total.ownHigh = max(total.ownHigh, worth[action].ownHigh)
    }
    return total
  }

  /// Whether the way to an action, itself included, leads through a set of the same player.
  private func passes(_ set: Int, before last: Int) -> Bool {
    var action = last
    while action >= 0 {
      if piece.setOfAction[action] == set { return true }
      action = piece.sets[piece.setOfAction[action]].before
    }
    return false
  }

  /// The probability that chance and the others lead to a node, up to open choices of theirs.
  private func weigh(_ id: Int, for player: Int) -> Rational {
    let node = piece.nodes[id]
    if node.parent < 0 { return .one }
    let before = weight[node.parent]
    if before.signum == 0 { return .zero }
    let above = piece.nodes[node.parent]
    if above.kind == .chance { return before * context.odds[player][node.branch] }
    let set = piece.sets[above.index]
    if set.player == player { return before }
    return set.actions.lowerBound + choices[above.index] == node.action && choices[above.index] >= 0
      ? before : .zero
  }
}
