import Mathematics

/// A ``LogitProgram`` at work on eight draws at once: what ``LogitSystem`` computes for one, lane by
/// lane, for choices by logit at a finite λ.
///
/// Holds raw pointers into buffers that are borrowed for one block; it never allocates and never
/// outlives the borrow. Bargains and simultaneous moves are left to ``LogitSystem``.
struct LaneLogitSystem {
  let memory: UnsafeMutablePointer<Lanes>
  let layout: LogitProgram.Layout
  let rowLength: Int
  let constantCode: UnsafeBufferPointer<Int32>
  let explicitCode: UnsafeBufferPointer<Int32>
  let unknownCode: UnsafeBufferPointer<Int32>
  let closingCode: UnsafeBufferPointer<Int32>
  let gradientIndex: UnsafePointer<Int32>

  func runConstants() { run(constantCode, lambda: Lanes(), mode: .logit) }
  func runExplicit(lambda: Lanes, mode: LogitSystem.Mode) {
    run(explicitCode, lambda: lambda, mode: mode)
  }
  func runUnknown() { run(unknownCode, lambda: Lanes(), mode: .logit) }
  func runClosing() { run(closingCode, lambda: Lanes(), mode: .logit) }

  /// Gives a system of one draw the numbers and choices of a lane.
  func copy(_ lane: Int, to other: LogitSystem) {
    for address in 0..<layout.rows { other.memory[address] = memory[address][lane] }
  }

  private func run(
    _ code: UnsafeBufferPointer<Int32>, lambda: Lanes, mode: LogitSystem.Mode
  ) {
    guard var word = code.baseAddress else { return }
    let end = word + code.count
    while word < end {
      switch word[0] {
      case LogitProgram.chance: word = runChance(word)
      case LogitProgram.decision: word = runDecision(word)
      default: word = runInformationSet(word, lambda: lambda, mode: mode)
      }
    }
  }

  /// Expected value over branches with given odds.
  @inline(__always)
  private func runChance(_ code: UnsafePointer<Int32>) -> UnsafePointer<Int32> {
    let gradient = memory + Int(code[2])
    for entry in 0..<Int(code[3]) { gradient[entry] = Lanes() }
    var value = Lanes()
    var word = code + 5
    for _ in 0..<Int(code[4]) {
      let weight = memory[Int(word[0])]
      value += weight * memory[Int(word[1])]
      word = addGradient(word, weight: weight, to: gradient)
    }
    memory[Int(code[1])] = value
    return word
  }

  /// Expected value over an information set's choices.
  @inline(__always)
  private func runDecision(_ code: UnsafePointer<Int32>) -> UnsafePointer<Int32> {
    let gradient = memory + Int(code[2])
    let length = Int(code[3])
    let count = Int(code[4])
    let block = Int(code[5])
    for entry in 0..<length { gradient[entry] = Lanes() }
    var value = Lanes()
    let start = code + 7
    var word = start
    for _ in 0..<count {
      let weight = memory[Int(word[0])]
      value += weight * memory[Int(word[1])]
      word = addGradient(word, weight: weight, to: gradient)
    }
    memory[Int(code[1])] = value
    if length == 0 { return word }
    var child = start
    if block < 0 {
      let slope = memory + Int(code[6])
      var lambdaSlope = Lanes()
      for action in 0..<count {
        lambdaSlope += slope[action] * memory[Int(child[1])]
        child += 4 + Int(child[3])
      }
      gradient[0] += lambdaSlope
    } else {
      for action in 0..<count {
        gradient[block + action] += memory[Int(child[0])] * (memory[Int(child[1])] - value)
        child += 4 + Int(child[3])
      }
    }
    return word
  }

  @inline(__always)
  private func addGradient(
    _ word: UnsafePointer<Int32>, weight: Lanes, to gradient: UnsafeMutablePointer<Lanes>
  ) -> UnsafePointer<Int32> {
    let source = memory + Int(word[2])
    let length = Int(word[3])
    let map = word + 4
    for entry in 0..<length { gradient[Int(map[entry])] += weight * source[entry] }
    return map + length
  }

  // MARK: - Information sets

