internal import Mathematics

/// The walks of ``ExternalSamplingCFR`` over a ``SampledTree``, on unchecked memory. Only this file
/// and ``SequenceKernel`` leave the safe part of the language.
struct SamplingKernel {
  let players: Int
  let nodes: UnsafeBufferPointer<SampledTree.Node>
  let payoffs: UnsafeBufferPointer<Double>
  let odds: UnsafeBufferPointer<Double>
  let view: UnsafeBufferPointer<Int>
  let regret: UnsafeMutableBufferPointer<Double>
  let sum: UnsafeMutableBufferPointer<Double>

  /// What the traverser expects below a node; all its own actions are tried and learned from, one
  /// branch of everybody else's is drawn.
  func walk(_ start: Int, traverser: Int32, _ stream: inout SplitMix64) -> Double {
    var place = start
    while true {
      let node = nodes[place]
      let child = Int(node.child)
      let first = Int(node.index)
      let count = Int(node.count)
      if node.mover == traverser {
        return learn(first, count, child, traverser, &stream)
      } else if node.mover >= 0 {
        let follows = node.mover == traverser + 1 || node.mover == 0 && traverser == players - 1
        place = child + choose(first, count, isAveraged: follows, stream.uniform())
      } else if node.mover == SampledTree.Node.chance {
        let point = stream.uniform()
        var branch = view[Int(traverser)] + first
        let begin = branch
        while odds[branch] <= point { branch += 1 }
        place = child + branch - begin
      } else {
        return payoffs[first + Int(traverser)]
      }
    }
  }

  /// Tries all actions of the traverser. The set is met once in a walk, so that its regrets can be
  /// changed while the walk goes on below.
  private func learn(
    _ first: Int, _ count: Int, _ child: Int, _ traverser: Int32, _ stream: inout SplitMix64
  ) -> Double {
    var total = 0.0
    for action in first..<(first + count) { total += max(regret[action], 0) }
    var value = 0.0
    for ordinal in 0..<count {
      let kept = regret[first + ordinal]
      let share = total > 0 ? max(kept, 0) / total : 1 / Double(count)
      let worth = walk(child + ordinal, traverser: traverser, &stream)
      value += share * worth
      regret[first + ordinal] = kept + worth
    }
    for action in first..<(first + count) { regret[action] -= value }
    return value
  }

  /// Draws an action of another player by its regrets, and adds its choice to its average.
  @inline(__always)
  private func choose(_ first: Int, _ count: Int, isAveraged: Bool, _ point: Double) -> Int {
    var total = 0.0
    for action in first..<(first + count) { total += max(regret[action], 0) }
    if !(total > 0) {
      if isAveraged {
        for action in first..<(first + count) { sum[action] += 1 / Double(count) }
      }
      return min(Int(point * Double(count)), count - 1)
    }
    if isAveraged {
      for action in first..<(first + count) { sum[action] += max(regret[action], 0) / total }
    }
    var rest = point * total
    var chosen = 0
    for ordinal in 0..<count {
      let weight = max(regret[first + ordinal], 0)
      if weight > 0 {
        chosen = ordinal
        if rest < weight { break }
        rest -= weight
      }
    }
    return chosen
  }
}

extension SampledTree {
  /// Walks once for each player in each of these iterations, by random numbers that depend on
  /// nothing but the seed and the number of the iteration.
  func walk(
    _ iterations: Range<Int>, seed: UInt64, regret: inout [Double], sum: inout [Double]
  ) {
    nodes.withUnsafeBufferPointer { nodes in
      payoffs.withUnsafeBufferPointer { payoffs in
        odds.withUnsafeBufferPointer { odds in
          view.withUnsafeBufferPointer { view in
            regret.withUnsafeMutableBufferPointer { regret in
              sum.withUnsafeMutableBufferPointer { sum in
                let kernel = SamplingKernel(
                  players: players, nodes: nodes, payoffs: payoffs, odds: odds, view: view,
                  regret: regret, sum: sum)
                for iteration in iterations {
                  var stream = SplitMix64(seed: SplitMix64.hash(seed, UInt64(iteration)))
                  for player in 0..<players {
                    _ = kernel.walk(0, traverser: Int32(player), &stream)
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
