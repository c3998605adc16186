/// The inner loops over a ``CompiledSequenceGame``, on unchecked memory. Only this file and
/// ``SamplingKernel`` leave the safe part of the language; whoever calls passes arrays of the game's
/// own sizes.
struct SequenceKernel {
  typealias Numbers = UnsafeMutableBufferPointer<Double>

  let players: Int
  fileprivate let firstGroup: UnsafeBufferPointer<Int>
  fileprivate let groups: UnsafeBufferPointer<SetGroup>
  fileprivate let parent: UnsafeBufferPointer<Int32>
  fileprivate let starts: UnsafeBufferPointer<SequenceRows.Start>
  fileprivate let strips: UnsafeBufferPointer<SequenceRows.Strip>
  fileprivate let sequence: UnsafeBufferPointer<Int32>
  fileprivate let coefficient: UnsafeBufferPointer<Double>
  fileprivate let others: UnsafeBufferPointer<Int32>

  /// For each sequence of a player the sum over its row, with the others' realization
  /// probabilities `reach`; what follows on its continuations is not added.
  func gather(_ player: Int, reach: Numbers, worth: Numbers) {
    switch players {
    case 2: gather(player, width: 1, worth) { reach[Int(others[$0])] }
    case 3:
      gather(player, width: 2, worth) { reach[Int(others[$0])] * reach[Int(others[$0 + 1])] }
    default:
      let width = players - 1
      gather(player, width: width, worth) { column in
        var product = 1.0
        for other in column..<(column + width) { product *= reach[Int(others[other])] }
        return product
      }
    }
  }

  /// - Parameters:
  ///   - width: how many sequences make a column.
  ///   - product: the probability that a column is reached.
  @inline(__always)
  private func gather(_ player: Int, width: Int, _ worth: Numbers, product: (Int) -> Double) {
    var start = starts[player]
    while start.strip < starts[player + 1].strip {
      let strip = strips[start.strip]
      start.strip += 1
      if strip.isWide {
        for _ in 0..<Int(strip.count) {
          var sum = SequenceLanes.zero
          for _ in 0..<Int(strip.length) {
            sum += coefficient.lanes(start.coefficient) * product(start.column)
            start.coefficient += SequenceLanes.scalarCount
            start.column += width
          }
          for lane in 0..<SequenceLanes.scalarCount {
            worth[Int(sequence[start.row + lane])] = sum[lane]
          }
          start.row += SequenceLanes.scalarCount
        }
      } else {
        for _ in 0..<Int(strip.count) {
          var sum = 0.0
          for _ in 0..<Int(strip.length) {
            sum += coefficient[start.coefficient] * product(start.column)
            start.coefficient += 1
            start.column += width
          }
          worth[Int(sequence[start.row])] = sum
          start.row += 1
        }
      }
    }
  }

  /// From the last information sets of a player to the first: adds up what their sequences are
  /// worth under `play`, lets the rule learn from it, and replaces `play` by what it plays next.
  @inline(__always)
  func learn<Rule: RegretRule>(
    _ player: Int, _ rule: Rule, worth: Numbers, regret: Numbers, play: Numbers
  ) {
    climb(player, worth: worth) { sequences, count, width in
      var value = SequenceLanes.zero
      var sequence = sequences
      for _ in 0..<width {
        value += play.lanes(sequence) * worth.lanes(sequence)
        sequence += count
      }
      var total = SequenceLanes.zero
      sequence = sequences
      for _ in 0..<width {
        let gain = worth.lanes(sequence) - value
        let kept = rule.updated(regret.lanes(sequence), gain: gain)
        regret.setLanes(sequence, kept)
        let weight = rule.weight(of: kept, gain: gain)
        play.setLanes(sequence, weight)
        total += weight
        sequence += count
      }
      let isIdle = total .<= 0
      let share = SequenceLanes(repeating: 1 / Double(width))
      let divisor = total.replacing(with: 1, where: isIdle)
      sequence = sequences
      for _ in 0..<width {
        let choice = play.lanes(sequence) / divisor
        play.setLanes(sequence, choice.replacing(with: share, where: isIdle))
        sequence += count
      }
      return value
    }
  }

  /// What a player expects at the root if it realizes its part of `reach`, from what
  /// ``gather(_:reach:worth:)`` found.
  func value(_ player: Int, reach: Numbers, worth: Numbers) -> Double {
    var value = worth[player]
    for index in firstGroup[player]..<firstGroup[player + 1] {
      for sequence in groups[index].sequences { value += reach[sequence] * worth[sequence] }
    }
    return value
  }

  /// The most that a player can get at the root, from what ``gather(_:reach:worth:)`` found.
  func bestValue(_ player: Int, worth: Numbers) -> Double {
    climb(player, worth: worth) { sequences, count, width in
      var best = worth.lanes(sequences)
      var sequence = sequences
      for _ in 1..<width {
        sequence += count
        let other = worth.lanes(sequence)
        best.replace(with: other, where: other .> best)
      }
      return best
    }
    return worth[player]
  }

