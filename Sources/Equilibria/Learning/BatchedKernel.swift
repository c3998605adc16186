internal import Mathematics

/// Regret minimization in several draws of a game side by side: what ``SequenceKernel`` does to one
/// game, with one draw in each lane. All numbers of a block of draws fit the nearest caches where
/// the game is small. Memory is unchecked: ``BatchedTables`` makes it of the game's own sizes.
struct BatchedKernel {
  typealias Numbers = UnsafeMutableBufferPointer<Lanes>

  fileprivate let players: Int
  fileprivate let sets: UnsafeBufferPointer<BatchedSequences.Set>
  fileprivate let firstSet: UnsafeBufferPointer<Int>
  fileprivate let firstSequence: UnsafeBufferPointer<Int>
  fileprivate let firstEntry: UnsafeBufferPointer<Int32>
  fileprivate let others: UnsafeBufferPointer<Int32>
  /// By entry.
  fileprivate let coefficient: Numbers
  /// By sequence: the probability of its last move, and of all its moves.
  fileprivate let play: Numbers
  fileprivate let reach: Numbers
  /// By sequence: what is kept of regrets, and the weighted sum of ``reach``.
  fileprivate let regret: Numbers
  fileprivate let sum: Numbers
  /// By sequence: counterfactual values.
  fileprivate let worth: Numbers

  /// Everybody plays all actions alike and regrets nothing.
  func start() {
    regret.update(repeating: .zero)
    sum.update(repeating: .zero)
    reach.update(repeating: Lanes(repeating: 1))
    play.update(repeating: Lanes(repeating: 1))
    average()
  }

  /// One iteration: every player in turn learns from the others' play.
  func iterate(weight: Double) {
    for player in 0..<players {
      gather(player)
      learn(player)
      advance(player, weight: weight)
    }
  }

  /// For each sequence of a player the sum over its row.
  private func gather(_ player: Int) {
    switch players {
    case 2: gather(player, width: 1) { reach[Int(others[$0])] }
    case 3: gather(player, width: 2) { reach[Int(others[$0])] * reach[Int(others[$0 + 1])] }
    default:
      let width = players - 1
      gather(player, width: width) { column in
        var product = Lanes(repeating: 1)
        for other in column..<(column + width) { product *= reach[Int(others[other])] }
        return product
      }
    }
  }

  /// - Parameters:
  ///   - width: how many sequences make a column.
  ///   - product: the probability that a column is reached.
  @inline(__always)
  private func gather(_ player: Int, width: Int, product: (Int) -> Lanes) {
    gatherRow(player, width, product)
    for sequence in firstSequence[player]..<firstSequence[player + 1] {
      gatherRow(sequence, width, product)
    }
  }

  @inline(__always)
  private func gatherRow(_ sequence: Int, _ width: Int, _ product: (Int) -> Lanes) {
    var total = Lanes.zero
    var entry = Int(firstEntry[sequence])
    let end = Int(firstEntry[sequence + 1])
    while entry < end {
      total += coefficient[entry] * product(entry * width)
      entry += 1
    }
    worth[sequence] = total
  }

  /// Lets a player learn at its sets, from the last to the first.
  private func learn(_ player: Int) {
    for index in firstSet[player]..<firstSet[player + 1] {
      let set = sets[index]
      let first = Int(set.first)
      // The commonest numbers of actions as constants, so that inner loops vanish.
      switch set.width {
      case 2: worth[Int(set.parent)] += learn(first, 2)
      case 3: worth[Int(set.parent)] += learn(first, 3)
      default: worth[Int(set.parent)] += learn(first, Int(set.width))
      }
    }
  }

  /// Regret matching with regrets cut off at 0.
  ///
  /// - Returns: what the set was worth as it was played.
  @inline(__always)
  private func learn(_ first: Int, _ width: Int) -> Lanes {
    var value = Lanes.zero
    for sequence in first..<(first + width) { value += play[sequence] * worth[sequence] }
    var total = Lanes.zero
    for sequence in first..<(first + width) {
      var kept = regret[sequence] + (worth[sequence] - value)
      kept.replace(with: 0, where: kept .< 0)
      regret[sequence] = kept
      total += kept
    }
    choose(first, width, in: regret, of: total)
    return value
  }

  /// Plays the actions of a set in proportion to weights with this total, all alike where it is 0.
  @inline(__always)
  private func choose(_ first: Int, _ width: Int, in weights: Numbers, of total: Lanes) {
    let isIdle = total .<= 0
    let share = Lanes(repeating: 1 / Double(width))
    let divisor = total.replacing(with: 1, where: isIdle)
    for sequence in first..<(first + width) {
      play[sequence] = (weights[sequence] / divisor).replacing(with: share, where: isIdle)
    }
  }

  /// Adds the realization plan that a player has played to the weighted sum, and replaces it by
  /// that of ``play``.
  private func advance(_ player: Int, weight: Double) {
    // One pass for both is slower.
    for sequence in firstSequence[player]..<firstSequence[player + 1] {
      sum[sequence] += weight * reach[sequence]
    }
    realize(player)
  }

