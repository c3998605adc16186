import Mathematics

/// The turns of paths in lockstep: who goes on, who is accepted, who tries again.
extension LockstepPaths {
  /// What happens to a lane's path.
  enum End {
    /// The limit was found, or the wanted λ reached; the scalar path holds the result.
    case solved
    /// The path is long: the rest is to be followed alone, from where the scalar path stands.
    case long(LogitPath.Progress)
    /// The path could not be followed with the usual steps.
    case failed
  }

  /// Follows the paths of all draws.
  ///
  /// - Parameters:
  ///   - draws: the next draw, or `nil` when there is none left; its numbers are then loaded into
  ///     the lane's memory.
  ///   - target: the wanted λ of a draw, or `nil` for the limit.
  ///   - alone: the path of one draw, for the limit.
  ///   - finish: called with the draw when its path has ended.
  mutating func follow(
    draws: (_ lane: Int) -> Int?, target: (_ draw: Int) -> Double?, alone: inout LogitPath,
    finish: (_ draw: Int, _ lane: Int, _ end: End, _ alone: inout LogitPath) -> Void
  ) {
    for lane in 0..<Lanes.width { takeNext(lane, draws) }
    var isFresh = true
    while true {
      var active = Mask(repeating: false)
      var isAnyActive = false
      for lane in 0..<Lanes.width where paths[lane].draw >= 0 {
        active[lane] = true
        isAnyActive = true
      }
      if !isAnyActive { return }
      if isFresh { system.runConstants() }
      isFresh = false
      evaluate()
      assemble()
      var turn = Turn()
      turn.sign = elimination.solve(active: active, checked: lambda .> LockstepPaths.safeLambda)
      measure(&turn)
      var going = Mask(repeating: false)
      var accepted = Mask(repeating: false)
      var rejected = Mask(repeating: false)
      var begun = Mask(repeating: false)
      var leaving = Mask(repeating: false)
      for lane in 0..<Lanes.width where paths[lane].draw >= 0 {
        if paths[lane].isNew {
          paths[lane].isNew = false
          begun[lane] = true
          continue
        }
        switch decide(lane, turn) {
        case .again: going[lane] = true
        case .accept: accepted[lane] = true
        case .reject(let factor):
          paths[lane].step *= factor
          rejected[lane] = true
        case .leave: leaving[lane] = true
        }
      }
      move(turn, going: going, accepted: accepted, begun: begun)
      var ended = Mask(repeating: false)
      for lane in 0..<Lanes.width where paths[lane].draw >= 0 {
        let draw = paths[lane].draw
        let goal = target(draw)
        let isPast = accepted[lane] && lambda[lane] >= goal ?? .infinity
        if accepted[lane], turn.isStale[lane], !isPast { changeReferences(lane) }
        if accepted[lane], isSolved(lane, target: goal, &alone) {
          finish(draw, lane, .solved, &alone)
          ended[lane] = true
        } else if leaving[lane] || isPast || isStuck(lane) {
          // A path that does not converge at the wanted λ is tried again, with care.
          finish(draw, lane, .failed, &alone)
          ended[lane] = true
        } else if accepted[lane], isLong(lane) {
          handOver(lane, to: &alone)
          finish(draw, lane, .long(progress(of: lane)), &alone)
          ended[lane] = true
        }
      }
      predict(from: accepted .| begun, again: rejected)
      for lane in 0..<Lanes.width where ended[lane] {
        takeNext(lane, draws)
        isFresh = true
      }
    }
  }

  /// Whether a lane, whose step has just been accepted, has arrived; then the scalar path has.
  private func isSolved(_ lane: Int, target: Double?, _ alone: inout LogitPath) -> Bool {
    if let target {
      return lambda[lane] >= target && settle(lane, at: target, &alone)
    }
    guard isWorthTrying(lane) else { return false }
    handOver(lane, to: &alone)
    guard paths[lane].limit.isReached(by: &alone) else { return false }
    alone.clear()
    return true
  }

  /// Whether a path has become one to be followed alone.
  private func isLong(_ lane: Int) -> Bool {
    paths[lane].evaluations > LockstepPaths.mostEvaluations || lambda[lane] >= LogitPath.lambdaCap
  }

  /// What the scalar path needs to go on from where a lane is.
  private func progress(of lane: Int) -> LogitPath.Progress {
    LogitPath.Progress(
      step: paths[lane].step, lastStep: paths[lane].lastStep, sign: Int(paths[lane].sign),
      isCurved: paths[lane].isCurved, limit: paths[lane].limit)
  }

  /// Whether a path's steps have become too small.
  private func isStuck(_ lane: Int) -> Bool { paths[lane].step < control.leastStep }

  /// Puts a lane at the beginning of the next draw's path.
  private mutating func takeNext(_ lane: Int, _ draws: (_ lane: Int) -> Int?) {
    paths[lane] = Path()
    if let draw = draws(lane) {
      paths[lane].draw = draw
      paths[lane].isNew = true
      paths[lane].step = control.firstStep
    }
    for logit in 0..<logitCount {
      vectors.logits[logit][lane] = 0
      vectors.tangent[logit][lane] = 0
      vectors.predicted[logit][lane] = 0
      vectors.metric[logit][lane] = 1
    }
    for set in 0..<setCount { references[set][lane] = 0 }
    lambda[lane] = 0
    predictedLambda[lane] = 0
    tangentLambda[lane] = 1
    metricLambda[lane] = 1
  }

