import Games
import Mathematics

/// All pure Nash equilibria of one piece of a game, as disjoint patterns.
///
/// The search decides only what matters. First the choices on the path of play, which fix what each
/// player expects; then, one after another, the choices of others that a player would meet if it
/// went another way, until the most that it could get by that is bounded by what it expects. All
/// choices that are still open then are free. A branch is cut as soon as a player can surely gain.
/// Subgames inside the piece count as choices among the vectors of values of their own equilibria.
///
/// Source: the definitions (Nash 1951; Selten 1965); the bounds are minima and maxima of payoffs
/// over subtrees.
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

  private enum Reply {
    case safe, gains
    case open(Gap)
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
  private var lowGain: [Rational]
  private var highGain: [Rational]

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
    lowGain = Array(repeating: .zero, count: piece.gameAction.count)
    highGain = lowGain
  }

  /// Finds all patterns, or stops.
  ///
  /// - Parameter most: the most patterns to keep; one more is a stop at the limit of steps.
  mutating func run(limit: WorkLimit, most: Int) throws(WorkLimit.Stop) {
    if let stop = limit.stop(after: steps) { throw stop }
    steps += 1
    if let gap = gapOnPath() { return try fill(gap, limit: limit, most: most) }
    let values = (0..<piece.players).map { expectation(of: $0) }
    var gap: Gap?
    for player in 0..<piece.players {
      switch reply(of: player, to: values[player]) {
      case .safe: continue
      case .gains: return
      case .open(let found): gap = gap ?? found
      }
    }
    if let gap { return try fill(gap, limit: limit, most: most) }
    if patterns.count >= most { throw .steps(steps) }
    patterns.append(Pattern(choices: choices, classes: classes, values: values))
  }

  private mutating func fill(_ gap: Gap, limit: WorkLimit, most: Int) throws(WorkLimit.Stop) {
    switch gap {
    case .set(let set):
      for action in 0..<piece.sets[set].actions.count {
        choices[set] = action
        try run(limit: limit, most: most)
      }
      choices[set] = -1
    case .inner(let place):
      for choice in inner[place].indices {
        classes[place] = choice
        try run(limit: limit, most: most)
      }
      classes[place] = -1
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

  /// Marks the path of play; the first open choice on it.
  private mutating func gapOnPath() -> Gap? {
    for id in piece.nodes.indices {
      let node = piece.nodes[id]
      reached[id] = id == 0
      if node.parent >= 0, reached[node.parent] {
        let above = piece.nodes[node.parent]
        reached[id] =
          above.kind == .chance
          ? isPossible(node.branch)
          : piece.sets[above.index].actions.lowerBound + choices[above.index] == node.action
      }
      if !reached[id] { continue }
      if node.kind == .decision, choices[node.index] < 0 { return .set(node.index) }
      if node.kind == .inner, classes[node.index] < 0 { return .inner(node.index) }
    }
    return nil
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
    case .inner: return classes[node.index] < 0 ? nil : inner[node.index][classes[node.index]][player]
    case .chance, .decision: return nil
    }
  }

  /// Bounds the best reply of a player: subtrees behind open choices of others count as leaves,
  /// once with the least and once with the most that they hold.
  private mutating func reply(of player: Int, to value: Rational) -> Reply {
    var gap: Gap?
    var low = Rational.zero
    var high = Rational.zero
    for action in lowGain.indices {
      lowGain[action] = .zero
      highGain[action] = .zero
    }
    for id in piece.nodes.indices {
      let node = piece.nodes[id]
      weight[id] = weigh(id, for: player)
      if weight[id].signum == 0 { continue }
      let place = id * piece.players + player
      var bounds: (Rational, Rational)?
      if let known = settled(id, player) {
        bounds = (known, known)
      } else if node.kind == .inner {
        gap = gap ?? .inner(node.index)
        bounds = (self.low[place], self.high[place])
      } else if node.kind == .decision, choices[node.index] < 0,
        piece.sets[node.index].player != player
      {
        gap = gap ?? .set(node.index)
        bounds = (self.low[place], self.high[place])
      }
      guard let (least, most) = bounds else { continue }
      let last = piece.last[place]
      if last >= 0 {
        lowGain[last] += weight[id] * least
        highGain[last] += weight[id] * most
      } else {
        low += weight[id] * least
        high += weight[id] * most
      }
    }
    for set in piece.sets.reversed() where set.player == player {
      let least = lowGain[set.actions].max() ?? .zero
      let most = highGain[set.actions].max() ?? .zero
      if set.before >= 0 {
        lowGain[set.before] += least
        highGain[set.before] += most
      } else {
        low += least
        high += most
      }
    }
    if high <= value { return .safe }
    if low > value { return .gains }
    // Without a gap both bounds are the same.
    return gap.map { .open($0) } ?? .safe
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