  /// The worth of each action and its derivatives; at explicit sets, the choice.
  private func runInformationSet(
    _ code: UnsafePointer<Int32>, lambda: Lanes, mode: LogitSystem.Mode
  ) -> UnsafePointer<Int32> {
    let count = Int(code[2])
    let logit = Int(code[4])
    let groups = Int(code[5])
    let terms = Int(code[6])
    let factorSets = Int(code[7])
    let rows =
      logit < 0 ? memory + layout.scratchRows : memory + layout.rows + logit * rowLength
    let children = code + 9
    let sets = children + 4 * groups * count
    let firstTerm = sets + 3 * factorSets
    var next = firstTerm
    let belief = memory + layout.scratch + 2 * count
    if terms > 0 {
      next = weighTerms(firstTerm, count: terms)
      for group in 0..<groups { belief[group] = Lanes() }
      var word = firstTerm
      for term in 0..<terms {
        belief[Int(word[0])] += memory[layout.termWeights + term]
        word += 3 + 2 * Int(word[2])
      }
    } else {
      belief[0] = Lanes(repeating: 1)
    }
    for action in 0..<count {
      expect(
        action, of: count, children: children, groups: groups, row: rows + action * rowLength,
        worth: memory + layout.worth + Int(code[3]) + action, sets: sets, factorSets: factorSets,
        firstTerm: firstTerm, terms: terms, width: logit < 0 ? 1 : rowLength)
    }
    if logit < 0 {
      choose(count: count, first: Int(code[3]), rows: rows, lambda: lambda, mode: mode)
    }
    return next
  }

  /// Below this weight of all its nodes an information set's beliefs come from logarithms.
  private static let leastWeight = 1e-100

  /// Beliefs over terms, by Bayes' rule: on the odds themselves, or where those are tiny on their
  /// logarithms.
  private func weighTerms(
    _ firstTerm: UnsafePointer<Int32>, count: Int
  ) -> UnsafePointer<Int32> {
    let weights = memory + layout.termWeights
    let probability = memory + layout.probability
    let toShare = layout.termShares - layout.termConstants
    var word = firstTerm
    var total = Lanes()
    for term in 0..<count {
      var weight = memory[Int(word[1]) + toShare]
      let factors = Int(word[2])
      word += 3
      for _ in 0..<factors {
        weight *= probability[Int(word[0])]
        word += 2
      }
      weights[term] = weight
      total += weight
    }
    let scale = 1 / total
    for term in 0..<count { weights[term] *= scale }
    // Each lane's own weight decides, so that no lane depends on another.
    let isRare = .!(total .>= LaneLogitSystem.leastWeight)
    if any(isRare) {
      let rare = weights + count
      weighRareTerms(firstTerm, count: count, into: rare)
      for term in 0..<count { weights[term].replace(with: rare[term], where: isRare) }
    }
    return word
  }

  /// Beliefs over terms, by Bayes' rule on logarithms.
  private func weighRareTerms(
    _ firstTerm: UnsafePointer<Int32>, count: Int, into weights: UnsafeMutablePointer<Lanes>
  ) {
    let logs = memory + layout.logProbability
    var word = firstTerm
    var highest = Lanes(repeating: -.infinity)
    for term in 0..<count {
      var sum = memory[Int(word[1])]
      let factors = Int(word[2])
      word += 3
      for _ in 0..<factors {
        sum += logs[Int(word[0])]
        word += 2
      }
      weights[term] = sum
      highest.replace(with: sum, where: sum .> highest)
    }
    var total = Lanes()
    for term in 0..<count {
      let weight = exponential(weights[term] - highest)
      weights[term] = weight
      total += weight
    }
    let scale = 1 / total
    for term in 0..<count { weights[term] *= scale }
  }

