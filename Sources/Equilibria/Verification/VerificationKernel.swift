import Mathematics

/// What the check of eight draws comes to.
struct LaneCertificate {
  var regret = Lanes()
  var informationSet = Lanes(repeating: -1)
  var distance = Lanes()
  /// Not 0 where something is wrong with an assessment or a game in itself.
  var isDefective = Lanes()

  /// Notes a defect. What is not a number fulfills no condition.
  @inline(__always)
  mutating func require(_ condition: SIMDMask<SIMD8<Int64>>) {
    isDefective.replace(with: 1, where: .!condition)
  }

  /// Notes a set's regret. What is not a number is never forgotten.
  @inline(__always)
  mutating func note(_ regret: Lanes, at set: Int32) {
    let isWorse = .!(regret .<= self.regret) .& (self.regret .== self.regret)
    self.regret.replace(with: regret, where: isWorse)
    informationSet.replace(with: Double(set), where: isWorse)
  }
}

/// A ``VerificationPlan`` at work on a memory of lanes.
///
/// Holds raw pointers; it never allocates and never outlives the borrow.
struct VerificationKernel {
  let plan: VerificationPlan
  let memory: UnsafeMutablePointer<Lanes>

  func check(lambda: Lanes?) -> LaneCertificate {
    var found = LaneCertificate()
    checkNumbers(&found)
    checkChoices(&found)
    for view in 0..<plan.viewCount {
      plan.down[view].withUnsafeBufferPointer { weigh($0) }
      for player in plan.viewOf.indices where plan.viewOf[player] == view {
        let range = countFromLowest(plan.payoffRanges[player])
        plan.up[player].withUnsafeBufferPointer { value($0) }
        plan.checks[player].withUnsafeBufferPointer {
          checkSets($0, range: range, lambda: lambda, &found)
        }
      }
    }
    return found
  }

  // MARK: - Defects

  /// Odds must be odds, payoffs numbers.
  private func checkNumbers(_ found: inout LaneCertificate) {
    for place in 0..<plan.oddsSymbols.count {
      let value = memory[plan.odds + place]
      found.require((value .>= 0) .& (value .<= 1 + 1e-9))
      memory[plan.logOdds + place] = logarithm(
        Lanes(repeating: 1).replacing(with: value, where: value .> 0))
    }
    for place in 0..<plan.payoffSymbols.count {
      let value = memory[plan.payoffs + place]
      found.require(value - value .== 0)
    }
  }

  /// Choices must be distributions, witnesses fully mixed; notes how far they are apart.
  private func checkChoices(_ found: inout LaneCertificate) {
    for set in 0..<(plan.sets.count / 2) {
      let first = Int(plan.sets[2 * set])
      var sum = Lanes()
      var mixed = Lanes()
      for action in first..<(first + Int(plan.sets[2 * set + 1])) {
        let share = memory[plan.probabilities + action]
        let tremble = memory[plan.trembles + action]
        found.require((share .>= 0) .& (tremble - tremble .== 0))
        let witness = exponential(tremble)
        sum += share
        mixed += witness
        let difference = size(share - witness)
        found.distance.replace(with: difference, where: difference .> found.distance)
      }
      found.require((size(sum - 1) .<= 1e-9) .& (size(mixed - 1) .<= 1e-6))
    }
  }

  @inline(__always)
  private func size(_ x: Lanes) -> Lanes { x.replacing(with: -x, where: x .< 0) }

  // MARK: - Walks

  /// For each node: how many branches of odds 0 lead there, and the logarithm of the probability of
  /// the other moves on its path, under the witness.
  private func weigh(_ code: UnsafeBufferPointer<Int32>) {
    memory[plan.weights] = Lanes()
    memory[plan.zeros] = Lanes()
    guard var word = code.baseAddress else { return }
    let end = word + code.count
    while word < end {
      let weight = memory[plan.weights + Int(word[0])]
      let zeros = memory[plan.zeros + Int(word[0])]
      let isChance = word[1] != 0
      let count = Int(word[2])
      word += 3
      for _ in 0..<count {
        let child = Int(word[0])
        memory[plan.weights + child] = weight + memory[Int(word[1])]
        if isChance {
          memory[plan.zeros + child] = zeros.replacing(
            with: zeros + 1, where: memory[Int(word[2])] .<= 0)
          word += 3
        } else {
          memory[plan.zeros + child] = zeros
          word += 2
        }
      }
    }
  }

