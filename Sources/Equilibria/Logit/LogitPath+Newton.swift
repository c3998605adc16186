/// Newton's method at a fixed λ.
extension LogitPath {
  /// Newton's method at the present λ, as far as rounding allows.
  mutating func converge() -> Bool {
    var system = elimination
    system.count = unknownCount
    var last = Double.infinity
    for _ in 0..<12 {
      evaluate(.logit)
      _ = assemble()
      if system.factor(threshold: 1e-280) == 0 { return false }
      system.solve(side)
      var size = 0.0
      var column = 0
      for set in 0..<setCount {
        let first = Int(sets[4 * set])
        let firstLogit = Int(sets[4 * set + 2])
        for action in 0..<Int(sets[4 * set + 1]) where action != Int(references[set]) {
          let weight = max(min(1, influence[column]), probability[first + action])
          if !side[column].isFinite { return false }
          size = max(size, abs(side[column]) * weight)
          logits[firstLogit + action] += side[column]
          column += 1
        }
      }
      if !(size < 10) { return false }
      if size < 1e-13 || (size < 1e-6 && size > 0.3 * last) { return true }
      last = size
    }
    return false
  }

  /// Newton's method at a fixed λ, to a residual of 1e-11 in the logits.
  @discardableResult
  mutating func settle(at target: Double) -> Bool {
    let share = lambda > startLambda ? (target - startLambda) / (lambda - startLambda) : 1
    for logit in 0..<logitCount {
      logits[logit] = startLogits[logit] + share * (logits[logit] - startLogits[logit])
    }
    lambda = target
    var system = elimination
    system.count = unknownCount
    for _ in 0..<12 {
      evaluate(.logit)
      let residual = assemble()
      if residual <= 1e-11 { return true }
      if system.factor(threshold: 1e-280) == 0 { return false }
      system.solve(side)
      for column in 0..<unknownCount { logits[Int(logitOfColumn[column])] += side[column] }
    }
    evaluate(.logit)
    return assemble() <= 1e-10 * max(1, target * 1e-4)
  }
}