  /// The worth of an action under the beliefs, and its derivatives by λ and the logits.
  @inline(__always)
  private func expect(
    _ action: Int, of count: Int, children: UnsafePointer<Int32>, groups: Int,
    row: UnsafeMutablePointer<Lanes>, worth: UnsafeMutablePointer<Lanes>,
    sets: UnsafePointer<Int32>, factorSets: Int, firstTerm: UnsafePointer<Int32>, terms: Int,
    width: Int
  ) {
    let weights = memory + layout.termWeights
    let belief = memory + layout.scratch + 2 * count
    let shift = belief + groups
    // Entries that no child and no belief touches are 0 from the beginning.
    row[0] = Lanes()
    if width > 1 {
      for group in 0..<groups {
        let child = children + 4 * (group * count + action)
        let index = gradientIndex + Int(child[3])
        for entry in 0..<Int(child[2]) { row[Int(index[entry])] = Lanes() }
      }
      for slot in 0..<factorSets {
        let first = row + 1 + Int(sets[3 * slot])
        for other in 0..<Int(sets[3 * slot + 1]) { first[other] = Lanes() }
      }
    }
    var value = Lanes()
    for group in 0..<groups {
      let child = children + 4 * (group * count + action)
      let weight = belief[group]
      value += weight * memory[Int(child[0])]
      let source = memory + Int(child[1])
      let index = gradientIndex + Int(child[3])
      for entry in 0..<Int(child[2]) { row[Int(index[entry])] += weight * source[entry] }
    }
    worth[0] = value
    if terms == 0 { return }
    for slot in 0..<factorSets { shift[slot] = Lanes() }
    var word = firstTerm
    for term in 0..<terms {
      let child = children + 4 * (Int(word[0]) * count + action)
      let pull = weights[term] * (memory[Int(child[0])] - value)
      let factors = Int(word[2])
      word += 3
      for _ in 0..<factors {
        let slot = Int(word[1])
        if slot >= 0 {
          let firstLogit = Int(sets[3 * slot])
          let firstAction = Int(sets[3 * slot + 2])
          row[1 + firstLogit + Int(word[0]) - firstAction] += pull
          shift[slot] += pull
        } else {
          row[0] += pull * memory[layout.logProbabilitySlope + Int(word[0])]
        }
        word += 2
      }
    }
    for slot in 0..<factorSets {
      let entries = row + 1 + Int(sets[3 * slot])
      let probability = memory + layout.probability + Int(sets[3 * slot + 2])
      for other in 0..<Int(sets[3 * slot + 1]) {
        entries[other] -= shift[slot] * probability[other]
      }
    }
  }

  /// The choice at an explicit set.
  private func choose(
    count: Int, first: Int, rows: UnsafeMutablePointer<Lanes>, lambda: Lanes,
    mode: LogitSystem.Mode
  ) {
    let worth = memory + layout.worth + first
    let probability = memory + layout.probability + first
    let log = memory + layout.logProbability + first
    let slope = memory + layout.probabilitySlope + first
    let logSlope = memory + layout.logProbabilitySlope + first
    var best = worth[0]
    for action in 1..<max(count, 1) {
      best.replace(with: worth[action], where: worth[action] .> best)
    }
    if mode == .limit {
      var ties = Lanes()
      for action in 0..<count {
        ties.replace(with: ties + 1, where: best - worth[action] .<= LogitSystem.tie)
      }
      let share = -logarithm(ties)
      for action in 0..<count {
        let tied = best - worth[action] .<= LogitSystem.tie
        probability[action] = Lanes().replacing(with: 1 / ties, where: tied)
        log[action] = (lambda * (worth[action] - best) + share).replacing(with: share, where: tied)
        slope[action] = Lanes()
        logSlope[action] = (worth[action] - best).replacing(with: Lanes(), where: tied)
      }
      return
    }
    var total = Lanes()
    if count == 2 {
      // The better one's weight is 1: one exponential will do.
      let rest = exponential(-(lambda * (worth[0] - worth[1]).magnitude))
      total = 1 + rest
      let isFirst = worth[0] .>= worth[1]
      probability[0] = rest.replacing(with: 1, where: isFirst)
      probability[1] = Lanes(repeating: 1).replacing(with: rest, where: isFirst)
    } else {
      for action in 0..<count {
        let weight = exponential(lambda * (worth[action] - best))
        probability[action] = weight
        total += weight
      }
    }
    let logTotal = logarithm(total)
    let scale = 1 / total
    var mean = Lanes()
    for action in 0..<count {
      probability[action] *= scale
      log[action] = lambda * (worth[action] - best) - logTotal
      logSlope[action] = worth[action] - best + lambda * rows[action * rowLength]
      mean += probability[action] * logSlope[action]
    }
    for action in 0..<count {
      logSlope[action] -= mean
      slope[action] = probability[action] * logSlope[action]
    }
  }
}
