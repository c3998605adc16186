/// The inner loops over a ``CompiledSequenceGame``, on unchecked memory. Only this file leaves the
/// safe part of the language; whoever calls passes arrays of the game's own sizes.
struct SequenceKernel {
  typealias Numbers = UnsafeMutableBufferPointer<Double>

  let players: Int
  fileprivate let firstSet: UnsafeBufferPointer<Int>
  fileprivate let parent: UnsafeBufferPointer<Int32>
  fileprivate let first: UnsafeBufferPointer<Int32>
  fileprivate let row: UnsafeBufferPointer<Int32>
  fileprivate let coefficient: UnsafeBufferPointer<Double>
  fileprivate let others: UnsafeBufferPointer<Int32>

  /// For each sequence of a player the sum over its row, with the others' realization
  /// probabilities `reach`; what follows on its continuations is not added.
  func gather(_ player: Int, reach: Numbers, worth: Numbers) {
    gather(player..<(player + 1), reach, worth)
    gather(Int(first[firstSet[player]])..<Int(first[firstSet[player + 1]]), reach, worth)
  }

  @inline(__always)
  private func gather(
    _ sequences: Range<Int>, _ reach: Numbers, _ worth: Numbers
  ) {
    switch players {
    case 2:
      var entry = Int(row[sequences.lowerBound])
      for sequence in sequences {
        let end = Int(row[sequence + 1])
        var sum = 0.0
        while entry < end {
          sum += coefficient[entry] * reach[Int(others[entry])]
          entry += 1
        }
        worth[sequence] = sum
      }
    case 3:
      var entry = Int(row[sequences.lowerBound])
      for sequence in sequences {
        let end = Int(row[sequence + 1])
        var sum = 0.0
        while entry < end {
          let product = reach[Int(others[2 * entry])] * reach[Int(others[2 * entry + 1])]
          sum += coefficient[entry] * product
          entry += 1
        }
        worth[sequence] = sum
      }
    default:
      let width = players - 1
      var entry = Int(row[sequences.lowerBound])
      var other = entry * width
      for sequence in sequences {
        let end = Int(row[sequence + 1])
        var sum = 0.0
        while entry < end {
          var product = coefficient[entry]
          let last = other + width
          while other < last {
            product *= reach[Int(others[other])]
            other += 1
          }
          sum += product
          entry += 1
        }
        worth[sequence] = sum
      }
    }
  }

  /// From the last information set of a player to the first: adds up what its sequences are worth
  /// under `play`, lets the rule learn from it, and replaces `play` by what it plays next.
  @inline(__always)
  func learn<Rule: RegretRule>(
    _ player: Int, _ rule: Rule, worth: Numbers,
    regret: Numbers, play: Numbers
  ) {
    var set = firstSet[player + 1]
    while set > firstSet[player] {
      set -= 1
      let begin = Int(first[set])
      let end = Int(first[set + 1])
      var value = 0.0
      for sequence in begin..<end { value += play[sequence] * worth[sequence] }
      worth[Int(parent[set])] += value
      var total = 0.0
      for sequence in begin..<end {
        let gain = worth[sequence] - value
        let kept = rule.updated(regret[sequence], gain: gain)
        regret[sequence] = kept
        let weight = rule.weight(of: kept, gain: gain)
        play[sequence] = weight
        total += weight
      }
      if total > 0 {
        for sequence in begin..<end { play[sequence] /= total }
      } else {
        let share = 1 / Double(end - begin)
        for sequence in begin..<end { play[sequence] = share }
      }
    }
  }

  /// From the first information set of a player to the last: adds the realization plan that was
  /// played to its weighted sum and replaces it by that of `play`.
  func advance(
    _ player: Int, weight: Double, play: Numbers,
    reach: Numbers, sum: Numbers
  ) {
    for set in firstSet[player]..<firstSet[player + 1] {
      let before = reach[Int(parent[set])]
      for sequence in Int(first[set])..<Int(first[set + 1]) {
        sum[sequence] += weight * reach[sequence]
        reach[sequence] = before * play[sequence]
      }
    }
  }