  /// From the last groups of information sets of a player to the first: adds what each set is worth
  /// to the sequence that leads there.
  ///
  /// - Parameter body: gets the sequences of the first action of some sets, how far those of the
  ///   next action are, and the number of actions; says what the sets are worth.
  @inline(__always)
  private func climb(_ player: Int, worth: Numbers, body: (Int, Int, Int) -> SequenceLanes) {
    var index = firstGroup[player + 1]
    while index > firstGroup[player] {
      index -= 1
      let group = groups[index]
      let count = group.setCount
      var place = 0
      while place < count {
        let sequences = group.firstSequence + place
        // The commonest numbers of actions as constants, so that inner loops vanish.
        let value =
          switch group.width {
          case 2: body(sequences, count, 2)
          case 3: body(sequences, count, 3)
          default: body(sequences, count, group.width)
          }
        for lane in 0..<SequenceLanes.scalarCount {
          worth[Int(parent[group.firstSet + place + lane])] += value[lane]
        }
        place += SequenceLanes.scalarCount
      }
    }
  }

  /// Replaces a player's realization plan by that of `play`.
  func realize(_ player: Int, play: Numbers, reach: Numbers) {
    descend(player, play: play, reach: reach) { _ in }
  }

  /// Adds the realization plan that a player has played to a weighted sum and replaces it by that
  /// of `play`.
  func advance(_ player: Int, weight: Double, play: Numbers, reach: Numbers, sum: Numbers) {
    let weight = SequenceLanes(repeating: weight)
    descend(player, play: play, reach: reach) { sequence in
      sum.setLanes(sequence, sum.lanes(sequence) + weight * reach.lanes(sequence))
    }
  }

  /// From the first groups of information sets of a player to the last: replaces its realization
  /// plan, after `body` has seen what it was for some sequences.
  @inline(__always)
  private func descend(_ player: Int, play: Numbers, reach: Numbers, body: (Int) -> Void) {
    for index in firstGroup[player]..<firstGroup[player + 1] {
      let group = groups[index]
      var place = 0
      while place < group.setCount {
        var before = SequenceLanes.zero
        for lane in 0..<SequenceLanes.scalarCount {
          before[lane] = reach[Int(parent[group.firstSet + place + lane])]
        }
        var sequence = group.firstSequence + place
        for _ in 0..<group.width {
          body(sequence)
          reach.setLanes(sequence, before * play.lanes(sequence))
          sequence += group.setCount
        }
        place += SequenceLanes.scalarCount
      }
    }
  }
}

extension UnsafeBufferPointer<Double> {
  /// The numbers from a place on.
  @inline(__always)
  fileprivate func lanes(_ place: Int) -> SequenceLanes {
    UnsafeRawPointer(baseAddress.unsafelyUnwrapped + place).loadUnaligned(as: SequenceLanes.self)
  }
}

extension UnsafeMutableBufferPointer<Double> {
  /// The numbers from a place on.
  @inline(__always)
  fileprivate func lanes(_ place: Int) -> SequenceLanes {
    UnsafeRawPointer(baseAddress.unsafelyUnwrapped + place).loadUnaligned(as: SequenceLanes.self)
  }

  /// Replaces the numbers from a place on.
  @inline(__always)
  fileprivate func setLanes(_ place: Int, _ lanes: SequenceLanes) {
    UnsafeMutableRawPointer(baseAddress.unsafelyUnwrapped + place).storeBytes(
      of: lanes, as: SequenceLanes.self)
  }
}

extension CompiledSequenceGame {
  /// Lends the game's arrays as a kernel.
  @inline(__always)
  fileprivate func withKernel<Result>(_ body: (SequenceKernel) -> Result) -> Result {
    order.firstGroup.withUnsafeBufferPointer { firstGroup in
      order.groups.withUnsafeBufferPointer { groups in
        order.parent.withUnsafeBufferPointer { parent in
          rows.starts.withUnsafeBufferPointer { starts in
            rows.strips.withUnsafeBufferPointer { strips in
              rows.sequence.withUnsafeBufferPointer { sequence in
                rows.coefficient.withUnsafeBufferPointer { coefficient in
                  rows.others.withUnsafeBufferPointer { others in
                    body(
                      SequenceKernel(
                        players: players.count, firstGroup: firstGroup, groups: groups,
                        parent: parent, starts: starts, strips: strips, sequence: sequence,
                        coefficient: coefficient, others: others))
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Realization plans: by sequence the product of `play` along it.
  func reach(of play: [Double]) -> [Double] {
    precondition(play.count == order.action.count)
    var play = play
    var reach = [Double](repeating: 1, count: play.count)
    withKernel { kernel in
      play.withUnsafeMutableBufferPointer { play in
        reach.withUnsafeMutableBufferPointer { reach in
          for player in players.indices { kernel.realize(player, play: play, reach: reach) }
        }
      }
    }
    return reach
  }

  /// By player: what it expects, and the most that it can get against the others.
  ///
  /// - Parameter play: by sequence: the probability of its last move at its information set.
  func values(of play: [Double]) -> [(expected: Double, best: Double)] {
    var reach = reach(of: play)
    var worth = [Double](repeating: 0, count: reach.count)
    return withKernel { kernel in
      reach.withUnsafeMutableBufferPointer { reach in
        worth.withUnsafeMutableBufferPointer { worth in
          players.indices.map { player in
            kernel.gather(player, reach: reach, worth: worth)
            let expected = kernel.value(player, reach: reach, worth: worth)
            return (expected, kernel.bestValue(player, worth: worth))
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