  private enum Decision {
    case again
    case accept
    case reject(Double)
    case leave
  }

  /// What becomes of a lane's correction, by the rules of ``LogitPath``.
  private func decide(_ lane: Int, _ turn: Turn) -> Decision {
    paths[lane].evaluations += 1
    let size = turn.size[lane]
    let sign = turn.sign[lane]
    if predictedLambda[lane] < 0 || sign == 0 || !size.isFinite { return .reject(0.4) }
    if paths[lane].iteration == 0 {
      paths[lane].firstCorrection = size
      if size > 2 { return .reject(0.4) }
    } else if size > 0.4 * paths[lane].lastCorrection, size > 1e-9 {
      return .reject(0.4)
    }
    paths[lane].lastCorrection = size
    if size >= control.acceptedCorrection {
      paths[lane].iteration += 1
      return paths[lane].iteration < 5 ? .again : .reject(0.4)
    }
    if lambda[lane] + turn.correctionLambda[lane] < 0 { return .reject(0.4) }
    let change = turn.change[lane]
    let step = paths[lane].step
    var isFork = false
    if sign != paths[lane].sign, paths[lane].sign != 0 {
      if step > control.bifurcationStep { return .reject(0.25) }
      isFork = true
    }
    let first = paths[lane].firstCorrection
    if change > control.largestChange || first > control.largestCorrection {
      return .reject(max(0.3, min(0.7, 0.8 * control.wantedChange / change)))
    }
    if !(turn.cosine[lane] >= control.leastCosine), step > 1e-4 { return .reject(0.5) }
    if !turn.norm[lane].isFinite { return .leave }
    if isFork { paths[lane].bifurcations += 1 }
    paths[lane].lastStep = step * turn.oldNorm[lane]
    paths[lane].isCurved = true
    paths[lane].sign = sign
    let growth = min(
      (control.wantedCorrection / max(first, 1e-9)).squareRoot(),
      control.wantedChange / max(change, 1e-9))
    paths[lane].step = min(control.largestStep, step * max(0.3, min(2, growth)))
    return .accept
  }

  /// Applies corrections, and in lanes that are accepted or begin takes the new tangent.
  private mutating func move(_ turn: Turn, going: Mask, accepted: Mask, begun: Mask) {
    let moving = going .| accepted
    lambda.replace(with: lambda + turn.correctionLambda, where: moving)
    for logit in 0..<logitCount {
      let moved = vectors.logits[logit] + vectors.correction[logit]
      vectors.logits[logit].replace(with: moved, where: moving)
    }
    if any(accepted) {
      let scale = 1 / turn.norm
      let oldScale = 1 / turn.oldNorm
      for logit in 0..<logitCount {
        vectors.oldTangent[logit].replace(
          with: vectors.tangent[logit] * oldScale, where: accepted)
        vectors.tangent[logit].replace(
          with: vectors.direction[logit] * scale, where: accepted)
        vectors.metric[logit].replace(with: vectors.newMetric[logit], where: accepted)
      }
      oldTangentLambda.replace(with: tangentLambda * oldScale, where: accepted)
      tangentLambda.replace(with: turn.directionLambda * scale, where: accepted)
      metricLambda.replace(with: turn.newMetricLambda, where: accepted)
    }
    if any(begun) { begin(begun) }
  }

  /// The tangent at λ = 0 towards higher λ.
  private mutating func begin(_ begun: Mask) {
    var square = Lanes(repeating: 1)
    for set in 0..<setCount {
      let first = Int(sets[4 * set])
      let firstLogit = Int(sets[4 * set + 2])
      for action in 0..<Int(sets[4 * set + 1]) {
        let logit = firstLogit + action
        let metric = vectors.spread[logit] + 0.3
        let slope = worth[first + action] - worth[first]
        vectors.metric[logit].replace(with: metric, where: begun)
        vectors.tangent[logit].replace(with: slope, where: begun)
        square += slope * slope * metric * metric
      }
    }
    let scale = 1 / square.squareRoot()
    for logit in 0..<logitCount {
      vectors.tangent[logit].replace(with: vectors.tangent[logit] * scale, where: begun)
      vectors.oldTangent[logit].replace(with: vectors.tangent[logit], where: begun)
    }
    tangentLambda.replace(with: scale, where: begun)
    oldTangentLambda.replace(with: scale, where: begun)
    metricLambda.replace(with: Lanes(repeating: 1), where: begun)
  }

