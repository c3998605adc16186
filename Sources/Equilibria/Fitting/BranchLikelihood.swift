import Mathematics

/// The likelihood of observed choices along a branch of logit equilibria.
///
/// The branch is followed once and its points are kept. A maximum lies between two points where the
/// slope of the log-likelihood along the branch turns from positive to negative; there it is found
/// by its slope in λ, which the implicit function theorem gives.
struct BranchLikelihood {
  /// The best point, in the path's own λ.
  struct Maximum {
    var lambda: Double
    var logLikelihood: Double
    /// Fisher's expected information about λ; nil where the likelihood still grows at the end.
    var information: Double?
    var lower = 0.0
    var upper = Double.infinity
    /// By action.
    var probabilities: [Double]
    /// The λ up to which the branch was searched.
    var searched: Double
    var isAtEnd = false
    /// The stretch between two points in which the maximum lies.
    fileprivate var segment = 0
  }

  private struct Sample {
    var lambda: Double
    var logits: [Double]
    var value: Double
    /// The slope of the log-likelihood in the branch's direction.
    var slope: Double
  }

  /// By action.
  private let counts: [Double]
  private let largestLambda: Double
  private let work: WorkLimit
  private var samples: [Sample] = []
  /// Why the branch could not be followed to its end.
  private(set) var cause: StrategicPathError.Cause?

  init(counts: [Double], largestLambda: Double, work: WorkLimit) {
    self.counts = counts
    self.largestLambda = largestLambda
    self.work = work
  }

  // MARK: - The branch

  /// Follows the branch and finds the best of its maxima, and around it where the log-likelihood
  /// is lower by `drop`.
  mutating func maximize(_ path: inout LogitPath, drop: Double) -> Maximum? {
    for control in [Self.fine, .cautious] {
      path.control = control
      follow(&path)
      if cause == nil { break }
      if case .stopped = cause { return nil }
    }
    guard var best = best(&path) else { return nil }
    best.searched = samples.last?.lambda ?? 0
    let target = best.logLikelihood - drop
    best.lower = edge(&path, of: best, target: target, upward: false) ?? 0
    best.upper = edge(&path, of: best, target: target, upward: true) ?? .infinity
    return best
  }

  /// A difference in log-likelihood that does not count.
  private static let flat = 1e-9

  /// Steps short enough not to miss a maximum.
  private static let fine = LogitPath.Control(
    largestChange: 0.1, wantedChange: 0.05, leastCosine: 0.9, largestStep: 1)

  private mutating func follow(_ path: inout LogitPath) {
    samples = []
    cause = nil
    let end = path.follow(to: .infinity) { path in
      cause = work.stop(after: path.steps).map { .stopped($0) }
      if cause != nil { return true }
      if samples.isEmpty { begin(path) }
      path.evaluate(.logit)
      let slope = slope(path, direction: path.tangent, lambda: path.tangentLambda)
      samples.append(
        Sample(
          lambda: path.lambda, logits: (0..<path.logitCount).map { path.logits[$0] },
          value: value(path), slope: slope))
      return path.lambda >= largestLambda
    }
    switch end {
    case .visited, .cap: break
    case .stepLimit: cause = .stepLimit
    case .stepUnderflow: cause = .stepUnderflow
    case .limit, .target, .notConverged: cause = .residual
    }
  }

  /// The point at λ = 0, where everything is as likely.
  private mutating func begin(_ path: LogitPath) {
    samples.append(
      Sample(
        lambda: 0, logits: Array(repeating: 0, count: path.logitCount), value: 0, slope: 0))
  }

  private func value(_ path: LogitPath) -> Double {
    var sum = 0.0
    for action in counts.indices where counts[action] > 0 {
      sum += counts[action] * path.logProbability[action]
    }
    return sum
  }

  /// The derivative of the log-likelihood where logits and λ move in a direction.
  private func slope(
    _ path: LogitPath, direction: UnsafeMutablePointer<Double>, lambda: Double
  ) -> Double {
    var sum = 0.0
    forEachSlope(path, direction: direction, lambda: lambda) { action, slope in
      sum += counts[action] * slope
    }
    return sum
  }

  /// The derivative of each action's log-probability.
  private func forEachSlope(
    _ path: LogitPath, direction: UnsafeMutablePointer<Double>, lambda: Double,
    _ body: (_ action: Int, _ slope: Double) -> Void
  ) {
    for set in 0..<path.setCount {
      let first = Int(path.sets[4 * set])
      let count = Int(path.sets[4 * set + 1])
      let moves = direction + Int(path.sets[4 * set + 2])
      var mean = 0.0
      for action in 0..<count { mean += path.probability[first + action] * moves[action] }
      for action in 0..<count { body(first + action, moves[action] - mean) }
    }
    let slopes = path.system.memory + path.system.layout.logProbabilitySlope
    for set in 0..<path.explicitCount {
      let first = Int(path.explicitSets[2 * set])
      for action in first..<(first + Int(path.explicitSets[2 * set + 1])) {
        body(action, slopes[action] * lambda)
      }
    }
  }

  // MARK: - Between points

