import Games
import Scenarios

/// The likeliest course of the story.
enum MainLine {
  /// Follows the likeliest value of each step in turn, whatever the parties' types, with its odds
  /// given the line so far. `shares` are the terminals' probabilities, averaged over the draws.
  ///
  /// - Complexity: O(nodes × steps on the line).
  static func play(
    _ game: ParametricGame, scenario: Scenario, shares: [Double]
  ) -> [Forecast.PlayedStep] {
    let tree = game.tree
    let typeCount = scenario.types.count
    // What happened on the way to each terminal, types left out, first to last.
    var paths: [[Event]] = []
    var weights: [Double] = []
    for (terminal, share) in zip(tree.terminals, shares) where share > 0 {
      var path: [Event] = []
      var node = terminal.node
      while tree.nodes[node].parent >= 0 {
        let branch = tree.nodes[node].incoming
        let parent = Int(tree.nodes[node].parent)
        let ordinal = Int(branch - tree.nodes[parent].firstBranch)
        let index = Int(tree.nodes[parent].index)
        if tree.nodes[parent].kind == .decision {
          let set = tree.informationSets[index]
          path.append(
            Event(
              party: set.bargain == nil
                ? tree.players[set.player]
                : set.bargain?.between.map { tree.players[$0] }.joined(separator: " and "),
              step: game.decisions[index].step, value: set.actions[ordinal]))
        } else if game.chanceFacts[index] >= typeCount {
          let move = tree.chanceMoves[index]
          path.append(Event(party: nil, step: move.label, value: move.branches[ordinal]))
        }
        node = parent
      }
      paths.append(path.reversed())
      weights.append(share)
    }
    var line: [Forecast.PlayedStep] = []
    var open = Array(paths.indices)
    var total = weights.reduce(0, +)
    while total > 0 {
      let depth = line.count
      var byEvent: [Event: Double] = [:]
      for index in open where paths[index].count > depth {
        byEvent[paths[index][depth], default: 0] += weights[index]
      }
      let ended = total - byEvent.values.reduce(0, +)
      guard
        let next = byEvent.max(by: {
          ($0.value, $1.key.step, $1.key.value) < ($1.value, $0.key.step, $0.key.value)
        }), next.value > ended
      else { break }
      line.append(
        Forecast.PlayedStep(
          party: next.key.party, step: next.key.step, value: next.key.value,
          probability: min(next.value / total, 1)))
      open = open.filter { paths[$0].count > depth && paths[$0][depth] == next.key }
      total = next.value
    }
    return line
  }

  private struct Event: Hashable {
    var party: String?
    var step: String
    var value: String
  }
}
