import Equilibria
import Games
import Scenarios

/// Seeks the ways to play one world's game, draw by draw.
struct SelectionWorker {
  /// The most plays that are put together of the views' equilibria in one draw.
  static let mostPlays = 512

  private let world: World
  private var searches: [SequentialSearch]
  private let options: SequentialSearch.Options
  private let outside: OutsideTheStory?

  /// - Throws: what makes the game unsolvable.
  init(_ world: World, paths: Int, outside: OutsideTheStory?) throws(SolverError) {
    self.world = world
    self.outside = outside
    searches = try world.game.views.map { view throws(SolverError) in
      try SequentialSearch(tree: world.game.tree, symbols: view.symbols)
    }
    var options = SequentialSearch.Options()
    options.paths = paths
    options.tolerance = world.tolerance
    self.options = options
  }

  /// The plays of a draw of the quantities, for each query of the world; none where the draw has no
  /// game, or its selected play is not certified.
  mutating func plays(_ inputs: [Double]) -> [SelectionRange.Draw] {
    let none = world.queries.map { _ in SelectionRange.Draw(plays: [], isComplete: true) }
    var values: [Double] = []
    world.game.graph.evaluate(inputs: inputs, into: &values)
    var isComplete = true
    var parts: [[Assessment]] = []
    var odds: [Double] = []
    for view in world.game.views.indices {
      guard let game = try? world.game.game(view: view, values: values) else { return none }
      if view == 0 { odds = game.odds }
      let found = searches[view].equilibria(
        of: game, objectives: objectives(values), options: options)
      if !found.holdsSelected { return none }
      isComplete = isComplete && found.isComplete
      parts.append(distinct(found.equilibria.map(\.assessment), view: view))
    }
    let combined = combinations(of: parts.map(\.count)).map { combine(parts, $0) }
    return world.queries.map { query in
      SelectionRange.Draw(
        plays: combined.map { play(of: $0, query, values, odds, inputs) }, isComplete: isComplete)
    }
  }

  /// Where an event holds; everywhere without one.
  private func holds(_ event: Int?, _ values: [Double]) -> [Bool] {
    guard let event else { return world.game.tree.terminals.map { _ in true } }
    return world.game.events[event].map { values[Int($0)] != 0 }
  }

  /// For each query the event and, with a condition, the condition without the event.
  private func objectives(_ values: [Double]) -> [[Double]] {
    world.queries.flatMap { query in
      let event = holds(query.event, values)
      let given = holds(query.given, values)
      let both = zip(event, given).map { $0 && $1 ? 1.0 : 0 }
      let rest = zip(event, given).map { !$0 && $1 ? 1.0 : 0 }
      return query.given == nil ? [both] : [both, rest]
    }
  }

  // MARK: - Parties play their parts

  /// The equilibria of a view that differ where a party plays by it.
  private func distinct(_ all: [Assessment], view: Int) -> [Assessment] {
    let sets = world.game.tree.informationSets
    let actions = sets.indices.filter { world.viewOfSet[$0] == view }.flatMap {
      sets[$0].actionRange
    }
    var result: [Assessment] = []
    for own in all {
      let isKnown = result.contains { known in
        actions.allSatisfy {
          abs(known.profile.probabilities[$0] - own.profile.probabilities[$0]) <= 1e-6
        }
      }
      if !isKnown { result.append(own) }
    }
    return result
  }

  /// Which equilibrium of each view: the selected ones first, then those in which one view differs,
  /// then all others, up to the limit.
  private func combinations(of counts: [Int]) -> [[Int]] {
    let selected = counts.map { _ in 0 }
    var result = [selected]
    for (view, count) in counts.enumerated() {
      for place in 1..<max(count, 1) {
        var next = selected
        next[view] = place
        result.append(next)
      }
    }
    var next = selected
    while result.count < SelectionWorker.mostPlays {
      guard let view = next.indices.last(where: { next[$0] + 1 < counts[$0] }) else { break }
      next[view] += 1
      for later in (view + 1)..<counts.count { next[later] = 0 }
      if next.count(where: { $0 > 0 }) > 1 { result.append(next) }
    }
    return Array(result.prefix(SelectionWorker.mostPlays))
  }

  /// The play that results, as ``World`` combines the views.
  private func combine(_ parts: [[Assessment]], _ places: [Int]) -> Assessment {
    var play = parts[0][places[0]]
    for (id, set) in world.game.tree.informationSets.enumerated() where world.viewOfSet[id] != 0 {
      let own = parts[world.viewOfSet[id]][places[world.viewOfSet[id]]]
      for action in set.actionRange {
        play.profile.probabilities[action] = own.profile.probabilities[action]
        play.logTrembles[action] = own.logTrembles[action]
      }
    }
    return play
  }

  // MARK: - What a play gives

  private func play(
    of assessment: Assessment, _ query: World.Query, _ values: [Double], _ odds: [Double],
    _ inputs: [Double]
  ) -> SelectionRange.Play {
    let tree = world.game.tree
    let forced = query.secret.map { world.game.secretBranches[$0] }
    let reach = Play.probabilities(
      tree, odds: odds, profile: assessment.profile.probabilities, forced: forced)
    let event = holds(query.event, values)
    let given = holds(query.given, values)
    func ratio(_ weights: (Int) -> Double) -> (joint: Double, condition: Double) {
      var (joint, condition) = (0.0, 0.0)
      for (terminal, end) in tree.terminals.enumerated() where given[terminal] {
        let weight = weights(end.node)
        condition += weight
        if event[terminal] { joint += weight }
      }
      return (joint, condition)
    }
    let (joint, weight) = ratio { reach[$0] }
    guard query.given != nil else {
      let mixed = query.mixesOutside ? mix(joint, values, inputs) : joint
      return SelectionRange.Play(joint: mixed, condition: 1, probability: mixed)
    }
    let condition = min(weight, 1)
    if condition > 0 {
      return SelectionRange.Play(
        joint: joint, condition: condition, probability: joint / condition)
    }
    let logs = Play.logarithms(
      tree, odds: odds, logTrembles: assessment.logTrembles, forced: forced)
    let highest =
      tree.terminals.indices.lazy.filter { given[$0] }
      .map { logs[tree.terminals[$0].node] }.max() ?? -.infinity
    if highest == -.infinity {
      return SelectionRange.Play(joint: 0, condition: 0, probability: .nan)
    }
    let limit = ratio { exponential(logs[$0] - highest) }
    return SelectionRange.Play(joint: 0, condition: 0, probability: limit.joint / limit.condition)
  }

  private func mix(_ joint: Double, _ values: [Double], _ inputs: [Double]) -> Double {
    guard let outside, let then = world.game.numbers.first else { return joint }
    let share = inputs[outside.input]
    return (1 - share) * joint + share * values[Int(then)]
  }
}