  /// What a player expects under `play` at the root, from what ``gather(_:reach:worth:)`` found.
  func value(
    _ player: Int, play: Numbers, worth: Numbers
  ) -> Double {
    var set = firstSet[player + 1]
    while set > firstSet[player] {
      set -= 1
      var value = 0.0
      for sequence in Int(first[set])..<Int(first[set + 1]) {
        value += play[sequence] * worth[sequence]
      }
      worth[Int(parent[set])] += value
    }
    return worth[player]
  }

  /// The most that a player can get at the root, from what ``gather(_:reach:worth:)`` found.
  func bestValue(_ player: Int, worth: Numbers) -> Double {
    var set = firstSet[player + 1]
    while set > firstSet[player] {
      set -= 1
      let begin = Int(first[set])
      let end = Int(first[set + 1])
      var best = worth[begin]
      for sequence in (begin + 1)..<end { best = max(best, worth[sequence]) }
      worth[Int(parent[set])] += best
    }
    return worth[player]
  }
}

extension CompiledSequenceGame {
  /// Lends the game's arrays as a kernel.
  @inline(__always)
  fileprivate func withKernel<Result>(_ body: (SequenceKernel) -> Result) -> Result {
    firstSet.withUnsafeBufferPointer { firstSet in
      parent.withUnsafeBufferPointer { parent in
        first.withUnsafeBufferPointer { first in
          row.withUnsafeBufferPointer { row in
            coefficient.withUnsafeBufferPointer { coefficient in
              others.withUnsafeBufferPointer { others in
                body(
                  SequenceKernel(
                    players: players.count, firstSet: firstSet, parent: parent, first: first,
                    row: row, coefficient: coefficient, others: others))
              }
            }
          }
        }
      }
    }
  }

  /// By player: what it expects from plans, and the most that it can get against the others'.
  ///
  /// - Parameters:
  ///   - play: by sequence: the probability of its last move at its information set.
  ///   - reach: by sequence: the product of these along the sequence.
  func values(play: [Double], reach: [Double]) -> [(expected: Double, best: Double)] {
    precondition(play.count == sequenceCount && reach.count == sequenceCount)
    var (play, reach) = (play, reach)
    var worth = [Double](repeating: 0, count: sequenceCount)
    return withKernel { kernel in
      play.withUnsafeMutableBufferPointer { play in
        reach.withUnsafeMutableBufferPointer { reach in
          worth.withUnsafeMutableBufferPointer { worth in
            players.indices.map { player in
              kernel.gather(player, reach: reach, worth: worth)
              let expected = kernel.value(player, play: play, worth: worth)
              kernel.gather(player, reach: reach, worth: worth)
              return (expected, kernel.bestValue(player, worth: worth))
            }
          }
        }
      }
    }
  }
}

extension RegretTables {
  /// Plays the game so often, every player in turn learning by the rule from the others' play.
  @inline(__always)
  mutating func iterate<Rule: RegretRule>(
    _ rule: Rule, of game: CompiledSequenceGame, times: Int
  ) {
    let round = (iterations + 1)..<(iterations + 1 + max(times, 0))
    iterations = round.upperBound - 1
    game.withKernel { kernel in
      play.withUnsafeMutableBufferPointer { play in
        reach.withUnsafeMutableBufferPointer { reach in
          regret.withUnsafeMutableBufferPointer { regret in
            sum.withUnsafeMutableBufferPointer { sum in
              worth.withUnsafeMutableBufferPointer { worth in
                for iteration in round {
                  let rule = rule.at(iteration: iteration)
                  for player in 0..<kernel.players {
                    kernel.gather(player, reach: reach, worth: worth)
                    kernel.learn(player, rule, worth: worth, regret: regret, play: play)
                    kernel.advance(
                      player, weight: rule.averagingWeight, play: play, reach: reach, sum: sum)
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
