import Equilibria
import Games
import Mathematics
import Scenarios

/// Computes, draw by draw, what each choice on the main line brings over the other options.
struct ChoiceKernel {
  private let world: World
  private let plan: ChoicePlan
  private let tree: GameTree
  /// By view, the odds that each party holds there.
  private var values: [Double]
  private var totals: [Double]
  private var reach: [Double]
  /// How likely what happens from a node on makes the evidence; 1 without any.
  private var support: [Double]
  private var belief: [Double]

  init(_ world: World, plan: ChoicePlan) {
    self.world = world
    self.plan = plan
    tree = world.game.tree
    values = Array(repeating: 0, count: tree.nodes.count)
    totals = values
    reach = values
    belief = values
    support = Array(repeating: 1, count: tree.nodes.count)
  }

  /// A row of the numbers that make a draw's game and play.
  struct Draw {
    /// The game's numbers, by column.
    var numbers: [Double]
    /// The play that results, by action; and the equilibrium of each view with its witness.
    var play: [Double]
    var profiles: [[Double]]
    var logTrembles: [[Double]]
  }

  /// Adds a draw to the sums, one for each decision of the plan.
  ///
  /// - Complexity: O(decisions × terms × nodes).
  mutating func add(_ draw: Draw, replicate: Int, to sums: inout [ChoiceSums]) {
    findReach(draw)
    findSupport(draw)
    for (index, decision) in plan.decisions.enumerated() {
      let odds = odds(heldBy: decision.party, in: decision.view, draw)
      findBeliefs(decision, odds: odds, draw)
      let weights = decision.sets.map { set -> Double in
        guard set.ordinals[0] >= 0 else { return 0 }
        let share = draw.play[
          tree.informationSets[set.informationSet].firstAction + set.ordinals[0]]
        return share
          * set.nodes.reduce(0) {
            $0 + reach[$1] * support[tree.child(of: $1, action: set.ordinals[0])]
          }
      }
      sums[index].draws += support[0]
      let weight = weights.reduce(0, +)
      let reached = decision.sets.reduce(0) {
        $0 + $1.nodes.reduce(0) { $0 + reach[$1] * support[$1] }
      }
      if reached > 0, weight >= reached / 2 { sums[index].chosen += support[0] }
      if weight <= 0 { continue }
      sums[index].range += weight * range(of: decision, draw)
      let columns = world.block.terms[decision.view][decision.party]
      let count = tree.terminals.isEmpty ? 0 : columns.count / tree.terminals.count
      let payoffs = world.block.symbols[decision.view].payoffs
      let players = tree.players.count
      // The whole gain is computed from whole payoffs, so that it owes nothing to the terms.
      for term in -1..<count {
        for (terminal, end) in tree.terminals.enumerated() {
          let column =
            term < 0
            ? payoffs[terminal * players + decision.party] : columns[terminal * count + term]
          values[end.node] = draw.numbers[Int(column)]
        }
        foldBack(odds: odds, profile: draw.profiles[decision.view])
        for (set, weight) in zip(decision.sets, weights) where weight > 0 {
          add(
            term, weight, set, decision.options.count, replicate: replicate, to: &sums[index])
        }
      }
    }
  }

  /// Adds what one information set says of one term, or of the whole for term -1.
  private func add(
    _ term: Int, _ weight: Double, _ set: ChoicePlan.OnLine, _ options: Int, replicate: Int,
    to sums: inout ChoiceSums
  ) {
    let nodes = tree.informationSets[set.informationSet].nodes
    func worth(_ ordinal: Int) -> Double {
      nodes.reduce(0) { $0 + belief[$1] * values[tree.child(of: $1, action: ordinal)] }
    }
    let own = worth(set.ordinals[0])
    for option in 0..<options where set.ordinals[option] >= 0 {
      let gain = weight * (own - worth(set.ordinals[option]))
      if term < 0 {
        sums.weights[option][replicate] += weight
        sums.gains[option][replicate] += gain
      } else {
        sums.terms[option][term] += gain
      }
    }
  }

