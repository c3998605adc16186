import Equilibria
import Games
import Mathematics
public import Scenarios

/// Plays of a scenario's story drawn at random, as its logit play at given quantities gives them.
public struct PlaySimulator: Sendable {
  private let facts: [PlayTable.Fact]
  /// By end: how likely it is up to it, and the values of the facts on its way.
  private let cumulative: [Double]
  private let values: [[Int?]]

  /// Solves the game once, at a value for every input of the scenario; see
  /// ``Forecasts/DrawSource/bestEstimates``.
  public init(
    _ scenario: Scenario, inputs: [Double], options: Forecaster.Options
  ) async throws {
    var request = WorldRequest(scenario)
    request.selection = .fixedRationality
    let forecaster = try Forecaster(scenario, worlds: [request], options: options)
    let world = forecaster.worlds[0]
    let tally = try await forecaster.fold(
      1, of: FixedInputs(values: inputs), from: Tally(worlds: forecaster.worlds)
    ) { $0.add($1) }
    // Refuses a draw without a game or a certificate.
    _ = try forecaster.summarize(tally, isBest: true)
    let known = PlayTable.facts(of: scenario)
    let paths = world.game.tree.terminals.map {
      PlaySimulator.path(to: $0.node, in: world.game, scenario, known)
    }
    let happened = known.indices.filter { index in paths.contains { $0[index] != nil } }
    facts = happened.map { known[$0] }
    values = paths.map { path in happened.map { path[$0] } }
    var running = Statistics.Sum()
    cumulative = tally.terminalSums.map {
      running.add($0)
      return running.value
    }
  }

  /// The value of each fact on the way to an end.
  private static func path(
    to end: Int, in game: ParametricGame, _ scenario: Scenario, _ known: [PlayTable.Fact]
  ) -> [Int?] {
    let tree = game.tree
    var values: [Int?] = Array(repeating: nil, count: known.count)
    var node = end
    while tree.nodes[node].parent >= 0 {
      let parent = Int(tree.nodes[node].parent)
      let ordinal = Int(tree.nodes[node].incoming - tree.nodes[parent].firstBranch)
      let index = Int(tree.nodes[parent].index)
      let isDecision = tree.nodes[parent].kind == .decision
      let name = isDecision ? game.decisions[index].step : tree.chanceMoves[index].label
      let fact = isDecision ? game.decisions[index].fact : game.chanceFacts[index]
      let value =
        isDecision
        ? tree.informationSets[index].actions[ordinal] : tree.chanceMoves[index].branches[ordinal]
      if let place = known.firstIndex(where: { $0.fact == fact && $0.name == name }) {
        values[place] = scenario.names.facts[fact].values.firstIndex(of: value)
      }
      node = parent
    }
    return values
  }

  /// A table of so many plays. The same seed gives the same plays.
  public func plays(_ count: Int, seed: UInt64) -> PlayTable {
    var random = SplitMix64(seed: seed)
    var table = PlayTable()
    table.facts = facts
    let total = cumulative.last ?? 0
    for line in 0..<count {
      let point = random.uniform() * total
      var low = 0
      var high = cumulative.count - 1
      while low < high {
        let middle = (low + high) / 2
        if cumulative[middle] > point { high = middle } else { low = middle + 1 }
      }
      table.rows.append(
        PlayTable.Row(line: line + 2, count: 1, values: values[low], quantities: []))
    }
    return table
  }
}

extension PlayTable {
  /// The table with only some of its facts, as an observer sees it who does not learn the others.
  public func keeping(_ names: Set<String>) -> PlayTable {
    var table = self
    let kept = facts.indices.filter { names.contains(facts[$0].name) }
    table.facts = kept.map { facts[$0] }
    for row in table.rows.indices { table.rows[row].values = kept.map { rows[row].values[$0] } }
    return table
  }
}
