/// A ``LogitProgram`` at work on a memory: evaluates choices, worths and derivatives.
///
/// Holds raw pointers into buffers that ``LogitPath`` borrows for one solve; it never allocates and
/// never outlives the borrow.
struct LogitSystem {
  let memory: UnsafeMutablePointer<Double>
  let layout: LogitProgram.Layout
  let rowLength: Int
  let constantCode: UnsafeBufferPointer<Int32>
  let explicitCode: UnsafeBufferPointer<Int32>
  let unknownCode: UnsafeBufferPointer<Int32>
  let closingCode: UnsafeBufferPointer<Int32>
  let gradientIndex: UnsafePointer<Int32>

  /// How explicit sets choose.
  enum Mode {
    /// By logit at the current λ.
    case logit
    /// The limit: the best actions with equal odds; the others by the logarithms of their logit
    /// odds at the current λ.
    case limit
  }

  /// Worths closer than this (in units of the payoff range) are ties at explicit sets.
  static let tie = 1e-12

  func runConstants() { run(constantCode, lambda: 0, mode: .logit) }
  func runExplicit(lambda: Double, mode: Mode) { run(explicitCode, lambda: lambda, mode: mode) }
  func runUnknown() { run(unknownCode, lambda: 0, mode: .logit) }
  func runClosing() { run(closingCode, lambda: 0, mode: .logit) }

  private func run(_ code: UnsafeBufferPointer<Int32>, lambda: Double, mode: Mode) {
    guard var word = code.baseAddress else { return }
    let end = word + code.count
    while word < end {
      switch word[0] {
      case LogitProgram.chance: word = runChance(word)
      case LogitProgram.decision: word = runDecision(word)
      case LogitProgram.simultaneous: word = runSimultaneous(word)
      default: word = runInformationSet(word, lambda: lambda, mode: mode)
      }
    }
  }

  /// Expected value over branches with given odds.
  @inline(__always)
  private func runChance(_ code: UnsafePointer<Int32>) -> UnsafePointer<Int32> {
    let gradient = memory + Int(code[2])
    let length = Int(code[3])
    for entry in 0..<length { gradient[entry] = 0 }
    var value = 0.0
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
    for entry in 0..<length { gradient[entry] = 0 }
    var value = 0.0
    var word = code + 7
    if block < 0 {
      let slope = memory + Int(code[6])
      var lambdaSlope = 0.0
      for action in 0..<count {
        let weight = memory[Int(word[0])]
        let child = memory[Int(word[1])]
        value += weight * child
        lambdaSlope += slope[action] * child
        word = addGradient(word, weight: weight, to: gradient)
      }
      if length > 0 { gradient[0] += lambdaSlope }
    } else {
      let start = word
      for _ in 0..<count {
        let weight = memory[Int(word[0])]
        value += weight * memory[Int(word[1])]
        word = addGradient(word, weight: weight, to: gradient)
      }
      word = start
      for action in 0..<count {
        gradient[block + action] += memory[Int(word[0])] * (memory[Int(word[1])] - value)
        word += 4 + Int(word[3])
      }
    }
    memory[Int(code[1])] = value
    return word
  }

  @inline(__always)
  private func addGradient(
    _ word: UnsafePointer<Int32>, weight: Double, to gradient: UnsafeMutablePointer<Double>
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
    _ code: UnsafePointer<Int32>, lambda: Double, mode: Mode
  ) -> UnsafePointer<Int32> {
    let count = Int(code[2])
    let first = Int(code[3])
    let logit = Int(code[4])
    let groups = Int(code[5])
    let terms = Int(code[6])
    let factorSets = Int(code[7])
    let power = Int(code[8])
    let width = logit < 0 ? 1 : rowLength
    let rows =
      logit < 0 ? memory + layout.scratchRows : memory + layout.rows + logit * rowLength
    let worth = memory + layout.worth + first
    let children = code + 9
    let tables = power < 0 ? 1 : 2
    let sets = children + 4 * groups * count * tables
    let firstTerm = sets + 3 * factorSets
    var next = firstTerm
    if terms > 0 { next = weighTerms(firstTerm, count: terms, groups: groups) }
    expect(
      children, groups: groups, count: count, width: width, worth: worth, rows: rows,
      sets: sets, factorSets: factorSets, firstTerm: firstTerm, terms: terms, explicit: logit < 0)
    if power >= 0 {
      let otherWorth = memory + layout.scratch
      let otherRows = memory + layout.scratchRows + count * rowLength
      expect(
        children + 4 * groups * count, groups: groups, count: count, width: width,
        worth: otherWorth, rows: otherRows, sets: sets, factorSets: factorSets,
        firstTerm: firstTerm, terms: terms, explicit: logit < 0)
      settle(
        count: count, width: width, power: memory[power], worth: worth, rows: rows,
        otherWorth: otherWorth, otherRows: otherRows)
    }
    if logit < 0 {
      choose(count: count, first: first, worth: worth, rows: rows, lambda: lambda, mode: mode)
    }
    if terms == 0 { next = firstTerm }
    return next
  }

  /// Beliefs over terms and groups, by Bayes' rule on logarithms.
  private func weighTerms(
    _ firstTerm: UnsafePointer<Int32>, count: Int, groups: Int
  ) -> UnsafePointer<Int32> {
    let weights = memory + layout.termWeights
    let logs = memory + layout.logProbability
    var word = firstTerm
    var highest = -Double.infinity
    for term in 0..<count {
      var sum = memory[Int(word[1])]
      let factors = Int(word[2])
      word += 3
      for _ in 0..<factors {
        sum += logs[Int(word[0])]
        word += 2
      }
      weights[term] = sum
      if sum > highest { highest = sum }
    }
    var total = 0.0
    for term in 0..<count {
      let weight = exponential(weights[term] - highest)
      weights[term] = weight
      total += weight
    }
    let scale = 1 / total
    for term in 0..<count { weights[term] *= scale }
    return word
  }