  private func range(of decision: ChoicePlan.Decision, _ draw: Draw) -> Double {
    let payoffs = world.block.symbols[decision.view].payoffs
    var low = Double.infinity
    var high = -Double.infinity
    for terminal in tree.terminals.indices {
      let column = payoffs[terminal * tree.players.count + decision.party]
      low = min(low, draw.numbers[Int(column)])
      high = max(high, draw.numbers[Int(column)])
    }
    return high - low
  }

  /// The columns of the odds that a party holds in a view, by branch.
  private func odds(heldBy party: Int, in view: Int, _ draw: Draw) -> [Double] {
    let symbols = world.block.symbols[view]
    let columns = symbols.subjectiveOdds[party] ?? symbols.odds
    return columns.map { $0 < 0 ? 0 : draw.numbers[Int($0)] }
  }

  /// How likely each node is in the play that results, by the analyst's odds.
  private mutating func findReach(_ draw: Draw) {
    let odds = world.block.symbols[0].odds
    reach[0] = 1
    for (id, node) in tree.nodes.enumerated() where node.kind != .terminal {
      for (ordinal, branch) in tree.branches(of: id).enumerated() {
        let share =
          node.kind == .chance
          ? draw.numbers[Int(odds[branch])]
          : draw.play[tree.informationSets[Int(node.index)].firstAction + ordinal]
        reach[Int(tree.branchTarget[branch])] = reach[id] == 0 ? 0 : reach[id] * share
      }
    }
  }

  /// How likely the evidence is from each node on, in the play that results, by the analyst's odds.
  private mutating func findSupport(_ draw: Draw) {
    guard let weight = world.weight else { return }
    let columns = world.block.events[weight]
    for (terminal, end) in tree.terminals.enumerated() {
      support[end.node] = draw.numbers[Int(columns[terminal])]
    }
    let odds = world.block.symbols[0].odds
    for id in tree.nodes.indices.reversed() {
      let node = tree.nodes[id]
      if node.kind == .terminal { continue }
      var sum = 0.0
      for (ordinal, branch) in tree.branches(of: id).enumerated() {
        let share =
          node.kind == .chance
          ? draw.numbers[Int(odds[branch])]
          : draw.play[tree.informationSets[Int(node.index)].firstAction + ordinal]
        sum += share * support[Int(tree.branchTarget[branch])]
      }
      support[id] = sum
    }
  }

  /// What the party believes at its information sets: reach in the witness of its view, whose limit
  /// the beliefs are, by its own odds.
  private mutating func findBeliefs(
    _ decision: ChoicePlan.Decision, odds: [Double], _ draw: Draw
  ) {
    let logs = Play.logarithms(
      tree, odds: odds, logTrembles: draw.logTrembles[decision.view], forced: nil)
    for set in decision.sets {
      let nodes = tree.informationSets[set.informationSet].nodes
      let highest = nodes.map { logs[$0] }.max() ?? -.infinity
      var total = 0.0
      for node in nodes {
        belief[node] = highest > -.infinity ? exponential(logs[node] - highest) : 1
        total += belief[node]
      }
      for node in nodes { belief[node] /= total }
    }
  }

  /// Expected values from the ends up, by the party's odds and its view's equilibrium. What has no
  /// chance counts for nothing, whatever its value.
  private mutating func foldBack(odds: [Double], profile: [Double]) {
    for id in tree.nodes.indices.reversed() {
      let node = tree.nodes[id]
      if node.kind == .terminal { continue }
      var value = 0.0
      for (ordinal, branch) in tree.branches(of: id).enumerated() {
        let share =
          node.kind == .chance
          ? odds[branch] : profile[tree.informationSets[Int(node.index)].firstAction + ordinal]
        if share != 0 { value += share * values[Int(tree.branchTarget[branch])] }
      }
      values[id] = value
    }
  }
}
