/// The limit of a branch that converges like 1/λ.
///
/// Far out the logits are y(λ) = gλ + c + d/λ + …: g < 0 for what leaves, g = 0 for what stays.
/// Three points at λ, 2λ and 4λ give d, and y(4λ) − d/(4λ) has the right probabilities and, by c,
/// the right odds among what leaves together, which is what beliefs off the path depend on.
enum LogitExtrapolation {
  /// Where rounding, which grows like λ, and the neglected terms, which fall like 1/λ², are both
  /// far below the tolerance.
  static let leastLambda = 3e4

  /// Moves the path's logits to the extrapolated ones at four times its λ. The caller keeps the
  /// point, and decides whether the result is an equilibrium.
  static func run(on path: inout LogitPath) -> Bool {
    let first = path.predicted
    let second = path.metric
    guard path.converge() else { return false }
    for logit in 0..<path.logitCount { first[logit] = path.logits[logit] }
    for pass in 0..<2 {
      let lambda = path.lambda
      path.lambda = 2 * lambda
      for logit in 0..<path.logitCount {
        if pass == 0 {
          second[logit] = path.logits[logit]
          path.logits[logit] += lambda * path.tangent[logit] / path.tangentLambda
        } else {
          // On the line through the last two points.
          let slope = path.logits[logit] - first[logit]
          second[logit] = path.logits[logit]
          path.logits[logit] += 2 * slope
        }
      }
      guard path.converge() else { return false }
    }
    for logit in 0..<path.logitCount {
      let bend = (path.logits[logit] - second[logit]) - 2 * (second[logit] - first[logit])
      // What bends more than odds that fall like a power of λ is on its way elsewhere.
      if !(abs(bend) <= 2 + 1e-6 * abs(path.logits[logit])) { return false }
      path.logits[logit] -= bend / 3
    }
    path.evaluate(.limit)
    return true
  }
}