  /// Notes where accepted steps begin, goes back where one was rejected, and predicts the next
  /// point of both along the tangent with its curvature.
  private mutating func predict(from starting: Mask, again: Mask) {
    let all = starting .| again
    if !any(all) { return }
    startLambda.replace(with: lambda, where: starting)
    for action in 0..<actionCount {
      startProbability[action].replace(with: probability[action], where: starting)
    }
    var step = Lanes()
    var bend = Lanes()
    for lane in 0..<Lanes.width where all[lane] {
      step[lane] = paths[lane].step
      if paths[lane].isCurved {
        bend[lane] = 0.5 * paths[lane].step * paths[lane].step / paths[lane].lastStep
      }
      paths[lane].iteration = 0
    }
    let turnLambda = (tangentLambda - oldTangentLambda) * metricLambda
    var size = turnLambda * turnLambda
    for logit in 0..<logitCount {
      vectors.start[logit].replace(with: vectors.logits[logit], where: starting)
      let change =
        (vectors.tangent[logit] - vectors.oldTangent[logit]) * vectors.metric[logit]
      size += change * change
    }
    // A curvature that would outweigh the tangent is cut.
    let curved = size.squareRoot() * bend
    bend.replace(with: bend * (0.4 * step / curved), where: curved .> 0.4 * step)
    for logit in 0..<logitCount {
      let tangent = vectors.tangent[logit]
      let point =
        vectors.start[logit] + step * tangent + bend * (tangent - vectors.oldTangent[logit])
      vectors.logits[logit].replace(with: point, where: all)
      vectors.predicted[logit].replace(with: point, where: all)
    }
    let point =
      startLambda + step * tangentLambda + bend * (tangentLambda - oldTangentLambda)
    lambda.replace(with: point, where: all)
    predictedLambda.replace(with: point, where: all)
  }

  // MARK: - One lane

  /// Makes the likeliest action the reference where the old one has become rare.
  private func changeReferences(_ lane: Int) {
    for set in 0..<setCount {
      let first = Int(sets[4 * set])
      let count = Int(sets[4 * set + 1])
      let firstLogit = Int(sets[4 * set + 2])
      let reference = Int(references[set][lane])
      var best = reference
      for action in 0..<count
      where probability[first + action][lane] > 4 * probability[first + best][lane] {
        best = action
      }
      if best == reference { continue }
      references[set][lane] = Double(best)
      for vector in [vectors.logits, vectors.tangent, vectors.oldTangent] {
        let base = vector[firstLogit + best][lane]
        for action in 0..<count { vector[firstLogit + action][lane] -= base }
      }
    }
  }

  /// Whether the limit may be reached from where a lane is, by the rules of ``LogitLimit``.
  private func isWorthTrying(_ lane: Int) -> Bool {
    if tangentLambda[lane] <= 0 { return false }
    if paths[lane].limit.wantsExtrapolation(at: lambda[lane]) { return true }
    return paths[lane].limit.wantsTry(at: lambda[lane]) && isDecided(lane)
  }

  /// Whether every action either stays or leaves.
  private func isDecided(_ lane: Int) -> Bool {
    let lambda = lambda[lane]
    let growth = lambda / tangentLambda[lane]
    for set in 0..<setCount {
      let first = Int(sets[4 * set])
      let count = Int(sets[4 * set + 1])
      let firstLogit = Int(sets[4 * set + 2])
      var mean = 0.0
      for action in 0..<count {
        mean +=
          probability[first + action][lane] * vectors.tangent[firstLogit + action][lane]
      }
      for action in 0..<count {
        let slope = (vectors.tangent[firstLogit + action][lane] - mean) * growth
        let log = logProbability[first + action][lane]
        if !LogitLimit.isDecided(logProbability: log, slope: slope) { return false }
      }
    }
    for set in 0..<explicitCount {
      let first = Int(explicitSets[2 * set])
      let count = Int(explicitSets[2 * set + 1])
      var best = worth[first][lane]
      for action in 1..<max(count, 1) { best = max(best, worth[first + action][lane]) }
      for action in 0..<count {
        let gap = best - worth[first + action][lane]
        if gap > LogitSystem.tie, gap * lambda < -LogitLimit.gone { return false }
      }
    }
    return true
  }

  /// Puts the scalar path where a lane is, with its tangent.
  private func handOver(_ lane: Int, to alone: inout LogitPath) {
    system.copy(lane, to: alone.system)
    for logit in 0..<logitCount {
      alone.logits[logit] = vectors.logits[logit][lane]
      alone.tangent[logit] = vectors.tangent[logit][lane]
      alone.oldTangent[logit] = vectors.oldTangent[logit][lane]
      alone.startLogits[logit] = vectors.start[logit][lane]
    }
    for set in 0..<setCount { alone.references[set] = Int32(references[set][lane]) }
    alone.lambda = lambda[lane]
    alone.tangentLambda = tangentLambda[lane]
    alone.oldTangentLambda = oldTangentLambda[lane]
    alone.startLambda = startLambda[lane]
    alone.evaluations = paths[lane].evaluations
    alone.bifurcations = paths[lane].bifurcations
    alone.prepareColumns()
    alone.measure()
  }

  /// Brings a lane that has just passed the wanted λ to it.
  private func settle(_ lane: Int, at target: Double, _ alone: inout LogitPath) -> Bool {
    handOver(lane, to: &alone)
    return alone.settle(at: target)
  }
}