  /// Counts a player's payoffs from the lowest, so that a large common part costs no digits, and
  /// returns their range.
  private func countFromLowest(_ payoffs: Range<Int>) -> Lanes {
    var low = Lanes(repeating: .infinity)
    var high = Lanes(repeating: -.infinity)
    for place in payoffs {
      let value = memory[plan.payoffs + place]
      low.replace(with: value, where: value .< low)
      high.replace(with: value, where: value .> high)
    }
    for place in payoffs { memory[plan.payoffs + place] -= low }
    return (high - low).replacing(with: 1, where: .!(high .> low))
  }

  /// What a player expects at each node under the profile.
  private func value(_ code: UnsafeBufferPointer<Int32>) {
    guard var word = code.baseAddress else { return }
    let end = word + code.count
    while word < end {
      let target = Int(word[0])
      let count = Int(word[1])
      word += 2
      var sum = Lanes()
      for _ in 0..<count {
        sum += memory[Int(word[0])] * memory[Int(word[1])]
        word += 2
      }
      memory[target] = sum
    }
  }

  // MARK: - Sets

  /// The largest gain from another action at each of a player's sets, under beliefs by Bayes' rule.
  private func checkSets(
    _ code: UnsafeBufferPointer<Int32>, range: Lanes, lambda: Lanes?, _ found: inout LaneCertificate
  ) {
    guard var word = code.baseAddress else { return }
    let end = word + code.count
    while word < end {
      let set = word[0]
      let nodes = Int(word[1])
      let actions = Int(word[2])
      word += 3
      let worths = memory + plan.scratch
      let beliefs = worths + actions
      findBeliefs(word, nodes: nodes, stride: 1 + actions, into: beliefs)
      for action in 0..<actions {
        var worth = Lanes()
        for node in 0..<nodes {
          worth += beliefs[node] * memory[Int(word[node * (1 + actions) + 1 + action])]
        }
        worths[action] = worth
      }
      let first = Int(plan.sets[2 * Int(set)])
      if let lambda {
        found.note(residual(worths, first, actions, lambda / range), at: set)
      } else {
        var best = Lanes(repeating: -.infinity)
        var mean = Lanes()
        for action in 0..<actions {
          // What is not a number is the best, so that it is noticed.
          best.replace(with: worths[action], where: .!(worths[action] .<= best))
          mean += memory[plan.probabilities + first + action] * worths[action]
        }
        found.note((best - mean) / range, at: set)
      }
      word += nodes * (1 + actions)
    }
  }

  private func findBeliefs(
    _ code: UnsafePointer<Int32>, nodes: Int, stride: Int, into beliefs: UnsafeMutablePointer<Lanes>
  ) {
    if nodes == 1 {
      beliefs[0] = Lanes(repeating: 1)
      return
    }
    var fewest = Lanes(repeating: .infinity)
    for node in 0..<nodes {
      let zeros = memory[plan.zeros + Int(code[node * stride])]
      fewest.replace(with: zeros, where: zeros .< fewest)
    }
    var highest = Lanes(repeating: -.infinity)
    for node in 0..<nodes {
      let id = Int(code[node * stride])
      let weight = memory[plan.weights + id]
      highest.replace(
        with: weight, where: (memory[plan.zeros + id] .<= fewest) .& (weight .> highest))
    }
    var total = Lanes()
    for node in 0..<nodes {
      let id = Int(code[node * stride])
      let share = exponential(memory[plan.weights + id] - highest).replacing(
        with: 0, where: memory[plan.zeros + id] .> fewest)
      beliefs[node] = share
      total += share
    }
    let scale = 1 / total
    for node in 0..<nodes { beliefs[node] *= scale }
  }

  /// How far the logarithms of odds are from λ times the differences of worths.
  private func residual(
    _ worths: UnsafeMutablePointer<Lanes>, _ first: Int, _ actions: Int, _ lambda: Lanes
  ) -> Lanes {
    var likeliest = memory[plan.trembles + first]
    var base = worths[0]
    for action in 1..<max(actions, 1) {
      let tremble = memory[plan.trembles + first + action]
      let isLikelier = tremble .>= likeliest
      likeliest.replace(with: tremble, where: isLikelier)
      base.replace(with: worths[action], where: isLikelier)
    }
    var residual = Lanes()
    for action in 0..<actions {
      let odds = memory[plan.trembles + first + action] - likeliest
      let own = size(odds - lambda * (worths[action] - base))
      residual.replace(with: own, where: .!(own .<= residual))
    }
    return residual
  }
}

extension VerificationPlan {
  /// Lends a memory to a kernel.
  func withKernel<Result>(
    _ memory: UnsafeMutableBufferPointer<Lanes>, _ body: (VerificationKernel) -> Result
  ) -> Result? {
    guard let base = memory.baseAddress else { return nil }
    return body(VerificationKernel(plan: self, memory: base))
  }
}
