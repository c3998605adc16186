import Mathematics

/// A ``VerificationPlan`` at work on a memory of lanes.
///
/// Holds a raw pointer; it never allocates and never outlives the loan of the memory.
struct VerificationKernel {
  let plan: VerificationPlan
  let memory: UnsafeMutablePointer<Lanes>

  /// Checks eight draws: a group of the columns' draws.
  func check(
    profile: Columns, logTrembles: Columns, numbers: Columns, group: Int, lambda: Lanes?
  ) -> LaneCertificate {
    var found = LaneCertificate()
    let excludes = loadOdds(numbers, group, &found)
    for player in 0..<plan.playerCount { loadPayoffs(of: player, numbers, group, &found) }
    loadChoices(profile, logTrembles, group, &found)
    if plan.hasBargains { for player in 0..<plan.playerCount { findValues(of: player) } }
    var weighed = -1
    for player in 0..<plan.playerCount {
      if plan.viewOf[player] != weighed {
        weighed = plan.viewOf[player]
        plan.down[weighed].withUnsafeBufferPointer { weigh($0, excludes: excludes) }
      }
      if !plan.hasBargains { findValues(of: player) }
      plan.checks[player].withUnsafeBufferPointer {
        checkSets($0, excludes: excludes, lambda: lambda, &found)
      }
    }
    return found
  }

  // MARK: - Numbers

  /// Loads odds with their logarithms, and powers; returns whether any odds are 0.
  private func loadOdds(_ numbers: Columns, _ group: Int, _ found: inout LaneCertificate) -> Bool {
    var least = Lanes(repeating: 1)
    for place in plan.oddsSymbols.indices {
      let value = numbers.lanes(Int(plan.oddsSymbols[place]), group: group)
      found.require((value .>= .leastNormalMagnitude) .| (value .== 0))
      found.require(value .<= 1 + 1e-9)
      least.replace(with: value, where: value .< least)
      memory[plan.odds + place] = value
      memory[plan.logOdds + place] = logarithm(
        Lanes(repeating: 1).replacing(with: value, where: value .> 0))
    }
    for place in plan.powerSymbols.indices {
      let value = numbers.lanes(Int(plan.powerSymbols[place]), group: group)
      found.require((value .>= 0) .& (value .<= 1))
      memory[plan.power + place] = value
    }
    return any(least .<= 0)
  }

  /// Loads a player's payoffs, counted from the lowest, so that a large common part costs no
  /// digits, and their range.
  private func loadPayoffs(
    of player: Int, _ numbers: Columns, _ group: Int, _ found: inout LaneCertificate
  ) {
    var low = Lanes(repeating: .infinity)
    var high = Lanes(repeating: -.infinity)
    for place in plan.payoffPlaces[player] {
      let value = numbers.lanes(Int(plan.payoffSymbols[place]), group: group)
      found.require(value - value .== 0)
      low.replace(with: value, where: value .< low)
      high.replace(with: value, where: value .> high)
      memory[plan.payoffs + place] = value
    }
    for place in plan.payoffPlaces[player] { memory[plan.payoffs + place] -= low }
    let range = high - low
    found.require(range .<= LaneCertificate.largestRange)
    memory[plan.ranges + player] = range.replacing(with: 1, where: .!(range .> 0))
  }

  /// Loads choices, which must be distributions, and witnesses, which must be fully mixed; notes how
  /// far they are apart.
  private func loadChoices(
    _ profile: Columns, _ logTrembles: Columns, _ group: Int, _ found: inout LaneCertificate
  ) {
    for set in 0..<(plan.sets.count / 2) {
      let first = Int(plan.sets[2 * set])
      var sum = Lanes()
      var mixed = Lanes()
      for action in first..<(first + Int(plan.sets[2 * set + 1])) {
        let share = profile.lanes(action, group: group)
        let tremble = logTrembles.lanes(action, group: group)
        memory[plan.probabilities + action] = share
        memory[plan.trembles + action] = tremble
        // What is above 1 is above the logarithm of any share, and too much for exponentials.
        found.require((share .>= 0) .& (tremble .<= 1))
        found.require(tremble .>= LaneCertificate.leastTremble)
        let witness = exponential(tremble)
        sum += share
        mixed += witness
        let difference = (share - witness).magnitude
        found.distance.replace(with: difference, where: difference .> found.distance)
      }
      found.require(((sum - 1).magnitude .<= 1e-9) .& ((mixed - 1).magnitude .<= 1e-6))
    }
  }