  /// The worth of each action under the beliefs, and its derivatives by λ and the logits.
  @inline(__always)
  private func expect(
    _ children: UnsafePointer<Int32>, groups: Int, count: Int, width: Int,
    worth: UnsafeMutablePointer<Double>, rows: UnsafeMutablePointer<Double>,
    sets: UnsafePointer<Int32>, factorSets: Int, firstTerm: UnsafePointer<Int32>, terms: Int,
    explicit: Bool
  ) {
    let weights = memory + layout.termWeights
    let belief = memory + layout.scratch + 2 * count
    let shift = belief + groups
    if terms > 0 {
      for group in 0..<groups { belief[group] = 0 }
      var word = firstTerm
      for term in 0..<terms {
        belief[Int(word[0])] += weights[term]
        word += 3 + 2 * Int(word[2])
      }
    } else {
      belief[0] = 1
    }
    for action in 0..<count {
      let row = rows + action * rowLength
      for entry in 0..<width { row[entry] = 0 }
      var value = 0.0
      for group in 0..<groups {
        let child = children + 4 * (group * count + action)
        let weight = belief[group]
        value += weight * memory[Int(child[0])]
        let source = memory + Int(child[1])
        let index = gradientIndex + Int(child[3])
        for entry in 0..<Int(child[2]) { row[Int(index[entry])] += weight * source[entry] }
      }
      worth[action] = value
      if terms == 0 { continue }
      for slot in 0..<factorSets { shift[slot] = 0 }
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
        let firstLogit = Int(sets[3 * slot])
        let probability = memory + layout.probability + Int(sets[3 * slot + 2])
        for other in 0..<Int(sets[3 * slot + 1]) {
          row[1 + firstLogit + other] -= shift[slot] * probability[other]
        }
      }
    }
  }

  /// Turns two bargainers' worths into the Nash product of their gains over the last option.
  private func settle(
    count: Int, width: Int, power: Double, worth: UnsafeMutablePointer<Double>,
    rows: UnsafeMutablePointer<Double>, otherWorth: UnsafeMutablePointer<Double>,
    otherRows: UnsafeMutablePointer<Double>
  ) {
    let last = count - 1
    for action in 0..<count {
      let own = gain(worth[action] - worth[last])
      let other = gain(otherWorth[action] - otherWorth[last])
      var slope = 0.0
      var otherSlope = 0.0
      if action == last {
        continue
      } else if own >= 0, other >= 0, power == 0 || power == 1 {
        // All the power is one bargainer's: a gain to the power of 0 is 1, that of nothing too.
        slope = power
        otherSlope = 1 - power
        memory[layout.scratch + count + action] = power == 1 ? own : other
      } else if own > 0, other > 0 {
        let product = Equilibria.power(own, power) * Equilibria.power(other, 1 - power)
        slope = power * product / own
        otherSlope = (1 - power) * product / other
        memory[layout.scratch + count + action] = product
      } else if own >= 0, other >= 0 {
        memory[layout.scratch + count + action] = 0
      } else {
        if own < other { slope = 1 } else { otherSlope = 1 }
        memory[layout.scratch + count + action] = min(own, other)
      }
      let row = rows + action * rowLength
      let lastRow = rows + last * rowLength
      let otherRow = otherRows + action * rowLength
      let otherLast = otherRows + last * rowLength
      for entry in 0..<width {
        row[entry] =
          slope * (row[entry] - lastRow[entry])
          + otherSlope * (otherRow[entry] - otherLast[entry])
      }
    }
    for action in 0..<last { worth[action] = memory[layout.scratch + count + action] }
    worth[last] = 0
    for entry in 0..<width { rows[last * rowLength + entry] = 0 }
  }

  /// A gain over the failure to agree, none if rounding can explain it: a small power of a trifle
  /// is not small.
  private func gain(_ difference: Double) -> Double {
    abs(difference) <= LogitSystem.tie ? 0 : difference
  }

  /// The choice at an explicit set.
  private func choose(
    count: Int, first: Int, worth: UnsafeMutablePointer<Double>,
    rows: UnsafeMutablePointer<Double>, lambda: Double, mode: Mode
  ) {
    let probability = memory + layout.probability + first
    let log = memory + layout.logProbability + first
    let slope = memory + layout.probabilitySlope + first
    let logSlope = memory + layout.logProbabilitySlope + first
    var best = worth[0]
    for action in 1..<count where worth[action] > best { best = worth[action] }
    if mode == .limit {
      var ties = 0.0
      for action in 0..<count where best - worth[action] <= LogitSystem.tie { ties += 1 }
      let share = -logarithm(ties)
      for action in 0..<count {
        let tied = best - worth[action] <= LogitSystem.tie
        probability[action] = tied ? 1 / ties : 0
        log[action] = tied ? share : lambda * (worth[action] - best) + share
        slope[action] = 0
        logSlope[action] = tied ? 0 : worth[action] - best
      }
      return
    }
    var total = 0.0
    for action in 0..<count {
      let weight = exponential(lambda * (worth[action] - best))
      probability[action] = weight
      total += weight
    }
    let logTotal = logarithm(total)
    var mean = 0.0
    for action in 0..<count {
      probability[action] /= total
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
