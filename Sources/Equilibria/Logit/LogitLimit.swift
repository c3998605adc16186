/// The end of a logit path: decides which actions stay, and polishes the equilibrium there.
///
/// Along a path an action leaves if its log odds fall in proportion to λ, and stays if they tend to
/// a constant. Once every action of every set does the one or the other, Newton's method solves
/// the limit's equations: actions that stay are exactly as good as each other; those that leave
/// keep their logit odds at the current λ, which makes the witness fully mixed. That is one more
/// step of the continuation, in 1/λ to 0, and is accepted under the same conditions.
///
/// Two kinds of limit are not found so: those that still depend on λ (beliefs over actions that
/// leave together, which a choice off the path keeps in balance) and those that are not isolated.
/// There the branch converges like 1/λ, and is extrapolated (``LogitExtrapolation``).
struct LogitLimit {
  private var nextTry = 0.0
  private var nextExtrapolation = LogitExtrapolation.leastLambda
  /// Log odds below which an action is gone: exp(-36) is 2e-16.
  static let gone = -36.0
  /// How much a probability may still move as λ doubles, about.
  static let finalMove = 1e-10
  /// How much the log odds of what leaves may bend, relative to themselves.
  static let finalBend = 1e-6

  /// Whether the limit has been found; then logits, choices and worths are those of the limit.
  mutating func isReached(by path: inout LogitPath) -> Bool {
    if path.tangentLambda <= 0 { return false }
    if path.lambda >= nextTry, isDecided(path), path.explicitBeliefsAreFinal() {
      remember(&path)
      if polish(&path) { return true }
      for logit in 0..<path.logitCount { path.logits[logit] = path.startLogits[logit] }
      path.evaluate(.logit)
      nextTry = path.lambda * 4
    }
    if path.lambda >= nextExtrapolation {
      nextExtrapolation = path.lambda * 10
      remember(&path)
      let lambda = path.lambda
      if LogitExtrapolation.run(on: &path), isAcceptable(path) { return true }
      path.lambda = lambda
      for logit in 0..<path.logitCount { path.logits[logit] = path.startLogits[logit] }
      path.evaluate(.logit)
      path.measure()
    }
    return false
  }

  /// Whether a try at the limit is due at this λ.
  func wantsTry(at lambda: Double) -> Bool { lambda >= nextTry }

  /// Whether an extrapolation is due at this λ.
  func wantsExtrapolation(at lambda: Double) -> Bool { lambda >= nextExtrapolation }

  /// Keeps the point from which a limit is tried.
  private func remember(_ path: inout LogitPath) {
    for logit in 0..<path.logitCount { path.startLogits[logit] = path.logits[logit] }
    path.evaluate(.limit)
    for action in 0..<path.actionCount {
      path.startProbability[action] = path.probability[action]
    }
  }

  /// Whether every action either stays or leaves.
  private func isDecided(_ path: LogitPath) -> Bool {
    for set in 0..<path.explicitCount {
      let first = Int(path.explicitSets[2 * set])
      let count = Int(path.explicitSets[2 * set + 1])
      var best = path.worth[first]
      for action in 1..<count { best = max(best, path.worth[first + action]) }
      for action in 0..<count {
        let gap = best - path.worth[first + action]
        if gap > LogitSystem.tie, gap * path.lambda < -LogitLimit.gone { return false }
      }
    }
    for set in 0..<path.setCount {
      let first = Int(path.sets[4 * set])
      let count = Int(path.sets[4 * set + 1])
      let firstLogit = Int(path.sets[4 * set + 2])
      var mean = 0.0
      for action in 0..<count {
        mean += path.probability[first + action] * path.tangent[firstLogit + action]
      }
      for action in 0..<count {
        let slope =
          (path.tangent[firstLogit + action] - mean) * path.lambda / path.tangentLambda
        let log = path.logProbability[first + action]
        if !LogitLimit.isDecided(logProbability: log, slope: slope) { return false }
      }
    }
    return true
  }

  /// Whether an action leaves, its log odds falling in proportion to λ, or stays.
  ///
  /// - Parameter slope: the derivative of its log probability by log λ.
  @inline(__always)
  static func isDecided(logProbability log: Double, slope: Double) -> Bool {
    (log < gone && slope < 0.4 * gone) || (log > -25 && abs(slope) < 0.02)
  }

  private func stays(_ path: LogitPath, _ action: Int) -> Bool {
    path.logProbability[action] > -30
  }

  /// Newton's method on the limit's equations.
  private func polish(_ path: inout LogitPath) -> Bool {
    var system = path.elimination
    system.count = path.unknownCount
    var last = Double.infinity
    for iteration in 0..<10 {
      // The first point has just been evaluated, to be remembered.
      if iteration > 0 { path.evaluate(.limit) }
      guard assemble(path) else { return false }
      if system.factor(threshold: 1e-13) == 0 { return false }
      system.solve(path.side)
      var size = 0.0
      for column in 0..<path.unknownCount {
        let logit = Int(path.logitOfColumn[column])
        path.logits[logit] += path.side[column]
      }
      for set in 0..<path.setCount {
        let first = Int(path.sets[4 * set])
        let reference = Int(path.references[set])
        for action in 0..<Int(path.sets[4 * set + 1]) where action != reference {
          let logit = Int(path.sets[4 * set + 2]) + action
          let share = path.probability[first + action]
          var change = 0.0
          for column in 0..<path.unknownCount where Int(path.logitOfColumn[column]) == logit {
            change = abs(path.side[column])
          }
          size = max(size, change * (share * (1 - share)).squareRoot())
        }
      }
      if !size.isFinite || size > 0.2 { return false }
      // Rounding, magnified where equilibria are not isolated, ends convergence early; whether the
      // point is good enough is decided below.
      if iteration > 0, size > 0.5 * last, size > 1e-6 { return false }
      if size < 1e-14 || (iteration > 0 && size > 0.5 * last) { break }
      last = size
    }
    path.evaluate(.limit)
    return isAcceptable(path) && isFinal(path)
  }