  // MARK: - Walks

  /// For each inner node the logarithm of the probability of the moves on its path, under the
  /// witness, without branches of odds 0; and how many of these there are, if there are any.
  private func weigh(_ code: UnsafeBufferPointer<Int32>, excludes: Bool) {
    memory[plan.weights] = Lanes()
    memory[plan.zeros] = Lanes()
    guard var word = code.baseAddress else { return }
    let end = word + code.count
    let toOdds = plan.odds - plan.logOdds
    while word < end {
      let node = Int(word[0])
      let weight = memory[plan.weights + node]
      let last = word + 2 + 2 * Int(word[1])
      word += 2
      while word < last {
        let child = Int(word[0])
        let isChance = word[1] < 0
        let share = Int(isChance ? ~word[1] : word[1])
        memory[plan.weights + child] = weight + memory[share]
        if excludes {
          let zeros = memory[plan.zeros + node]
          memory[plan.zeros + child] =
            isChance
            ? zeros.replacing(with: zeros + 1, where: memory[share + toOdds] .<= 0) : zeros
        }
        word += 2
      }
    }
  }

  /// What a player expects at each inner node under the profile.
  private func findValues(of player: Int) {
    plan.up[player].withUnsafeBufferPointer { code in
      guard var word = code.baseAddress else { return }
      let end = word + code.count
      while word < end {
        let target = Int(word[0])
        let last = word + 2 + 2 * Int(word[1])
        word += 2
        var sum = Lanes()
        while word < last {
          sum += memory[Int(word[0])] * memory[Int(word[1])]
          word += 2
        }
        memory[target] = sum
      }
    }
  }

  // MARK: - Sets

  /// What is wrong with a player's choices at each of its sets, under beliefs by Bayes' rule.
  private func checkSets(
    _ code: UnsafeBufferPointer<Int32>, excludes: Bool, lambda: Lanes?,
    _ found: inout LaneCertificate
  ) {
    guard var word = code.baseAddress else { return }
    let end = word + code.count
    let worths = memory + plan.worths
    while word < end {
      let header = SetHeader(word)
      let entries = word + VerificationPlan.headerLength
      if header.nodes > 1 { findBeliefs(entries, header, excludes: excludes) }
      findWorths(entries + 1, header, into: worths)
      var range = memory[plan.ranges + header.first]
      if header.power >= 0 {
        findWorths(entries + 1 + header.actions, header, into: worths + header.actions)
        findProducts(worths, header)
        range = Lanes(repeating: 1)
      }
      let first = Int(plan.sets[2 * Int(header.set)])
      if let lambda {
        found.note(residual(worths, first, header.actions, lambda / range), at: header.set)
      } else {
        found.note(gain(worths, first, header.actions) / range, at: header.set)
      }
      word = entries + header.nodes * header.stride
    }
  }

  /// Bayes' rule within an information set.
  @inline(__always)
  private func findBeliefs(_ entries: UnsafePointer<Int32>, _ header: SetHeader, excludes: Bool) {
    let weights = memory + plan.weights
    let zeros = memory + plan.zeros
    let beliefs = memory + plan.beliefs
    var fewest = Lanes(repeating: .infinity)
    if excludes {
      for node in 0..<header.nodes {
        let count = zeros[Int(entries[node * header.stride])]
        fewest.replace(with: count, where: count .< fewest)
      }
    }
    var highest = Lanes(repeating: -.infinity)
    for node in 0..<header.nodes {
      let id = Int(entries[node * header.stride])
      let weight = weights[id]
      var isHigher = weight .> highest
      if excludes { isHigher .&= zeros[id] .<= fewest }
      highest.replace(with: weight, where: isHigher)
    }
    var total = Lanes()
    for node in 0..<header.nodes {
      let id = Int(entries[node * header.stride])
      var share = exponential(weights[id] - highest)
      if excludes { share.replace(with: 0, where: zeros[id] .> fewest) }
      beliefs[node] = share
      total += share
    }
    for node in 0..<header.nodes { beliefs[node] /= total }
  }

