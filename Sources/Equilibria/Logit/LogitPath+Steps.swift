/// The steps along the path: predicted, corrected, accepted or tried again shorter.
extension LogitPath {
  /// Follows the branch from λ = 0 to its limit, or to a wanted λ.
  ///
  /// - Parameter progress: the path stands at an accepted point, not at its beginning.
  /// - Parameter visit: called at each accepted point, with the point before in `startLogits` and
  ///   `startLambda`; says whether to stop there. It may move the path if it brings it back.
  mutating func follow(
    to target: Double?, from progress: Progress? = nil,
    visit: (inout LogitPath) -> Bool = { _ in false }
  ) -> End {
    if progress == nil { start() }
    steps = 0
    if lambda >= LogitPath.lambdaCap { return .cap }
    var limit = progress?.limit ?? LogitLimit()
    var step = progress?.step ?? control.firstStep
    var sign = progress?.sign ?? 0
    var haveCurvature = progress?.isCurved ?? false
    var lastStep = progress?.lastStep ?? 1
    while true {
      steps += 1
      if steps > control.stepLimit { return .stepLimit }
      if step < control.leastStep { return .stepUnderflow }
      for logit in 0..<logitCount { startLogits[logit] = logits[logit] }
      for action in 0..<actionCount { startProbability[action] = probability[action] }
      startLambda = lambda
      predict(step: step, lastStep: lastStep, curved: haveCurvature)
      guard lambda >= 0, let outcome = correct(), lambda >= 0 else {
        restore()
        step *= 0.4
        continue
      }
      let change = largestChange()
      if outcome.sign != sign, sign != 0 {
        if step > control.bifurcationStep {
          restore()
          step *= 0.25
          continue
        }
        bifurcations += 1
      }
      if change > control.largestChange || outcome.first > control.largestCorrection {
        restore()
        step *= max(0.3, min(0.7, 0.8 * control.wantedChange / change))
        continue
      }
      // The new tangent, from the last factors; `predicted` holds it until it is accepted.
      for row in 0..<unknownCount { side[row] = 0 }
      side[unknownCount] = 1
      elimination.solve(side)
      let newLambda = side[unknownCount]
      scatter(predicted)
      measure()
      let norm = product(predicted, newLambda, predicted, newLambda).squareRoot()
      let oldNorm = product(tangent, tangentLambda, tangent, tangentLambda).squareRoot()
      let cosine =
        product(predicted, newLambda, tangent, tangentLambda) / max(norm * oldNorm, 1e-300)
      if !(cosine >= control.leastCosine), step > 1e-4 {
        restore()
        step *= 0.5
        continue
      }
      for logit in 0..<logitCount {
        oldTangent[logit] = tangent[logit] / oldNorm
        tangent[logit] = predicted[logit] / norm
      }
      oldTangentLambda = tangentLambda / oldNorm
      tangentLambda = newLambda / norm
      lastStep = step * oldNorm
      haveCurvature = true
      sign = outcome.sign
      let growth = min(
        (control.wantedCorrection / max(outcome.first, 1e-9)).squareRoot(),
        control.wantedChange / max(change, 1e-9))
      step = min(control.largestStep, step * max(0.3, min(2, growth)))
      if let target, lambda >= target {
        return settle(at: target) ? .target : .notConverged
      }
      if visit(&self) { return .visited }
      changeReferences()
      if target == nil, limit.isReached(by: &self) { return .limit }
      if lambda >= LogitPath.lambdaCap { return .cap }
    }
  }

  /// The centroid at λ = 0 and its tangent towards higher λ.
  private mutating func start() {
    lambda = 0
    evaluations = 0
    bifurcations = 0
    for logit in 0..<logitCount { logits[logit] = 0 }
    for set in 0..<setCount { references[set] = 0 }
    prepareColumns()
    evaluate(.logit)
    measure()
    for set in 0..<setCount {
      let first = Int(sets[4 * set])
      let firstLogit = Int(sets[4 * set + 2])
      for action in 0..<Int(sets[4 * set + 1]) {
        tangent[firstLogit + action] = worth[first + action] - worth[first]
      }
    }
    tangentLambda = 1
    let norm = product(tangent, 1, tangent, 1).squareRoot()
    for logit in 0..<logitCount { tangent[logit] /= norm }
    tangentLambda = 1 / norm
  }

