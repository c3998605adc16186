import Mathematics

extension LogitPath {
  /// Solves a region: explicitly where no choice is unknown, else along the path, with a second,
  /// cautious attempt where the first one fails. The limit bounds the steps of all regions together,
  /// which `statistics` counts.
  ///
  /// - Parameter beginning: what of it is already done.
  mutating func solve(
    _ program: LogitProgram, target: Double?, limit: WorkLimit?,
    from beginning: Beginning = .centroid,
    statistics: inout SequentialSolver.Statistics
  ) -> SequentialSolver.Failure? {
    system.runConstants()
    if program.unknownCount == 0 {
      if let target {
        system.runExplicit(lambda: target, mode: .logit)
        lambda = target
      } else {
        solveExplicit(program)
      }
      statistics.evaluations += 1
      statistics.lambda = max(statistics.lambda, lambda)
      return nil
    }
    var stop: WorkLimit.Stop?
    var end = End.stepUnderflow
    switch beginning {
    case .centroid: end = follow(to: target, from: nil, limit, &stop, &statistics)
    case .point(let progress):
      end = follow(to: target, from: progress, limit, &stop, &statistics)
    case .failure: break
    }
    switch end {
    case .limit, .target, .cap, .visited: break
    default:
      statistics.retries += 1
      control = .cautious
      end = follow(to: target, from: nil, limit, &stop, &statistics)
    }
    switch end {
    case .limit:
      clear()
      return nil
    case .target: return nil
    case .visited:
      return stop.map { .stopped($0, lambda: lambda, node: program.root) }
    case .cap: return stand(&statistics)
    case .stepUnderflow, .stepLimit:
      if target == nil, lambda >= LogitPath.lambdaFloor { return stand(&statistics) }
      return end == .stepLimit
        ? .stepLimit(lambda: lambda, node: program.root)
        : .stepUnderflow(lambda: lambda, node: program.root)
    case .notConverged: return .notConverged(lambda: lambda, node: program.root)
    }
  }

  /// Follows the branch until the limit is reached, which `stop` then says.
  private mutating func follow(
    to target: Double?, from progress: Progress?, _ limit: WorkLimit?,
    _ stop: inout WorkLimit.Stop?,
    _ statistics: inout SequentialSolver.Statistics
  ) -> End {
    let before = statistics.steps
    let end =
      if let limit {
        follow(to: target, from: progress) { path in
          // Steps through large regions are slow: the clock is looked at after each.
          stop = limit.stop(after: before + path.steps, interval: 1)
          return stop != nil
        }
      } else {
        follow(to: target, from: progress)
      }
    note(&statistics)
    return end
  }

  /// Takes the branch where it stands: at this λ choices that are still undecided (such as those
  /// whose odds fall like 1/λ) gain next to nothing. The certificate says how much.
  private mutating func stand(
    _ statistics: inout SequentialSolver.Statistics
  ) -> SequentialSolver.Failure? {
    statistics.undecided += 1
    for logit in 0..<logitCount { startLogits[logit] = logits[logit] }
    if !converge() {
      for logit in 0..<logitCount { logits[logit] = startLogits[logit] }
    }
    evaluate(.logit)
    clear()
    return nil
  }

  func note(_ statistics: inout SequentialSolver.Statistics) {
    statistics.steps += steps
    statistics.evaluations += evaluations
    statistics.bifurcations += bifurcations
    statistics.lambda = max(statistics.lambda, lambda)
  }

  /// Gives the actions that have left probability 0 and values the region anew.
  func clear() {
    for set in 0..<setCount {
      let first = Int(sets[4 * set])
      let count = Int(sets[4 * set + 1])
      var total = 0.0
      for action in first..<(first + count) {
        if logProbability[action] < -30 { probability[action] = 0 }
        total += probability[action]
      }
      for action in first..<(first + count) { probability[action] /= total }
    }
    system.runExplicit(lambda: lambda, mode: .limit)
    system.runUnknown()
  }

  /// Backward induction over explicit sets. Their witness is the logit choice at a λ at which
  /// everything is decided.
  private mutating func solveExplicit(_ program: LogitProgram) {
    lambda = 100
    while true {
      system.runExplicit(lambda: lambda, mode: .limit)
      var least = Double.infinity
      for set in 0..<explicitCount {
        let first = Int(explicitSets[2 * set])
        let range = first..<(first + Int(explicitSets[2 * set + 1]))
        var best = -Double.infinity
        for action in range { best = max(best, worth[action]) }
        for action in range where best - worth[action] > LogitSystem.tie {
          least = min(least, best - worth[action])
        }
      }
      let needed = least == .infinity ? 0 : 45 / least
      if lambda >= 1e14 || (lambda >= needed && explicitBeliefsAreFinal()) { return }
      lambda =
        program.beliefsMove
        ? (lambda >= needed ? lambda * 8 : min(needed, lambda * 10)) : min(needed * 1.01, 1e14)
    }
  }

  /// Whether beliefs over choices that leave have settled at explicit sets: of two that leave at
  /// nearly the same rate it takes a large λ to see which is the rarer. Looks at eight times the
  /// present λ; from 1e8 on rounding hides the answer.
  mutating func explicitBeliefsAreFinal() -> Bool {
    if !beliefsMove || lambda >= 1e8 { return true }
    var isFinal = true
    for set in 0..<explicitCount {
      let first = Int(explicitSets[2 * set])
      for action in first..<(first + Int(explicitSets[2 * set + 1])) {
        explicitWorth[action] = worth[action]
      }
    }
    system.runExplicit(lambda: 8 * lambda, mode: .limit)
    for set in 0..<explicitCount {
      let first = Int(explicitSets[2 * set])
      for action in first..<(first + Int(explicitSets[2 * set + 1]))
      where !(abs(explicitWorth[action] - worth[action]) <= 1e-9) { isFinal = false }
    }
    system.runExplicit(lambda: lambda, mode: .limit)
    return isFinal
  }
}
