import Games
import Mathematics

/// All ways to play a piece of a game that belong to pure sequential equilibria, given the vectors
/// of values of the subgames inside.
///
/// Starts from the pure Nash equilibria of the piece and gives a choice to what they leave open, the
/// last sets first; a choice is left as soon as no belief at all makes it optimal. What remains is
/// decided by ``TrembleSearch``.
struct SequentialPieceSearch {
  /// Orders and coefficients by action of the piece.
  struct Trembles: Sendable {
    var orders: [Int]
    var coefficients: [Rational]
  }

  /// A way to play with all choices made.
  struct Solution {
    var choices: [Int]
    var classes: [Int]
    var values: [Rational]
    var trembles: Trembles
  }

  let piece: GamePiece
  let context: PieceContext
  let inner: [[[Rational]]]
  let limit: WorkLimit
  let most: Int
  /// What is found.
  private(set) var solutions: [Solution] = []
  /// The choices at the piece's sets that could not be decided.
  private(set) var undecided: [[Int]] = []
  private(set) var steps: Int

  init(
    _ piece: GamePiece, inner: [[[Rational]]], in context: PieceContext, limit: WorkLimit,
    most: Int, steps: Int
  ) {
    self.piece = piece
    self.inner = inner
    self.context = context
    self.limit = limit
    self.most = most
    self.steps = steps
  }

  mutating func run() throws(WorkLimit.Stop) {
    var search = PieceSearch(piece, inner: inner, in: context, steps: steps)
    do { try search.run(limit: limit, most: most) } catch {
      steps = search.steps
      throw error
    }
    steps = search.steps
    for pattern in search.patterns {
      try extend(pattern, passed: Array(repeating: false, count: piece.sets.count))
    }
  }

  private mutating func extend(
    _ pattern: PieceSearch.Pattern, passed: [Bool]
  ) throws(WorkLimit.Stop) {
    if let stop = limit.stop(after: steps) { throw stop }
    steps += 1
    var next = pattern
    if let place = pattern.classes.firstIndex(where: { $0 < 0 }) {
      for choice in inner[place].indices {
        next.classes[place] = choice
        try extend(next, passed: passed)
      }
      return
    }
    guard let passed = check(pattern, passed) else { return }
    guard let set = pattern.choices.lastIndex(where: { $0 < 0 }) else {
      return try decide(pattern)
    }
    for action in 0..<piece.sets[set].actions.count {
      next.choices[set] = action
      try extend(next, passed: passed)
    }
  }

  /// Looks at the sets after whose actions all is chosen: is the choice optimal under some belief?
  /// Nil if one is not.
  private func check(_ pattern: PieceSearch.Pattern, _ passed: [Bool]) -> [Bool]? {
    let players = piece.players
    var passed = passed
    var isKnown = [Bool](repeating: false, count: piece.nodes.count)
    var values = [Rational](repeating: .zero, count: piece.nodes.count * players)
    for id in piece.nodes.indices.reversed() {
      let node = piece.nodes[id]
      for player in 0..<players {
        let place = id * players + player
        switch node.kind {
        case .end: values[place] = context.numbers.payoffs[node.index * players + player]
        case .inner: values[place] = inner[node.index][pattern.classes[node.index]][player]
        case .chance:
          for child in piece.children[node.children] {
            values[place] +=
              context.odds[player][piece.nodes[child].branch] * values[child * players + player]
          }
        case .decision:
          let choice = pattern.choices[node.index]
          if choice < 0 { continue }
          let child = piece.children[node.children.lowerBound + choice]
          values[place] = values[child * players + player]
        }
      }
      let below = piece.children[node.children]
      isKnown[id] =
        switch node.kind {
        case .end, .inner: true
        case .chance: below.allSatisfy { isKnown[$0] }
        case .decision:
          pattern.choices[node.index] >= 0
            && isKnown[piece.children[node.children.lowerBound + pattern.choices[node.index]]]
        }
    }
    for (place, set) in piece.sets.enumerated()
    where !passed[place] && pattern.choices[place] >= 0 {
      let children = set.nodes.map { Array(piece.children[piece.nodes[$0].children]) }
      guard children.allSatisfy({ $0.allSatisfy { isKnown[$0] } }) else { continue }
      let gains = children.map { row in
        let own = values[row[pattern.choices[place]] * players + set.player]
        return row.map { own - values[$0 * players + set.player] }
      }
      if !isBelievable(gains) { return nil }
      passed[place] = true
    }
    return passed
  }

  /// Whether some belief over the nodes makes all gains of the choice at least 0.
  private func isBelievable(_ gains: [[Rational]]) -> Bool {
    if gains.contains(where: { $0.allSatisfy { $0.signum >= 0 } }) { return true }
    let actions = gains.first?.indices ?? 0..<0
    if actions.contains(where: { action in gains.allSatisfy { $0[action].signum < 0 } }) {
      return false
    }
    var rows = actions.map { action in
      SmallLinearProgram.Row(coefficients: gains.map { $0[action] }, bound: .zero)
    }
    rows.append(
      SmallLinearProgram.Row(
        coefficients: gains.map { _ in .one }, bound: .one, isEqual: true))
    return SmallLinearProgram.isFeasible(rows, variables: gains.count)
  }

  private mutating func decide(_ pattern: PieceSearch.Pattern) throws(WorkLimit.Stop) {
    var probabilities = [Rational](repeating: .zero, count: piece.gameAction.count)
    for (set, choice) in zip(piece.sets, pattern.choices) {
      probabilities[set.actions.lowerBound + choice] = .one
    }
    let conditions = PieceConditions(
      of: piece, probabilities: probabilities,
      leaves: zip(inner, pattern.classes).map { $0[$1] }, in: context)
    if conditions.refuted != nil { return }
    let answer = TrembleSearch.solve(
      conditions.critical, trembles: probabilities.count, limit: limit, steps: &steps)
    switch answer {
    case .impossible: return
    case .undecided:
      if let stop = limit.stop(after: steps) { throw stop }
      undecided.append(pattern.choices)
    case .witness(let orders, let coefficients):
      if solutions.count >= most { throw .steps(steps) }
      solutions.append(
        Solution(
          choices: pattern.choices, classes: pattern.classes, values: pattern.values,
          trembles: Trembles(orders: orders, coefficients: coefficients)))
    }
  }
}