  private mutating func restore() {
    for logit in 0..<logitCount { logits[logit] = startLogits[logit] }
    for action in 0..<actionCount { probability[action] = startProbability[action] }
    lambda = startLambda
    measure()
  }

  private mutating func predict(step: Double, lastStep: Double, curved: Bool) {
    var bend = 0.0
    if curved {
      // Half of the second derivative times step², from the change of the unit tangent.
      bend = 0.5 * step * step / lastStep
      var size = 0.0
      for logit in 0..<logitCount {
        let change = (tangent[logit] - oldTangent[logit]) * metric[logit]
        size += change * change
      }
      let change = (tangentLambda - oldTangentLambda) * metricLambda
      size = (size + change * change).squareRoot() * bend
      if size > 0.4 * step { bend *= 0.4 * step / size }
    }
    for logit in 0..<logitCount {
      logits[logit] +=
        step * tangent[logit] + bend * (tangent[logit] - oldTangent[logit])
      predicted[logit] = logits[logit]
    }
    lambda += step * tangentLambda + bend * (tangentLambda - oldTangentLambda)
    predictedLambda = lambda
  }

  /// Newton's method in the plane through the prediction, orthogonal to the tangent.
  ///
  /// - Returns: the size of the first correction and the sign of the last determinant; `nil` if
  ///   the corrections do not shrink fast enough.
  private mutating func correct() -> (first: Double, sign: Int)? {
    var first = 0.0
    var last = 0.0
    for iteration in 0..<5 {
      evaluate(.logit)
      _ = assemble()
      let border = elimination.matrix + unknownCount * elimination.stride
      var distance = 0.0
      for column in 0..<unknownCount {
        let logit = Int(logitOfColumn[column])
        border[column] = tangent[logit] * metric[logit] * metric[logit]
        distance += border[column] * (logits[logit] - predicted[logit])
      }
      border[unknownCount] = tangentLambda * metricLambda * metricLambda
      distance += border[unknownCount] * (lambda - predictedLambda)
      side[unknownCount] = -distance
      scale(border, row: unknownCount)
      let sign = elimination.factor(threshold: 1e-280)
      if sign == 0 { return nil }
      elimination.solve(side)
      let size = apply()
      if !size.isFinite { return nil }
      if iteration == 0 {
        first = size
        if size > 2 { return nil }
      } else if size > 0.4 * last, size > 1e-9 {
        return nil
      }
      last = size
      if size < control.acceptedCorrection { return (first, sign) }
    }
    return nil
  }

  /// Adds the correction in `side`; returns its size as a change of probabilities.
  private mutating func apply() -> Double {
    var size = abs(side[unknownCount]) / (1 + lambda)
    for column in 0..<unknownCount {
      let logit = Int(logitOfColumn[column])
      logits[logit] += side[column]
      size = max(
        size,
        abs(side[column]) * max(metric[logit], min(LogitPath.largestInfluence, influence[column])))
    }
    lambda += side[unknownCount]
    return size
  }

  /// The largest change of a probability since the step began.
  private func largestChange() -> Double {
    var largest = 0.0
    for action in 0..<actionCount {
      largest = max(largest, abs(probability[action] - startProbability[action]))
    }
    return largest
  }

  /// Makes the likeliest action the reference where the old one has become rare.
  private func changeReferences() {
    var changed = false
    for set in 0..<setCount {
      let first = Int(sets[4 * set])
      let count = Int(sets[4 * set + 1])
      let firstLogit = Int(sets[4 * set + 2])
      var best = Int(references[set])
      for action in 0..<count
      where probability[first + action] > 4 * probability[first + best] { best = action }
      if best == Int(references[set]) { continue }
      changed = true
      references[set] = Int32(best)
      for vector in [logits, tangent, oldTangent] {
        let base = vector[firstLogit + best]
        for action in 0..<count { vector[firstLogit + action] -= base }
      }
    }
    if changed { numberColumns() }
  }
}