  /// What each action is worth under the beliefs.
  @inline(__always)
  private func findWorths(
    _ addresses: UnsafePointer<Int32>, _ header: SetHeader, into worths: UnsafeMutablePointer<Lanes>
  ) {
    if header.nodes == 1 {
      for action in 0..<header.actions { worths[action] = memory[Int(addresses[action])] }
      return
    }
    let beliefs = memory + plan.beliefs
    for action in 0..<header.actions {
      var worth = Lanes()
      for node in 0..<header.nodes {
        worth += beliefs[node] * memory[Int(addresses[node * header.stride + action])]
      }
      worths[action] = worth
    }
  }

  /// The best action's worth less the expected one.
  @inline(__always)
  private func gain(
    _ worths: UnsafeMutablePointer<Lanes>, _ first: Int, _ actions: Int
  ) -> Lanes {
    var best = Lanes(repeating: -.infinity)
    var mean = Lanes()
    for action in 0..<actions {
      best.replace(with: worths[action], where: worths[action] .> best)
      // What is not a number comes through here.
      mean += memory[plan.probabilities + first + action] * worths[action]
    }
    return best - mean
  }

  /// How far the logarithms of odds are from λ times the differences of worths.
  @inline(__always)
  private func residual(
    _ worths: UnsafeMutablePointer<Lanes>, _ first: Int, _ actions: Int, _ lambda: Lanes
  ) -> Lanes {
    var likeliest = Lanes(repeating: -.infinity)
    var base = Lanes()
    for action in 0..<actions {
      let tremble = memory[plan.trembles + first + action]
      let isLikelier = tremble .> likeliest
      likeliest.replace(with: tremble, where: isLikelier)
      base.replace(with: worths[action], where: isLikelier)
    }
    var residual = Lanes()
    for action in 0..<actions {
      let odds = memory[plan.trembles + first + action] - likeliest
      let own = (odds - lambda * (worths[action] - base)).magnitude
      // What is not a number is never forgotten.
      residual.replace(with: own, where: .!(own .<= residual) .& (residual .== residual))
    }
    return residual
  }

  /// What each option of a bargain is worth, from what it is worth to each: the Nash product of
  /// gains over the last option; if one loses, the larger loss (negative).
  private func findProducts(_ worths: UnsafeMutablePointer<Lanes>, _ header: SetHeader) {
    let power = memory[header.power]
    let seconds = worths + header.actions
    let failure = worths[header.actions - 1]
    let secondFailure = seconds[header.actions - 1]
    let firstRange = memory[plan.ranges + header.first]
    let secondRange = memory[plan.ranges + header.second]
    for action in 0..<header.actions {
      let first = counted((worths[action] - failure) / firstRange)
      let second = counted((seconds[action] - secondFailure) / secondRange)
      var product = exponential(power * logOrNone(first) + (1 - power) * logOrNone(second))
      // Nothing to the power 0 is 1.
      product.replace(with: 0, where: (first .== 0) .& (power .> 0))
      product.replace(with: 0, where: (second .== 0) .& (power .< 1))
      let loss = first.replacing(with: second, where: second .< first)
      worths[action] = product.replacing(with: loss, where: loss .< 0)
    }
  }

  /// A gain or loss, none where rounding can make it.
  @inline(__always)
  private func counted(_ gain: Lanes) -> Lanes {
    gain.replacing(with: 0, where: gain.magnitude .< Verifier.leastGain)
  }

  /// The logarithm of a gain; 0 where there is none.
  @inline(__always)
  private func logOrNone(_ gain: Lanes) -> Lanes {
    logarithm(Lanes(repeating: 1).replacing(with: gain, where: gain .> 0))
  }
}