  /// Whether the limit stays where it is as λ grows further, by its derivative: actions that leave
  /// do so in proportion to λ, those that stay do not move.
  private func isFinal(_ path: LogitPath) -> Bool {
    var system = path.elimination
    system.count = path.unknownCount
    guard assemble(path, derivative: true), system.factor(threshold: 1e-13) != 0 else {
      return false
    }
    system.solve(path.side)
    for set in 0..<path.setCount {
      let first = Int(path.sets[4 * set])
      let firstLogit = Int(path.sets[4 * set + 2])
      for column in 0..<path.unknownCount {
        let action = Int(path.logitOfColumn[column]) - firstLogit
        if action < 0 || action >= Int(path.sets[4 * set + 1]) { continue }
        let move = path.lambda * path.side[column]
        if stays(path, first + action) {
          let share = path.probability[first + action]
          if !(abs(move) * share <= LogitLimit.finalMove) { return false }
        } else {
          let logit = path.logits[firstLogit + action]
          if !(abs(move - logit) <= LogitLimit.finalBend * abs(logit)) { return false }
        }
      }
    }
    return isStraight(path, system)
  }

  /// Whether the branch can neither turn nor fork between here and the limit.
  ///
  /// With P the limit's matrix and D the identity on what stays, the branch's matrix at μ is
  /// P + D/μ = P (1 + P⁻¹D/μ). It is regular for all μ from λ on if the norm of P⁻¹D, where it
  /// acts on what stays, is below λ. In a coordination game the mixed equilibrium is near at the
  /// very beginning; this is what keeps the branch from being taken there.
  private func isStraight(_ path: LogitPath, _ system: DenseElimination) -> Bool {
    let sums = path.predicted
    for column in 0..<path.unknownCount { sums[column] = 0 }
    var largestColumn = 0.0
    for column in 0..<path.unknownCount where columnStays(path, column) {
      for row in 0..<path.unknownCount { path.side[row] = 0 }
      path.side[column] = path.influence[column]
      system.solve(path.side)
      var sum = 0.0
      for row in 0..<path.unknownCount where columnStays(path, row) {
        sum += abs(path.side[row])
        sums[row] += abs(path.side[row])
      }
      largestColumn = max(largestColumn, sum)
    }
    var largestRow = 0.0
    for row in 0..<path.unknownCount { largestRow = max(largestRow, sums[row]) }
    return min(largestRow, largestColumn) < path.lambda
  }

  /// Whether the action of a column of the linear system stays.
  private func columnStays(_ path: LogitPath, _ column: Int) -> Bool {
    stays(path, Int(path.actionOfLogit[Int(path.logitOfColumn[column])]))
  }

  /// Rows as those of the path, but equally good where an action stays. The right side is the
  /// negative residual, or the derivative by λ.
  private func assemble(_ path: LogitPath, derivative: Bool = false) -> Bool {
    let matrix = path.elimination.matrix
    let stride = path.elimination.stride
    let memory = path.system.memory + path.system.layout.rows
    let rowLength = path.system.rowLength
    var row = 0
    for set in 0..<path.setCount {
      let first = Int(path.sets[4 * set])
      let firstLogit = Int(path.sets[4 * set + 2])
      let reference = Int(path.references[set])
      if !stays(path, first + reference) { return false }
      let base = memory + (firstLogit + reference) * rowLength
      for action in 0..<Int(path.sets[4 * set + 1]) where action != reference {
        let own = memory + (firstLogit + action) * rowLength
        let line = matrix + row * stride
        let leaves = !stays(path, first + action)
        let factor = leaves ? path.lambda : 1
        var largest = 0.0
        for column in 0..<path.unknownCount {
          let entry = 1 + Int(path.logitOfColumn[column])
          line[column] = factor * (base[entry] - own[entry])
        }
        if leaves { line[row] += 1 }
        for column in 0..<path.unknownCount { largest = max(largest, abs(line[column])) }
        if largest < 1e-11 { return false }
        let gain = path.worth[first + action] - path.worth[first + reference]
        if derivative {
          path.side[row] = (leaves ? gain : 0) + factor * (own[0] - base[0])
        } else {
          path.side[row] = factor * gain - (leaves ? path.logits[firstLogit + action] : 0)
        }
        path.side[row] /= largest
        path.influence[row] = 1 / largest
        for column in 0..<path.unknownCount { line[column] /= largest }
        row += 1
      }
    }
    return true
  }

  /// The limit must be near the path's last point, leave nothing undecided, and be an equilibrium.
  private func isAcceptable(_ path: LogitPath) -> Bool {
    for action in 0..<path.actionCount
    where !(abs(path.probability[action] - path.startProbability[action]) <= 0.05) { return false }
    for set in 0..<path.setCount {
      let first = Int(path.sets[4 * set])
      let count = Int(path.sets[4 * set + 1])
      var best = path.worth[first]
      for action in 1..<count { best = max(best, path.worth[first + action]) }
      for action in 0..<count {
        let log = path.logProbability[first + action]
        if log > -30 {
          if !(best - path.worth[first + action] <= 2e-9) { return false }
        } else if log > LogitLimit.gone + 2 {
          return false
        }
      }
    }
    return true
  }
}