  /// Moves the path to a λ between a point and the next.
  private func move(_ path: inout LogitPath, to lambda: Double, in segment: Int) -> Bool {
    var ends = [samples[segment], samples[segment + 1]]
    if ends[0].lambda > ends[1].lambda { ends.swapAt(0, 1) }
    for (end, logits) in zip(ends, [path.startLogits, path.logits]) {
      for set in 0..<path.setCount {
        let first = Int(path.sets[4 * set + 2])
        // The reference may be another than when the point was kept.
        let base = end.logits[first + Int(path.references[set])]
        for logit in first..<(first + Int(path.sets[4 * set + 1])) {
          logits[logit] = end.logits[logit] - base
        }
      }
    }
    path.startLambda = ends[0].lambda
    path.lambda = ends[1].lambda
    return path.settle(at: lambda)
  }

  /// The slope of the log-likelihood in λ where the path stands, and the information.
  private func score(_ path: inout LogitPath) -> (slope: Double, information: Double)? {
    _ = path.assemble()
    var system = path.elimination
    system.count = path.unknownCount
    for row in 0..<path.unknownCount {
      path.side[row] = -system.matrix[row * system.stride + path.unknownCount]
    }
    if path.unknownCount > 0 {
      if system.factor(threshold: 1e-280) == 0 { return nil }
      system.solve(path.side)
    }
    path.scatter(path.predicted)
    let slope = slope(path, direction: path.predicted, lambda: 1)
    var information = 0.0
    var observed = [Double](repeating: 0, count: counts.count)
    spread(path, &observed)
    forEachSlope(path, direction: path.predicted, lambda: 1) { action, slope in
      information += observed[action] * path.probability[action] * slope * slope
    }
    return (slope, information)
  }

  /// For each action, how many choices were observed at its set.
  private func spread(_ path: LogitPath, _ observed: inout [Double]) {
    func add(first: Int, count: Int) {
      let total = counts[first..<(first + count)].reduce(0, +)
      for action in first..<(first + count) { observed[action] = total }
    }
    for set in 0..<path.setCount {
      add(first: Int(path.sets[4 * set]), count: Int(path.sets[4 * set + 1]))
    }
    for set in 0..<path.explicitCount {
      add(first: Int(path.explicitSets[2 * set]), count: Int(path.explicitSets[2 * set + 1]))
    }
  }

  private func maximum(_ path: inout LogitPath, segment: Int) -> Maximum? {
    guard let score = score(&path) else { return nil }
    return Maximum(
      lambda: path.lambda, logLikelihood: value(path), information: score.information,
      probabilities: (0..<path.actionCount).map { path.probability[$0] }, searched: 0,
      segment: segment)
  }

  private mutating func best(_ path: inout LogitPath) -> Maximum? {
    guard samples.count > 1, move(&path, to: 0, in: 0), let first = score(&path) else {
      return nil
    }
    samples[0].value = value(path)
    samples[0].slope = first.slope
    var best = first.slope <= 0 ? maximum(&path, segment: 0) : nil
    func take(_ candidate: Maximum?) {
      guard let candidate else { return }
      if let old = best, old.logLikelihood >= candidate.logLikelihood { return }
      best = candidate
    }
    for segment in 0..<(samples.count - 1)
    where samples[segment].slope > 0 && samples[segment + 1].slope <= 0 {
      take(peak(&path, in: segment))
    }
    let last = samples.count - 1
    // Play that is pure in the limit makes the likelihood grow for ever, by ever less.
    let reached = samples[last].value
    let isGrowing =
      samples[last].slope > 0
      || (reached > samples[0].value + Self.flat
        && reached >= (best?.logLikelihood ?? -.infinity) - Self.flat)
    if isGrowing, move(&path, to: samples[last].lambda, in: last - 1) {
      var end = maximum(&path, segment: last - 1)
      end?.information = nil
      end?.isAtEnd = true
      if let end, end.logLikelihood >= (best?.logLikelihood ?? -.infinity) - Self.flat {
        best = end
      }
    }
    return best
  }

  /// Halves a stretch until the slope in λ is zero. Where λ falls along the branch, a maximum along
  /// it is one in λ all the same.
  private func peak(_ path: inout LogitPath, in segment: Int) -> Maximum? {
    var low = min(samples[segment].lambda, samples[segment + 1].lambda)
    var high = max(samples[segment].lambda, samples[segment + 1].lambda)
    for _ in 0..<60 where high - low > 1e-13 * high {
      let middle = low + (high - low) / 2
      guard move(&path, to: middle, in: segment), let score = score(&path) else { return nil }
      if score.slope > 0 { low = middle } else { high = middle }
    }
    guard move(&path, to: low + (high - low) / 2, in: segment) else { return nil }
    return maximum(&path, segment: segment)
  }

  /// The λ where the log-likelihood falls to a target on one side of the maximum; nil if it never
  /// does.
  private func edge(
    _ path: inout LogitPath, of best: Maximum, target: Double, upward: Bool
  ) -> Double? {
    if upward, best.isAtEnd { return nil }
    var segment = best.segment
    var inside = best.lambda
    while true {
      let place = upward ? segment + 1 : segment
      let outside = samples[place].lambda
      if samples[place].value < target {
        return crossing(&path, in: segment, inside: inside, outside: outside, target: target)
      }
      inside = outside
      segment += upward ? 1 : -1
      if segment < 0 || segment + 1 >= samples.count { return nil }
    }
  }

  private func crossing(
    _ path: inout LogitPath, in segment: Int, inside: Double, outside: Double, target: Double
  ) -> Double {
    var inside = inside
    var outside = outside
    for _ in 0..<50 where abs(outside - inside) > 1e-11 * abs(outside) {
      let middle = inside + (outside - inside) / 2
      guard move(&path, to: middle, in: segment) else { break }
      if value(path) < target { outside = middle } else { inside = middle }
    }
    return inside
  }
}