  /// Replaces a player's realization plan by that of ``play``.
  private func realize(_ player: Int) {
    var index = firstSet[player + 1]
    while index > firstSet[player] {
      index -= 1
      let set = sets[index]
      let before = reach[Int(set.parent)]
      for sequence in Int(set.first)..<Int(set.first + set.width) {
        reach[sequence] = before * play[sequence]
      }
    }
  }

  /// Replaces ``play`` by the average of play.
  func average() {
    for player in 0..<players {
      for index in firstSet[player]..<firstSet[player + 1] {
        let (first, width) = (Int(sets[index].first), Int(sets[index].width))
        var total = Lanes.zero
        for sequence in first..<(first + width) { total += sum[sequence] }
        choose(first, width, in: sum, of: total)
      }
      realize(player)
    }
  }

  /// What a player expects under ``play``, and the most that it can get against the others.
  func values(of player: Int) -> (expected: Lanes, best: Lanes) {
    gather(player)
    var expected = worth[player]
    for sequence in firstSequence[player]..<firstSequence[player + 1] {
      expected += reach[sequence] * worth[sequence]
    }
    for index in firstSet[player]..<firstSet[player + 1] {
      let set = sets[index]
      var best = worth[Int(set.first)]
      for sequence in Int(set.first)..<Int(set.first + set.width) {
        best.replace(with: worth[sequence], where: worth[sequence] .> best)
      }
      worth[Int(set.parent)] += best
    }
    return (expected, worth[player])
  }
}

/// Room for one block of draws.
struct BatchedTables {
  private let game: BatchedSequences
  private var coefficient: [Lanes]
  private var play: [Lanes]
  private var reach: [Lanes]
  private var regret: [Lanes]
  private var sum: [Lanes]
  private var worth: [Lanes]

  init(_ game: BatchedSequences) {
    self.game = game
    coefficient = Array(repeating: .zero, count: game.entryCount)
    play = Array(repeating: .zero, count: game.count)
    (reach, regret, sum, worth) = (play, play, play, play)
  }

  /// What a block of draws came to.
  struct Outcome {
    /// By sequence: the probability of its last move in average play.
    var play: [Lanes]
    /// By player.
    var values: [(expected: Lanes, best: Lanes)]
  }

  /// Plays each draw so often from a fresh start, and measures the average of play.
  ///
  /// - Parameters:
  ///   - payoffs: by end × player.
  ///   - first: the first draw; those after it fill the lanes.
  mutating func solve(_ payoffs: Columns, first: Int, iterations: Int) -> Outcome {
    load(payoffs, first)
    let values = withKernel { kernel in
      kernel.start()
      for iteration in stride(from: 1, through: iterations, by: 1) {
        kernel.iterate(weight: Double(iteration))
      }
      kernel.average()
      return (0..<kernel.players).map { kernel.values(of: $0) }
    }
    return Outcome(play: play, values: values)
  }

  /// Payoffs times odds of chance.
  private mutating func load(_ payoffs: Columns, _ first: Int) {
    for entry in coefficient.indices {
      var total = Lanes.zero
      for term in Int(game.firstTerm[entry])..<Int(game.firstTerm[entry + 1]) {
        let place = Int(game.payoff[term]) * payoffs.stride + first
        var own = Lanes.zero
        for lane in 0..<Lanes.width { own[lane] = payoffs.values[place + lane] }
        total += own * game.odds[term]
      }
      coefficient[entry] = total
    }
  }

  /// Lends all arrays as a kernel.
  @inline(__always)
  private mutating func withKernel<Result>(_ body: (BatchedKernel) -> Result) -> Result {
    let game = game
    return coefficient.withUnsafeMutableBufferPointer { coefficient in
      play.withUnsafeMutableBufferPointer { play in
        reach.withUnsafeMutableBufferPointer { reach in
          regret.withUnsafeMutableBufferPointer { regret in
            sum.withUnsafeMutableBufferPointer { sum in
              worth.withUnsafeMutableBufferPointer { worth in
                game.withPointers { sets, firstSet, firstSequence, firstEntry, others in
                  body(
                    BatchedKernel(
                      players: game.players, sets: sets, firstSet: firstSet,
                      firstSequence: firstSequence, firstEntry: firstEntry, others: others,
                      coefficient: coefficient, play: play, reach: reach, regret: regret,
                      sum: sum, worth: worth))
                }
              }
            }
          }
        }
      }
    }
  }
}

extension BatchedSequences {
  @inline(__always)
  fileprivate func withPointers<Result>(
    _ body: (
      UnsafeBufferPointer<Set>, UnsafeBufferPointer<Int>, UnsafeBufferPointer<Int>,
      UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Int32>
    ) -> Result
  ) -> Result {
    sets.withUnsafeBufferPointer { sets in
      firstSet.withUnsafeBufferPointer { firstSet in
        firstSequence.withUnsafeBufferPointer { firstSequence in
          firstEntry.withUnsafeBufferPointer { firstEntry in
            others.withUnsafeBufferPointer { others in
              body(sets, firstSet, firstSequence, firstEntry, others)
            }
          }
        }
      }
    }
  }
}
